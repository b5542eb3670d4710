"""What accounts make of runs that were constructed: who waited for what, and what cannot be known."""

from dataclasses import replace

import pytest

from tests.helpers.accounts import Lane, constructed, tasks
from tests.helpers.scripted import HOST_PID, thread_pool_run
from workers.contract.batch import Batch
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import AWAITED, SpanKind
from workers.insight import depth, serialisation
from workers.insight.accounts import LATE_NS, Account, Accounts, current, latest
from workers.insight.findings import evidence_of
from workers.insight.store import RunStore

MAIN = Lane(tid=HOST_PID, role="main", cpu=0.01)


def run_account(*lanes: Lane, length: float = 2_000) -> Account:
    return Accounts(constructed([MAIN, *lanes], length)).of_run()


def busy(number: int, **more: object) -> Lane:
    """Under one task all the time."""
    return Lane(tid=600 + number, started=0, spans=tasks((0, 2_000)), **more)  # type: ignore[arg-type]


def test_two_threads_that_take_turns_wait_for_the_gil_half_the_time() -> None:
    account = run_account(*(busy(i, cpu=0.5, sleeps_in="futex") for i in range(2)))
    assert account.share("running") == pytest.approx(0.5, abs=0.01)
    assert account.share("gil") == pytest.approx(0.5, abs=0.01)


def test_who_had_a_task_that_never_ended_counts() -> None:
    account = run_account(
        *(
            Lane(tid=600 + i, started=0, spans=[(SpanKind.LOCK, 0.0, 2_000.0, 1), (SpanKind.CUT, 0.0, 2_000.0, i)])
            for i in range(3)
        )
    )
    assert account.wall_s == pytest.approx(6.0, rel=0.01)
    assert account.share("lock") == pytest.approx(1.0, abs=0.01)


def test_an_event_loop_waits_for_a_lock_where_all_its_coroutines_do() -> None:
    lanes = [
        Lane(tid=HOST_PID, started=0, spans=[(SpanKind.LOCK, 0.0, 2_000.0, 1), *tasks((0, 2_000))]) for _ in range(2)
    ]
    account = Accounts(constructed([Lane(tid=HOST_PID, role="main", started=0), *lanes], 2_000)).of_run()
    assert account.wall_s == pytest.approx(2.0, rel=0.01)
    assert account.share("lock") == pytest.approx(1.0, abs=0.01)


def test_an_event_loop_waits_for_what_its_coroutines_wait_for() -> None:
    """One sleeps with the lock, three wait for it; the loop ran for a tenth of the time."""
    asleep = [(SpanKind.IO, 0.0, 2_000.0, AWAITED), *tasks((0, 2_000))]
    locked = [(SpanKind.LOCK, 0.0, 2_000.0, 1), *tasks((0, 2_000))]
    lanes = [
        Lane(tid=HOST_PID, started=0, spans=spans, cpu=0.1, sleeps_in="io")
        for spans in (asleep, locked, locked, locked)
    ]
    made = Accounts(constructed([Lane(tid=HOST_PID, role="main", started=0, cpu=0.1, sleeps_in="io"), *lanes], 2_000))
    account = made.of_run()
    assert account.wall_s == pytest.approx(2.0, rel=0.01)
    assert account.share("running") == pytest.approx(0.1, abs=0.01)
    assert account.share("lock") == pytest.approx(0.675, abs=0.01)
    assert account.share("io") == pytest.approx(0.225, abs=0.01)
    assert [made.of_lane(number).share("io") for number in (1, 2)] == pytest.approx([1.0, 0.0], abs=0.01)


def test_a_loop_that_computes_all_the_time_says_the_same_of_its_only_coroutine() -> None:
    """What is not known of the one is not known of the other."""
    loop, only = (Lane(tid=HOST_PID, role=role, started=0, cpu=0.9) for role in ("main", "worker"))
    only.spans = tasks(*((start, start + 200) for start in range(0, 2_000, 200)))
    made = Accounts(constructed([loop, only], 2_000))
    for number in (0, 1):
        assert made.of_lane(number).share("running") == pytest.approx(0.9, abs=0.01)
        assert made.of_lane(number).share("unknown") == pytest.approx(0.1, abs=0.01)


