"""Detail is thinned to keep within a bound; every sum stays what it was."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.helpers.scripted import START_NS, starting
from workers.contract.batch import Batch, Counts, LaneInfo, Spans
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.accounts import Accounts
from workers.insight.blocks import Blocks
from workers.insight.findings import evidence_of
from workers.insight.history import DEFAULT_MB, LEAST_MB, MOST_MB, History
from workers.insight.store import RunStore
from workers.insight.summary import summarise
from workers.insight.timeline_feed import TimelineFeed

LANES = 3
KINDS = np.array([SpanKind.TASK, SpanKind.TASK, SpanKind.LOCK, SpanKind.QUEUE, SpanKind.IO, SpanKind.JOIN], np.uint8)


def columns(rng, count, begin):
    """Spans of LANES lanes, each lane's one after the other from `begin` on, in the order in which they end; lane 2 stops early."""
    lane = rng.integers(0, LANES if begin < START_NS + 2_000_000 else LANES - 1, count).astype(np.int32)
    start, end = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for number in range(LANES):
        mine = np.flatnonzero(lane == number)
        edges = begin + np.cumsum(rng.integers(1, 9_000, 2 * len(mine)))
        start[mine], end[mine] = edges[::2], edges[1::2]
    order = np.argsort(end, kind="stable")
    lane, start, end = lane[order], start[order], end[order]
    kind = KINDS[rng.integers(0, len(KINDS), count)]
    number = np.where(kind == SpanKind.LOCK, rng.integers(1, 4, count) | rng.integers(0, 3, count) << 16, 5)
    task = np.arange(count, dtype=np.int64)
    return Spans(lane, kind, rng.random(count) < 0.2, task, start, end, number.astype(np.int64))


def feed_all(batches, limit=None, drawn=None):
    """A store, and a timeline that read it as it grew, both with these limits."""
    store, feed = RunStore(), TimelineFeed(drawn)
    for batch in batches:
        store.apply(batch)
        if limit is not None:
            store.spans.limit = limit
        feed.follow(store)
        while feed.behind:
            feed.follow(store)
    return store, feed


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(40, 600), st.integers(40, 600))
@example(36166, 240, 40)  # the slowest task of all is among the last ones, which nobody had asked for yet
def test_sums_after_thinning_are_the_sums_before(seed, limit, drawn):
    rng = np.random.default_rng(seed)
    lanes = tuple(
        LaneInfo(i, "here", 10, 10 + i, 1, f"t{i}", "main" if i == 0 else "worker", START_NS) for i in range(LANES)
    )
    batches, t = [starting(RunConfig("thread_pool", "sleep", LANES))], START_NS
    for i in range(12):
        spans = columns(rng, int(rng.integers(0, 400)), t)
        t = max([t, *spans.end.tolist()]) + 1
        batches.append(
            Batch(t, RunPhase.RUNNING, Counts(9_000, 8_000), START_NS, lanes=() if i else lanes, spans=spans)
        )
    whole, all_spans = feed_all(batches)
    thin, _ = feed_all(batches, limit)
    _, some_spans = feed_all(batches, drawn=drawn)
    assert len(thin.spans) <= limit
    assert len(thin.spans) + thin.spans.forgotten == len(whole.spans)
    for name in ("lane", "start", "queued_us"):
        assert thin.spans[name].tolist() == whole.spans[name][thin.spans.forgotten :].tolist()
    if thin.spans.forgotten:
        gone = whole.spans["end"][: thin.spans.forgotten]
        assert thin.detail_from_ns == gone.max()

    ours, theirs = summarise(thin), summarise(whole)
    for entry in ("lanes", "accounts", "waits", "wall_s", "throughput_per_s", "tasks", "telemetry", "findings"):
        assert ours[entry] == theirs[entry], entry
    told = evidence_of(thin, Accounts(thin)), evidence_of(whole, Accounts(whole))
    assert told[0] == told[1]
    for kind in ("queue", "service"):
        assert thin.figures.latency.whole[kind].count == whole.figures.latency.whole[kind].count
        assert ours["latency_s"][kind]["max"] == theirs["latency_s"][kind]["max"]
    assert ours["history"]["thinned"] == thin.spans.forgotten

    line, full = some_spans.timeline, all_spans.timeline
    assert line.spans + line.thinned == full.spans
    tracks = [track.number for track in some_spans.tracks]
    assert line.sums(tracks, 0, t) == full.sums(tracks, 0, t)
    if line.detail_from is not None:
        assert line.sums(tracks, line.detail_from, t) == full.sums(tracks, line.detail_from, t)
        for track in tracks:
            assert line.count(track, line.detail_from, t) == full.count(track, line.detail_from, t)


def test_blocks_are_told_before_they_go_and_a_part_is_what_it_says():
    told = []
    kept = Blocks({"a": "i8"}, 100, told.append)
    for low in range(0, 330, 33):
        kept.append(a=np.arange(low, low + 33))
    assert len(kept) <= 100
    assert told == list(range(12, kept.forgotten + 1, 12))
    assert kept["a"].tolist() == list(range(kept.forgotten, 330))
    assert kept.part(("a",), 5, 31)[0].tolist() == list(range(kept.forgotten + 5, kept.forgotten + 31))
    assert kept.part(("a",), 90, 40)[0].tolist() == []
    kept.limit = 20
    kept.append(a=np.arange(330, 331))
    assert len(kept) <= 20
    assert kept.nbytes <= 8 * 36


def test_a_bound_is_shared_out_and_kept_within_its_limits():
    alone, both = History(), replace(History(), drawn=True)
    assert alone.stored * 38 <= DEFAULT_MB * 1e6
    assert both.stored * 38 + both.timeline * 24 <= DEFAULT_MB * 1e6
    for wrong in (LEAST_MB - 1, MOST_MB + 1, True, 512.0):
        with pytest.raises(ValueError, match=f"from {LEAST_MB} to {MOST_MB}"):
            History(wrong)
