"""Values that no machine should give: drawn, or a gap, and never an error."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gui.charts.base import Chart
from gui.window import MainWindow
from tests.faults.table import fault
from tests.gui.conftest import make_window, nothing_left, own_settings, session
from tests.helpers.scripted import HOST_PID, START_NS, starting, thread_pool_run
from workers.contract.batch import Batch, Identity, LaneInfo, Mark, ProcessSample, Spans, TextLine, ThreadSample
from workers.contract.config import RunConfig
from workers.contract.memory import RunMemory
from workers.insight.store import RunStore

__all__ = ["make_window", "nothing_left", "own_settings", "session"]

FLOATS = (math.nan, math.inf, -math.inf, 1e308, -1e308, 0.0, 5e-324)
FAR = 1 << 60


def spans(start: list[int], end: list[int]) -> Spans:
    count = len(start)
    return Spans(
        np.zeros(count, "i4"),
        np.zeros(count, "u1"),
        np.zeros(count, "?"),
        np.arange(count, dtype="i8"),
        np.array(start, "i8"),
        np.array(end, "i8"),
        np.zeros(count, "i8"),
    )


def sampled(t_ns: int, value: float) -> tuple[tuple[ProcessSample, ...], tuple[ThreadSample, ...]]:
    process = ProcessSample(Identity("here", HOST_PID, 1.0), t_ns, 1, "host", "?", 2, value, -5, None, FAR, -1, value)
    return (process,), (ThreadSample(HOST_PID, HOST_PID, t_ns, "", "main", "?", value, value, None),)


def odd_values() -> Iterator[Batch]:
    """Batches of a run that has begun: weird numbers, one kind after the other."""
    *good, last = list(thread_pool_run(1.0, threads=2))
    yield from good
    now, rest = last.t_ns, replace(last, ended=None, spans=None, lanes=(), processes=(), threads=(), events=())
    rest = replace(rest, phase=good[-1].phase)
    for number, value in enumerate(FLOATS):
        processes, threads = sampled(now + number * 100_000_000, value)
        yield replace(rest, t_ns=now, processes=processes, threads=threads, machine_busy_s=value, own_cpu_share=value)
    # Time backwards, the clock steps, spans that end before they begin, and none at all.
    for t_ns in (now - 500_000_000, now + 1, START_NS - 1, now + 3_600 * 10**9, now):
        yield replace(rest, t_ns=t_ns)
    yield replace(rest, spans=spans([], []))
    yield replace(rest, spans=spans([now, now + 10, START_NS - 10**9], [now - 10**9, now + 10, START_NS - 2 * 10**9]))
    yield replace(rest, spans=spans([now], [now + FAR // 10**6]))
    odd = LaneInfo(3, "", 0, 0, 0, "\n<b>" * 50, "worker", -FAR, recorded=FAR, delivered=0, dropped=FAR, cpu_ns=-FAR)
    yield replace(rest, lanes=(odd,))
    yield replace(rest, marks=tuple(Mark("paused", HOST_PID, t_ns, "x" * 9_000) for t_ns in (-FAR, 0, now, FAR)))
    yield replace(rest, texts=(TextLine(-FAR, 0, 0, "stdout", ""), TextLine(FAR, 1, 1, "?", "\0")))
    yield replace(rest, counts=replace(rest.counts, submitted=FAR, done=FAR, failed=FAR, active=-5))
    yield replace(rest, memory=RunMemory(0, 1, held=True))
    yield replace(last, counts=replace(last.counts, lost=FAR))


@fault(
    "F60",
    injected="a store with no data, and a run with NaN, infinities, 1e308, negative sizes, time backwards, a clock that steps, "
    "spans that end before they begin, marks in the far future",
    expected="every chart, table and figure draws it or leaves it out; nothing raises; what series gives is finite",
)
def test_weird_values_are_drawn_or_left_out(make_window) -> None:  # type: ignore[no-untyped-def]
    window: MainWindow = make_window()
    charts = window.findChildren(Chart)
    assert len(charts) >= 5
    for batch in (starting(RunConfig()), *odd_values()):
        window.controller._take(batch)
        window.clock.refresh_all()
    assert isinstance(window.store, RunStore)
    window.grab()
    for chart in charts:
        chart.refresh()
        for x, y in chart.series().values():
            assert np.isfinite(x).all()
            assert np.isfinite(y).all()
