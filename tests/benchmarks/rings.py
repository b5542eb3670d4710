"""A ring and a lane of one's own, without a run."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workers.telemetry import recorder
from workers.telemetry.header import HEAD, TAIL
from workers.telemetry.recorder import Lane
from workers.telemetry.ring import Ring, Rings

SHM = Path("/dev/shm")
VARIABLE = "BENCHMARK_RINGS"
"""The environment variable that names a row's folder for rings; who runs the row removes it, however the row ends."""


def shared_memory() -> str | None:
    """Where folders for rings are made; None for where temporary ones are."""
    return os.environ.get(VARIABLE) or (str(SHM) if SHM.is_dir() else None)


@contextmanager
def ring_folder() -> Iterator[str]:
    """Where rings of a run would lie."""
    folder = tempfile.mkdtemp(prefix="benchmark-", dir=shared_memory())
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_ring(capacity: int) -> Iterator[tuple[Ring, Callable[[], None]]]:
    """A claimed ring, and what to call before it is full."""
    with ring_folder() as folder:
        ring = Rings(folder, capacity).claim()
        ring.enter("benchmark", "worker", 0)

        def drained() -> None:
            ring.words[TAIL] = ring.words[HEAD]

        try:
            yield ring, drained
        finally:
            ring.close()


@contextmanager
def a_lane(capacity: int) -> Iterator[Callable[[], None]]:
    """The calling thread is a lane; yields what to call before its ring is full."""
    with a_ring(capacity) as (ring, drained):
        recorder.adopt(Lane(ring, "benchmark"))
        try:
            yield drained
        finally:
            recorder.leave()
