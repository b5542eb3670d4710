"""What is shown where room is short, where nothing happened yet, and what is said of a run on its way."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.charts.base import TimeWindow
from gui.charts.overlays import TurnMarks
from gui.charts.pid_activity import PidActivityChart
from gui.charts.scales import TopKeeper, ticks
from gui.charts.throughput import ThroughputChart
from gui.combo import Combo
from gui.controls.workload_picker import WorkloadPicker
from gui.panels.process_model import COLUMNS
from gui.panels.processes import ProcessTable
from gui.stage import PROCESSES
from gui.style import PRESENTER_SCALE
from gui.theme import ThemeSource
from gui.translations import install, uninstall
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_catalogue import WORKLOADS
from tests.helpers.fake_session import FakeSession
from tests.helpers.scripted import applied, thread_pool_run
from workers.contract.batch import Batch, Counts, Mark, Picture
from workers.contract.config import RunConfig
from workers.contract.info import WorkloadInfo
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore


def test_beside_a_picture_the_table_needs_no_scroll_bar(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    session.picture = Picture(96, 64, bytes(96 * 64))
    window = make_window()
    window.resize(1280, 800)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("process_pool", "mandelbrot", 2, 100))
    table = window.findChild(ProcessTable, "processTable")
    assert table is not None
    window.stage.show_tab(PROCESSES)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0, timeout=20_000)
    last = COLUMNS.index("exit")
    assert table.columnViewportPosition(last) + table.columnWidth(last) <= table.viewport().width()
    assert [name for name in COLUMNS if table.isColumnHidden(COLUMNS.index(name))] == ["parent", "threads"]
    assert not table.grab().isNull()


def test_beside_a_lesson_the_table_needs_no_scroll_bar_either(make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1280, 800)
    table = window.findChild(ProcessTable, "processTable")
    window.workspace.choose("lessons")
    window.stage.show_tab(PROCESSES)
    for kept in (("pid", "role", "cpu", "memory", "tasks", "exit"), ("pid", "role", "cpu", "tasks")):
        shown = [column for column in range(len(COLUMNS)) if not table.isColumnHidden(column)]
        assert {COLUMNS[column] for column in shown} >= set(kept)
        assert sum(table.columnWidth(column) for column in shown) <= table.viewport().width()
        window.actions_.present.trigger()


def test_with_room_all_columns_are_there_again(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.resize(1280, 800)
    window.stage.show_tab(PROCESSES)
    table = window.findChild(ProcessTable, "processTable")
    assert table is not None
    assert not any(table.isColumnHidden(column) for column in range(len(COLUMNS)))


def test_an_axis_without_values_has_whole_numbers() -> None:
    top = TopKeeper()
    top.fit(0.0, 0.0)
    assert ticks(0.0, top.top, top.step) == [0.0, 1.0]
    assert np.isclose(top.top, 1.0)


def test_workloads_are_listed_by_what_bounds_them_then_by_title(qtbot: QtBot) -> None:
    picker = WorkloadPicker()
    qtbot.addWidget(picker)
    picker.show_workloads({"z": WorkloadInfo("Add up", "Adds.", "CPU in C"), **WORKLOADS})
    titles = [picker.brief(picker.itemText(index)) for index in range(picker.count())]
    assert titles == [
        "Count primes",
        "Mandelbrot",
        "Add up",
        "SHA-256",
        "Echo",
        "Mixed",
        "Sleep",
        "Philosophers",
        "Shared counter",
        "My function",
    ]


def test_the_open_list_of_workloads_is_as_wide_as_its_longest_line(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Combo, "showPopup", lambda self: None, raising=False)  # offscreen cannot grab the keyboard
    picker = WorkloadPicker()
    qtbot.addWidget(picker)
    picker.show_workloads(WORKLOADS)
    picker.resize(120, 28)
    picker.show()
    picker.showPopup()
    widest = max(picker.fontMetrics().horizontalAdvance(picker.itemText(i)) for i in range(picker.count()))
    assert picker.view().minimumWidth() > widest


@pytest.mark.parametrize(("phase", "word"), [(RunPhase.STARTING, "starting"), (RunPhase.STOPPING, "stopping")])
def test_a_turn_before_and_after_the_run_says_which(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, phase: RunPhase, word: str
) -> None:
    session.endless = True
    window = make_window()
    window.start(RunConfig("thread_queue", "mixed", 2, None))
    if phase is RunPhase.STOPPING:
        qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
        window.stop()
    assert window.phase is phase
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        window.turn("workers", 3)
    assert told.args is not None
    assert word in told.args[1]
    assert session.turns == []


def test_a_run_that_was_turned_is_called_so(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.endless = True
    window = make_window()
    window.start(RunConfig("thread_queue", "mixed", 2, None))
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    assert "× 2  " in window.top.choice.text()
    window.turn("workers", 8)
    qtbot.waitUntil(lambda: "× 2 → 8  " in window.top.choice.text(), timeout=20_000)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.stop()
    chart = window.findChild(ThroughputChart, "throughputChart")
    assert chart is not None
    assert "× 2 → 8  " in chart.which.text
    with qtbot.waitSignal(window.runStarted, timeout=20_000):
        window.start(RunConfig("thread_queue", "mixed", 2, None))
    assert "→" not in window.top.choice.text()


def test_the_title_in_the_top_bar_is_cut_with_dots(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(RunConfig("asyncio_processes", "count_primes", 2, 100))
    window.top.show_choice("A run with a name that is very long indeed, longer than its room", True)
    choice = window.top.choice
    choice.setFixedWidth(120)
    assert choice.shown().endswith("…")
    assert choice.fontMetrics().horizontalAdvance(choice.shown()) <= 120
    assert choice.toolTip().endswith("its room")


def test_the_end_is_rounded_like_the_seconds_beside_it(qtbot: QtBot, make_window: MakeWindow) -> None:
    top = make_window().top
    top.show_phase(RunPhase.RUNNING, 5.99)
    assert top.phase.text() == "running  0:05"
    top.show_phase(RunPhase.FINISHED, 5.99)
    assert top.phase.text() == "finished  0:06"
    top.show_phase(RunPhase.FINISHED, 5.2, "stopped")
    assert top.phase.text() == "stopped  0:05"
    for ended_by, words in (("deadlock", "deadlock"), ("standstill", "no progress")):
        top.show_phase(RunPhase.FINISHED, 36_005.2, ended_by)
        assert top.phase.text() == f"{words}  10:00:05"
        assert top.phase.fontMetrics().horizontalAdvance(top.phase.text()) <= top.phase.width()


def test_words_of_marks_stand_over_no_other_line(qtbot: QtBot) -> None:
    plot = pg.PlotWidget()
    qtbot.addWidget(plot)
    plot.resize(800, 200)
    plot.show()
    view = plot.getPlotItem().getViewBox()
    view.setRange(xRange=(-60, 0), yRange=(0, 1), padding=0)
    marks = TurnMarks(plot.getPlotItem())
    store = RunStore()
    seconds = (-50.0, -40.0, -39.0, -38.0, -20.0, -20.0, -1.0)
    told = tuple(Mark("turn", 0, round((60 + at) * 1e9), f"turned at {at}") for at in seconds)
    store.apply(Batch(60 * 10**9, RunPhase.RUNNING, Counts(), clock_start_ns=0, marks=told))
    marks.show_marks(store, TimeWindow(True, 60 * 10**9, -60.0, 0.0))
    (left, right), _ = view.viewRange()
    pixel = (right - left) / view.width()
    spans = {}
    for x, (_, text) in zip(marks._shown, marks._items, strict=True):
        if text.isVisible():
            width = text.boundingRect().width() * pixel
            span = (x - width, x) if text.anchor[0] == 1 else (x, x + width)
            assert not any(span[0] < other < span[1] for other in marks._shown)
            spans[text.toPlainText(), text.pos().y()] = span
    names = [name for name, _ in spans]
    assert names == [f"turned at {at}" for at in (-50.0, -40.0, -38.0, -20.0, -20.0, -1.0)]  # -39 has no place


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_presenter_size_in_lessons_fits_a_small_screen(
    qtbot: QtBot, qapp: QCoreApplication, make_window: MakeWindow, language: str
) -> None:
    install(qapp, language)
    try:
        window = make_window(language=language)
        window.resize(1280, 780)
        window.workspace.choose("lessons")
        window.appearance.set_scale(PRESENTER_SCALE)
        assert window.minimumSizeHint().width() <= 1280
        assert window.minimumSizeHint().height() <= 780
        with qtbot.waitSignal(window.runFinished, timeout=20_000):
            window.start(RunConfig("thread_pool", "sleep", 2, 100))
        assert window.minimumSizeHint().width() <= 1280
    finally:
        uninstall(qapp)


@pytest.mark.parametrize("width", [1100, 640, 500, 300])
def test_where_room_is_short_figures_go_and_instants_stay_below_each_other(qtbot: QtBot, width: int) -> None:
    theme = ThemeSource()
    throughput, activity = ThroughputChart(theme), PidActivityChart(theme)
    store = applied(thread_pool_run(3))
    for chart in (throughput, activity):
        qtbot.addWidget(chart)
        chart.resize(width, 220)
        chart.show()
        chart.show_store(store)
        assert not chart.grab().isNull()
    view = throughput._plot.getPlotItem().getViewBox()
    left = view.mapToScene(view.rect().topLeft()).x()
    assert left == pytest.approx(activity._columns().start, abs=2)
    assert left <= 0.4 * width
    assert throughput._figures.isVisible() is (width == 1100)


def test_before_the_charts_are_there_a_run_can_be_asked_for_and_lessons_are_on_their_way(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window(wait=False, charts_later=True)
    assert window.top.run.isEnabled()
    window.actions_.modes["lessons"].trigger()
    waiting = window.findChild(QWidget, "lessonsWaiting")
    assert waiting is not None
    assert waiting.isVisible()
    window.controller.open()
    window.load_charts()
    assert not waiting.isVisible()
    window.actions_.modes["explore"].trigger()
    assert window.top.run.isEnabled()


def test_keys_pressed_before_the_charts_are_there_are_not_lost(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(wait=False, charts_later=True)
    window.actions_.measure.trigger()
    assert window.sweep_desk is None
    window.controller.open()
    window.load_charts()
    assert window.sweep_desk is not None
    assert window.sweep_desk.shown
    assert window.actions_.measure.isChecked()
    # The keyboard goes on to the button that measures as soon as it can be pressed, and is not left at Run.
    form = window.sweep_desk.page.form
    qtbot.waitUntil(lambda: form.start.isEnabled() and window.focusWidget() is form.start, timeout=20_000)
    window.actions_.measure.trigger()
    assert not window.sweep_desk.shown
    assert not window.actions_.measure.isChecked()
