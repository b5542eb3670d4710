"""Timeline: where every lane was at every instant, from the whole run down to a nanosecond, in 20 bytes a span.

Spans of one lane lie beside each other or inside each other. Of each lane, those of one kind inside one other kind are a Series;
an instant belongs to the innermost span around it, so what is inside is added to its own kind and taken off the one around it.
A span is recorded when it ends: the task around a wait comes later than the wait, which is moved then.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind
from workers.insight.timeline_intake import TimelineIntake
from workers.insight.timeline_nesting import DEPTH, NOBODY
from workers.insight.timeline_series import FAILED, NUMBER, Ints, Series
from workers.insight.timeline_spans import Span, Spread, chain, edges


class Timeline(TimelineIntake):
    """The spans of a run by lane. Lanes are numbers from 0; kinds those of SpanKind, UNKNOWN for any from 15 on."""

    def parts(self, lane: int) -> int:
        """How many series a lane has: what a column of its picture costs."""
        return len(self._series(lane))

    def thinned_until(self, lane: int) -> int | None:
        """Before this instant (ns) single spans of the lane are not known any more; None where all are."""
        found = [series.thinned_until for series in self._series(lane).values()]
        return max((t for t in found if t is not None), default=None)

    def cover(self, lane: int, start_ns: int, end_ns: int, columns: int) -> dict[int, NDArray[np.float64]]:
        """The share of each of `columns` equal parts of [start_ns, end_ns) that belongs to each kind that occurs there.

        Exact where nothing was thinned. There must be a nanosecond for each column at least.
        """
        return self.shares(lane, edges(start_ns, end_ns, columns))

    def shares(self, lane: int, at: Ints, sketched: bool = False) -> dict[int, NDArray[np.float64]]:
        """As `cover`, between successive ascending instants `at` (ns). `sketched`: nearly, and in half the time."""
        width = at[1:] - at[:-1]
        found = {kind: time / width for kind, time in self._times(lane, at, sketched).items()}
        if self.thinned or sketched:
            # Spread evenly, what was thinned may be more inside than around it by a little.
            for share in found.values():
                np.minimum(np.maximum(share, 0.0, out=share), 1.0, out=share)
        return found

    def sums(self, lanes: Iterable[int], start_ns: int, end_ns: int) -> dict[int, int]:
        """Nanoseconds of [start_ns, end_ns) that belong to each kind, over these lanes."""
        total: dict[int, int] = {}
        for lane in lanes:
            for kind, time in self._times(lane, np.array([start_ns, end_ns])).items():
                total[kind] = total.get(kind, 0) + max(0, int(time[0]))
        return {kind: time for kind, time in total.items() if time}

    def _times(self, lane: int, at: Ints, sketched: bool = False) -> dict[int, Ints]:
        out: dict[int, Ints] = {}
        for (kind, parent), series in self._series(lane).items():
            first = series.first
            if first is None or not series.n or first >= at[-1] or series.last_end <= at[0]:
                continue
            elapsed = series.sketched(at) if sketched else series.elapsed(at)
            time = elapsed[1:] - elapsed[:-1]
            out[kind] = out[kind] + time if kind in out else time
            if parent != NOBODY:
                out[parent] = out[parent] - time if parent in out else -time
        return out

    def count(self, lane: int, start_ns: int, end_ns: int) -> int:
        """How many spans kept one by one reach into [start_ns, end_ns)."""
        windows = (series.window(start_ns, end_ns) for series in self._series(lane).values())
        return sum(high - low for low, high in windows)

    def spread(self, lane: int, start_ns: int, end_ns: int) -> Spread:
        """The spans that reach into [start_ns, end_ns), those around others first."""
        blocks: list[tuple[int, Series, int, int]] = []
        for (kind, _), series in self._series(lane).items():
            low, high = series.window(start_ns, end_ns)
            if high > low:
                blocks.append((kind, series, low, high))
        blocks.sort(key=lambda block: DEPTH[block[0]])
        start = chain([series.start[low:high] for _, series, low, high in blocks])
        length = chain([series.cum[low + 1 : high + 1] - series.cum[low:high] for _, series, low, high in blocks])
        meta = np.concatenate([np.empty(0, np.uint32), *(series.meta[low:high] for _, series, low, high in blocks)])
        kinds = np.repeat(
            np.array([block[0] for block in blocks], np.uint8), [high - low for _, _, low, high in blocks]
        )
        return Spread(kinds, start, start + length, (meta & NUMBER).astype(np.int64), meta >= FAILED)

    def at(self, lane: int, t_ns: int) -> Span | None:
        """The innermost span around an instant."""
        found = []
        for key, series in self._series(lane).items():
            low, high = series.window(t_ns, t_ns + 1)
            found += [self._span(lane, key, series, i) for i in range(low, high)]
        return max(found, key=lambda span: (DEPTH[span.kind], span.start), default=None)

    def task_at(self, lane: int, t_ns: int) -> Span | None:
        """The task, done or cut off, that was under way at an instant."""
        found = []
        for key, series in self._series(lane).items():
            if key[0] in (SpanKind.TASK, SpanKind.CUT):
                low, high = series.window(t_ns, t_ns + 1)
                found += [self._span(lane, key, series, i) for i in range(low, high)]
        return max(found, key=lambda span: span.start, default=None)

    def beside(self, lane: int, span: Span | None, t_ns: int, forward: bool) -> Span | None:
        """The span of the lane that begins next after `span` (or after an instant), or the one that began before it."""
        # What begins together follows by depth, as it is drawn.
        here = (span.start, int(DEPTH[span.kind]), span.kind) if span is not None else (t_ns, -1, -1)
        best: tuple[tuple[int, int, int], Span] | None = None
        for key, series in self._series(lane).items():
            i = int(np.searchsorted(series.start[: series.n], here[0], "left"))
            for j in range(max(0, i - 1), min(series.n, i + 2)):
                place = (int(series.start[j]), int(DEPTH[key[0]]), key[0])
                if (place > here if forward else place < here) and (
                    best is None or (place < best[0] if forward else place > best[0])
                ):
                    best = place, self._span(lane, key, series, j)
        return best[1] if best else None

    def around(self, span: Span) -> Span | None:
        """The span that `span` lies in."""
        for key, series in self._series(span.lane).items():
            if key[0] == span.parent:
                low, high = series.window(span.start, span.start + 1)
                for i in range(low, high):
                    found = self._span(span.lane, key, series, i)
                    if found.end >= span.end:
                        return found
        return None

    def find(self, kind: int, number: int) -> Span | None:
        """The first span of this kind with this number; reads all that are kept."""
        best: Span | None = None
        self._file_all()
        for lane, held in enumerate(self._lanes):
            for key, series in held.items():
                if key[0] != kind:
                    continue
                for i in np.flatnonzero(series.meta[: series.n] & NUMBER == number)[:1].tolist():
                    if best is None or series.start[i] < best.start:
                        best = self._span(lane, key, series, i)
        return best

    def bounds(self, lane: int) -> tuple[int, int] | None:
        """(first start, last end) of all that is known of a lane; None for nothing."""
        held = [series for series in self._series(lane).values() if series.n]
        firsts = [series.first for series in held]
        return (min(t for t in firsts if t is not None), max(series.last_end for series in held)) if held else None

    def _span(self, lane: int, key: tuple[int, int], series: Series, i: int) -> Span:
        start, length = int(series.start[i]), int(series.cum[i + 1] - series.cum[i])
        meta = series.meta[i]
        return Span(lane, key[0], start, start + length, int(meta & NUMBER), bool(meta & FAILED), key[1])
