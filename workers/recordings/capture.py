"""From a run that has just ended to a Recording, in two steps: `take` is quick and looks at the store, `make` may take its time.

So the thread that owns the store takes, and another one makes: sorting a million spans is not for the one that draws.
"""

import platform
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.client.limits import usable_cores
from workers.insight.accounts import NAMES, latest
from workers.insight.latency import BUCKETS, KINDS
from workers.insight.store import RunStore
from workers.insight.throughput import BIN_NS
from workers.recordings.layout import BLOCKS
from workers.recordings.recording import Recording
from workers.recordings.thinning import thin

MOST = {block.name: block.most for block in BLOCKS}
MOST_LANES = 64
MOST_ROWS = 256
"""Processes and lanes that the summary keeps; `totals` are of all."""
MOST_MARKS = 100
TURNS = ("workers", "turn")
"""Kinds of marks that say that the run was changed while it went on."""
LONGEST_TEXT = 2_000
_SPAN = ("lane", "kind", "start", "end")


@dataclass(frozen=True)
class Taken:
    """What was taken from a store: arrays that nobody writes to any more, and what is small already."""

    summary: Mapping[str, Any]
    titles: Mapping[str, str]
    zero_ns: int
    throughput: NDArray[np.int64]
    edges_ns: NDArray[np.int64]
    seconds: NDArray[np.float64]
    latency: Mapping[str, NDArray[np.int64]]
    spans: list[list[NDArray[Any]]]
    lanes: tuple[tuple[int, dict[str, Any]], ...]
    """Number in the store, and what the head says of it."""
    lanes_left_out: int
    ended_at: float
    program: str


def take(store: RunStore, summary: Mapping[str, Any], program: str, titles: Mapping[str, str] | None = None) -> Taken:
    """What is worth keeping of the run in `store`, which has ended; `summary`: of it. Raises ValueError where it never began."""
    if store.started is None or store.ended is None or store.figures is None:
        raise ValueError("Only a run that has ended can be kept.")
    accounts = latest(store)
    working = accounts.working
    shown = sorted(working, key=lambda number: -store.lanes[number].tasks)[:MOST_LANES]
    infos = [store.lanes[number].info for number in sorted(shown)]
    edges, seconds = accounts.over_time()
    whole = store.figures.follow(store).latency.whole
    return Taken(
        summary,
        dict(titles or {}),
        store.clock_start_ns if store.clock_start_ns is not None else store.started.asked_ns,
        store.throughput.counts(),
        edges,
        seconds,
        {kind: whole[kind].counts.copy() for kind in KINDS},
        store.spans.pieces(_SPAN),
        tuple((info.number, {"pid": info.pid, "tid": info.tid, "name": _cut(info.name, 120)}) for info in infos),
        len(working) - len(shown),
        time.time(),
        program,
    )


def make(taken: Taken) -> Recording:
    """The recording. Touches nothing but what was taken."""
    columns: dict[str, NDArray[Any]] = {}
    bucket_ns, columns["throughput"] = _coarser(taken.throughput, MOST["throughput"])
    columns["account_edges"], columns["accounts"] = _over_time(taken)
    for kind in KINDS:
        columns[kind] = taken.latency[kind] if len(taken.latency[kind]) else np.zeros(BUCKETS, np.int64)
    gap, count = _spans(taken, columns)
    summary = _trimmed(taken.summary)
    head = {
        "schema": "threadmill.kept.v1",
        "id": new_id(taken.ended_at),
        "name": "",
        "pinned": False,
        "ended_at": round(taken.ended_at, 3),
        "partial": partial_of(summary),
        "program": taken.program[:80],
        "machine": {
            "name": _cut(platform.node(), 200),
            "system": _cut(f"{platform.system()} {platform.release()} {platform.machine()}", 200),
            "cores": usable_cores(),
        },
        "titles": {name: _cut(taken.titles.get(name, ""), 200) for name in ("model", "workload")},
        "detail": {
            "bucket_s": bucket_ns / 1e9,
            "gap_s": gap / 1e9,
            "spans": count,
            "lanes_left_out": taken.lanes_left_out,
        },
        "totals": totals(taken.summary),
        "lanes": [lane for _, lane in taken.lanes],
    }
    return Recording(head, summary, columns)


