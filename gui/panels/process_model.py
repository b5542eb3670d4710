"""ProcessModel: processes and threads of a run as a tree, brought up to date in steps, so that selection and expansion stay."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QFont

from gui.figures import grouped
from gui.panels.process_rows import Cell, RowWords
from gui.panels.process_tree import Node, Wanted, order, ranges, wanted_rows
from gui.theme import Theme
from workers.client.stalls import OwnEnd, own_end
from workers.insight.store import LaneRow, ProcessRow, RunStore, ThreadRow

HIGHLIGHT_NS = 1_000_000_000
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
ORDER_ROLE = SORT_ROLE + 1
"""The order where no column is chosen: the living by birth, then the ended, the latest first."""
COLUMNS = ("pid", "parent", "role", "state", "threads", "cpu", "memory", "tasks", "switches", "exit")
WIDTH = len(COLUMNS)
TOLD_STALLED = (COLUMNS.index("role"), COLUMNS.index("state"))
"""Where it is told that a process stands still: the state is left out where room is short."""
NUMERIC = (4, 5, 6, 7, 8, 9)
UP, DOWN = "▴", "▾"
"""In the title and not drawn by the style, which puts its arrow over the text."""
AnyIndex = QModelIndex | QPersistentModelIndex


class ProcessModel(QAbstractItemModel):
    """The tree. `update` takes in what the store says now; it is called a few times a second, not each frame."""

    def __init__(self, theme: Theme, mono: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = RowWords(self)
        self._theme = theme
        self._mono = mono
        self.descending = False
        """How the view sorts: the counting line stays last either way."""
        self.sorted_by = -1
        """The column that is sorted by; -1 for none."""
        self.titles = (
            self.tr("PID"),
            self.tr("Parent"),
            self.tr("Role"),
            self.tr("State"),
            self.tr("Threads"),
            self.tr("CPU %"),
            self.tr("Memory"),
            self.tr("Tasks"),
            self.tr("Switches"),
            self.tr("Exit"),
        )
        self._tips = (
            self.tr("Process number; for a thread its number (TID)"),
            self.tr("The process it was started by (PPID)"),
            self.tr("What it is to the run"),
            self.tr("What the kernel says it does at present"),
            self.tr("Threads alive in the process"),
            self.tr("Of one core, over the last second; more than 100 with several threads"),
            self.tr("Resident memory (RSS): all it holds, with what it shares"),
            self.tr("Tasks that ended on it"),
            self.tr("How often the kernel put it on a core"),
            self.tr("0, its exit code, or the signal that ended it"),
        )
        self._clear()

    def _clear(self) -> None:
        self._run: object = None
        self._root = Node(0)
        self._by_number: dict[int, Node] = {}
        self._by_row: dict[int, Node] = {}
        self._numbers = 0
        self._lanes_seen = 0
        self._lanes: dict[tuple[int, int], list[LaneRow]] = {}
        """By PID and TID: the coroutines of an event loop share a thread; a number used again is another thread's."""
        self._more: Node | None = None
        self.earlier = 0
        """Ended processes that are counted and no longer shown."""

    def restyle(self, theme: Theme, mono: QFont) -> None:
        """Take colours and font; the view lays itself out anew."""
        self._theme, self._mono = theme, mono

    # ---- bringing it up to date -----------------------------------------------------------------------------------
    def update(self, store: RunStore) -> list[QModelIndex]:
        """Take in what the store says. Returns the processes that have got their first child, to be opened."""
        if store.started is not self._run:
            self.beginResetModel()
            self._clear()
            self._run = store.started
            self._words.end = own_end(store.started.config) if store.started is not None else OwnEnd.NONE
            self.endResetModel()
        for lane in store.lanes[self._lanes_seen :]:
            key = lane.info.pid, lane.info.tid
            before = self._lanes.get(key, ())
            there = (other for other in before if (other.info.ended_ns or lane.info.started_ns) >= lane.info.started_ns)
            self._lanes[key] = [*there, lane]
        self._lanes_seen = len(store.lanes)
        wanted, self.earlier = wanted_rows(store)
        self._remove(wanted)
        opened = self._insert(wanted)
        self._count_earlier()
        changed = [node for node in self._by_number.values() if not node.settled and self._describe(node, store)]
        for node in changed:
            self.dataChanged.emit(self._index(node, 0), self._index(node, WIDTH - 1))
        return [self._index(node, 0) for node in opened]

    def _remove(self, wanted: Wanted) -> None:
        def stays(node: Node) -> bool:
            entry = wanted.get(id(node.row))
            if entry is None or node.parent is None:
                return node is self._more
            return (self._root if entry[2] is None else self._by_row.get(id(entry[2]))) is node.parent

        pending = [self._root]
        while pending:
            parent = pending.pop()
            going = [node.place for node in parent.children if not stays(node)]
            for first, last in reversed(list(ranges(going))):
                self.beginRemoveRows(self._index(parent, 0), first, last)
                for node in parent.children[first : last + 1]:
                    self._forget(node)
                del parent.children[first : last + 1]
                self._renumber(parent, first)
                self.endRemoveRows()
            pending += [node for node in parent.children if node.children]

    def _forget(self, node: Node) -> None:
        for child in node.children:
            self._forget(child)
        del self._by_number[node.number]
        self._by_row.pop(id(node.row), None)

    def _insert(self, wanted: Wanted) -> list[Node]:
        opened = []
        missing = [(key, entry) for key, entry in wanted.items() if key not in self._by_row]
        while missing:
            ready: dict[tuple[int, bool], list[tuple[Any, ProcessRow]]] = {}
            later = []
            for key, (row, process, above) in missing:
                parent = self._root if above is None else self._by_row.get(id(above))
                if parent is None:
                    later.append((key, (row, process, above)))
                else:
                    ready.setdefault((parent.number, isinstance(row, ThreadRow)), []).append((row, process))
            for (number, threads), rows in ready.items():
                parent = self._by_number.get(number, self._root)
                had = any(isinstance(child.row, ProcessRow) for child in parent.children)
                self._add(parent, rows, threads)
                if parent is not self._root and not threads and not had:
                    opened.append(parent)
                if parent is self._root:
                    opened += [
                        node for node in parent.children if node.process is not None and node.process.role == "host"
                    ]
            if not ready:
                break
            missing = later
        return opened

    def _add(self, parent: Node, rows: list[tuple[Any, ProcessRow]], threads: bool) -> None:
        # Child processes stand before the threads: they are what a run is about.
        at = len(parent.children) if threads else sum(isinstance(child.row, ProcessRow) for child in parent.children)
        self.beginInsertRows(self._index(parent, 0), at, at + len(rows) - 1)
        made = []
        for row, process in rows:
            self._numbers += 1
            node = Node(self._numbers, row, process, parent, cells=self._cells(row, process))
            self._by_number[node.number] = self._by_row[id(row)] = node
            made.append(node)
        parent.children[at:at] = made
        self._renumber(parent, at)
        self.endInsertRows()

    @staticmethod
    def _renumber(parent: Node, first: int) -> None:
        for place in range(first, len(parent.children)):
            parent.children[place].place = place

    def _count_earlier(self) -> None:
        if not self.earlier:
            return
        cell = Cell(
            self.tr("and {n} earlier").format(n=grouped(self.earlier)),
            0.0,
            self.tr("Ended processes that are no longer listed"),
        )
        if self._more is None:
            at = len(self._root.children)
            self.beginInsertRows(QModelIndex(), at, at)
            self._numbers += 1
            self._more = Node(self._numbers, parent=self._root, place=at, cells=(cell,), settled=True, ended=True)
            self._by_number[self._more.number] = self._more
            self._root.children.append(self._more)
            self.endInsertRows()
        elif self._more.cells != (cell,):
            self._more.cells = (cell,)
            self.dataChanged.emit(self._index(self._more, 0), self._index(self._more, 0))

    def _cells(self, row: ProcessRow | ThreadRow, process: ProcessRow) -> tuple[Cell, ...]:
        if isinstance(row, ProcessRow):
            return self._words.process_cells(row)
        return self._words.thread_cells(process, row, self._lanes.get((process.pid, row.sample.tid), []))

    def _describe(self, node: Node, store: RunStore) -> bool:
        row, process = node.row, node.process
        if row is None or process is None:
            return False
        live = store.ended is None
        if isinstance(row, ProcessRow):
            born, ended = row.started_ns, row.ended_ns
        else:
            born, ended = None, process.ended_ns or (row.sample.t_ns if row.ended else None)
        new = live and born is not None and ended is None and store.now_ns - born < HIGHLIGHT_NS
        just = live and ended is not None and store.now_ns - ended < HIGHLIGHT_NS
        cells = self._cells(row, process)
        before = (node.cells, node.new, node.just_ended, node.ended, node.order)
        node.cells, node.new, node.just_ended, node.ended = cells, new, just, ended is not None
        node.order = order(node, isinstance(row, ThreadRow), ended, store.started.asked_ns if store.started else 0)
        # The last word on an ended process may come a little after its end; then it is settled.
        node.settled = node.ended and not just and live
        return before != (cells, new, just, node.ended, node.order)

    # ---- what Qt asks ---------------------------------------------------------------------------------------------
    def node(self, index: AnyIndex) -> Node:
        """The row behind an index; the root for an invalid one."""
        return self._by_number.get(index.internalId(), self._root) if index.isValid() else self._root

    def find(self, pid: int, tid: int = 0) -> QModelIndex:
        """The row of a living process, or of a thread of it; invalid where there is none."""
        for node in self._by_number.values():
            if node.process is None or node.process.pid != pid or node.ended:
                continue
            if (node.row.sample.tid if isinstance(node.row, ThreadRow) else 0) == tid:
                return self._index(node, 0)
        return QModelIndex()

    @property
    def more_index(self) -> QModelIndex:
        """The line that counts the earlier ones; invalid where there is none."""
        return QModelIndex() if self._more is None else self._index(self._more, 0)

    def _index(self, node: Node, column: int) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.place, column, node.number)

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a child."""
        children = self.node(parent).children
        if not (0 <= row < len(children) and 0 <= column < WIDTH):
            return QModelIndex()
        return self.createIndex(row, column, children[row].number)

    def parent(self, index: AnyIndex = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        """The index above."""
        above = self.node(index).parent
        return QModelIndex() if above is None else self._index(above, 0)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows are below."""
        return 0 if parent.isValid() and parent.column() > 0 else len(self.node(parent).children)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Always the same columns."""
        return WIDTH

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles with an arrow on the one that is sorted by, what they mean, their side, and the order of a first click."""
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                arrow = DOWN if self.descending else UP
                return f"{self.titles[section]} {arrow}" if section == self.sorted_by else self.titles[section]
            if role == Qt.ItemDataRole.InitialSortOrderRole:
                # Of numbers one wants to see the largest.
                return Qt.SortOrder.DescendingOrder if section in NUMERIC else Qt.SortOrder.AscendingOrder
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._tips[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, sort key, tooltip and look of a cell."""
        node = self._by_number.get(index.internalId()) if index.isValid() else None
        if node is None:
            return None
        column = index.column()
        if role == ORDER_ROLE:
            return float("inf") if node is self._more else node.order
        if node is self._more and role == SORT_ROLE:
            if column in (2, 3):
                return "" if self.descending else "\uffff"
            return float("-inf") if self.descending else float("inf")
        if column >= len(node.cells):
            return None
        if role == SORT_ROLE:
            return node.cells[column].key
        if role == Qt.ItemDataRole.DisplayRole:
            return node.cells[column].text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return self._look(node, column, role)

    def painted(self, node: Node, column: int) -> tuple[Any, ...]:
        """All that is painted of a cell: (text, colour or None, tint or None, font or None, alignment)."""
        roles = Qt.ItemDataRole
        color = tint = None
        if node.ended or (column in TOLD_STALLED and _stalled(node)):
            color = self._look(node, column, roles.ForegroundRole)
        if node.new or node.just_ended:
            tint = self._look(node, column, roles.BackgroundRole)
        font = self._look(node, column, roles.FontRole) if column < 2 else None
        return node.cells[column].text, color, tint, font, _ALIGNMENTS[column]

    def _look(self, node: Node, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole:
            return node.cells[column].tip or None
        if role == Qt.ItemDataRole.ForegroundRole and column in TOLD_STALLED and _stalled(node):
            return QColor(self._theme.bad)
        if role == Qt.ItemDataRole.ForegroundRole:
            failed = column == WIDTH - 1 and isinstance(node.row, ProcessRow) and bool(node.row.exit_code)
            return QColor(self._theme.bad if failed else self._theme.muted) if failed or node.ended else None
        if role == Qt.ItemDataRole.BackgroundRole and (node.new or node.just_ended):
            tint = QColor(self._theme.accent if node.new else self._theme.kinds["run_queue"])
            tint.setAlpha(44)
            return tint
        if role == Qt.ItemDataRole.FontRole and column < 2 and node is not self._more:
            font = QFont(self._mono)
            font.setBold(node.new)
            return font
        return None


class SortedProcesses(QSortFilterProxyModel):
    """Sorts on raw values; the counting line stays last."""

    def __init__(self, model: ProcessModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setSourceModel(model)
        self.sort(-1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 for the order of births and ends."""
        if column < 0:
            order = Qt.SortOrder.AscendingOrder
        self._model.descending = order == Qt.SortOrder.DescendingOrder
        self._model.sorted_by = column
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, WIDTH - 1)
        self.setSortRole(ORDER_ROLE if column < 0 else SORT_ROLE)
        super().sort(max(column, 0), order)


def _stalled(node: Node) -> bool:
    """Whether it is the row of a process that stands still."""
    return isinstance(node.row, ProcessRow) and bool(node.row.stalled) and not node.ended


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMERIC else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


_ALIGNMENTS = tuple(_alignment(column).value for column in range(WIDTH))
