"""TimelineLines: which lines one TimelineView has, which of them are in sight and pinned, and where they lie."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QScrollBar

from gui.charts import timeline_dress as dress
from gui.charts.time_area import RIGHT
from gui.charts.timeline_band import HEIGHT
from gui.charts.timeline_rows import TimelineRow, arrange

if TYPE_CHECKING:
    from gui.charts.timeline import TimelineView

LOWEST_ROW, HIGHEST_ROW = 14, 30


class TimelineLines(QObject):
    """`begin` with each run, `arrange` in each frame, then `place` them and `name` those in sight."""

    def __init__(self, view: "TimelineView") -> None:
        super().__init__(view)
        self._view = view
        self.rows: list[TimelineRow] = []
        """All of them; those in sight begin at the scroll bar's value."""
        self.named: list[tuple[TimelineRow, str]] = []
        """The rows in sight and what they are called."""
        self.pinned: list[int] = []
        self.scroller = QScrollBar(Qt.Orientation.Vertical, view)
        self.scroller.setObjectName("timelineScrollBar")
        self.scroller.setAccessibleName(self.tr("Rows of the timeline"))
        self.scroller.hide()
        self.scroller.valueChanged.connect(view.nudge)
        self._arranged: object = None
        self._called: object = None

    def begin(self) -> None:
        """Another run: nothing is pinned."""
        self.pinned = []
        self.scroller.setValue(0)

    def arrange(self) -> None:
        """Bring the rows up to date with the lanes that there are."""
        view = self._view
        tracks = view.feed.tracks
        # Of a line that has gone to another process the PID is another one.
        key = (view.feed.timeline, len(tracks), len(view.store.lanes), tuple(self.pinned))
        if key != self._arranged:
            self._arranged = key
            self.rows = arrange(tracks, self.pinned)

    def in_sight(self) -> list[TimelineRow]:
        """The rows that can be seen."""
        first = self.scroller.value()
        return self.rows[first : first + self._view.frame.rows] if self._view.frame else []

    def name(self) -> None:
        """Bring `named` up to date."""
        # A lane's name is known when it comes, and that of a line changes with its last lane.
        view = self._view
        called = (self._arranged, self.scroller.value(), view.frame.rows if view.frame else 0, view.names)
        if called != self._called:
            self._called = called
            self.named = [(row, view.words.lane(row.track)) for row in self.in_sight()]

    def pin(self) -> None:
        """Keep the chosen lane at the top, or let it go."""
        track = self._view.choice.track
        if track is None:
            self._view.choice.say(self.tr("Choose a lane first: click on it, or use the arrow keys."))
            return
        self.pinned = [other for other in self.pinned if other != track] + ([] if track in self.pinned else [track])
        self._view.nudge()

    def place(self) -> dress.Frame | None:
        """Find out where things go; None where there is no room for anything."""
        view = self._view
        line = QFontMetricsF(view.small).height()
        top = float(view.bar.sizeHint().height() + 4)
        foot = line + 3 + line * (2 if view.height() > 14 * line else 1) + 4
        foot += view.behind.room
        room = view.height() - top - foot
        lowest = max(LOWEST_ROW, int(line) + 2)
        rows = min(len(self.rows), int(room // lowest))
        left = dress.Frame.left_of(view.font(), view.width())
        width = view.width() - left - RIGHT
        if rows < 1 or width < 8:
            return None
        pitch = min(max(lowest, int(room // rows)), max(HIGHEST_ROW, int(line * 2)))
        self._place_scroll(rows, top, rows * pitch)
        band = HEIGHT if view.samples.sampled.known else 0
        strip = pitch - (3 if pitch >= 20 else 2) - band
        return dress.Frame(top, left, width, rows, pitch, strip, view.range.start, view.range.end, band)

    def _place_scroll(self, rows: int, top: float, height: float) -> None:
        hidden = len(self.rows) - rows
        self.scroller.blockSignals(True)
        self.scroller.setRange(0, hidden)
        self.scroller.setPageStep(rows)
        self.scroller.blockSignals(False)
        self.scroller.setVisible(hidden > 0)
        width = min(RIGHT - 4, self.scroller.sizeHint().width())
        self.scroller.setGeometry(self._view.width() - width, int(top), width, int(height))
