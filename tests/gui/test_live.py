"""Turning a run while it goes on: workers, parameters and options, and what is for the next run."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox
from pytestqt.qtbot import QtBot

from gui.charts.throughput import ThroughputChart
from gui.controls.live import running_workers
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_catalogue import MODELS
from tests.helpers.fake_session import FakeSession, fake_bridge
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase

FREE = RunConfig("thread_queue", "mixed", 2, None)
POOL = RunConfig("thread_pool", "mixed", 2, None, options={"pool_size": 8})


@pytest.fixture
def run(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> object:
    """A window whose run of a configuration is under way, and does not end by itself."""

    def start(config: RunConfig) -> MainWindow:
        session.endless = True
        window = make_window()
        window.start(config)
        qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
        return window

    return start


def marks(window: MainWindow) -> list[tuple[str, str]]:
    return [(mark.kind, mark.text) for mark in window.store.marks if mark.kind in ("workers", "turn")]


@pytest.mark.parametrize("config", [FREE, POOL])
def test_workers_follow_the_spin_box(qtbot: QtBot, run, session: FakeSession, config: RunConfig) -> None:  # type: ignore[no-untyped-def]
    window = run(config)
    workers = window.panel.workers
    assert workers.spin.isEnabled()
    assert "Live" in workers.hint.text()
    assert window.panel.workers_head.badge.text() == "• live"
    workers.spin.setFocus()
    workers.spin.selectAll()
    qtbot.keyClicks(workers.spin, "4")
    qtbot.waitUntil(lambda: session.turns == [("workers", 4)], timeout=20_000)
    qtbot.waitUntil(lambda: ("workers", "4 workers") in marks(window), timeout=20_000)
    assert window.phase is RunPhase.RUNNING
    assert session.calls.count("start") == 1


def test_a_slider_on_its_way_turns_once(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(FREE)
    for number in (3, 4, 5, 6):
        window.panel.workers.slider.setValue(number)
    qtbot.waitUntil(lambda: bool(session.turns), timeout=20_000)
    assert session.turns == [("workers", 6)]


def test_a_pool_goes_up_to_its_size_and_no_further(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(POOL)
    workers = window.panel.workers
    assert workers.slider.maximum() == 8
    assert "pool size of 8" in workers.hint.text()
    workers.spin.setValue(8)
    qtbot.waitUntil(lambda: session.turns == [("workers", 8)], timeout=20_000)
    workers.spin.setFocus()
    qtbot.keyClick(workers.spin, Qt.Key.Key_Up)
    assert workers.value() == 8


def test_a_pool_without_room_says_what_to_set_before(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(POOL.changed(options={}, workers=1))
    workers = window.panel.workers
    assert not workers.spin.isEnabled()
    assert not workers.slider.isEnabled()
    assert workers.hint.text() == "Set Pool size before the run to turn workers up to it."
    assert workers.spin.toolTip() == workers.hint.text()
    assert window.panel.workers_head.badge.text() == "fixed"
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.stop()
    assert workers.spin.isEnabled()
    assert "cores" in workers.hint.text()
    assert window.panel.workers_head.badge.text() == ""
    assert window.panel.workers_head.badge.isHidden()


def test_a_pool_can_be_turned_down_to_one(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(POOL.changed(options={}, workers=4))
    workers = window.panel.workers
    assert "up to the 4 the pool was made with" in workers.hint.text()
    assert workers.slider.maximum() == 4
    workers.spin.setValue(1)
    qtbot.waitUntil(lambda: session.turns == [("workers", 1)], timeout=20_000)


def test_what_a_program_turns_is_shown(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(FREE)
    window.turn("workers", 5)
    qtbot.waitUntil(lambda: session.turns == [("workers", 5)], timeout=20_000)
    assert window.panel.workers.value() == 5
    window.panel.workers.spin.setValue(6)
    qtbot.waitUntil(lambda: len(session.turns) == 2, timeout=20_000)
    assert session.turns == [("workers", 5), ("workers", 6)], "what is only shown is not asked for again"
    seed = window.panel.params.values()
    window.turn("params.share", 0.25)
    qtbot.waitUntil(lambda: ("params.share", 0.25) in session.turns, timeout=20_000)
    assert window.panel.params.values() == {**seed, "share": 0.25}


def test_a_model_that_cannot_says_so_and_the_number_is_for_the_next_run(
    qtbot: QtBot, run, session: FakeSession
) -> None:  # type: ignore[no-untyped-def]
    window = run(RunConfig("pool_apply", "mixed", 2, None))
    workers = window.panel.workers
    assert "Pool.apply cannot change them during a run" in workers.hint.text()
    assert window.panel.workers_head.badge.text() == "next run"
    workers.spin.setValue(5)
    share = window.panel.findChild(QDoubleSpinBox, "params.share")
    assert share is not None
    share.setValue(0.9)  # sent after the number would have been
    qtbot.waitUntil(lambda: bool(session.turns), timeout=20_000)
    assert session.turns == [("params.share", 0.9)]
    assert window.panel.config().workers == 5


def test_live_parameters_and_options_turn_the_run_and_the_chart_marks_it(
    qtbot: QtBot, run, session: FakeSession
) -> None:  # type: ignore[no-untyped-def]
    window = run(POOL)
    panel = window.panel
    share = panel.findChild(QDoubleSpinBox, "params.share")
    switch = panel.findChild(QDoubleSpinBox, "options.switch_ms")
    takes = panel.findChild(QDoubleSpinBox, "params.ms")
    assert share is not None
    assert switch is not None
    assert takes is not None
    assert share.isEnabled()
    names = {row.head.text() for form in (panel.params, panel.options) for row in form._rows.values()}  # type: ignore[attr-defined]
    assert {"• Waiting share", "• Switch interval", "Takes", "Pool size"} <= names
    takes.setValue(50.0)
    share.setValue(0.75)
    switch.setValue(1.0)
    qtbot.waitUntil(lambda: len(session.turns) == 2, timeout=20_000)
    assert dict(session.turns) == {"params.share": 0.75, "options.switch_ms": 1.0}
    qtbot.waitUntil(lambda: len(marks(window)) >= 2, timeout=20_000)
    chart = window.findChild(ThroughputChart, "throughputChart")
    assert chart is not None
    window.clock.refresh_all()
    drawn = {text.toPlainText() for line, text in chart._marks._items if text.isVisible()}
    assert {"share 0.75", "switch_ms 1.0"} <= drawn


def test_what_is_refused_stands_beside_the_field_and_the_run_goes_on(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(FREE)
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        window.panel.workers.spin.setValue(13)
    words = "13 workers bring bad luck; turn to another number."
    assert told.args == ["workers", words]
    assert words in window.panel.workers.fault.text()
    assert words in window.foot.status.text()
    assert window.phase is RunPhase.RUNNING
    window.panel.workers.spin.setValue(4)
    assert window.panel.workers.fault.isHidden()
    qtbot.waitUntil(lambda: session.turns[-1] == ("workers", 4), timeout=20_000)
    window.panel.workers.spin.setValue(13)  # what was refused may be tried again
    qtbot.waitUntil(lambda: session.turns[-1] == ("workers", 13), timeout=20_000)


def test_another_model_or_workload_is_the_next_runs(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(FREE)
    panel = window.panel
    assert panel.models.head.badge.text() == panel.workload_head.badge.text() == "next run"
    panel.models.choose("asyncio_tasks")
    assert panel.workers_head.badge.text() == "next run"
    panel.workers.spin.setValue(6)
    panel.models.choose("thread_queue")
    panel.workload.setCurrentIndex(panel.workload.findData("sleep"))
    panel.workload.setCurrentIndex(panel.workload.findData("mixed"))
    assert panel.workers_head.badge.text() == "• live"
    share = panel.findChild(QDoubleSpinBox, "params.share")
    assert share is not None
    share.setValue(0.25)
    qtbot.waitUntil(lambda: bool(session.turns), timeout=20_000)
    assert session.turns == [("params.share", 0.25)]
    assert window.store.started is not None
    assert window.store.started.config.model == "thread_queue"


def test_turn_is_a_method_of_the_window(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(FREE)
    window.turn("workers", 3)
    qtbot.waitUntil(lambda: session.turns == [("workers", 3)], timeout=20_000)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.stop()
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        window.turn("workers", 4)
    assert told.args is not None
    assert "No run is under way" in told.args[1]
    assert session.turns == [("workers", 3)]


def test_what_was_turned_before_the_clock_ran_is_told_then(qtbot: QtBot, make_window: MakeWindow) -> None:
    session = FakeSession(endless=True)
    window = make_window(bridge=fake_bridge(session))
    window.runStarted.connect(lambda: window.panel.workers.spin.setValue(5))
    window.start(FREE)
    qtbot.waitUntil(lambda: session.turns == [("workers", 5)], timeout=20_000)


def test_nothing_is_sent_for_a_number_that_is_none(qtbot: QtBot, run, session: FakeSession) -> None:  # type: ignore[no-untyped-def]
    window = run(FREE)
    spin = window.findChild(QSpinBox, "workersSpin")
    assert spin is not None
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "1000000")  # more than this machine allows: said beside the field, as before a run
    assert "At most" in window.panel.workers.fault.text()
    window.turn("params.share", 0.1)
    qtbot.waitUntil(lambda: ("params.share", 0.1) in session.turns, timeout=20_000)
    assert all(value != 1_000_000 for _, value in session.turns)


def test_every_model_says_in_words_what_it_can_do() -> None:
    for info in MODELS.values():
        running = running_workers(info, RunConfig(workers=1))
        assert running.words.endswith(".")
        assert running.enabled is (info.live_workers != "pool")


def test_the_surface_has_turn(make_window: MakeWindow) -> None:
    assert isinstance(make_window(), QObject)
    assert callable(MainWindow.turn)
