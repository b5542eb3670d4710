"""The timeline with ten million spans stored in 64 lanes while 60,000 a second arrive: frames, jumps, and what a span costs.

A frame is taking in what came since the last one, bringing the picture up to date and painting it.
"""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.charts.timeline import TimelineView
from gui.theme import ThemeSource
from tests.helpers.scripted import HOST_PID, PYTHON, START_NS
from workers.contract.batch import Batch, Counts, LaneInfo, RunStarted, Spans
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

LANES, STORED = 64, 10_000_000
PER_FRAME, FRAME_NS = 1_000, 16_666_667
FRAMES, JUMPS = 240, 40
SIZE = (1600, 1000)
FRAME_MS, JUMP_MS, SPAN_BYTES = 4.0, 16.0, 24.0


def block(rng: np.random.Generator, per_lane: int, since_ns: int, length_ns: int) -> tuple[np.ndarray, ...]:
    """(lane, kind, start, end), `per_lane` spans in each lane: tasks, every fifth time a wait for a queue."""
    width = length_ns // per_lane
    start = since_ns + np.arange(per_lane) * width + rng.integers(0, width // 4, (LANES, per_lane))
    end = start + rng.integers(width // 4, width * 3 // 4, (LANES, per_lane))
    kind = np.where(rng.random((LANES, per_lane)) < 0.8, SpanKind.TASK, SpanKind.QUEUE)
    return np.repeat(np.arange(LANES), per_lane), kind.ravel().astype(np.uint8), start.ravel(), end.ravel()


def batches(rng: np.random.Generator, now_ns: int) -> Iterator[Batch]:
    """What a reader would hand over, a frame apart."""
    per_lane = -(-PER_FRAME // LANES)
    while True:
        lane, kind, start, end = block(rng, per_lane, now_ns, FRAME_NS)
        now_ns += FRAME_NS
        chosen = np.sort(rng.permutation(len(lane))[:PER_FRAME])
        n = len(chosen)
        yield Batch(
            now_ns,
            RunPhase.RUNNING,
            Counts(active=LANES),
            clock_start_ns=START_NS,
            spans=Spans(
                lane[chosen].astype(np.int32),
                kind[chosen],
                np.zeros(n, bool),
                np.arange(n, dtype=np.int64),
                start[chosen],
                end[chosen],
                np.zeros(n, np.int64),
            ),
        )


@pytest.fixture
def filled(qtbot: QtBot) -> tuple[TimelineView, RunStore, Iterator[Batch]]:
    """A view of ten million spans, shown, and what goes on."""
    rng = np.random.default_rng(1)
    per_lane, pieces = STORED // LANES, 50
    length = STORED * 1_000_000_000 // 60_000
    lanes = tuple(
        LaneInfo(i, "here", HOST_PID, HOST_PID + i, 1, f"worker {i}", "worker", START_NS) for i in range(LANES)
    )
    store = RunStore()
    config = RunConfig("thread_pool", "count_primes", LANES)
    store.apply(
        Batch(
            START_NS,
            RunPhase.RUNNING,
            Counts(active=LANES),
            clock_start_ns=START_NS,
            started=RunStarted(config, PYTHON, START_NS),
            lanes=lanes,
        )
    )
    view = TimelineView(ThemeSource(), limit=STORED + 2_000_000)
    qtbot.addWidget(view)
    view.resize(*SIZE)
    view.show_store(store)
    for i in range(pieces):
        lane, kind, start, end = block(rng, per_lane // pieces, START_NS + length // pieces * i, length // pieces)
        n = len(lane)
        view.feed.timeline.append(lane, kind, start, end, np.arange(n), np.zeros(n, bool))
    view.show()
    qtbot.waitExposed(view)
    return view, store, batches(rng, START_NS + length)


def frame(view: TimelineView, store: RunStore, coming: Iterator[Batch]) -> float:
    """ms of one frame."""
    store.apply(next(coming))
    begun = time.perf_counter()
    view.refresh()
    view.repaint()
    return (time.perf_counter() - begun) * 1e3


@pytest.mark.usefixtures("idle_cores")
def test_frames_and_jumps_with_ten_million_spans(
    benchmark: Any, qtbot: QtBot, filled: tuple[TimelineView, RunStore, Iterator[Batch]]
) -> None:
    view, store, coming = filled
    stored = view.feed.timeline.spans
    assert stored >= STORED - LANES * 50
    for _ in range(60):
        frame(view, store, coming)
    assert not view.plot.unfinished
    assert view.frame is not None
    assert view.frame.rows == LANES
    frames: list[float] = []
    # Not as rounds of the benchmark: of those there is a single one where benchmarks are not asked for.
    benchmark.pedantic(lambda: frames.extend(frame(view, store, coming) for _ in range(FRAMES)), rounds=1)
    jumps: list[float] = []
    rng = np.random.default_rng(2)
    length = store.now_ns - START_NS
    for i in range(JUMPS):
        # From the whole run, the dearest, to a few milliseconds.
        wide = length if i % 4 == 0 else int(length ** (0.6 + 0.4 * rng.random()))
        start = START_NS + int(rng.integers(0, length - wide + 1))
        begun = time.perf_counter()
        view.range.show(start, start + wide)
        view.nudge()
        view.repaint()
        jumps.append((time.perf_counter() - begun) * 1e3)
        while view.plot.unfinished:
            view.nudge()
    view.follow()
    bytes_each = view.feed.timeline.nbytes / view.feed.timeline.spans
    figures = {
        "frame p50 ms": float(np.percentile(frames, 50)),
        "frame p95 ms": float(np.percentile(frames, 95)),
        "frame max ms": max(frames),
        "jump p50 ms": float(np.percentile(jumps, 50)),
        "jump max ms": max(jumps),
        "bytes a span": bytes_each,
    }
    benchmark.extra_info.update(figures)
    print({name: round(value, 2) for name, value in figures.items()})  # noqa: T201
    assert figures["frame p95 ms"] < FRAME_MS
    assert figures["jump max ms"] < JUMP_MS
    assert bytes_each <= SPAN_BYTES
