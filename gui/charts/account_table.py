"""AccountTable: lanes and kinds of time, in seconds and as parts of each lane's time."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui.charts.account_data import AccountData, LaneAccount
from gui.charts.account_words import AccountWords
from gui.charts.kinds import occurring
from gui.figures import grouped, percent, tabular
from gui.flat_table import FlatTable
from gui.theme import ThemeSource
from workers.insight.accounts import NAMES

FIRST = 3
"""Columns before the kinds: PID, lane, time."""
CSV_HEADER = ("kind", "pid", "tid", "name", "in_the_run", "wall_s", *(f"{name}_s" for name in NAMES))
_Index = QModelIndex | QPersistentModelIndex


def csv_rows(data: AccountData) -> list[tuple[object, ...]]:
    """All rows by CSV_HEADER, in seconds, kinds that do not occur included."""
    return [
        (
            row.kind,
            row.pid or "",
            row.tid or "",
            row.name,
            int(row.counts),
            f"{row.wall_s:.6f}",
            *(f"{seconds:.6f}" for seconds in row.seconds.tolist()),
        )
        for row in data.rows
    ]


class AccountTable(FlatTable):
    """A flat table; the run comes first. Copies what is selected, or all."""

    def __init__(self, theme: ThemeSource, words: AccountWords, parent: QWidget | None = None) -> None:
        self._model = AccountModel(words)
        super().__init__(self._model, parent)
        self._model.setParent(self)
        self._theme = theme
        self.setObjectName("accountTable")
        self.setAccessibleName(self.tr("Where the time went, as a table"))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.header().setMinimumSectionSize(40)
        self._needed = 0
        """Width of all columns with seconds and shares."""
        self._ready = True
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_data(self, data: AccountData | None) -> None:
        """Show these rows; what is selected stays."""
        if self._model.show(data):
            self._fit()

    def _restyle(self) -> None:
        theme = self._theme.theme
        self.take_colours(theme)
        self._model.font = tabular(self.font())
        self._model.muted = QColor(theme.muted)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def _fit(self) -> None:
        """All columns in sight: where seconds and shares have no room side by side, the shares alone stand in the cells."""
        self._model.brief = False
        self._needed = self._widen(10)
        self._adapt()

    def _widen(self, more: int) -> int:
        """Make the columns as wide as what is in them, and that much wider. Returns the width of all."""
        for column in range(self._model.columnCount()):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, self.columnWidth(column) + more)
        return self.header().length()

    def _adapt(self) -> None:
        brief = self._needed > self.viewport().width()
        if brief != self._model.brief:
            self._model.brief = brief
            self.scheduleDelayedItemsLayout()
            self._widen(0 if brief else 10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be more room, or less."""
        super().resizeEvent(event)
        self._adapt()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "_ready", False):
            self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the fonts that hold by now."""
        super().showEvent(event)
        self._restyle()


class AccountModel(QAbstractTableModel):
    """The rows as text."""

    def __init__(self, words: AccountWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._rows: tuple[LaneAccount, ...] = ()
        self._names: tuple[str, ...] = ()
        self.brief = False
        """Whether cells show shares alone; tooltips, copies and files have the seconds all the same."""
        self.font: object = None
        self.muted = QColor()

    def show(self, data: AccountData | None) -> bool:
        """Take other rows. Returns whether they are others than before, and not only with other figures."""
        rows = data.rows if data is not None else ()
        names = occurring(sum((row.seconds for row in rows[1:]), rows[0].seconds).tolist()) if rows else ()
        same = names == self._names and [_key(row) for row in rows] == [_key(row) for row in self._rows]
        if same:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
            return False
        self.beginResetModel()
        self._rows, self._names = rows, names
        self.endResetModel()
        return True

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """PID, lane, time, and the kinds that occur."""
        return FIRST + len(self._names) if self._rows else 0

    def text(self, row: int, column: int, brief: bool = False) -> str:
        """What stands in a cell; `brief`: without the seconds of its kind."""
        lane = self._rows[row]
        if column == 0:
            return str(lane.pid or "")
        if column == 1:
            return self._words.lane(lane)
        if column == 2:
            return self.tr("{n} s").format(n=grouped(lane.wall_s, 3))
        seconds = float(lane.seconds[NAMES.index(self._names[column - FIRST])])
        if seconds < 0.0000005:
            return "0"
        share = percent(seconds / lane.wall_s)
        if brief:
            return self.tr("{n} %").format(n=share)
        return self.tr("{s} s  {n} %").format(s=grouped(seconds, 3), n=share)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column(), self.brief)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() >= 2 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return self.font
        if role == Qt.ItemDataRole.ForegroundRole and not self._rows[index.row()].counts:
            return self.muted
        if role == Qt.ItemDataRole.ToolTipRole and index.column() >= FIRST:
            return self._words.part(self._rows[index.row()], self._names[index.column() - FIRST])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A title."""
        if orientation != Qt.Orientation.Horizontal or not self._rows:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section >= 2 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section >= FIRST:
            return self._words.kinds.meaning(self._names[section - FIRST])
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (self.tr("PID"), self.tr("lane"), self.tr("time"))
        return titles[section] if section < FIRST else self._words.kinds.word(self._names[section - FIRST])


def _key(row: LaneAccount) -> tuple[object, ...]:
    return row.kind, row.pid, row.tid, row.name