def test_waiting_for_a_core_is_not_waiting_for_the_gil() -> None:
    account = run_account(*(busy(i, cpu=0.25, run_queue=0.1, sleeps_in="futex") for i in range(4)))
    assert account.share("run_queue") == pytest.approx(0.1, abs=0.01)
    assert account.share("gil", "run_queue") == pytest.approx(0.75, abs=0.01)


def test_nobody_waits_for_a_gil_of_their_own() -> None:
    processes = [busy(i, pid=600 + i, cpu=0.5, sleeps_in="futex") for i in range(2)]
    account = run_account(*processes)
    assert account.seconds["gil"] == 0
    # asleep on a futex that is neither a watched lock nor the GIL: it is not said what
    assert account.share("unknown") == pytest.approx(0.5, abs=0.01)


def test_nobody_waits_for_a_gil_that_is_not_there() -> None:
    account = run_account(*(busy(i, cpu=0.5, sleeps_in="futex", gil=False) for i in range(2)))
    assert account.seconds["gil"] == 0


def test_the_gil_is_not_waited_for_longer_than_others_had_it() -> None:
    account = run_account(busy(0, cpu=0.1, sleeps_in="futex"), busy(1, cpu=0.2, sleeps_in="futex"))
    assert account.share("gil") == pytest.approx(0.15, abs=0.02)
    assert account.share("unknown") == pytest.approx(0.7, abs=0.02)


def test_asleep_elsewhere_is_io() -> None:
    account = run_account(*(busy(i, cpu=0.1, sleeps_in="io") for i in range(2)))
    assert account.share("io") == pytest.approx(0.9, abs=0.01)


def test_where_nobody_looked_it_is_unknown() -> None:
    account = run_account(*(busy(i, cpu=0.3) for i in range(2)))
    assert account.share("unknown") == pytest.approx(0.7, abs=0.01)
    alone = run_account(busy(0, cpu=0.3, sampled=False))
    assert alone.share("running") == pytest.approx(0.3, abs=0.01)  # the lane's own word
    assert alone.share("unknown") == pytest.approx(0.7, abs=0.01)


def test_recorded_waits_go_before_what_was_sampled() -> None:
    spans = [(SpanKind.LOCK, 0.0, 800.0, 1), (SpanKind.IO, 800.0, 1_400.0, 0), *tasks((0, 2_000))]
    lanes = [Lane(tid=600 + i, started=0, spans=spans, cpu=0.15, sleeps_in="futex") for i in range(2)]
    account = run_account(*lanes)
    assert account.share("lock") == pytest.approx(0.4, abs=0.01)
    assert account.share("io") == pytest.approx(0.3, abs=0.01)
    assert account.share("gil") <= 0.15


def test_between_tasks_it_depends_on_whether_there_was_one() -> None:
    # 100 ms apart; each was submitted 40 ms before it began. Samples spread their CPU evenly over tasks and pauses.
    spans = tasks(*((start + 100, start + 200) for start in range(0, 2_000, 200)), queued_ms=40)
    account = run_account(Lane(tid=600, pid=600, started=0, spans=spans, cpu=0.5, sleeps_in="io"))
    assert account.share("ipc") == pytest.approx(0.2, abs=0.03)
    assert account.share("idle") == pytest.approx(0.3, abs=0.03)
    threads = run_account(Lane(tid=600, started=0, spans=spans, cpu=0.0, sleeps_in="io"))
    assert threads.seconds["ipc"] == 0
    assert threads.share("idle") == pytest.approx(0.5, abs=0.03)


def test_what_was_dropped_is_not_called_idle() -> None:
    account = run_account(Lane(tid=600, started=0, spans=tasks((0, 500)), cpu=0.0, dropped=9, sleeps_in="io"))
    assert account.seconds["idle"] == 0
    assert account.share("unknown") >= 0.7


def test_start_up_is_before_the_clock_and_what_came_up_later() -> None:
    spans = [(SpanKind.START_UP, 1_000.0, 1_200.0, 0), *tasks((1_200, 2_000))]
    first = Lane(tid=600, started=-50, spans=tasks((0, 2_000)), cpu=1.0)
    account = run_account(first, Lane(tid=601, pid=601, started=1_000, spans=spans, cpu=0.8))
    assert account.seconds["startup"] == pytest.approx(0.25, abs=0.001)


