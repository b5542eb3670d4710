"""What the window offers about a deadlock and about a run that gets no further, until either is over."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from gui.charts.timeline import TimelineView
from gui.charts.wait_graph import WaitGraphView
from gui.panels.output import OutputPanel
from gui.stage import OUTPUT, TIMELINE, WAITS
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers import wait_graphs as graphs
from tests.helpers.fake_session import FakeSession
from tests.helpers.scripted import HOST_PID, START_NS, starting
from workers.contract.batch import Batch, Counts, TextLine
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.waits import Standstill, WaitGraph
from workers.insight.store import RunStore

RUN = RunConfig("process_pool", "philosophers", 2, None)
CIRCLE = (
    "PID 1 (a) holds fork 1 and waits for fork 2; PID 2 (b) holds fork 2 and waits for fork 1. None of them can go on."
)
STILL = Standstill(START_NS + 5_000_000_000, 5.0, "No progress for 5 s: worker 1 stands in acquire.")


def button(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


@pytest.fixture
def stuck(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> Callable[[WaitGraph], MainWindow]:
    """A window with a run in this deadlock."""

    def make(waits: WaitGraph) -> MainWindow:
        session.endless, session.deadlock, session.waits = True, f"Deadlock: {CIRCLE}", waits
        window = make_window()
        window.start(RUN)
        qtbot.waitUntil(window.banners.deadlock.isVisible, timeout=20_000)
        qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
        return window

    return make


def test_one_wait_is_broken_off_and_the_offer_goes(
    qtbot: QtBot, session: FakeSession, stuck: Callable[[WaitGraph], MainWindow]
) -> None:
    window = stuck(graphs.philosophers(2))
    tabs = window.stage.tabs
    assert tabs is not None
    assert window.banners.deadlock.text == f"Deadlock: {CIRCLE}"
    unlock, offer = button(window, "deadlockBreak"), window.banners.offer
    assert unlock.isVisible()
    assert unlock.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert all(button(window, name).accessibleName() for name in ("deadlockShow", "deadlockBreak", "deadlockStop"))
    assert "✕" in tabs.tabText(WAITS)
    qtbot.keyClick(button(window, "deadlockShow"), Qt.Key.Key_Space)
    assert tabs.currentIndex() == WAITS
    assert window.findChild(WaitGraphView, "waitGraph").canvas.hasFocus()  # type: ignore[union-attr]
    qtbot.waitUntil(window.actions_.break_wait.isEnabled, timeout=20_000)
    offer.menu.aboutToShow.emit()
    texts = [action.text() for action in offer.menu.actions()]
    assert texts == [
        "Break the wait of PID 12044 (worker 1) for fork 2: its task fails, the others go on",
        "Break the wait of PID 12045 (worker 2) for fork 1: its task fails, the others go on",
    ]
    offer.menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: not window.banners.deadlock.isVisible(), timeout=20_000)
    assert "break lane:2" in session.calls
    assert "✕" not in tabs.tabText(WAITS)
    qtbot.waitUntil(lambda: not window.actions_.break_wait.isEnabled(), timeout=20_000)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.stop()
    assert "deadlock" not in window.banners.outcome.text  # it was broken: the run did not end in it


def test_from_the_picture_a_wait_is_broken_and_a_lane_is_shown_on_the_timeline(
    qtbot: QtBot, session: FakeSession, stuck: Callable[[WaitGraph], MainWindow]
) -> None:
    window = stuck(graphs.full_queues())
    view = window.findChild(WaitGraphView, "waitGraph")
    timeline = window.findChild(TimelineView, "timeline")
    assert view is not None
    assert timeline is not None
    window.actions_.waits.trigger()
    view.update_now()
    view.canvas.choose("lane:2")
    view.timeline.click()
    assert window.stage.tabs is not None
    assert window.stage.tabs.currentIndex() == TIMELINE
    qtbot.waitUntil(lambda: timeline.choice.track is not None or timeline.choice.said != "", timeout=20_000)
    assert timeline.choice.track == timeline.feed.track_of(2)
    window.actions_.waits.trigger()
    view.unlock.click()
    qtbot.waitUntil(lambda: "break lane:2" in session.calls, timeout=20_000)
    # It is broken by now: asked again, that is refused in a sentence, and the run goes on.
    qtbot.waitUntil(lambda: not window.banners.deadlock.isVisible(), timeout=20_000)
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        window.controller.break_wait("lane:2")
    assert told.args is not None
    assert "waits for nothing" in told.args[1]
    assert window.phase is RunPhase.RUNNING


def test_without_a_wait_that_can_be_broken_there_is_show_and_stop(stuck: Callable[[WaitGraph], MainWindow]) -> None:
    two = graphs.philosophers(2)
    window = stuck(replace(two, edges=tuple(replace(edge, breakable=False) for edge in two.edges)))
    assert not button(window, "deadlockBreak").isVisible()
    assert button(window, "deadlockShow").isVisible()
    assert button(window, "deadlockStop").isEnabled()


def test_a_finding_of_a_deadlock_shows_the_waits(stuck: Callable[[WaitGraph], MainWindow]) -> None:
    from workers.insight.findings_words import WORDS

    window = stuck(graphs.philosophers(2))
    window.stage.look(WORDS["deadlock"].look)
    assert window.stage.tabs is not None
    assert window.stage.tabs.currentIndex() == WAITS


def test_a_standstill_offers_stacks_and_can_be_waited_out(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    store = RunStore()
    banners = window.banners
    store.apply(starting(RUN))
    store.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), START_NS, standstill=STILL))
    banners.show_store(store)
    assert banners.standstill.isVisible()
    assert banners.standstill.text == "No progress for 5 s: worker 1 stands in acquire."
    keep = button(window, "standstillWait")
    qtbot.keyClick(keep, Qt.Key.Key_Space)
    assert not banners.standstill.isVisible()
    later = replace(STILL, t_ns=STILL.t_ns * 2, seconds=10.0, text="No progress for 10 s: the same.")
    store.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), START_NS, standstill=later))
    banners.show_store(store)
    assert banners.standstill.text == "No progress for 10 s: the same."
    # Stacks arriving are no progress; a task that ends is.
    stack = TextLine(START_NS, HOST_PID, HOST_PID, "stderr", '  File "x.py", line 3 in acquire')
    store.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), START_NS, texts=(stack,)))
    banners.show_store(store)
    assert banners.standstill.isVisible()
    store.apply(Batch(START_NS, RunPhase.RUNNING, Counts(submitted=1, done=1), START_NS))
    banners.show_store(store)
    assert not banners.standstill.isVisible()


def test_show_stacks_filters_the_output_to_where_they_come(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    session.endless, session.standstill = True, STILL
    window = make_window()
    output = window.findChild(OutputPanel, "outputPanel")
    assert output is not None
    output.filter.text.setText("something else")
    window.start(RUN)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    button(window, "standstillStacks").click()
    assert window.stage.tabs is not None
    assert window.stage.tabs.currentIndex() == OUTPUT
    chosen = output.filter.filter()
    assert (chosen.kinds, chosen.text) == (frozenset({"printed"}), "")
    assert [box.isChecked() for box in output.filter.findChildren(QCheckBox)] == [True, False, False]
