"""P6: what a stored span takes: in the timeline that is looked at, against the record it came in and what others save."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.benchmarks.figures import Figure, Scale
from tests.benchmarks.machine import installed, versioned
from tests.benchmarks.p02_transport import event_bytes
from tests.benchmarks.scene import LANES, PER_SECOND, block
from tests.helpers.scripted import START_NS
from workers.insight.history import ROW_BYTES
from workers.insight.timeline import Timeline
from workers.telemetry.header import RECORD

LIMIT = 24.0


def measure(scale: Scale) -> Iterator[Figure]:
    """By numpy's own count, and by the growth of the process."""
    spans, pieces = scale.pick(10_000_000, 1_000_000), 50
    rng = np.random.default_rng(1)
    timeline = Timeline()
    timeline.limit = spans + 1
    length = spans * 1_000_000_000 // PER_SECOND
    before = resident()
    for i in range(pieces):
        lane, kind, start, end = block(rng, spans // LANES // pieces, START_NS + length // pieces * i, length // pieces)
        n = len(lane)
        timeline.append(lane, kind, start, end, np.arange(n), np.zeros(n, bool))
    grown = resident() - before
    stored = timeline.spans
    yield Figure(
        f"{stored:,} spans in the timeline", "bytes", (timeline.nbytes / stored,), LIMIT,
        peer=f"a raw record of {RECORD} bytes", clock="size", steady=True, ours=f"{timeline.nbytes / 1e6:.0f} MB",
        theirs=f"{stored * RECORD / 1e6:.0f} MB",
    )  # fmt: skip
    yield Figure(
        "the same, by the growth of the process", "bytes", (grown / stored,), peer="resident memory before",
        clock="size", steady=True, note="What a block was copied from while it was taken in is among it.",
    )  # fmt: skip
    yield Figure(
        "a span in the store, beside the timeline, until its part of the bound is full", "bytes", (float(ROW_BYTES),),
        peer="by its columns", clock="size", steady=True,
    )  # fmt: skip
    viztracer, terse = event_bytes()
    yield Figure(
        "an event in a saved file of VizTracer's", "bytes", (viztracer,) if installed("viztracer") else (),
        peer=versioned("viztracer"), clock="size", steady=True,
    )  # fmt: skip
    yield Figure(
        "an event in the JSON that Perfetto reads", "bytes", (terse,), peer="name, ph, ts, dur, pid, tid, no spaces",
        clock="size", steady=True,
    )  # fmt: skip


def resident() -> int:
    """Bytes of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
