"""Models that are there where an interpreter has what they need: loky, joblib, and the interpreter pool from Python 3.14 on.

Where our own interpreter offers them, tests/engine/test_every_model.py has them too: for loky and joblib only what is theirs
alone is here. The interpreter pool is not offered by 3.11, so all that the suite asks of a model is asked of it here.
"""

import importlib.util
import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from tests.helpers.covering import covering
from tests.helpers.processes import alive, group, wait_until
from tests.helpers.pythons import WANTED, found, other_python
from tests.helpers.runs import catalogue_of, events_account, follow, is_running, overlap, run, session, task_spans
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

LOKY = ["loky", "joblib"]
HAVE_THEM = ("3.14", "3.15")
USUAL = "3.15" if sys.version_info[:2] == (3, 14) else "3.14"
"""Where our own interpreter is a 3.14, the suite of every model looks at that one."""
INTERPRETERS = [pytest.param(minor, marks=() if minor == USUAL else pytest.mark.nightly) for minor in HAVE_THEM]
TRAVELLING = ["RLock", "BoundedSemaphore", "Condition", "Event", "Barrier"]
CASES = covering(
    (*((model, "") for model in LOKY), *(("interpreter_pool", minor) for minor in HAVE_THEM)),
    lambda model, minor: minor in ("", USUAL),
)


def config_of(model: str, minor: str, workload: str = "sleep", workers: int = 2, **more: object) -> RunConfig:
    """A run of this model, under this interpreter."""
    if minor:
        return RunConfig(model, workload, workers, python=other_python(minor), **more)  # type: ignore[arg-type]
    for name in ("loky", "joblib"):
        assert importlib.util.find_spec(name), f"the development group brings {name}; install it"
    return RunConfig(model, workload, workers, **more)  # type: ignore[arg-type]


def check(store: RunStore, done: int, failed: int = 0) -> None:
    """The run was left to itself and all is accounted for."""
    counts = store.counts
    assert store.ended is not None
    assert (store.ended.phase, store.ended.error) == (RunPhase.FINISHED, None), list(store.texts)[-3:]
    assert (counts.submitted, counts.done, counts.failed, counts.lost) == (done + failed, done, failed, 0)
    assert events_account(store)
    assert len(task_spans(store)) + store.dropped >= done
    assert {line.stream for line in store.texts} <= {"failure"}, list(store.texts)


@pytest.mark.parametrize(
    ("minor", "workers"),
    covering(
        ((minor, workers) for minor in HAVE_THEM for workers in (1, 2, 4)),
        lambda minor, workers: (minor == USUAL) == (workers != 2),
    ),
)
def test_interpreters_count_primes(minor: str, workers: int) -> None:
    store = run(config_of("interpreter_pool", minor, "count_primes", workers, tasks=12, params={"limit": 2_000}))
    check(store, 12)
    assert store.checksum == 12 * 303
    assert [row.role for row in store.all_processes()] == ["host"]
    assert overlap(task_spans(store)) <= workers


@pytest.mark.parametrize("minor", INTERPRETERS)
def test_interpreters_sleep_at_the_same_time(minor: str) -> None:
    store = run(config_of("interpreter_pool", minor, workers=4, tasks=16, params={"ms": 60.0}))
    check(store, 16)
    assert 2 <= overlap(task_spans(store)) <= 4


@pytest.mark.parametrize("tasks", [0, 1, 2_000])
@pytest.mark.parametrize("minor", INTERPRETERS)
def test_interpreters_with_any_number_of_tasks(minor: str, tasks: int) -> None:
    check(run(config_of("interpreter_pool", minor, workers=3, tasks=tasks, params={"ms": 0.0})), tasks)


@pytest.mark.parametrize(("model", "minor"), CASES)
def test_chunks(model: str, minor: str) -> None:
    check(run(config_of(model, minor, tasks=50, params={"ms": 0.0}, options={"chunksize": 7})), 50)


@pytest.mark.parametrize(("model", "minor"), CASES)
def test_failures_in_chunks_are_counted(model: str, minor: str, extended) -> None:  # type: ignore[no-untyped-def]
    config = config_of(model, minor, "raises_some", tasks=9, options={"chunksize": 4})
    store = run(config, extended.workload("raises_some").catalogue(config.python))
    check(store, 6, failed=3)
    failures = [line.text for line in store.texts]
    assert len(failures) == 3
    assert all("ValueError: number" in text and "raises_some.py" in text for text in failures)


