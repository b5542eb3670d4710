"""WaitSums: what was waited for in a run, how often and how long: the table beside the picture of the waits."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from gui.charts.durations import duration
from gui.charts.strip_marks import as_tooltip
from gui.figures import UNKNOWN, grouped, tabular
from gui.flat_table import FlatTable
from gui.lane_words import in_words
from workers.contract.lanes import short
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

MOST = 200
"""Rows; those that took the most."""
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class WaitRow:
    """All waits of one kind for one thing."""

    kind: SpanKind
    name: str
    count: int
    seconds: float
    longest_s: float
    holder: str
    """Who held it most often; empty where that is not known."""
    several: bool = False
    """Whether it is a semaphore, that several can have at once."""


def read(store: RunStore) -> tuple[WaitRow, ...]:
    """The sums of a run's waits, those under way included, the longest together first. Waits of start-up are none of the tasks'."""
    if store.figures is None:
        return ()
    found: dict[tuple[SpanKind, str], WaitRow] = {}
    for wait in store.figures.follow(store).waits.sums(store):
        if wait.kind != SpanKind.START_UP:
            by = wait.held_by
            holder = short(store.lanes[by].info) if by is not None and by < len(store.lanes) else ""
            found[wait.kind, wait.name] = WaitRow(
                wait.kind, wait.name, wait.count, wait.seconds, wait.longest_s, holder, wait.several
            )
    for row in store.lanes if store.ended is None else ():
        info = row.info
        if not info.waiting_since_ns:
            continue
        key = SpanKind[info.waiting_kind.upper()] if info.waiting_kind else SpanKind.LOCK, info.waiting_for
        had = found.get(key, WaitRow(*key, 0, 0.0, 0.0, ""))
        now = max(0.0, (store.now_ns - info.waiting_since_ns) / 1e9)
        found[key] = WaitRow(*key, had.count + 1, had.seconds + now, max(had.longest_s, now), had.holder, had.several)
    return tuple(sorted(found.values(), key=lambda row: -row.seconds)[:MOST])


class WaitSums(FlatTable):
    """A flat table. Copies what is selected, or all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._model = WaitSumsModel()
        super().__init__(self._model, parent)
        self._model.setParent(self)
        self.setObjectName("waitSums")
        self.setAccessibleName(self.tr("What was waited for, how often and how long"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setMinimumSectionSize(32)
        for column in range(self._model.columnCount()):
            # Names give way, numbers do not; the tooltip has the whole name.
            stretches = column in (0, 4)
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        self._model.font = tabular(self.font())

    @property
    def rows(self) -> tuple[WaitRow, ...]:
        """What is shown."""
        return self._model.rows

    def show_rows(self, rows: tuple[WaitRow, ...]) -> None:
        """Show these; what is selected stays."""
        self._model.show(rows)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self._model.font = tabular(self.font())
            self.scheduleDelayedItemsLayout()


class WaitSumsModel(QAbstractTableModel):
    """The rows of a WaitSums."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[WaitRow, ...] = ()
        self.font: object = None

    def show(self, rows: tuple[WaitRow, ...]) -> None:
        """Take these rows; nothing is rebuilt where only numbers changed."""
        if rows == self.rows:
            return
        same = [row.name for row in rows] == [row.name for row in self.rows] and len(rows) == len(self.rows)
        if same:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self.columnCount() - 1))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """One for each thing."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Name, times, together, longest, holder."""
        return 0 if parent is not None and parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles, and what they mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        titles = (
            self.tr("Waited for"),
            self.tr("times"),
            self.tr("together"),
            self.tr("longest"),
            self.tr("held by"),
        )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return {
                2: self.tr("By all lanes together: where several wait at once, it is more than the run was long."),
                4: self.tr("Who held it most often. Of a semaphore it is not recorded who has its permits."),
            }.get(section)
        return titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The figures; a tooltip says all of the row."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            titles = [str(self.headerData(column, Qt.Orientation.Horizontal)) for column in range(5)]
            said = "\n".join(f"{title}: {self.text(index.row(), column)}" for column, title in enumerate(titles))
            return as_tooltip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        if role == Qt.ItemDataRole.FontRole:
            return self.font
        return None

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        one = self.rows[row]
        if column == 0:
            return in_words(one.name) if one.name else self.kind(one.kind)
        if column == 1:
            return grouped(one.count)
        if column == 4:
            if one.several:
                return self.tr("others")
            return in_words(one.holder) if one.holder else UNKNOWN if one.kind == SpanKind.LOCK else ""
        return duration(one.seconds if column == 2 else one.longest_s)

    def kind(self, kind: SpanKind) -> str:
        """What a wait without a name is for."""
        return {
            SpanKind.LOCK: self.tr("a lock"),
            SpanKind.QUEUE: self.tr("room in the queue, or the next task"),
            SpanKind.JOIN: self.tr("the end of others"),
            SpanKind.RESULT: self.tr("results"),
            SpanKind.IO: self.tr("sleep"),
        }.get(kind, kind.word)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (1, 2, 3) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
