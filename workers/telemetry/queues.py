"""Queues that can be watched: who waits for room in which, and who for an item, stands in the lane's ring while that lasts."""

import asyncio
import queue
from typing import Any

from workers.telemetry import waiting_async
from workers.telemetry.waiting import GET, PUT, used, wait


class WatchedQueue:
    """A queue of `queue`, multiprocessing or a manager, watched. Picklable where the inner one is."""

    def __init__(self, inner: Any, number: int, bound: int) -> None:
        """`number` from 1 in the table; 0: unwatched. `bound`: how many items it holds; 0: any number."""
        self.inner = inner
        self._number = number
        self._bound = bound

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """As the inner one's. Raises queue.Full, and DeadlockBroken where the wait is broken off."""
        used(self._number)

        def attempt(seconds: float | None) -> bool:
            try:
                self.inner.put(item, True, seconds)
            except queue.Full:
                return False
            return True

        try:
            self.inner.put(item, False)
            return
        except queue.Full:
            if not block:
                raise
        if not wait(self._number, PUT, attempt, timeout, self._is_full):
            raise queue.Full

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As the inner one's. Raises queue.Empty, and DeadlockBroken where the wait is broken off."""
        used(self._number)
        came: list[Any] = []

        def attempt(seconds: float | None) -> bool:
            try:
                came.append(self.inner.get(True, seconds))
            except queue.Empty:
                return False
            return True

        try:
            return self.inner.get(False)
        except queue.Empty:
            if not block:
                raise
        if not wait(self._number, GET, attempt, timeout, self._is_empty):
            raise queue.Empty
        return came[0]

    def put_nowait(self, item: Any) -> None:
        """As the inner one's."""
        self.put(item, False)

    def get_nowait(self) -> Any:
        """As the inner one's."""
        return self.get(False)

    # What a feeder thread still has counts: `empty` of multiprocessing only tells that nothing has arrived yet.
    def _is_full(self) -> bool:
        try:
            return bool(self.inner.qsize() >= self._bound)
        except NotImplementedError:  # macOS does not say
            return False

    def _is_empty(self) -> bool:
        try:
            return bool(self.inner.qsize() == 0)
        except NotImplementedError:
            return False


class WatchedAsyncQueue:
    """A queue of asyncio, watched."""

    def __init__(self, inner: "asyncio.Queue[Any]", number: int) -> None:
        """See `WatchedQueue`."""
        self.inner = inner
        self._number = number

    async def put(self, item: Any) -> None:
        """As the inner one's. Raises DeadlockBroken where the wait is broken off."""
        used(self._number)
        if self.inner.full():
            await waiting_async.wait(self._number, PUT, self.inner.put(item))
        else:
            self.inner.put_nowait(item)

    async def get(self) -> Any:
        """As the inner one's. Raises DeadlockBroken where the wait is broken off."""
        used(self._number)
        if self.inner.empty():
            return await waiting_async.wait(self._number, GET, self.inner.get())
        return self.inner.get_nowait()

    def put_nowait(self, item: Any) -> None:
        """As the inner one's. Raises asyncio.QueueFull."""
        used(self._number)
        self.inner.put_nowait(item)

    def get_nowait(self) -> Any:
        """As the inner one's. Raises asyncio.QueueEmpty."""
        used(self._number)
        return self.inner.get_nowait()
