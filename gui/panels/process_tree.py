"""Which processes and threads the table shows, and under whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from gui.panels.process_rows import Cell
from workers.insight.store import ProcessRow, RunStore, ThreadRow

MOST_ENDED = 500
"""Ended processes shown; the earlier ones are counted in a line of their own."""
MOST_THREADS = 256
"""Threads shown per process, the living and the newest first."""
Wanted = dict[int, tuple[ProcessRow | ThreadRow, ProcessRow, ProcessRow | None]]
"""id of a row -> the row, its process (itself, or a thread's), and the process to stand under."""


@dataclass(eq=False)
class Node:
    """A row of the tree."""

    number: int
    row: ProcessRow | ThreadRow | None = None
    """None for the root and for the line that counts the earlier ones."""
    process: ProcessRow | None = None
    """The process itself, or the one that a thread belongs to."""
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)
    place: int = 0
    cells: tuple[Cell, ...] = ()
    new: bool = False
    just_ended: bool = False
    ended: bool = False
    order: float = 0.0
    settled: bool = False
    """Ended and no longer highlighted: nothing of it will change."""


def wanted_rows(store: RunStore) -> tuple[Wanted, int]:
    """All that is to be shown, parents in order of birth, and how many ended processes are not."""
    shown, earlier = _shown(store)
    parents = {row.pid: row for row in shown}
    wanted: Wanted = {}
    for row in shown:
        wanted[id(row)] = (row, row, _parent(row, parents))
        for thread in _threads(row):
            wanted[id(thread)] = (thread, row, row)
    return wanted, earlier


def _shown(store: RunStore) -> tuple[list[ProcessRow], int]:
    rows = [*store.past, *store.processes.values()]
    ended = [row for row in rows if row.ended_ns is not None and row.role != "host"]
    earlier = store.past_forgotten + max(0, len(ended) - MOST_ENDED)
    if len(ended) > MOST_ENDED:
        ended.sort(key=lambda row: row.ended_ns or 0)
        ended = ended[-MOST_ENDED:]
    living = [row for row in rows if row.ended_ns is None or row.role == "host"]
    return sorted([*living, *ended], key=lambda row: (row.role != "host", row.started_ns or 0, row.pid)), earlier


def _parent(row: ProcessRow, parents: dict[int, ProcessRow]) -> ProcessRow | None:
    # PIDs are used again: a chain of parents that comes back to the row itself is none.
    found = parents.get(row.ppid)
    above, steps = found, 0
    while above is not None:
        steps += 1
        if above is row or steps > 64:
            return None
        above = parents.get(above.ppid)
    return found


def _threads(process: ProcessRow) -> Iterable[ThreadRow]:
    threads = process.threads.values()
    if len(threads) <= MOST_THREADS:
        return threads
    newest_first = sorted(threads, key=lambda row: (row.ended, -row.sample.t_ns))
    return newest_first[:MOST_THREADS]


def order(node: Node, thread: bool, ended_ns: int | None, zero_ns: int) -> float:
    """Where a row stands while no column is chosen: the living first, then the ended, the latest first; threads last."""
    # Births (rows are numbered in that order) decide among those that ended within the same second: at the end of a run all do.
    late = 0.0 if ended_ns is None else 1e6 - (ended_ns - zero_ns) // 1_000_000_000
    return (2e6 if thread else 0.0) + late + node.number * 1e-8


def ranges(places: list[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbours as (first, last)."""
    for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        members = [place for _, place in group]
        yield members[0], members[-1]