def test_coroutines_count_once_as_their_loop() -> None:
    spans = tasks(*((start, start + 190) for start in range(0, 2_000, 200)))
    coroutines = [Lane(tid=HOST_PID, started=0, spans=spans, cpu=0.3, sleeps_in="io") for _ in range(3)]
    loop = Lane(tid=HOST_PID, role="main", started=0, cpu=0.3, sleeps_in="io")
    made = Accounts(constructed([loop, *coroutines], 2_000))
    assert made.working == [0]
    account = made.of_run()
    assert account.wall_s == pytest.approx(2.0)
    assert account.share("running") == pytest.approx(0.3, abs=0.01)
    assert account.share("io") >= 0.65
    each = made.of_lane(1)
    assert each.share("running") == pytest.approx(0.1, abs=0.01)
    assert each.share("io") == pytest.approx(0.85, abs=0.01)
    assert each.share("idle") == pytest.approx(0.05, abs=0.01)


def test_time_sleep_in_an_event_loop_is_sleep_of_its_thread() -> None:
    def napping(first: int) -> Lane:
        spans = []
        for start in range(first, 2_000, 100):
            spans += [(SpanKind.IO, start + 1.0, start + 39.0, 0), *tasks((start, start + 40))]
        return Lane(tid=HOST_PID, started=0, spans=spans, cpu=0.02, sleeps_in="io")

    loop = Lane(tid=HOST_PID, role="main", started=0, cpu=0.02, sleeps_in="io")
    for others in ([], [Lane(tid=HOST_PID, started=0, spans=tasks((0, 2_000)), cpu=0.02, sleeps_in="io")]):
        store = constructed([loop, napping(0), napping(50), *others], 2_000)
        made = Accounts(store)
        account = made.of_run()
        assert account.wall_s == pytest.approx(2.0)
        # 38 of each 50 ms; with one that awaits all the time, the rest too.
        assert account.share("io") == pytest.approx(0.98 if others else 0.76, abs=0.045)
        assert account.share("idle") == pytest.approx(0.0 if others else 0.22, abs=0.045)
        assert evidence_of(store, made).loop_naps_s == pytest.approx(1.52)


def test_an_interval_has_its_own_account() -> None:
    spans = [*tasks((0, 1_000)), (SpanKind.LOCK, 1_000.0, 2_000.0, 1), *tasks((1_000, 2_000))]
    made = Accounts(constructed([MAIN, Lane(tid=600, started=0, spans=spans, cpu=0.5, sleeps_in="io")], 2_000))
    zero = made.end_ns - 2_000_000_000
    assert made.of_lane(1, zero + 1_200_000_000, zero + 1_800_000_000).seconds["lock"] == pytest.approx(0.6, abs=1e-6)
    bars = made.columns([zero, zero + 1_000_000_000, zero + 2_000_000_000])
    assert bars.shape[:2] == (1, 2)
    assert bars.sum() == pytest.approx(2.0)


def test_bytes_are_not_known_where_tasks_travel_unseen() -> None:
    here, away = (
        constructed([MAIN, busy(0)], 2_000),
        constructed([MAIN, Lane(600, 600, spans=tasks((0, 1), (1, 2)))], 2_000),
    )
    assert serialisation.of_run(here) == serialisation.Serialisation(0, 0, 0.0, 0.0)
    assert serialisation.of_run(away) is None


def test_the_bound_of_a_queue() -> None:
    def bound(**options: int) -> int | None:
        return depth.bound(
            constructed([MAIN], 100, config=RunConfig("thread_queue", "sleep", 3, 1, options=dict(options)))
        )

    assert (bound(), bound(queue_bound=7), bound(queue_bound=0)) == (None, 7, 6)


def test_what_is_added_up_a_part_at_a_time_is_what_is_added_up_when_asked() -> None:
    store = RunStore()
    batches = list(thread_pool_run(6.0, per_second=50.0, end=False, wave=0.5, tick_s=1 / 60))
    for batch in batches:
        store.apply(batch)
    assert store.figures is not None
    behind = store.figures.ledger.sampled_ns - store.figures.ledger.entered_ns
    assert 0 <= behind < 300_000_000
    standing = Accounts(store, standing=True)
    before, span = standing.end_ns - 1_000_000_000, 5_000_000_000
    had = [standing.of_lane(number, before - span, before) for number in range(len(store.lanes))]
    asked = Accounts(store)
    for number, one in enumerate(had):
        other = asked.of_lane(number, before - span, before)
        assert one.seconds == pytest.approx(other.seconds, abs=1e-9)


