"""How often what ended by itself is started again."""

from hypothesis import given
from hypothesis import strategies as st

from workers.client.restarts import Restarts


def test_three_times_in_five_minutes_and_then_it_is_given_up() -> None:
    restarts = Restarts()
    assert [restarts.died(at) for at in (0.0, 1.0, 2.0, 3.0, 299.0)] == [True, True, True, False, False]
    assert restarts.given_up
    assert restarts.recent == 3


def test_what_lies_five_minutes_back_counts_no_more() -> None:
    restarts = Restarts()
    assert [restarts.died(at) for at in (0.0, 100.0, 200.0, 300.0, 399.0, 400.0)] == [True] * 4 + [False, True]
    assert not restarts.given_up


def test_a_start_that_proved_itself_and_another_try_reset_it() -> None:
    restarts = Restarts()
    for at in (0.0, 1.0, 2.0, 3.0):
        restarts.died(at)
    restarts.forget()
    assert not restarts.given_up
    assert restarts.died(4.0)


@given(st.lists(st.floats(0, 100), max_size=60), st.integers(1, 5), st.floats(1, 500))
def test_never_more_than_so_many_in_any_stretch(gaps: list[float], most: int, within_s: float) -> None:
    restarts, at, done = Restarts(most, within_s), 0.0, list[float]()
    for gap in gaps:
        at += gap
        if restarts.died(at):
            done.append(at)
        else:
            assert restarts.given_up
    for first, last in zip(done, done[most:], strict=False):
        assert last - first >= within_s
