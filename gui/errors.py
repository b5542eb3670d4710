"""Errors of our own that nobody caught: shown once, with details to copy, and counted. The window goes on."""

import sys
import time
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

_KEPT = 20
"""Tracebacks kept in the dialog; the rest is only counted."""
_ANEW_S = 1.0
"""A flood of errors has what else there is to say gathered no more often than this."""


class ErrorHook(QObject):
    """Takes the place of sys.excepthook; may be called in any thread.

    Signals:
        raised(str, str): an error's last line and its whole traceback; delivered in the hook's own thread.
    """

    raised = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self._before: Callable[..., object] | None = None

    def install(self) -> None:
        """From now on uncaught errors come here."""
        self._before = sys.excepthook
        sys.excepthook = self._take

    def remove(self) -> None:
        """Give sys.excepthook back to whom it belonged."""
        if self._before is not None:
            sys.excepthook, self._before = self._before, None

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.count += 1
        text = "".join(traceback.format_exception(kind, error, trace))
        if sys.stderr is not None:
            sys.stderr.write(text)
        self.raised.emit("".join(traceback.format_exception_only(kind, error)).strip(), text)


class ErrorDialog(QDialog):
    """What went wrong, what now, and the details to copy. Does not block the window."""

    def __init__(self, parent: QWidget | None = None, gather: Callable[[], str] = str) -> None:
        """`gather` says what else is to be known: versions, the run, the last output."""
        super().__init__(parent)
        self.setObjectName("errorDialog")
        self.setWindowTitle(self.tr("Something went wrong in Threadmill"))
        self._texts: list[str] = []
        self._count = 0
        self._gather, self._gathered, self._more = gather, -_ANEW_S, ""
        self.headline = QLabel()
        self.headline.setWordWrap(True)
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setObjectName("errorDetails")
        self.details.setAccessibleName(self.tr("Details of the error"))
        self.copy = QPushButton(self.tr("Copy details"))
        self.copy.setObjectName("errorCopy")
        self.copy.setAccessibleName(self.copy.text())
        self.copy.clicked.connect(self._copy)
        self.shut = QPushButton(self.tr("Close"))
        self.shut.setObjectName("errorClose")
        self.shut.setAccessibleName(self.shut.text())
        self.shut.setDefault(True)
        self.shut.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.copy)
        buttons.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.addWidget(self.headline)
        layout.addWidget(self.details, 1)
        layout.addLayout(buttons)
        self.resize(760, 460)

    def add(self, headline: str, details: str) -> None:
        """Show one more error."""
        self._count += 1
        if len(self._texts) < _KEPT:
            self._texts.append(details)
        lead = self.tr("An error that Threadmill did not expect: {0}").format(headline)
        if self._count > 1:
            lead = self.tr("{0} errors that Threadmill did not expect; the latest: {1}").format(self._count, headline)
        advice = self.tr("The window goes on. If it behaves oddly, restart it; please report the details below.")
        self.headline.setText(f"{lead}\n{advice}")
        if time.monotonic() - self._gathered >= _ANEW_S:
            self._gathered = time.monotonic()
            self._more = self._gather_more()
        self.details.setPlainText("\n".join(filter(None, (*self._texts, self._more))))
        self.show()

    def _gather_more(self) -> str:
        try:
            return self._gather()
        except Exception as error:  # noqa: BLE001 - this is how errors are told: another one must not come of it
            return f"{type(error).__name__}: {error}"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
