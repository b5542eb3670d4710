"""The real window with real processes: every model, Stop, closing, and the window killed in every phase."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.window import MainWindow
from tests.helpers.processes import alive, group, tree, wait_until
from tests.helpers.runs import catalogue_of
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.registry import keys

ROOT = Path(__file__).parents[2]
FOREVER = RunConfig(workload="sleep", workers=2, tasks=None, params={"ms": 5.0})


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def host_pid(window: MainWindow) -> int:
    return next(row.pid for row in window.store.all_processes() if row.role == "host")


def drawn(window: MainWindow, name: str) -> dict[str, Any]:
    chart: Any = window.findChild(QObject, name)
    return {key: (x, y) for key, (x, y) in chart.series().items() if len(x)}


@pytest.mark.parametrize("model", keys("models"))
def test_every_model_runs_and_both_charts_receive_data_while_it_does(
    model: str, window: MainWindow, qtbot: QtBot
) -> None:
    config = FOREVER.changed(model=model, workload="count_primes", params={"limit": 2_000})
    reason = catalogue_of().models[model].unavailable
    if reason:
        with qtbot.waitSignal(window.refused, timeout=15_000) as refused:
            window.start(config)
        assert reason in refused.args[1]
        return
    with qtbot.waitSignal(window.runStarted, timeout=15_000):
        window.start(config)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=15_000)

    def both() -> bool:
        throughput = drawn(window, "throughputChart").get("done")
        activity = drawn(window, "pidActivityChart")
        return throughput is not None and throughput[1].max() > 0 and any(y.max() > 0 for _, y in activity.values())

    qtbot.waitUntil(both, timeout=15_000)
    assert window.phase is RunPhase.RUNNING
    assert window.summary is None
    pgid = host_pid(window)
    with qtbot.waitSignal(window.runFinished, timeout=10_000) as finished:
        window.stop()
    assert not group(pgid)
    summary = finished.args[0]
    assert summary == window.summary
    assert (summary["phase"], summary["stopped"]) == ("finished", True)
    assert summary["tasks"]["done"] > 0
    assert summary["telemetry"]["delivered"] + summary["telemetry"]["dropped"] == summary["telemetry"]["recorded"]


def test_closing_mid_run_leaves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.start(FOREVER.changed(model="process_pool"))
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=15_000)
    qtbot.waitUntil(lambda: len(window.store.all_processes()) >= 3, timeout=15_000)
    pgid = host_pid(window)
    assert len(group(pgid)) >= 3
    window.close()
    assert wait_until(lambda: not group(pgid), 2.5)


def test_runs_follow_each_other(window: MainWindow, qtbot: QtBot) -> None:
    for number, model in enumerate(("thread_pool", "process_pool", "sequential"), start=1):
        with qtbot.waitSignal(window.runFinished, timeout=20_000) as finished:
            window.start(RunConfig(model, "sleep", 2, tasks=number * 5, params={"ms": 2.0}))
        assert finished.args[0]["tasks"]["done"] == number * 5
        assert window.phase is RunPhase.FINISHED


def test_a_failed_run_is_shown_and_the_next_one_works(window: MainWindow, qtbot: QtBot) -> None:
    window.start(FOREVER.changed(model="process_pool"))
    qtbot.waitUntil(lambda: window.store.counts.done > 3, timeout=15_000)
    victim = next(row.pid for row in window.store.all_processes() if row.role == "worker")
    with qtbot.waitSignal(window.runFinished, timeout=15_000) as finished:
        os.kill(victim, signal.SIGKILL)
    assert window.phase is RunPhase.FAILED
    status: Any = window.findChild(QObject, "statusLine")
    assert f"PID {victim} was killed by SIGKILL" in finished.args[0]["error"]
    assert f"PID {victim}" in status.text()
    with qtbot.waitSignal(window.runFinished, timeout=15_000):
        window.start(RunConfig("process_pool", "sleep", 2, tasks=4, params={"ms": 1.0}))
    assert window.phase is RunPhase.FINISHED


SCRIPT = """
import json, sys
from gui.app import make_application, QuitSignals
from gui.window import MainWindow
from workers.contract.config import RunConfig
application = make_application()
window = MainWindow()
signals = QuitSignals(window)
window.phaseChanged.connect(lambda phase: print(phase.value, flush=True))
def look():
    if window.phase.value == "running" and window.store.counts.submitted and len(window.store.processes) > 1:
        print("busy", flush=True)
        if sys.argv[2] == "stopping":
            window.stop()
from PySide6.QtCore import QTimer
timer = QTimer(interval=20, timeout=look)
timer.start()
window.show()
window.start(RunConfig.from_json(sys.argv[1]))
code = application.exec()
signals.remove()
sys.exit(code)
"""


def open_window(config: RunConfig, until: str, root: Path) -> "subprocess.Popen[str]":
    """A window in a process of its own, running `config`; returns once it is in the phase `until`."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, config.to_json(), until], cwd=root, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    wanted = "busy" if until == "running" else until
    for line in process.stdout:
        if line.strip() == wanted:
            return process
    raise AssertionError(f"the window ended with {process.wait(5)} before it was {wanted}")


def kill_and_look(process: "subprocess.Popen[str]", at_least: int) -> None:
    """SIGKILL the window; whoever it had is gone within 2.5 s. It is stopped first, so that nobody is born unseen."""
    assert wait_until(lambda: len(tree(process.pid)) >= at_least)
    process.send_signal(signal.SIGSTOP)
    below = tree(process.pid)
    process.kill()
    process.wait(5)
    assert wait_until(lambda: not any(alive(pid) for pid in below), 2.5), [pid for pid in below if alive(pid)]
    end(process)


def end(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    process.stdout.close()


@pytest.mark.parametrize("phase", ["starting", "warming", "running", "stopping"])
def test_killed_in_any_phase_it_leaves_nothing(phase: str) -> None:
    config = RunConfig(
        "process_pool", "sleep", 2, tasks=None, params={"ms": 60_000.0}, options={"start_method": "spawn"}
    )
    kill_and_look(open_window(config, phase, ROOT), 1 if phase == "starting" else 3)


@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "pool_apply_async"])
def test_killed_while_workers_hold_the_gil_in_c(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    extended.workload("holds_gil")
    shutil.copytree(ROOT / "gui", extended.root / "gui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", extended.root / "resources")
    process = open_window(
        RunConfig(model, "holds_gil", 2, tasks=None), "warming" if model == "thread_pool" else "running", extended.root
    )
    kill_and_look(process, 3 if model == "thread_pool" else 5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_signal_closes_it_with_exit_0(number: signal.Signals) -> None:
    process = open_window(FOREVER.changed(model="process_pool"), "running", ROOT)
    below = tree(process.pid)
    process.send_signal(number)
    assert process.wait(10) == 0
    assert wait_until(lambda: not any(alive(pid) for pid in below), 2.5)
    end(process)
