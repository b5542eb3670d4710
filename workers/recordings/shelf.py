"""Where finished runs are kept: one file each, in a directory of the user's. Several programs may use it at once.

A file's name is its id, and nobody writes to a name twice but to rename or pin its run; that, and making room, goes on under a lock.
What is written is written beside, made safe (fsync), and put in place in one step. Nothing here is waited for without a deadline.
"""

import fcntl
import os
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workers.client.places import data_dir
from workers.recordings.bounds import DEFAULT_MB, DEFAULT_RUNS, MOST_MB, MOST_RUNS
from workers.recordings.capture import new_id
from workers.recordings.errors import NewerRecording, RecordingError
from workers.recordings.layout import MOST_BYTES
from workers.recordings.recording import ENDING, LONGEST_NAME, Recording

MOST_FILES = 5_000
"""So many names of the directory are looked at."""
LOCK_S = 2.0
LEFT_S = 3_600.0
"""What was deleted, or half written by somebody who died, goes after so long."""
_DELETED, _BAD, _BEGUN = ".deleted", ".bad", ".begun-"


class ShelfError(OSError):
    """Something could not be kept, changed or found; the text is one sentence."""


@dataclass(frozen=True)
class Kept:
    """One run on the shelf, without its columns and summary."""

    head: Mapping[str, Any]
    figures: Mapping[str, Any]
    """What a list shows of the summary: config, python, throughput_per_s, elapsed_s."""
    size: int

    @property
    def id(self) -> str:
        """Which."""
        return str(self.head["id"])

    @property
    def config_plain(self) -> dict[str, Any]:
        """What was run, as in the JSON."""
        return dict(self.figures["config"])

    @property
    def pinned(self) -> bool:
        """Whether it never makes room."""
        return bool(self.head["pinned"])


@dataclass(frozen=True)
class Listing:
    """All that can be read, the newest first, and a sentence for each file that cannot."""

    runs: tuple[Kept, ...]
    problems: tuple[str, ...]


