"""The choice by keyboard: what Tab reaches next, and the model list with its filter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.controls.model_picker import ModelPicker
from gui.controls.model_rows import KEY
from gui.theme import ThemeSource
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_catalogue import FREE, MODELS, NEWER
from tests.helpers.scripted import PYTHON
from workers.contract.config import RunConfig


@pytest.fixture
def picker(qtbot: QtBot) -> ModelPicker:
    made = ModelPicker(ThemeSource())
    qtbot.addWidget(made)
    made.show_models(MODELS)
    made.resize(280, 700)
    made.show()
    made.list.fit(200, 1)
    return made


def choose_through_filter(qtbot: QtBot, picker: ModelPicker, text: str) -> None:
    picker.focus_filter()
    qtbot.keyClicks(picker.filter, text)
    qtbot.keyClick(picker.filter, Qt.Key.Key_Down)
    qtbot.keyClick(picker.filter, Qt.Key.Key_Return)


def test_a_model_chosen_through_the_filter_is_in_sight_afterwards(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.choose("sequential")
    picker.list.fit(200, 1)
    choose_through_filter(qtbot, picker, "asyncio t")
    assert picker.key() == "asyncio_tasks"
    assert not picker.list.currentItem().isHidden()


def test_it_is_also_where_families_were_folded_by_hand(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.choose("sequential")
    picker.list.fold_all(True)
    choose_through_filter(qtbot, picker, "pool.map")
    assert picker.key() == "pool_map"
    picker.list.fit(300, 2)
    assert not picker.list.currentItem().isHidden()
    row = picker.list.visualItemRect(picker.list.currentItem())
    assert picker.list.viewport().rect().contains(row)


def test_home_and_end_reach_models_of_folded_families(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.choose("pool_map")
    picker.list.fold_all(True)
    qtbot.keyClick(picker.list, Qt.Key.Key_Home)
    assert picker.key() == "sequential"
    assert not picker.list.currentItem().isHidden()
    qtbot.keyClick(picker.list, Qt.Key.Key_End)
    assert picker.key() == "joblib"
    assert not picker.list.currentItem().isHidden()


@pytest.mark.parametrize("where", ["there", "list"])
def test_escape_clears_the_filter_from_beside_it_too(qtbot: QtBot, picker: ModelPicker, where: str) -> None:
    picker.show_pythons([PYTHON, NEWER])
    picker.focus_filter()
    qtbot.keyClicks(picker.filter, "interpreter pool")
    qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
    assert picker.there.hasFocus()
    beside: QWidget = getattr(picker, where)
    beside.setFocus()
    qtbot.keyClick(beside, Qt.Key.Key_Escape)
    assert picker.filter.text() == ""
    assert len(picker.list.matches()) == len(MODELS)
    assert picker.list.hasFocus()


def test_enter_on_the_other_python_takes_it_and_shows_all_models(qtbot: QtBot, picker: ModelPicker) -> None:
    picker.show_pythons([PYTHON, NEWER])
    picker.focus_filter()
    qtbot.keyClicks(picker.filter, "interpreter pool")
    qtbot.keyClick(picker.filter, Qt.Key.Key_Return)
    with qtbot.waitSignal(picker.elsewhere, timeout=20_000) as told:
        qtbot.keyClick(picker.there, Qt.Key.Key_Return)
    assert told.args == ["sub_interpreters", NEWER.executable]
    assert picker.filter.text() == ""
    assert len(picker.list.matches()) == len(MODELS)


def test_the_filter_has_a_button_that_clears_it(qtbot: QtBot, picker: ModelPicker) -> None:
    qtbot.keyClicks(picker.filter, "loky")
    button = picker.filter.findChild(QToolButton)
    assert button is not None
    assert button.accessibleName() == "Show all models"
    button.click()
    assert picker.filter.text() == ""


# ---- Tab -------------------------------------------------------------------------------------------------------------
def tabbed(qtbot: QtBot, window: MainWindow, most: int = 40) -> list[str]:
    """Where Tab goes from the filter on, up to the first chart."""
    panel = window.panel
    made = [row.field for form in (panel.options, panel.params) for row in list(form._rows.values())[:2]]
    qtbot.waitUntil(lambda: all(field.isVisible() for field in made), timeout=20_000)
    window.panel.models.filter.setFocus()
    names: list[str] = []
    for _ in range(most):
        widget = QApplication.focusWidget()
        names.append(widget.objectName() if widget is not None else "")
        if "Chart" in names[-1]:
            break
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    return names


def test_tab_goes_as_one_sees_it_after_changes_too(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(RunConfig("process_pool", "count_primes", 2, 100))
    window.activateWindow()
    first = ["modelFilter", "modelPicker"]
    last = ["endingPicker", "tasksSpin", "otherPython", "pythonPicker"]
    workers = ["workersSlider", "workersSpin", "workloadPicker"]
    primes = ["params.limit", "params.fail_every"]
    pool = ["options.start_method", "options.chunksize", "optionsMore"]
    found = tabbed(qtbot, window)
    assert found[:-1] == [*first, *pool, *workers, *primes, *last]
    assert "Chart" in found[-1]
    window.panel.models.choose("thread_per_task")
    found = tabbed(qtbot, window)
    assert found[:-1] == [*first, "options.join", "options.daemon", *workers, *primes, *last]
    box = window.panel.workload
    box.setCurrentIndex(box.findData("mixed"))
    found = tabbed(qtbot, window)
    assert found[:-1] == [*first, "options.join", "options.daemon", *workers, "params.ms", "params.share", *last]


# ---- a Python that lacks the model -----------------------------------------------------------------------------------
def other(qtbot: QtBot, window: MainWindow, python: str | None) -> None:
    with qtbot.waitSignal(window.controller.catalogueReady, timeout=20_000):
        box = window.panel.python_row.box
        box.setCurrentIndex(box.findData(python))


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    """Its own Python has no sub-interpreters; with them chosen under one that has."""
    made = make_window(RunConfig("thread_per_task"))
    qtbot.waitUntil(lambda: made.panel.python.count() > 1, timeout=20_000)
    other(qtbot, made, FREE.executable)
    assert made.panel.models.choose("sub_interpreters")
    return made


def test_a_python_that_lacks_the_model_says_so_and_gives_it_back(qtbot: QtBot, window: MainWindow) -> None:
    other(qtbot, window, None)
    assert window.foot.status.text() == (
        f"✕ Interpreter pool cannot run under Python {PYTHON.version}: it needs Python 3.14 or later; "
        "Thread pool is chosen instead."
    )
    assert window.panel.config().model == "thread_pool"
    other(qtbot, window, FREE.executable)
    assert window.panel.config().model == "sub_interpreters"


def test_what_was_chosen_by_hand_meanwhile_stays(qtbot: QtBot, window: MainWindow) -> None:
    other(qtbot, window, None)
    window.panel.models.list.step(1)
    mine = window.panel.config().model
    assert mine not in ("thread_pool", "sub_interpreters")
    other(qtbot, window, FREE.executable)
    assert window.panel.config().model == mine


def test_the_row_that_stands_in_is_marked(qtbot: QtBot, window: MainWindow) -> None:
    other(qtbot, window, None)
    item = window.panel.models.list.currentItem()
    assert item.data(KEY) == "thread_pool"
    assert not item.isHidden()
