"""The settings page tells what is chosen, and takes no folder that cannot be used."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.combo import Combo
from gui.controls.spin import NumberSpin
from gui.settings_page import MOST_ENTRIES, SettingsPage
from workers.lessons.library import SHIPPED


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    made = SettingsPage("dark", 1.5, "zh_CN", "")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A folder with one lesson."""
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.copy(SHIPPED / "mutex.md", folder / "my-mutex.md")
    return folder


def heard(page: SettingsPage) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = []
    for name in ("themeChosen", "scaleChosen", "languageChosen", "lessonsFolderChosen"):
        getattr(page, name).connect(lambda value, name=name: told.append((name, value)))
    return told


def type_folder(page: SettingsPage, qtbot: QtBot, text: str) -> str:
    """Returns what is said of it."""
    page.folder.setFocus()
    page.folder.clear()
    qtbot.keyClicks(page.folder, text)
    qtbot.keyClick(page.folder, Qt.Key.Key_Return)
    return page.found.text()


def test_it_shows_what_holds_and_tells_what_is_chosen(page: SettingsPage, qtbot: QtBot) -> None:
    shown = page.theme.currentData(), page.scale.currentData(), page.language.currentData(), page.folder.text()
    assert shown == ("dark", 1.5, "zh_CN", "")
    told = heard(page)
    page.show_theme("light")
    page.show_scale(1.28)
    assert (page.theme.currentData(), page.scale.currentData()) == ("light", 1.3)
    assert not told, "what was chosen elsewhere is not told again"
    for box, key in ((page.theme, Qt.Key.Key_Up), (page.scale, Qt.Key.Key_Down), (page.language, Qt.Key.Key_Up)):
        qtbot.keyClick(box, key)
    assert told == [("themeChosen", "system"), ("scaleChosen", 1.5), ("languageChosen", "en")]


def test_memory_is_told_when_it_is_a_bound_and_its_limits_are_named(page: SettingsPage, qtbot: QtBot) -> None:
    told: list[int] = []
    page.historyChosen.connect(told.append)
    page.history.setFocus()
    page.history.selectAll()
    qtbot.keyClicks(page.history, "63")
    qtbot.keyClick(page.history, Qt.Key.Key_Return)
    assert page.isVisible()
    assert "at least 64" in page.bound.text()
    assert page.bound.property("bad") is True
    assert not told
    page.history.selectAll()
    qtbot.keyClicks(page.history, "128")
    qtbot.keyClick(page.history, Qt.Key.Key_Return)
    assert told == [128]
    assert page.bound.text().startswith("64 to 65\u202f536 MB")


def test_a_folder_is_taken_once_and_counted(page: SettingsPage, qtbot: QtBot, lessons: Path) -> None:
    told = heard(page)
    assert type_folder(page, qtbot, str(lessons)).startswith("1 lesson")
    qtbot.keyClick(page.folder, Qt.Key.Key_Return)
    assert told == [("lessonsFolderChosen", str(lessons))]
    assert page.isVisible(), "Enter in the field does not close the page"
    page.clear.click()
    assert told[1:] == [("lessonsFolderChosen", "")]
    assert not page.folder.text()
    page.choose_folder = lambda: str(lessons)  # type: ignore[method-assign]
    page.browse.click()
    assert told[2:] == [("lessonsFolderChosen", str(lessons))]


def test_what_is_broken_in_it_is_named(page: SettingsPage, qtbot: QtBot, lessons: Path) -> None:
    (lessons / "bad.md").write_text("no front matter\n")
    said = type_folder(page, qtbot, str(lessons))
    assert said.startswith("1 lesson")
    assert "bad.md" in said


@pytest.mark.parametrize("kind", ["missing", "file", "crowded"])
def test_a_folder_that_cannot_be_used_is_said_and_not_taken(
    page: SettingsPage, qtbot: QtBot, lessons: Path, kind: str
) -> None:
    told, folder = heard(page), lessons / kind
    if kind == "file":
        folder.touch()
    elif kind == "crowded":
        folder.mkdir()
        for number in range(MOST_ENTRIES + 1):
            (folder / f"{number}.txt").touch()
    said = type_folder(page, qtbot, str(folder))
    assert str(folder) in said
    assert said.startswith("\u2715 ")
    assert page.folder.property("bad") is True
    assert not told


def test_a_folder_without_lessons_is_taken_and_said(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    told, folder = heard(page), tmp_path / "empty"
    folder.mkdir()
    assert "KEY.md" in type_folder(page, qtbot, str(folder))
    assert told == [("lessonsFolderChosen", str(folder))]


def test_every_control_has_names_and_nothing_is_html(page: SettingsPage) -> None:
    kinds = (Combo, NumberSpin, QLineEdit, QPushButton)
    # The field inside a spin box is Qt's own.
    inner = [box.lineEdit() for box in page.findChildren(NumberSpin)]
    controls = [box for kind in kinds for box in page.findChildren(kind) if box not in inner]
    assert len(controls) >= 8
    for widget in controls:
        assert isinstance(widget, QWidget)
        assert widget.objectName()
        assert widget.accessibleName(), widget.objectName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    for name in ("settingsFolderNote", "settingsLanguageNote", "settingsHistoryNote", "settingsRunsNote"):
        label = page.findChild(QLabel, name)
        assert label is not None
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_how_many_runs_are_kept(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.runsChosen) as chosen:
        page.runs.setValue(0)
    assert chosen.args == [0, 200]
    assert "no finished run is kept" in page.runs_note.text()
    with qtbot.waitSignal(page.runsChosen) as chosen:
        page.runs_mb.setValue(50)
    assert chosen.args == [0, 50]
    page.runs_mb.lineEdit().setText("1 MB")
    assert "must be at least 5" in page.runs_note.text()