@pytest.mark.parametrize(("model", "minor"), CASES)
def test_sys_exit_fails_its_task_only(model: str, minor: str, extended) -> None:  # type: ignore[no-untyped-def]
    config = config_of(model, minor, "exits", tasks=6)
    check(run(config, extended.workload("exits").catalogue(config.python)), 5, failed=1)


@pytest.mark.parametrize("minor", INTERPRETERS)
def test_stop_loses_nothing_that_interpreters_can_end(minor: str) -> None:
    config = config_of("interpreter_pool", minor, tasks=None, params={"ms": 20.0})
    store = RunStore()
    with session(catalogue_of(config.python)) as opened:
        opened.start(config)
        follow(opened, store, lambda store: store.counts.done >= 3)
        pgid = next(row.pid for row in store.all_processes() if row.role == "host")
        opened.stop()
        follow(opened, store)
        assert not group(pgid)
    assert store.ended is not None
    assert (store.phase, store.ended.stopped, store.ended.error) == (RunPhase.FINISHED, True, None)
    assert store.counts.lost == 0
    assert store.counts.done == store.counts.submitted
    assert events_account(store)


@pytest.mark.parametrize(
    ("model", "minor", "workers"),
    covering(
        [("joblib", "", 1), *(("interpreter_pool", minor, 2) for minor in HAVE_THEM)],
        lambda model, minor, workers: minor in ("", USUAL),
    ),
)
def test_stop_cuts_off_what_does_not_end(model: str, minor: str, workers: int) -> None:
    config = config_of(model, minor, workers=workers, tasks=None, params={"ms": 60_000.0})
    store = RunStore()
    with session(catalogue_of(config.python)) as opened:
        opened.start(config)
        follow(opened, store, is_running)
        pgid = next(row.pid for row in store.all_processes() if row.role == "host")
        opened.stop()
        follow(opened, store)
        assert not group(pgid)
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 0)
    assert store.counts.lost >= 1
    assert any(mark.kind == "signal" for mark in store.marks)


@pytest.mark.parametrize("minor", INTERPRETERS)
def test_interpreters_can_be_turned_up(minor: str) -> None:
    config = config_of("interpreter_pool", minor, workers=1, tasks=None, params={"ms": 30.0}, options={"pool_size": 3})
    store = RunStore()
    with session(catalogue_of(config.python)) as opened:
        opened.start(config)
        follow(opened, store, lambda store: store.counts.done >= 4)
        assert overlap(task_spans(store)) == 1
        opened.turn("workers", 3)
        follow(opened, store, lambda store: overlap(task_spans(store)) == 3)
        opened.stop()
        follow(opened, store)
    assert store.phase is RunPhase.FINISHED


@pytest.mark.parametrize(
    ("model", "which"),
    covering(
        [("loky", 0), ("loky", 1), ("loky", 2), ("joblib", 2)], lambda model, which: which == 0 or model == "joblib"
    ),
)
def test_a_killed_worker_is_named_whichever_it_is(model: str, which: int) -> None:
    """loky kills the others in the same way, so that the first one must be told from them."""
    store = RunStore()
    with session() as opened:
        opened.start(config_of(model, "", workers=3, tasks=None, params={"ms": 30.0}))
        follow(opened, store, lambda store: store.counts.done >= 4)
        workers = [row.pid for row in store.all_processes() if row.role == "worker"]
        os.kill(workers[which], signal.SIGKILL)
        follow(opened, store, seconds=10)
        assert store.ended is not None
        assert store.phase is RunPhase.FAILED
        assert f"PID {workers[which]} was killed by SIGKILL" in str(store.ended.error)
        assert wait_until(lambda: not any(alive(pid) for pid in workers))


def leftovers() -> set[str]:
    """What loky and joblib name after themselves, where they put it unless told otherwise."""
    places = (Path("/dev/shm"), Path(tempfile.gettempdir()))
    return {str(path) for place in places for path in place.glob("*") if "loky-" in path.name or "joblib" in path.name}


