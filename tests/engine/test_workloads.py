"""The workloads in real runs: every model computes the same, races lose, deadlocks are named, and failures are what they are."""

import signal
import sys
from functools import cache

import pytest

from tests.helpers.accounts import accounts_add_up
from tests.helpers.covering import covering
from tests.helpers.pythons import other_python
from tests.helpers.runs import catalogue_of, follow, is_running, run, session
from tests.helpers.workloads import QUICK
from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.info import refuse
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore
from workers.registry import keys
from workers.workloads import mandelbrot

TASKS = 12
WORKLOADS = keys("workloads")
POOLS = pytest.mark.parametrize("model", ["thread_pool", "process_pool"])


def finished(store: RunStore, tasks: int) -> RunStore:
    """The same store, of a run that did all its tasks, and whose accounts are whole."""
    assert store.ended is not None
    assert (store.phase, store.ended.error) == (RunPhase.FINISHED, None), list(store.texts)[-3:]
    assert (store.counts.done, store.counts.failed, store.counts.lost) == (tasks, 0, 0), list(store.texts)[-3:]
    accounts_add_up(store)
    return store


def outcome(store: RunStore) -> dict[str, Value]:
    """What the workload reported."""
    assert store.ended is not None
    return dict(store.ended.outcome)


@cache
def short(model: str, workload: str, python: str | None = None) -> int:
    """The checksum of a short run; of each kind there is one."""
    config = RunConfig(model, workload, 2, tasks=TASKS, params=QUICK.get(workload, {}), seed=7, python=python)
    checksum = finished(run(config), TASKS).checksum
    assert checksum is not None
    return checksum


def able(*models: str, workload: str) -> list[str]:
    """Those of the models that can run this workload."""
    known = catalogue_of()
    return [model for model in models if not refuse(known.models[model], known.workloads[workload])]


@pytest.mark.parametrize("sequential", [False, pytest.param(True, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("workload", WORKLOADS)
def test_threads_processes_an_event_loop_and_subinterpreters_compute_the_same(workload: str, sequential: bool) -> None:
    """In one test, so that each is run once."""
    models = able("thread_pool", "process_pool", workload=workload)
    if sequential or not models:
        models += able("sequential", workload=workload)
    if catalogue_of().workloads[workload].awaits:
        models.append("asyncio_tasks")
    (found,) = {short(model, workload) for model in models}
    assert found > 0
    path = other_python("3.14")
    info = catalogue_of(path).workloads[workload]
    if info.shares:
        with pytest.raises(ConfigError, match="share nothing"):
            short("interpreter_pool", workload, path)
    else:
        assert info.subinterpreters
        # The same under every Python, but for zlib: not every interpreter is built with the same one.
        assert short("interpreter_pool", workload, path) == (
            short("thread_pool", workload, path) if workload == "zlib" else found
        )


@POOLS
def test_mandelbrot_is_one_picture(model: str) -> None:
    store = finished(run(RunConfig(model, "mandelbrot", 3, tasks=12, params=QUICK["mandelbrot"])), 12)
    assert store.picture is not None
    assert (store.picture.width, store.picture.height) == (32, 24)
    assert store.picture.pixels == mandelbrot.tile(0, 0, 32, 24, (32, 24), 40, "seahorses")


# ---- races ---------------------------------------------------------------------------------------------------------
def lost(model: str, python: str | None = None, **options: Value) -> int:
    """Updates lost by 4 workers that add to one counter."""
    store = finished(run(RunConfig(model, "shared_counter", 4, tasks=16, python=python, options=options)), 16)
    found = outcome(store)
    assert found["expected"] == 16 * 5_000
    assert found["lost_updates"] == 16 * 5_000 - int(found["actual"])
    assert store.checksum == 16 * 5_000, "lost or not, everybody added as often"
    check_films(store, int(found["lost_updates"]))
    return int(found["lost_updates"])


def check_films(store: RunStore, lost: int) -> None:
    """What was recorded of lost updates, step by step, agrees with itself and with what was lost."""
    assert bool(store.films) <= bool(lost), "a film of an update that was not lost"
    assert store.films or lost < 1_000, "so many were lost, and nobody has seen one"
    for film in store.films:
        last = film.steps[-1]
        lane = (last.pid, last.tid, last.lane)
        own = [step for step in film.steps if (step.pid, step.tid, step.lane) == lane]
        other = [step for step in film.steps if (step.pid, step.tid, step.lane) != lane]
        assert [(step.op, step.value) for step in own] == [("read", last.value - 1), ("write", last.value)]
        assert film.lost > 0
        assert (other == []) == bool(film.note)
        found = own[0].value + film.lost
        assert [(step.op, step.value) for step in other] in ([], [("read", found - 1), ("write", found)])
        assert own[0].t_ns <= film.steps[-2].t_ns <= last.t_ns


@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "asyncio_tasks"])
def test_a_shared_counter_loses_updates(model: str) -> None:
    assert any(lost(model) > 0 for _ in range(5))


@pytest.mark.parametrize(
    ("model", "minor"),
    covering(
        ((model, minor) for model in ("thread_pool", "process_pool") for minor in ("3.14", "3.15")),
        lambda model, minor: (
            model == "thread_pool" and minor == ("3.15" if sys.version_info[:2] == (3, 14) else "3.14")
        ),
    ),
)
def test_a_shared_counter_loses_updates_under_other_interpreters(model: str, minor: str) -> None:
    path = other_python(minor)
    assert any(lost(model, path) > 0 for _ in range(5))


@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "asyncio_tasks"])
def test_a_lock_around_the_work_loses_none(model: str) -> None:
    assert lost(model, primitive="Lock") == 0


