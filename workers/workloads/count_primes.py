"""Count primes by trial division: pure Python, which holds the GIL from start to end."""

from collections.abc import Iterator, Mapping
from math import isqrt
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Count primes",
    summary="Counts the primes below a limit by trial division, in pure Python: the GIL is held throughout.",
    bound="CPU in Python",
    params=(
        Param("limit", 10_000, "Up to", "Count the primes below this number.", minimum=2, maximum=10_000_000),
        Param(
            "spread",
            0.0,
            "Spread",
            "How much the limit varies from task to task: 0.5 draws it from half to one and a half times.",
            minimum=0.0,
            maximum=1.0,
        ),
    ),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int]]:
    """The limit, task after task."""
    limit, spread = params["limit"], params["spread"]
    while True:
        yield (max(2, int(limit * random.uniform(1 - spread, 1 + spread))) if spread else limit,)


def run(limit: int) -> int:
    """The number of primes below `limit`."""
    return sum(all(n % d for d in range(2, isqrt(n) + 1)) for n in range(2, limit))


def checksum(result: int) -> int:
    """The number of primes."""
    return result
