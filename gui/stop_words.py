"""What the foot says while a run is brought to its end: which step of Stop, whom it reaches, what follows and when."""

from PySide6.QtCore import QCoreApplication

from workers.contract.ending import ASKED, StopStep

NAMED = 6
"""PIDs that are named; the rest is counted."""


def under_way(step: StopStep, now_ns: int) -> str:
    """The step taken last, and the time until the next one as of `now_ns`."""
    tr, who = QCoreApplication.translate, pids(step.pids)
    left = f"{max(0, step.next_ns - now_ns) / 1e9:.1f}"
    if step.step == ASKED:
        return tr("StopWords", "Stopping: no new tasks; those under way have {0} s before {1}  ·  {2}").format(
            left, step.next, who
        )
    if step.next:
        return tr("StopWords", "Stopping: {0} to {1}; {2} in {3} s").format(step.step, who, step.next, left)
    return tr("StopWords", "Stopping: {0} to {1}").format(step.step, who)


def pids(found: tuple[int, ...]) -> str:
    """PIDs in words."""
    listed = ", ".join(map(str, found[:NAMED]))
    if len(found) == 1:
        return QCoreApplication.translate("StopWords", "PID {0}").format(listed)
    if len(found) > NAMED:
        return QCoreApplication.translate("StopWords", "PIDs {0} and {1} more").format(listed, len(found) - NAMED)
    return QCoreApplication.translate("StopWords", "PIDs {0}").format(listed)


def in_the_end(step: StopStep | None) -> str:
    """What it took to end a run that was stopped."""
    if step is None or step.step == ASKED:
        return QCoreApplication.translate("StopWords", "stopped")
    return QCoreApplication.translate("StopWords", "stopped, with {0}").format(step.step)
