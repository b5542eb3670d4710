"""What the facts are measured from: the tasks of a run in time, and what they printed."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from workers.contract.spans import SpanKind
from workers.insight.store import RunStore


class Task(NamedTuple):
    """One task's span; nanoseconds. Sorted, tasks stand in the order in which they began."""

    start: int
    end: int
    number: int
    lane: int
    works: int
    """When it began to work: after its last wait for a lock."""


def tasks(store: RunStore) -> list[Task]:
    """Every task that ended, by start."""
    rows = list(zip(*(store.spans[name].tolist() for name in ("lane", "kind", "task", "start", "end")), strict=True))
    waited: dict[tuple[int, int], int] = {}
    for lane, kind, task, _, end in rows:
        if kind == SpanKind.LOCK:
            waited[lane, task] = max(end, waited.get((lane, task), end))
    return sorted(
        Task(start, end, task, lane, min(end, max(start, waited.get((lane, task), start))))
        for lane, kind, task, start, end in rows
        if kind == SpanKind.TASK
    )


def at_once(spans: Iterable[tuple[int, int]]) -> int:
    """The most of these (start, end) that were under way at once; one that ends as another begins does not count."""
    edges = sorted([edge for start, end in spans for edge in ((start, 1), (end, -1))])
    most = depth = 0
    for _, step in edges:
        depth += step
        most = max(most, depth)
    return most


def inside(found: list[Task]) -> int:
    """The most tasks that worked at once. A lock is handed over a moment before a task's end is noted: that does not count."""
    spans = []
    for task in found:
        slack = max(2_000_000, (task.end - task.works) // 4)
        if task.end - task.works > 2 * slack:
            spans.append((task.works + slack, task.end - slack))
    return at_once(spans)


def idle_share(found: list[Task]) -> float | None:
    """Part of the time between the first task's start and the last one's end in which none was under way. None: no time at all."""
    if not found:
        return None
    covered, reached = 0, found[0].start
    for task in found:
        covered += max(0, task.end - max(task.start, reached))
        reached = max(reached, task.end)
    whole = reached - found[0].start
    return 1 - covered / whole if whole else None


def gap_share(found: list[Task]) -> float | None:
    """The median pause between two tasks of a lane, as part of it and the median task. None: no lane had two tasks."""
    last: dict[int, int] = {}
    gaps = []
    for task in found:
        if task.lane in last:
            gaps.append(max(0, task.start - last[task.lane]))
        last[task.lane] = task.end
    if not gaps:
        return None
    gap, length = float(np.median(gaps)), float(np.median([task.end - task.start for task in found]))
    return gap / (gap + length) if gap + length else None


def pids_at_once(found: list[Task], store: RunStore) -> int:
    """The most processes that had a task under way at once."""
    edges = sorted(
        [
            edge
            for task in found
            for edge in (
                (task.start, 1, store.lanes[task.lane].info.pid),
                (task.end, -1, store.lanes[task.lane].info.pid),
            )
        ]
    )
    under_way: dict[int, int] = {}
    most = 0
    for _, step, pid in edges:
        under_way[pid] = under_way.get(pid, 0) + step
        if not under_way[pid]:
            del under_way[pid]
        most = max(most, len(under_way))
    return most


def cores_wanted(store: RunStore) -> float | None:
    """Cores that the run's processes were using or waiting for, on average between its first sample and its last.

    What else the machine does cannot make it less, as it does the cores used. It can make it more for threads that share a GIL: one
    that wakes to ask for the GIL waits for a core first. None where it is not known.
    """
    if store.clock_start_ns is None:
        return None
    total, times = 0.0, set()
    for row in store.all_processes():
        t, cpu, queue = row.history["t"], row.history["cpu"], row.history["run_queue"]
        chosen = t > store.clock_start_ns + 50_000_000
        if np.isnan(queue[chosen]).any():
            return None
        moments = t[chosen]
        times.update((moments // 20_000_000).tolist())
        total += float((cpu[chosen] + queue[chosen]).sum())
    return total / len(times) if times else None


def lines_mixed(store: RunStore, found: list[Task]) -> bool:
    """Whether a task's lines have lines of another one between them, in the order in which they came."""
    of_lane: dict[tuple[int, int], list[Task]] = {}
    for task in found:
        info = store.lanes[task.lane].info
        of_lane.setdefault((info.pid, info.tid), []).append(task)
    order: list[int] = []
    for line in store.texts:
        if line.stream != "stdout":
            continue
        mine = of_lane.get((line.pid, line.tid), [])
        number = next((task.number for task in mine if task.start <= line.t_ns <= task.end), None)
        if number is not None and order[-1:] != [number]:
            order.append(number)
    return len(order) > len(set(order))
