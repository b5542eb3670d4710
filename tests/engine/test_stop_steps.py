"""Each step of Stop is told as it is taken: which it is, for whom, and what follows when."""

import time

from tests.helpers.extended import HEAD, Extended
from tests.helpers.runs import is_running, session
from workers.contract.batch import Batch
from workers.contract.config import RunConfig
from workers.contract.ending import ASKED, StopStep
from workers.engine.lifecycle import STEPS_NS
from workers.insight.store import RunStore

DEAF = """
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    time.sleep(60)
"""


def stop(config: RunConfig, extended: Extended) -> tuple[RunStore, list[StopStep]]:
    """Run, stop, and collect the steps."""
    store, steps = RunStore(), []
    with session(extended.catalogue()) as opened:
        opened.start(config)
        asked = False
        end = time.monotonic() + 60
        while store.ended is None:
            batch = opened.step()
            assert isinstance(batch, Batch)
            store.apply(batch)
            if batch.stop_step is not None:
                steps.append(batch.stop_step)
            if not asked and is_running(store):
                asked = True
                opened.stop()
            assert time.monotonic() < end
            time.sleep(0.002)
    return store, steps


def test_what_ignores_all_that_is_asked_gets_every_step(extended: Extended) -> None:
    extended.add("workloads", "deaf", f"{HEAD}def run(number):\n{DEAF}")
    # A forkserver ends at SIGTERM, and its workers with it.
    config = RunConfig("process_pool", "deaf", 2, tasks=None, options={"start_method": "spawn"})
    store, steps = stop(config, extended)
    assert [step.step for step in steps] == [ASKED, "SIGINT", "SIGTERM", "SIGKILL"]
    assert [step.next for step in steps] == ["SIGINT", "SIGTERM", "SIGKILL", ""]
    workers = {row.pid for row in store.all_processes() if row.role == "worker"}
    host = next(row.pid for row in store.all_processes() if row.role == "host")
    assert set(steps[0].pids) >= workers | {host}
    assert host in steps[-1].pids
    for step, gap in zip(steps, STEPS_NS, strict=False):
        assert 0 < step.next_ns - step.t_ns <= gap
    assert [mark.kind for mark in store.marks if mark.kind in ("stop", "signal")] == ["stop", *["signal"] * 3]
    texts = [mark.text for mark in store.marks if mark.kind in ("stop", "signal")]
    assert texts[0].startswith("asked to stop: no new tasks, those under way have 0.4 s before SIGINT")
    assert texts[1].startswith("SIGINT to PIDs ")
    assert texts[1].endswith("; SIGTERM follows in 0.15 s")
    assert str(host) in texts[3]


def test_what_ends_when_it_is_asked_gets_one_step(extended: Extended) -> None:
    store, steps = stop(RunConfig("thread_pool", "sleep", 2, tasks=None, params={"ms": 5.0}), extended)
    assert steps[0].step == ASKED
    assert store.stop_step == steps[-1]
