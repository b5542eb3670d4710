"""The store takes in batches in whatever order a busy machine brings them."""

from dataclasses import replace

from tests.helpers.scripted import START_NS, applied, spans, starting, thread_pool_run
from workers.contract.batch import Batch, Counts, LaneInfo
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.accounts import latest

LANE = LaneInfo(0, "here", 10, 10, 1, "main", "worker", START_NS, recorded=2, delivered=2)


def test_spans_that_come_before_the_clock_are_kept_when_none_follow() -> None:
    early = Batch(
        START_NS + 10,
        RunPhase.WARMING,
        Counts(2, 2),
        lanes=(LANE,),
        spans=spans([0, 0], [START_NS, START_NS + 2], [START_NS + 1, START_NS + 5]),
    )
    store = applied([starting(RunConfig()), early])
    assert len(store.spans["task"]) == 0
    store.apply(replace(early, t_ns=START_NS + 20, spans=None, clock_start_ns=START_NS, phase=RunPhase.RUNNING))
    assert store.spans["end"].tolist() == [START_NS + 1, START_NS + 5]
    assert store.lanes[0].tasks == 2


def test_accounts_are_made_once_and_anew_when_something_has_come() -> None:
    *before, last = thread_pool_run(1.0, 2, 40.0)
    store = applied(before)
    accounts = latest(store)
    assert latest(store) is accounts
    store.apply(last)
    assert latest(store) is not accounts
    assert latest(store).of_run().wall_s > 0
