"""TimelineChoice: which lane, span and interval of the timeline are chosen, and what is said of them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from gui.run_names import SEPARATOR
from gui.words import MOST
from workers.contract.spans import SpanKind
from workers.insight.sampled import STEP_NS
from workers.insight.timeline_feed import Track, holder_of
from workers.insight.timeline_spans import Span

if TYPE_CHECKING:
    from gui.charts.timeline import TimelineView

NEAR_PIXELS = 4
"""A click this far from a span means it."""
GROWS_NS = 100_000_000
"""What is said of a task under way is said anew this often."""


class TimelineChoice(QObject):
    """The selection of one TimelineView."""

    def __init__(self, view: "TimelineView") -> None:
        super().__init__(view)
        self._view = view
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self.track: int | None = None
        self.span: Span | None = None
        self.stretch: tuple[int, int] | None = None
        """An interval, ns."""
        self._sums_last = False
        """Whether the interval was chosen after the span: what was chosen last is told."""
        self.said = ""
        """The line below the picture; empty for the legend."""
        self._answer = ""
        self._told: object = None

    def drop(self) -> bool:
        """Let go what is told (an answer; the interval or the span, whichever came last), then the lane. Whether there was something."""
        if self._answer and (self.stretch is not None or self.span is not None):
            self._answer = ""
        elif self.stretch is not None and (self._sums_last or self.span is None):
            self.stretch = None
        elif self.span is not None or self._answer:
            # What it hid is told again: the interval's sums.
            self.span, self._answer = None, ""
        elif self.track is not None:
            self.track = None
        else:
            return False
        self._view.nudge()
        return True

    def say(self, text: str) -> None:
        """An answer, until something else is chosen."""
        self._answer = text
        self._view.nudge()

    # ---- choosing -------------------------------------------------------------------------------------------------
    def pick(self, point: QPointF) -> None:
        """Choose what lies at a point: the span, else the lane."""
        row = self._row_at(point)
        if row is None:
            return
        self.track = row.number
        self.span = self._span_at(row, point)
        self._answer, self._sums_last = "", self.span is None
        self._view.nudge()

    def choose(self, span: Span, reveal: bool = True) -> None:
        """Choose a span and bring it into sight."""
        view = self._view
        self.track, self.span, self._answer, self._sums_last = span.lane, span, "", False
        if reveal:
            start, end = view.shown
            # Going along with the run, the picture would run away from it.
            if view.range.follows:
                view.range.show(start, end)
            view.range.reveal(span.start, span.end)
        self._show_row()
        view.nudge()

    def step(self, forward: bool, extend: bool = False) -> None:
        """The next span of the lane, or the one before. `extend`: the interval reaches to it."""
        view = self._view
        if self.track is None:
            self.move(0)
        if self.track is None:
            return
        start, end = view.shown
        where = start - 1 if forward else end
        found = self._beside(self.track, where, forward)
        if found is None:
            self.say(self.tr("No later span in this lane.") if forward else self.tr("No earlier span in this lane."))
            return
        if extend:
            spans = [found, *([self.span] if self.span else [])]
            low, high = self.stretch or (spans[-1].start, spans[-1].end)
            self.stretch = min(low, found.start), max(high, found.end)
        self.choose(found)
        self._sums_last = extend
        view.nudge()

    def _beside(self, track: int, where: int, forward: bool) -> Span | None:
        """The span next to the chosen one; after the last one comes the task under way."""
        timeline, span = self._view.feed.timeline, self.span
        going = self._view.under_way(track)
        if span is not None and span.under_way:
            return None if forward else timeline.beside(track, None, span.start, forward=False)
        return timeline.beside(track, span, where, forward) or (going if forward else None)

    def move(self, rows: int) -> None:
        """Choose the lane so many rows further down; from none, the first one in sight."""
        view = self._view
        numbers = [row.track.number for row in view.rows]
        if not numbers:
            return
        if self.track in numbers:
            i = min(max(numbers.index(self.track) + rows, 0), len(numbers) - 1)
        else:
            i = min(view.lines.scroller.value(), len(numbers) - 1)
        self.track, self._answer = numbers[i], ""
        if self.span is not None and self.span.lane != self.track:
            self.span = None
        self._show_row()
        view.nudge()

    def choose_lane(self, track: int) -> None:
        """Choose a lane, none of its spans, and bring its row into sight."""
        self.track, self.span, self._answer = track, None, ""
        self._show_row()
        self._view.nudge()

    def select(self, start: int, end: int) -> None:
        """Choose an interval."""
        self.stretch = (min(start, end), max(start, end))
        self._answer, self._sums_last = "", True
        self._view.nudge()

    def search(self, text: str) -> None:
        """Go to a task by its number, or to a lane by part of its name."""
        view, wanted = self._view, " ".join(text.split()).casefold()
        if not wanted:
            return
        digits = "".join(letter for letter in wanted if letter not in "# \u2009\u202f,.")
        if digits.isdecimal():
            found = self._task(int(digits))
            if found is not None:
                self.choose(found)
                view.setFocus()
                return
        order = [row.track for row in view.rows]
        after = next((i + 1 for i, track in enumerate(order) if track.number == self.track), 0)
        for track in (*order[after:], *order[:after]):
            if wanted in f"{view.words.lane(track)} {track.pid}".casefold():
                self.choose_lane(track.number)
                return
        self.say(self.tr("No task and no lane “{text}” is known here.").format(text=text.strip()[:40]))

    def _task(self, number: int) -> Span | None:
        if number >= 1 << 31:
            return None
        view = self._view
        timeline = view.feed.timeline
        found = timeline.find(SpanKind.TASK, number) or timeline.find(SpanKind.CUT, number)
        going = (view.under_way(row.track.number) for row in view.rows)
        return found or next((span for span in going if span is not None and span.number == number), None)

    def go_to_holder(self) -> None:
        """From a wait for a lock to the task in which it was held when the wait began; of a holder at no task, to what it did."""
        view, span = self._view, self.span
        holder = holder_of(span.number) if span is not None and span.kind == SpanKind.LOCK else None
        track = view.feed.track_of(holder) if holder is not None else None
        if span is None or track is None:
            self.say(self.tr("Choose a wait for a lock whose holder is known, then press H."))
            return
        timeline, going = view.feed.timeline, view.under_way(track)
        found = timeline.task_at(track, span.start)
        if found is None and going is not None and going.start <= span.start:
            found = going
        found = found or timeline.at(track, span.start)
        if found is not None:
            self.choose(found)
        else:
            self.choose_lane(track)

    def _show_row(self) -> None:
        view = self._view
        numbers = [row.track.number for row in view.rows]
        if self.track in numbers and view.frame is not None:
            i, first = numbers.index(self.track), view.lines.scroller.value()
            view.lines.scroller.setValue(min(max(first, i - view.frame.rows + 1), i))

    # ---- what is there --------------------------------------------------------------------------------------------
    def _row_at(self, point: QPointF) -> Track | None:
        frame = self._view.frame
        if frame is None or not frame.top <= point.y() < frame.area.bottom():
            return None
        rows, i = self._view.lines.in_sight(), int((point.y() - frame.top) // frame.pitch)
        return rows[i].track if i < len(rows) else None

    def _span_at(self, track: Track, point: QPointF) -> Span | None:
        frame = self._view.frame
        if frame is None or not frame.left <= point.x() <= frame.left + frame.width:
            return None
        timeline, t = self._view.feed.timeline, frame.t(point.x())
        found = timeline.at(track.number, t)
        if found is not None:
            return found
        going = self._view.under_way(track.number)
        reach = round(NEAR_PIXELS * (frame.end - frame.start) / frame.width)
        if going is not None and going.start - reach <= t <= going.end + reach:
            return going
        near = [timeline.beside(track.number, None, t, forward) for forward in (True, False)]
        beside = [span for span in near if span is not None]
        gaps = [(max(span.start - t, t - span.end, 0), span) for span in beside]
        best = min(gaps, key=lambda pair: pair[0], default=None)
        return best[1] if best is not None and best[0] <= reach else None

    def words_at(self, point: QPointF) -> str:
        """What the timeline can say about a point, a line each; empty outside the rows."""
        track = self._row_at(point)
        frame = self._view.frame
        if frame is not None and point.y() > frame.area.bottom():
            return "\n".join(self.said.split(SEPARATOR))
        if track is None or frame is None:
            return ""
        if point.x() < frame.left:
            return SEPARATOR.join((self._view.words.lane(track), self.tr("PID {pid}").format(pid=track.pid)))
        span = self._span_at(track, point)
        t = frame.t(point.x())
        lines = []
        for drop in self._view.feed.drops:
            if drop.track == track.number and drop.start_ns <= t <= drop.end_ns:
                lines.append(self.tr("%n event(s) of this lane dropped about here", "", min(drop.count, MOST)))
        thinned = self._view.feed.timeline.thinned_until(track.number)
        if thinned is not None and t < thinned:
            lines.append(self.tr("before here only sums are kept, no single spans"))
        if span is not None:
            lines += self._words(span).split(SEPARATOR)
        # Of the step that the instant lies in: nothing finer is known.
        step = t // STEP_NS * STEP_NS
        waits = self._view.samples.sampled.sums([track], step, step + STEP_NS)
        return "\n".join([*lines, *self._view.words.sampled(waits, STEP_NS)])

    def _words(self, span: Span) -> str:
        view = self._view
        track = view.feed.tracks[span.lane]
        return view.words.span(span, track, view.store, view.feed.timeline, view.zero_ns)

    def go_on(self) -> None:
        """A chosen task under way has grown, or has ended: then its span takes its place."""
        old, view = self.span, self._view
        if old is None or not old.under_way:
            return
        self.span = view.under_way(old.lane)
        if self.span is None or self.span.number != old.number or self.span.start != old.start:
            timeline = view.feed.timeline
            around = timeline.at(old.lane, old.start)
            while around is not None and around.kind not in (SpanKind.TASK, SpanKind.CUT):
                around = timeline.around(around)
            self.span = around if around is not None and around.number == old.number else None

    # ---- what is said ---------------------------------------------------------------------------------------------
    def tell(self) -> None:
        """Bring `said` up to date; costs nothing where nothing changed."""
        view = self._view
        revision = (view.feed.revision // 8, view.samples.sampled.revision) if self.stretch else 0
        span = self.span
        if span is not None and span.under_way:
            # Words that grow sixty times a second cannot be read.
            span = replace(span, end=span.end // GROWS_NS * GROWS_NS)
        sums = self.stretch is not None and (self._sums_last or self.span is None)
        now = (self._answer, self.stretch, sums, span, self.track, revision, view.live, len(view.rows))
        if now == self._told:
            return
        self._told = now
        if self._answer:
            self.said = self._answer
        elif self.stretch is not None and sums:
            self.said = self._sums(*self.stretch)
        elif self.span is not None:
            self.said = self._words(span or self.span)
        else:
            self.said = ""
        view.setAccessibleDescription(self.said or self._lane_words())

    def _lane_words(self) -> str:
        track = self.track
        return self._view.words.lane(self._view.feed.tracks[track]) if track is not None else ""

    def _sums(self, start: int, end: int) -> str:
        """Of the chosen lane, else of all."""
        view = self._view
        lanes = [row.track.number for row in view.rows if self.track in (None, row.track.number)]
        sums = view.feed.sums(lanes, start, end, view.store.now_ns)
        length = max(1, end - start)
        words = view.words.sums(sums, length, len(lanes))
        waits = view.samples.sampled.sums([view.feed.tracks[number] for number in lanes], start, end)
        return SEPARATOR.join((words, *view.words.sampled(waits, length * len(lanes))))
