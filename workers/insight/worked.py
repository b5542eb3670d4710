"""How much of each task was its own: without what it waited in it for locks, queues, results and the end of others.

Who gets a lock late is not slow, and what a worker is slow at shows only when such waits are left out.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind

if TYPE_CHECKING:
    from workers.insight.store import RunStore

WAITED = (SpanKind.LOCK, SpanKind.QUEUE, SpanKind.RESULT, SpanKind.JOIN)
"""Not IO: to sleep is what a task was asked to do."""
MOST_OPEN = 16_384
"""Waits kept whose task has not ended yet; a task that waits oftener than that counts as longer than it was."""
LANE_SHIFT = 46
"""Bits for the time since the run was asked for: 19 hours."""
LATEST = (1 << LANE_SHIFT) - 1


class Worked:
    """Takes the waits out of tasks. A wait is recorded before the task that it belongs to, for it ends before it."""

    def __init__(self) -> None:
        self.seen = False
        """Whether anything ever waited; until then a task's own time is all of it."""
        self._at = np.empty(0, np.int64)
        """Lane and start of the waits of tasks under way, in that order; `_key` puts both into one number."""
        self._length = np.empty(0, np.int64)

    def take(
        self,
        store: "RunStore",
        lane: NDArray[np.integer],
        kind: NDArray[np.integer],
        start: NDArray[np.int64],
        end: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """The time, in nanoseconds, that each TASK among these spans waited; of other kinds 0."""
        waited = np.zeros(len(kind), np.int64)
        waits = np.flatnonzero(np.isin(kind, WAITED))
        if len(waits):
            waits = waits[~np.isin(lane[waits], _only_waits(store))]
        self.seen = self.seen or bool(len(waits))
        if not len(waits) and not len(self._at):
            return waited
        base = store.started.asked_ns if store.started is not None else 0
        at = np.concatenate((self._at, _key(lane[waits], start[waits] - base)))
        length = np.concatenate((self._length, (end - start)[waits]))
        order = np.argsort(at, kind="stable")
        at, length = at[order], length[order]
        tasks = np.flatnonzero(kind == SpanKind.TASK)
        low = np.searchsorted(at, _key(lane[tasks], start[tasks] - base))
        high = np.searchsorted(at, _key(lane[tasks], end[tasks] - base))
        total = np.concatenate(([0], np.cumsum(length)))
        waited[tasks] = np.minimum(total[high] - total[low], (end - start)[tasks])
        # What lies before the end of its lane's last task is done with; the rest waits for its task to end.
        done = np.full(int(max(at[-1] >> LANE_SHIFT, *lane[tasks].tolist(), 0)) + 1, -1, np.int64)
        np.maximum.at(done, lane[tasks], _key(lane[tasks], end[tasks] - base))
        left = np.flatnonzero(at >= done[at >> LANE_SHIFT])[-MOST_OPEN:]
        self._at, self._length = at[left], length[left]
        return waited


def _key(lane: NDArray[np.integer], since_ns: NDArray[np.int64]) -> NDArray[np.int64]:
    return (lane.astype(np.int64) << LANE_SHIFT) | np.clip(since_ns, 0, LATEST)


def _only_waits(store: "RunStore") -> list[int]:
    """The main thread where it runs no task: it waits all the time, for tasks of others."""
    main = next((number for number, row in enumerate(store.lanes) if row.info.role == "main"), None)
    return [] if main is None or store.lanes[main].worked or store.lanes[main].tasks else [main]
