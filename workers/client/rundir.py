"""The directory of a run: rings, board, text channel. In shared memory where there is room, else in the temporary directory."""

import os
import re
import secrets
import shutil
import tempfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # see workers.telemetry.ring
    fcntl = None  # type: ignore[assignment]

from workers.client.board import BoardReader
from workers.contract.config import RunConfig
from workers.engine.guardian import SHM, kill_strays, runs_there, sweep
from workers.telemetry.board import make_board
from workers.telemetry.recorder import STOPPING
from workers.telemetry.ring import file_size

FEW_LANES = 8
RECORDS_FEW, RECORDS_MANY = 32_768, 4_096
"""Records of a ring with up to FEW_LANES workers, and with more: half a second of the fastest lane that was measured."""
_DIRECTORY = re.compile(r"threadmill-(\d+)-(?:[0-9a-f]+|script-\w+)$")
"""Of a run, or of the scripts that a window opens in terminals."""
_SEMAPHORE = re.compile(r"sem\.threadmill-(\d+)-[0-9a-f]+-")
SPARE_BYTES = 64 << 20
"""What a run may need before its configuration is known."""


def ring_records(workers: int) -> int:
    """How many records a ring of a run with that many workers holds."""
    return RECORDS_FEW if workers <= FEW_LANES else RECORDS_MANY


def lanes_at_most(config: RunConfig) -> int:
    """How many lanes a run may have by its configuration: the size of its pool, times the threads of each worker."""
    return max(config.workers, int(config.options.get("pool_size", 0))) * max(1, int(config.options.get("threads", 1)))


def bytes_needed(workers: int) -> int:
    """What the rings of a run take: one a worker, one for the main lane, three for threads of libraries that pickle, and one in
    four more for lanes that come and go."""
    return file_size(ring_records(workers)) * (workers + 4 + workers // 4)


def _free(directory: str) -> int:
    try:
        stat = os.statvfs(directory)
    except OSError:
        return 0
    return stat.f_bavail * stat.f_frsize


def sweep_stale() -> None:
    """Kill and remove what windows have left that were killed together with their guardian.

    A PID may belong to another container that shares this directory: the lock on a directory is what counts.
    """
    parents = {SHM, tempfile.gettempdir()}
    for prefix in runs_there():
        match = _DIRECTORY.match(prefix)
        paths = [path for parent in parents if os.path.exists(path := os.path.join(parent, prefix))]
        if match and not _alive(int(match[1])) and not any(_held(path) for path in paths):
            kill_strays(prefix)
    for parent in parents:
        for name, pid in _found(parent, _DIRECTORY):
            if not _alive(pid) and not _held(os.path.join(parent, name)):
                shutil.rmtree(os.path.join(parent, name), ignore_errors=True)
    for name, pid in _found(SHM, _SEMAPHORE):
        prefix = "-".join(name.removeprefix("sem.").split("-")[:3])
        if not _alive(pid) and not any(os.path.exists(os.path.join(parent, prefix)) for parent in parents):
            try:
                os.unlink(os.path.join(SHM, name))
            except OSError:
                pass  # somebody else's, or gone


def _found(parent: str, pattern: re.Pattern[str]) -> list[tuple[str, int]]:
    """Names of ours in a directory, each with the PID that it was made by."""
    try:
        names = os.listdir(parent)
    except OSError:
        return []
    return [(name, int(match[1])) for name in names if (match := pattern.match(name))]


def hold(path: str) -> int:
    """Keep a directory from being swept by others, as long as this process lives or until the descriptor returned is closed."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    fcntl.flock(fd, fcntl.LOCK_EX)
    return fd


def _held(path: str) -> bool:
    """Whether the process that made this directory lives, wherever it is."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return True  # gone, no directory, or not ours to touch
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(fd)
    return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


class RunDirectory:
    """Made for a host before it starts, mode 0700; swept with it."""

    def __init__(self, needed: int = SPARE_BYTES) -> None:
        """Raises OSError where neither place has room for `needed` bytes."""
        self.prefix = f"threadmill-{os.getpid()}-{secrets.token_hex(4)}"
        shared = _free(SHM) // 4 >= needed
        parent = SHM if shared else tempfile.gettempdir()
        if not shared and _free(parent) < needed:
            raise OSError(
                f"No room for a run: {needed >> 20} MiB are needed in {SHM} or {parent}; free some and start again."
            )
        self.path = os.path.join(parent, self.prefix)
        os.mkdir(self.path, 0o700)
        self._lock = hold(self.path)
        try:
            os.mkfifo(os.path.join(self.path, "text"), 0o600)
            make_board(self.path)
            self.board = BoardReader(self.path)
        except OSError as error:
            self._let_go()
            raise OSError(f"A run needs files in {parent}, and that failed: {error.strerror or error}.") from error

    def fits(self, workers: int) -> bool:
        """Whether the rings of a run with that many workers have room here."""
        return _free(self.path) // (4 if self.path.startswith(SHM) else 1) >= bytes_needed(workers)

    def say_stopping(self) -> None:
        """Leave the file that tells workers that the signals that come are Stop's."""
        Path(self.path, STOPPING).touch(mode=0o600)

    def sweep(self, pgid: int | None) -> None:
        """Remove it, with the semaphores and shared memory of the run, and whoever is left of its process group (None: nobody is)."""
        self.board.close()
        sweep(pgid, self.prefix, self.path)
        self._let_go()

    def discard(self) -> None:
        """Remove it where no host was ever started for it."""
        self.board.close()
        self._let_go()

    def _let_go(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)