def test_those_who_ask_while_it_goes_on_share_accounts_that_cost_nothing_to_follow() -> None:
    store = RunStore()
    *batches, last = thread_pool_run(3.0, per_second=50.0, wave=0.5, tick_s=1 / 60)
    for batch in batches:
        store.apply(batch)
    assert store.figures is not None
    behind = store.figures.ledger.entered_ns
    made = current(store)
    assert made is current(store)
    assert made.end_ns == store.figures.ledger.entered_ns == behind
    exact = latest(store)
    assert exact is not made
    assert exact.end_ns == store.figures.ledger.sampled_ns
    assert current(store) is exact  # newer ones have been asked for
    store.apply(last)
    assert current(store) is latest(store) is not exact
    assert sum(current(store).of_run().seconds.values()) == pytest.approx(current(store).of_run().wall_s)


def test_accounts_that_are_made_in_steps_are_everybody_s_until_they_are_done_or_a_lane_comes() -> None:
    store = RunStore()
    made: Accounts | None = None
    for batch in thread_pool_run(1.5, per_second=50.0, end=False, wave=0.5, tick_s=1 / 60):
        store.apply(batch)
        figures = store.figures
        if figures is None or not figures.ledger.entered_ns:
            continue
        made = made or current(store)
        made.held = figures.ledger.entered_ns - made.end_ns < LATE_NS - 1
        assert (current(store) is made) == made.held
        if not made.held:
            break
    assert made is not None
    assert not made.held
    newer = current(store)
    assert newer is not made
    assert newer is current(store)
    number = len(store.lanes)
    late = replace(store.lanes[-1].info, number=number, tid=9)
    store.apply(Batch(store.now_ns + 1, RunPhase.RUNNING, store.counts, lanes=(late,)))
    with_it = current(store)
    assert with_it is not newer
    assert with_it.lanes == number + 1
    assert with_it.of_lane(number).wall_s >= 0


def test_asking_often_gives_the_same_account_as_asking_once() -> None:
    asked, unasked = RunStore(), RunStore()
    for number, batch in enumerate(thread_pool_run(6.0, per_second=50.0, end=False, wave=0.5)):
        asked.apply(batch)
        unasked.apply(batch)
        if number % 3 == 0:
            Accounts(asked).of_run()
    often, once = Accounts(asked), Accounts(unasked)
    track = asked.figures.ledger.lanes[1] if asked.figures is not None else None
    assert track is not None
    assert track.account is not None
    assert track.account.cells > 20  # or nothing of it was kept
    for one, other in zip(often.of_lanes(), once.of_lanes(), strict=True):
        assert one.wall_s == pytest.approx(other.wall_s)
        assert list(one.seconds.values()) == pytest.approx(list(other.seconds.values()), abs=0.02)


@pytest.mark.parametrize("coroutine", [False, True])
def test_a_lane_that_came_after_the_last_sample_has_no_time_yet(coroutine: bool) -> None:
    late = Lane(MAIN.tid if coroutine else MAIN.tid + 1, started=1_700, ended=1_700)
    other = Lane(MAIN.tid if coroutine else MAIN.tid + 2, spans=tasks((0, 1_000)))
    assert Accounts(constructed([MAIN, other, late], 1_000)).of_lane(2).wall_s == 0.0


def test_a_sample_that_comes_again_is_the_same_look() -> None:
    """Of many who do little the sampler tells the last look once more: nothing is known of the time since."""
    lanes = [MAIN, busy(0, cpu=0.3, sleeps_in="io"), busy(1, cpu=0.3, sleeps_in="futex")]
    once, again = constructed(lanes, 2_000), constructed(lanes, 2_000, told_again=True)
    assert once.figures is not None
    assert again.figures is not None
    for number in range(3):
        assert Accounts(again).of_lane(number) == Accounts(once).of_lane(number)
    for tid in (600, 601):
        cells = [figures.ledger.threads[HOST_PID, tid].cells for figures in (once.figures, again.figures)]
        assert cells[0].total().tolist() == cells[1].total().tolist()
        histories = [store.processes[HOST_PID].threads[tid].history for store in (once, again)]
        assert histories[0]["t"].tolist() == histories[1]["t"].tolist()
