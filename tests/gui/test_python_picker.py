"""Which interpreter: versions, GIL, free-threaded builds, and one whose path is given."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gui.controls.python_picker import DETAIL, PythonPicker
from gui.theme import ThemeSource
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_catalogue import FREE, NEWER
from tests.helpers.scripted import PYTHON
from workers.contract.config import RunConfig


@pytest.fixture
def picker(qtbot: QtBot) -> PythonPicker:
    made = PythonPicker(ThemeSource())
    qtbot.addWidget(made)
    made.show_pythons([PYTHON, FREE, NEWER], PYTHON.executable)
    made.show()
    return made


def test_each_python_has_version_gil_and_kind(picker: PythonPicker) -> None:
    box = picker.box
    assert [box.itemText(i) for i in range(box.count())] == ["3.11.9, GIL on", "3.14.0t, GIL off", "3.15.0, GIL on"]
    assert [box.itemData(i) for i in range(box.count())] == [None, FREE.executable, NEWER.executable]
    assert "free-threaded" in box.itemData(1, DETAIL)
    assert FREE.executable in box.itemData(1, Qt.ItemDataRole.ToolTipRole)
    assert "free-threaded" not in box.itemData(2, DETAIL)
    assert box.itemData(0, DETAIL) == "this one"


def test_choosing_tells_the_path(qtbot: QtBot, picker: PythonPicker) -> None:
    with qtbot.waitSignal(picker.chosen, timeout=20_000) as told:
        picker.box.setCurrentIndex(1)
    assert told.args == [FREE.executable]
    assert FREE.executable in picker.box.toolTip()


def test_a_path_can_be_given(qtbot: QtBot, picker: PythonPicker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picker, "choose_file", lambda: "/home/me/venv/bin/python")
    other = picker.findChild(QToolButton, "otherPython")
    assert other is not None
    assert other.accessibleName() == "Other Python"
    with qtbot.waitSignal(picker.chosen, timeout=20_000) as told:
        qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert told.args == ["/home/me/venv/bin/python"]
    assert picker.path() == "/home/me/venv/bin/python"
    monkeypatch.setattr(picker, "choose_file", lambda: "")
    with qtbot.assertNotEmitted(picker.chosen):
        other.click()
    assert picker.path() == "/home/me/venv/bin/python"


def test_the_one_that_was_named_is_asked_and_labelled(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    row = window.panel.python_row
    monkeypatch.setattr(row, "choose_file", lambda: "/opt/mine/bin/python3")
    with qtbot.waitSignal(window.controller.catalogueReady, timeout=20_000):
        window.actions_.other_python.trigger()
    assert row.box.currentText() == "3.14.0t, GIL off"
    assert window.panel.config().python == "/opt/mine/bin/python3"


def test_one_that_does_not_answer_is_refused_and_no_longer_listed(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(RunConfig())
    row = window.panel.python_row
    monkeypatch.setattr(row, "choose_file", lambda: "/opt/missing/python3")
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        row.ask()
    assert told.args is not None
    assert told.args[0] == "python"
    assert "/opt/missing/python3" in row.fault.text()
    assert row.path() is None
    assert row.box.findData("/opt/missing/python3") < 0