def test_in_place_loses_updates_between_processes() -> None:
    """What the GIL hides between threads, it cannot hide here."""
    config = RunConfig("process_pool", "shared_counter", 4, tasks=16, params={"statement": "+=", "increments": 50_000})
    assert any(int(outcome(finished(run(config), 16))["lost_updates"]) > 0 for _ in range(5))


# ---- waiting for each other ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "asyncio_tasks"])
def test_philosophers_in_order_all_eat(model: str) -> None:
    params = {"order": "ordered", "pause_ms": 1.0, "eat_ms": 1.0}
    store = finished(run(RunConfig(model, "philosophers", 4, tasks=40, params=params)), 40)
    assert store.deadlock == ""


@pytest.mark.parametrize("model", ["sequential", "thread_pool", "process_pool", "process_per_task", "asyncio_tasks"])
def test_what_is_produced_is_consumed(model: str) -> None:
    params = {"items": 5, "bound": 6, "pause_ms": 0.0}
    store = finished(run(RunConfig(model, "producer_consumer", 4, tasks=20, params=params)), 20)
    assert outcome(store) == {"produced": 50, "consumed": 50, "left_in_buffer": 0}
    assert store.deadlock == ""


@POOLS
def test_the_buffer_may_be_smaller_than_what_goes_through(model: str) -> None:
    params = {"items": 9, "bound": 2, "pause_ms": 0.0}
    store = finished(run(RunConfig(model, "producer_consumer", 4, tasks=20, params=params)), 20)
    assert outcome(store) == {"produced": 90, "consumed": 90, "left_in_buffer": 0}


@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "asyncio_tasks"])
def test_no_reader_sees_half_a_write(model: str) -> None:
    params = {"writers": 0.3, "read_ms": 1.0, "write_ms": 1.0}
    store = finished(run(RunConfig(model, "readers_writers", 4, tasks=40, params=params)), 40)
    found = outcome(store)
    assert store.checksum == 1_000 * int(found["writes"]) + int(found["reads"])
    assert found["reads"] == 40 - int(found["writes"]) > 0
    assert found["torn_reads"] == 0
    assert store.deadlock == ""
    assert 1 <= int(found["most_readers_at_once"]) <= 4


@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "asyncio_tasks"])
def test_every_line_is_printed_once(model: str) -> None:
    store = finished(run(RunConfig(model, "print_lines", 3, tasks=6, params={"lines": 4, "pause_ms": 1.0})), 6)
    wanted = [f"task {task}: line {line} of 4" for task in range(6) for line in range(1, 5)]
    assert sorted(text.text for text in store.texts) == wanted
    for task in range(6):
        mine = [text.text for text in store.texts if text.text.startswith(f"task {task}:")]
        assert mine == [text for text in wanted if text.startswith(f"task {task}:")], "in order"


