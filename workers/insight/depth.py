"""Depth: how many tasks were waiting to be begun, over time, and how many may wait at once."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind
from workers.insight.cursor import SpanCursor

if TYPE_CHECKING:
    from workers.insight.store import RunStore

STEP_NS = 20_000_000
LIMIT = 36_000
"""Steps kept; when there are more, every two become one."""


class Depth:
    """Tasks handed to the model and not begun, at every step since the clock started. `follow` before it is read.

    Submissions are the host's own counts, read 60 times a second; a task counts as begun at the start of its span, or while it is under
    way from when that was first seen. In a queue-fed model the task that waits for room in the queue counts too.
    """

    def __init__(self) -> None:
        self._submitted: list[tuple[int, int]] = []
        """(t, how many) at each batch that brought a change."""
        self._begun = np.zeros(256, np.int64)
        """Tasks begun in each step."""
        self._step = STEP_NS
        self._cursor = SpanCursor()

    def take(self, t_ns: int, submitted: int) -> None:
        """Note the host's count."""
        if not self._submitted or self._submitted[-1][1] != submitted:
            self._submitted.append((t_ns, submitted))
            if len(self._submitted) > 2 * LIMIT:
                del self._submitted[1:-1:2]

    def follow(self, store: "RunStore") -> None:
        """Count what has come since the last time."""
        kind, start = self._cursor.take(store.spans, ("kind", "start"))
        chosen = (kind == SpanKind.TASK) | (kind == SpanKind.CUT)
        if store.clock_start_ns is None or not chosen.any():
            return
        offsets = np.maximum(start[chosen] - store.clock_start_ns, 0)
        while int(offsets.max()) // self._step >= LIMIT:
            self._step *= 2
            even = np.append(self._begun, 0) if len(self._begun) % 2 else self._begun
            self._begun = even[::2] + even[1::2]
        steps = offsets // self._step
        need = int(steps.max()) + 1
        if need > len(self._begun):
            self._begun = np.concatenate(
                (self._begun, np.zeros(max(need, 2 * len(self._begun)) - len(self._begun), np.int64))
            )
        self._begun[:need] += np.bincount(steps, minlength=need)

    def over_time(self, store: "RunStore") -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """(t, waiting): seconds since the start of the clock, and how many tasks waited then."""
        if store.clock_start_ns is None:
            return np.empty(0), np.empty(0, np.int64)
        count = int(store.elapsed_s * 1e9) // self._step
        edges = np.arange(1, count + 1, dtype=np.int64) * self._step
        total = np.concatenate(([0], np.cumsum(self._begun)))
        begun = total[np.minimum(np.arange(1, count + 1), len(total) - 1)]
        now_at = [row.info.task_since_ns - store.clock_start_ns for row in store.lanes if row.info.task >= 0]
        begun = begun + np.searchsorted(np.sort(np.array(now_at, np.int64)), edges, "right")
        t, submitted = (np.array(column, np.int64) for column in zip(*(self._submitted or [(0, 0)]), strict=True))
        place = np.searchsorted(t, edges + store.clock_start_ns, "right") - 1
        handed = np.where(place >= 0, submitted[np.maximum(place, 0)], 0)
        return edges / 1e9, np.maximum(handed - begun, 0)


def bound(store: "RunStore") -> int | None:
    """How many tasks may wait in the model's queue; None where it has none that is bounded."""
    if store.started is None:
        return None
    config = store.started.config
    if "queue_bound" not in config.options:
        return None
    return int(config.options["queue_bound"]) or 2 * max(config.workers, int(config.options.get("pool_size", 0)))
