"""Rows of a run's store: one for each process, thread and lane, with what the sampler saw of it over time."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workers.contract.batch import LaneInfo, ProcessSample, ThreadSample
from workers.insight.columns import Columns

HISTORY_LIMIT = 36_000
"""Samples kept per process or thread: one hour at 10 Hz."""
_HISTORY_TYPES = {"t": "i8", "cpu": "f4", "run_queue": "f4"}


def _history() -> Columns:
    return Columns(_HISTORY_TYPES, HISTORY_LIMIT)


@dataclass
class ThreadRow:
    """One thread: its latest sample and its history."""

    sample: ThreadSample
    cpu_share: float = 0.0
    ended: bool = False
    history: Columns = field(default_factory=_history)
    """t (ns), cpu (share of one core since the sample before), run_queue (likewise; NaN where not known)."""


@dataclass
class ProcessRow:
    """One process: its latest sample, its exact birth and end, its tasks and its history."""

    pid: int
    role: str
    host: str = ""
    ppid: int = 0
    create_time: float = 0.0
    started_ns: int | None = None
    ended_ns: int | None = None
    exit_code: int | None = None
    tasks: int = 0
    sample: ProcessSample | None = None
    cpu_share: float = 0.0
    cpu_s: float = 0.0
    cpu_at_clock_s: float = 0.0
    """CPU time that it had used when the clock started."""
    knows_clock: bool = False
    """Whether it said itself what it had used by then."""
    clock_start_ns: int | None = None
    stalled: str = ""
    """Why it is said to stand still: "stopped" (by a signal, until SIGCONT) or "silent" (no heartbeat); empty while it goes on."""
    threads: dict[int, ThreadRow] = field(default_factory=dict)
    history: Columns = field(default_factory=_history)

    @property
    def mean_share(self) -> float | None:
        """CPU share of one core from the start of the clock, or its birth if that was later, to its end; None before its end."""
        if self.ended_ns is None or self.started_ns is None:
            return None
        life = self.ended_ns - max(self.started_ns, self.clock_start_ns or self.started_ns)
        used = self.cpu_s - self.cpu_at_clock_s
        return used * 1e9 / life if life > 0 and (self.cpu_s > 0 or self.sample is not None) else None

    @property
    def ended(self) -> bool:
        """Whether it is known to be gone."""
        return self.ended_ns is not None


@dataclass
class LaneRow:
    """One lane with the sums of its spans."""

    info: LaneInfo
    tasks: int = 0
    busy_ns: int = 0
    worked: bool = False
    """Whether a task was ever seen in its hands, ended or not."""


def note(row: ProcessRow | ThreadRow, sample: ProcessSample | ThreadSample) -> None:
    """Note in the row's history what it has used since its last sample, and hold it as the present share. Nothing where there is none."""
    before = row.sample
    if before is None or sample.t_ns <= before.t_ns:
        return
    wall = (sample.t_ns - before.t_ns) / 1e9
    row.cpu_share = max(0.0, sample.cpu_s - before.cpu_s) / wall
    queue = _difference(sample.run_queue_s, before.run_queue_s, wall)
    row.history.append(t=_one(sample.t_ns, "i8"), cpu=_one(row.cpu_share, "f4"), run_queue=_one(queue, "f4"))


def _difference(new: float | None, old: float | None, wall: float) -> float:
    return float("nan") if new is None or old is None else max(0.0, new - old) / wall


def _one(value: float, dtype: str) -> "NDArray[np.generic]":
    return np.array([value], dtype)
