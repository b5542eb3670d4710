"""ProcessTable: every process and thread of the run, as a tree that can be sorted, copied and saved."""

import time
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QCursor,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from gui.figures import monospace, tabular
from gui.files import write_csv
from gui.panels.process_delegate import CellDelegate
from gui.panels.process_model import DOWN, ProcessModel, SortedProcesses
from gui.style import dress_as_card
from gui.theme import ThemeSource
from workers.insight.store import ProcessRow, RunStore, ThreadRow

EVERY_S = 0.25
"""The table follows this often: figures must stay to be read."""
CSV_HEADER = (
    "host",
    "pid",
    "parent_pid",
    "tid",
    "role",
    "state",
    "threads",
    "cpu_s",
    "cpu_percent_of_a_core",
    "rss_bytes",
    "pss_bytes",
    "uss_bytes",
    "tasks",
    "switches",
    "exit_code",
)


WIDEST = (
    "000000000000",
    "0000000",
    "resource tracker",
    "sleeping",
    "Threads",
    "6 400 m",
    "9 999.9 MiB",
    "000 000",
    "0 000 000",
    "SIGKILL",
)
"""What each column must hold."""
SPARED = ((1, 4), (8,), (3,), (6,), (9,))
"""What is left out where room is short, one after the other: Parent and Threads first, for the tree shows both; then Switches, State,
Memory, Exit. A copy and a saved table have all of them."""
GIVING = {0: 0.7, 2: 0.55, 5: 0.75, 7: 0.75}
"""PID, Role, CPU and Tasks: where even that is not enough, each gives way down to this part of its width. The first has room for deep
trees, the others for words and figures that are seldom so long."""


