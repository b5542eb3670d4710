"""The kinds of time in colour, pattern and words: the same in bars, areas, legend and table."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from gui.style import mix
from gui.theme import Theme
from workers.insight.accounts import NAMES

COLOURS = {
    "running": "running",
    "gil": "gil",
    "run_queue": "run_queue",
    "lock": "lock",
    "queue": "queue",
    "io": "waiting",
    "serialising": "pickling",
    "ipc": "pickling",
    "startup": "start_up",
    "idle": "idle",
}
"""Which colour of the theme each has; `unknown` has none, it is dotted."""
PATTERNS = {
    "gil": Qt.BrushStyle.BDiagPattern,
    "run_queue": Qt.BrushStyle.Dense7Pattern,
    "lock": Qt.BrushStyle.FDiagPattern,
    "queue": Qt.BrushStyle.CrossPattern,
    "io": Qt.BrushStyle.HorPattern,
    "ipc": Qt.BrushStyle.DiagCrossPattern,
    "unknown": Qt.BrushStyle.Dense6Pattern,
}
"""Whatever is a wait has one, so that no two kinds differ by colour alone."""
_INKS = ("#10151B", "#FFFFFF")


def plain(name: str, theme: Theme) -> str:
    """The colour of a kind, as #RRGGBB."""
    return theme.kinds[COLOURS[name]] if name in COLOURS else mix(theme.card, theme.muted, 0.08)


def ink(name: str, theme: Theme) -> str:
    """The colour of text on it."""
    return _ink_on(plain(name, theme))


@lru_cache
def _ink_on(ground: str) -> str:
    return max(_INKS, key=lambda colour: _contrast(colour, ground))


def fill(painter: QPainter, shape: QRectF | QPainterPath, name: str, theme: Theme) -> None:
    """Fill a shape as this kind of time."""
    if isinstance(shape, QRectF):
        path = QPainterPath()
        path.addRect(shape)
    else:
        path = shape
    painter.fillPath(path, QColor(plain(name, theme)))
    if name not in PATTERNS:
        return
    if name == "unknown":
        line = mix(theme.card, theme.muted, 0.75)
    else:
        line = mix(plain(name, theme), "#000000" if ink(name, theme) == _INKS[0] else "#FFFFFF", 0.22)
    painter.fillPath(path, QBrush(QColor(line), PATTERNS[name]))
    if name == "unknown":
        painter.setPen(QPen(QColor(mix(theme.card, theme.muted, 0.45)), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def occurring(totals: Sequence[float]) -> tuple[str, ...]:
    """Those of NAMES of which there is any worth telling, a thousandth of all; and `unknown` always."""
    least = max(sum(totals) / 1_000, 1e-9)
    return tuple(name for name, value in zip(NAMES, totals, strict=True) if value >= least or name == "unknown")


def _contrast(one: str, other: str) -> float:
    low, high = sorted(_luminance(QColor(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


class KindWords(QObject):
    """Puts kinds of time into words."""

    def word(self, name: str) -> str:
        """One of NAMES, as it stands in a legend."""
        return {
            "running": self.tr("running"),
            "gil": self.tr("GIL"),
            "run_queue": self.tr("waiting for a core"),
            "lock": self.tr("lock"),
            "queue": self.tr("queue"),
            "io": self.tr("sleep, IO"),
            "serialising": self.tr("pickling"),
            "ipc": self.tr("on its way"),
            "startup": self.tr("start-up"),
            "idle": self.tr("idle"),
            "unknown": self.tr("unknown"),
        }[name]

    def meaning(self, name: str) -> str:
        """What it means, in a sentence."""
        return {
            "running": self.tr("On a core."),
            "gil": self.tr("Waiting for the GIL, the lock that lets one thread run Python at a time."),
            "run_queue": self.tr("Ready to run, but all cores were taken."),
            "lock": self.tr("Waiting for a lock that another one held."),
            "queue": self.tr("Waiting for room in a queue, or for something to be put into it."),
            "io": self.tr("Asleep, or waiting for the outside world."),
            "serialising": self.tr("Making objects into bytes for another process, and bytes into objects."),
            "ipc": self.tr("No task yet, though one had been sent: it was on its way from another process."),
            "startup": self.tr("Coming up, before its first task."),
            "idle": self.tr("Nothing to do, or waiting for others to end."),
            "unknown": self.tr("Neither recorded nor sampled."),
        }[name]
