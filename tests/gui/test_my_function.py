"""My function: a file is shown before anything of it runs, trusted by hand, looked at, and run like any other workload."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl, qVersion
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.modes import EXPLORE, OWN
from gui.own_sentences import OWN_SENTENCES
from gui.panels.own.page import FUNCTION, RUN, STUDY
from gui.settings import SettingsFile
from gui.translations import install, sentence, uninstall
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.own_files import KNOWN, config_of, write
from workers.contract.preflight import IDS, CheckLine, Preflight

FOUND = Preflight(
    tuple(
        CheckLine(key, key != "global_state", f"About {key}.", "Do this." if key == "global_state" else "")
        for key in IDS
    ),
    "def loop(n): ...",
    1,
    "",
    False,
    printed=("ready",),
    printed_lines=3,
)


class Ready:
    """A question that has its answer at once."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def poll(self, wait_s: float) -> Any:
        return self.answer

    def close(self) -> None:
        """Nothing."""


@pytest.fixture
def window(qtbot: QtBot, make_window: MakeWindow) -> MainWindow:
    made = make_window()
    assert made.own is not None
    shown, inputs, _ = made.own._asks
    made.own._asks = (shown, inputs, lambda config: Ready(FOUND))
    return made


def shown(qtbot: QtBot, window: MainWindow, path: str) -> None:
    """Drop a file on the window, and wait until it is shown."""
    drop(window, path)
    qtbot.waitUntil(
        lambda: window.own is not None and window.own.found is not None and window.own.found.path == path,
        timeout=30_000,
    )


def drop(window: MainWindow, path: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path)])
    entering = entered(data)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    where = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(QDropEvent(QPointF(300, 300), *where))


def entered(data: QMimeData) -> QDragEnterEvent:
    """As Qt tells that something is dragged in. From 6.12 on it is told where exactly, and the other way is deprecated."""
    where: Any = QPointF(300, 300) if tuple(map(int, qVersion().split(".")[:2])) >= (6, 12) else QPoint(300, 300)
    return QDragEnterEvent(
        where, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )


