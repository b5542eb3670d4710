"""How much of a call is without the GIL, from stretches that are made up: on an idle machine, on a busy one, on one core."""

from collections.abc import Iterable

import pytest

from workers.engine.preflight_gil import Seen, clear, released_share

INTERVAL = 0.02
TURN = 5e-5
"""How long the second thread runs at a time."""
Stretch = tuple[float, float, float, float]
"""(what the second thread waited for the GIL, and for a core; CPU time of the function, and its wait for a core)."""


def window(stretches: Iterable[Stretch]) -> Seen:
    seen = Seen()
    for waited, lined_up, used, others in stretches:
        seen.note(TURN + 6e-5 + waited + lined_up, TURN, lined_up, used, others, INTERVAL)
    return seen


HELD: Stretch = (INTERVAL, 0.0, INTERVAL, 0.0)
"""The function computes in Python until it is asked to let go."""
FREE: Stretch = (0.0, 0.0, 1e-4, 0.0)
"""It computes without the GIL."""


def test_on_an_idle_machine_it_is_what_was_seen() -> None:
    assert released_share([window([HELD] * 12)], 1.0, 2) == pytest.approx(0.0, abs=0.01)
    assert released_share([window([FREE] * 2_000)], 1.0, 2) == pytest.approx(1.0, abs=0.01)
    half = window([HELD, *[FREE] * 200] * 6)
    assert released_share([half], 1.0, 2) == pytest.approx(0.5, abs=0.02)
    assert released_share([window([FREE] * 10)], 0.0, 2) == 1.0, "it does nothing but wait"


def test_who_was_kept_from_a_core_with_the_gil_has_kept_it() -> None:
    """20 ms pass, in 5 of which the function had a core: nobody else could run Python all the same."""
    held = window([(INTERVAL, 0.0, 0.005, 0.015)] * 12)
    assert held.unclear() == pytest.approx(0.0)
    assert released_share([held], 1.0, 2) == pytest.approx(0.0, abs=0.01)


def test_a_pure_loop_on_a_machine_with_others_is_not_said_to_let_go() -> None:
    """Hardly a stretch without a wait for a core, and the few that are clear are of the moments between them."""
    busy: list[Stretch] = [(0.001, 0.012, 0.008, 0.009), *[(0.0, 0.0, 3e-6, 0.0)] * 30]
    assert released_share([window(busy * 12)], 1.0, 2) is None
    # A calm moment is enough, however busy it is for the rest.
    assert released_share([window(busy * 12), window([HELD] * 12)], 1.0, 2) == pytest.approx(0.0, abs=0.01)


def test_what_waits_nearly_always_needs_no_calm_machine() -> None:
    busy = window([(0.001, 0.012, 0.008, 0.009)] * 12)
    assert clear([busy], 1.0) == []
    assert clear([busy], 0.1) == [busy]
    assert (released_share([busy], 0.1, 2) or 0.0) >= 0.9


def test_on_one_core_what_may_have_been_kept_counts_as_kept() -> None:
    assert released_share([window([(INTERVAL, 0.0, INTERVAL, 0.0)] * 12)], 1.0, 1) == pytest.approx(0.0, abs=0.01)
    assert released_share([window([(0.0, 0.004, 0.004, 0.0)] * 50)], 1.0, 1) == pytest.approx(1.0, abs=0.01)


def test_nothing_seen_is_nothing_said_and_no_cpu_time_is_no_gil() -> None:
    assert released_share([], 1.0, 2) is None
    assert released_share([Seen()], 0.0, 2) == 1.0


def test_who_wakes_late_is_not_taken_for_one_who_keeps_the_gil() -> None:
    """It answers a peer: it waits for a core a little each time it is woken, and the GIL is free meanwhile."""
    echo = window([(0.0, 0.0, 5e-5, 4e-5)] * 500)
    assert echo.unclear() == pytest.approx(0.0)
    assert released_share([echo], 0.6, 2) == pytest.approx(1.0)
    kept = window([(1e-3, 0.0, 5e-4, 5e-4)] * 500)
    assert released_share([kept], 0.6, 2) is None, "it may have kept the GIL while it was in line, or not"


def test_beside_native_threads_that_need_all_cores_it_counts_that_the_gil_was_found_free() -> None:
    """The second thread is in line for a core for milliseconds, and each time it has one the GIL is there."""
    product: list[Stretch] = [(0.0, 2.5e-3, 2.5e-3, 0.0)] * 40
    assert released_share([window(product)], 1.0, 2) == pytest.approx(1.0)
    assert released_share([window(product[:10])], 1.0, 2) is None, "too few to say"
    assert released_share([window(product)], 0.5, 2) is None, "perhaps it had a core only while the function waited"
    # A third of the time it was not: no figure.
    assert released_share([window([*product, *[(2e-3, 2.5e-3, 2.5e-3, 0.0)] * 20])], 1.0, 2) is None
