"""What a lane does at this instant, as its ring says it, and what is known of what it waits for."""

import errno
import os
from dataclasses import dataclass

from workers.client.ring_file import MOST_RINGS
from workers.client.shared_file import SharedFile
from workers.contract.batch import LaneInfo
from workers.telemetry import waiting
from workers.telemetry.table import QUEUE, RESULT, SLOT, SLOTS, Table, locks_path

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


class Copy(Table):
    """The table as it was; what is not there of it reads as zero."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data

    def _bytes(self, start: int, size: int) -> bytes:
        return self._data[start : start + size].ljust(size, b"\0")


class Places:
    """The table of a run, opened when a lane first waits for something."""

    def __init__(self, directory: str) -> None:
        self._path = locks_path(directory)
        self._file: SharedFile | None = None
        self._spare = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
        """Given back where no other descriptor is left for the table: without it nobody could say what is waited for."""

    @property
    def there(self) -> bool:
        """Whether the run shares anything. Raises OSError where that cannot be found out."""
        if self._file is None:
            try:
                self._file = self._open()
            except FileNotFoundError:
                return False
        return True

    @property
    def table(self) -> Table:
        """What it says now; nothing where the run shares nothing."""
        if not self.there:
            return Copy()
        assert self._file is not None
        return Copy(os.pread(self._file.fd, SLOTS * SLOT, 0))

    def name(self, number: int) -> str:
        """What it is called; nothing for number 0."""
        return self._slot(number).name(1) if number else ""

    def kind(self, number: int) -> str:
        """lock (or semaphore, event, barrier), queue or result; nothing for number 0."""
        return KINDS.get(self.kind_of(number), "lock") if number else ""

    def kind_of(self, number: int) -> int:
        """The same, as the table has it."""
        return self._slot(number).kind(1)

    def holder(self, number: int) -> int:
        """The number of the lane that holds it, as the table has it; 0 where that can be none."""
        found = self._slot(number).holder(1)
        return found if found <= MOST_RINGS else 0

    def close(self) -> None:
        """Let go of it."""
        if self._file is not None:
            self._file.close()
        self._give_back()

    def _slot(self, number: int) -> Table:
        """A table of this one slot."""
        if not self.there or not 0 < number <= SLOTS:
            return Copy()
        assert self._file is not None
        return Copy(os.pread(self._file.fd, SLOT, (number - 1) * SLOT))

    def _open(self) -> SharedFile:
        try:
            return SharedFile(self._path)
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE) or self._spare < 0:
                raise
        self._give_back()
        return SharedFile(self._path)

    def _give_back(self) -> None:
        if self._spare >= 0:
            os.close(self._spare)
            self._spare = -1
