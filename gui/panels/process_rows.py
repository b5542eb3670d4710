"""What the process table says of one process or thread: the text, the raw value it is sorted by, and the tooltip."""

import signal
from typing import NamedTuple

from PySide6.QtCore import QObject

from gui.figures import UNKNOWN, grouped, mebibytes, percent
from gui.lane_words import short
from gui.own_end import with_patience
from gui.translations import told
from workers.client.stalls import OwnEnd
from workers.insight.columns import Columns
from workers.insight.store import STOPPED, LaneRow, ProcessRow, ThreadRow

RECENT = 10
"""Samples behind the CPU figure of something alive: the last second."""


class Cell(NamedTuple):
    """One cell."""

    text: str
    key: float | str
    """Sorted by this; raw, in the smallest unit."""
    tip: str = ""


class RowWords(QObject):
    """Puts rows of the store into words."""

    end = OwnEnd.NONE
    """Of the run that they belong to."""

    def process_cells(self, row: ProcessRow) -> tuple[Cell, ...]:
        """The cells of a process, in the order of the columns."""
        sample, ended = row.sample, row.ended
        none = self.tr("It was over before it could be sampled.") if ended else self.tr("Not sampled yet.")
        memory = threads = switches = self._unknown(none)
        state = self.tr("ended") if ended else UNKNOWN
        if sample is not None:
            threads = Cell(grouped(sample.threads), float(sample.threads))
            switches = self._count(sample.switches)
            memory = self._memory(sample.rss, sample.pss, sample.uss)
            state = state if ended else told(sample.state)
        tip = "" if state != UNKNOWN else none
        if row.stalled and not ended:
            state, tip = self._stalled(row)
        return (
            Cell(
                str(row.pid),
                float(row.pid),
                self.tr("Process {pid} on {host}").format(pid=row.pid, host=row.host or UNKNOWN),
            ),
            Cell(str(row.ppid), float(row.ppid)) if row.ppid else self._unknown(none),
            Cell(f"‖ {self.role(row.role)}" if row.stalled and not ended else self.role(row.role), self.role(row.role)),
            Cell(state, state, tip),
            threads,
            self._process_cpu(row, none),
            memory,
            Cell(grouped(row.tasks), float(row.tasks)),
            switches,
            self._exit(row),
        )

    def _stalled(self, row: ProcessRow) -> tuple[str, str]:
        """What is said of a process that stands still, and why it does."""
        if row.stalled == STOPPED:
            tip = self.tr(
                "It was stopped by a signal (SIGSTOP) and stands still until SIGCONT: thaw it, or stop the run."
            )
            return self.tr("‖ stopped"), with_patience(tip, self.end, row.role)
        return self.tr("‖ silent"), self.tr("It has given no sign of life for a while: wait, or stop the run.")

    def thread_cells(self, process: ProcessRow, row: ThreadRow, lanes: list[LaneRow]) -> tuple[Cell, ...]:
        """The cells of a thread."""
        sample, empty = row.sample, Cell("", -1.0)
        tasks = sum(lane.tasks for lane in lanes)
        role = self.thread_role(sample.role)
        state = self.tr("ended") if row.ended or process.ended else told(sample.state)
        return (
            Cell(
                str(sample.tid),
                float(sample.tid),
                self.tr("Thread {tid}, {name}").format(
                    tid=sample.tid, name=short(lanes[0].info) if lanes else sample.name or UNKNOWN
                ),
            ),
            Cell(str(process.pid), float(process.pid)),
            Cell(role, role),
            Cell(state, state),
            empty,
            self._cpu(row.history, row.ended or process.ended),
            empty,
            Cell(grouped(tasks), float(tasks)) if lanes else empty,
            self._count(sample.switches),
            empty,
        )

    def role(self, role: str) -> str:
        """The role of a process in words."""
        known = {
            "host": self.tr("main"),
            "worker": self.tr("worker"),
            "forkserver": self.tr("forkserver"),
            "resource_tracker": self.tr("resource tracker"),
            "manager": self.tr("manager"),
            "child": self.tr("child of a task"),
        }
        return known.get(role, role)

    def thread_role(self, role: str) -> str:
        """The role of a thread in words."""
        known = {"main": self.tr("main thread"), "worker": self.tr("worker thread"), "helper": self.tr("helper thread")}
        return known.get(role, role)

    def exit_text(self, code: int | None) -> str:
        """0, "code 3", or the name of the signal."""
        if code is None:
            return ""
        if code >= 0:
            return "0" if code == 0 else self.tr("code {n}").format(n=code)
        try:
            return signal.Signals(-code).name
        except ValueError:
            return self.tr("signal {n}").format(n=-code)

    def _unknown(self, why: str) -> Cell:
        return Cell(UNKNOWN, -1.0, why)

    def _count(self, value: int | None) -> Cell:
        return (
            self._unknown(self.tr("This system does not tell, or not to us."))
            if value is None
            else Cell(grouped(value), float(value))
        )

    def _memory(self, rss: int | None, pss: int | None, uss: int | None) -> Cell:
        if rss is None:
            return self._unknown(self.tr("This system does not tell, or not to us."))
        lines = [self.tr("RSS {size}: all it holds, with what it shares").format(size=mebibytes(rss))]
        lines.append(
            self.tr("PSS: not known")
            if pss is None
            else self.tr("PSS {size}: shared pages divided among those who share them").format(size=mebibytes(pss))
        )
        lines.append(
            self.tr("USS: not known")
            if uss is None
            else self.tr("USS {size}: its own alone").format(size=mebibytes(uss))
        )
        return Cell(mebibytes(rss), float(rss), "\n".join(lines))

    def _process_cpu(self, row: ProcessRow, none: str) -> Cell:
        if row.ended_ns is None or row.started_ns is None:
            return self._cpu(row.history, False)
        share = row.mean_share
        if share is None:
            return self._unknown(none)
        return Cell(percent(share), share, self.tr("Of one core, on average over its part of the run"))

    def _cpu(self, history: Columns, ended: bool) -> Cell:
        shares = history["cpu"]
        if not len(shares):
            return self._unknown(self.tr("It takes two samples to tell."))
        share = float((shares if ended else shares[-RECENT:]).mean())
        tip = (
            self.tr("Of one core, on average over its life") if ended else self.tr("Of one core, over the last second")
        )
        return Cell(percent(share), share, tip)

    def _exit(self, row: ProcessRow) -> Cell:
        if not row.ended:
            return Cell("", -1e9)
        if row.exit_code is None:
            return Cell(UNKNOWN, -1e8, self.tr("Its exit code did not reach us."))
        return Cell(self.exit_text(row.exit_code), float(row.exit_code))
