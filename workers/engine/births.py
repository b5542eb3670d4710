"""Which processes this host has started and how they ended, whatever library started them through multiprocessing.

Sampling from outside misses a process that lives for two milliseconds; the host does not.
"""

import multiprocessing.forkserver
import multiprocessing.process
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

from workers.telemetry.clock import now

TRACKERS = (
    "multiprocessing.resource_tracker",
    "loky.backend.resource_tracker",
    "joblib.externals.loky.backend.resource_tracker",
)
"""Modules that start a process which removes semaphores that are left; loky's start one of their own."""


def describe_exit(code: int | None) -> str:
    """An exit code in words: "ended with exit code 3", "was killed by SIGKILL"; None: it is not known."""
    if code is None:
        return "has ended"
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"was killed by {name}"


FAREWELL_LOOKS = 20
UNKNOWN_END = 255
"""What multiprocessing says of a process whose end its forkserver can no longer tell."""
UNHEARD_NS = 400_000_000
"""A library hears of a worker's end by a pipe, and says so at once. So long after the end it will not any more: a process that the
worker has forked holds that pipe open."""


def end_of(pid: int) -> int | None:
    """The exit code of a child that has ended and that nobody has waited for yet; it can still be waited for. None: it is alive.

    Raises OSError where it was waited for by now, or is no child of ours, or the system cannot tell.
    """
    if not hasattr(os, "waitid"):
        raise OSError("this system has no waitid")
    end = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    if end is None:
        return None
    return end.si_status if end.si_code == os.CLD_EXITED else -end.si_status


