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

    Of a task that has ended both instants are known to a microsecond, from its own span: it waited from `start - queued`
    to `start`. Of those that still wait only the host's counts are known, read 60 times a second: they are the last ones
    that it handed over. In a queue-fed model the task that waits for room in the queue counts too.
    """

    def __init__(self) -> None:
        self._submitted: list[tuple[int, int]] = []
        """(t, how many) at each batch that brought a change."""
        self._change = np.zeros(256, np.int64)
        """By how many more tasks waited at the end of each step than at its beginning, of those that have ended."""
        self._ended = self._cut = 0
        """How many these are, and how many of them were cut off."""
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
        kind, start, queued_us = self._cursor.take(store.spans, ("kind", "start", "queued_us"))
        chosen = (kind == SpanKind.TASK) | (kind == SpanKind.CUT)
        if store.clock_start_ns is None or not chosen.any():
            return
        begun = start[chosen] - store.clock_start_ns
        self._ended += len(begun)
        self._cut += int(np.count_nonzero(kind == SpanKind.CUT))
        self._add(begun - queued_us[chosen] * 1_000, 1)
        self._add(begun, -1)

    def _add(self, offsets: NDArray[np.int64], change: int) -> None:
        offsets = np.maximum(offsets, 0)
        while int(offsets.max()) // self._step >= LIMIT:
            self._step *= 2
            even = np.append(self._change, 0) if len(self._change) % 2 else self._change
            self._change = even[::2] + even[1::2]
        steps = offsets // self._step
        need = int(steps.max()) + 1
        if need > len(self._change):
            more = max(need, 2 * len(self._change)) - len(self._change)
            self._change = np.concatenate((self._change, np.zeros(more, np.int64)))
        self._change[:need] += change * np.bincount(steps, minlength=need)

    def over_time(self, store: "RunStore") -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """(t, waiting): seconds since the start of the clock, and how many tasks waited then."""
        if store.clock_start_ns is None:
            return np.empty(0), np.empty(0, np.int64)
        count = int(store.elapsed_s * 1e9) // self._step
        edges = np.arange(1, count + 1, dtype=np.int64) * self._step
        total = np.concatenate(([0], np.cumsum(self._change)))
        waiting = total[np.minimum(np.arange(1, count + 1), len(total) - 1)]
        return edges / 1e9, np.maximum(waiting + self._still_waiting(store, edges + store.clock_start_ns), 0)

    def _still_waiting(self, store: "RunStore", at_ns: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many of those that wait now did so at these instants. What is under way has begun, and waits no more."""
        t, submitted = (np.array(column, np.int64) for column in zip(*(self._submitted or [(0, 0)]), strict=True))
        under_way = sum(row.info.task >= 0 for row in store.lanes)
        # The span of one that is done may have been dropped.
        begun = max(self._ended, store.counts.done + store.counts.failed + self._cut) + under_way
        left = max(0, int(submitted[-1]) - begun)
        place = np.searchsorted(t, at_ns, "right") - 1
        handed = np.where(place >= 0, submitted[np.maximum(place, 0)], 0)
        waited: NDArray[np.int64] = np.clip(handed - (int(submitted[-1]) - left), 0, left)
        return waited


def bound(store: "RunStore") -> int | None:
    """How many tasks may wait in the model's queue; None where it has none that is bounded."""
    if store.started is None:
        return None
    config = store.started.config
    if "queue_bound" not in config.options:
        return None
    return int(config.options["queue_bound"]) or 2 * max(config.workers, int(config.options.get("pool_size", 0)))
