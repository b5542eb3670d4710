"""The runs that are kept, as the window knows them: listed, opened, changed in a thread of their own, one thing after the other."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.lookup import Lookup
from gui.translations import sentence
from gui.version import version

if TYPE_CHECKING:
    from workers.insight.store import RunStore
    from workers.recordings.recording import Recording
    from workers.recordings.shelf import Kept, Listing, Shelf

POLL_MS = 15
CLOSE_S = 3.0
"""What is still to be written gets so long when the window closes."""
JOB_S = 30.0
"""A disk that has not answered by then is no longer waited for."""
OPEN = 8
"""So many runs stay open: comparing goes back and forth between a few."""


@dataclass(frozen=True)
class _Job:
    work: Callable[["Shelf"], Any]
    done: Callable[[Any], None]
    writes: bool = False
    """Whether it is to be done even where the window closes."""


class KeptRuns(QObject):
    """The only one in the window that reads or writes kept runs.

    Signals:
        changed(): the list is another one.
        kept(str): a run was kept; its id.
        imported(str): a run came from a file; its id.
        opened(str): a run can be had from `recording`; its id.
        problem(str): something could not be, in a sentence.
        deleted(str): a run was taken off the shelf; its id. `restore` brings it back.
        said(str): something was done, in a sentence.
    """

    changed = Signal()
    kept = Signal(str)
    imported = Signal(str)
    opened = Signal(str)
    problem = Signal(str)
    deleted = Signal(str)
    said = Signal(str)

    def __init__(self, most_runs: int, most_mb: int, parent: QObject | None = None, folder: Path | None = None) -> None:
        """`most_runs` 0: nothing more is kept; what there is stays."""
        super().__init__(parent)
        self.runs: tuple[Kept, ...] = ()
        """The newest first."""
        self.looked = False
        """Whether the list has been read."""
        self.last_deleted = ""
        self._most_runs, self._most_mb, self._folder = most_runs, most_mb, folder
        self._shelf: Shelf | None = None
        self._open: dict[str, Recording] = {}
        self._jobs: deque[_Job] = deque()
        self._job: _Job | None = None
        self._running: Lookup[tuple[Any]] | None = None
        self._until = 0.0
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look_up)

    @property
    def keeps(self) -> bool:
        """Whether runs are kept."""
        return self._most_runs > 0

    @property
    def busy(self) -> bool:
        """Whether something is being read or written."""
        return self._job is not None or bool(self._jobs)

    def bound(self, most_runs: int, most_mb: int) -> None:
        """Keep so many from now on; what is too much goes at once, but to keep none takes nothing away."""
        self._most_runs, self._most_mb = most_runs, most_mb
        if most_runs:

            def work(shelf: "Shelf") -> "Listing":
                if shelf.folder.exists():
                    shelf.make_room(most_runs, most_mb)
                return shelf.look()

            self._do(work, self._take, writes=True)
        self.changed.emit()

    # ---- reading --------------------------------------------------------------------------------------------------
    def look(self) -> None:
        """Read the list, which other windows may have changed."""
        self._do(lambda shelf: shelf.look(), self._take)

    def recording(self, key: str) -> "Recording | None":
        """A run that is open; else it is opened, and `opened` follows, or `problem`."""
        if key in self._open:
            self._open[key] = self._open.pop(key)
        elif key:
            self._do(lambda shelf: shelf.load(key), lambda found: self._opened(key, found))
        return self._open.get(key)

    # ---- writing --------------------------------------------------------------------------------------------------
    def keep(self, store: "RunStore", summary: Mapping[str, Any], titles: Mapping[str, str]) -> None:
        """Keep the run that has just ended in `store`. Takes what it needs at once, and writes it later."""
        if not self.keeps:
            return
        from workers.recordings.capture import make, take

        try:
            taken = take(store, summary, "", titles)
        except ValueError as error:
            self.problem.emit(str(error))
            return
        runs, mb = self._most_runs, self._most_mb

        def work(shelf: "Shelf") -> "tuple[Recording, Listing]":
            made = make(replace(taken, program=version()))
            shelf.keep(made, runs, mb)
            return made, shelf.look()

        def done(result: "tuple[Recording, Listing]") -> None:
            self._opened(result[0].id, result[0])
            self.kept.emit(result[0].id)
            self._take(result[1])

        self._do(work, done, writes=True)

    def rename(self, key: str, name: str) -> None:
        """Give it another name; an empty one is that of its choice."""
        self._change(lambda shelf: shelf.change(key, name=name), key)

    def pin(self, key: str, pinned: bool) -> None:
        """Never drop it to make room, or let it go."""
        self._change(lambda shelf: shelf.change(key, pinned=pinned), key)

    def delete(self, key: str) -> None:
        """Take it off the shelf."""

        def done(listing: "Listing") -> None:
            self.last_deleted = key
            self._take(listing)
            self.deleted.emit(key)

        self._do(lambda shelf: _then_look(shelf, lambda: shelf.delete(key)), done, writes=True)

    def restore(self) -> None:
        """Bring back what was deleted last."""
        key, self.last_deleted = self.last_deleted, ""
        if key:
            self._do(lambda shelf: _then_look(shelf, lambda: shelf.restore(key)), self._take, writes=True)

    def export(self, key: str, path: Path) -> None:
        """Write it to a file."""
        done = self.tr("Saved {0}.").format(path)
        self._do(lambda shelf: shelf.export(key, path), lambda _: self.said.emit(done), writes=True)

    def take_in(self, path: Path) -> None:
        """Put a file on the shelf."""

        def done(result: "tuple[str, Listing]") -> None:
            self._take(result[1])
            self.said.emit(self.tr("{0} is in the list now, pinned.").format(path.name))
            self.imported.emit(result[0])

        self._do(lambda shelf: (shelf.take_in(path), shelf.look()), done, writes=True)

    def close(self) -> None:
        """Finish what is being written; bounded. What was only to be read is given up."""
        self._poll.stop()
        self._jobs = deque(job for job in self._jobs if job.writes)
        until = time.monotonic() + CLOSE_S
        while self._running is not None or self._jobs:
            self._next()
            if self._running is not None:
                self._running.close(max(0.0, until - time.monotonic()))
            self._running = self._job = None
            if time.monotonic() > until:
                self._jobs.clear()

    # ---- one after the other --------------------------------------------------------------------------------------
    def _change(self, work: Callable[["Shelf"], "Recording"], key: str) -> None:
        def done(result: "tuple[Recording, Listing]") -> None:
            if key in self._open:
                self._open[key] = result[0]
            self._take(result[1])

        self._do(lambda shelf: (work(shelf), shelf.look()), done, writes=True)

    def _do(self, work: Callable[["Shelf"], Any], done: Callable[[Any], None], writes: bool = False) -> None:
        self._jobs.append(_Job(work, done, writes))
        self._next()
        self._poll.start()

    def _next(self) -> None:
        if self._running is None and self._jobs:
            self._job = job = self._jobs.popleft()

            def work() -> tuple[Any]:
                # In that thread: it brings in numpy where that is not there yet.
                if self._shelf is None:
                    from workers.recordings.shelf import Shelf

                    self._shelf = Shelf(self._folder)
                return (job.work(self._shelf),)

            self._running, self._until = Lookup(work, "kept runs"), time.monotonic() + JOB_S

    def _look_up(self) -> None:
        running, job = self._running, self._job
        if running is None or job is None:
            self._poll.stop()
            return
        try:
            answer = running.poll()
            if answer is None and time.monotonic() < self._until:
                return
            if answer is None:
                # Its thread is a daemon; what it still writes appears whole or not at all.
                self.problem.emit(self.tr("The kept runs do not answer: their disk is too slow, or gone."))
        except Exception as error:  # noqa: BLE001  told to whoever sits there; the rest of the window works
            answer = None
            self.problem.emit(sentence(str(error)))
        self._running = self._job = None
        self._next()
        if answer is not None:
            job.done(answer[0])

    def _take(self, listing: "Listing") -> None:
        for problem in listing.problems:
            self.problem.emit(sentence(problem))
        first, self.looked = not self.looked, True
        if listing.runs != self.runs or first:
            self.runs = listing.runs
            self.changed.emit()

    def _opened(self, key: str, recording: "Recording") -> None:
        self._open[key] = recording
        while len(self._open) > OPEN:
            del self._open[next(iter(self._open))]
        self.opened.emit(key)


def _then_look(shelf: "Shelf", work: Callable[[], None]) -> "Listing":
    work()
    return shelf.look()
