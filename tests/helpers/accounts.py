"""Stores of runs that never happened, for accounts, and what must hold of every account."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.helpers.scripted import HOST_PID, START_NS, starting
from workers.contract.batch import Batch, Counts, LaneInfo, RunEnded, Spans, ThreadSample
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.accounts import NAMES, Accounts
from workers.insight.store import RunStore

MS = 1_000_000
TENTH = 100 * MS


def accounts_add_up(store: RunStore) -> None:
    """No account has less than nothing, and each has what its lane lived."""
    made = Accounts(store)
    total = 0.0
    for row in store.lanes:
        account = made.of_lane(row.info.number)
        life = max(0, min(row.info.ended_ns or made.end_ns, made.end_ns) - row.info.started_ns) / 1e9
        assert list(account.seconds) == list(NAMES)
        assert min(account.seconds.values()) >= 0
        assert account.wall_s == pytest.approx(life, rel=1e-6, abs=1e-6)
        total += account.wall_s if row.info.number in made.working else 0.0
    assert made.of_run().wall_s == pytest.approx(total, rel=1e-6, abs=1e-6)


@dataclass
class Lane:
    """A lane of a constructed run. Times count in ms from the start of the clock; shares are of the time between samples."""

    tid: int
    pid: int = HOST_PID
    role: str = "worker"
    started: float = -50
    ended: float | None = None
    spans: list[tuple[SpanKind, float, float, int]] = field(default_factory=list)
    """(kind, start, end, the record's other number); they stand in order of their ends."""
    cpu: float = 0.0
    run_queue: float | None = 0.0
    sleeps_in: str = ""
    sampled: bool = True
    dropped: int = 0
    gil: bool | None = True


def tasks(*between: tuple[float, float], queued_ms: float = 0.0) -> list[tuple[SpanKind, float, float, int]]:
    """Tasks from and to."""
    return [(SpanKind.TASK, start, end, round(queued_ms * 1_000)) for start, end in between]


def at(ms: float) -> int:
    """On the clock of a constructed run."""
    return START_NS + round(ms * MS)


def constructed(
    lanes: list[Lane], length: float, batches: int = 1, config: RunConfig | None = None, told_again: bool = False
) -> RunStore:
    """A store of a run of `length` ms, whose spans came in so many batches; threads were sampled every 100 ms.

    `told_again`: each sample came twice, the second time 50 ms later.
    """
    store = RunStore()
    store.apply(starting(config or RunConfig("thread_pool", "sleep", 2, None)))
    infos = [
        LaneInfo(
            i, "here", lane.pid, lane.tid, HOST_PID, f"lane {i}", lane.role, at(lane.started),
            ended_ns=at(length if lane.ended is None else lane.ended),
            task=0 if lane.role != "main" else -1, dropped=lane.dropped, recorded=len(lane.spans) + lane.dropped, gil=lane.gil,
            cpu_ns=round(lane.cpu * (length - lane.started) * MS),
        )
        for i, lane in enumerate(lanes)
    ]  # fmt: skip
    open_infos = tuple(
        LaneInfo(**{**info.__dict__, "ended_ns": None, "recorded": 0, "dropped": 0, "cpu_ns": 0}) for info in infos
    )
    counts = Counts(submitted=sum(len(lane.spans) for lane in lanes))
    store.apply(Batch(START_NS, RunPhase.RUNNING, counts, clock_start_ns=START_NS, lanes=open_infos))
    rows = sorted(((i, *span) for i, lane in enumerate(lanes) for span in lane.spans), key=lambda row: (row[0], row[3]))
    for t_ns in range(at(0), at(length) + 1, TENTH):
        samples = tuple(_sample(lane, t_ns) for lane in lanes if lane.sampled)
        for came in (t_ns, t_ns + TENTH // 2)[: 1 + told_again]:
            store.apply(Batch(came, RunPhase.RUNNING, counts, clock_start_ns=START_NS, threads=samples))
    for part in range(batches):
        block = [row for k, row in enumerate(rows) if k * batches // max(1, len(rows)) == part]
        store.apply(
            Batch(at(length), RunPhase.RUNNING, counts, clock_start_ns=START_NS, spans=_spans(block) if block else None)
        )
        if store.figures is not None:
            store.figures.follow(store)
    done = tuple(LaneInfo(**{**info.__dict__, "task": -1}) for info in infos)
    ended = RunEnded(RunPhase.FINISHED, at(length), None, False)
    store.apply(Batch(at(length), RunPhase.FINISHED, counts, clock_start_ns=START_NS, lanes=done, ended=ended))
    return store


def _sample(lane: Lane, t_ns: int) -> ThreadSample:
    life = max(0, t_ns - at(lane.started)) / 1e9
    queue = None if lane.run_queue is None else lane.run_queue * life
    return ThreadSample(lane.pid, lane.tid, t_ns, "", lane.role, "sleeping", lane.cpu * life, queue, 0, lane.sleeps_in)


def _spans(rows: list[tuple[int, SpanKind, float, float, int]]) -> Spans:
    lane, kind, start, end, number = zip(*rows, strict=True)
    return Spans(
        np.array(lane, np.int32),
        np.array(kind, np.uint8),
        np.zeros(len(rows), bool),
        np.array([0 if item in (SpanKind.TASK, SpanKind.LOCK, SpanKind.IO) else -1 for item in kind], np.int64),
        np.array([at(ms) for ms in start], np.int64),
        np.array([at(ms) for ms in end], np.int64),
        np.array(number, np.int64),
    )
