"""How many tasks may be in line ahead: what is done in two milliseconds, whatever tasks take."""

from hypothesis import given
from hypothesis import strategies as st

from workers.flight import AHEAD_NS, MOST_AHEAD, Pace


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.t_ns = 5

    def __call__(self) -> int:
        return self.t_ns

    def end(self, pace: Pace, tasks: int, each_ns: int) -> None:
        """So many tasks end, one after the other."""
        for _ in range(tasks):
            self.t_ns += each_ns
            pace.ended()


@given(each_us=st.integers(1, 5_000_000))
def test_tasks_of_one_length(each_us: int) -> None:
    clock = Clock()
    pace = Pace(clock)
    assert pace.ahead == 0  # nothing is known yet
    clock.end(pace, max(1, 2 * AHEAD_NS // (each_us * 1_000)), each_us * 1_000)
    expected = min(MOST_AHEAD, AHEAD_NS // (each_us * 1_000))
    assert expected - 1 <= pace.ahead <= expected


@given(before=st.integers(0, 1_000), each_ms=st.integers(100, 10_000))
def test_the_first_long_task_is_noticed(before: int, each_ms: int) -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.end(pace, before, 20_000)
    clock.end(pace, 1, each_ms * 1_000_000)
    assert pace.ahead <= 2
    clock.end(pace, 1, each_ms * 1_000_000)
    assert pace.ahead == 0
