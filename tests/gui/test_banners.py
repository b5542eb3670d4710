"""What is said above the charts and at the foot: deadlock, a GIL that came back on, outcome, checksum."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.banner import Banner, worded
from gui.gil import GilWatch
from gui.theme import LIGHT, ThemeSource
from gui.window import MainWindow
from gui.words import THIN
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_catalogue import FREE
from tests.helpers.fake_session import FakeSession
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase

RUN = RunConfig("thread_pool", "shared_counter", 4, 100)
CIRCLE = "worker 1 waits for fork 2, worker 2 waits for fork 1."


def banner(window: MainWindow, name: str) -> QFrame:
    found = window.findChild(QFrame, name)
    assert isinstance(found, QFrame)
    return found


def run_to_end(qtbot: QtBot, window: MainWindow, config: RunConfig = RUN) -> None:
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(config)


def test_a_deadlock_is_said_at_once_with_a_stop_button_until_the_run_ends(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    session.endless, session.deadlock = True, CIRCLE
    window = make_window()
    shown = banner(window, "deadlockBanner")
    assert not shown.isVisible()
    window.start(RUN.changed(workload="philosophers", tasks=None))
    qtbot.waitUntil(shown.isVisible, timeout=20_000)
    assert shown.accessibleName() == f"Deadlock: {CIRCLE}"
    assert window.findChild(QLabel, "deadlockBannerText").textFormat() == Qt.TextFormat.RichText  # type: ignore[union-attr]
    stop = window.findChild(QPushButton, "deadlockStop")
    assert stop is not None
    assert stop.accessibleName()
    assert stop.focusPolicy() & Qt.FocusPolicy.TabFocus
    stop.setFocus()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        qtbot.keyClick(stop, Qt.Key.Key_Space)
    assert session.calls.count("stop") == 1
    assert not shown.isVisible()
    assert window.banners.outcome.text == f"It ended in a deadlock: {CIRCLE}"
    session.deadlock = ""
    window.start(RUN)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    assert not window.banners.isVisible()


def test_lost_updates_are_a_warning_in_words_and_colour(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    session.outcome = {"expected": 4_000, "actual": 3_120, "lost_updates": 880}
    window = make_window(theme="light")
    run_to_end(qtbot, window)
    strip = banner(window, "outcomeStrip")
    assert strip.isVisible()
    assert strip.accessibleName() == f"880 updates were lost  ·  expected 4{THIN}000  ·  actual 3{THIN}120"
    assert strip.property("warn") is True
    picture = window.banners.outcome.mark.grab().toImage()
    colours = {picture.pixelColor(x, y).name().upper() for x in range(picture.width()) for y in range(picture.height())}
    assert LIGHT.warn in colours
    assert window.banners.outcome.mark.text() == "▲"


def test_no_lost_update_is_good_news(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.outcome = {"expected": 4_000, "actual": 4_000, "lost_updates": 0}
    window = make_window()
    run_to_end(qtbot, window)
    assert window.banners.outcome.text.startswith("No update was lost")
    assert banner(window, "outcomeStrip").property("note") is True


def test_another_outcome_is_listed_and_goes_with_the_next_run(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    session.outcome = {"longest_queue": 12_345, "fair": True, "share": 0.5, "who": "<b>reader</b>"}
    window = make_window()
    run_to_end(qtbot, window)
    assert window.banners.outcome.text == (
        f"Outcome  ·  longest queue 12{THIN}345  ·  fair yes  ·  share 0.50  ·  who <b>reader</b>"
    )
    assert "&lt;b&gt;" in window.banners.outcome.words.text()  # words of a workload are not markup
    session.outcome = {}
    run_to_end(qtbot, window)
    assert not banner(window, "outcomeStrip").isVisible()
    assert not window.banners.isVisible()


@pytest.mark.parametrize(
    ("gil", "label", "came_back"),
    [(False, "GIL off", False), (True, "▲ GIL came back on", True), (None, "", False)],
)
def test_the_gil_of_the_workers_is_said_with_its_python(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, gil: bool | None, label: str, came_back: bool
) -> None:
    session.gil, session.endless = gil, True
    window = make_window()
    config = RunConfig("thread_pool", "count_primes", 2, None, python=FREE.executable)
    window.start(config)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING and window.store.now_ns > 0, timeout=20_000)
    qtbot.waitUntil(lambda: window.top.gil.text() == label, timeout=20_000)
    qtbot.waitUntil(lambda: banner(window, "gilBanner").isVisible() is came_back, timeout=20_000)
    assert window.top.gil.property("warn") is (True if came_back else None)
    assert ("Python 3.14.0t" in window.top.gil.toolTip()) is (gil is not None)
    if came_back:
        assert "came back on" in banner(window, "gilBanner").accessibleName()
        assert "not made for that" in banner(window, "gilBanner").accessibleName()
    else:
        assert bool(window.top.gil.toolTip()) is (gil is not None)


def test_an_ordinary_python_with_its_gil_on_is_no_warning(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    session.gil = True
    window = make_window()
    run_to_end(qtbot, window)
    assert window.top.gil.text() == "GIL on"
    assert window.top.gil.accessibleName() == "GIL on  ·  Python 3.11.9"
    took = window.top.gil.sizeHint()
    window.top.show_gil(GilWatch())
    assert window.top.gil.text() == ""
    assert window.top.gil.sizeHint() == took, "the modes beside it must not jump when the next run begins"
    assert not banner(window, "gilBanner").isVisible()


def test_the_checksum_stands_in_the_tooltip_of_the_status(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    session.checksum = 0xABC
    window = make_window()
    run_to_end(qtbot, window)
    assert window.store.checksum is not None
    assert f"{window.store.checksum:016x}" in window.foot.status.toolTip()
    assert f"{window.store.checksum:016x}" in window.foot.status.accessibleDescription()
    window.start(RUN)
    assert "hecksum" not in window.foot.status.toolTip()


def test_banners_never_widen_the_window(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.endless, session.deadlock, session.gil = True, CIRCLE * 20, True
    window = make_window()
    least = window.minimumSizeHint().width()
    window.start(RunConfig("thread_pool", "philosophers", 2, None, python=FREE.executable))
    qtbot.waitUntil(lambda: banner(window, "deadlockBanner").isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: banner(window, "gilBanner").isVisible(), timeout=20_000)
    assert window.minimumSizeHint().width() == least


def test_a_banner_takes_its_colours_anew(qtbot: QtBot) -> None:
    from gui.theme import DARK

    source = ThemeSource()
    made = Banner("outcomeStrip", source)
    qtbot.addWidget(made)
    made.say("Outcome", figures=(("expected", "4"),))
    assert LIGHT.muted in made.words.text()
    source.set(DARK)
    assert DARK.muted in made.words.text()


def test_figures_of_an_outcome_in_words() -> None:
    assert [worded(value) for value in (True, False, 12_345, 0.256, 1234.5, "text")] == [
        "yes", "no", f"12{THIN}345", "0.26", f"1{THIN}234", "text",
    ]  # fmt: skip
    # What names a process counts nothing.
    assert [worded(27057, name) for name in ("process_id", "parent_process", "main_pid")] == ["27057"] * 3
