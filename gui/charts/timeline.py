"""TimelineView: what every lane did and what it waited for, from the whole run down to microseconds.

A moving picture while a run goes on, a still one as soon as somebody looks closer; collecting goes on behind both.
"""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from gui.charts import timeline_dress as dress
from gui.charts.base import Chart, Series, TimeWindow
from gui.charts.ghost import Ghost
from gui.charts.saving import Piece
from gui.charts.strip_marks import as_tooltip
from gui.charts.timeline_bar import TimelineBar
from gui.charts.timeline_choice import TimelineChoice
from gui.charts.timeline_course import TimelineCourse
from gui.charts.timeline_ghost import TimelineGhost
from gui.charts.timeline_hand import TimelineHand
from gui.charts.timeline_inks import inks
from gui.charts.timeline_lines import TimelineLines
from gui.charts.timeline_paint import table
from gui.charts.timeline_painter import TimelinePainter
from gui.charts.timeline_plot import Canvas, TimelinePlot
from gui.charts.timeline_range import TimelineRange
from gui.charts.timeline_rows import TimelineRow
from gui.charts.timeline_samples import TimelineSamples
from gui.charts.timeline_status import TimelineStatus
from gui.charts.timeline_words import TimelineWords
from gui.figures import tabular
from gui.theme import ThemeSource
from workers.contract.spans import SpanKind
from workers.insight.timeline_feed import TimelineFeed
from workers.insight.timeline_spans import Delta, Span, edges

STILL_NS = 100_000_000
"""A still picture that time goes through is drawn anew this often."""
SOON_MS = 15
SERIES_COLUMNS = 400


