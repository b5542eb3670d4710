"""What the workers of a run share: watched locks and queues, counters and arrays, of threading, multiprocessing or asyncio."""

import asyncio
import queue
import signal
import threading
from collections.abc import MutableSequence
from copy import copy
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from multiprocessing.managers import SyncManager
from typing import Any

from workers.contract.errors import ConfigError
from workers.telemetry.counter import SHARED_WORDS, Log, ProcessLog, ThreadLog, WatchedCounter
from workers.telemetry.locks import Watched, WatchedAsync
from workers.telemetry.own_pool import OwnPool
from workers.telemetry.queues import WatchedAsyncQueue, WatchedQueue
from workers.telemetry.table import LOCK, OTHER, QUEUE, SEMAPHORE, SLOTS, LockTable


@dataclass
class ThreadCounter:
    """A number that threads share."""

    value: int = 0


class _Places:
    """Which slots of the table are taken. Used by one process; taking and giving back are one step each under a GIL or not."""

    def __init__(self, table: LockTable) -> None:
        self.table = table
        self._free = list(range(SLOTS, 0, -1))

    def take(self, name: str, kind: int, bound: int = 0) -> int:
        """A place from 1; 0 where the table is full."""
        try:
            number = self._free.pop()
        except IndexError:
            return 0
        self.table.make(number, name, kind, bound)
        return number

    def free(self, number: int) -> None:
        """Give it back."""
        self._free.append(number)


class Share:
    """Makes what is shared (the `Sharing` of workers.plugin). One in a host that needs any; `close` it at the end."""

    def __init__(self, lanes: str, workers: int, directory: str, mp: BaseContext | None = None) -> None:
        """`lanes`: "threads", "processes" (then `mp` is theirs) or "coroutines"."""
        self.lanes = lanes
        self.workers = workers
        self._mp = mp
        self.source: Any = mp if mp is not None else threading
        self._places = _Places(LockTable(directory, create=True))
        self._managers: list[SyncManager] = []
        self._pools: list[OwnPool] = []

    def as_threads(self) -> "Share":
        """One that makes the locks of threading, in the same table."""
        other = copy(self)
        other.lanes = "threads"
        return other

    def number(self, name: str, kind: int = OTHER, bound: int = 0) -> int:
        """A place in the table for what is called so; 0 where the table is full, and it goes unwatched."""
        return self._places.take(name, kind, bound)

    def lock(self, name: str) -> Any:
        """A lock."""
        if self.lanes == "coroutines":
            return WatchedAsync(asyncio.Lock(), self.number(name, LOCK), exclusive=True)
        return Watched(self.source.Lock(), self.number(name, LOCK), exclusive=True)

    def rlock(self, name: str) -> Any:
        """A lock that its holder may take again."""
        if self.lanes == "coroutines":
            return self.lock(name)
        return Watched(self.source.RLock(), self.number(name, LOCK), exclusive=True)

    def semaphore(self, value: int, name: str, bounded: bool = False) -> Any:
        """A semaphore. Who could release it is anybody, so nobody is its holder."""
        kind = "BoundedSemaphore" if bounded else "Semaphore"
        if self.lanes == "coroutines":
            return WatchedAsync(getattr(asyncio, kind)(value), self.number(name, SEMAPHORE), exclusive=False)
        return Watched(getattr(self.source, kind)(value), self.number(name, SEMAPHORE), exclusive=False)

    def queue(self, bound: int, name: str, manager: bool = False) -> Any:
        """A queue; 0: unbounded. `manager`: one that lives in a manager's process, where workers are processes."""
        number = self.number(name, QUEUE, bound)
        if self.lanes == "coroutines":
            return WatchedAsyncQueue(asyncio.Queue(bound), number)
        if self._mp is None:
            inner: Any = queue.Queue(bound)
        elif manager:
            inner = self._manager().Queue(bound)
        else:
            inner = self._mp.Queue(bound)
        return WatchedQueue(inner, number, bound)

    def pool(self) -> Any:
        """The pool that the tasks run in."""
        if self.lanes == "coroutines":
            return self.semaphore(self.workers, "the places")
        if self._mp is not None:
            raise ConfigError(
                "A worker process cannot submit to the pool that it belongs to; choose Thread pool or asyncio tasks.",
                "model",
            )
        made = OwnPool(self.number, self._places.free)
        self._pools.append(made)
        return made

    def connect(self, submit: Any) -> None:
        """Say how the model's executor is submitted to; None: it has none. Raises ConfigError where a workload needs it."""
        if self._pools and submit is None:
            raise ConfigError(
                "The tasks submit to the pool that they run in, and here is none; choose Thread pool.", "model"
            )
        for pool in self._pools:
            pool.connect(submit)

    def counter(self, value: int = 0, watched: str = "") -> Any:
        """A 64-bit number; `watched`, the name under which its lost updates are shown."""
        cell = ThreadCounter(value) if self._mp is None else self._mp.RawValue("q", value)
        if not watched:
            return cell
        log: Log = ThreadLog() if self._mp is None else ProcessLog(self._mp.RawArray("q", SHARED_WORDS))
        return WatchedCounter(cell, log, watched)

    def array(self, length: int) -> MutableSequence[int]:
        """`length` 64-bit numbers."""
        if self._mp is None:
            return [0] * length
        made: MutableSequence[int] = self._mp.RawArray("q", length)
        return made

    def close(self) -> None:
        """End the managers."""
        while self._managers:
            self._managers.pop().shutdown()

    def _manager(self) -> SyncManager:
        """One for all queues of the run."""
        if not self._managers:
            manager = SyncManager(ctx=self._mp)
            manager.start(initializer=_be_ended_by_stop)
            self._managers.append(manager)
        return self._managers[0]


def _be_ended_by_stop() -> None:
    """In the manager: a forked one has the host's handler, which ignores SIGTERM."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
