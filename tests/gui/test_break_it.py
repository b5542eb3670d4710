"""Break it: the menu of a row and of a strip, the question with what will happen, and what is handed on."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gui.break_page import BreakPage
from gui.break_words import EXECUTORS, LINES, LOKY, POOLS, BreakWords, Victim
from gui.charts.pid_activity import PidActivityChart
from gui.foot import Foot
from gui.panels.process_model import COLUMNS
from gui.panels.processes import ProcessTable
from gui.stage import PROCESSES
from gui.theme import DARK, LIGHT, ThemeSource
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.runs import catalogue_of
from tests.helpers.scripted import HOST_PID, START_NS, applied, process_pool_run, thread_pool_run
from workers.client.stalls import OwnEnd
from workers.contract.batch import Identity, Mark
from workers.contract.breaking import WAYS
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

FIRST = HOST_PID + 3
"""The first worker of a scripted process pool."""
POOL = RunConfig("process_pool", "count_primes", 2, None)


@pytest.fixture
def running(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., MainWindow]:
    """A window with a run whose processes are known."""

    def make(config: RunConfig = POOL) -> MainWindow:
        session.endless = True
        window = make_window()
        # No window of a test may take the keyboard: the menu is filled, and not shown.
        monkeypatch.setattr(window.break_it.menu, "popup", lambda at: None)
        window.start(config)
        qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING and len(window.store.processes) > 0, timeout=20_000)
        assert window.stage.tabs is not None
        window.stage.tabs.setCurrentIndex(PROCESSES)
        table(window).update_now()
        return window

    return make


def table(window: MainWindow) -> ProcessTable:
    found = window.findChild(ProcessTable, "processTable")
    assert found is not None
    return found


def page(window: MainWindow) -> BreakPage:
    found = window.break_it.page
    assert found is not None
    return found


def told(asked: BreakPage, name: str) -> str:
    label = asked.findChild(QLabel, name)
    assert label is not None
    return label.text()


def test_a_row_has_the_menu_and_what_is_chosen_is_asked_before_it_is_done(
    qtbot: QtBot, session: FakeSession, running: Callable[..., MainWindow]
) -> None:
    window = running()
    rows = table(window)
    place = rows.place_of(FIRST, 0)
    assert place is not None
    spot = rows.viewport().mapFromGlobal(place) - QPoint(0, 3)
    QApplication.sendEvent(
        rows.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, rows.viewport().mapToGlobal(spot))
    )
    menu = window.break_it.menu
    named = {action.objectName(): action for action in menu.actions() if action.objectName()}
    assert [name.removeprefix("breakMenu_") for name in named if name.startswith("breakMenu_")] == list(WAYS)
    assert menu.actions()[0].text().startswith(f"PID {FIRST}")
    named["breakMenu_kill"].trigger()
    asked = page(window)
    assert asked.isVisible()
    assert not asked.isModal()
    assert told(asked, "breakQuestion").startswith(f"Kill PID {FIRST}")
    assert "BrokenProcessPool" in told(asked, "breakOutcome")
    assert session.broken == []
    qtbot.keyClick(asked.go, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.broken == [(FIRST, "kill", 0)], timeout=20_000)
    qtbot.waitUntil(lambda: "was sent SIGKILL on request" in window.foot.status.text(), timeout=20_000)
    assert window.break_it.page is None


def test_it_does_not_ask_again_until_the_window_is_closed(
    qtbot: QtBot, session: FakeSession, running: Callable[..., MainWindow]
) -> None:
    window = running()
    window.break_it.ask((FIRST, 0), "raise")
    page(window).quiet.setChecked(True)
    page(window).go.click()
    window.break_it.ask((FIRST, 0), "fill")
    assert window.break_it.page is None
    qtbot.waitUntil(lambda: [how for _, how, _ in session.broken] == ["raise", "fill"], timeout=20_000)
    window.close()
    window.show()
    window.start(POOL)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING and FIRST in window.store.processes, timeout=20_000)
    qtbot.waitUntil(lambda: window.break_it.target() == (FIRST, 0), timeout=20_000)
    window.break_it.ask((FIRST, 0), "kill")
    assert page(window).isVisible()


def test_of_threads_one_is_meant_and_a_signal_is_for_the_process(
    qtbot: QtBot, session: FakeSession, running: Callable[..., MainWindow]
) -> None:
    window = running(RunConfig("thread_pool", "count_primes", 2, None))
    qtbot.waitUntil(lambda: window.break_it.target() == (HOST_PID, HOST_PID + 2), timeout=20_000)
    window.actions_.breaks["raise"].trigger()
    assert told(page(window), "breakQuestion") == f"Let thread {HOST_PID + 2} (worker 0) raise an exception?"
    window.actions_.breaks["kill"].trigger()
    assert told(page(window), "breakQuestion").startswith(f"Kill PID {HOST_PID}")
    assert "every worker of this model lives in it" in told(page(window), "breakOutcome")
    page(window).go.click()
    qtbot.waitUntil(lambda: session.broken == [(HOST_PID, "kill", HOST_PID + 2)], timeout=20_000)


def test_every_way_and_role_has_its_words_in_every_model() -> None:
    words = BreakWords()
    models = catalogue_of().models
    assert {*POOLS, *EXECUTORS, *LOKY, *LINES} <= set(models)
    for model, info in models.items():
        role = "worker" if info.workers_are == "processes" else "host"
        for how in WAYS:
            victim = Victim("PID 5 (x)", role, model, info.workers_are)
            texts = [words.item(how), words.button(how), words.deed(how, victim), words.outcome(how, victim)]
            assert all(texts)
            assert "PID 5 (x)" in words.question(how, victim)
            # Each of ours says something of its own kind, and not that somebody else knows.
            assert "the model decides" not in texts[3], (model, how)
    pool = words.outcome("kill", Victim("", "worker", "pool_map", "processes"))
    assert "waits for ever" in pool
    assert "sentinel" in pool
    assert "the model decides" in words.outcome("kill", Victim("", "worker", "somebody_elses", "processes"))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_who_stands_still_is_marked_in_the_table_and_on_its_strip(qtbot: QtBot, theme: object) -> None:
    source = ThemeSource(theme)  # type: ignore[arg-type]
    store = applied(process_pool_run(2, end=False))
    rows, chart = ProcessTable(source), PidActivityChart(source)
    for widget in (rows, chart):
        qtbot.addWidget(widget)
        widget.resize(900, 300)
        widget.show()
    store.processes[FIRST].stalled = "stopped"
    store.processes[FIRST + 1].stalled = "silent"
    rows.show_store(store)
    chart.show_store(store)
    index = rows._sorted.mapFromSource(rows._model.find(FIRST))
    state = index.siblingAtColumn(COLUMNS.index("state"))
    assert state.data() == "‖ stopped"
    assert state.data(Qt.ItemDataRole.ForegroundRole).name().upper() == source.theme.bad
    assert "SIGCONT" in state.data(Qt.ItemDataRole.ToolTipRole)
    assert "60 s, or for 5 s once all are handed out, the run is ended" in state.data(Qt.ItemDataRole.ToolTipRole)
    assert index.siblingAtColumn(COLUMNS.index("role")).data() == "‖ worker"
    figures = {figure.number: figure.cpu for figure in chart._figures}
    assert (figures[str(FIRST)], figures[str(FIRST + 1)]) == ("‖ stopped", "‖ silent")


def test_that_a_run_ends_by_itself_is_said_only_where_it_does() -> None:
    words, told = BreakWords(), []
    for end in OwnEnd:
        for role in ("host", "worker", "child"):
            told.append(words.outcome("freeze", Victim("PID 5", role, "process_pool", "processes", end)))
    none, timed, counted = told[:3], told[3:6], told[6:]
    assert not any("the run is ended" in text for text in (*none, timed[2], counted[2]))
    assert all("if no task ends for 5 s" in text and "60 s" not in text for text in timed[:2])
    assert all("If no task ends for 60 s, or for 5 s" in text for text in counted[:2])
    assert "the run is ended" not in words.outcome("thaw", Victim("PID 5", "worker", "process_pool", "", OwnEnd.TASKS))


def test_a_stopped_state_in_a_sample_marks_the_process_and_the_next_one_unmarks_it() -> None:
    store: RunStore = applied(thread_pool_run(1, end=False))
    sample = store.processes[HOST_PID].sample
    assert sample is not None
    batch = next(process_pool_run(1))
    for i, (state, stalled) in enumerate((("stopped", "stopped"), ("sleeping", "")), 1):
        seen = sample._replace(t_ns=sample.t_ns + i, state=state)
        store.apply(replace(batch, started=None, phase=RunPhase.RUNNING, processes=(seen,)))
        assert store.processes[HOST_PID].stalled == stalled
        assert [row.pid for row in store.stalled] == ([HOST_PID] if stalled else [])


def test_by_key_esc_leaves_everything_as_it_is_and_the_question_goes_with_the_run(
    qtbot: QtBot, session: FakeSession, running: Callable[..., MainWindow]
) -> None:
    window = running()
    menu = window.break_it.menu
    window.actions_.break_menu.trigger()
    assert menu.actions()[0].text().startswith(f"PID {FIRST}"), "a worker, where no row is chosen"
    assert table(window).place_of(FIRST + 1, 0) is not None
    window.actions_.break_menu.trigger()
    assert menu.actions()[0].text().startswith(f"PID {FIRST + 1}")
    window.actions_.breaks["freeze"].trigger()
    qtbot.keyClick(page(window).go, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.break_it.page is None, timeout=20_000)
    assert window.phase is RunPhase.RUNNING, "Esc is Stop elsewhere"
    with qtbot.waitSignal(window.refused, timeout=20_000) as refusal:
        window.break_worker(1, "kill")
    assert "PID 1 is no process of this run" in str(refusal.args)
    with qtbot.waitSignal(window.refused, timeout=20_000) as refusal:
        window.controller.break_worker(Identity("here", FIRST, 1.0), "kill")
    assert f"PID {FIRST} is no process of this run any more" in str(refusal.args)
    assert window.phase is RunPhase.RUNNING
    session.broken.clear()
    window.break_it.ask((FIRST, 0), "kill")
    window.stop()
    qtbot.waitUntil(lambda: window.break_it.page is None, timeout=20_000)
    assert not window.actions_.break_menu.isEnabled()
    with qtbot.waitSignal(window.refused, timeout=20_000) as refusal:
        window.break_worker(FIRST, "kill")
    assert refusal.args == ["", "No run is under way whose workers could be broken."]
    assert session.broken == []


def test_a_strip_has_the_menu_too(qtbot: QtBot) -> None:
    chart = PidActivityChart(ThemeSource())
    qtbot.addWidget(chart)
    chart.resize(900, 300)
    chart.show()
    chart.show_store(applied(process_pool_run(2, end=False)))
    asked: list[tuple[int, int]] = []
    chart.menuAsked.connect(lambda pid, tid, at: asked.append((pid, tid)))
    for y in range(2, chart.height(), chart._row_height):
        spot = QPoint(20, y)
        QApplication.sendEvent(chart, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, chart.mapToGlobal(spot)))
    assert asked == [(HOST_PID, 0), (FIRST, 0), (FIRST + 1, 0)]


def test_the_status_line_names_who_stands_still(qtbot: QtBot) -> None:
    foot = Foot(ThemeSource())
    qtbot.addWidget(foot)
    foot.begin()
    store = applied(process_pool_run(2, end=False))
    batch = replace(next(process_pool_run(1)), started=None, phase=RunPhase.RUNNING, clock_start_ns=START_NS)
    store.apply(replace(batch, marks=(Mark("stalled", FIRST, 1, "silent"),)))
    assert store.processes[FIRST].stalled == "silent"
    foot.show_run(store, RunPhase.RUNNING)
    assert foot.status.text().startswith(f"‖ PID {FIRST} stands still")
    store.processes[FIRST + 1].stalled = "stopped"
    foot.show_run(store, RunPhase.RUNNING)
    assert foot.status.text().startswith(f"‖ 2 processes stand still: PID {FIRST}, {FIRST + 1}")
    store.apply(replace(batch, marks=(Mark("thawed", FIRST, 2, "goes on"),)))
    assert store.processes[FIRST].stalled == ""


def test_how_the_run_failed_is_said_and_not_what_was_asked_for_before(qtbot: QtBot) -> None:
    foot = Foot(ThemeSource(LIGHT))
    qtbot.addWidget(foot)
    store = applied(process_pool_run())
    error = "Worker PID 7 was killed by SIGKILL: its tasks are lost and its pool cannot go on; start the run again."
    foot.say("PID 7 was sent SIGKILL on request", for_now=True)
    assert "on request" in foot.status.text()
    assert store.ended is not None
    store.ended = replace(store.ended, phase=RunPhase.FAILED, error=error)
    foot.show_run(store, RunPhase.FAILED)
    assert foot.status.text() == f"✕ {error}"
    foot.say("Saved a.png.")
    foot.show_run(store, RunPhase.FAILED)
    assert foot.status.text() == "Saved a.png.", "what is said afterwards stands"