class TimelineView(Chart):
    """A line for each lane.

    Which time is in sight: TimelineCourse; which lanes, and where: TimelineLines; what is chosen: TimelineChoice;
    keys and mouse: TimelineHand.
    """

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None, limit: int | None = None) -> None:
        """`limit`: spans kept one by one; None: as many as the store's history says."""
        super().__init__(theme, parent)
        self.setObjectName("timeline")
        self.title = self.tr("Timeline")
        self.axes = ("time (s)", "share")
        self.setAccessibleName(self.tr("Timeline: what every lane did and what it waited for"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        # It paints every pixel of its own: what lies behind need not be painted sixty times a second.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumHeight(120)
        self.feed = TimelineFeed(limit)
        self.course = TimelineCourse(self)
        self.words = TimelineWords(self)
        self.plot = TimelinePlot()
        self.frame: dress.Frame | None = None
        self.bar = TimelineBar(theme, self)
        self.lines = TimelineLines(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.bar)
        column.addStretch(1)
        self.behind = TimelineGhost(self, theme)
        column.addWidget(self.behind)
        self.choice = TimelineChoice(self)
        self._hand = TimelineHand(self)
        self.status = TimelineStatus(self)
        self.bar.follow.connect(self.course.follow)
        self.bar.fit.connect(self.course.fit)
        self.bar.pin.connect(self.lines.pin)
        self.bar.searched.connect(self.choice.search)
        self.bar.left.connect(self.setFocus)
        self.samples = TimelineSamples()
        self.painter = TimelinePainter(self, theme)
        self._colours = np.zeros(0, np.uint32)
        self._nudged = 0
        self._deltas: list[Delta] = []
        self._small_font = QFont()
        self._run: object = None
        self._stood: object = None
        self.note = ""
        self.open_seen = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.nudge)
        self._between = QTimer(self)
        self._between.setSingleShot(True)
        self._between.setInterval(0)
        self._between.timeout.connect(self._make_bands)
        self._built()

    # ---- for the window -------------------------------------------------------------------------------------------
    def collect(self) -> None:
        """Take in what is new while nobody looks, so that the store forgets nothing unread: a little in each frame is not felt."""
        if self.isVisible():
            return
        before = self.feed.revision
        self.feed.follow(self._store)
        if self.feed.revision != before:
            self._forget_moving()

    def series(self) -> Series:
        """Share of the time in sight, by lane and kind: "PID/TID kind" -> (seconds, share), rows out of sight included."""
        start, end = self.shown
        columns = min(SERIES_COLUMNS, end - start)
        at = edges(start, end, columns)
        x = ((at[:-1] + at[1:]) / 2 - self.zero_ns) / 1e9
        found: Series = {}
        for row in self.rows:
            info = row.track.last.info
            for kind, share in sorted(self.feed.timeline.shares(row.track.number, at).items()):
                name = SpanKind(kind).word if kind in tuple(SpanKind) else str(kind)
                key = f"{info.pid}/{info.tid} {info.name} {name}"
                # Coroutines of one loop may even have their names in common.
                found[key if key not in found else f"{key} #{row.track.number}"] = (x, share)
        return found

    def pieces(self) -> list[Piece]:
        """All below the line with the buttons."""
        self.refresh()
        # Where there is no room for a picture, none is ever finished.
        while self.unfinished and self.frame is not None:
            self.samples.band.make_some()
            self.nudge()
        own = [Piece(self, self.bar.geometry().bottom() + 1, children=False)]
        return own if self.behind.isHidden() else [*own, Piece(self.behind)]

    @property
    def live(self) -> bool:
        """Whether the run goes on."""
        return TimeWindow.of(self._store).live

    @property
    def zero_ns(self) -> int:
        """Instants are told from here on: the start of the clock."""
        store = self._store
        return store.clock_start_ns or (store.started.asked_ns if store.started else store.now_ns)

    @property
    def range(self) -> TimelineRange:
        """See TimelineCourse."""
        return self.course.range

    @property
    def rows(self) -> list[TimelineRow]:
        """All of them; see TimelineLines."""
        return self.lines.rows

    @property
    def unfinished(self) -> bool:
        """Whether the picture becomes finer, or fuller, with each of the next frames."""
        return bool(self.feed.behind) or self.plot.unfinished or self.samples.band.unfinished

    @property
    def shown(self) -> tuple[int, int]:
        """What stretch of time is in sight, ns."""
        return (self.frame.start, self.frame.end) if self.frame else (self.range.start, self.range.end)

    def under_way(self, track: int) -> Span | None:
        """The task that a track is at, as a span that ends now; None where it is at none, or the run is over."""
        return self.feed.under_way(track, self._store.now_ns) if self.live else None

    # ---- what can be done -----------------------------------------------------------------------------------------
    def show_lane(self, lane: int) -> None:
        """Choose a lane, by its number in the store, and bring it into sight."""
        self.refresh()
        track = self.feed.track_of(lane) if lane >= 0 else None
        if track is None:
            self.choice.say(self.tr("That lane is not on the timeline yet."))
        else:
            self.choice.choose_lane(track)

    def show_ghost(self, ghost: Ghost | None) -> None:
        """Lay a kept run's lanes below those on show, or take them away."""
        self.behind.show_ghost(ghost)
        super().show_ghost(ghost)

    def nudge(self) -> None:
        """Something about the view has changed: draw it."""
        self._nudged += 1
        self.refresh()

    # ---- what to draw ---------------------------------------------------------------------------------------------
    def _frame_ns(self) -> int:
        return 16_000_000

    def _state(self) -> object:
        # While it stands still what is new must be taken in all the same.
        store = self._store
        return self._nudged, store.spans.forgotten + len(store.spans), len(store.lanes), store.dropped

    def _restyle(self) -> None:
        self._small_font = tabular(self.font(), 12 / 13)
        self.status.restyle()
        self._colours = table(inks(self.theme))
        self._stood = None

    def _redraw(self) -> None:
        store = self._store
        if (store, store.started) != self._run:
            self._begin()
        self._deltas += self.feed.follow(store)
        self.course.go_on()
        self.samples.look(store)
        self.lines.arrange()
        self.note = "" if self.rows else self._nothing()
        if self.rows:
            self.frame = self.lines.place()
            if self.frame is not None:
                self._picture(self.frame)
        self.choice.go_on()
        self.choice.tell()
        self._say()
        self.behind.update()
        if self.feed.behind or self.plot.unfinished:
            self._soon.start()
        elif self.samples.band.unfinished and not self._between.isActive():
            self._between.start()
        self.update()

    def _make_bands(self) -> None:
        """Between two frames, some of them; of a picture that stands still the rest as well."""
        self.samples.band.make_some()
        if not self.course.moving:
            if self.samples.band.unfinished:
                self._between.start()
            self.update()

    def _begin(self) -> None:
        store = self._store
        self._run = (store, store.started)
        self.course.begin()
        self.open_seen = False
        self.lines.begin()
        self.choice.clear()
        # What was still to be made was of lanes that are no more.
        self.samples = TimelineSamples()
        self._forget_moving()

    def _forget_moving(self) -> None:
        self._deltas = []
        self.plot = TimelinePlot()
        self._stood = None

    def _nothing(self) -> str:
        return self._waiting_note() or (
            self.tr("No lane has reported yet …")
            if self._store.phase.active
            else self.tr("This run had no lanes.")
            if self._store.started is not None
            else self.tr("Press Run: every lane gets a line here that shows its tasks and what it waited for.")
        )

    def _picture(self, frame: dress.Frame) -> None:
        ratio = self.devicePixelRatioF()
        columns = max(8, round(frame.width * ratio))
        pitch = max(2, round(frame.pitch * ratio))
        card = QColor(self.theme.card).rgb() & 0xFFFFFF
        self.lines.name()
        canvas = Canvas(
            tuple(row.track for row, _ in self.lines.named),
            columns,
            max(1, round(frame.strip * ratio)),
            pitch,
            (card,),
        )
        timeline = self.feed.timeline
        deltas, self._deltas = self._deltas, []
        if self.course.moving:
            step = max(1, self.range.length // columns)
            self.plot.follow(canvas, self._colours, timeline, deltas, self._store.now_ns, step)
            last = self._store.now_ns // step + 1
            start, end = (last - columns) * step, last * step
            self._stood = None
        else:
            start, end = self.range.start, self.range.end
            # Time that nothing more is told of stays as it is.
            tick = self._store.now_ns // STILL_NS if end > self._still_open() else 0
            stood = (canvas, start, end, tick and self.feed.revision, tick, self._store.ended, self.theme.name)
            if stood != self._stood or self.plot.unfinished:
                self._stood = stood
                self.plot.stand(canvas, self._colours, timeline, start, end, self._store.now_ns)
        self.frame = dress.Frame(
            frame.top,
            frame.left,
            columns / ratio,
            frame.rows,
            pitch / ratio,
            canvas.height / ratio,
            start,
            end,
            frame.band,
        )
        self.samples.band.show(self.samples.sampled, canvas.tracks, self.frame, ratio, self.theme, self.course.moving)
        # Of tasks shorter than a pixel none is ever seen: the legend need not speak of them.
        self.open_seen |= self.live and self.plot.begun < self._store.now_ns - (end - start) * 2 // columns

    def _still_open(self) -> int:
        """Before this instant nothing more is to come; a task that goes on may have begun long ago."""
        return self._store.now_ns if self._store.ended is not None and not self.feed.behind else self.zero_ns

    def _say(self) -> None:
        self.bar.says.show_text(self.status.text())
        self.bar.follow_button.setVisible(not self.range.follows)
        self.bar.pin_button.setVisible(self.choice.track is not None)

    # ---- painting -------------------------------------------------------------------------------------------------
    @property
    def small(self) -> QFont:
        """The font of all that is painted."""
        return self._small_font

    def paintEvent(self, event: QPaintEvent) -> None:
        """See TimelinePainter."""
        self.painter.paint(event)

    # ---- hover ----------------------------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Keys that mean something here go before those of the window; tooltips tell of the span under the mouse."""
        if event.type() == QEvent.Type.ShortcutOverride and self._hand.wants(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.choice.words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), as_tooltip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See TimelineHand."""
        if not self._hand.key(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See TimelineHand."""
        if not self._hand.wheel(event):
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See TimelineHand."""
        self._hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See TimelineHand."""
        self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See TimelineHand."""
        self._hand.release()
