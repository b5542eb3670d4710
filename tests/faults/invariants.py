"""What holds after every fault: the run ends soon, with one message; what had come is kept; and the next run works.

That no process, thread or file is left is looked at after every test there is (tests/conftest.py).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.helpers.processes import group, wait_until
from tests.helpers.runs import catalogue_of, events_account, follow, is_running, session
from workers.client.session import RunSession
from workers.contract.config import RunConfig
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore
from workers.insight.summary import summarise

SOON_S = 5.0
"""From the fault to the end of the run, where cores are free."""
ANOTHER = RunConfig("sequential", "sleep", 1, tasks=2, params={"ms": 0.0})
"""The next run."""


def soon() -> float:
    """SOON_S, and on a machine that has more to do than cores in proportion."""
    return SOON_S * max(1.0, 2.0 * os.getloadavg()[0] / (os.cpu_count() or 1))


class Broken:
    """A session with a run that meets a fault."""

    def __init__(self, opened: RunSession, another: RunConfig = ANOTHER) -> None:
        self.session = opened
        self.store = RunStore()
        self._another = another

    @property
    def host(self) -> int:
        """PID of the host."""
        return next(row.pid for row in self.store.all_processes() if row.role == "host")

    @property
    def workers(self) -> list[int]:
        """PIDs of the worker processes that are alive as far as is known."""
        return [row.pid for row in self.store.all_processes() if row.role == "worker" and row.ended_ns is None]

    def start(self, config: RunConfig, until: Callable[[RunStore], bool] | None = is_running) -> None:
        """Start a run and follow it until the condition holds; None: do not follow it."""
        self.session.start(config)
        if until is not None:
            self.until(until)

    def until(self, condition: Callable[[RunStore], bool], seconds: float = 60.0) -> None:
        """Follow the run until `condition` holds. Fails if it ends before that."""
        ended = follow(self.session, self.store, condition, seconds)
        assert ended is None, f"ended before: {self.store.ended}"

    def over(self, seconds: float | None = None) -> RunStore:
        """The fault has come: follow the run to its end, which is soon, and check what holds after any fault."""
        store, at_fault = self.store, self.store.counts
        host = self.host if store.processes else 0
        follow(self.session, store, seconds=seconds if seconds is not None else soon())
        assert self.session.phase in (RunPhase.FINISHED, RunPhase.FAILED)
        assert not host or wait_until(lambda: not group(host), 2.5), f"left: {group(host)}"
        assert store.counts.done >= at_fault.done, "what had come was not kept"
        assert events_account(store), "delivered + dropped != recorded"
        said = summarise(store)
        assert said["error"] == (store.ended.error if store.ended else None)
        if store.phase is RunPhase.FAILED:
            assert said["ended_by"] == "failed", "the summary must say that it is part of a run"
        return store

    def failed(self, *words: str, seconds: float | None = None) -> RunStore:
        """`over`, and the run failed with exactly one message, one sentence or two, which has all of `words`."""
        store = self.over(seconds)
        assert store.ended is not None
        error = str(store.ended.error)
        assert store.phase is RunPhase.FAILED, (store.phase, store.counts, list(store.texts)[-3:])
        assert "\n" not in error, error
        for word in words:
            assert word in error, (word, error)
        return store

    def finished(self, done: int | None = None, failed: int = 0, lost: int = 0) -> RunStore:
        """`over` in its own time, and the run went on to its end in spite of the fault."""
        store = self.over(60.0)
        assert store.ended is not None
        assert store.phase is RunPhase.FINISHED, store.ended.error
        counts = store.counts
        assert (counts.failed, counts.lost) == (failed, lost), (counts, list(store.marks)[-5:])
        assert done is None or counts.done == done, counts
        return store

    def stopped(self, seconds: float | None = None) -> RunStore:
        """Stop, and the run ends; that it is part of a run is said."""
        self.session.stop()
        store = self.over(seconds)
        assert store.ended is not None
        assert store.ended.stopped
        assert store.phase is RunPhase.FINISHED, store.ended.error
        assert summarise(store)["ended_by"] in ("stopped", "standstill", "deadlock")
        return store

    def next_run(self) -> None:
        """Another run works in the same session."""
        store = RunStore()
        self.session.start(self._another)
        follow(self.session, store)
        assert store.phase is RunPhase.FINISHED, store.ended
        assert store.counts.done == 2


@contextmanager
def broken(catalogue: Catalogue | None = None, another: RunConfig = ANOTHER) -> Iterator[Broken]:
    """A session for one fault: start a run, break it, say how it ends (`failed`, `finished`, `stopped`). Then the next one runs.

        with broken() as it:
            it.start(RunConfig("process_pool", "sleep", 2, tasks=None))
            os.kill(it.workers[0], signal.SIGKILL)
            it.failed("SIGKILL", "start the run again")

    `another`: the next run, of two tasks.
    """
    with session(catalogue or catalogue_of()) as opened:
        it = Broken(opened, another)
        yield it
        if opened.phase.active:
            it.over()
        it.next_run()
