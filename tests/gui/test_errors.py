"""Errors that nobody caught."""

import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.errors import ErrorDialog, ErrorHook


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
