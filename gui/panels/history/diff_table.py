"""DiffTable: B against A, line by line, numbers under each other."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gui.figures import tabular
from gui.flat_table import FlatTable
from gui.theme import ThemeSource
from gui.translations import compared
from gui.words import THIN
from workers.recordings import words
from workers.recordings.diff import Diff, Line
from workers.recordings.figures import percent

WHAT, A, B, DIFFERENCE, RELATIVE = range(5)
SPAN = 12
"""Pixels between two columns."""
_Index = QModelIndex | QPersistentModelIndex
_SIGNS = {
    "faster": "▲",
    "longer": "▲",
    "more": "▲",
    "slower": "▼",
    "shorter": "▼",
    "less": "▼",
    "new": "+",
    "gone": "−",
    "changed": "≠",
}


class DiffModel(QAbstractTableModel):
    """The lines as text, sections between them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Line | None, tuple[str, ...]]] = []
        self.font = QFont()
        self.muted = self.strong = QColor()
        self.brief = False
        """Whether A and B are without what part of the whole they are, and the last column without its word: its sign says the same."""

    def show(self, diff: Diff | None) -> None:
        """Take other lines."""
        self.beginResetModel()
        self._rows, section = [], ""
        for line in diff.lines if diff is not None else ():
            if line.section != section:
                section = line.section
                self._rows.append((None, (compared(words.SECTIONS[section]), "", "", "", "")))
            a, b, difference, relative = words.cells(line, compared, THIN)
            sign = _SIGNS.get(line.direction, "")
            self._rows.append((line, (words.label(line, compared), a, b, difference, f"{relative} {sign}".strip())))
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """What a row is about; None for the head of a section."""
        return self._rows[row][0]

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        line, texts = self._rows[row]
        if not self.brief or line is None or not line.unit:
            return texts[column]
        if column in (A, B):
            return texts[column].partition("  ")[0]
        if column == RELATIVE and line.relative is not None and line.direction != "same":
            return f"{percent(line.relative, sign=True)} {_SIGNS[line.direction]}"
        return texts[column]

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """What, A, B, the difference, and what that is of A."""
        return 5

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        line, texts = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == WHAT else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            font = QFont(self.font)
            if line is None:
                font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.muted if line is None or line.direction == "same" else self.strong
        if role == Qt.ItemDataRole.ToolTipRole:
            return "   ".join(filter(None, texts))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, texts)) if index.column() == WHAT else texts[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A title."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.data_side(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return ("", compared("A"), compared("B"), compared("B - A"), "")[section]
        return None

    @staticmethod
    def data_side(column: int) -> Qt.AlignmentFlag:
        """Where a title stands: over what it is of."""
        side = Qt.AlignmentFlag.AlignLeft if column == WHAT else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class DiffTable(FlatTable):
    """Flat; the heads of sections span it. Ctrl+C copies the selected lines, or all."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        self._model = DiffModel()
        super().__init__(self._model, parent)
        self._model.setParent(self)
        self._theme = theme
        self.setObjectName("diffTable")
        self.setAccessibleName(self.tr("How run B differs from run A"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setMinimumSectionSize(20)
        self.header().setSectionsMovable(False)
        self._ready = True
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def lines(self) -> DiffModel:
        """What stands in it."""
        return self._model

    def show_diff(self, diff: Diff | None) -> None:
        """Show it."""
        self._model.show(diff)
        for row in range(self._model.rowCount()):
            self.setFirstColumnSpanned(row, self.rootIndex(), self._model.line(row) is None)
        self._fit()

    def _restyle(self) -> None:
        theme = self._theme.theme
        self.take_colours(theme)
        self._model.font = tabular(self.font(), 12 / 13)
        self._model.muted, self._model.strong = QColor(theme.muted), QColor(theme.text)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def _fit(self) -> None:
        """Each column as wide as its words; what is left is the first one's. Where it is too narrow long texts give way first."""
        metrics = QFontMetrics(self._model.font)
        room, least = self.viewport().width() - 4, metrics.averageCharWidth() * 15
        self._model.brief = False
        widths = self._widths(metrics)
        # The last column says how much as well, and which way.
        narrow = sum(widths[1:]) + min(widths[WHAT], least) > room
        self.setColumnHidden(DIFFERENCE, narrow)
        if narrow and sum(widths[1:]) - widths[DIFFERENCE] + min(widths[WHAT], least) > room:
            self._model.brief = True
            widths = self._widths(metrics)
        if narrow:
            widths[DIFFERENCE] = 0
        for column in (A, B, DIFFERENCE, RELATIVE):
            self.setColumnWidth(column, widths[column])
        # Never wider than it needs: a figure far from its name is hard to read.
        self.setColumnWidth(WHAT, max(min(room - sum(widths[1:]), widths[WHAT] + 3 * SPAN), min(widths[WHAT], 90)))
        self.viewport().update()

    def _widths(self, metrics: QFontMetrics) -> list[int]:
        """How wide the words of each column are."""
        widths = [0] * 5
        for row in range(self._model.rowCount()):
            line = self._model.line(row)
            if line is None:
                continue
            for column in range(5):
                # Of settings and paths no column is wide; of figures all are as wide as they need.
                most = 10_000 if line.unit or column in (WHAT, RELATIVE) else metrics.averageCharWidth() * 16
                wide = min(most, metrics.horizontalAdvance(self._model.text(row, column)))
                widths[column] = max(widths[column], wide + SPAN)
        return widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first column follows."""
        super().resizeEvent(event)
        if getattr(self, "_ready", False):
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "_ready", False):
            self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the fonts that hold by now."""
        super().showEvent(event)
        self._restyle()
