"""Kept runs that never happened, for tests of what keeps, lists and compares them."""

from collections.abc import Iterator
from typing import Any

from tests.helpers.scripted import applied, process_pool_run, thread_pool_run
from workers.contract.batch import Batch
from workers.insight.summary import summarise
from workers.recordings.capture import make, new_id, take
from workers.recordings.recording import Recording

TITLES = {"model": "Thread pool", "workload": "Count primes"}


def recorded(batches: Iterator[Batch] | None = None, ended_at: float | None = None, **head: Any) -> Recording:
    """A recording of a scripted run; `head`: what of it is to be otherwise."""
    store = applied(batches or thread_pool_run(1.0, 2, 40.0))
    recording = make(take(store, summarise(store), "0.1.0", TITLES))
    if ended_at is not None:
        recording = recording.changed(ended_at=ended_at, id=new_id(ended_at))
    return recording.changed(**head)


def pool(processes: int = 2, per_second: float = 80.0, **more: Any) -> Recording:
    """One of a pool of processes."""
    return recorded(process_pool_run(1.0, processes, per_second), **more)
