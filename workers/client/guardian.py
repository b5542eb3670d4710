"""The window's line to its guardian process (workers.engine.guardian), which cleans up when the window is killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from workers.client.restarts import Restarts
from workers.engine import guardian as program

POLITE = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


LOOK_S = 0.5


class Guardian:
    """One for all runs of a window or a command. One that was killed is replaced, at most three times in five minutes."""

    def __init__(self) -> None:
        """Start the process. Raises OSError where that cannot be."""
        self._runs: dict[int, tuple[str, str]] = {}
        self._restarts = Restarts()
        self._looked = 0.0
        self._process = self._begin()

    def _begin(self) -> "subprocess.Popen[bytes]":
        """3.5 MB, half a millisecond."""
        # A session of its own, so that Ctrl+C in the window's terminal does not reach it; and no other polite signal either,
        # from its first instant on: a child inherits what the thread that starts it has blocked.
        unblocked = signal.pthread_sigmask(signal.SIG_BLOCK, POLITE)
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", str(Path(program.__file__))],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                bufsize=0,
                cwd="/",
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, unblocked)

    @property
    def pid(self) -> int:
        """Its PID."""
        return self._process.pid

    def add(self, pgid: int, prefix: str, directory: str) -> None:
        """A host was started."""
        self.look()
        self._runs[pgid] = prefix, directory
        self._tell(f"add {pgid} {prefix} {directory}\n")

    def drop(self, pgid: int) -> None:
        """It is gone and swept."""
        self._runs.pop(pgid, None)
        self._tell(f"drop {pgid}\n")

    def look(self) -> None:
        """See whether it is there, where that is due; another one takes its place and is told of all runs."""
        if time.monotonic() - self._looked < LOOK_S:
            return
        self._looked = time.monotonic()
        if self._process.poll() is None or self._restarts.given_up or not self._restarts.died(self._looked):
            return
        try:
            process = self._begin()
        except OSError:
            return  # no descriptor, no process: hosts end with this process all the same, by their lifelines
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process = process
        for pgid, (prefix, directory) in self._runs.items():
            self._tell(f"add {pgid} {prefix} {directory}\n")

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode())
        except BrokenPipeError:
            pass  # somebody killed it: the next one will be told

    def close(self) -> None:
        """Let it go; what was not dropped it sweeps."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(3.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(1.0)
