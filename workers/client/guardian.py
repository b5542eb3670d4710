"""The window's line to its guardian process (workers.engine.guardian), which cleans up when the window is killed."""

import signal
import subprocess
import sys
from pathlib import Path

from workers.engine import guardian as program

POLITE = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Guardian:
    """One for all runs of a window or a command."""

    def __init__(self) -> None:
        """Start the process: 3.5 MB, half a millisecond."""
        # A session of its own, so that Ctrl+C in the window's terminal does not reach it; and no other polite signal either,
        # from its first instant on: a child inherits what the thread that starts it has blocked.
        unblocked = signal.pthread_sigmask(signal.SIG_BLOCK, POLITE)
        try:
            self._process = subprocess.Popen(
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
        self._tell(f"add {pgid} {prefix} {directory}\n")

    def drop(self, pgid: int) -> None:
        """It is gone and swept."""
        self._tell(f"drop {pgid}\n")

    def _tell(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode())
        except BrokenPipeError:
            pass  # somebody killed it; hosts still end with the window by their own control thread

    def close(self) -> None:
        """Let it go; what was not dropped it sweeps."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(3.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(1.0)
