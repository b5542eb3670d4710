"""What is left to say when a window crashes: a log that it keeps while it is open, and removes when it is closed.

The log is locked as long as the window lives; so a log without a lock is that of a window that ended otherwise, whatever else is
open. The next window sets it aside as `crash-WHEN-PID.log`, the last KEPT of them, and offers it once. Bounded in size: a head, a
note of the run under way, and what faulthandler writes of the stacks, READ_BYTES of which are shown.
"""

import faulthandler
import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import fcntl
except ImportError:  # see workers.telemetry.ring
    fcntl = None  # type: ignore[assignment]

from workers.client.places import state_dir

KEPT = 5
READ_BYTES = 128 << 10
NOTE_CHARS = 8_000
_OPEN = re.compile(r"window-(\d+)-[0-9a-f]+\.log")
_STACKS = "Fatal Python error: "


@dataclass(frozen=True)
class Crash:
    """A log that was set aside."""

    path: Path
    text: str
    """The log, or its beginning and its end."""
    when: float
    """When that window was last heard of, in seconds since the epoch."""

    @property
    def fatal(self) -> str:
        """What the interpreter died of, such as "Segmentation fault"; empty where it was ended from outside."""
        return next(
            (line.removeprefix(_STACKS).strip() for line in self.text.splitlines() if line.startswith(_STACKS)), ""
        )


class CrashLog:
    """Of the window in this process. Where it cannot be written there is none, and `problem` says why."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or state_dir()
        self._fd = -1
        self._head = ""
        self._path: Path | None = None
        self._faults = False
        self.problem = ""

    @property
    def path(self) -> Path | None:
        """Where it is, while it is open."""
        return self._path

    def open(self, head: str, faults: bool = True) -> None:
        """Begin it with `head`. `faults`: from now on faulthandler writes there."""
        if fcntl is None:
            return
        name = f"window-{os.getpid()}-{secrets.token_hex(4)}.log"
        hidden, path = self._folder / f".{name}", self._folder / name
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._fd = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o600)
            # Locked before anybody can see it: no window takes that of another for a dead one's.
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.rename(hidden, path)
        except OSError as error:
            self.problem = f"No crash report can be kept in {self._folder}: {error.strerror or error}."
            self._let_go()
            with suppress(OSError):
                os.unlink(hidden)
            return
        self._path = path
        self.begin(head)
        if faults:
            faulthandler.enable(self._fd, all_threads=True)
            self._faults = True

    def begin(self, head: str) -> None:
        """Begin it anew."""
        self._head = head.rstrip("\n") + "\n"
        self.note("")

    def note(self, text: str) -> None:
        """Let this stand below the head, in place of the note before."""
        if self._fd >= 0:
            with suppress(OSError):  # a full disk: the log is no reason to disturb anybody
                os.ftruncate(self._fd, 0)
                os.write(self._fd, f"{self._head}{text[:NOTE_CHARS]}\n".encode(errors="replace"))

    def add(self, text: str) -> None:
        """Write this at the end."""
        if self._fd >= 0:
            with suppress(OSError):
                os.write(self._fd, text[-READ_BYTES:].encode(errors="replace"))

    def close(self) -> None:
        """The window has been closed as it should be: nothing is left of it."""
        path, self._path = self._path, None
        if path is not None:
            with suppress(OSError):
                os.unlink(path)
        self._let_go()

    def leave(self) -> None:
        """The window ends otherwise: the next one finds the log."""
        self._path = None
        self._let_go()

    def _let_go(self) -> None:
        if self._faults:
            faulthandler.disable()
            self._faults = False
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


def set_aside(folder: Path | None = None) -> list[Crash]:
    """The logs of windows that are no more and were not closed, the latest first; each is told to one window only."""
    folder = folder or state_dir()
    found = [crash for path in _logs(folder, "window-*.log") if (crash := _taken(path)) is not None]
    for path in kept(folder)[KEPT:]:
        with suppress(OSError):
            os.unlink(path)
    return sorted(found, key=lambda crash: -crash.when)


def kept(folder: Path | None = None) -> list[Path]:
    """The logs that were set aside, the latest first."""
    return sorted(_logs(folder or state_dir(), "crash-*.log"), key=lambda path: path.name, reverse=True)


def read(path: Path) -> Crash | None:
    """A log that was set aside; None where it is gone."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno())
            data = file.read(READ_BYTES)
            if size.st_size > READ_BYTES:
                data = data[: READ_BYTES // 2]
                file.seek(-READ_BYTES // 2, os.SEEK_END)
                data += b"\n...\n" + file.read(READ_BYTES // 2)
    except OSError:
        return None
    return Crash(path, data.decode(errors="replace"), size.st_mtime)


def _taken(path: Path) -> Crash | None:
    """The log set aside, where its window is no more and no other window was faster."""
    match = _OPEN.fullmatch(path.name)
    if fcntl is None or match is None:
        return None
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        when = time.strftime("%Y%m%d-%H%M%S", time.localtime(os.fstat(fd).st_mtime))
        target = path.with_name(f"crash-{when}-{match[1]}.log")
        os.rename(path, target)
    except OSError:
        return None  # its window lives, or another one has just taken it
    finally:
        os.close(fd)
    return read(target)


def _logs(folder: Path, pattern: str) -> list[Path]:
    try:
        return list(folder.glob(pattern))
    except OSError:
        return []
