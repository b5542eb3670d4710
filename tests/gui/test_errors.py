"""Errors that nobody caught."""

import platform
import sys
import threading
from importlib.metadata import version as installed

import PySide6
import pytest
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.errors import ErrorDialog, ErrorHook
from gui.report import details
from gui.version import version
from tests.gui.conftest import MakeWindow
from workers.contract.batch import Batch, TextLine
from workers.contract.config import RunConfig


def _raised(text: str) -> BaseException:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_the_hook_counts_and_hands_on_from_any_thread(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.excepthook
    hook = ErrorHook()
    hook.install()
    try:
        error = _raised("first")
        with qtbot.waitSignal(hook.raised, timeout=20_000) as told:
            sys.excepthook(type(error), error, error.__traceback__)
        assert told.args is not None
        assert told.args[0] == "ValueError: first"
        assert "Traceback" in told.args[1]
        with qtbot.waitSignal(hook.raised, timeout=20_000):
            thread = threading.Thread(target=lambda: sys.excepthook(type(error), error, None))
            thread.start()
        thread.join(1.0)
        assert hook.count == 2
    finally:
        hook.remove()
    assert sys.excepthook is before
    assert "ValueError: first" in capsys.readouterr().err


def test_the_dialog_tells_and_copies(qtbot: QtBot) -> None:
    dialog = ErrorDialog()
    qtbot.addWidget(dialog)
    dialog.add("ValueError: one", "Traceback one")
    assert dialog.isVisible()
    assert not dialog.isModal()
    for number in range(40):
        dialog.add(f"ValueError: {number}", f"Traceback {number}")
    assert "41 errors" in dialog.headline.text()
    assert "ValueError: 39" in dialog.headline.text()
    assert dialog.details.toPlainText().count("Traceback") == 20
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.details.toPlainText()
    dialog.shut.click()
    assert not dialog.isVisible()


def test_the_details_say_what_runs_where_and_what_was_said_last(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    assert "No run yet." in details(window)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("process_pool", "count_primes", 2, 300, seed=77))
    dialog = ErrorDialog(window, lambda: details(window))
    dialog.add("ValueError: one", "Traceback one")
    text = dialog.details.toPlainText()
    assert text.startswith("Traceback one")
    for words in (
        f"Threadmill {version()}", f"CPython {sys.version.split()[0]}, {sys.executable}", f"PySide6 {PySide6.__version__}",
        f"Qt {qVersion()}", f"pyqtgraph {installed('pyqtgraph')}", f"numpy {installed('numpy')}", platform.platform(),
        "Interpreter of the runs: cpython 3.11.9, /usr/bin/python3", "Start method: fork (the default)", '"seed": 77', "It is: finished",
    ):  # fmt: skip
        assert words in text, words
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == text
    dialog.shut.click()


def test_the_details_have_the_last_two_hundred_lines(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("thread_pool", "count_primes", 2, 100))
    store = window.store
    at = store.now_ns + 1
    lines = tuple(TextLine(at + i, 1, 1, "stdout", f"line {i}\x1b[31m!") for i in range(500))
    store.apply(Batch(at, store.phase, store.counts, texts=lines))
    text = details(window)
    head, *said = text.split("\n\n")[-1].splitlines()
    assert head == "The last 200 lines of output and events:"
    assert len(said) == 200
    assert said[-1].endswith("PID 1  line 499!")


def test_what_fails_while_details_are_gathered_does_no_harm(qtbot: QtBot) -> None:
    def fails() -> str:
        raise RuntimeError("not now")

    dialog = ErrorDialog(gather=fails)
    qtbot.addWidget(dialog)
    dialog.add("ValueError: one", "Traceback one")
    assert dialog.details.toPlainText() == "Traceback one\nRuntimeError: not now"
