"""The real window with real processes: every model, and Stop. Windows that are closed or killed stand in tests/faults."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.window import MainWindow
from tests.helpers.processes import group
from tests.helpers.runs import catalogue_of
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.registry import keys

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
