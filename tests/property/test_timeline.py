"""The timeline equals a brute-force drawing of the same spans: every nanosecond painted, what lies inside over what lies around."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.charts.timeline_raster import TimelineRaster
from workers.contract.spans import SpanKind
from workers.insight.timeline import Timeline
from workers.insight.timeline_nesting import DEPTH, NOBODY
from workers.insight.timeline_series import MARK_SHIFT, Series
from workers.insight.timeline_spans import edges

LANES = 3
OUTER = (SpanKind.TASK, SpanKind.CUT, SpanKind.START_UP)
MIDDLE = (SpanKind.QUEUE, SpanKind.RESULT)
INNER = (SpanKind.LOCK, 8, 200)
"""Among them kinds that this version does not know."""


def inside(rng, start, end, depth):
    """Spans beside each other in [start, end), with others inside them, each recorded after what is inside it."""
    kinds = (OUTER, MIDDLE, INNER)[depth]
    t = start + int(rng.integers(0, 40))
    while t < end:
        stop = min(end, t + int(rng.integers(1, (4000, 600, 90)[depth])))
        for deeper in range(depth + 1, 3):
            if rng.random() < 0.5:
                yield from inside(rng, t, stop, deeper)
                break
        if depth or rng.random() < 0.9:
            yield int(kinds[rng.integers(len(kinds))]), t, stop
        t = stop + int(rng.integers(0, 200)) * int(rng.random() < 0.7)


def recorded(rng, length=30_000):
    """(lane, kind, start, end) in the order in which they come: by their ends."""
    spans = [(lane, *span) for lane in range(LANES) for span in inside(rng, 1000, length, 0)]
    return sorted(spans, key=lambda span: span[3])  # stable: what is inside was first


def painted(spans, length):
    """Of each lane the kind at every nanosecond; 255 for none."""
    ground = np.full((LANES, length), 255, np.uint8)
    for lane, kind, start, end in sorted(spans, key=lambda span: DEPTH[min(span[1], 15)]):
        ground[lane, start:end] = min(kind, 15)
    return ground


def fill(timeline, spans, cuts=()):
    """Append in batches; all that was said to change."""
    deltas = []
    for block in np.split(np.array(spans, np.int64), sorted(cuts)):
        lane, kind, start, end = block.T if len(block) else np.zeros((4, 0), np.int64)
        deltas.append(timeline.append(lane, kind, start, end, np.arange(len(lane)), start % 7 == 0))
    return deltas


def test_every_zoom_equals_the_drawing_of_every_nanosecond():
    rng = np.random.default_rng(5)
    spans = recorded(rng)
    length = max(span[3] for span in spans) + 500
    ground = painted(spans, length)
    timeline = Timeline()
    fill(timeline, spans, rng.integers(0, len(spans), 40))
    for _ in range(100):
        start = int(rng.integers(0, length - 2))
        # From a few nanoseconds to all, evenly over the powers of ten.
        end = min(length, start + 1 + int(length ** rng.random()))
        columns = int(rng.integers(1, min(400, end - start) + 1))
        at = edges(start, end, columns)
        for lane in range(LANES):
            found = timeline.cover(lane, start, end, columns)
            for kind in range(16):
                sums = np.concatenate(([0], np.cumsum(ground[lane] == kind)))[at]
                np.testing.assert_array_equal(
                    np.rint(found.get(kind, np.zeros(columns)) * np.diff(at)), np.diff(sums), f"kind {kind}"
                )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 500), max_size=12))
def test_what_is_said_to_change_adds_up_to_the_picture_however_spans_are_batched(seed, cuts):
    spans = recorded(np.random.default_rng(seed), 6000)
    timeline = Timeline()
    length = max(span[3] for span in spans)
    drawn = np.zeros((LANES, 16, length), np.int64)
    for delta in fill(timeline, spans, [min(cut, len(spans)) for cut in cuts]):
        for lane, kind, start, end, sign in zip(
            delta.lane, delta.kind, delta.start, delta.end, delta.sign, strict=True
        ):
            drawn[lane, kind, start:end] += sign
    ground = painted(spans, length)
    for kind in range(16):
        np.testing.assert_array_equal(drawn[:, kind], ground == kind)
    assert timeline.spans == len(spans)
    assert sum(timeline.count(lane, 0, length) for lane in range(LANES)) == len(spans)


def test_single_spans_are_found_where_they_are():
    rng = np.random.default_rng(9)
    spans = recorded(rng)
    timeline = Timeline()
    fill(timeline, spans, rng.integers(0, len(spans), 10))
    mine = [span for span in spans if span[0] == 1]
    for t in rng.integers(0, 30_000, 200).tolist():
        around = [span for span in mine if span[2] <= t < span[3]]
        found = timeline.at(1, t)
        if not around:
            assert found is None
            continue
        best = max(around, key=lambda span: (DEPTH[min(span[1], 15)], span[2]))
        assert (found.kind, found.start, found.end) == (min(best[1], 15), *best[2:])
        outer = timeline.around(found)
        assert (outer is None) == (found.parent == NOBODY)
        assert outer is None or outer.start <= found.start <= found.end <= outer.end
    seen, span = 0, timeline.beside(1, None, -1, forward=True)
    while span is not None:
        seen, last = seen + 1, span
        span = timeline.beside(1, span, 0, forward=True)
    assert seen == len(mine)
    assert timeline.beside(1, last, 0, forward=False).start <= last.start
    part = timeline.spread(1, 5000, 9000)
    assert len(part.start) == timeline.count(1, 5000, 9000) == sum(s[2] < 9000 and s[3] > 5000 for s in mine)
    assert (np.diff(DEPTH[part.kind].astype(int)) >= 0).all()


def test_what_is_thinned_keeps_its_sums_and_says_since_when_all_is_known():
    start = np.arange(40_000) * 10
    timeline = Timeline(limit=10_000)
    for block in np.split(start, 40):
        n = len(block)
        timeline.append(np.zeros(n, int), np.zeros(n, int), block, block + 4, np.arange(n), np.zeros(n, bool))
    assert 7_000 < timeline.spans <= 10_000
    assert timeline.spans + timeline.thinned == 40_000
    until = timeline.thinned_until(0)
    assert until is not None
    assert until % 10 == 0
    assert timeline.sums([0], 0, 400_000) == {0: 160_000}
    assert timeline.cover(0, 0, 400_000, 40)[0] == pytest.approx(0.4, abs=0.01)
    fine = timeline.cover(0, until, until + 100, 10)[0]
    assert fine.tolist() == pytest.approx([0.4] * 10)
    assert timeline.count(0, 0, until) == 0
    assert timeline.bounds(0) == (0, 399_994)


def test_late_and_overlapping_spans_are_told_once():
    series = Series()
    meta = np.zeros(2, np.uint32)
    series.append(np.array([100, 300]), np.array([200, 400]), meta)
    series.append(np.array([0, 150]), np.array([50, 250]), meta)
    at = np.array([0, 50, 100, 200, 250, 300, 400])
    assert np.diff(series.elapsed(at)).tolist() == [50, 0, 100, 50, 0, 100]
    assert series.n == 4


def test_a_series_searched_by_its_marks_finds_what_a_plain_search_finds():
    rng = np.random.default_rng(2)
    start = np.cumsum(rng.integers(1, 50, 5_001))
    length = rng.integers(0, 30, 5_001)
    end = np.minimum(start + length, np.append(start[1:], start[-1] + 100))
    series = Series()
    for low in range(0, 5_001, 333):
        series.append(start[low : low + 333], end[low : low + 333], np.zeros(len(start[low : low + 333]), np.uint32))
    total = np.concatenate(([0], np.cumsum(end - start)))
    for columns in (7, 100, 4_000):
        at = edges(0, int(end[-1]) + 200, columns)
        last = np.searchsorted(start, at, "right") - 1
        wanted = np.where(
            last < 0, 0, total[last] + np.minimum(at - start[last], total[np.maximum(last, 0) + 1] - total[last])
        )
        np.testing.assert_array_equal(series.elapsed(at), wanted)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_sketch_is_off_by_no_more_than_what_lies_between_two_marks(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 40_000))
    start = np.cumsum(rng.integers(1, 50, n))
    end = np.minimum(start + rng.integers(0, 30, n), np.append(start[1:], start[-1] + 100))
    series = Series()
    series.append(start, end, np.zeros(n, np.uint32))
    for _ in range(int(rng.integers(0, 3))):
        series.thin()
    at = edges(-100, int(end[-1]) + 200, int(rng.integers(1, 60)))
    exact, sketched = series.elapsed(at), series.sketched(at)
    assert (np.diff(sketched) >= 0).all()
    assert abs(exact - sketched).max() <= (1 << MARK_SHIFT) * 30


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_moving_picture_equals_the_one_drawn_from_all_spans(seed):
    rng = np.random.default_rng(seed)
    spans = recorded(rng, 20_000)
    timeline = Timeline()
    step, columns = int(rng.integers(5, 200)), int(rng.integers(5, 150))
    raster = TimelineRaster(LANES, columns, step, 0)
    rows, known = np.arange(LANES), np.zeros(LANES, np.int64)
    row_of = np.array([0, 1, -1])
    for delta in fill(timeline, spans, rng.integers(0, len(spans), 30)):
        if len(delta.end):
            raster.advance(int(delta.end.max()))
        raster.add(delta, row_of, known)
    at = raster.edges(raster.first, raster.last)
    order = sorted(raster.kinds)
    drawn = raster.shares(slice(0, LANES), raster.first, raster.last, order)
    for lane in rows[:2]:
        wanted = timeline.shares(lane, at)
        assert set(wanted) <= set(order)
        for kind, share in zip(order, drawn[:, lane], strict=True):
            np.testing.assert_allclose(share, wanted.get(kind, np.zeros(columns)), atol=1e-6)
    assert not drawn[:, 2].any()