def totals(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What all processes of a run come to: CPU seconds by role, the largest one's memory, and how many there were."""
    cpu: dict[str, float] = {}
    for row in summary["processes"]:
        cpu[row["role"]] = cpu.get(row["role"], 0.0) + row["run_cpu_s"]
    return {
        "cpu_s": {role: round(seconds, 9) for role, seconds in cpu.items()},
        "rss": max((row["rss"] for row in summary["processes"] if row["rss"] is not None), default=None),
        "processes": len(summary["processes"]) + summary["processes_forgotten"],
    }


def new_id(ended_at: float) -> str:
    """Another one each time."""
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(ended_at))}-{secrets.token_hex(3)}"


def partial_of(summary: Mapping[str, Any]) -> str:
    """Why a run was cut short: failed, stopped or deadlocked; empty where it was not, be it that a deadlock was broken."""
    if summary["phase"] == "failed":
        return "failed"
    return "" if not summary["stopped"] else "deadlocked" if summary["deadlock"] else "stopped"


def _cut(text: str, most: int) -> str:
    """So much of a text as can be written down."""
    return text[:most].encode("utf-8", "replace").decode("utf-8")


def _trimmed(summary: Mapping[str, Any]) -> dict[str, Any]:
    """The summary without what was printed and the films, and with the first of many processes, lanes, waits and marks."""
    kept = dict(summary)
    kept["output"], kept["films"], kept["wait_graph"] = [], [], None
    for name, most in (("processes", MOST_ROWS), ("lanes", MOST_ROWS), ("waits", MOST_ROWS)):
        kept[name] = list(summary[name][:most])
    # What was changed while it ran is never pushed out by what comes with each task.
    turned = [mark for mark in summary["marks"][:-MOST_MARKS] if mark["kind"] in TURNS]
    kept["marks"] = [*turned[-MOST_MARKS:], *summary["marks"][-MOST_MARKS:]]
    trimmed: dict[str, Any] = _cut_all(kept)
    return trimmed


def _cut_all(value: Any) -> Any:
    if isinstance(value, str):
        return _cut(value, LONGEST_TEXT)
    if isinstance(value, dict):
        return {name: _cut_all(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cut_all(item) for item in value]
    return value


def _coarser(counts: NDArray[np.int64], most: int) -> tuple[int, NDArray[np.int64]]:
    """Width of a bucket in ns, and counts in buckets twice as wide until there are few enough."""
    width = BIN_NS
    while len(counts) > most:
        even = np.vstack((counts, np.zeros((len(counts) % 2, 2), np.int64)))
        counts, width = even[::2] + even[1::2], width * 2
    return width, counts


def _over_time(taken: Taken) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Edges in seconds, and how many lanes were at what between them, on the average."""
    edges, seconds = taken.edges_ns, taken.seconds
    if len(edges) < 2:
        return np.zeros(0), np.zeros((0, len(NAMES)), np.float32)
    group = -(-len(seconds) // MOST["accounts"])
    starts = np.arange(0, len(seconds), group)
    sums = np.add.reduceat(np.maximum(seconds, 0.0), starts, axis=0)
    marks = np.append(edges[starts], edges[-1])
    lanes = sums / (np.diff(marks) / 1e9)[:, None]
    return (marks - taken.zero_ns) / 1e9, lanes.astype(np.float32)


def _spans(taken: Taken, columns: dict[str, NDArray[Any]]) -> tuple[int, int]:
    """Put the thinned spans in; (gap in ns, of how many they are made)."""
    place = np.full(max((number for number, _ in taken.lanes), default=0) + 2, -1, np.int32)
    for at, (number, _) in enumerate(taken.lanes):
        place[number] = at
    kept: list[tuple[NDArray[Any], ...]] = []
    for lane, kind, start, end in taken.spans:
        at = place[np.minimum(lane, len(place) - 1)]
        mine = at >= 0
        kept.append((at[mine], kind[mine], start[mine] - taken.zero_ns, end[mine] - taken.zero_ns))
    empty = (np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64))
    lane, kind, start, end = (np.concatenate(parts) for parts in zip(empty, *kept, strict=True))
    count = len(start)
    lane, kind, start, end, gap = thin(lane, kind, start, np.maximum(start, end), MOST["span_start"])
    columns.update(span_lane=lane, span_kind=kind, span_start=start, span_end=end)
    return gap, count
