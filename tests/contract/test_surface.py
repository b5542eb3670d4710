"""The surface that other people's pytest-qt tests stand on (ARCHITECTURE.md, "The surface for tests"), used as they would."""

import inspect
import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QLabel, QSpinBox, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from gui.window import MainWindow
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase

SCHEMA = json.loads(Path(__file__).parents[2].joinpath("resources/schema/run.v1.json").read_text())
NAMES = {
    "modelPicker": QObject,
    "workersSpin": QSpinBox,
    "workersSlider": QAbstractSlider,
    "workloadPicker": QObject,
    "tasksSpin": QSpinBox,
    "runButton": QAbstractButton,
    "stopButton": QAbstractButton,
    "interruptButton": QAbstractButton,
    "throughputChart": QObject,
    "pidActivityChart": QObject,
    "processTable": QTreeView,
    "progressBar": QObject,
    "statusLine": QLabel,
    "outputPanel": QWidget,
    "codePanel": QWidget,
    "lessonList": QWidget,
    "lessonPage": QWidget,
    "modeExplore": QAbstractButton,
    "modeLessons": QAbstractButton,
    "modeCompare": QAbstractButton,
    "historyList": QWidget,
    "compareChart": QWidget,
    "diffTable": QTreeView,
}


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    return made


def test_object_names(window: MainWindow) -> None:
    missing = [name for name, kind in NAMES.items() if not isinstance(window.findChild(kind, name), kind)]
    assert missing == []


def test_signatures() -> None:
    assert list(inspect.signature(RunConfig).parameters) == [
        "model", "workload", "workers", "tasks", "seconds", "params", "options", "python", "seed",
    ]  # fmt: skip
    constructor = inspect.signature(MainWindow.__init__).parameters
    assert list(constructor)[:2] == ["self", "config"]
    assert constructor["config"].default is None
    assert inspect.signature(MainWindow.start).parameters["config"].default is None
    assert list(inspect.signature(MainWindow.turn).parameters) == ["self", "field", "value"]
    assert list(inspect.signature(MainWindow.break_worker).parameters) == ["self", "pid", "how", "tid"]


def test_a_run_from_start_to_end(window: MainWindow, qtbot: QtBot) -> None:
    """Not shown, and started at once: the window waits for its catalogue by itself."""
    assert (window.phase, window.summary) == (RunPhase.IDLE, None)
    phases: list[RunPhase] = []
    started: list[bool] = []
    window.phaseChanged.connect(phases.append)
    window.runStarted.connect(lambda: started.append(True))
    config = RunConfig("process_pool", "sleep", 2, tasks=40, params={"ms": 10.0}, seed=3)
    with qtbot.waitSignal(window.runFinished, timeout=20_000) as finished:
        window.start(config)
    assert started == [True]
    assert phases == [RunPhase.STARTING, RunPhase.WARMING, RunPhase.RUNNING, RunPhase.FINISHED]
    summary = window.summary
    assert summary is not None
    assert finished.args == [summary]
    jsonschema.validate(summary, SCHEMA)
    assert summary["tasks"] == {"submitted": 40, "done": 40, "failed": 0, "lost": 0}
    assert summary["config"]["seed"] == 3
    for name in ("throughputChart", "pidActivityChart"):
        chart: Any = window.findChild(QObject, name)
        series = chart.series()
        assert series
        for x, y in series.values():
            assert isinstance(x, np.ndarray)
            assert isinstance(y, np.ndarray)
            assert len(x) == len(y)
            assert np.isfinite(x).all()
    done: Any = window.findChild(QObject, "throughputChart")
    assert done.series()["done"][1].max() > 0
    pids = {str(process["pid"]) for process in summary["processes"]}
    activity: Any = window.findChild(QObject, "pidActivityChart")
    assert {key.split("/")[0] for key in activity.series()} <= pids


def test_start_takes_what_is_chosen_and_stop_stops(qtbot: QtBot) -> None:
    window = MainWindow(RunConfig("thread_pool", "sleep", 3, tasks=None, params={"ms": 5.0}))
    qtbot.addWidget(window)
    window.show()
    run, stop = window.findChild(QAbstractButton, "runButton"), window.findChild(QAbstractButton, "stopButton")
    qtbot.waitUntil(lambda: run.isEnabled() and not stop.isEnabled())
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=15_000)
    assert stop.isEnabled()
    assert not run.isEnabled()
    with qtbot.waitSignal(window.runFinished, timeout=15_000):
        qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert window.phase is RunPhase.FINISHED
    assert window.summary is not None
    assert window.summary["config"]["workers"] == 3
    assert window.summary["stopped"] is True


def test_settings_live_where_the_variable_says(window: MainWindow) -> None:
    window.show()
    window.close()
    assert Path(os.environ["THREADMILL_CONFIG_DIR"], "settings.json").exists()


@pytest.mark.parametrize("wait", [False, True])
def test_stop_right_after_start_always_ends_in_run_finished(qtbot: QtBot, wait: bool) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    if wait:
        qtbot.waitUntil(lambda: window.controller.catalogue is not None, timeout=20_000)
    with qtbot.waitSignal(window.runFinished, timeout=20_000) as finished:
        window.start(RunConfig("process_pool", "sleep", 2, tasks=None, params={"ms": 5.0}))
        window.stop()
    assert finished.args == [window.summary]
    assert (window.summary is not None) is wait
    if window.summary is not None:
        assert window.summary["stopped"] is True
        jsonschema.validate(window.summary, SCHEMA)


def test_every_refusal_is_a_signal(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        window.start(RunConfig("thread_pol"))
    assert told.args is not None
    assert told.args[0] == "model"
    assert "thread_pool" in told.args[1]
    assert window.phase is RunPhase.IDLE
