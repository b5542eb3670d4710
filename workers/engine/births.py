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


class Births:
    """Follows every multiprocessing process of this host from start to end."""

    def __init__(self) -> None:
        """Start to follow. There is one in a host, for its whole life."""
        self._lock = threading.Lock()
        self._alive: list[tuple[BaseProcess, int]] = []
        self._born: list[list[Any]] = []
        self._exited: list[list[Any]] = []
        self._helpers: set[int] = set()
        self.ended: dict[int, int] = {}
        """Exit codes by PID, of the last 10,000."""
        self.server_end: tuple[int, int | None] | None = None
        """(pid, exit code) of the forkserver, once it has ended under its workers; None where that is not known."""
        start = BaseProcess.start

        def follow(process: BaseProcess) -> None:
            before = now()
            start(process)
            if process.pid is not None:
                self._follow(process, process.pid, before)

        BaseProcess.start = follow  # type: ignore[method-assign, assignment]
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
            self._alive.append((process, pid))
            self._born.append([pid, t_ns, role])

    def look(self, final: bool = False) -> None:
        """Note who has ended. `final` asks each process itself; else only what multiprocessing has noticed counts."""
        self._look_at_server()
        with self._lock:
            alive = []
            for process, pid in self._alive:
                popen = getattr(process, "_popen", None)
                # Asking (`exitcode`) calls waitpid, which may take the answer from under a pool's own thread.
                code = process.exitcode if final and popen is not None else getattr(popen, "returncode", None)
                if code is not None or popen is None:
                    self._exited.append([pid, now(), code])
                    if code is not None:
                        self.ended[pid] = code
                        if len(self.ended) > 10_000:
                            del self.ended[next(iter(self.ended))]
                else:
                    alive.append((process, pid))
            self._alive = alive

    def _look_at_server(self) -> bool:
        """Whether there is a forkserver that is not known to have ended."""
        pid = getattr(multiprocessing.forkserver._forkserver, "_forkserver_pid", None)
        if pid is None or not hasattr(os, "waitid") or (self.server_end is not None and self.server_end[0] == pid):
            return False
        try:
            # Left to be waited for: multiprocessing asks as well, and then starts another one.
            end = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except OSError:
            return False
        if end is not None:
            self._note_server(pid, end.si_status if end.si_code == os.CLD_EXITED else -end.si_status)
        return end is None

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

        `clean_exits`: those with exit code 0 were meant to end.

        An executor that has lost a worker ends the others with SIGTERM: the cause is the one that ended otherwise.
        """
        self.look(final=certain)
        ended = [item for item in self.ended.items() if not (clean_exits and item[1] == 0)]
        return next((item for item in ended if item[1] != -signal.SIGTERM), ended[0] if ended else None)
