"""The summary of a run: what the JSON holds. Its schema is `resources/schema/run.v1.json`."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind
from workers.insight.store import LaneRow, ProcessRow, RunStore

SCHEMA = "threadmill.run.v1"
PERCENTILES = (50, 90, 99)


def summarise(store: RunStore) -> dict[str, Any]:
    """What is known of the run in `store`, as JSON-ready values. Times in seconds; `t_s` counts from the start of the clock.

    Raises ValueError where nothing has run.
    """
    if store.started is None:
        raise ValueError("Nothing has run yet: there is no summary.")
    counts, started = store.counts, store.started
    elapsed = store.elapsed_s
    return {
        "schema": SCHEMA,
        "config": started.config.plain(),
        "python": {
            "executable": started.python.executable,
            "version": started.python.version,
            "implementation": started.python.implementation,
            "gil": started.python.gil,
        },
        "phase": store.phase.value,
        "stopped": bool(store.ended and store.ended.stopped),
        "tasks": {"submitted": counts.submitted, "done": counts.done, "failed": counts.failed, "lost": counts.lost},
        "elapsed_s": _round(elapsed),
        "startup_s": _round(store.startup_s),
        "throughput_per_s": _round(counts.done / elapsed) if elapsed else None,
        "processes": [_process(store, row) for row in store.all_processes()],
        "processes_forgotten": store.past_forgotten,
        "lanes": [_lane(row) for row in store.lanes],
        "latency_s": _latency(store),
        "telemetry": {
            "recorded": store.recorded,
            "delivered": store.delivered,
            "dropped": store.dropped,
            "text_dropped": counts.text_dropped,
        },
        "marks": [
            {"kind": mark.kind, "pid": mark.pid, "t_s": _since(store, mark.t_ns), "text": mark.text}
            for mark in store.marks
        ],
        "marks_seen": store.marks_seen,
        "output": [
            {
                "t_s": _since(store, line.t_ns),
                "pid": line.pid,
                "tid": line.tid,
                "stream": line.stream,
                "text": line.text,
            }
            for line in store.texts
        ],
        "output_seen": store.texts_seen,
        "error": store.ended.error if store.ended else None,
    }


def _process(store: RunStore, row: ProcessRow) -> dict[str, Any]:
    return {
        "host": row.host,
        "pid": row.pid,
        "ppid": row.ppid or None,
        "create_time": row.create_time or None,
        "role": row.role,
        "started_s": _since(store, row.started_ns),
        "ended_s": _since(store, row.ended_ns),
        "cpu_s": _round(row.cpu_s),
        "run_cpu_s": _round(max(0.0, row.cpu_s - row.cpu_at_clock_s)),
        "rss": row.sample.rss if row.sample else None,
        "tasks": row.tasks,
        "exit": row.exit_code,
    }


def _lane(row: LaneRow) -> dict[str, Any]:
    info = row.info
    return {
        "host": info.host,
        "pid": info.pid,
        "tid": info.tid,
        "name": info.name,
        "role": info.role,
        "tasks": row.tasks,
        "busy_s": _round(row.busy_ns / 1e9),
        "cpu_s": _round(info.cpu_ns / 1e9),
    }


def _latency(store: RunStore) -> dict[str, Any]:
    """Over the spans kept. queue: from submission to start, to a microsecond; service: from start to end."""
    is_task = store.spans["kind"] == SpanKind.TASK
    return {
        "queue": _spread(store.spans["queued_us"][is_task] / 1e6),
        "service": _spread((store.spans["end"][is_task] - store.spans["start"][is_task]) / 1e9),
    }


def _spread(seconds: "NDArray[np.float64]") -> dict[str, float | None]:
    if not len(seconds):
        return {**{f"p{percent}": None for percent in PERCENTILES}, "max": None}
    values = np.percentile(seconds, PERCENTILES)
    return {
        **{f"p{percent}": _round(float(value)) for percent, value in zip(PERCENTILES, values, strict=True)},
        "max": _round(float(seconds.max())),
    }


def _since(store: RunStore, t_ns: int | None) -> float | None:
    zero = (
        store.clock_start_ns
        if store.clock_start_ns is not None
        else (store.started.asked_ns if store.started else None)
    )
    return None if t_ns is None or zero is None else _round((t_ns - zero) / 1e9)


def _round(seconds: float | None) -> float | None:
    """To a nanosecond: more digits are the float's, not the clock's."""
    return None if seconds is None else round(seconds, 9)
