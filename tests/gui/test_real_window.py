"""The window with real processes: a run says how it went, Stop and closing leave nobody. How fast: tests/benchmarks/test_window.py."""

import psutil
import pytest
from pytestqt.qtbot import QtBot

from gui.window import MainWindow
from tests.helpers.processes import alive, wait_until
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1280, 780)
    made.show()
    return made


def _running(qtbot: QtBot, window: MainWindow, config: RunConfig) -> None:
    window.start(config)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)


@pytest.mark.parametrize("how", ["stop", "interrupt"])
def test_all_pids_are_gone_when_the_run_is_over(qtbot: QtBot, window: MainWindow, how: str) -> None:
    _running(qtbot, window, RunConfig("process_pool", "count_primes", 2, None, params={"limit": 2_000_000}))
    qtbot.waitUntil(lambda: len(window.store.processes) >= 3, timeout=20_000)
    pids = list(window.store.processes)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        getattr(window, how)()
    assert not any(alive(pid) for pid in pids)
    assert window.summary is not None
    assert window.summary["stopped"] is True


def test_closing_in_mid_run_leaves_nobody(qtbot: QtBot, window: MainWindow) -> None:
    _running(qtbot, window, RunConfig("process_pool", "count_primes", 2, None))
    children = {child.pid for child in psutil.Process().children(recursive=True)}
    assert len(children) >= 3
    window.close()
    assert wait_until(lambda: not any(alive(pid) for pid in children), 2.5)


def test_a_run_of_ten_tasks_says_so(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.controller.catalogue is not None, timeout=20_000)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("thread_pool", "sleep", 2, 10))
    assert window.summary is not None
    assert window.summary["tasks"] == {"submitted": 10, "done": 10, "failed": 0, "lost": 0}
    assert "10 tasks in" in window.foot.status.text()


def test_an_unknown_interpreter_is_refused_beside_its_field(qtbot: QtBot, window: MainWindow) -> None:
    window.start(RunConfig(python="/nowhere/python3"))
    qtbot.waitUntil(lambda: window.phase is RunPhase.IDLE, timeout=20_000)
    qtbot.waitUntil(lambda: "/nowhere/python3" in window.panel.python_row.fault.text(), timeout=20_000)
    assert "/nowhere/python3" in window.foot.status.text()
