"""What is said above the charts that is not of a run: a host that will not stand ready, a window that crashed, and how a run is ended."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.bridge import tending
from gui.foot import Foot
from gui.stop_words import in_the_end, under_way
from gui.text_page import TextPage
from gui.theme import ThemeSource
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.scripted import applied, thread_pool_run
from workers.client.crash_log import CrashLog
from workers.contract.batch import Batch, RunEnded
from workers.contract.ending import ASKED, SpareTrouble, StopStep
from workers.contract.phase import RunPhase

TROUBLE = SpareTrouble(4711, "was killed by SIGKILL", 4, 5, ("Traceback ...", "ImportError: libfoo.so.3"))


def button(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    assert found.accessibleName()
    return found


def page(window: MainWindow, qtbot: QtBot) -> TextPage:
    found = window.findChild(TextPage)
    assert isinstance(found, TextPage)
    assert found.isVisible()
    assert not found.isModal()
    return found


def test_a_host_that_will_not_stand_ready_is_said_once_with_another_try(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tending, "TEND_MS", 10)
    session.spare_pid = 4711
    window = make_window()
    qtbot.waitUntil(lambda: "tend" in session.calls, timeout=20_000)
    assert not window.banners.spare.isVisible()
    assert not window.actions_.warm_again.isEnabled()
    session.spare_trouble = TROUBLE
    qtbot.waitUntil(window.banners.spare.isVisible, timeout=20_000)
    assert window.banners.spare.text == (
        "No host stands ready: it ended 4 times within 5 minutes; the last one, PID 4711, was killed by SIGKILL. "
        "Runs go on: each starts a host of its own, a little later. It wrote: ImportError: libfoo.so.3"
    )
    qtbot.mouseClick(button(window, "spareOutput"), Qt.MouseButton.LeftButton)
    shown = page(window, qtbot)
    assert shown.text.toPlainText() == "Traceback ...\nImportError: libfoo.so.3"
    shown.close()
    assert window.actions_.warm_again.shortcut().toString() == "Ctrl+Shift+H"
    qtbot.keyClick(button(window, "spareAgain"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.banners.spare.isVisible(), timeout=20_000)
    assert session.calls.count("warm again") == 1
    assert not window.banners.isVisible()


def test_nobody_looks_where_no_host_stands_ready(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: "warm" in session.calls, timeout=20_000)
    reader = window.bridge._reader
    assert reader is not None
    qtbot.waitUntil(lambda: not reader._tending._timer.isActive(), timeout=20_000)
    assert "tend" not in session.calls


def test_a_crash_is_offered_once_and_its_report_can_be_copied(qtbot: QtBot, make_window: MakeWindow) -> None:
    log = CrashLog()
    log.open("Threadmill 1.0", faults=False)
    log.add("Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n")
    assert log.path is not None
    dead = log.path.with_name(f"window-{os.getpid()}-00000000.log")
    log.leave()
    os.rename(next(dead.parent.glob("window-*.log")), dead)
    window = make_window()
    assert not window.banners.crash.isVisible()
    window.notices.look_for_crashes()
    assert window.banners.crash.isVisible()
    assert window.banners.crash.text.startswith("Threadmill crashed last time: Segmentation fault, ")
    qtbot.mouseClick(button(window, "crashShow"), Qt.MouseButton.LeftButton)
    assert not window.banners.crash.isVisible()
    shown = page(window, qtbot)
    qtbot.mouseClick(shown.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith("Threadmill 1.0\n")
    shown.close()
    window.notices.look_for_crashes()
    assert not window.banners.crash.isVisible(), "it is offered once"
    assert window.actions_.crash_report.isEnabled(), "and can be looked at later"


def test_a_window_that_was_killed_is_told_apart_and_the_notice_can_be_dismissed(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    log = CrashLog()
    log.open("Threadmill 1.0", faults=False)
    log.leave()
    window = make_window()
    window.notices.look_for_crashes()
    assert window.banners.crash.text.startswith(
        "The last window was not closed: it was killed, or the machine went down"
    )
    button(window, "crashDismiss").click()
    assert not window.banners.isVisible()


def test_each_step_of_stop_is_said_with_whom_it_reaches_and_what_follows() -> None:
    ms = 1_000_000
    steps = {
        StopStep(
            ASKED, 0, (7, 8), "SIGINT", 400 * ms
        ): "Stopping: no new tasks; those under way have 0.3 s before SIGINT  ·  PIDs 7, 8",
        StopStep("SIGINT", 0, (7,), "SIGTERM", 150 * ms): "Stopping: SIGINT to PID 7; SIGTERM in 0.1 s",
        StopStep("SIGTERM", 0, tuple(range(1, 10)), "SIGKILL", 150 * ms): (
            "Stopping: SIGTERM to PIDs 1, 2, 3, 4, 5, 6 and 3 more; SIGKILL in 0.1 s"
        ),
        StopStep("SIGKILL", 0, (7,)): "Stopping: SIGKILL to PID 7",
    }
    for step, words in steps.items():
        assert under_way(step, 100 * ms) == words
    assert [in_the_end(step) for step in (None, *steps)] == [
        "stopped", "stopped", "stopped, with SIGINT", "stopped, with SIGTERM", "stopped, with SIGKILL",
    ]  # fmt: skip


def test_the_foot_has_each_step_as_it_is_taken_and_what_it_took_in_the_end(qtbot: QtBot) -> None:
    foot = Foot(ThemeSource())
    qtbot.addWidget(foot)
    store = applied(thread_pool_run(1.0, end=False))
    foot.say("Something else", for_now=True)
    t_ns = store.now_ns
    for step, after, words in (
        (StopStep(ASKED, t_ns, (7,), "SIGINT", t_ns + 400_000_000), 0, "have 0.4 s before SIGINT"),
        (
            StopStep("SIGINT", t_ns, (7,), "SIGTERM", t_ns + 150_000_000),
            50_000_000,
            "SIGINT to PID 7; SIGTERM in 0.1 s",
        ),
        (StopStep("SIGKILL", t_ns, (7,)), 0, "SIGKILL to PID 7"),
    ):
        store.apply(Batch(t_ns + after, RunPhase.STOPPING, store.counts, store.clock_start_ns, stop_step=step))
        foot.show_run(store, RunPhase.STOPPING)
        assert words in foot.status.text()
    foot.forget()
    ended = RunEnded(RunPhase.FINISHED, t_ns, None, True)
    store.apply(Batch(t_ns, RunPhase.FINISHED, store.counts, store.clock_start_ns, ended=ended))
    foot.show_run(store, RunPhase.FINISHED)
    assert "stopped, with SIGKILL" in foot.status.text()
