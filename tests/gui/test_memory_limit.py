"""The memory limit of runs in the window: chosen in the settings, handed to the session, and seen when a run is paused for it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.settings import Settings, SettingsFile
from gui.settings_page import SettingsPage
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.scripted import START_NS, thread_pool_run
from workers.contract.batch import Mark
from workers.contract.memory import AUTOMATIC, RunMemory
from workers.contract.phase import RunPhase


def test_it_is_by_itself_or_ones_own(qtbot: QtBot) -> None:
    page = SettingsPage("dark", 1.0, "en", "")
    qtbot.addWidget(page)
    page.show()
    told: list[int] = []
    page.memoryLimitChosen.connect(told.append)
    assert not page.limit.isEnabled()
    assert page.limit_note.text().startswith("80 % of what is free.")
    page.limited.click()
    assert told == [1024]
    assert page.limit_note.text().startswith("At 80 % of it")
    page.limit.setFocus()
    page.limit.selectAll()
    qtbot.keyClicks(page.limit, "63")
    qtbot.keyClick(page.limit, Qt.Key.Key_Return)
    assert "at least 64" in page.limit_note.text()
    assert page.limit_note.property("bad") is True
    page.limit.selectAll()
    qtbot.keyClicks(page.limit, "256")
    qtbot.keyClick(page.limit, Qt.Key.Key_Return)
    assert told == [1024, 256]
    assert page.isVisible()
    page.limited.click()
    assert told == [1024, 256, AUTOMATIC]


def test_the_session_has_what_was_chosen(
    qtbot: QtBot, make_window: MakeWindow, own_settings: Path, session: FakeSession
) -> None:
    SettingsFile(own_settings / "settings.json").save(Settings(memory_limit_mb=700))
    window = make_window()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start()
    assert session.memory_limit_mb == 700  # type: ignore[attr-defined]
    window.settings_door.open()
    page = window.findChild(SettingsPage)
    assert page is not None
    assert page.limit.value() == 700
    page.limit.setValue(512)
    qtbot.waitUntil(lambda: session.memory_limit_mb == 512)  # type: ignore[attr-defined]
    assert SettingsFile(own_settings / "settings.json").load().memory_limit_mb == 512


def test_a_pause_is_seen(make_window: MakeWindow) -> None:
    window = make_window()
    window.foot.begin()
    batches = list(thread_pool_run(2.0, threads=2, end=False))
    for batch in batches[:-1]:
        window.controller._take(batch)
    mark = Mark("paused", batches[-1].lanes[0].pid if batches[-1].lanes else 1, START_NS + 10**9, "paused: memory")
    window.controller._take(replace(batches[-1], memory=RunMemory(420 << 20, 512 << 20, held=True), marks=(mark,)))
    window.clock.refresh_all()
    assert window.phase is RunPhase.RUNNING
    assert window.top.phase.text().startswith("paused")
    assert "▲ paused until memory falls" in window.foot.status.text()
    assert "memory 420 MiB" in window.foot.cost.text()
    assert "of 512 MiB that it may take" in window.foot.cost.toolTip()
    window.controller._take(replace(batches[-1], memory=RunMemory(200 << 20, 512 << 20), marks=()))
    window.clock.refresh_all()
    window.run_view._show_numbers()
    assert window.top.phase.text().startswith("running")
    assert "paused" not in window.foot.status.text()
    assert window.store.pauses == 1
    assert window.store.memory_peak == 420 << 20
