"""Processes that do not go on: stopped from outside (SIGSTOP), or a host whose control thread has not been seen for a while."""

from collections.abc import Iterable
from enum import Enum

from workers.client.ending import named
from workers.contract.batch import Mark, ProcessSample
from workers.contract.config import RunConfig

SILENT_NS = 3_000_000_000
"""A host that has not written its beat for so long, 75 times its period, does not answer."""
OURS = ("host", "worker", "manager")
"""What a task has started itself may be stopped as it likes."""
STOPPED = ("stopped", "traced")
OWN = "own_function"
"""A workload that has as many tasks as inputs, which nobody here can know."""
GRACE_NS = 5_000_000_000
"""Who is stopped when the run is at its end has so long: enough to continue it by hand, and no longer than one waits for an end."""
FROZEN_NS = 60_000_000_000
"""Before that, in a run of a number of tasks: that number may never be reached, and nobody may be there to continue it."""


class OwnEnd(Enum):
    """What ends a run, if nobody presses Stop."""

    NONE = "nothing"
    TIME = "its seconds"
    """Or its tasks, where it has a number of them as well."""
    TASKS = "its number of tasks, and that alone"


def own_end(config: RunConfig) -> OwnEnd:
    """Which end such a run has."""
    if config.seconds is not None:
        return OwnEnd.TIME
    return OwnEnd.TASKS if config.tasks is not None or config.workload == OWN else OwnEnd.NONE


class Stalls:
    """Of one run. A stall is marked once, and its end too."""

    def __init__(self, host: int, config: RunConfig) -> None:
        """`host` is the PID of the run's host."""
        self._host = host
        self._end = own_end(config)
        self._stopped: dict[int, int] = {}
        self._silent_since = 0
        self._heard_ns = 0
        """The host cannot have been silent before this instant: it was stopped, and that was said."""

    @property
    def stopped(self) -> tuple[int, ...]:
        """Who is stopped."""
        return tuple(sorted(self._stopped))

    @property
    def pids(self) -> frozenset[int]:
        """Who does not go on at present."""
        return frozenset(self._stopped) | (frozenset((self._host,)) if self._silent_since else frozenset())

    def look(self, samples: Iterable[ProcessSample], beat_ns: int, t_ns: int) -> list[Mark]:
        """Marks of what has changed. `samples`: a sweep, or nothing between two; `beat_ns`: the host's last beat, 0: none yet."""
        marks = []
        for sample in samples:
            pid = sample.identity.pid
            stopped = sample.state in STOPPED and sample.role in OURS
            if stopped and pid not in self._stopped:
                self._stopped[pid] = sample.t_ns
                marks.append(Mark("stalled", pid, sample.t_ns, self._words(pid)))
            elif not stopped and pid in self._stopped:
                seconds = (sample.t_ns - self._stopped.pop(pid)) / 1e9
                self._heard_ns = t_ns if pid == self._host else self._heard_ns
                marks.append(Mark("thawed", pid, sample.t_ns, f"PID {pid} goes on, after {seconds:.1f} s"))
        if self._host in self._stopped:
            return marks
        if not self._silent_since and beat_ns and t_ns - max(beat_ns, self._heard_ns) >= SILENT_NS:
            self._silent_since = beat_ns
            text = (
                f"PID {self._host} has not answered for {SILENT_NS // 1_000_000_000} s: C code in it may hold the GIL; "
                "no thread can be ended, but Stop ends the whole process"
            )
            marks.append(Mark("stalled", self._host, t_ns, text))
        elif self._silent_since and t_ns - beat_ns < SILENT_NS:
            seconds, self._silent_since = (beat_ns - self._silent_since) / 1e9, 0
            marks.append(Mark("thawed", self._host, t_ns, f"PID {self._host} goes on, after {seconds:.1f} s"))
        return marks

    def _words(self, pid: int) -> str:
        """That a process was stopped, and what comes of it: see Patience."""
        grace, frozen = GRACE_NS // 1_000_000_000, FROZEN_NS // 1_000_000_000
        if self._end is OwnEnd.NONE:
            return f"PID {pid} was stopped (SIGSTOP): it does nothing until it is continued, or the run is stopped"
        if self._end is OwnEnd.TIME:
            return (
                f"PID {pid} was stopped (SIGSTOP): it does nothing until it is continued; "
                f"once time is up or all tasks are handed out, the run is ended if no task ends for {grace} s"
            )
        return (
            f"PID {pid} was stopped (SIGSTOP): it does nothing until it is continued; "
            f"if no task ends for {frozen} s, or for {grace} s once all are handed out, the run is ended"
        )


class Patience:
    """With processes that are stopped, in a run that has an end of its own; one without is ended by Stop alone.

    Pure: the time is handed in. What it does is said by `Stalls` and, in the window, by `gui/own_end.py`.
    """

    def __init__(self, config: RunConfig) -> None:
        self._end = own_end(config)
        self._seen: tuple[object, ...] = ()
        self._since = 0

    def look(self, stopped: tuple[int, ...], ended: int, over: bool, t_ns: int) -> str:
        """Why the run is to be ended now; mostly nothing.

        `stopped`: PIDs; `ended`: how many tasks have; `over`: time is up, or all tasks have been handed out.
        """
        if not stopped or (stopped, ended, over) != self._seen:
            self._seen, self._since = (stopped, ended, over), t_ns
            return ""
        if over:
            limit = GRACE_NS
        elif self._end is OwnEnd.TASKS:
            limit = FROZEN_NS
        else:
            return ""
        if t_ns - self._since < limit:
            return ""
        were, seconds = "was" if len(stopped) == 1 else "were", limit // 1_000_000_000
        return (
            f"{named(stopped)} {were} stopped (SIGSTOP), and for {seconds} s no task ended: "
            "the run was ended (SIGKILL), and what was under way is lost. Continue what you stop in time, and start the run again."
        )
