"""PidActivityChart: one strip per process, and per worker thread where a process has several; time runs to the right."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gui.charts.base import LIVE_SPAN_S, Chart, Series, TimeWindow
from gui.charts.labels import Legend
from gui.charts.notes import draw_note
from gui.charts.pid_rows import RowFinder, StripRow
from gui.charts.strips import KNOWN, UNKNOWN, Cells, Palette, cells, mix, paint
from gui.charts.time_area import RIGHT, Columns
from gui.figures import MINUS, grouped, monospace, percent, tabular
from gui.figures import UNKNOWN as DASH
from gui.theme import ThemeSource

LOWEST_ROW, HIGHEST_ROW = 18, 34
ROWS_EVERY_NS = 500_000_000
"""Where not all rows fit they are chosen anew this often, and figures change this often: a row must stay to be read."""
FRAME_NS = 100_000_000
"""Samples come every 100 ms and a pixel is about as much: more frames than this would show the same."""


class PidActivityChart(Chart):
    """Heat strips from the processes' real CPU share and the time they were ready but had no core."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("pidActivityChart")
        self.title = self.tr("Activity by PID")
        self.axes = ("time (s)", "CPU (share of one core)")
        self.setAccessibleName(self.tr("Activity by PID: CPU use of every process over time"))
        self.setMinimumHeight(96)
        self.head = self._legend = Legend(theme)
        self._finder = RowFinder()
        self._rows: list[StripRow] = []
        self._hidden = 0
        self._chosen: object = None
        self._figures: list[tuple[str, str, str, str, bool]] = []
        self._window: TimeWindow | None = None
        self._cells: list[Cells] = []
        self._edges: NDArray[np.int64] = np.zeros(0, np.int64)
        self._pixels: NDArray[np.uint32] | None = None
        self._image: QImage | None = None
        self._row_height = LOWEST_ROW
        self._note = ""
        self.refresh()

    def series(self) -> Series:
        """The samples of the rows drawn: "<pid>" or "<pid>/<tid>" -> (seconds, share of one core)."""
        window = self._window
        if window is None:
            return {}
        found: Series = {}
        for row in self._rows:
            samples = row.samples()
            x = np.asarray(window.x(samples.t), np.float64)
            shown = (x >= window.start_s) & (x <= window.end_s)
            found[row.key] = (x[shown], samples.cpu[shown].astype(np.float64))
        return found

    # ---- what to draw ---------------------------------------------------------------------------------------------
    def _frame_ns(self) -> int:
        return FRAME_NS

    def _state(self) -> object:
        store = self._store
        # A row that comes or goes is shown at once; where a great many do, with the next frame.
        few = len(store.lanes) < 256
        return (len(store.processes), len(store.past), len(store.lanes), self._window is None) if few else None

    def _redraw(self) -> None:
        store = self._store
        window = self._window = TimeWindow.of(store)
        self._choose(window)
        self._note = ""
        if not self._rows:
            self._cells, self._pixels, self._image = [], None, None
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
        head = QFontMetricsF(self._small()).height() + 4
        room = max(0.0, self.height() - head)
        # In presenter size a row is as much higher as its text.
        text = QFontMetricsF(self._small()).height()
        lowest = max(LOWEST_ROW, int(text) + 3)
        capacity = max(1, int(room // lowest))
        tick = store.now_ns // ROWS_EVERY_NS if window.live else store.revision
        crowded = self._hidden > 0
        chosen = (
            store.started,
            tick,
            capacity,
            None if crowded else (len(store.processes), len(store.lanes)),
            window.live,
        )
        if chosen != self._chosen:
            self._chosen = chosen
            self._rows, self._hidden = self._finder.find(store, capacity, window.zero_ns + int(window.start_s * 1e9))
            self._figures = [self._figure(row, window) for row in self._rows]
        fit = int(room // max(1, len(self._rows)))
        self._row_height = max(lowest, min(max(HIGHEST_ROW, int(text * 2.3)), fit))

    def _figure(self, row: StripRow, window: TimeWindow) -> tuple[str, str, str, str, bool]:
        """PID or TID, role, CPU, tasks, and whether it is gone while the run goes on."""
        gone = window.live and row.ended_ns is not None
        if row.thread is None:
            number, role = str(row.process.pid), self._role(row.process.role)
        else:
            number, role = str(row.thread.sample.tid), self.tr("thread {n}").format(n=row.number)
        share = row.samples().cpu
        if gone:
            cpu = self.tr("ended")
        elif not len(share):
            cpu = DASH
        else:
            # Live: the last second, for a figure that can be read. Afterwards: the mean of all.
            cpu = self.tr("{n} %").format(n=percent(float((share[-10:] if window.live else share).mean())))
        return number, role, cpu, grouped(row.tasks), gone

    def _role(self, role: str) -> str:
        known = {
            "host": self.tr("main"),
            "worker": self.tr("worker"),
            "forkserver": self.tr("forkserver"),
            "resource_tracker": self.tr("tracker"),
            "manager": self.tr("manager"),
            "child": self.tr("child"),
        }
        return known.get(role, role)

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
        self._cells = [cells(row.samples(), edges, row.born_ns, row.ended_ns, now) for row in self._rows]
        height = round(self._row_height * ratio)
        gap = max(2, round((4 if self._row_height >= 24 else 3) * ratio))
        self._pixels = paint(
            self._cells, height - gap, gap, round(4 * ratio), int(first), self._palette(), self._pixels
        )
        rows, wide = self._pixels.shape
        # QImage keeps no reference to the buffer: self._pixels does.
        self._image = QImage(self._pixels.data, wide, rows, wide * 4, QImage.Format.Format_RGB32)
        self._image.setDevicePixelRatio(ratio)

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
        if not self._rows:
            self._legend.show_items(())
            return
        span = (
            self.tr("last {n} s").format(n=f"{LIVE_SPAN_S:.0f}")
            if window.live
            else (self.tr("whole run, {n} s").format(n=grouped(window.end_s, 1)))
        )
        if self._hidden:
            more = self.tr("+ {n} more, see Processes").format(n=grouped(self._hidden))
            span = f"{more}  ·  {span}"
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
        return Columns.of(self.font())

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
        painter.drawText(QRectF(columns.role, 0, columns.cpu, top - 4), left | middle, self.tr("role"))
        painter.drawText(QRectF(columns.role, 0, columns.cpu - columns.role, top - 4), right | middle, self.tr("CPU"))
        painter.drawText(QRectF(columns.cpu, 0, columns.tasks - columns.cpu, top - 4), right | middle, self.tr("tasks"))
        for i, (number, role, cpu, tasks, gone) in enumerate(self._figures):
            y, height = top + i * self._row_height, self._row_height - 3.0
            indent = 10.0 if self._rows[i].thread is not None else 0.0
            painter.setFont(mono)
            painter.setPen(muted if gone or indent else text)
            painter.drawText(QRectF(indent, y, columns.role - indent, height), left | middle, number)
            painter.setFont(small)
            painter.setPen(muted)
            painter.drawText(QRectF(columns.role, y, columns.cpu - columns.role - 60, height), left | middle, role)
            painter.drawText(QRectF(columns.cpu, y, columns.tasks - columns.cpu, height), right | middle, tasks)
            painter.setPen(muted if gone else text)
            painter.drawText(QRectF(columns.role, y, columns.cpu - columns.role, height), right | middle, cpu)

    def _top(self) -> float:
        return float(int(QFontMetricsF(self._small()).height()) + 4)

    # ---- hover ----------------------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Answer a question for a tooltip with what is under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def words_at(self, point: QPointF) -> str:
        """What the chart can say about a point: who, when, how much; empty outside the rows."""
        i = int((point.y() - self._top()) // self._row_height)
        if self._window is None or not 0 <= i < len(self._cells) or point.y() < self._top():
            return ""
        row, who = self._rows[i], []
        who.append(self.tr("PID {pid}, {role}").format(pid=row.process.pid, role=self._role(row.process.role)))
        if row.thread is not None:
            who.append(self.tr("thread {n}, TID {tid}").format(n=row.number, tid=row.thread.sample.tid))
        column = int((point.x() - self._columns().start) * self.devicePixelRatioF())
        if not 0 <= column < len(self._cells[i].cpu):
            return "\n".join(who)
        seconds = self._window.x(int(self._edges[column]))
        when = self.tr("{n} s").format(n=grouped(seconds, 1) if seconds >= 0 else f"{MINUS}{-seconds:.1f}")
        cell = self._cells[i]
        if cell.state[column] == KNOWN:
            known = np.isfinite(row.samples().run_queue).any()
            what = [
                self.tr("CPU {n} % of one core").format(n=percent(float(cell.cpu[column]))),
                self.tr("waiting for a core {n} %").format(n=percent(float(cell.run_queue[column])))
                if known
                else self.tr("waiting for a core: this system does not tell"),
            ]
        elif cell.state[column] == UNKNOWN:
            what = [self.tr("no sample: it lived too briefly, or the sampler could not ask it")]
        else:
            what = [self.tr("not alive then")]
        return "\n".join([*who, self.tr("at {when}").format(when=when), *what])
