"""More than twenty models in one list: families, filter, keys, and those that this Python cannot run."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.controls.model_list import FAMILIES
from gui.controls.model_picker import ModelPicker
from gui.controls.model_rows import KEY, OPEN
from gui.controls.panel import ChoicePanel
from gui.theme import DARK, LIGHT, ThemeSource
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_catalogue import CATALOGUE, FREE, MODELS, NEWER
from tests.helpers.fake_session import FakeSession
from tests.helpers.scripted import PYTHON
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase


@pytest.fixture
def picker(qtbot: QtBot) -> ModelPicker:
    made = ModelPicker(ThemeSource())
    qtbot.addWidget(made)
    made.show_models(MODELS)
    made.resize(280, 700)
    made.show()
    return made


def shown(picker: ModelPicker) -> list[str]:
    return [item.text() for item in picker.list.rows() if not item.isHidden()]


def keys(picker: ModelPicker) -> list[str]:
    return [str(item.data(KEY)) for item in picker.list.rows() if item.data(KEY) and not item.isHidden()]


def test_families_come_from_the_simplest_to_the_heaviest(picker: ModelPicker) -> None:
    assert len(MODELS) > 20
    heads = [item.text() for item in picker.list.rows() if not item.data(KEY)]
    assert heads == list(FAMILIES)
    picker.list.fit(10_000, 1)
    assert keys(picker) == [key for family in FAMILIES for key, info in MODELS.items() if info.family == family]


def test_with_little_room_the_chosen_family_is_open_and_rows_do_not_move_when_one_chooses(picker: ModelPicker) -> None:
    assert picker.choose("thread_pool")
    picker.list.fit(260, 1)
    assert {"thread_per_task", "thread_pool", "thread_queue"} <= set(keys(picker))
    assert "pool_map" not in keys(picker)
    assert picker.list.height() <= 260
    before = shown(picker)
    picker.list.setCurrentRow(picker.list.row(picker.list.findItems("Thread per task", Qt.MatchFlag.MatchExactly)[0]))
    picker.list.fit(220, 1)  # something below grew
    assert shown(picker) == before
    picker.list.fit(10_000, 2)  # the window did
    assert len(keys(picker)) == len(MODELS)


def test_a_click_on_a_head_folds_and_it_stays_so(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.list.fit(10_000, 1)
    head = picker.list.findItems("Processes", Qt.MatchFlag.MatchExactly)[0]
    where = picker.list.visualItemRect(head).center()
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert "process_pool" not in keys(picker)
    assert head.data(OPEN) is False
    picker.list.fit(10_000, 2)
    assert "process_pool" not in keys(picker)
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert "process_pool" in keys(picker)


def test_arrow_keys_walk_over_all_models_and_unfold(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.list.fit(200, 1)
    picker.choose("sequential")
    walked = [picker.key()]
    for _ in range(len(MODELS)):
        qtbot.keyClick(picker.list, Qt.Key.Key_Down)
        walked.append(picker.key())
        assert not picker.list.currentItem().isHidden()
    assert list(dict.fromkeys(walked)) == [key for key, info in MODELS.items() if not info.unavailable]
    qtbot.keyClick(picker.list, Qt.Key.Key_Up)
    assert picker.key() == "asyncio_processes"
    qtbot.keyClick(picker.list, Qt.Key.Key_Left)
    assert set(keys(picker)) == {"asyncio_tasks", "asyncio_to_thread", "asyncio_processes"}
    qtbot.keyClick(picker.list, Qt.Key.Key_Right)
    assert len(keys(picker)) == len(MODELS)


def test_typing_filters_arrows_choose_enter_takes_and_escape_clears(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.choose("sequential")
    picker.list.setFocus()
    qtbot.keyClick(picker.list, Qt.Key.Key_P)
    assert picker.filter.hasFocus()
    qtbot.keyClicks(picker.filter, "ool map")
    assert keys(picker) == ["pool_map"] or keys(picker) == ["pool_map", "pool_imap_unordered"]
    assert picker.key() == "sequential"
    qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
    assert picker.key() == "pool_map"
    assert picker.filter.text() == ""
    assert picker.list.hasFocus()
    picker.focus_filter()
    qtbot.keyClicks(picker.filter, "asyncio")
    assert shown(picker)[0] == "asyncio"
    qtbot.keyClick(picker.filter, Qt.Key.Key_Down)
    assert picker.key() == "asyncio_tasks"
    qtbot.keyClick(picker.filter, Qt.Key.Key_Down)
    assert picker.key() == "asyncio_to_thread"
    qtbot.keyClicks(picker.filter, " nothing")
    assert shown(picker) == []
    qtbot.keyClick(picker.filter, Qt.Key.Key_Escape)
    assert "pool_map" in {str(item.data(KEY)) for item in picker.list.matches()}
    assert picker.key() == "asyncio_to_thread"


def test_the_summary_of_the_chosen_model_is_in_sight(picker: ModelPicker) -> None:
    for key, info in MODELS.items():
        if picker.choose(key):
            assert picker.summary.isVisible()
            assert picker.summary.text() == info.summary


def test_a_greyed_model_says_why_and_which_python_has_it(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.show_pythons([PYTHON, NEWER])
    picker.list.fit(10_000, 1)
    item = picker.list.findItems("Interpreter pool", Qt.MatchFlag.MatchExactly)[0]
    words = "It needs Python 3.14 or later. Python 3.15.0 has it."
    assert item.toolTip() == item.data(Qt.ItemDataRole.AccessibleDescriptionRole) == words
    before = picker.key()
    where = picker.list.visualItemRect(item).center()
    qtbot.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert picker.key() == before
    assert picker.summary.text() == f"Interpreter pool: {words}"
    assert picker.there.isVisible()
    assert picker.there.text() == "Use Python 3.15.0"
    with qtbot.waitSignal(picker.elsewhere, timeout=20_000) as told:
        qtbot.mouseClick(picker.there, Qt.MouseButton.LeftButton)
    assert told.args == ["sub_interpreters", NEWER.executable]
    picker.choose("pool_map")
    assert picker.summary.text() == MODELS["pool_map"].summary
    assert picker.there.isHidden()


def test_what_no_python_has_is_said_too(picker: ModelPicker) -> None:
    picker.show_pythons([PYTHON])
    picker.explain("loky")
    assert "pip install loky" in picker.summary.text()
    assert "No Python found here has it." in picker.summary.text()
    assert picker.there.isHidden()


def test_the_keyboard_reaches_the_reason_and_the_other_python(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.show_pythons([PYTHON, NEWER])
    picker.focus_filter()
    qtbot.keyClicks(picker.filter, "interpreter pool")
    assert "Python 3.15.0 has it." in picker.summary.text()
    qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
    assert picker.there.hasFocus()
    with qtbot.waitSignal(picker.elsewhere, timeout=20_000):
        qtbot.keyClick(picker.there, Qt.Key.Key_Space)


def test_the_other_python_is_taken_with_the_model(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    qtbot.waitUntil(lambda: window.panel.python.count() > 1, timeout=20_000)
    window.panel.models.explain("sub_interpreters")
    with qtbot.waitSignal(window.controller.catalogueReady, timeout=20_000):
        window.panel.models.there.click()
    assert window.panel.config().model == "sub_interpreters"
    assert window.panel.config().python == FREE.executable


@pytest.mark.parametrize(
    "key", [(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier)]
)
def test_the_filter_has_keys_and_its_escape_does_not_stop_the_run(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    session.endless = True
    window = make_window()
    window.activateWindow()
    window.start(RunConfig(tasks=None))
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=20_000)
    qtbot.keyClick(window, *key)
    assert window.panel.models.filter.hasFocus()
    qtbot.keyClicks(window.panel.models.filter, "queue")
    qtbot.keyClick(window.panel.models.filter, Qt.Key.Key_Escape)
    assert window.panel.models.filter.text() == ""
    assert window.phase is RunPhase.RUNNING


def test_a_slash_typed_into_a_field_is_a_slash(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    window.activateWindow()
    window.panel.models.focus_filter()
    qtbot.keyClicks(window.panel.models.filter, "a/b")
    assert window.panel.models.filter.text() == "a/b"


@pytest.mark.parametrize("model", ["process_pool", "thread_pool", "pool_map", "asyncio_tasks"])
def test_every_model_fits_into_a_small_window(qtbot: QtBot, make_window: MakeWindow, model: str) -> None:
    window = make_window(RunConfig(model, "mixed", 4, 100))
    window.setMinimumSize(1280, 760)
    window.resize(1280, 760)
    area = window.panel._area
    qtbot.waitUntil(lambda: window.height() == 760 and area.verticalScrollBar().maximum() == 0, timeout=20_000)
    models = window.panel.models
    qtbot.waitUntil(lambda: models.list.geometry().bottom() < models.summary.y(), timeout=20_000)
    row = models.list.visualItemRect(models.list.currentItem())
    assert models.list.viewport().rect().contains(row)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_rows_are_painted_in_both_themes(qtbot: QtBot, theme: object) -> None:
    source = ThemeSource(theme)  # type: ignore[arg-type]
    picker = ModelPicker(source)
    qtbot.addWidget(picker)
    picker.show_models(MODELS)
    picker.choose("thread_pool")
    picker.list.fit(10_000, 1)
    picker.show()
    picture = picker.list.grab().toImage()
    colours = {picture.pixelColor(1, y).name().upper() for y in range(picture.height())}
    assert theme.accent in colours  # type: ignore[attr-defined]


def test_workloads_that_the_model_cannot_run_are_grey_with_the_reason(qtbot: QtBot) -> None:
    panel = ChoicePanel(ThemeSource(), RunConfig("thread_pool", "shared_counter"))
    qtbot.addWidget(panel)
    panel.show_catalogue(CATALOGUE)
    box = panel.workload
    index = box.findData("shared_counter")
    assert box.model().flags(box.model().index(index, 0)) & Qt.ItemFlag.ItemIsEnabled
    panel.models.choose("joblib")
    assert not box.model().flags(box.model().index(index, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert "share nothing" in box.itemData(index, Qt.ItemDataRole.ToolTipRole)
    assert "share nothing" in panel.workload_fault.text()  # it is the chosen one
    assert box.model().flags(box.model().index(0, 0)) & Qt.ItemFlag.ItemIsEnabled
    panel.models.choose("thread_pool")
    assert panel.workload_fault.isHidden()
    assert box.itemData(index, Qt.ItemDataRole.ToolTipRole) == CATALOGUE.workloads["shared_counter"].summary


def test_a_pair_that_cannot_be_is_refused_before_it_starts(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    window: MainWindow = make_window(RunConfig("joblib", "shared_counter", 2, 10))
    with qtbot.waitSignal(window.refused, timeout=20_000) as told:
        window.start()
    assert told.args is not None
    assert told.args[0] == "workload"
    assert "start" not in session.calls


def test_many_options_stand_behind_a_line_that_unfolds(qtbot: QtBot) -> None:
    panel = ChoicePanel(ThemeSource(), RunConfig("process_pool"))
    qtbot.addWidget(panel)
    panel.show_catalogue(CATALOGUE)
    panel.show()
    more = panel.findChild(QPushButton, "optionsMore")
    primitive = panel.findChild(QComboBox, "options.primitive")
    assert more is not None
    assert primitive is not None
    assert not primitive.isVisible()
    assert "4 more" in more.text()
    assert "Around the work" in more.accessibleName()
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert primitive.isVisible()
    primitive.setCurrentIndex(primitive.findData("Lock"))
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert not primitive.isVisible()
    assert "Around the work Lock" in more.text()  # what differs is never out of sight
    assert panel.config().options["primitive"] == "Lock"
    assert panel.show_error("options.primitive", "no such thing")
    assert primitive.isVisible()  # nor what is wrong


def test_the_new_parts_have_names(make_window: MakeWindow) -> None:
    window = make_window()
    for kind, name in ((QLineEdit, "modelFilter"), (QPushButton, "useOtherPython"), (QLabel, "modelSummary")):
        widget = window.findChild(kind, name)
        assert isinstance(widget, QWidget)
        assert widget.accessibleName() or isinstance(widget, QLabel)
