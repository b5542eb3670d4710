"""Themes, sizes, icons, the command palette and the small pages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeySequence
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QDialog, QLabel, QToolButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from gui.actions import Actions, keys_of
from gui.charts.labels import Legend
from gui.stage import ACCOUNTS, LATENCY, OUTPUT, PROCESSES, TIMELINE
from gui.style import ICONS, mix, sheet
from gui.theme import DARK, LIGHT, Theme, ThemeSource
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_session import FakeSession
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_sheet_is_whole_and_its_pictures_exist(theme: Theme, scale: float) -> None:
    text = sheet(theme, scale)
    assert "$" not in text
    pictures = re.findall(r'url\("([^"]+)"\)', text)
    assert pictures
    for picture in pictures:
        image = QImage(picture)
        assert not image.isNull(), picture
    assert f"font-size: {round(13 * scale)}px" in text


def test_every_icon_comes_in_both_themes() -> None:
    names = {path.name for path in ICONS.glob("*-light.svg")}
    assert names
    assert {name.replace("-light", "-dark") for name in names} == {path.name for path in ICONS.glob("*-dark.svg")}


def test_mixing_colours() -> None:
    assert mix("#000000", "#FFFFFF", 0.0) == "#000000"
    assert mix("#000000", "#FFFFFF", 1.0) == "#FFFFFF"


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in QColor(colour).getRgb()[:3]]  # type: ignore[index]
    parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: str, other: str) -> float:
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_text_can_be_read(theme: Theme) -> None:
    for ground in (theme.page, theme.card, theme.hover):
        assert _contrast(theme.text, ground) >= 7
        assert _contrast(theme.muted, ground) >= 4.5
        assert _contrast(theme.bad, ground) >= 4.5
    assert _contrast(theme.accent, theme.on_accent) >= 4.5


def test_light_and_dark_reach_every_part(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(theme="light")
    for theme in (DARK, LIGHT):
        window.actions_.toggle_theme.trigger()
        assert window.appearance.source.theme is theme
        picture = window.grab().toImage()
        assert picture.pixelColor(5, window.height() // 2).name().upper() == theme.page
        card = window.panel.mapTo(window, window.panel.rect().center())
        left = window.panel.mapTo(window, window.panel.rect().topLeft())
        assert picture.pixelColor(left.x() + 5, card.y()).name().upper() == theme.card
        assert window.actions_.themes[theme.name].isChecked()


def test_as_the_system_follows_the_system(make_window: MakeWindow) -> None:
    window = make_window(theme="dark")
    window.actions_.themes["system"].trigger()
    assert window.appearance.choice == "system"
    # Offscreen the system says nothing, which means light.
    assert window.appearance.source.theme is LIGHT


def test_sizes(make_window: MakeWindow) -> None:
    window = make_window()
    usual = window.panel.width()
    window.actions_.present.trigger()
    assert window.appearance.scale == 1.5
    assert window.panel.width() > usual
    assert window.actions_.present.isChecked()
    window.actions_.larger.trigger()
    assert window.appearance.scale == 1.75
    window.actions_.smaller.trigger()
    window.actions_.usual.trigger()
    assert window.appearance.scale == 1.0
    assert window.panel.width() == usual


def test_no_two_actions_share_a_key(make_window: MakeWindow) -> None:
    keys = [key.toString() for action in make_window().actions_.all for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_every_key_does_its_thing_once(qtbot: QtBot, make_window: MakeWindow) -> None:
    """Two sequences that one key press makes would be ambiguous, and do nothing; Qt warns, which fails the test."""
    window = make_window()
    window.activateWindow()
    did: list[str] = []

    def did_it(name: str) -> Callable[[], None]:
        return lambda: did.append(name)

    for action in window.actions_.all:
        action.setEnabled(True)
        action.triggered.disconnect()
        action.triggered.connect(did_it(action.objectName()))
    wanted = []
    for action in window.actions_.all:
        for keys in action.shortcuts():
            qtbot.keyClick(window, keys[0].key(), keys[0].keyboardModifiers())
            wanted.append(action.objectName())
    assert did == wanted
    assert keys_of(window.actions_.interrupt) == "Shift+Esc"


def test_no_key_of_an_action_needs_the_shift_that_another_has() -> None:
    """Ctrl+Shift+. and Ctrl+> are one key on most boards: a sign that takes Shift stands in one sequence only."""
    shifted = dict(zip('!@#$%^&*()_{}|:"<>?~', "1234567890-[]\\;',./`", strict=True))
    window = QWidget()
    keys = [key.toString() for action in Actions(window).all for key in action.shortcuts()]
    for key in keys:
        head, sign = key[:-1], key[-1]
        if sign in shifted and head.endswith("+"):
            assert f"{head}Shift+{shifted[sign]}" not in keys


@pytest.mark.parametrize("model", ["process_per_task", "process_pool"])
def test_a_run_never_changes_the_least_width(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, model: str
) -> None:
    session.failed_every, session.seconds = 3, 2.0
    window = make_window()
    widths = {window.minimumSizeHint().width()}
    window.controller.arrived.connect(lambda _: widths.add(window.minimumSizeHint().width()))
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig(model, "count_primes", 40, 2000))
    window.panel.workers.set_value(3)
    widths.add(window.minimumSizeHint().width())
    assert len(widths) == 1, widths


def test_presenter_size_fits_a_small_screen(make_window: MakeWindow) -> None:
    window = make_window()
    window.actions_.present.trigger()
    least = window.minimumSizeHint()
    assert least.width() <= 1280
    assert least.height() <= 760


@pytest.mark.parametrize("items", [3, 2, 1, 0])
def test_a_narrow_legend_leaves_out_squares_with_their_words(items: int, qtbot: QtBot) -> None:
    legend = Legend(ThemeSource())
    qtbot.addWidget(legend)
    three = (("running", "running"), ("run_queue", "waiting for a core"), ("idle", "idle"))
    legend.show_items(three, "last 60 s")
    assert legend.sizeHint().width() > legend._width(3), "where there is room for it, all of it"
    assert legend.minimumSizeHint().width() <= 48
    legend.resize(int(legend._width(items)) + 1, 20)
    assert legend.shown() == items
    picture = legend.grab().toImage()
    colours = {picture.pixelColor(x, picture.height() // 2).name().upper() for x in range(picture.width())}
    assert [LIGHT.kinds[kind] in colours for kind, _ in three] == [i < items for i in range(3)]


def test_the_foot_hides_its_right_part_only_without_room(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    window = make_window()
    window.setMinimumSize(1280, 700)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("thread_pool", "count_primes", 2, 50))
    foot = window.foot
    qtbot.waitUntil(lambda: foot.width() > 1200, timeout=20_000)
    assert foot.cost.isVisible()
    assert foot.cost.geometry().right() <= foot.width()
    window.actions_.present.trigger()
    assert foot.cost.isVisible()
    assert foot.progress.width() < window.panel.width()


def test_the_tabs_are_saved_and_copied_from_their_menu(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = make_window()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("thread_pool", "count_primes", 2, 50))
    button = window.findChild(QToolButton, "tabMenu")
    assert button is not None
    assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus
    for kind, tab, ending in (("processes", PROCESSES, "csv"), ("output", OUTPUT, "txt")):
        action = getattr(window.actions_, f"save_{kind}")
        window.stage.show_tab(tab)
        assert action in button.menu().actions()
        place = str(tmp_path / kind)
        monkeypatch.setattr(window.tab_actions, "choose_file", lambda title, name, pattern, place=place: place)
        action.trigger()
        path = tmp_path / f"{kind}.{ending}"
        assert path.stat().st_size > 0
        assert str(path) in window.foot.status.text()
        nowhere = str(tmp_path / "no" / "file")
        monkeypatch.setattr(window.tab_actions, "choose_file", lambda title, name, pattern, place=nowhere: place)
        action.trigger()
        assert "was not saved" in window.foot.status.text()
    table = window.findChild(QTreeView, "processTable")
    assert table is not None
    table.selectAll()
    window.actions_.copy_rows.trigger()
    assert "worker thread" in QGuiApplication.clipboard().text()


def test_the_palette_finds_and_does(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.activateWindow()
    window.panel.workers.spin.setFocus()
    window.actions_.palette.trigger()
    palette = window.commands
    assert palette.isVisible()
    assert palette.line.hasFocus()
    offered = {palette.list.item(row).text() for row in range(palette.list.count())}
    assert {action.text().replace("&", "") for action in window.actions_.all if action.isEnabled()} == offered
    assert any(text.startswith("Throughput: Save as PNG") for text in offered)
    qtbot.keyClicks(palette.line, "lig dar")
    assert palette.list.count() == 1
    # No room is left for rows that are not there.
    assert palette.list.height() < 2 * palette.list.sizeHintForRow(0)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.appearance.source.theme is DARK
    assert not palette.isVisible()
    assert window.panel.workers.spin.hasFocus()


def test_escape_closes_the_palette_and_not_the_run(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.endless = True
    window = make_window()
    window.activateWindow()
    window.start(RunConfig(tasks=None))
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    window.actions_.palette.trigger()
    qtbot.keyClick(window.commands.line, Qt.Key.Key_Down)
    assert window.commands.list.currentRow() == 1
    qtbot.keyClick(window.commands.line, Qt.Key.Key_Escape)
    assert not window.commands.isVisible()
    assert window.phase is RunPhase.RUNNING
    assert "stop" not in session.calls


def test_charts_are_saved_by_key(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from gui.charts.card import Card

    window = make_window()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("thread_pool", "count_primes", 2, 50))
    monkeypatch.setattr(Card, "choose_file", lambda self, title, suggestion, pattern: str(tmp_path / suggestion))
    keys = Qt.KeyboardModifier.ControlModifier
    window.activateWindow()
    for held, name in ((keys, "throughput"), (keys | Qt.KeyboardModifier.ShiftModifier, "activity-by-pid")):
        qtbot.keyClick(window, Qt.Key.Key_S, held)
        path = tmp_path / f"{name}.png"
        qtbot.waitUntil(path.exists, timeout=20_000)
        assert not QImage(str(path)).isNull()
        assert str(path) in window.foot.status.text()


def test_the_charts_in_the_tabs_are_saved_and_copied_from_wherever_one_is(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = make_window()
    window.resize(1280, 800)
    monkeypatch.setattr(window.tab_actions, "choose_file", lambda title, name, pattern: str(tmp_path / name))
    actions = {action.objectName(): action for action in window.actions_.all}
    assert not actions["raceFilmSavePng"].isEnabled()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("thread_pool", "count_primes", 2, 50))
    menu = window.findChild(QToolButton, "tabMenu").menu()
    for name, tab, kinds in (
        ("accountsChart", ACCOUNTS, ("Png", "Svg")),
        ("timeline", TIMELINE, ("Png", "Svg", "Csv")),
        ("latencyChart", LATENCY, ("Png", "Svg", "Csv")),
    ):
        window.stage.show_tab(OUTPUT)
        before = set(tmp_path.iterdir())
        for kind in kinds:
            actions[f"{name}Save{kind}"].trigger()
            assert "Saved" in window.foot.status.text()
            assert window.stage.tabs.currentIndex() == tab, "it is brought up to date by being shown"
            assert actions[f"{name}Save{kind}"] in menu.actions()
        QGuiApplication.clipboard().clear()
        actions[f"{name}Copy"].trigger()
        picture = QGuiApplication.clipboard().image()
        made = {path.suffix: path for path in set(tmp_path.iterdir()) - before if path.is_file()}
        assert set(made) == {f".{kind.lower()}" for kind in kinds}
        assert QImage(str(made[".png"])).size() == picture.size()
        drawn = {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}
        assert len(drawn) > 3, "more than an empty card"
        assert QSvgRenderer(str(made[".svg"])).isValid()


def test_the_pages_open_and_close(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    for action, name in ((window.actions_.shortcuts, "shortcutsPage"), (window.actions_.about, "aboutPage")):
        action.trigger()
        page = window.findChild(QDialog, name)
        assert page is not None
        assert page.isVisible()
        texts = " ".join(label.text() for label in page.findChildren(QLabel))
        assert keys_of(window.actions_.run) in texts or "MIT" in texts
        page.close()
    assert QKeySequence("Ctrl+R") in window.actions_.run.shortcuts()