def find(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


def test_the_script_of_a_file_that_is_not_trusted_is_not_carried_out(qtbot: QtBot, window: MainWindow) -> None:
    assert window.code.may_run(config_of(KNOWN, "loop").changed(workload="sleep", params={}))
    shown(qtbot, window, KNOWN)
    with qtbot.waitSignal(window.refused):
        assert not window.code.may_run(config_of(KNOWN, "loop"))
    window.own.trust.add(window.own.found.sha256, KNOWN)  # type: ignore[union-attr]
    assert window.code.may_run(config_of(KNOWN, "loop"))


def test_the_card_says_what_was_found(qtbot: QtBot, window: MainWindow) -> None:
    shown(qtbot, window, KNOWN)
    card = window.own._page.card  # type: ignore[union-attr]
    window.panel.own.inputs.setText("range(10)")
    qtbot.mouseClick(find(window, "trustButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: card.shown is not None, timeout=30_000)
    for key in IDS:
        words = card.findChild(QWidget, f"check_{key}")
        assert words is not None
        assert words.isVisibleTo(card)
        assert f"About {key}." in words.accessibleName()
    assert card.findChild(QWidget, "remedy_global_state").isVisibleTo(card)  # type: ignore[union-attr]
    assert not card.findChild(QWidget, "remedy_memory").isVisibleTo(card)  # type: ignore[union-attr]
    qtbot.mouseClick(find(window, "preflightPrinted"), Qt.MouseButton.LeftButton)
    assert card.output.isVisible()
    assert card.output.toPlainText().startswith("ready\n… and 2 line")
    window.panel.workers.spin.setValue(3)
    assert card.state.text() == "of another choice: check again"


def test_a_run_is_like_any_other(qtbot: QtBot, window: MainWindow) -> None:
    shown(qtbot, window, KNOWN)
    with qtbot.waitSignal(window.runFinished, timeout=30_000):
        qtbot.mouseClick(find(window, "trustRunButton"), Qt.MouseButton.LeftButton)
    assert window.summary is not None
    assert window.summary["config"]["workload"] == "own_function"
    assert window.summary["config"]["tasks"] is None
    assert window.page.views.view == RUN
    assert window.stage.isVisible()
    window.workspace.choose(EXPLORE)
    assert window.panel.config().workload != "own_function"
    assert window.stage.isVisible()
    assert window.panel.workload.findData("own_function") < 0


def test_a_configuration_waits_for_its_file(qtbot: QtBot, window: MainWindow) -> None:
    """What is not known yet is asked for first: the run starts, or is refused, when it is."""
    with qtbot.waitSignal(window.refused, timeout=30_000) as refused:
        window.start(config_of(KNOWN, "loop"))
    assert refused.args is not None
    assert refused.args[0] == "params.file"
    assert window.workspace.mode == OWN
    window.own.trust.add(window.own.found.sha256, KNOWN)  # type: ignore[union-attr]
    with qtbot.waitSignal(window.runFinished, timeout=30_000):
        window.start(config_of(KNOWN, "loop"))


SEEN = {
    "range(1_000)": "0, 1, 2 …",
    "@values.csv:name": "'one', 'two', 'three'",
    ":numbers": "is seen when it runs",
}
NO_SENSE = {"range(": "none of these", "@no.csv:x": "There is no", ":nothing": "no function"}


def test_inputs_are_looked_at_while_they_are_typed_and_faults_said_beside_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    shown(qtbot, window, KNOWN)
    note, fault = window.panel.own.note, window.panel.own._rows["inputs"].fault
    # In turns, so that none finds what the one before it left.
    for (seen, said), (no_sense, why) in zip(SEEN.items(), NO_SENSE.items(), strict=True):
        type_inputs(qtbot, window, seen)
        qtbot.waitUntil(lambda said=said: said in note.text(), timeout=30_000)
        assert not fault.isVisible()
        type_inputs(qtbot, window, no_sense)
        qtbot.waitUntil(lambda why=why: why in fault.text(), timeout=30_000)


def type_inputs(qtbot: QtBot, window: MainWindow, text: str) -> None:
    window.panel.own.inputs.clear()
    qtbot.keyClicks(window.panel.own.inputs, text)


def test_a_file_that_is_no_python_is_said_and_the_next_one_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = write(tmp_path, "syntax", "def work(n):\n    return n +\n")
    drop(window, path)
    qtbot.waitUntil(lambda: "syntax.py, line 2" in window.panel.own.file_fault.text(), timeout=30_000)
    Path(path).write_text("def work(n):\n    return n\n")
    qtbot.waitUntil(lambda: window.own is not None and window.own.found is not None, timeout=30_000)
    assert window.panel.own.params()["function"] == "work", "it was mended, and is shown without being asked for"
    shown(qtbot, window, KNOWN)
    assert not window.panel.own.file_fault.isVisible()


def test_files_are_remembered(qtbot: QtBot, window: MainWindow, own_settings: Path, make_window: MakeWindow) -> None:
    shown(qtbot, window, KNOWN)
    window.close()
    kept = SettingsFile(own_settings / "settings.json").load()
    assert (kept.recent, kept.own["file"], kept.mode) == ([KNOWN], KNOWN, OWN)
    assert kept.config is not None
    assert kept.config.workload != "own_function"
    again = make_window()
    assert again.workspace.mode == OWN
    assert again.panel.own.params()["file"] == KNOWN
    assert [action.text().partition(" ")[0] for action in again.panel.own.recent.menu().actions()] == ["known.py"]


def test_which_model_is_asked_of_a_trusted_function_once_it_was_looked_at(qtbot: QtBot, window: MainWindow) -> None:
    views, desk = window.page.views, window.sweep_desk
    assert desk is not None
    form = desk.page.form
    window.workspace.choose(OWN)
    views.choose(STUDY)
    assert find(window, "ownViewStudy").isVisible()
    assert views.stack.currentWidget() is desk.page
    qtbot.waitUntil(lambda: form.outlook.text().startswith("Choose a Python file"), timeout=20_000)
    shown(qtbot, window, KNOWN)
    window.panel.own.inputs.setText("range(10)")
    window.actions_.measure.trigger()
    assert desk.shown
    qtbot.waitUntil(lambda: "not trusted yet" in form.outlook.text(), timeout=20_000)
    assert not form.start.isEnabled()
    assert window.own is not None
    assert window.own.found is not None
    window.own.trust.add(window.own.found.sha256, window.own.found.path)
    # Coming back is enough: pre-flight is asked for by itself, and shown where one was.
    views.choose(FUNCTION)
    views.choose(STUDY)
    qtbot.waitUntil(lambda: "cells" in form.outlook.text(), timeout=20_000)
    assert desk.shown
    plan = form.plan()
    assert plan.base.workload == "own_function"
    assert plan.base.params["inputs"] == "range(10)"
    assert window.own.preflight_of(window.panel.config()) is FOUND
    window.panel.own.inputs.setText("range(20)")
    window.panel.own.inputs.textEdited.emit("range(20)")
    qtbot.waitUntil(lambda: form._work is not None and form._work.params["inputs"] == "range(20)", timeout=20_000)


def test_other_things_cannot_be_dropped(window: MainWindow) -> None:
    for urls in ([QUrl.fromLocalFile("notes.txt")], []):
        data = QMimeData()
        data.setUrls(urls)
        event = entered(data)
        event.ignore()
        window.dragEnterEvent(event)
        assert not event.isAccepted()


def test_everything_has_a_name_and_a_key(window: MainWindow) -> None:
    window.workspace.choose(OWN)
    names: Callable[[str], QWidget] = lambda name: window.findChild(QWidget, name)  # type: ignore[assignment,return-value]  # noqa: E731
    for name in (
        "ownFile",
        "ownRecent",
        "ownFunction",
        "ownInputs",
        "preflightCard",
        "sourceText",
        "checkButton",
        "modeOwn",
    ):
        assert names(name).accessibleName(), name
    keys = {action.objectName(): action.shortcut().toString() for action in window.actions_.all}
    assert (keys["modeOwnAction"], keys["openFunction"], keys["checkFunction"]) == ("Ctrl+3", "Ctrl+O", "Ctrl+P")


def test_what_is_said_of_a_function_is_put_into_chinese(qapp: QCoreApplication) -> None:
    """Each sentence is still said by the part that says it, and has a translation."""
    said = "".join(path.read_text() for path in (Path(__file__).parents[2] / "workers").rglob("*.py"))
    said = re.sub(r"""["']\s+f?["']""", "", said)  # texts that go on in the next line
    assert install(qapp, "zh_CN") == "zh_CN"
    try:
        for text in OWN_SENTENCES:
            longest = max(re.split(r"\{\d\}", text), key=len).strip()
            # Some are put together of parts.
            if len(longest) > 24 and not re.search(
                "processes would stop|of them: times|of a call: threads|it ended the|prevented", longest
            ):
                assert longest in said, f"{text!r} is no longer said: change gui.own_sentences"
            filled = text.format(*(f"x{number}" for number in range(5)))
            assert re.search("[\u4e00-\u9fff]", sentence(filled)), text
    finally:
        uninstall(qapp)
