"""TimelineCourse: what stretch of its run one TimelineView shows: going along with it, held still, or the whole of it."""

from typing import TYPE_CHECKING

from gui.charts.base import TimeWindow
from gui.charts.timeline_range import FOLLOWED_NS, TimelineRange

if TYPE_CHECKING:
    from gui.charts.timeline import TimelineView


class TimelineCourse:
    """`begin` with each run, `go_on` in each frame; the rest is what a person can do."""

    def __init__(self, view: "TimelineView") -> None:
        self._view = view
        self.range = TimelineRange()
        self._with_start = False
        """Whether all of the run was last shown with its start-up."""

    def begin(self) -> None:
        """Another run: its last minute, going along."""
        now_ns = self._view.store.now_ns
        self.range = TimelineRange(now_ns - FOLLOWED_NS, now_ns)
        self._with_start = False

    def go_on(self) -> None:
        """Time has gone on, or the run is over: then all of it is shown."""
        store = self._view.store
        if not self.range.follows:
            return
        if self._view.live:
            self.range.go_on(store.now_ns)
        elif store.started is not None:
            window = TimeWindow.of(store)
            self.range.start = window.zero_ns
            self.range.end = window.zero_ns + round(window.end_s * 1e9)

    @property
    def moving(self) -> bool:
        """Whether the picture goes along with a run that goes on."""
        return self.range.follows and self._view.live

    # ---- what can be done -----------------------------------------------------------------------------------------
    def follow(self) -> None:
        """Go along with the run; once it is over, all of it."""
        self.range.follow()
        self._view.nudge()

    def pause(self) -> None:
        """Hold the picture still, or go along again. Collecting goes on."""
        if self.range.follows:
            self.range.follows = False
        elif self._view.live:
            self.range.follow(self.range.length)
        self._view.nudge()

    def fit(self) -> None:
        """The whole run; called again, with its start-up."""
        store, zero_ns = self._view.store, self._view.zero_ns
        if store.started is None:
            return
        window = TimeWindow.of(store)
        end = store.now_ns if window.live else window.zero_ns + round(window.end_s * 1e9)
        whole = (zero_ns, max(end, zero_ns + 1_000))
        with_start = (store.started.asked_ns, whole[1])
        self._with_start = (self.range.start, self.range.end) == whole and with_start[0] < whole[0]
        self.range.show(*(with_start if self._with_start else whole))
        self._view.nudge()
