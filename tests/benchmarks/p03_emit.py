"""P3: what writing one record costs, against an empty Python call of the same signature."""

from collections.abc import Callable, Iterator
from itertools import repeat

from tests.benchmarks.figures import Figure, Scale, ratio
from tests.benchmarks.machine import PYTHON
from tests.benchmarks.pairs import alternating
from tests.benchmarks.rings import a_ring

LIMIT = 8.0
CAPACITY, CALLS = 32_768, 20_000


def empty(meta: int, task: int, start: int, end: int) -> None:
    """Nothing."""


def loop(call: Callable[[int, int, int, int], None], times: int) -> None:
    """So many calls; numbers as large as they are in a run."""
    meta, task, start, end = 3 << 16, 1_234_567, 5_000_000_000_000, 5_000_000_123_456
    for _ in repeat(None, times):
        call(meta, task, start, end)


def measure(scale: Scale) -> Iterator[Figure]:
    """Both in the same loop, in turns."""
    with a_ring(CAPACITY) as (ring, drained):

        def ours() -> None:
            loop(ring.emit, CALLS)
            drained()

        one, other = alternating(scale.pick(200, 20), ours, lambda: loop(empty, CALLS), cpu=scale.cpu)
    yield ratio(
        "a record into the ring",
        one,
        other,
        LIMIT,
        scale=1e9 / CALLS,
        unit="ns",
        digits=0,
        peer=f"an empty call with the same four arguments, {PYTHON}",
        clock="CPU" if scale.cpu else "wall",
        note="Both with the loop that calls them.",
    )
