"""The host that stands ready for the next run: it saves that its start-up, 70-160 ms.

One that ends by itself, or says nothing in time, is started again, at most three times in five minutes; then it is said, and
started when that is asked for. Runs go on meanwhile: each starts a host of its own.
"""

import time
from collections.abc import Callable

from workers.client.host import HostProcess
from workers.client.restarts import Restarts
from workers.contract.ending import SpareTrouble
from workers.contract.messages import MessageError
from workers.engine import lifecycle

TAIL = 40
"""Lines of its output that are kept when it is given up."""


class Spare:
    """At most one host, of the interpreter that was asked for last. Nothing here waits."""

    def __init__(self, start: Callable[[str], HostProcess], clock: Callable[[], float] = time.monotonic) -> None:
        """`start` makes a host of the interpreter at a path; it raises OSError where that cannot be."""
        self._start, self._clock = start, clock
        self._host: HostProcess | None = None
        self._since = 0.0
        self._path = ""
        self._restarts = Restarts()
        self.trouble: SpareTrouble | None = None
        """Why there is none, where it was given up."""

    @property
    def pid(self) -> int | None:
        """PID of the host, if there is one."""
        return self._host.pid if self._host is not None else None

    def warm(self, path: str) -> None:
        """Have one of this interpreter, unless it was given up. Raises OSError where it cannot be started."""
        if path != self._path:
            self.close()
            self._path = path
            self.forgive()
        self.look()
        if self._host is None and not self._restarts.given_up:
            self._begin()

    def forgive(self) -> None:
        """What went wrong before counts no more."""
        self._restarts.forget()
        self.trouble = None

    def take(self, path: str) -> HostProcess | None:
        """Hand it over, where there is one of this interpreter that lives; another one is ended."""
        host, self._host = self._host, None
        if host is not None and (host.python != path or host.exit_code is not None):
            host.close()
            return None
        return host

    def look(self) -> None:
        """See how it fares, and start it again where that is due. Raises OSError where it cannot be started."""
        host = self._host
        if host is None:
            return
        how = self._ended(host)
        if not how:
            return
        output = tuple(host.last_words()[-TAIL:])
        self._host = None
        host.close()
        if self._restarts.died(self._clock()):
            self._begin()
        else:
            deaths = self._restarts.recent + 1
            self.trouble = SpareTrouble(host.pid, how, deaths, round(self._restarts.within_s / 60), output)

    def _ended(self, host: HostProcess) -> str:
        """How it ended, in words; empty while it stands. One that is stuck is ended here."""
        try:
            host.peek()
        except MessageError as error:
            return f"sent something that is no message of ours ({error})"
        host.read_output()  # else a full pipe would stop it
        if host.exit_code is not None:
            return host.reason()
        if not host.greeted and self._clock() - self._since > lifecycle.START_NS / 1e9:
            return f"said nothing for {lifecycle.START_NS // 1_000_000_000} s after its start"
        return ""

    def _begin(self) -> None:
        self._host, self._since = self._start(self._path), self._clock()

    def close(self) -> None:
        """End it."""
        host, self._host = self._host, None
        if host is not None:
            host.close()