@pytest.mark.parametrize("model", LOKY)
def test_nothing_is_left_where_all_were_killed_at_once(model: str) -> None:
    before = leftovers()
    store = RunStore()
    with session() as opened:
        opened.start(config_of(model, "", tasks=None, params={"ms": 5.0}))
        follow(opened, store, lambda store: store.counts.done >= 5)
        pgid = next(row.pid for row in store.all_processes() if row.role == "host")
        semaphores = [path.name for path in Path("/dev/shm").glob(f"sem.threadmill-{os.getpid()}-*")]
        os.killpg(pgid, signal.SIGKILL)
        follow(opened, store, seconds=10)
        assert store.phase is RunPhase.FAILED
        assert not group(pgid)
    assert semaphores, "the run's semaphores bear its name"
    assert leftovers() <= before


@pytest.mark.parametrize(
    ("model", "primitive"),
    covering(
        [*(("loky", kind) for kind in TRAVELLING), ("joblib", "Barrier")],
        lambda model, primitive: primitive in ("Condition", "Barrier", "Event"),
    ),
)
def test_primitives_travel(model: str, primitive: str) -> None:
    """A Condition is made of an RLock and semaphores."""
    check(run(config_of(model, "", tasks=6, params={"ms": 1.0}, options={"primitive": primitive})), 6)


@pytest.mark.parametrize("model", LOKY)
def test_workers_share_locks_and_counters(model: str) -> None:
    store = run(config_of(model, "", "shared_counter", tasks=8, options={"primitive": "Lock"}))
    check(store, 8)
    assert store.ended is not None
    outcome = store.ended.outcome
    assert outcome["actual"] == outcome["expected"] > 0


def test_loky_brings_home_what_pickle_cannot(extended) -> None:  # type: ignore[no-untyped-def]
    check(run(config_of("loky", "", "unpicklable", tasks=6), extended.workload("unpicklable").catalogue()), 6)


def test_joblib_with_one_worker_works_in_the_main_process() -> None:
    store = run(config_of("joblib", "", workers=1, tasks=5, params={"ms": 1.0}))
    check(store, 5)
    assert [(row.role, row.tasks) for row in store.all_processes() if row.tasks] == [("host", 5)]


@pytest.mark.parametrize("model", LOKY)
def test_a_library_that_is_not_there_is_the_reason(model: str) -> None:
    python = next((info.executable for info in found().values() if model not in info.modules), None)
    if python is None:
        pytest.skip(f"every other Python on this machine has {model}")
    catalogue = catalogue_of(python)
    assert f"{model} is not installed" in catalogue.models[model].unavailable
    assert catalogue.models["process_pool"].unavailable == ""
    with session(catalogue) as opened, pytest.raises(ConfigError, match=f"{model} is not installed"):
        opened.start(RunConfig(model, tasks=1, python=python))


@pytest.mark.parametrize("minor", ["3.11", *WANTED])
def test_interpreters_from_3_14_on(minor: str) -> None:
    unavailable = catalogue_of(other_python(minor)).models["interpreter_pool"].unavailable
    assert unavailable == ("" if minor in HAVE_THEM else "it needs Python 3.14 or later")


@pytest.mark.parametrize("minor", INTERPRETERS)
def test_each_interpreter_is_a_lane_with_a_number_of_its_own(minor: str) -> None:
    store = run(config_of("interpreter_pool", minor, workers=3, tasks=12, params={"ms": 20.0}))
    check(store, 12)
    lanes = [row.info for row in store.lanes if row.info.role == "worker"]
    assert len(lanes) == 3, "a lane lasts as long as its interpreter, not as long as a call into it"
    assert not any(lane.died for lane in lanes)
    assert len({lane.interpreter for lane in lanes} - {0}) == 3
    assert len({lane.tid for lane in lanes}) == 3
    assert {lane.pid for lane in lanes} == {row.pid for row in store.all_processes() if row.role == "host"}


@pytest.mark.parametrize("minor", INTERPRETERS)
def test_what_interpreters_cannot_share_is_refused_before_the_start(minor: str) -> None:
    config = config_of("interpreter_pool", minor, "shared_counter", tasks=2)
    with session(catalogue_of(config.python)) as opened, pytest.raises(ConfigError, match="share nothing"):
        opened.start(config)
