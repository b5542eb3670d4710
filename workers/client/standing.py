"""What a lane does at this instant, as its ring says it, and what is known of what it waits for."""

import errno
import os
from dataclasses import dataclass

from workers.contract.batch import LaneInfo
from workers.telemetry import waiting
from workers.telemetry.table import QUEUE, RESULT, LockTable

KINDS = {QUEUE: "queue", RESULT: "result"}
"""What is none of these is a lock, in one way or another."""


@dataclass(frozen=True)
class Standing:
    """One living lane."""

    lane: LaneInfo
    number: int
    """By which the table of locks calls it: its ring's and 1."""
    task: int
    """The task under way; -1: none."""
    inner: bool
    """Whether it runs what a task has submitted."""
    place: int
    """What it waits for, by its number in the table; 0: nothing there."""
    how: int
    """See `workers.telemetry.waiting`."""
    since_ns: int
    tried_ns: int
    """When the wait was last seen to be in vain; 0: not yet."""
    nap_ns: int
    """Until when it sleeps, by what was recorded; 0: it does not."""

    @property
    def key(self) -> str:
        """As graphs call it."""
        return f"lane:{self.lane.number}"

    @property
    def busy(self) -> bool:
        """Whether it runs something of a task."""
        return self.task >= 0 or self.inner

    @property
    def waits(self) -> bool:
        """Whether it waits for what stands in the table."""
        return self.place > 0

    @property
    def stands(self) -> bool:
        """Whether it is the host, which waits for whatever comes first."""
        return self.place == 0 and self.how == waiting.ANY

    @property
    def breakable(self) -> bool:
        """Whether the wait can be broken off."""
        return self.waits and bool(self.how & waiting.BREAKABLE)

    @property
    def limited(self) -> bool:
        """Whether the wait ends by itself, or not all is known of it."""
        return not self.breakable or bool(self.how & waiting.LIMITED)

    @property
    def way(self) -> int:
        """TAKE, PUT, GET, AWAIT or ANY; 0: none."""
        return self.how & waiting.HOW


class Places:
    """The table of a run, opened when a lane first waits for something."""

    def __init__(self, directory: str) -> None:
        self._directory = directory
        self._table: LockTable | None = None
        self._spare = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
        """Given back where no other descriptor is left for the table: without it nobody could say what is waited for."""

    @property
    def table(self) -> LockTable:
        """The table. Raises FileNotFoundError where the run shares nothing."""
        if self._table is None:
            try:
                self._table = LockTable(self._directory)
            except OSError as error:
                if error.errno not in (errno.EMFILE, errno.ENFILE) or self._spare < 0:
                    raise
                self._give_back()
                self._table = LockTable(self._directory)
        return self._table

    def name(self, number: int) -> str:
        """What it is called; nothing for number 0."""
        return self.table.name(number) if number else ""

    def kind(self, number: int) -> str:
        """lock (or semaphore, event, barrier), queue or result; nothing for number 0."""
        return KINDS.get(self.table.kind(number), "lock") if number else ""

    def close(self) -> None:
        """Unmap."""
        if self._table is not None:
            self._table.close()
        self._give_back()

    def _give_back(self) -> None:
        if self._spare >= 0:
            os.close(self._spare)
            self._spare = -1
