"""Saves and copies what stands in the tabs below the charts."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget


class Processes(Protocol):
    """The table, as far as it is needed here."""

    def save_csv(self, path: str) -> None:
        """Write all rows."""

    def copy(self) -> None:
        """Copy the selected ones."""


class Messages(Protocol):
    """The messages, as far as they are needed here."""

    def save_text(self, path: str) -> None:
        """Write all of them."""


class TabActions(QObject):
    """What the menu beside the tabs does.

    Signals:
        saved(str): a file was written; its path.
        failed(str): it was not; the reason in one sentence.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent

    def attach(
        self, processes: Processes, messages: Messages, save_processes: QAction, save_messages: QAction, copy: QAction
    ) -> None:
        """Let the actions do it."""
        for action, save, name, pattern in (
            (save_processes, processes.save_csv, "processes.csv", self.tr("Comma-separated values (*.csv)")),
            (save_messages, messages.save_text, "messages.txt", self.tr("Text (*.txt)")),
        ):
            action.triggered.connect(self._saver(action.text(), save, name, pattern))
        copy.triggered.connect(lambda _checked=False: processes.copy())

    def choose_file(self, title: str, suggestion: str, pattern: str) -> str:
        """Ask where to save; empty for nowhere. Tests put another function here."""
        return QFileDialog.getSaveFileName(self._window, title, suggestion, pattern)[0]

    def _saver(self, title: str, save: Callable[[str], None], name: str, pattern: str) -> Callable[[], None]:
        def run() -> None:
            path = self.choose_file(title, name, pattern)
            if not path:
                return
            ending = name[name.rindex(".") :]
            if not path.lower().endswith(ending):
                path += ending
            try:
                save(path)
            except OSError as error:
                self.failed.emit(error.strerror or str(error))
            else:
                self.saved.emit(path)

        return run
