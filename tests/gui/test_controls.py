"""The choice on the left: every control, and the configuration that they make together."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.controls.panel import ChoicePanel
from gui.controls.params import ParamForm
from gui.controls.spin import NumberSpin
from gui.controls.workers import SLIDER_MOST, Workers
from gui.theme import ThemeSource
from gui.words import FIGURE, THIN, brief, clock, grouped, padded, rate
from tests.helpers.fake_session import CATALOGUE, found_pythons
from tests.helpers.scripted import PYTHON
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Param

KINDS = (
    Param("count", 20_000, "Up to", "How far.", minimum=1, maximum=100_000),
    Param("share", 0.25, "Share", unit="s", minimum=0.0, maximum=1.0),
    Param("loud", True, "Loud"),
    Param("start_method", "spawn", "Start method", choices=("fork", "spawn")),
    Param("word", "abc", "Word"),
)


@pytest.fixture
def panel(qtbot: QtBot) -> ChoicePanel:
    made = ChoicePanel(ThemeSource(), RunConfig())
    qtbot.addWidget(made)
    made.show_catalogue(CATALOGUE)
    made.show()
    return made


def test_each_type_gets_its_field(qtbot: QtBot) -> None:
    form = ParamForm("params")
    qtbot.addWidget(form)
    form.show_params(KINDS)
    kinds = {
        "count": QSpinBox,
        "share": QDoubleSpinBox,
        "loud": QCheckBox,
        "start_method": QComboBox,
        "word": QLineEdit,
    }
    for name, kind in kinds.items():
        field = form.findChild(kind, f"params.{name}")
        assert isinstance(field, kind)
        assert field.accessibleName()
    start = form.findChild(QComboBox, "params.start_method")
    assert start is not None
    assert start.currentText() == "spawn (default)"
    assert form.values() == {}
    values = {"count": 500, "share": 0.5, "loud": False, "start_method": "fork", "word": "xyz"}
    form.show_values(values)
    assert form.values() == values
    form.show_values({"count": -3, "share": 7.0, "word": 5, "unknown": 1})
    assert form.values() == {}


def test_a_fault_goes_away_when_one_edits(qtbot: QtBot) -> None:
    form = ParamForm("params")
    qtbot.addWidget(form)
    form.show_params(KINDS)
    assert form.say("count", "must be at least 1")
    assert not form.say("other", "?")
    row = form._rows["count"]
    assert "✕" in row.fault.text()
    assert row.field.property("bad") is True
    with qtbot.waitSignal(form.changed, timeout=20_000):
        form.findChild(QSpinBox, "params.count").setValue(7)  # type: ignore[union-attr]
    assert row.fault.isHidden()
    assert row.field.property("bad") is False


def test_slider_and_spin_say_the_same(qtbot: QtBot) -> None:
    workers = Workers(ThemeSource())
    qtbot.addWidget(workers)
    workers.show_limits("threads", 10_000, "the most that can be told apart", 2)
    workers.slider.setValue(5)
    assert workers.spin.value() == workers.value() == 5
    workers.spin.setValue(9)
    assert workers.slider.value() == 9
    workers.spin.setValue(500)
    assert workers.slider.value() == workers.slider.maximum() == SLIDER_MOST
    assert workers.value() == 500
    assert workers.slider.mark == 2
    assert "2 usable cores" in workers.hint.text()


def test_above_the_cap_the_reason_is_said_and_the_arrows_stop_there(qtbot: QtBot) -> None:
    workers = Workers(ThemeSource())
    qtbot.addWidget(workers)
    workers.show()
    workers.show_limits("processes", 40, "half the free memory", 2)
    assert workers.slider.maximum() == 40
    workers.spin.setFocus()
    workers.spin.selectAll()
    qtbot.keyClicks(workers.spin, "1000000")
    assert workers.value() == 1_000_000
    assert "At most 40 here, set by half the free memory." in workers.fault.text()
    assert workers.fault.isVisible()
    qtbot.keyClick(workers.spin, Qt.Key.Key_Down)
    assert workers.value() == 40
    assert not workers.fault.isVisible()
    qtbot.keyClick(workers.spin, Qt.Key.Key_Up)
    assert workers.value() == 40


@pytest.mark.parametrize(
    ("name", "typed", "field", "words"),
    [
        ("workersSpin", "0", "workers", "The number of workers must be at least 1, not 0."),
        ("workersSpin", "", "workers", "The number of workers is missing: it must be at least 1."),
        ("tasksSpin", "", "tasks", "The number of tasks is missing: it must be at least 0."),
        ("secondsSpin", "0", "seconds", "The number of seconds must be at least 0.1, not 0."),
        ("params.limit", "0", "params.limit", "Up to must be at least 1, not 0."),
        ("options.chunksize", "", "options.chunksize", "Chunk size is missing: it must be at least 1."),
    ],
)
def test_what_is_no_value_is_refused_and_stays_as_typed(
    qtbot: QtBot, panel: ChoicePanel, name: str, typed: str, field: str, words: str
) -> None:
    panel.models.choose("process_pool")
    panel.ending.set_value(5, 5.0)
    box = panel.findChild(QAbstractSpinBox, name)
    assert box is not None
    box.setFocus()
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    qtbot.keyClicks(box, typed)
    for _ in range(2):
        with pytest.raises(ConfigError) as caught:
            panel.config()
        assert (caught.value.field, str(caught.value)) == (field, words)
        panel.models.list.setFocus()  # leaving the field puts nothing else in its place
        box.clearFocus()
    assert panel.show_error(field, words)
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "7")
    assert panel.config()
    assert all(label.isHidden() for label in panel.findChildren(QWidget, "fault"))


def test_a_fault_goes_when_the_old_value_is_typed_again(qtbot: QtBot, panel: ChoicePanel) -> None:
    spin = panel.workers.spin
    spin.setValue(2)
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "0")
    panel.show_error("workers", "must be at least 1")
    spin.selectAll()
    qtbot.keyClicks(spin, "2")
    assert panel.workers.fault.isHidden()
    assert panel.config().workers == 2


def test_a_field_that_cannot_be_used_holds_nothing_up(panel: ChoicePanel) -> None:
    panel.workers.spin.lineEdit().setText("")
    panel.ending.seconds.lineEdit().setText("")
    panel.ending.set_value(5, None)
    panel.models.choose("sequential")
    assert panel.config().tasks == 5


def test_a_choice_that_is_not_there_gives_way_to_the_default(qtbot: QtBot) -> None:
    made = ChoicePanel(ThemeSource(), RunConfig("gone_model", "gone_work", 3, params={"x": 1}, options={"y": 2}))
    qtbot.addWidget(made)
    said = made.show_catalogue(CATALOGUE)
    assert said == [
        "There is no model 'gone_model' here: Thread pool is chosen.",
        "There is no workload 'gone_work' here: Count primes is chosen.",
    ]
    assert made.config() == RunConfig(workers=3)
    assert made.show_catalogue(CATALOGUE) == []


def test_one_at_a_time_needs_no_number(panel: ChoicePanel) -> None:
    panel.models.choose("sequential")
    assert not panel.workers.spin.isEnabled()
    assert "main thread" in panel.workers.hint.text()


def test_numbers_are_grouped_and_typed_as_one_likes(qtbot: QtBot) -> None:
    spin = NumberSpin(0, 10_000_000)
    qtbot.addWidget(spin)
    spin.setValue(1_234_567)
    assert spin.text() == f"1{THIN}234{THIN}567"
    for text in ("20 000", "20_000", f"20{THIN}000"):
        assert spin.validate(text, 0)[0] == QValidator.State.Acceptable  # type: ignore[index]
        assert spin.valueFromText(text) == 20_000
    for text in ("x", "1.5", "99 999 999", "²"):
        assert spin.validate(text, 0)[0] == QValidator.State.Invalid  # type: ignore[index]


def test_the_wheel_changes_nothing_without_focus(qtbot: QtBot) -> None:
    spin = NumberSpin(0, 100)
    qtbot.addWidget(spin)
    spin.setValue(50)
    wheel = QWheelEvent(
        QPointF(3, 3),
        QPointF(3, 3),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(spin, wheel)
    assert spin.value() == 50


@pytest.mark.parametrize(
    "config",
    [
        RunConfig(),
        RunConfig(
            "process_pool", "sha256", 3, 10, None, {"size": 64}, {"start_method": "spawn", "chunksize": 7}, seed=4
        ),
        RunConfig("thread_per_task", "sleep", 9, None, 2.5, {"seconds": 0.2}, {"join": "each", "daemon": True}),
        RunConfig("sequential", "echo", 1, None, None),
        RunConfig("thread_pool", "echo", 1, 5, 5.0, python="/opt/python3.13"),
        RunConfig(tasks=0),
        RunConfig(workers=1_000_000),
    ],
)
def test_a_choice_shown_is_the_choice_read(panel: ChoicePanel, config: RunConfig) -> None:
    panel.show_config(config)
    assert panel.config() == config


def test_before_the_catalogue_the_choice_is_kept(qtbot: QtBot) -> None:
    wanted = RunConfig("process_pool", "sha256", 3, 10, None, {"size": 64}, {"start_method": "spawn"})
    made = ChoicePanel(ThemeSource(), wanted)
    qtbot.addWidget(made)
    assert made.config() == wanted
    made.workers.spin.setValue(7)
    made.show_catalogue(CATALOGUE)
    assert made.config() == wanted.changed(workers=7)


def test_models_stand_under_their_family_and_the_impossible_are_grey(panel: ChoicePanel) -> None:
    rows = [panel.models.list.item(row) for row in range(panel.models.list.count())]
    assert [row.text() for row in rows][:3] == ["One at a time", "Sequential", "Threads"]
    grey = next(row for row in rows if row.text() == "Interpreter pool")
    assert not grey.flags() & Qt.ItemFlag.ItemIsEnabled
    assert grey.toolTip() == "It needs Python 3.14 or later."
    assert not panel.models.choose("sub_interpreters")
    assert panel.models.choose("thread_pool")
    assert "one GIL" in panel.models.summary.text()


def test_the_interpreters_are_listed_with_our_own_first(panel: ChoicePanel) -> None:
    panel.show_pythons(found_pythons(), PYTHON.executable)
    texts = [panel.python.itemText(i) for i in range(panel.python.count())]
    assert texts == ["3.11.9, GIL on", "3.14.0t, GIL off"]
    assert panel.config().python is None


def test_an_own_default_is_not_carried_to_another_interpreter(panel: ChoicePanel) -> None:
    panel.models.choose("process_pool")
    assert "start_method" not in panel.config().options


def test_faults_stand_beside_their_fields(panel: ChoicePanel) -> None:
    panel.models.choose("process_pool")
    for field in ("model", "workers", "workload", "tasks", "seconds", "python", "params.limit", "options.chunksize"):
        assert panel.show_error(field, f"wrong {field}"), field
        assert any(f"wrong {field}" in label.text() for label in panel.findChildren(QWidget, "fault")), field  # type: ignore[attr-defined]
    assert not panel.show_error("nowhere", "?")
    panel.clear_faults()
    assert all(label.isHidden() for label in panel.findChildren(QWidget, "fault"))


def test_figures_in_words() -> None:
    assert [grouped(0), grouped(999), grouped(1240)] == ["0", "999", f"1{THIN}240"]
    assert padded(3, 2000) == f"{FIGURE}{THIN}{FIGURE}{FIGURE}3"
    assert padded(13, 2000) == f"{FIGURE}{THIN}{FIGURE}13"
    assert [clock(0), clock(72.9), clock(3_725)] == ["0:00", "1:12", "1:02:05"]
    assert [rate(0), rate(0.25), rate(7.31), rate(117.6)] == ["0", "0.25", "7.3", "118"]
    assert [brief(6.2), brief(300), brief(7200 * 5)] == ["6 s", "5 min", "10 h"]
