"""Saves and copies what stands in the tabs below the charts."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.files import save_as


class Processes(Protocol):
    """The table, as far as it is needed here."""

    def save_csv(self, path: str) -> None:
        """Write all rows."""

    def copy(self) -> None:
        """Copy the selected ones."""


class Output(Protocol):
    """What was printed, as far as it is needed here."""

    def save_text(self, path: str) -> None:
        """Write all of them."""


class Picture(Protocol):
    """The picture, as far as it is needed here."""

    def save_png(self, path: str) -> None:
        """Write it."""

    def copy(self) -> None:
        """Copy it."""


class Chart(Protocol):
    """A chart, as far as it is needed here."""

    title: str

    def objectName(self) -> str:
        """Its name."""

    def save_png(self, path: str | Path) -> None:
        """Write its picture."""

    def save_svg(self, path: str | Path) -> None:
        """Write it as vectors."""

    def copy_picture(self) -> None:
        """Copy it."""


class TabActions(QObject):
    """What the menus of the tabs and of the picture do.

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
        self, processes: Processes, output: Output, save_processes: QAction, save_output: QAction, copy: QAction
    ) -> None:
        """Let the actions do it."""
        for action, save, name, pattern in (
            (save_processes, processes.save_csv, "processes.csv", self.tr("Comma-separated values (*.csv)")),
            (save_output, output.save_text, "output.txt", self.tr("Text (*.txt)")),
        ):
            action.triggered.connect(self._saver(action.text(), save, name, pattern))
        copy.triggered.connect(lambda _checked=False: processes.copy())

    def attach_picture(self, picture: Picture, save: QAction, copy: QAction) -> None:
        """Let the actions save and copy the picture."""
        save.triggered.connect(
            self._saver(save.text(), picture.save_png, "picture.png", self.tr("PNG picture (*.png)"))
        )
        copy.triggered.connect(lambda _checked=False: picture.copy())

    def attach_charts(
        self, charts: Sequence[tuple["Chart", Sequence[str]]], bring: Callable[[Any], None]
    ) -> dict[str, list[QAction]]:
        """Each chart with the kinds it can be saved as: its actions, by its object name. `bring` brings it to the front."""
        from gui.charts.saves import Saves

        made = {}
        for chart, kinds in charts:
            saves = Saves(chart, self, self, kinds, partial(bring, chart))
            saves.saved.connect(self.saved)
            saves.failed.connect(self.failed)
            made[chart.objectName()] = list(saves.actions.values())
        return made

    def choose_file(self, title: str, suggestion: str, pattern: str) -> str:
        """Ask where to save; empty for nowhere. Tests put another function here."""
        return QFileDialog.getSaveFileName(self._window, title, suggestion, pattern)[0]

    def _saver(self, title: str, save: Callable[[str], None], name: str, pattern: str) -> Callable[[], None]:
        def run() -> None:
            path = self.choose_file(title, name, pattern)
            save_as(path, name[name.rindex(".") :], save, self.saved.emit, self.failed.emit)

        return run