def test_the_share_of_waiting_is_turned_during_the_run() -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig("thread_pool", "mixed", 2, tasks=None, params={"ms": 2.0, "share": 0.0}))
        follow(opened, store, lambda store: store.counts.done >= 4)
        with pytest.raises(ConfigError):
            opened.turn("params.share", 1.5)
        with pytest.raises(ConfigError):
            opened.turn("params.ms", 5.0)
        opened.turn("params.share", 1.0)
        follow(opened, store, lambda store: any(mark.kind == "turn" for mark in store.marks))
        before = store.counts.done
        follow(opened, store, lambda store: store.counts.done >= before + 10)
        opened.stop()
        follow(opened, store)
    assert store.phase is RunPhase.FINISHED
    assert [mark.text for mark in store.marks if mark.kind == "turn"] == ["share 1.0"]


# ---- failing and not ending ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", ["thread_pool", "process_pool"])
def test_the_same_tasks_raise(model: str) -> None:
    """That all others are the same as these is said by the checksum of what did not raise: test_every_model.py."""
    params = {"probability": 0.3, "ms": 0.0}
    store = run(RunConfig(model, "fail", 2, tasks=20, params=params, seed=1))
    failures = {text.text.splitlines()[-1] for text in store.texts if text.stream == "failure"}
    assert failures == {f"RuntimeError: task {number} was to raise" for number in (0, 3, 8, 9, 13, 16, 19)}
    assert (store.phase, store.counts.done, store.counts.failed, store.counts.lost) == (RunPhase.FINISHED, 13, 7, 0)


@pytest.mark.parametrize(("how", "code"), [("exit", 3), ("segfault", -signal.SIGSEGV)])
def test_a_process_per_task_goes_on_after_a_crash(how: str, code: int) -> None:
    params = {"probability": 0.3, "how": how, "ms": 0.0}
    store = run(RunConfig("process_per_task", "fail", 2, tasks=10, params=params, seed=1))
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 6)
    assert (store.counts.failed, store.counts.lost) == (0, 4), "it raised nothing: its worker was gone"
    assert store.checksum is None, "what the lost ones came to is not known"
    codes = [row.exit_code for row in store.all_processes() if row.role == "worker"]
    assert (len(codes), codes.count(0), codes.count(code)) == (10, 6, 4)


@pytest.mark.parametrize(("how", "word"), [("exit", "with exit code 3"), ("segfault", "SIGSEGV")])
@pytest.mark.parametrize("model", ["thread_pool", "process_pool"])
def test_a_pool_cannot_go_on_after_a_crash(model: str, how: str, word: str) -> None:
    store = run(RunConfig(model, "fail", 2, tasks=20, params={"probability": 1.0, "how": how}))
    assert store.phase is RunPhase.FAILED
    assert store.ended is not None
    assert word in str(store.ended.error)


@pytest.mark.parametrize(
    "model", covering(("thread_pool", "process_pool", "asyncio_tasks"), lambda model: model == "process_pool")
)
def test_stop_ends_tasks_that_hang(model: str) -> None:
    store = RunStore()
    with session() as opened:
        params = {"probability": 1.0, "how": "hang", "ms": 0.0}
        opened.start(RunConfig(model, "fail", 2, tasks=2, params=params))
        follow(opened, store, is_running)
        opened.stop()
        follow(opened, store)
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 0)
    assert store.counts.lost >= 1


@pytest.mark.parametrize(
    "model", covering(("sequential", "process_pool", "process_per_task"), lambda model: model != "process_per_task")
)
def test_only_a_kill_ends_the_uninterruptible_nap(model: str) -> None:
    store = RunStore()
    # Forked: SIGTERM ends a fork server, and with it the host's wait, before it comes to SIGKILL.
    options: dict[str, Value] = {} if model == "sequential" else {"start_method": "fork"}
    config = RunConfig(model, "nap_uninterruptible", 2, tasks=None, params={"ms": 600_000.0}, options=options)
    with session() as opened:
        opened.start(config)
        follow(opened, store, is_running)
        opened.stop()
        follow(opened, store)
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 0)
    assert store.counts.lost >= 1
    assert any(mark.kind == "signal" and "SIGKILL" in mark.text for mark in store.marks)
