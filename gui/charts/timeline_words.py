"""TimelineWords: lanes, spans and sums of the timeline in words."""

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject

from gui.charts.timeline_inks import NAMES, rank
from gui.figures import MINUS, grouped, percent
from gui.lane_words import in_words, short, who
from gui.run_names import SEPARATOR
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore
from workers.insight.timeline import Timeline
from workers.insight.timeline_feed import Track, holder_of, lock_of
from workers.insight.timeline_spans import Span


class TimelineWords(QObject):
    """Puts what the timeline shows into words."""

    def kind(self, kind: int) -> str:
        """A kind of span in a word or two."""
        name = NAMES.get(kind, "")
        known = {
            "TASK": self.tr("task"),
            "CUT": self.tr("cut off"),
            "START_UP": self.tr("starting up"),
            "JOIN": self.tr("waiting for an end"),
            "RESULT": self.tr("waiting for a result"),
            "LOCK": self.tr("waiting for a lock"),
            "QUEUE": self.tr("waiting for a queue"),
            "IO": self.tr("sleeping"),
            "NAP": self.tr("sleeping"),
            "PICKLE": self.tr("pickling"),
            "UNPICKLE": self.tr("unpickling"),
        }
        return known.get(name) or (name.lower().replace("_", " ") if name else self.tr("other"))

    def lane(self, track: Track) -> str:
        """The name of a line."""
        name = short(track.last.info)
        # A line that many had after each other is named after the last one.
        return self.tr("{name} +{n}").format(name=name, n=grouped(len(track.lanes) - 1)) if track.lanes[1:] else name

    def length(self, ns: int) -> str:
        """A stretch of time, with three figures that count."""
        for unit, words in (
            (1_000_000_000, self.tr("{n} s")),
            (1_000_000, self.tr("{n} ms")),
            (1_000, self.tr("{n} µs")),
        ):
            if abs(ns) >= unit:
                value = ns / unit
                return words.format(n=grouped(value, 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0))
        return self.tr("{n} ns").format(n=grouped(ns))

    def instant(self, ns: int, step_ns: float) -> str:
        """An instant, counted from the start of the clock, as fine as what can be told apart at `step_ns`."""
        digits = min(9, max(0, int(np.ceil(9 - np.log10(max(step_ns, 1.0))))))
        return self.tr("{n} s").format(n=f"{MINUS if ns < 0 else ''}{grouped(abs(ns) / 1e9, digits)}")

    def clock_time(self, ns: int) -> str:
        """An instant of a long run, counted from the start of the clock: "3:12", or below a minute in seconds."""
        seconds = ns // 1_000_000_000
        if seconds < 60:
            return self.instant(ns, 100_000_000)
        hours, minutes = divmod(seconds // 60, 60)
        return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"

    def span(self, span: Span, track: Track, store: RunStore, timeline: Timeline, zero_ns: int) -> str:
        """A span: what, who, since when, how long, and what it waited for."""
        lane = track.at(span.start).info
        parts = [self._what(span, store), self.lane(track), self.tr("PID {pid}").format(pid=lane.pid)]
        parts.append(self.tr("at {when}").format(when=self.instant(span.start - zero_ns, 1_000)))
        length = self.length(span.end - span.start)
        parts.append(self.tr("{length} so far").format(length=length) if span.under_way else length)
        if span.failed:
            parts.append(self.tr("failed"))
        parts += self._inside(span, timeline)
        around = timeline.around(span)
        while around is not None and around.kind not in (SpanKind.TASK, SpanKind.CUT):
            around = timeline.around(around)
        if around is not None:
            parts.append(self.tr("in task {n}").format(n=grouped(around.number)))
        return SEPARATOR.join(parts)

    def _what(self, span: Span, store: RunStore) -> str:
        if span.under_way:
            return self.tr("task {n}, under way").format(n=grouped(span.number))
        if span.kind in (SpanKind.TASK, SpanKind.CUT):
            words = self.tr("task {n}") if span.kind == SpanKind.TASK else self.tr("task {n}, cut off")
            return words.format(n=grouped(span.number))
        if span.kind not in (SpanKind.LOCK, SpanKind.QUEUE, SpanKind.RESULT):
            return self.kind(span.kind)
        name = in_words(lock_name(store, span.number))
        words = self.tr("waiting for {lock}").format(lock=name) if name else self.kind(span.kind)
        holder = holder_of(span.number)
        if holder is None or holder >= len(store.lanes):
            return words
        return self.tr("{words}, held by {lane}").format(words=words, lane=who(store.lanes[holder].info))

    def _inside(self, span: Span, timeline: Timeline) -> list[str]:
        """What waits a task was made of."""
        if span.kind != SpanKind.TASK or span.end <= span.start:
            return []
        sums = timeline.sums([span.lane], span.start, span.end)
        return [
            f"{self.kind(kind)} {self.length(ns)}"
            for kind, ns in sorted(sums.items(), key=lambda item: -item[1])
            if kind != SpanKind.TASK
        ]

    def sums(self, sums: Mapping[int, int], length_ns: int, lanes: int) -> str:
        """The sums of an interval over so many lanes, the largest first, with what nothing was recorded of."""
        total = length_ns * lanes
        parts = [self.tr("{length} × %n lane(s)", "", lanes).format(length=self.length(length_ns))]
        for kind, ns in sorted(sums.items(), key=lambda item: (-item[1], rank(item[0]))):
            parts.append(
                self.tr("{kind} {n} % ({length})").format(
                    kind=self.kind(kind), n=percent(ns / total), length=self.length(ns)
                )
            )
        rest = max(0, total - sum(sums.values()))
        if rest:
            parts.append(self.tr("no span {n} % ({length})").format(n=percent(rest / total), length=self.length(rest)))
        return SEPARATOR.join(parts)

    def sampled(self, waits: Mapping[str, int], total_ns: int) -> list[str]:
        """What was sampled of an interval, beside the spans: part of it lies within them."""
        names = {"gil": self.tr("waiting for the GIL"), "run_queue": self.tr("waiting for a core")}
        return [
            self.tr("{kind} {n} % ({length}), sampled").format(
                kind=names[kind], n=percent(ns / max(1, total_ns)), length=self.length(ns)
            )
            for kind, ns in waits.items()
            if ns
        ]


def lock_name(store: RunStore, number: int) -> str:
    """What the lock of a wait is called; empty where that is not known."""
    # The store tells names from the day on which the records say which lock it was.
    names: Mapping[int, str] = getattr(store, "lock_names", {})
    return names.get(lock_of(number), "")
