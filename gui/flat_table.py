"""FlatTable: what tables of figures share: rows without branches, copied as text with Ctrl+C, in the colours of a card."""

from typing import Protocol, cast

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from gui.style import dress_as_card
from gui.theme import Theme


class Texts(Protocol):
    """What of a model is copied."""

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""


class FlatTable(QTreeView):
    """Several rows can be selected; nothing is edited, and Tab leaves it."""

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        """`model` has a `text(row, column)` as well: see Texts."""
        super().__init__(parent)
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.header().setStretchLastSection(False)

    def copy(self) -> None:
        """Put the selected rows, or all where none is, on the clipboard: as shown, with tabs between, the titles first."""
        model, texts = self.model(), cast(Texts, self.model())
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows(0)) or range(model.rowCount())
        columns = range(model.columnCount())
        lines = [[str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]]
        lines += [[texts.text(row, column) for column in columns] for row in chosen]
        QGuiApplication.clipboard().setText("".join("\t".join(line).rstrip("\t") + "\n" for line in lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    def take_colours(self, theme: Theme) -> None:
        """Those of a card."""
        dress_as_card(self, theme, rows=True)
