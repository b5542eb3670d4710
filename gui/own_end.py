"""What is said of a process that stands still, or is to: whether, and when, its run ends by itself for that."""

from PySide6.QtCore import QCoreApplication

from workers.client.stalls import FROZEN_NS, GRACE_NS, OURS, OwnEnd

_SECOND = 1_000_000_000


def with_patience(text: str, end: OwnEnd, role: str) -> str:
    """`text`, and how long the run waits for a stopped process of this role, unless it does so until Stop (see `Patience`)."""
    tr = QCoreApplication.translate
    grace, frozen = GRACE_NS // _SECOND, FROZEN_NS // _SECOND
    if end is OwnEnd.NONE or role not in OURS:
        return text
    if end is OwnEnd.TIME:
        waits = tr("OwnEnd", "Once time is up or all tasks are handed out, the run is ended if no task ends for {0} s.")
        return tr("OwnEnd", "{0} {1}").format(text, waits.format(grace))
    waits = tr("OwnEnd", "If no task ends for {0} s, or for {1} s once all are handed out, the run is ended.")
    return tr("OwnEnd", "{0} {1}").format(text, waits.format(frozen, grace))