class ProcessTable(QTreeView):
    """A sortable tree: child processes and threads under their process. New rows are marked, ended ones stay greyed.

    Signals:
        menuAsked(int, int, QPoint): the menu of a row is wanted: PID, TID (0: of the process itself), and where on the screen.
    """

    menuAsked = Signal(int, int, QPoint)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme_source = theme
        self._store = RunStore()
        self._drawn: object = None
        self._drawn_at = 0.0
        self.setObjectName("processTable")
        self.setAccessibleName(self.tr("Processes and threads of the run"))
        self._model = ProcessModel(theme.theme, monospace(self.font(), 12 / 13), self)
        self._sorted = SortedProcesses(self._model, self)
        self.setModel(self._sorted)
        self._delegate = CellDelegate(theme.theme, tabular(self.font()), self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setIndentation(14)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(80)
        header = self.header()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(40)
        header.sectionResized.connect(self._on_section)
        self._fitting = False
        self._own_widths = False
        self._sections: list[tuple[int, int]] = []
        self._hover_y = -1
        self._ready = True
        self.setSortingEnabled(True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        theme.changed.connect(self._restyle)
        self._restyle()

    # ---- for the window -------------------------------------------------------------------------------------------
    def show_store(self, store: RunStore) -> None:
        """Show this store from now on."""
        self._store = store
        self._drawn = None
        self.update_now()

    def refresh(self) -> None:
        """Follow the store, at most four times a second, and at once when a run begins or ends."""
        store = self._store
        state = (store.started, store.ended is None, store.revision)
        if state == self._drawn:
            return
        same = isinstance(self._drawn, tuple) and self._drawn[:2] == state[:2]
        wait = self._drawn_at + EVERY_S - time.monotonic()
        if same and wait > 0:
            # The frame clock may stop before the wait is over: the last state is shown all the same.
            if not self._later.isActive():
                self._later.start(int(wait * 1000) + 1)
            return
        self.update_now()

    def update_now(self) -> None:
        """Follow the store at once."""
        store = self._store
        self._later.stop()
        self._drawn = (store.started, store.ended is None, store.revision)
        self._drawn_at = time.monotonic()
        empty = self._sorted.rowCount() == 0
        for index in self._model.update(store):
            self.setExpanded(self._sorted.mapFromSource(index), True)
        more = self._sorted.mapFromSource(self._model.more_index)
        if more.isValid() and not self.isFirstColumnSpanned(more.row(), QModelIndex()):
            self.setFirstColumnSpanned(more.row(), QModelIndex(), True)
        if empty != (self._sorted.rowCount() == 0):
            self.viewport().update()

    def save_csv(self, path: str | Path) -> None:
        """Write every process and thread that is remembered, raw values with units in the header. Raises OSError."""
        rows: list[tuple[object, ...]] = []
        for process in self._store.all_processes():
            rows.append(_process_values(process))
            rows += [_thread_values(process, thread) for thread in process.threads.values()]
        write_csv(CSV_HEADER, rows, path)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as shown, with tabs between, the titles first."""
        rows = sorted(self.selectionModel().selectedRows(0), key=_path)
        if rows:
            lines = ["\t".join(self._model.titles)]
            for first in rows:
                cells = (first.siblingAtColumn(column).data() or "" for column in range(self._sorted.columnCount()))
                lines.append("\t".join(str(cell) for cell in cells))
            QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    # ---- look and keys --------------------------------------------------------------------------------------------
    def _restyle(self) -> None:
        theme = self._theme_source.theme
        dress_as_card(self, theme, rows=True)
        self._model.restyle(theme, monospace(self.font(), 12 / 13))
        self._delegate.restyle(theme, tabular(self.font()))
        self.scheduleDelayedItemsLayout()

    def _fit_columns(self) -> None:
        """Share the width among the columns, until somebody drags one. None is narrower than its title with its arrow."""
        if self._own_widths:
            return
        metrics, titles = QFontMetricsF(tabular(self.font())), QFontMetricsF(self.header().font())
        pad = 2 * titles.horizontalAdvance("m")
        wanted = [
            max(metrics.horizontalAdvance(sample) + 12, titles.horizontalAdvance(f"{title} {DOWN}") + pad)
            for sample, title in zip(WIDEST, self._model.titles, strict=True)
        ]
        # As if the scroll bar were there: the columns stay where they are when it comes.
        bar = self.verticalScrollBar()
        room = self.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width())
        spared: set[int] = set()
        for columns in SPARED:
            if sum(width for column, width in enumerate(wanted) if column not in spared) > room:
                spared.update(columns)
        needed = sum(width for column, width in enumerate(wanted) if column not in spared)
        if needed > room:
            most = sum(wanted[column] * (1 - least) for column, least in GIVING.items())
            share = min(1.0, (needed - room) / most)
            for column, least in GIVING.items():
                title = titles.horizontalAdvance(f"{self._model.titles[column]} {DOWN}") + 1
                wanted[column] = max(title, wanted[column] * (1 - (1 - least) * share))
            needed = sum(width for column, width in enumerate(wanted) if column not in spared)
        spare = max(0.0, (room - needed) / (len(wanted) - len(spared)))
        self._fitting = True
        for column, width in enumerate(wanted):
            self.setColumnHidden(column, column in spared)
            if column in spared:
                continue
            self.header().resizeSection(column, max(40, int(width + spare)))
        self._fitting = False

    def _on_section(self) -> None:
        dragged = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        self._own_widths = self._own_widths or (dragged and not self._fitting)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type: rows, titles and columns follow at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "_ready", False):
            self._restyle()
            self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit_columns()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the fonts that hold by now and catch up."""
        super().showEvent(event)
        self._restyle()
        self._fit_columns()
        self.refresh()

    def target(self) -> tuple[int, int] | None:
        """PID and TID (0: the process itself) of the selected row, the first of several; None where there is none."""
        selected = sorted(self.selectionModel().selectedRows(0), key=_path)
        return self._target(selected[0]) if selected else None

    def place_of(self, pid: int, tid: int) -> QPoint | None:
        """Make the row of this process (TID 0) or thread the current one. Returns where it ends on the screen; None where it has none."""
        index = self._sorted.mapFromSource(self._model.find(pid, tid))
        if not index.isValid():
            return None
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())

    def _target(self, index: QModelIndex) -> tuple[int, int] | None:
        node = self._model.node(self._sorted.mapToSource(index))
        if node.process is None:
            return None
        return node.process.pid, node.row.sample.tid if isinstance(node.row, ThreadRow) else 0

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the mouse, or of the current one by key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        target = self._target(index)
        if target is not None:
            place = self.visualRect(index).bottomLeft() if by_key else event.pos()
            self.menuAsked.emit(*target, self.viewport().mapToGlobal(place))
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row: its branch lines, then every cell."""
        node = self._model.node(self._sorted.mapToSource(index))
        row, delegate = options.rect, self._delegate
        if self.selectionModel().isSelected(index) or row.top() <= self._hover_y <= row.bottom():
            painter.fillRect(row, delegate.hover)
        depth, above = 0, node
        while above.parent is not None:
            depth, above = depth + 1, above.parent
        indent = depth * self.indentation()
        spanned = len(node.cells) == 1
        for column, (left, width) in enumerate(self._sections[: len(node.cells)]):
            if not width:
                continue  # left out at this width
            rect = QRect(left, row.top(), row.width() if spanned else width, row.height())
            if column == 0:
                self.drawBranches(painter, QRect(left, row.top(), indent, row.height()), index)
                rect.setLeft(left + indent)
            delegate.paint_cell(painter, rect, self._model.painted(node, column))
        if self.hasFocus() and index == self.currentIndex().siblingAtColumn(0):
            painter.setPen(delegate.accent)
            painter.drawRect(row.adjusted(0, 0, -1, -1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or say what will appear where nothing is."""
        self._sections = [(self.columnViewportPosition(i), self.columnWidth(i)) for i in range(len(WIDEST))]
        view = self.viewport()
        self._hover_y = view.mapFromGlobal(QCursor.pos()).y() if view.underMouse() else -1
        super().paintEvent(event)
        if self._sorted.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setFont(tabular(self.font()))
            painter.setPen(QColor(self._theme_source.theme.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            text = self.tr("Press Run: every process and thread of the run is listed here.")
            painter.drawText(QRectF(self.viewport().rect()).adjusted(8, 0, -8, 0), flags, text)


def _path(index: QModelIndex) -> tuple[int, ...]:
    places: list[int] = []
    while index.isValid():
        places.append(index.row())
        index = index.parent()
    return tuple(reversed(places))


def _process_values(row: ProcessRow) -> tuple[object, ...]:
    sample = row.sample
    state = "ended" if row.ended else sample.state if sample else ""
    life = ((row.ended_ns or (sample.t_ns if sample else 0)) - (row.started_ns or 0)) / 1e9
    share = f"{row.cpu_s / life * 100:.1f}" if life > 0 else ""
    measured = (
        (sample.threads, f"{row.cpu_s:.6f}", share, sample.rss, sample.pss, sample.uss)
        if sample
        else ("", f"{row.cpu_s:.6f}", share, "", "", "")
    )
    switches = sample.switches if sample else None
    return (row.host, row.pid, row.ppid or "", "", row.role, state, *measured, row.tasks, switches, row.exit_code)


def _thread_values(process: ProcessRow, row: ThreadRow) -> tuple[object, ...]:
    sample, shares = row.sample, row.history["cpu"]
    state = "ended" if row.ended or process.ended else sample.state
    share = f"{float(shares.mean()) * 100:.1f}" if len(shares) else ""
    return (
        process.host,
        process.pid,
        process.ppid or "",
        sample.tid,
        f"{sample.role} thread",
        state,
        "",
        f"{sample.cpu_s:.6f}",
        share,
        "",
        "",
        "",
        "",
        sample.switches,
        "",
    )
