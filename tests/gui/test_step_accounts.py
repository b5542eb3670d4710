"""Accounts of a run that goes on, made a part of the lanes at a time."""

import pytest

from gui.step_accounts import LANES, MOST_STEPS, steps_to
from tests.helpers.scripted import thread_pool_run
from workers.insight.accounts import Accounts, current
from workers.insight.store import RunStore


@pytest.mark.parametrize("threads", [3, 2 * LANES + 1, (MOST_STEPS + 2) * LANES])
def test_all_lanes_are_made_in_a_few_steps_and_handed_on(threads: int) -> None:
    store = RunStore()
    for batch in thread_pool_run(1.0, threads, 100.0 * threads, end=False, tick_s=1 / 60):
        store.apply(batch)
    handed: list[Accounts] = []
    *parts, last = steps_to(store, handed.append)
    assert len(parts) == min(MOST_STEPS, -(-threads // LANES))
    for part in parts:
        part()
        assert current(store).held
    assert not handed
    last()
    (made,) = handed
    assert not made.held
    assert len(made.working) == threads
    other = Accounts(store, standing=True)
    assert made.of_run().seconds == pytest.approx(other.of_run().seconds)


def test_of_nothing_there_are_no_accounts() -> None:
    with pytest.raises(ValueError, match="Nothing has run yet"):
        steps_to(RunStore(), print)
