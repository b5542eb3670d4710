"""The directory of a run: rings, board, text channel. In shared memory where there is room, else in the temporary directory."""

import os
import re
import secrets
import shutil
import tempfile
from pathlib import Path

from workers.engine.guardian import SHM, sweep
from workers.telemetry.board import Board
from workers.telemetry.recorder import STOPPING
from workers.telemetry.ring import file_size

FEW_LANES = 8
RECORDS_FEW, RECORDS_MANY = 32_768, 4_096
"""Records of a ring with up to FEW_LANES workers, and with more: half a second of the fastest lane that was measured."""
_OURS = re.compile(r"(?:sem\.)?threadmill-(\d+)-[0-9a-f]+")
SPARE_BYTES = 64 << 20
"""What a run may need before its configuration is known."""


def ring_records(workers: int) -> int:
    """How many records a ring of a run with that many workers holds."""
    return RECORDS_FEW if workers <= FEW_LANES else RECORDS_MANY


def bytes_needed(workers: int) -> int:
    """What the rings of a run take: one a worker, one for the main lane, one in four more for lanes that come and go."""
    return file_size(ring_records(workers)) * (workers + 1 + workers // 4)


def _free(directory: str) -> int:
    try:
        stat = os.statvfs(directory)
    except OSError:
        return 0
    return stat.f_bavail * stat.f_frsize


def sweep_stale() -> None:
    """Remove what windows have left that were killed together with their guardian."""
    for parent in (SHM, tempfile.gettempdir()):
        try:
            names = os.listdir(parent)
        except OSError:
            continue
        for name in names:
            found = _OURS.match(name)
            if found is None or _alive(int(found[1])):
                continue
            path = Path(parent, name)
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                try:
                    path.unlink()
                except OSError:
                    pass  # somebody else's, or gone


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
        try:
            os.mkfifo(os.path.join(self.path, "text"), 0o600)
            self.board = Board(self.path, create=True)
        except OSError as error:
            shutil.rmtree(self.path, ignore_errors=True)
            raise OSError(f"A run needs files in {parent}, and that failed: {error.strerror or error}.") from error

    def fits(self, workers: int) -> bool:
        """Whether the rings of a run with that many workers have room here."""
        return _free(self.path) // (4 if self.path.startswith(SHM) else 1) >= bytes_needed(workers)

    def say_stopping(self) -> None:
        """Leave the file that tells workers that the signals that come are Stop's."""
        Path(self.path, STOPPING).touch(mode=0o600)

    def sweep(self, pgid: int) -> None:
        """Remove it, with the semaphores and shared memory of the run, and whoever is left of its process group."""
        self.board.close()
        sweep(pgid, self.prefix, self.path)

    def discard(self) -> None:
        """Remove it where no host was ever started for it."""
        self.board.close()
        shutil.rmtree(Path(self.path), ignore_errors=True)
