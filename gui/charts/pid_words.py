"""What the activity chart says of a row in figures, and of a point in words."""

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QObject

from gui.charts.base import TimeWindow
from gui.charts.pid_lives import Life, StripRow
from gui.charts.strips import KNOWN, UNKNOWN, Cells
from gui.figures import MINUS, grouped, percent
from gui.figures import UNKNOWN as DASH
from gui.lane_words import short
from workers.insight.store import STOPPED

RECENT = 10
"""Samples behind a live CPU figure: the last second, so that it can be read."""


class Figures(NamedTuple):
    """What stands before a strip."""

    number: str
    """PID or TID."""
    role: str
    cpu: str
    tasks: str
    gone: bool
    """Whether nobody lives in it any more while the run goes on."""
    stalled: bool = False
    """Whether its process stands still."""


class PidWords(QObject):
    """Puts rows of the activity chart into words."""

    def figures(self, row: StripRow, window: TimeWindow, now_ns: int) -> Figures:
        """The figures of a row."""
        life = row.last
        gone = window.live and row.gone(now_ns)
        if life.thread is None:
            number, role = str(life.process.pid), self.role(life.process.role)
        else:
            number, role = str(life.thread.sample.tid), self._thread(life)
        share = self._share(row, window, now_ns)
        cpu = DASH if share is None else self.tr("{n} %").format(n=percent(share))
        stalled = window.live and not gone and bool(life.process.stalled)
        if stalled:
            cpu = self.tr("‖ stopped") if life.process.stalled == STOPPED else self.tr("‖ silent")
        return Figures(number, role, self.tr("ended") if gone else cpu, grouped(row.tasks), gone, stalled)

    def _share(self, row: StripRow, window: TimeWindow, now_ns: int) -> float | None:
        """CPU share: live of the last second, afterwards the mean of all."""
        if row.shared:
            end = now_ns if window.live else window.zero_ns + int(window.end_s * 1e9)
            return row.segments(now_ns).cpu_share(end - 1_000_000_000 if window.live else window.zero_ns, end)
        share = row.last.samples().cpu
        return float((share[-RECENT:] if window.live else share).mean()) if len(share) else None

    def role(self, role: str) -> str:
        """The role of a process."""
        known = {
            "host": self.tr("main"),
            "worker": self.tr("worker"),
            "forkserver": self.tr("forkserver"),
            "resource_tracker": self.tr("tracker"),
            "manager": self.tr("manager"),
            "child": self.tr("child"),
        }
        return known.get(role, role)

    def who(self, life: Life) -> list[str]:
        """Which process, and which thread of it."""
        lines = [self.tr("PID {pid}, {role}").format(pid=life.process.pid, role=self.role(life.process.role))]
        if life.thread is not None:
            lines.append(self.tr("{name}, TID {tid}").format(name=self._thread(life), tid=life.thread.sample.tid))
        return lines

    def _thread(self, life: Life) -> str:
        """A thread, by its lane's name; in order of birth before it has said that it is one."""
        return self.tr("thread {n}").format(n=life.number) if life.lane is None else short(life.lane.info)

    def cell(self, life: Life, shared: bool, seconds: float, cells: Cells, column: int) -> str:
        """Who, when, and how much."""
        when = self.tr("{n} s").format(n=grouped(seconds, 1) if seconds >= 0 else f"{MINUS}{-seconds:.1f}")
        if cells.state[column] == KNOWN:
            known = shared or np.isfinite(life.samples().run_queue).any()
            what = [
                self.tr("CPU {n} % of one core").format(n=percent(float(cells.cpu[column]))),
                self.tr("waiting for a core {n} %").format(n=percent(float(cells.run_queue[column])))
                if known
                else self.tr("waiting for a core: this system does not tell"),
            ]
        elif cells.state[column] == UNKNOWN:
            what = [self.tr("no sample: it lived too briefly, or the sampler could not ask it")]
        else:
            what = [self.tr("not alive then")]
        return "\n".join([*self.who(life), self.tr("at {when}").format(when=when), *what])
