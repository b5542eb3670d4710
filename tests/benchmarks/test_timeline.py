"""The timeline alone with ten million spans stored in 64 lanes while 60,000 a second arrive: frames, jumps, and what a span costs.

A frame is taking in what came since the last one, bringing the picture up to date and painting it; between two of them some rows of what
was sampled are made. The suite (P4 to P6) measures the whole window.
"""

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.charts.timeline import TimelineView
from tests.benchmarks.p05_jump import filled, jump
from tests.benchmarks.scene import LANES
from workers.contract.batch import Batch
from workers.insight.store import RunStore

STORED, FRAMES, JUMPS = 10_000_000, 240, 40
FRAME_MS, JUMP_MS, SPAN_BYTES = 4.0, 16.0, 24.0


def frame(view: TimelineView, store: RunStore, coming: Iterator[Batch], between: list[float]) -> float:
    """ms of one frame; what is done until the next one is put into `between`."""
    store.apply(next(coming))
    begun = time.perf_counter()
    view.refresh()
    view.repaint()
    shown = time.perf_counter()
    view.samples.band.make_some()  # which the event loop would do now
    between.append((time.perf_counter() - shown) * 1e3)
    return (shown - begun) * 1e3


@pytest.mark.usefixtures("idle_cores")
def test_frames_and_jumps_with_ten_million_spans(benchmark: Any, qtbot: QtBot) -> None:
    rng = np.random.default_rng(2)
    view, store, scene = filled(STORED, np.random.default_rng(1))
    qtbot.addWidget(view)
    qtbot.waitExposed(view)
    coming = scene.frames()
    stored = view.feed.timeline.spans
    assert stored >= STORED - LANES * 50
    for _ in range(60):
        frame(view, store, coming, [])
    assert not view.plot.unfinished
    assert view.frame is not None
    assert view.frame.rows == LANES
    frames: list[float] = []
    between: list[float] = []
    # Not as rounds of the benchmark: of those there is a single one where benchmarks are not asked for.
    benchmark.pedantic(lambda: frames.extend(frame(view, store, coming, between) for _ in range(FRAMES)), rounds=1)
    jumps = [jump(view, store, rng, i) for i in range(JUMPS)]
    view.course.follow()
    bytes_each = view.feed.timeline.nbytes / view.feed.timeline.spans
    figures = {
        "frame p50 ms": float(np.percentile(frames, 50)),
        "frame p95 ms": float(np.percentile(frames, 95)),
        "frame max ms": max(frames),
        "between frames p50 ms": float(np.percentile(between, 50)),
        "between frames p95 ms": float(np.percentile(between, 95)),
        "jump p50 ms": float(np.percentile(jumps, 50)),
        "jump max ms": max(jumps),
        "bytes a span": bytes_each,
    }
    benchmark.extra_info.update(figures)
    print({name: round(value, 2) for name, value in figures.items()})  # noqa: T201
    assert figures["frame p95 ms"] < FRAME_MS
    assert figures["jump max ms"] < JUMP_MS
    assert bytes_each <= SPAN_BYTES
