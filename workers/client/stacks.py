"""Asks processes for the stacks of their threads, and takes apart what they answer: it comes on the host's stderr, line by line."""

import os
import re
import signal
import time
from collections.abc import Iterable

from workers.client.standing import Standing
from workers.contract.batch import Frame, Stack, TextLine
from workers.telemetry.recorder import STACKS

QUIET_S = 0.05
"""An answer is whole when nothing has come for so long: it is written in one go, without the GIL."""
ANSWER_S = 1.0
"""How long to wait for one. A stopped process gives none."""
_THREAD = re.compile(r"(?:Current thread|Thread) 0x([0-9a-f]+)\b.*\(most recent call first\):")
_FRAME = re.compile(r' *File "(.*)", line (\d+),? in (.*)')


class StackAsker:
    """Asks processes one at a time, so that those of two do not get mixed up."""

    def __init__(self) -> None:
        self._pids: list[tuple[int, int]] = []
        """Who is to be asked, each with a descriptor of that very process: its number may be another's by the time. -1: there is none."""
        self._asked = 0
        """Whose answer is awaited; 0: nobody's."""
        self._since = self._heard = 0.0
        self._lines: list[str] = []
        self._found: list[Stack] = []

    @property
    def asking(self) -> bool:
        """Whether some are still to be asked, or to answer."""
        return bool(self._pids or self._asked)

    def ask(self, lanes: Iterable[Standing]) -> None:
        """Ask the processes of these lanes, soon."""
        self.forget()
        self._pids = [(pid, _held(pid)) for pid in dict.fromkeys(lane.lane.pid for lane in lanes)]

    def forget(self) -> None:
        """Ask nobody any more."""
        for _, descriptor in self._pids:
            _let_go(descriptor)
        self._pids = []

    def step(self) -> None:
        """Ask the next one, if the last one has answered."""
        at = time.monotonic()
        answered = self._lines and at - self._heard >= QUIET_S
        if self._asked and not answered and at - self._since < ANSWER_S:
            return
        self._finish()
        while self._pids and not self._asked:
            pid, descriptor = self._pids.pop(0)
            try:
                _signal(pid, descriptor)
            except OSError:
                continue  # it has ended meanwhile
            finally:
                _let_go(descriptor)
            self._asked, self._since = pid, at

    def hear(self, lines: list[str]) -> None:
        """What has come on the stderr of the host and its children."""
        if self._asked and lines:
            self._heard = time.monotonic()
            self._lines += lines

    def take(self, final: bool = False) -> tuple[Stack, ...]:
        """What has been answered since the last call. `final`: nothing more will come."""
        if final:
            self._finish()
            self.forget()
        found, self._found = tuple(self._found), []
        return found

    def _finish(self) -> None:
        if self._asked:
            self._found += of_threads(self._asked, self._lines)
            self._asked, self._lines = 0, []


def _held(pid: int) -> int:
    """A descriptor of the process, or -1."""
    try:
        return os.pidfd_open(pid)
    except (OSError, AttributeError):  # gone, no descriptor left; not on macOS
        return -1


def _let_go(descriptor: int) -> None:
    if descriptor >= 0:
        os.close(descriptor)


def _signal(pid: int, descriptor: int) -> None:
    """Ask for the stacks. Raises OSError where it is gone."""
    if descriptor >= 0:
        signal.pidfd_send_signal(descriptor, STACKS)
    elif hasattr(os, "pidfd_open"):
        raise ProcessLookupError(pid)
    else:
        os.kill(pid, STACKS)


def of_threads(pid: int, lines: Iterable[str]) -> list[Stack]:
    """The stacks that faulthandler has written; what is between them is somebody else's."""
    found: list[tuple[int, list[Frame]]] = []
    open_ = False
    for line in lines:
        thread, frame = _THREAD.match(line), _FRAME.match(line)
        if thread:
            found.append((int(thread[1], 16), []))
        elif frame and open_:
            found[-1][1].append(_frame(frame))
        open_ = bool(thread or (frame and open_))
    return [Stack(pid, ident, "", tuple(frames)) for ident, frames in found if frames]


def of_coroutines(texts: Iterable[TextLine]) -> list[Stack]:
    """The stacks of coroutines among what lanes have said: a name, and frames from its task down to what it awaits."""
    found = []
    for text in texts:
        name, _, rest = text.text.partition("\n")
        if text.stream == "stderr" and name.startswith("coroutine ") and _FRAME.match(rest):
            frames = [_frame(frame) for line in rest.split("\n") if (frame := _FRAME.match(line))]
            found.append(Stack(text.pid, 0, name, tuple(reversed(frames))))
    return found


def _frame(found: re.Match[str]) -> Frame:
    return Frame(found[1], int(found[2]), found[3].strip())
