"""Accounts of real runs: what must hold on a busy machine too. The tight figures are in tests/benchmarks/test_accounts.py."""

import sys

import pytest

from tests.helpers.accounts import accounts_add_up
from tests.helpers.own_files import KNOWN, config_of
from tests.helpers.runs import run
from workers.contract.config import RunConfig
from workers.contract.spans import SpanKind, holder_of
from workers.insight import serialisation
from workers.insight.accounts import Accounts
from workers.insight.store import RunStore

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def carried(config: RunConfig) -> tuple[RunStore, Accounts]:
    store = run(config)
    accounts_add_up(store)
    return store, Accounts(store)


@linux
def test_threads_wait_for_the_gil_and_processes_do_not() -> None:
    config = RunConfig("thread_pool", "count_primes", 2, tasks=None, seconds=1.0)
    account = carried(config)[1].of_run()
    # On a busy machine most who ask for the GIL wait for a core first: the two together are firm.
    assert account.share("gil") > 0.02, account
    assert account.share("gil", "run_queue") > 0.4, account
    assert account.share("running", "gil", "run_queue") > 0.85, account
    account = carried(config.changed(model="process_pool"))[1].of_run()
    assert account.share("gil") < 0.01, account
    assert account.share("running", "run_queue") > 0.5, account


@linux
def test_who_holds_a_lock_sleeps_and_the_other_one_waits() -> None:
    config = RunConfig("thread_pool", "sleep", 2, tasks=20, params={"ms": 20.0}, options={"primitive": "Lock"})
    store, made = carried(config)
    account = made.of_run()
    slept = account.seconds["io"]
    assert 0.4 <= slept < 0.6 + 0.1 * account.wall_s
    # One waits while the other one sleeps, but for the first and the last.
    assert account.seconds["lock"] == pytest.approx(slept, abs=0.1 + 0.2 * account.wall_s)
    assert store.figures is not None
    waits = {(wait.kind, wait.name): wait for wait in store.figures.waits.sums(store)}
    assert waits[SpanKind.LOCK, "the Lock"].seconds == pytest.approx(account.seconds["lock"], rel=0.01)
    assert waits[SpanKind.IO, ""].count == 20
    locked = store.spans["kind"] == SpanKind.LOCK
    holders = {holder_of(number) for number in store.spans["queued_us"][locked].tolist()}
    assert {store.lanes[holder - 1].info.name if holder else "?" for holder in holders} == {"worker_0", "worker_1"}


@linux
def test_a_loop_s_account_is_what_its_coroutines_wait_for() -> None:
    config = RunConfig("asyncio_tasks", "sleep", 4, tasks=40, params={"ms": 20.0}, options={"primitive": "Lock"})
    store, made = carried(config)
    account = made.of_run()
    # The run's wall time is the loop's: one clock, however many coroutines.
    assert account.wall_s == pytest.approx(made.of_lane(0).wall_s)
    locked, slept = waited(store, SpanKind.LOCK)[1], waited(store, SpanKind.IO)[1]
    assert account.seconds["lock"] / account.seconds["io"] == pytest.approx(locked / slept, rel=0.25)
    assert account.seconds["lock"] > account.seconds["io"]


@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "asyncio_tasks"])
def test_a_function_of_one_s_own_that_sleeps_in_a_loop_is_recorded(model: str) -> None:
    store, _ = carried(config_of(KNOWN, "anap", "range(6)", model))
    assert waited(store, SpanKind.IO) == (6, pytest.approx(0.03, rel=0.02))


@pytest.mark.parametrize("model", ["process_pool", "pool_apply_async", "process_queue", "process_pipe"])
def test_what_travels_is_counted(model: str) -> None:
    store, made = carried(RunConfig(model, "big_result", 2, tasks=6, params={"kib": 200}))
    found = serialisation.of_run(store)
    assert found is not None
    assert 6 * 200 * 1024 <= found.bytes < 6 * 220_000
    assert found.messages >= 12  # tasks there, results back
    assert found.pickle_s > 0
    assert found.unpickle_s > 0
    assert made.of_run().seconds["serialising"] > 0


def waited(store: RunStore, kind: SpanKind) -> tuple[int, float]:
    """(how many times, seconds) of what was recorded."""
    assert store.figures is not None
    sums = [wait for wait in store.figures.waits.sums(store) if wait.kind == kind]
    return sum(wait.count for wait in sums), sum(wait.seconds for wait in sums)


def test_coroutines_sleep_in_one_thread() -> None:
    store, made = carried(RunConfig("asyncio_tasks", "sleep", 4, tasks=40, params={"ms": 20.0}))
    assert waited(store, SpanKind.IO) == (40, pytest.approx(0.8, rel=0.02))
    # Each coroutine's own account has what it slept itself.
    lanes = [made.of_lane(row.info.number) for row in store.lanes if row.tasks]
    assert sum(lane.seconds["io"] for lane in lanes) >= 0.75
    account = made.of_run()
    assert account.wall_s < 1.5 * (made.end_ns - made._store.lanes[0].info.started_ns) / 1e9
    assert account.seconds["io"] > account.seconds["idle"]


def test_waits_end_with_the_run_and_start_up_is_the_same_everywhere() -> None:
    config = RunConfig("process_queue", "sleep", 2, tasks=20, params={"ms": 5.0})
    store, made = carried(config)
    assert store.ended is not None
    joins = store.spans["kind"] == SpanKind.JOIN
    # The pool's farewell is no part of the run.
    assert (store.spans["end"][joins] <= store.ended.ended_ns).all()
    up = sum(row.info.role == "worker" for row in store.lanes)
    assert waited(store, SpanKind.START_UP) == (up, pytest.approx(made.of_run().seconds["startup"], rel=0.01))
