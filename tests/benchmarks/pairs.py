"""Measuring side by side: the machine's pace changes by the minute, so what is compared takes turns."""

import time
from collections.abc import Callable

Timed = Callable[[], object]


def clock(cpu: bool) -> Callable[[], float]:
    """Seconds of wall-clock or of this process's CPU time."""
    return time.process_time if cpu else time.perf_counter


def alternating(rounds: int, *sides: Timed, cpu: bool = False) -> tuple[list[float], ...]:
    """Seconds that each side took in each round. Every other round goes through them backwards."""
    now = clock(cpu)
    found: tuple[list[float], ...] = tuple([] for _ in sides)
    for side in sides:
        side()  # caches, first pages
    for number in range(rounds):
        order = range(len(sides)) if number % 2 == 0 else range(len(sides) - 1, -1, -1)
        for place in order:
            begun = now()
            sides[place]()
            found[place].append(now() - begun)
    return found
