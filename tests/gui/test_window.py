"""The window with a scripted session: from choice to summary."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.bridge.engine import EngineBridge
from gui.charts.labels import Aside
from gui.stage import OUTPUT
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_session import CATALOGUE, FakeRequest, FakeSession, fake_bridge, found_pythons
from tests.helpers.scripted import starting
from workers.contract.batch import Batch
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.insight.summary import summarise

RUN = RunConfig("thread_pool", "count_primes", 4, 100)


def run_to_end(qtbot: QtBot, window: MainWindow, config: RunConfig | None = RUN) -> dict[str, object]:
    with qtbot.waitSignal(window.runFinished, timeout=20_000) as over:
        window.start(config)
    assert over.args is not None
    return over.args[0]  # type: ignore[no-any-return]


def test_the_promised_names_are_there(make_window: MakeWindow) -> None:
    window = make_window()
    for name, kind in {
        "modelPicker": QListWidget,
        "workersSpin": QSpinBox,
        "workersSlider": QSlider,
        "workloadPicker": QComboBox,
        "tasksSpin": QSpinBox,
        "runButton": QPushButton,
        "stopButton": QPushButton,
        "interruptButton": QPushButton,
        "throughputChart": QWidget,
        "pidActivityChart": QWidget,
        "processTable": QTreeView,
        "progressBar": QProgressBar,
        "statusLine": QLabel,
    }.items():
        assert isinstance(window.findChild(kind, name), kind), name


def test_a_run_goes_through_its_phases_and_ends_with_a_summary(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    phases: list[RunPhase] = []
    started: list[bool] = []
    window.phaseChanged.connect(phases.append)
    window.runStarted.connect(lambda: started.append(window.summary is None))
    assert window.phase is RunPhase.IDLE
    assert window.summary is None
    summary = run_to_end(qtbot, window)
    assert phases == [RunPhase.STARTING, RunPhase.WARMING, RunPhase.RUNNING, RunPhase.FINISHED]
    assert started == [True]
    assert window.phase is RunPhase.FINISHED
    assert window.summary == summary
    assert summary["phase"] == "finished"
    assert summary["tasks"]["done"] == 100  # type: ignore[index]
    assert summary["config"]["model"] == "thread_pool"  # type: ignore[index]


def test_the_summary_of_a_long_run_is_worked_out_in_steps(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.controller.AT_ONCE", 0)
    monkeypatch.setattr("gui.controller.STEP_S", 0.0)
    window = make_window()
    told: list[object] = []
    window.phaseChanged.connect(told.append)
    window.runFinished.connect(told.append)
    with qtbot.waitSignal(window.controller._sum_on.timeout, timeout=20_000):
        window.start(RUN)
    qtbot.waitUntil(lambda: isinstance(told[-1], dict), timeout=20_000)
    assert told[-2:] == [RunPhase.FINISHED, summarise(window.store)]
    assert window.summary is told[-1]


def test_who_cannot_wait_for_the_summary_of_a_long_run_has_it_at_once(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.controller.AT_ONCE", 0)
    monkeypatch.setattr("gui.controller.STEP_S", 0.0)
    window = make_window()
    window.controller._sum_on.setInterval(3_600_000)
    told: list[object] = []
    window.runStarted.connect(lambda: told.append("started"))
    window.runFinished.connect(told.append)
    window.start(RUN)
    qtbot.waitUntil(lambda: window.phase is RunPhase.FINISHED, timeout=20_000)
    assert told == ["started"]
    first = window.summary
    assert first is not None
    assert first == summarise(window.store)
    window.start(RUN.changed(tasks=50))
    assert told == ["started", first], "the first run's end is told before the store is the second one's"
    qtbot.waitUntil(lambda: window.phase is RunPhase.FINISHED, timeout=20_000)
    window.close()
    assert told[2] == "started"
    assert told[3]["tasks"]["done"] == 50  # type: ignore[index]


def test_both_charts_and_the_table_have_the_data(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    run_to_end(qtbot, window)
    throughput, activity = window.findChild(QWidget, "throughputChart"), window.findChild(QWidget, "pidActivityChart")
    assert throughput.series()["done"][1].max() > 0  # type: ignore[attr-defined]
    assert any(np.nanmax(y) > 0 for _, y in activity.series().values() if len(y))  # type: ignore[attr-defined]
    table = window.findChild(QTreeView, "processTable")
    assert table is not None
    assert table.model().rowCount() >= 1


def test_a_second_run_starts_afresh(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    run_to_end(qtbot, window)
    assert run_to_end(qtbot, window, RUN.changed(tasks=50))["tasks"]["done"] == 50  # type: ignore[index]


def test_start_before_the_catalogue_waits_for_it(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(wait=False)
    assert window.controller.catalogue is None
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RUN)
        assert window.phase is RunPhase.STARTING


@pytest.mark.parametrize("how", ["stop", "interrupt"])
def test_stop_before_the_catalogue_withdraws_the_run(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, how: str
) -> None:
    window = make_window(wait=False)
    with qtbot.waitSignal(window.runFinished, timeout=20_000) as over:
        window.start(RUN)
        getattr(window, how)()
    assert over.args == [None]
    assert (window.phase, window.summary) == (RunPhase.IDLE, None)
    assert window.foot.status.text() == "Stopped before it started."
    assert window.foot.progress.maximum() > 0
    qtbot.waitUntil(lambda: window.controller.catalogue is not None, timeout=20_000)
    assert "start" not in session.calls


@pytest.mark.parametrize("how", ["stop", "interrupt"])
def test_stop_and_interrupt(qtbot: QtBot, make_window: MakeWindow, session: FakeSession, how: str) -> None:
    session.endless = True
    window = make_window()
    window.start(RUN.changed(tasks=None))
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    assert window.actions_.interrupt.isEnabled()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        getattr(window, how)()
        assert window.phase is RunPhase.STOPPING
        assert not window.actions_.stop.isEnabled()
    assert how in session.calls
    assert window.summary is not None
    assert window.summary["stopped"] is True
    assert "lost 3" in window.foot.status.text()


class Prompt(FakeSession):
    """Stopped before its first step, it ends with that step, as the real one does."""

    def step(self) -> Batch | None:
        if self.phase is RunPhase.STOPPING and self._last is None and self.configs and self._script is not None:
            first = starting(self.configs[-1])
            return replace(self._end(first), started=first.started)
        return super().step()


@pytest.mark.parametrize("how", ["stop", "interrupt"])
def test_stop_at_once_after_the_start_ends_the_run_all_the_same(
    qtbot: QtBot, make_window: MakeWindow, how: str
) -> None:
    session = Prompt(endless=True)
    window = make_window(bridge=fake_bridge(session))
    told: list[str] = []
    window.runStarted.connect(lambda: told.append("started"))
    window.runFinished.connect(lambda _: told.append("finished"))
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RUN.changed(tasks=None))
        getattr(window, how)()
    assert told == ["started", "finished"]
    assert session.calls.index("start") < session.calls.index(how)
    assert window.phase is RunPhase.FINISHED
    assert window.summary is not None
    assert window.summary["stopped"] is True
    assert window.top.phase.text().startswith("stopped")


def test_stop_of_a_run_that_the_session_refuses_still_ends(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    with qtbot.waitSignal(window.runFinished, timeout=20_000) as over:
        window.start(RUN.changed(seed=666))
        window.stop()
    assert over.args == [None]
    assert window.phase is RunPhase.IDLE


def test_a_run_that_can_no_longer_be_read_ends_with_a_summary(qtbot: QtBot, make_window: MakeWindow) -> None:
    class Broken(FakeSession):
        def step(self) -> Batch | None:
            if self._last is not None and self._last.counts.done > 5:
                raise RuntimeError("a fault of ours")
            return super().step()

    window = make_window(bridge=fake_bridge(Broken()))
    with qtbot.captureExceptions() as caught:
        with qtbot.waitSignal(window.runFinished, timeout=20_000) as over:
            window.start(RUN)
        qtbot.waitUntil(lambda: bool(caught), timeout=20_000)
    assert window.phase is RunPhase.FAILED
    assert "a fault of ours" in over.args[0]["error"]  # type: ignore[index]


def test_start_asks_again_where_the_catalogue_did_not_come(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    answer = ConfigError("/usr/bin/python3 did not answer within 10 s; choose another interpreter.", "python")
    window = make_window(bridge=fake_bridge(session, answer), wait=False)
    qtbot.waitUntil(lambda: "did not answer" in window.foot.status.text(), timeout=20_000)
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        window.start(RUN)
        assert window.phase is RunPhase.STARTING
    assert told.args == ["python", str(answer)]
    assert window.phase is RunPhase.IDLE


def test_start_during_a_run_is_refused_in_words(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    window = make_window()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RUN)
        with qtbot.waitSignal(window.refused, timeout=20_000) as told:
            window.start(RUN.changed(tasks=7))
        assert told.args == ["", "A run is under way; stop it first."]
        assert told.args[1] in window.foot.status.text()
        assert window.foot._fade.isActive()  # the counters get their line back
        window.foot._fade.timeout.emit()
        assert window.foot._message == ""
    assert session.calls.count("start") == 1


def test_after_closing_the_window_works_when_it_is_shown_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    sessions: list[FakeSession] = []

    def new_session() -> FakeSession:
        sessions.append(FakeSession(endless=not sessions))
        return sessions[-1]

    bridge = EngineBridge(new_session, FakeRequest, found_pythons)  # type: ignore[arg-type]
    window = make_window(bridge=bridge)
    window.start(RUN.changed(tasks=None))
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    with qtbot.waitSignal(window.runFinished, timeout=20_000) as over:
        window.close()
    assert over.args[0]["stopped"] is True  # type: ignore[index]
    assert window.phase is RunPhase.FINISHED
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        window.start(RUN)
    assert "closed" in told.args[1]  # type: ignore[index]
    window.show()
    assert run_to_end(qtbot, window)["tasks"]["done"] == 100  # type: ignore[index]
    assert len(sessions) == 2


def test_zero_workers_typed_are_refused_beside_the_field(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    window = make_window(RUN)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    spin = window.panel.workers.spin
    qtbot.keyClick(spin, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(spin, "0")
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        qtbot.keyClick(window, Qt.Key.Key_F5)
    words = "The number of workers must be at least 1, not 0."
    assert told.args == ["workers", words]
    assert words in window.panel.workers.fault.text()
    assert spin.text() == "0"
    assert "start" not in session.calls


def test_a_finished_run_stays_labelled_and_the_choice_is_the_next_one(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    run_to_end(qtbot, window)
    named = [aside for aside in window.findChildren(Aside) if not aside.objectName()]
    asides = [aside.text for aside in named]
    assert len(asides) == 2
    assert all(text.startswith("Thread pool × 4  ·  Count primes  ·  ") for text in asides)
    assert window.top.choice.text() == "Thread pool × 4  ·  Count primes"
    window.panel.models.choose("process_pool")
    window.panel.workers.set_value(8)
    assert window.top.choice.text() == "Next:  Process pool × 8  ·  Count primes  ·  fork"
    assert [aside.text for aside in named] == asides
    window.panel.models.choose("thread_pool")
    window.panel.workers.set_value(4)
    assert window.top.choice.text() == "Thread pool × 4  ·  Count primes"


def test_failed_tasks_are_told_in_words_and_marks(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.failed_every = 10
    window = make_window()
    run_to_end(qtbot, window)
    assert "failed 10 ✕" in window.foot.status.text()
    assert window.stage.tabs is not None
    assert "✕ 10" in window.stage.tabs.tabText(OUTPUT)


def test_a_failed_run_says_why(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.error = "Worker 12044 was killed by SIGKILL."
    window = make_window()
    summary = run_to_end(qtbot, window)
    assert window.phase is RunPhase.FAILED
    assert summary["error"] == session.error
    assert session.error in window.foot.status.text()
    assert window.foot.status.text().startswith("✕")


@pytest.mark.parametrize(
    ("config", "place", "words"),
    [
        (RUN.changed(workers=1_000_000), "workers", "at most"),
        (RUN.changed(params={"limit": 0}), "params", "at least|from 1"),
        (RUN.changed(model="thread_pol"), "models", "thread_pool"),
        (RUN.changed(workload="count_prime"), "workload_fault", "count_primes"),
    ],
)
def test_what_cannot_run_is_said_beside_the_field(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, config: RunConfig, place: str, words: str
) -> None:
    window = make_window()
    window.start(config)
    assert window.phase is RunPhase.IDLE
    panel = window.panel
    faults = {
        "workers": panel.workers.fault,
        "models": panel.models.fault,
        "workload_fault": panel.workload_fault,
        "params": panel.params._rows["limit"].fault,
    }
    assert not faults[place].isHidden()
    assert any(word in faults[place].text() for word in words.split("|"))
    assert window.foot.status.text() == faults[place].text()
    assert "start" not in session.calls


def test_a_refusal_by_the_session_takes_the_phase_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.start(RUN.changed(seed=666))
    qtbot.waitUntil(lambda: window.phase is RunPhase.IDLE, timeout=20_000)
    assert "No room" in window.foot.status.text()
    assert "No room" in window.panel.workers.fault.text()


def test_a_fault_of_ours_in_the_reader_leaves_no_run_hanging(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    with qtbot.captureExceptions() as caught:
        window.start(RUN.changed(seed=667))
        qtbot.waitUntil(lambda: window.phase is RunPhase.IDLE, timeout=20_000)
        qtbot.waitUntil(lambda: bool(caught), timeout=20_000)
    assert "a fault of ours" in window.foot.status.text()


def test_a_catalogue_that_does_not_come(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    answer = ConfigError("/usr/bin/python3 did not answer within 10 s; choose another interpreter.", "python")
    window = make_window(bridge=fake_bridge(session, answer), wait=False)
    qtbot.waitUntil(lambda: "did not answer" in window.foot.status.text(), timeout=20_000)
    assert "did not answer" in window.panel.python_row.fault.text()
    assert window.phase is RunPhase.IDLE


def test_an_interpreter_that_is_gone_falls_back_to_our_own(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(RUN.changed(python="/opt/missing/python3.13"))
    assert window.controller.catalogue is CATALOGUE
    assert "/opt/missing" in window.foot.status.text()
    assert "/opt/missing" in window.panel.python_row.fault.text()


def test_another_interpreter_brings_its_catalogue(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    picker = window.panel.python
    qtbot.waitUntil(lambda: picker.count() == 3 or picker.count() == 2, timeout=20_000)
    index = next(i for i in range(picker.count()) if "3.14" in picker.itemText(i))
    with qtbot.waitSignal(window.controller.catalogueReady, timeout=20_000):
        picker.setCurrentIndex(index)
    assert window.panel.config().python == picker.itemData(index)
    summary = run_to_end(qtbot, window, None)
    assert summary["config"]["python"] == picker.itemData(index)  # type: ignore[index]


def test_only_the_keyboard(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.endless = True
    window = make_window()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.panel.models.list.hasFocus()
    window.panel.models.choose("sequential")
    for _ in range(2):
        qtbot.keyClick(window.panel.models.list, Qt.Key.Key_Down)
    assert window.panel.config().model == "thread_pool"
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.panel.workers.spin.hasFocus()
    window.panel.workers.spin.selectAll()
    qtbot.keyClicks(window.panel.workers.spin, "3")
    with qtbot.waitSignal(window.runStarted, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.store.started is not None
    assert window.store.started.config.workers == 3
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert "stop" in session.calls


def test_the_focus_goes_from_run_to_stop_and_back(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.endless = True
    window = make_window()
    window.activateWindow()
    window.top.run.setFocus()
    window.start(RUN)
    assert window.top.stop.hasFocus()
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.stop()
    assert window.top.run.hasFocus()


def test_the_frame_clock_rests_when_nothing_happens(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    run_to_end(qtbot, window)
    qtbot.waitUntil(lambda: not window.clock.running, timeout=20_000)


def test_closing_in_mid_run_ends_everything(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.endless = True
    window = make_window()
    window.start(RUN.changed(tasks=None))
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    window.close()
    assert session.calls[-1] == "close"
    assert not window.isVisible()
    window.start(RUN)
    assert window.bridge._thread is None


def test_a_broken_part_is_said_once_and_the_rest_goes_on(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    broken = window.clock.parts[2]

    def fail() -> None:
        raise RuntimeError("cannot draw")

    monkeypatch.setattr(broken, "refresh", fail)
    with qtbot.captureExceptions() as caught:
        window.clock.wake()
        qtbot.waitUntil(lambda: bool(caught), timeout=20_000)
        run_to_end(qtbot, window)
    assert len(caught) == 1
    assert broken not in window.clock.parts


INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QSlider,
    QPlainTextEdit,
    QTabBar,
    QProgressBar,
)


def test_everything_one_can_use_has_names(make_window: MakeWindow) -> None:
    window = make_window()
    for key in CATALOGUE.models:
        window.panel.models.choose(key)
        nameless = []
        for widget in window.findChildren(QWidget):
            inner = widget.objectName().startswith("qt_") or isinstance(
                widget.parentWidget(), (QComboBox, QAbstractSpinBox, QTabBar)
            )
            inner = (
                inner
                or (isinstance(widget, QAbstractItemView) and widget.window() is not window)
                or "Header" in type(widget).__name__
            )
            named = widget.objectName() and widget.accessibleName()
            if isinstance(widget, (*INTERACTIVE, QLineEdit)) and not inner and not named:
                nameless.append((type(widget).__name__, widget.objectName(), widget.parentWidget()))
        assert not nameless


def test_at_1280_by_800_nothing_needs_scrolling(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(RunConfig("process_pool", "count_primes", 4, 100))
    window.setMinimumSize(1280, 760)
    window.resize(1280, 760)
    qtbot.waitUntil(lambda: window.height() == 760, timeout=20_000)
    body = window.panel.findChild(QWidget, "choice")
    assert body is not None
    qtbot.waitUntil(lambda: body.heightForWidth(body.width()) <= body.parentWidget().height(), timeout=20_000)
    assert window.panel.models.list.height() >= window.panel.models.list.least()
    qtbot.waitUntil(lambda: body.height() == body.parentWidget().height(), timeout=20_000)
    assert body.width() == body.parentWidget().width()


def test_a_window_never_shown_runs_and_closes(qtbot: QtBot, session: FakeSession) -> None:
    window = MainWindow(bridge=fake_bridge(session))
    qtbot.addWidget(window)
    assert run_to_end(qtbot, window)["tasks"]["done"] == 100  # type: ignore[index]
    assert window.findChild(QWidget, "throughputChart").series()["done"][1].max() > 0  # type: ignore[union-attr]
    window.close()
    assert session.calls[-1] == "close"