class Shelf:
    """The directory. Every method may take as long as a disk takes: not for the thread that draws."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: `runs` in the user's data directory where None is given."""
        self.folder = folder or data_dir() / "runs"
        self._seen: dict[str, tuple[tuple[int, int, int], Kept]] = {}
        """What was found in a file, by its name, while inode, time and size are the same."""

    # ---- reading --------------------------------------------------------------------------------------------------
    def look(self, aside: bool = True) -> Listing:
        """Look at every file. One that is damaged is set aside as `.bad` (where `aside`), said once, and the rest are there."""
        runs: list[Kept] = []
        problems: list[str] = []
        there = set()
        for path in self._files(problems):
            there.add(path.name)
            try:
                runs.append(self._look_at(path))
            except FileNotFoundError:
                continue  # another window was quicker
            except NewerRecording as error:
                problems.append(str(error))
            except RecordingError as error:
                problems.append(self._set_aside(path, error) if aside else str(error))
            except OSError as error:
                problems.append(f"{path.name} cannot be read: {error.strerror or error}.")
        # A window that stays open for days must not remember every run that has made room since.
        seen = self._seen
        self._seen = {name: seen[name] for name in there if name in seen}
        runs.sort(key=lambda kept: (kept.head["ended_at"], kept.id), reverse=True)
        return Listing(tuple(runs), tuple(problems))

    def _look_at(self, path: Path) -> Kept:
        about = path.lstat()
        state = about.st_ino, about.st_mtime_ns, about.st_size
        seen = self._seen.get(path.name)
        if seen is None or seen[0] != state:
            raw = _read(path)
            recording = Recording.from_bytes(raw, path.name)
            if recording.id + ENDING != path.name:
                raise RecordingError(path.name, 0, f"it holds the run {recording.id}, and is called otherwise")
            seen = self._seen[path.name] = state, Kept(recording.head, brief(recording.summary), len(raw))
        return seen[1]

    def load(self, key: str) -> Recording:
        """One run. Raises ShelfError where it is not there, RecordingError where it is damaged."""
        try:
            return Recording.from_bytes(_read(self._path(key)), f"{key}{ENDING}")
        except FileNotFoundError:
            raise ShelfError(f"The run {key} is no longer kept.") from None
        except RecordingError:
            raise
        except OSError as error:
            raise ShelfError(f"The run {key} cannot be read: {error.strerror or error}.") from None

    # ---- writing --------------------------------------------------------------------------------------------------
    def keep(self, recording: Recording, most_runs: int = DEFAULT_RUNS, most_mb: int = DEFAULT_MB) -> str:
        """Put a run on the shelf and make room. Returns its id. Raises ShelfError."""
        try:
            raw = recording.to_bytes()
        except ValueError as error:
            raise ShelfError(f"The run could not be kept: {error}.") from None
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(raw, self._path(recording.id))
        except OSError as error:
            raise ShelfError(f"The run could not be kept in {self.folder}: {error.strerror or error}.") from None
        self.make_room(most_runs, most_mb)
        return recording.id

    def make_room(self, most_runs: int, most_mb: int) -> int:
        """Drop the oldest that nobody pinned until the rest keep within both bounds. Returns how many went. Raises ShelfError."""
        with self._locked():
            # Who looks at the list is to hear of what is damaged, not who makes room.
            runs = self.look(aside=False).runs
            count, size, gone = len(runs), sum(kept.size for kept in runs), 0
            for kept in reversed(runs):
                if count <= most_runs and size <= most_mb << 20:
                    break
                if not kept.pinned:
                    with suppress(FileNotFoundError):
                        self._path(kept.id).unlink()
                    count, size, gone = count - 1, size - kept.size, gone + 1
            self._sweep()
            return gone

    def change(self, key: str, *, name: str | None = None, pinned: bool | None = None) -> Recording:
        """Give a run another name, or pin it or let it go. Raises ShelfError and RecordingError."""
        with self._locked():
            recording = self.load(key)
            if name is not None:
                recording = recording.changed(name=tidy(name))
            if pinned is not None:
                recording = recording.changed(pinned=pinned)
            try:
                self._write(recording.to_bytes(), self._path(key))
            except OSError as error:
                raise ShelfError(f"The run {key} could not be changed: {error.strerror or error}.") from None
            return recording

    def delete(self, key: str) -> None:
        """Take a run off the shelf; `restore` brings it back for an hour. Raises ShelfError."""
        self._move(self._path(key), self._path(key).with_suffix(ENDING + _DELETED), f"The run {key} is no longer kept.")
        with suppress(OSError):
            os.utime(self._path(key).with_suffix(ENDING + _DELETED))

    def restore(self, key: str) -> None:
        """Put back what was deleted. Raises ShelfError."""
        gone = self._path(key).with_suffix(ENDING + _DELETED)
        self._move(gone, self._path(key), f"The run {key} was deleted too long ago to be brought back.")

    def export(self, key: str, target: Path) -> None:
        """Write a run to a file of the user's: the very same bytes. Raises ShelfError and RecordingError."""
        recording = self.load(key)
        try:
            self._write(recording.to_bytes(), target)
        except OSError as error:
            raise ShelfError(f"{target} was not saved: {error.strerror or error}.") from None

    def take_in(self, source: Path) -> str:
        """Put a file of the user's on the shelf; its id, which is another one where that is taken. Raises ShelfError, RecordingError."""
        try:
            raw = _read(source, follow=True)
        except RecordingError:
            raise
        except OSError as error:
            raise ShelfError(f"{source} cannot be read: {error.strerror or error}.") from None
        recording = Recording.from_bytes(raw, source.name)
        if self._path(recording.id).exists():
            if self.load(recording.id).summary == recording.summary:
                return recording.id  # it is here already
            recording = recording.changed(id=new_id(recording.head["ended_at"]))
        # Somebody wanted it: it must not be the first to go.
        return self.keep(recording.changed(pinned=True), MOST_RUNS, MOST_MB)

    # ---- inside ---------------------------------------------------------------------------------------------------
    def _path(self, key: str) -> Path:
        if not key or any(sign not in "0123456789abcdef-" for sign in key):
            raise ShelfError(f"{key!r} is no kept run.")
        return self.folder / f"{key}{ENDING}"

    def _files(self, problems: list[str]) -> Iterator[Path]:
        try:
            with os.scandir(self.folder) as entries:
                for count, entry in enumerate(entries):
                    if count >= MOST_FILES:
                        problems.append(f"{self.folder} holds more than {MOST_FILES:,} files: the rest are left out.")
                        return
                    if entry.name.endswith(ENDING):
                        yield Path(entry.path)
        except FileNotFoundError:
            return  # nothing was kept so far
        except OSError as error:
            problems.append(f"{self.folder} cannot be read: {error.strerror or error}.")

    def _set_aside(self, path: Path, error: RecordingError) -> str:
        aside = path.with_name(path.name + _BAD)
        try:
            os.replace(path, aside)
        except OSError as refused:
            return f"{error} It could not be set aside ({refused.strerror or refused})."
        return f"{error} It was set aside as {aside.name}."

    def _move(self, old: Path, new: Path, missing: str) -> None:
        try:
            os.replace(old, new)
        except FileNotFoundError:
            raise ShelfError(missing) from None
        except OSError as error:
            raise ShelfError(f"{old.name} could not be moved: {error.strerror or error}.") from None

    def _write(self, raw: bytes, target: Path) -> None:
        """Whole or not at all."""
        handle, name = tempfile.mkstemp(prefix=_BEGUN, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, target)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(name)
            raise
        directory = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)

    def _sweep(self) -> None:
        """Remove what was deleted, or begun by somebody who is gone, long ago."""
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name.endswith(_DELETED) or entry.name.startswith(_BEGUN):
                    with suppress(FileNotFoundError):
                        if time.time() - entry.stat(follow_symlinks=False).st_mtime > LEFT_S:
                            os.unlink(entry.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One program at a time; the kernel gives the lock back whatever ends it. Raises ShelfError after LOCK_S."""
        try:
            handle = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise ShelfError(f"{self.folder} cannot be changed: {error.strerror or error}.") from None
        try:
            until = time.monotonic() + LOCK_S
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise ShelfError("The kept runs are in use by another window; try again.") from None
                    time.sleep(0.01)
            yield
        finally:
            os.close(handle)


def find(runs: Sequence[Kept], word: str) -> Kept:
    """The run that `word` means: an id, the beginning of one, a name, or "latest". Raises ShelfError."""
    if not runs:
        raise ShelfError("No run is kept yet: keep one with `threadmill run --keep`, or run one in the window.")
    if word == "latest":
        return runs[0]
    found = [kept for kept in runs if kept.id == word or (word and kept.head["name"] == word)]
    found = found or [kept for kept in runs if word and kept.id.startswith(word)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ShelfError(
            f"{word!r} means {len(found)} kept runs: give more of the id (`threadmill history` lists them)."
        )
    raise ShelfError(f"There is no kept run {word!r}; `threadmill history` lists them.")


def brief(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What a list shows of a run."""
    names = ("config", "throughput_per_s", "elapsed_s", "tasks", "phase", "stopped")
    return {**{name: summary[name] for name in names}, "python": summary["python"]["version"], "gil": summary["gil"]}


def tidy(name: str) -> str:
    """A name as it can be shown in a line."""
    plain = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(plain.split())[:LONGEST_NAME]


def _read(path: Path, follow: bool = False) -> bytes:
    """All of a regular file, and never more than a kept run may have. Raises OSError, and RecordingError for what is none.

    A link is not followed unless somebody chose the file; a pipe is not waited for.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW)
    try:
        handle = os.open(path, flags)
    except OSError:
        if path.is_symlink() and not follow:
            raise RecordingError(path.name, 0, "it is a link to another file") from None
        raise
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise RecordingError(path.name, 0, "it is no regular file")
        if about.st_size > MOST_BYTES:
            raise RecordingError(path.name, MOST_BYTES, f"it is larger than {MOST_BYTES:,} bytes")
        with os.fdopen(os.dup(handle), "rb") as file:
            return file.read(MOST_BYTES + 1)
    finally:
        os.close(handle)
