"""Modes and columns: what stands where, and what of it is remembered."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.window import MainWindow
from tests.gui.conftest import MakeWindow


def part(window: MainWindow, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_a_click_goes_to_the_lessons_and_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    assert part(window, "choicePanel").isVisible()
    assert not part(window, "sideColumn").isVisible()
    for name, mode, panel in (("modeLessons", "lessons", False), ("modeExplore", "explore", True)):
        button = window.findChild(QPushButton, name)
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert window.workspace.mode == mode
        assert button.isChecked()
        assert part(window, "choicePanel").isVisible() is panel
        assert part(window, "lessonList").isVisible() is not panel
        assert part(window, "sideColumn").isVisible() is not panel


def test_keys_go_there_too(make_window: MakeWindow) -> None:
    window = make_window()
    window.actions_.modes["lessons"].trigger()
    assert window.workspace.mode == "lessons"
    assert window.actions_.modes["lessons"].isChecked()
    window.actions_.modes["lessons"].trigger()
    assert window.actions_.modes["lessons"].isChecked()
    window.actions_.modes["explore"].trigger()
    assert window.workspace.mode == "explore"


def test_the_script_is_there_where_there_is_room_or_it_is_asked_for(make_window: MakeWindow) -> None:
    window = make_window()
    assert not part(window, "codePanel").isVisible()
    window.resize(1500, 800)
    assert part(window, "codePanel").isVisible()
    window.actions_.script.trigger()
    assert not part(window, "codePanel").isVisible()
    window.resize(1600, 800)
    assert not part(window, "codePanel").isVisible(), "put away by hand"
    window.resize(1280, 800)
    window.actions_.script.trigger()
    assert part(window, "codePanel").isVisible()
    assert window.top.script.isChecked()


def test_it_is_remembered(make_window: MakeWindow, own_settings: Path) -> None:
    window = make_window()
    window.workspace.choose("lessons")
    window.actions_.script.trigger()  # the tab beside the lesson, which is there in any case
    window.page.row.setSizes([700, 400])
    window.page.row.splitterMoved.emit(0, 0)
    width = window.page.row.sizes()[1]
    window.close()
    kept = json.loads(own_settings.joinpath("settings.json").read_text())
    assert (kept["mode"], kept["side"], kept["script"]) == ("lessons", width, None)
    again = make_window()
    assert again.workspace.mode == "lessons"
    assert part(again, "lessonList").isVisible()
    assert again.workspace.room.width == width
    assert again.page.row.sizes()[1] == pytest.approx(width, rel=0.1)
