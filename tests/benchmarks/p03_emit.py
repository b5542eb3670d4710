"""P3: what writing one record costs, against an empty Python call of the same signature."""

from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any

from tests.benchmarks.figures import Figure, Scale, ratio
from tests.benchmarks.machine import PYTHON
from tests.benchmarks.pairs import alternating
from tests.benchmarks.rings import a_ring

LIMIT = 8.0
CAPACITY, CALLS = 32_768, 20_000


def empty(meta: int, task: int, start: int, end: int) -> None:
    """Nothing."""


LOOP = """
def loop(call, times, meta=3 << 16, task=1_234_567, start=5_000_000_000_000, end=5_000_000_123_456):
    for _ in repeat(None, times):
        call(meta, task, start, end)
"""


def looped() -> Callable[..., None]:
    """A loop of its own for each: one that calls now this and now that is slower at both."""
    made: dict[str, Any] = {"repeat": repeat}
    exec(LOOP, made)
    return made["loop"]


def measure(scale: Scale) -> Iterator[Figure]:
    """Both in the same loop, in turns."""
    one_loop, other_loop = looped(), looped()
    with a_ring(CAPACITY) as (ring, drained):

        def ours() -> None:
            one_loop(ring.emit, CALLS)
            drained()

        one, other = alternating(scale.pick(200, 20), ours, lambda: other_loop(empty, CALLS), cpu=scale.cpu)
    yield ratio(
        "a record into the ring",
        one,
        other,
        LIMIT,
        scale=1e9 / CALLS,
        unit="ns",
        digits=0,
        peer=f"an empty call with the same four arguments, {PYTHON}",
        clock=scale.clock,
        note="Both with the loop that calls them.",
    )