class Births:
    """Follows every multiprocessing process of this host from start to end."""

    def __init__(self) -> None:
        """Start to follow. There is one in a host, for its whole life."""
        self._lock = threading.Lock()
        self._alive: list[tuple[BaseProcess, int]] = []
        self._born: list[list[Any]] = []
        self._exited: list[list[Any]] = []
        self._helpers: set[int] = set()
        self._unheard: dict[int, int] = {}
        """Since when the end of a process is known that its library has not noticed yet."""
        self._given_up: set[int] = set()
        """Who was alive when the library ended it."""
        self.ended: dict[int, int] = {}
        """Exit codes by PID, of the last 10,000; without those who were to end, as far as `meant_to_end` knows."""
        self.meant_to_end: Callable[[int], bool] | None = None
        """Whether who had this PID and ended with exit code 0 was to end. None: nobody can tell."""
        self.server_end: tuple[int, int | None] | None = None
        """(pid, exit code) of the forkserver, once it has ended under its workers; None where that is not known."""
        start = BaseProcess.start

        def follow(process: BaseProcess) -> None:
            before = now()
            start(process)
            if process.pid is not None:
                self._follow(process, process.pid, before)

        BaseProcess.start = follow  # type: ignore[method-assign, assignment]
        terminate = BaseProcess.terminate

        def end(process: BaseProcess) -> None:
            if process.pid is not None and _lives(process.pid):
                self._given_up.add(process.pid)
            terminate(process)

        BaseProcess.terminate = end  # type: ignore[method-assign, assignment]
        ensure_running = multiprocessing.forkserver.ForkServer.ensure_running

        def look_first(server: multiprocessing.forkserver.ForkServer) -> None:
            before = getattr(server, "_forkserver_pid", None)
            self._look_at_server()  # before another one takes the place of one that has ended
            ensure_running(server)
            if before is not None and before != getattr(server, "_forkserver_pid", None):
                self._note_server(before, None)

        multiprocessing.forkserver.ForkServer.ensure_running = look_first  # type: ignore[method-assign, assignment]

    def _follow(self, process: BaseProcess, pid: int, t_ns: int) -> None:
        role = "manager" if "Manager" in process.name else "worker"
        with self._lock:
            self._given_up.discard(pid)  # another had that number
            self._unheard.pop(pid, None)
            self._alive.append((process, pid))
            self._born.append([pid, t_ns, role])

    def look(self, final: bool = False) -> None:
        """Note who has ended. `final` asks each process itself; else what multiprocessing has noticed counts, and what it should have."""
        self._look_at_server()
        with self._lock:
            some = not final and _somebody_ended()
            alive = []
            for process, pid in self._alive:
                popen = getattr(process, "_popen", None)
                # Asking (`exitcode`) calls waitpid, which may take the answer from under a pool's own thread.
                code = process.exitcode if final and popen is not None else getattr(popen, "returncode", None)
                if code is None and popen is not None and some:
                    code = self._unheard_end(pid)
                if code is not None or popen is None:
                    self._unheard.pop(pid, None)
                    self._exited.append([pid, now(), code])
                    meant = code == 0 and self.meant_to_end is not None and self.meant_to_end(pid)
                    if code is not None and not meant:
                        self.ended[pid] = code
                        if len(self.ended) > 10_000:
                            del self.ended[next(iter(self.ended))]
                else:
                    alive.append((process, pid))
            self._alive = alive

    def _unheard_end(self, pid: int) -> int | None:
        """How a child ended that its library has not noticed for UNHEARD_NS."""
        try:
            code = end_of(pid)
        except OSError:
            return None
        if code is None or now() - self._unheard.setdefault(pid, now()) < UNHEARD_NS:
            return None
        return code

    def given_up(self, pid: int) -> bool:
        """Whether a process was alive when its library ended it."""
        return pid in self._given_up

    def _look_at_server(self) -> bool:
        """Whether there is a forkserver that is not known to have ended."""
        pid = getattr(multiprocessing.forkserver._forkserver, "_forkserver_pid", None)
        if pid is None or (self.server_end is not None and self.server_end[0] == pid):
            return False
        try:
            code = end_of(pid)  # multiprocessing asks as well, and then starts another one
        except OSError:
            return False
        if code is not None:
            self._note_server(pid, code)
        return code is None

    def _note_server(self, pid: int, code: int | None) -> None:
        with self._lock:
            if self.server_end is None or self.server_end[0] != pid:
                self.server_end = (pid, code)
                self._exited.append([pid, now(), code])

    def server_loss(self) -> tuple[int, int | None] | None:
        """(pid, exit code) of the forkserver, asked where something has gone wrong with it: its pipes are closed before it has ended."""
        for _ in range(FAREWELL_LOOKS):
            if not self._look_at_server() or self.server_end is not None:
                break
            time.sleep(0.01)
        return self.server_end

    def news(self) -> tuple[list[list[Any]], list[list[Any]]]:
        """Births and ends since the last call, as the Processes message has them; our helpers' births too."""
        with self._lock:
            born, self._born = self._born, []
            exited, self._exited = self._exited, []
        helpers = [(getattr(multiprocessing.forkserver._forkserver, "_forkserver_pid", None), "forkserver")]
        for name in TRACKERS:
            tracker = getattr(sys.modules.get(name), "_resource_tracker", None)
            helpers.append((getattr(tracker, "_pid", None), "resource_tracker"))
        for pid, role in helpers:
            if pid is not None and pid not in self._helpers:
                self._helpers.add(pid)
                born.append([pid, now(), role])
        return born, exited

    def dead_worker(self, certain: bool = False, clean_exits: bool = False) -> tuple[int, int] | None:
        """(pid, exit code) of a process that has ended, asked while none should; `certain`: it is known that one has.

        `clean_exits`: those with exit code 0 were meant to end, where nobody can tell better.

        An executor that has lost a worker ends the others with SIGTERM: the cause is the one that ended otherwise, or had ended before.
        """
        self.look(final=certain)
        unknown = clean_exits and self.meant_to_end is None
        ended = [item for item in self.ended.items() if not (unknown and item[1] == 0)]
        other = (item for item in ended if item[1] != -signal.SIGTERM)
        before = (item for item in ended if item[0] not in self._given_up)
        return next(other, next(before, ended[0] if ended else None))


def _somebody_ended() -> bool:
    """Whether any child is to be waited for: one call instead of one for each of thousands."""
    if not hasattr(os, "waitid"):
        return False
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except OSError:
        return False


def _lives(pid: int) -> bool:
    """Whether it is a child of ours that has not ended."""
    try:
        return end_of(pid) is None
    except OSError:
        return False
