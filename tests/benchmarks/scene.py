"""A run that never happened, as large as one likes: 64 lanes with tasks and waits, 60,000 spans a second."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tests.helpers.scripted import HOST_PID, PYTHON, START_NS
from workers.contract.batch import (
    Batch,
    Counts,
    Identity,
    LaneInfo,
    ProcessEvent,
    ProcessSample,
    RunStarted,
    Spans,
    ThreadSample,
)
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind

LANES, PROCESSES = 64, 8
PER_SECOND, PER_FRAME, FRAME_NS = 60_000, 1_000, 16_666_667
SAMPLED_EVERY = 6
CONFIG = RunConfig("processes_with_threads", "count_primes", LANES)

Columns = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def block(rng: np.random.Generator, per_lane: int, since_ns: int, length_ns: int, lanes: int = LANES) -> Columns:
    """(lane, kind, start, end), `per_lane` spans in each lane: tasks, every fifth time a wait for a queue."""
    width = length_ns // per_lane
    start = since_ns + np.arange(per_lane) * width + rng.integers(0, max(1, width // 4), (lanes, per_lane))
    end = start + rng.integers(width // 4, max(width // 4 + 1, width * 3 // 4), (lanes, per_lane))
    kind = np.where(rng.random((lanes, per_lane)) < 0.8, SpanKind.TASK, SpanKind.QUEUE)
    return np.repeat(np.arange(lanes), per_lane), kind.ravel().astype(np.uint8), start.ravel(), end.ravel()


def spans_of(columns: Columns, most: int | None, rng: np.random.Generator) -> Spans:
    """As a reader hands them over; `most` of them, chosen at random."""
    lane, kind, start, end = columns
    if most is not None and most < len(lane):
        chosen = np.sort(rng.permutation(len(lane))[:most])
        lane, kind, start, end = lane[chosen], kind[chosen], start[chosen], end[chosen]
    n = len(lane)
    return Spans(
        lane.astype(np.int32), kind, np.zeros(n, bool), np.arange(n, dtype=np.int64), start, end, np.zeros(n, np.int64)
    )


def _pid(lane: int) -> int:
    return HOST_PID + lane // (LANES // PROCESSES)


def lane_infos() -> tuple[LaneInfo, ...]:
    """Eight threads in each of eight processes."""
    return tuple(
        LaneInfo(i, "here", _pid(i), 30_000 + i, HOST_PID - 1, f"worker {i}", "worker", START_NS) for i in range(LANES)
    )


@dataclass
class Scene:
    """Makes the batches of one run, in order of time."""

    rng: np.random.Generator
    now_ns: int = START_NS
    made: int = 0

    def begin(self) -> Batch:
        """The run has started, and its clock runs."""
        events = tuple(ProcessEvent(HOST_PID + i, START_NS, "born", "worker") for i in range(PROCESSES))
        return Batch(
            START_NS,
            RunPhase.RUNNING,
            Counts(active=LANES),
            clock_start_ns=START_NS,
            started=RunStarted(CONFIG, PYTHON, START_NS),
            lanes=lane_infos(),
            events=events,
        )

    def stored(self, spans: int, pieces: int) -> Iterator[Batch]:
        """What brings so many spans into a store, at the pace of the run."""
        per_lane = max(1, spans // LANES // pieces)
        length = per_lane * LANES * 1_000_000_000 // PER_SECOND
        for _ in range(pieces):
            columns = block(self.rng, per_lane, self.now_ns, length)
            self.now_ns += length
            yield self._batch(spans_of(columns, None, self.rng), True)

    def frames(self) -> Iterator[Batch]:
        """What comes in a frame, a sixtieth of a second after the last one; with samples ten times a second."""
        per_lane = -(-PER_FRAME // LANES)
        frame = 0
        while True:
            columns = block(self.rng, per_lane, self.now_ns, FRAME_NS)
            self.now_ns += FRAME_NS
            frame += 1
            yield self._batch(spans_of(columns, PER_FRAME, self.rng), frame % SAMPLED_EVERY == 0)

    def _batch(self, spans: Spans, sampled: bool) -> Batch:
        self.made += int(np.count_nonzero(spans.kind == SpanKind.TASK))
        life = (self.now_ns - START_NS) / 1e9
        processes: tuple[ProcessSample, ...] = ()
        threads: tuple[ThreadSample, ...] = ()
        if sampled:
            each = LANES // PROCESSES
            processes = tuple(
                ProcessSample(
                    Identity("here", HOST_PID + i, 1000.0 + i),
                    self.now_ns,
                    HOST_PID - 1,
                    "worker",
                    "running",
                    each,
                    life * 0.2,
                    rss=12 << 20,
                    switches=int(life * 200),
                    run_queue_s=life * 0.3,
                )
                for i in range(PROCESSES)
            )
            threads = tuple(
                ThreadSample(
                    _pid(i), 30_000 + i, self.now_ns, f"worker {i}", "worker", "sleeping", life * 0.2 / each, life * 0.04,
                    int(life * 25), "futex",
                )
                for i in range(LANES)
            )  # fmt: skip
        return Batch(
            self.now_ns,
            RunPhase.RUNNING,
            Counts(submitted=self.made + LANES, done=self.made, active=LANES),
            clock_start_ns=START_NS,
            spans=spans,
            processes=processes,
            threads=threads,
            own_cpu_share=0.01,
        )
