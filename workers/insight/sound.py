"""What no machine gives is left out before it is added up: one NaN or a time of a thousand years would spoil every sum and every scale,
or ask for terabytes of cells to add things up in."""

from dataclasses import replace

import numpy as np

from workers.contract.batch import Batch, Counts, LaneInfo, ProcessSample, Spans, ThreadSample

LONGEST_S = 1e9
"""CPU time, waiting for a core, and the time that a machine is up: 30 years."""
MOST = 2**53
"""Tasks, lines, workers."""
SPARE_NS = 60 * 10**9
"""So far from the run may times lie."""


def sound(batch: Batch, asked_ns: int) -> Batch:
    """The batch, or a copy without the samples and spans that cannot be. `asked_ns`: when its run was asked for."""
    first, last = min(asked_ns, batch.t_ns) - SPARE_NS, max(asked_ns, batch.t_ns) + SPARE_NS
    changes: dict[str, object] = {}
    processes = tuple(sample for sample in batch.processes if _possible(sample, first, last))
    threads = tuple(sample for sample in batch.threads if _possible(sample, first, last))
    if len(processes) != len(batch.processes) or len(threads) != len(batch.threads):
        changes |= {"processes": processes, "threads": threads}
    if not _of_time(batch.machine_busy_s):
        changes["machine_busy_s"] = None
    if not 0.0 <= batch.own_cpu_share <= 1_000.0:
        changes["own_cpu_share"] = 0.0
    if any(not 0 <= count <= MOST for count in vars(batch.counts).values()):
        changes["counts"] = Counts(**{name: min(max(count, 0), MOST) for name, count in vars(batch.counts).items()})
    spans = _possible_spans(batch.spans, first, last)
    if spans is not batch.spans:
        changes["spans"] = spans
    low, high = first + SPARE_NS, last - SPARE_NS
    if any(not low <= time <= high for lane in batch.lanes for time in (lane.started_ns, lane.ended_ns or high)):
        changes["lanes"] = tuple(_placed(lane, low, high) for lane in batch.lanes)
    return replace(batch, **changes) if changes else batch  # type: ignore[arg-type]


def _possible(sample: ProcessSample | ThreadSample, first: int, last: int) -> bool:
    if not (_of_time(sample.cpu_s) and _of_time(sample.run_queue_s) and first <= sample.t_ns <= last):
        return False
    return isinstance(sample, ThreadSample) or sample.rss is None or sample.rss >= 0


def _of_time(seconds: float | None) -> bool:
    return seconds is None or 0.0 <= seconds <= LONGEST_S  # NaN is neither


def _placed(lane: LaneInfo, first: int, last: int) -> LaneInfo:
    """With times that its run can have."""
    ended = lane.ended_ns and min(max(lane.ended_ns, first), last)
    return replace(lane, started_ns=min(max(lane.started_ns, first), last), ended_ns=ended)


def _possible_spans(spans: Spans | None, first: int, last: int) -> Spans | None:
    """Those that end after they begin, about the time of the run."""
    if spans is None:
        return None
    good = (spans.end >= spans.start) & (spans.start >= first) & (spans.end <= last)
    if good.all():
        return spans
    return Spans(**{name: getattr(spans, name)[good] for name in Spans.__dataclass_fields__}) if np.any(good) else None
