"""PidActivityChart: one strip per process, and per worker thread where a process has several; time runs to the right.

Where more rows are there than fit they scroll.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QWidget

from gui.charts.base import LIVE_SPAN_S, Chart, Series, TimeWindow
from gui.charts.labels import Legend
from gui.charts.notes import draw_note
from gui.charts.pid_lives import StripRow
from gui.charts.pid_rows import RowFinder
from gui.charts.pid_words import Figures, PidWords
from gui.charts.strip_marks import StripMarks
from gui.charts.strips import Cells, Palette, cells, mix, paint, shared_cells
from gui.charts.telling import answered
from gui.charts.time_area import RIGHT, Columns
from gui.figures import grouped, monospace, tabular
from gui.theme import ThemeSource

LOWEST_ROW, HIGHEST_ROW = 18, 34
ROWS_EVERY_NS = 500_000_000
"""Figures change this often, and so do rows where there are very many: they must stay to be read."""
FRAME_NS = 100_000_000
"""Samples come every 100 ms and a pixel is about as much: more frames than this would show the same."""


class PidActivityChart(Chart):
    """Heat strips from the processes' real CPU share and the time they were ready but had no core.

    Signals:
        menuAsked(int, int, QPoint): the menu of a strip is wanted: PID, TID (0: of the process itself), and where on the screen.
    """

    menuAsked = Signal(int, int, QPoint)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("pidActivityChart")
        self.title = self.tr("Activity by PID")
        self.axes = ("time (s)", "CPU (share of one core)")
        self.setAccessibleName(self.tr("Activity by PID: CPU use of every process over time"))
        self.setMinimumHeight(96)
        self.head = self._legend = Legend(theme)
        self._finder = RowFinder()
        self._all: list[StripRow] = []
        self._rows: list[StripRow] = []
        """Those of them in sight."""
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setObjectName("pidActivityScrollBar")
        self._bar.setAccessibleName(self.tr("Rows of the activity chart"))
        self._bar.hide()
        self._bar.valueChanged.connect(self.refresh)
        self._chosen: object = None
        """What the rows depended on when they were found."""
        self._seen: object = None
        self._words = PidWords(self)
        self.marks = StripMarks(theme, self)
        """The events on the strips."""
        self._figures: list[Figures] = []
        self._window: TimeWindow | None = None
        self._cells: list[Cells] = []
        self._edges: NDArray[np.int64] = np.zeros(0, np.int64)
        self._pixels: NDArray[np.uint32] | None = None
        self._image: QImage | None = None
        self._row_height = LOWEST_ROW
        self._note = ""
        self._built()

    def series(self) -> Series:
        """The samples of all rows: "<pid>" or "<pid>/<tid>" -> (seconds, share of one core)."""
        window = self._window
        if window is None:
            return {}
        found: Series = {}
        for life in (life for row in self._all for life in row.lives):
            samples = life.samples()
            x = np.asarray(window.x(samples.t), np.float64)
            shown = (x >= window.start_s) & (x <= window.end_s)
            pair = (x[shown], samples.cpu[shown].astype(np.float64))
            if life.key in found:  # a PID used again
                pair = (np.concatenate((found[life.key][0], pair[0])), np.concatenate((found[life.key][1], pair[1])))
            found[life.key] = pair
        return found

    # ---- what to draw ---------------------------------------------------------------------------------------------
    def _frame_ns(self) -> int:
        return FRAME_NS

    def _state(self) -> object:
        store = self._store
        # A row that comes or goes is shown at once; where a great many do, with the next frame.
        few = len(store.lanes) < 256
        known = (len(store.processes), len(store.past), len(store.lanes), self._window is None) if few else None
        return known, self._bar.value()

    def _redraw(self) -> None:
        store = self._store
        window = self._window = TimeWindow.of(store)
        self._choose(window)
        self._note = ""
        if not self._rows:
            self._cells, self._pixels, self._image = [], None, None
            self.marks.clear()
            self._note = self._waiting_note() or (
                self.tr("The processes of the run are being looked up …")
                if store.phase.active
                else self.tr("No process of this run was seen.")
                if store.started is not None
                else self.tr(
                    "Press Run: every process gets a strip here that shows when it runs and when it waits for a core."
                )
            )
        else:
            self._make_picture(window)
        self._tell(window)
        self.update()

    def _choose(self, window: TimeWindow) -> None:
        store = self._store
        room = max(0.0, self.height() - self._top() - self._foot())
        # In presenter size a row is as much higher as its text.
        text = QFontMetricsF(self._small()).height()
        lowest = max(LOWEST_ROW, int(text) + 3)
        capacity = max(1, int(room // lowest))
        tick = store.now_ns // ROWS_EVERY_NS if window.live else store.revision
        few = len(store.lanes) < 256
        known = (len(store.processes), len(store.past), len(store.lanes)) if few else None
        found = (store, store.started, tick, known, window.live)
        if found != self._chosen:
            if not isinstance(self._chosen, tuple) or self._chosen[:2] != found[:2]:
                self._bar.setValue(0)
            self._chosen = found
            self._all = self._finder.find(store, window.zero_ns + int(window.start_s * 1e9))
            self._seen = None
        self.marks.find(store, self._all, found)
        self._place_bar(capacity, lowest)
        first = self._bar.value()
        if (first, capacity) != self._seen:
            self._seen = (first, capacity)
            self._rows = self._all[first : first + capacity]
            self._figures = [self._words.figures(row, window, self._store.now_ns) for row in self._rows]
        fit = int(room // max(1, len(self._rows)))
        self._row_height = max(lowest, min(max(HIGHEST_ROW, int(text * 2.3)), fit))

    def _place_bar(self, capacity: int, row_height: int) -> None:
        hidden = max(0, len(self._all) - capacity)
        self._bar.blockSignals(True)
        self._bar.setRange(0, hidden)
        self._bar.setPageStep(capacity)
        self._bar.blockSignals(False)
        self._bar.setVisible(hidden > 0)
        # It stands in the margin that the last time label needs anyway: the time area stays where it is.
        width = min(RIGHT - 4, self._bar.sizeHint().width())
        self._bar.setGeometry(self.width() - width, int(self._top()), width, capacity * row_height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if hidden else Qt.FocusPolicy.NoFocus)

    def _make_picture(self, window: TimeWindow) -> None:
        ratio = self.devicePixelRatioF()
        columns = self._columns()
        width = max(1, round((self.width() - columns.start - RIGHT) * ratio))
        if window.live:
            # Columns at multiples of their own width: they move along whole, and do not shimmer.
            step = int(LIVE_SPAN_S * 1e9) // width
            last = self._store.now_ns // step
            first = last - width + 1
            edges = (np.arange(first, last + 2)) * step
        else:
            first = 0
            edges = np.linspace(0, window.end_s * 1e9, width + 1).astype(np.int64) + window.zero_ns
        now = self._store.now_ns if window.live else int(edges[-1])
        self._edges = edges
        self._cells = [self._row_cells(row, edges, now) for row in self._rows]
        first_row = self._bar.value()
        in_sight = range(first_row, first_row + len(self._rows))
        self.marks.place(in_sight, edges, not window.live, columns.start, ratio, self.font())
        height = round(self._row_height * ratio)
        gap = max(2, round((4 if self._row_height >= 24 else 3) * ratio))
        self._pixels = paint(
            self._cells, height - gap, gap, round(4 * ratio), int(first), self._palette(), self._pixels
        )
        rows, wide = self._pixels.shape
        # QImage keeps no reference to the buffer: self._pixels does.
        self._image = QImage(self._pixels.data, wide, rows, wide * 4, QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(ratio)

    def _row_cells(self, row: StripRow, edges: NDArray[np.int64], now_ns: int) -> Cells:
        if row.shared:
            return shared_cells(row.segments(now_ns), edges, now_ns)
        life, started = row.last, self._store.started
        born = life.born_ns
        # A host kept ready lives before anybody asked for the run; that time is not the run's.
        if born is not None and started is not None:
            born = max(born, started.asked_ns)
        return cells(life.samples(), edges, born, life.ended_ns, now_ns)

    def _palette(self) -> Palette:
        theme = self.theme
        card, idle, muted = (QColor(c).rgb() & 0xFFFFFF for c in (theme.card, theme.kinds["idle"], theme.muted))
        return Palette(
            card=card,
            track=mix(card, idle, 0.4),
            idle=idle,
            running=QColor(theme.kinds["running"]).rgb() & 0xFFFFFF,
            run_queue=QColor(theme.kinds["run_queue"]).rgb() & 0xFFFFFF,
            hatch=mix(card, muted, 0.45),
        )

    def _tell(self, window: TimeWindow) -> None:
        description = self.marks.description() if self._rows else ""
        if description != self.accessibleDescription():
            self.setAccessibleDescription(description)
        if not self._rows:
            self._legend.show_items(())
            return
        span = self.tr("last {n} s").format(n=f"{LIVE_SPAN_S:.0f}") if window.live else self.tr("whole run")
        if len(self._all) > len(self._rows):
            first = self._bar.value() + 1
            rows = self.tr("rows {a} to {b} of {n}").format(
                a=first, b=first + len(self._rows) - 1, n=grouped(len(self._all))
            )
            span = f"{rows}  ·  {span}"
        self._legend.show_items(
            (
                ("running", self.tr("running")),
                ("run_queue", self.tr("waiting for a core")),
                ("hatch", self.tr("no sample")),
            ),
            span,
        )

    # ---- painting -------------------------------------------------------------------------------------------------
    def _small(self) -> QFont:
        return tabular(self.font(), 12 / 13)

    def _columns(self) -> Columns:
        return Columns.of(self.font(), self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the strips and write the figures before them."""
        painter = QPainter(self)
        if not self._rows or self._image is None:
            draw_note(painter, QRectF(self.rect()), self._note, self._theme_source, self)
            return
        columns, small, mono = self._columns(), self._small(), monospace(self.font(), 12 / 13)
        top = self._top()
        painter.drawImage(QPointF(columns.start, top), self._image)
        theme = self.theme
        text, muted = QColor(theme.text), QColor(theme.muted)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(muted)
        painter.drawText(QRectF(0, 0, columns.role, top - 4), left | middle, self.tr("PID"))
        share = QFontMetricsF(small).horizontalAdvance("6 400 %") + 8
        roles = QRectF(columns.role, 0, columns.cpu - columns.role - share, top - 4)
        shares = QRectF(columns.role, 0, columns.cpu - columns.role, top - 4)
        counts = QRectF(columns.cpu, 0, columns.tasks - columns.cpu, top - 4)
        if columns.has_role:
            painter.drawText(roles, left | middle, self.tr("role"))
        if columns.has_cpu:
            painter.drawText(shares, right | middle, self.tr("CPU"))
        if columns.has_tasks:
            painter.drawText(counts, right | middle, self.tr("tasks"))
        for i, (number, role, cpu, tasks, gone, stalled) in enumerate(self._figures):
            y, height = top + i * self._row_height, self._row_height - 3.0
            indent = 10.0 if self._rows[i].thread is not None else 0.0
            painter.setFont(mono)
            painter.setPen(QColor(theme.bad) if stalled else muted if gone or indent else text)
            painter.drawText(QRectF(indent, y, columns.role - indent, height), left | middle, number)
            painter.setFont(small)
            painter.setPen(muted)
            for box in (roles, shares, counts):
                box.setTop(y)
                box.setHeight(height)
            if columns.has_role:
                painter.drawText(roles, left | middle, role)
            if columns.has_tasks:
                painter.drawText(counts, right | middle, tasks)
            painter.setPen(muted if gone else QColor(theme.bad) if stalled else text)
            if columns.has_cpu:
                painter.drawText(shares, right | middle, cpu)

        painter.setFont(small)
        strip = self._row_height - (4.0 if self._row_height >= 24 else 3.0)
        self.marks.draw(painter, top, self._row_height, strip, self.width() - RIGHT)
        self.marks.draw_legend(painter, QRectF(columns.start, 0, self.width() - columns.start - RIGHT, top - 4))
        self._draw_times(painter, columns)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _draw_times(self, painter: QPainter, columns: Columns) -> None:
        """The same labels as under the throughput curve, below each other."""
        window = self._window
        if window is None:
            return
        painter.setFont(self._small())
        painter.setPen(QColor(self.theme.muted))
        metrics = QFontMetricsF(self._small())
        wide = self.width() - columns.start - RIGHT
        top, taken = self.height() - self._foot() + 4, float("inf")
        for t, words in reversed(self._time_ticks(window)):
            x = columns.start + (t - window.start_s) / (window.end_s - window.start_s) * wide
            half = metrics.horizontalAdvance(words) / 2
            if x + half + 6 <= taken:
                taken = x - half
                painter.drawText(QPointF(x - half, top + metrics.ascent()), words)

    def _top(self) -> float:
        return float(int(QFontMetricsF(self._small()).height()) + 4)

    def _foot(self) -> float:
        return float(int(QFontMetricsF(self._small()).height()) + 6)

    # ---- scrolling ------------------------------------------------------------------------------------------------
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the rows, where not all of them fit."""
        if self._bar.maximum() and event.angleDelta().y():
            steps = max(1, abs(event.angleDelta().y()) // 60)
            self._bar.setValue(self._bar.value() - (steps if event.angleDelta().y() > 0 else -steps))
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys scroll by a row, page keys by what is in sight, Home and End to the ends."""
        page = self._bar.pageStep()
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -self._bar.maximum(),
            Qt.Key.Key_End: self._bar.maximum(),
        }.get(Qt.Key(event.key()))
        if steps is None or not self._bar.maximum():
            super().keyPressEvent(event)
            return
        self._bar.setValue(self._bar.value() + steps)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the strip under the mouse."""
        i = int((event.pos().y() - self._top()) // self._row_height)
        if event.pos().y() >= self._top() and i < len(self._rows):
            life = self._rows[i].last
            self.menuAsked.emit(
                life.process.pid, life.thread.sample.tid if life.thread is not None else 0, event.globalPos()
            )
            event.accept()

    # ---- hover ----------------------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Answer a question for a tooltip with what is under the mouse."""
        return answered(self, event, self) or super().event(event)

    def words_at(self, point: QPointF) -> str:
        """What the chart can say about a point: events there, who, when, how much; empty outside the rows."""
        if self._window is None or not self._rows:
            return ""
        if point.y() < self._top():
            return "\n".join(self.marks.all_words()) if point.x() >= self._columns().start else ""
        i = int((point.y() - self._top()) // self._row_height)
        if i >= len(self._cells):
            return ""
        row = self._rows[i]
        column = int((point.x() - self._columns().start) * self.devicePixelRatioF())
        if not 0 <= column < len(self._cells[i].cpu):
            return "\n".join(self._words.who(row.last))
        life = row.at(int(self._edges[column + 1]))
        seconds = self._window.x(int(self._edges[column]))
        words = self._words.cell(life, row.shared, seconds, self._cells[i], column)
        return "\n".join((*self.marks.words_at(i, point.x()), words))
