"""`--spans`: what a row says of a task."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.accounts import Lane as Lived
from tests.helpers.accounts import constructed, tasks
from tests.helpers.scripted import START_NS, starting
from workers.cli.spans import SpanWriter
from workers.client.drain import Drain
from workers.contract.batch import Batch, Counts, LaneInfo, Spans
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import AWAITED, SpanKind
from workers.insight.accounts import Accounts
from workers.insight.store import RunStore
from workers.insight.timeline_feed import TimelineFeed
from workers.telemetry import header, ring
from workers.telemetry.clock import now
from workers.telemetry.recorder import Lane
from workers.telemetry.table import LOCK, LockTable
from workers.telemetry.waiting import ANY, TAKE


def test_waits_of_tasks_have_their_task_and_those_of_lanes_none(tmp_path: Path) -> None:
    rows = [
        (SpanKind.QUEUE, 7, 3), (SpanKind.RESULT, 8, 4), (SpanKind.LOCK, 9, 5), (SpanKind.IO, 10, 0), (SpanKind.CUT, 11, 0),
        (SpanKind.QUEUE, 0, 0), (SpanKind.RESULT, 0, 0), (SpanKind.JOIN, 0, 0),
    ]  # fmt: skip
    kind, task, number = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    start = np.full(len(rows), START_NS, np.int64)
    spans = Spans(
        np.zeros(len(rows), np.int32), kind.astype(np.uint8), np.zeros(len(rows), bool), task, start, start + 1, number
    )
    lanes = (LaneInfo(0, "here", 1, 1, 1, "worker 0", "worker", START_NS),)
    store = RunStore()
    store.apply(starting(RunConfig("thread_pool", "sleep", 2)))
    batch = Batch(START_NS, RunPhase.RUNNING, Counts(), clock_start_ns=START_NS, lanes=lanes)
    store.apply(batch)
    with SpanWriter(str(tmp_path / "spans.csv")) as writer:
        writer.write(replace(batch, spans=spans), store)
    told = [row["task"] for row in csv.DictReader((tmp_path / "spans.csv").read_text().splitlines())]
    assert told == ["7", "8", "9", "10", "11", "", "", ""]


def test_a_worker_comes_up_until_the_clock_starts_whoever_says_so() -> None:
    """One was ready 40 ms before that; one came later."""
    spans = [(SpanKind.START_UP, -100.0, -40.0, 0), (SpanKind.START_UP, 500.0, 560.0, 0), *tasks((600, 2_000))]
    early = Lived(tid=600, pid=600, started=-100, spans=[spans[0], *tasks((0, 2_000))])
    store = constructed([early, Lived(tid=601, pid=601, started=500, spans=spans[1:])], 2_000)
    ((count, told, longest),) = [
        (wait.count, wait.seconds, wait.longest_s)
        for wait in store.figures.waits.sums(store)
        if wait.kind == SpanKind.START_UP
    ]
    assert (count, told, longest) == (2, pytest.approx(0.16), pytest.approx(0.1))
    assert Accounts(store).of_run().seconds["startup"] == pytest.approx(told)


def test_the_timeline_draws_a_worker_coming_up_until_the_clock_starts_also_where_its_span_came_before() -> None:
    lane = LaneInfo(0, "here", 1, 1, 1, "worker 0", "worker", START_NS)
    up = np.array([START_NS - 100]), np.array([START_NS - 40])
    zero = np.zeros(1, np.int64)
    kind = np.array([SpanKind.START_UP], np.uint8)
    spans = Spans(np.zeros(1, np.int32), kind, np.zeros(1, bool), zero, *up, zero)
    store, feed = RunStore(), TimelineFeed()
    store.apply(starting(RunConfig("thread_pool", "sleep", 2)))
    store.apply(Batch(START_NS - 30, RunPhase.WARMING, Counts(), lanes=(lane,), spans=spans))
    assert feed.follow(store) == []
    store.apply(Batch(START_NS + 500, RunPhase.RUNNING, Counts(), clock_start_ns=START_NS))
    (delta,) = feed.follow(store)
    assert (delta.start.tolist(), delta.end.tolist()) == ([START_NS - 100], [START_NS])


@pytest.mark.parametrize("what", ["nothing", "lock", "nap", "doze", "stand"])
def test_what_a_lane_was_at_when_it_was_ended_is_recorded_for_it(tmp_path: Path, what: str) -> None:
    table = LockTable(str(tmp_path), create=True)
    table.make(3, "the till", LOCK)
    table.close()
    claimed = ring.Rings(str(tmp_path), 64).claim()
    claimed.enter("lane", "worker", now())
    lane, words = Lane(claimed), claimed.words
    begun = since = now()
    if what == "stand":
        lane.stand(ANY, SpanKind.RESULT)
    else:
        words[header.TASK_SINCE], words[header.CURRENT] = begun, 5 + 1
    if what == "lock":
        since = lane.wait_for(3, 2, TAKE)
    elif what == "nap":
        since = now()
        lane.naps(since + 60_000_000_000, since)
    elif what == "doze":
        lane.falls_asleep(60.0)
        since = lane._asleep_since
    drain = Drain(str(tmp_path), 64, "here")
    drain.read()
    spans, _ = drain.read(final=True)
    drain.close()
    assert spans is not None
    told = list(zip(spans.kind.tolist(), spans.task.tolist(), spans.start.tolist(), strict=True))
    cut = (SpanKind.CUT, 5, begun)
    if what == "stand":
        ((kind, task, start),) = told
        assert (kind, task) == (SpanKind.RESULT, 0)
        assert start >= since
    else:
        waits = {"lock": SpanKind.LOCK, "nap": SpanKind.IO, "doze": SpanKind.IO}
        assert (spans.queued_us == AWAITED).any() == (what == "doze")
        assert told == [*([(waits[what], 5, since)] if what in waits else []), cut]
    assert (spans.end >= begun).all()
    assert (spans.end <= now()).all()
    claimed.abandon()
