"""A task's own time: what it waited for others is left out, whatever block of spans it comes in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.scripted import START_NS, starting
from workers.contract.batch import Batch, Counts, LaneInfo, RunEnded, Spans
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.findings import evidence_of, findings
from workers.insight.latency import OWN
from workers.insight.store import RunStore

MS = 1_000_000
Span = tuple[int, int, int, int]
"""Lane, kind, start and end in milliseconds since the clock started."""


def fed(spans: list[Span], lanes: int, cuts: list[int], main: bool = True) -> RunStore:
    """A store that got these spans in blocks that end at `cuts`, and added up after each."""
    store = RunStore()
    store.apply(starting(RunConfig(model="process_pool", workload="sleep", workers=lanes, seconds=10.0)))
    infos = tuple(
        LaneInfo(i, "here", 100 + i, 100 + i, 1, "", "main" if main and i == 0 else "worker", START_NS)
        for i in range(lanes)
    )
    last = max((span[3] for span in spans), default=0)
    tasks = sum(span[1] == SpanKind.TASK for span in spans)
    for low, high in zip([0, *cuts], [*cuts, len(spans)], strict=True):
        block = spans[low:high]
        if not block:
            continue
        lane, kind, start, end = (np.array(column, np.int64) for column in zip(*block, strict=True))
        told = Spans(
            lane.astype(np.int32), kind.astype(np.uint8), np.zeros(len(block), bool), np.arange(low, high),
            START_NS + start * MS, START_NS + end * MS, np.zeros(len(block), np.int64),
        )  # fmt: skip
        now = START_NS + int(end.max()) * MS
        store.apply(Batch(now, RunPhase.RUNNING, Counts(tasks, 0), clock_start_ns=START_NS, lanes=infos, spans=told))
        assert store.figures is not None
        store.figures.follow(store)
    store.apply(
        Batch(
            START_NS + last * MS,
            RunPhase.FINISHED,
            Counts(tasks, tasks),
            ended=RunEnded(RunPhase.FINISHED, START_NS + last * MS, None, False),
        )
    )
    return store


def test_who_gets_the_lock_late_is_not_a_slow_worker() -> None:
    """Four processes, each task 20 ms of its own; the last one's wait 120 ms for the lock as well."""
    spans: list[Span] = []
    for lane in range(1, 5):
        at = 0
        for _ in range(12):
            wait = 120 if lane == 4 else 1
            spans += [(lane, SpanKind.LOCK, at, at + wait), (lane, SpanKind.TASK, at, at + wait + 20)]
            at += wait + 20
    store = fed(spans, 5, [len(spans) // 3 | 1])
    evidence = evidence_of(store)
    assert [lane.median_s for lane in evidence.times] == pytest.approx([0.02] * 4, rel=0.05)
    assert [lane.busy_s for lane in evidence.times] == pytest.approx([0.24] * 4)
    assert evidence.service_p50_s == pytest.approx(0.021, rel=0.05)
    assert all(finding.id != "slow_lane" for finding in findings(evidence))
    # One that needs longer for the work itself is still named, however long the others wait.
    slow = [(lane, kind, start, end + 60 * (lane == 4 and kind == SpanKind.TASK)) for lane, kind, start, end in spans]
    apart = [(lane, kind, start * 3, end + start * 2) for lane, kind, start, end in slow]
    assert any(finding.id == "slow_lane" for finding in findings(evidence_of(fed(apart, 5, []))))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_what_a_task_waited_is_found_in_any_blocks(data: st.DataObject) -> None:
    spans: list[Span] = []
    own: dict[int, list[int]] = {}
    for lane in range(1, 4):
        at = 0
        for _ in range(data.draw(st.integers(0, 4))):
            at += data.draw(st.integers(0, 3))
            start, mine = at, data.draw(st.integers(1, 9))
            for _ in range(data.draw(st.integers(0, 3))):
                wait = data.draw(st.integers(1, 9))
                spans.append((lane, data.draw(st.sampled_from([SpanKind.LOCK, SpanKind.QUEUE])), at, at + wait))
                at += wait
            at += mine
            spans.append((lane, SpanKind.TASK, start, at))
            own.setdefault(lane, []).append(mine)
            idle = data.draw(st.integers(0, 3))
            if idle:
                spans.append((lane, SpanKind.QUEUE, at, at + idle))
            at += idle
    # In the order in which they ended, a wait before its task.
    spans = [(0, SpanKind.RESULT, 0, 50), *sorted(spans, key=lambda span: (span[3], span[1] == SpanKind.TASK))]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(spans)), max_size=3)))
    store = fed(spans, 4, cuts)
    assert store.figures is not None
    latency = store.figures.follow(store).latency
    told = {one.lane: (one.count, one.least_s, one.most_s) for one in latency.lanes(OWN)}
    assert told == {
        lane: (len(times), pytest.approx(min(times) / 1e3), pytest.approx(max(times) / 1e3))
        for lane, times in own.items()
    }
    assert latency.own.count == sum(map(len, own.values()))
