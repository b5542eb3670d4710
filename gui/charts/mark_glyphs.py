"""The small signs of events: a shape each, in one of three tones, drawn once per size and theme and then only copied."""

import math
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform

from gui.theme import Theme

PLAIN, QUIET, BAD = "plain", "quiet", "bad"
"""Tones: something happened, something ordinary, something went wrong."""
SIGNS = {
    "deadlock": ("octagon", BAD),
    "lost": ("cross", BAD),
    "killed": ("bang", BAD),
    "stalled": ("hourglass", BAD),
    "cut off": ("barred", BAD),
    "daemon": ("half", BAD),
    "signal": ("bolt", BAD),
    "paused": ("pause", BAD),
    "break": ("burst", PLAIN),
    "thawed": ("plus", PLAIN),
    "stop": ("square", PLAIN),
    "resumed": ("play", PLAIN),
    "master": ("flag", PLAIN),
    "callback": ("diamond", PLAIN),
    "eof": ("frame", PLAIN),
    "joined": ("join", PLAIN),
    "sent": ("up", PLAIN),
    "received": ("down", PLAIN),
    "result": ("dot", PLAIN),
    "other": ("ring", QUIET),
    "exit": ("bar", QUIET),
}
"""Shape and tone by kind, what matters most first. `killed`: an exit code other than 0. `other`: a kind that is not known here."""
_HALO = 1.5
"""Pixels of background around a sign: it stands on any colour of a strip."""


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _disc(radius: float = 1.0) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _box(left: float, top: float, right: float, bottom: float) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(QPointF(left, top), QPointF(right, bottom)))
    return path


@lru_cache(maxsize=len(SIGNS))
def outline(shape: str) -> QPainterPath:
    """The shape around (0, 0), within -1 to 1 both ways; y downwards."""
    ring = _disc(0.95).subtracted(_disc(0.5))
    corners = [((i + 0.5) * math.pi / 4, 1.05) for i in range(8)]
    points = [(i * math.pi / 6, 1.2 if i % 2 else 0.5) for i in range(12)]
    quarter = QTransform().rotate(45)
    cross = _box(-1.15, -0.32, 1.15, 0.32).united(_box(-0.32, -1.15, 0.32, 1.15))
    return {
        "octagon": _polygon(*((r * math.cos(a), r * math.sin(a)) for a, r in corners)),
        "cross": quarter.map(cross),
        "bang": _box(-0.3, -1.1, 0.3, 0.3).united(_box(-0.3, 0.6, 0.3, 1.1)),
        "barred": _disc().subtracted(_disc(0.6)).united(_box(-0.8, -0.22, 0.8, 0.22)),
        "half": _disc().subtracted(_disc(0.62).intersected(_box(0, -1, 1, 1))),
        "bolt": _polygon((0.3, -1.1), (-0.7, 0.2), (-0.05, 0.2), (-0.3, 1.1), (0.7, -0.25), (0.05, -0.25)),
        "pause": _box(-0.8, -0.95, -0.2, 0.95).united(_box(0.2, -0.95, 0.8, 0.95)),
        "play": _polygon((-0.8, -1.0), (1.0, 0), (-0.8, 1.0)),
        "square": _box(-0.8, -0.8, 0.8, 0.8),
        "hourglass": _polygon((-0.9, -1.1), (0.9, -1.1), (0.15, 0), (0.9, 1.1), (-0.9, 1.1), (-0.15, 0)),
        "burst": _polygon(*((r * math.cos(a), r * math.sin(a)) for a, r in points)),
        "plus": cross,
        "flag": _box(-0.75, -1.1, -0.4, 1.1).united(_polygon((-0.5, -1.1), (0.95, -0.5), (-0.5, 0.15))),
        "diamond": _polygon((0, -1.15), (1.0, 0), (0, 1.15), (-1.0, 0)),
        "frame": _box(-0.9, -0.9, 0.9, 0.9).subtracted(_box(-0.45, -0.45, 0.45, 0.45)),
        "join": _polygon((-1.0, -0.9), (0.35, 0), (-1.0, 0.9)).united(_box(0.5, -1.0, 0.9, 1.0)),
        "up": _polygon((0, -1.0), (1.0, 0.8), (-1.0, 0.8)),
        "down": _polygon((0, 1.0), (1.0, -0.8), (-1.0, -0.8)),
        "dot": _disc(0.7),
        "ring": ring,
        "bar": _box(-0.25, -0.8, 0.25, 0.8),
    }[shape]


class Glyphs:
    """Signs as pixmaps, for one theme, font and screen at a time."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, bool], QPixmap] = {}
        self._for: object = None
        self._theme: Theme | None = None
        self._ratio = 1.0
        self._side = 1
        """Of a pixmap, in pixels."""
        self.size = 9.0
        """Width and height of a sign, in pixels."""

    def take(self, theme: Theme, font: QFont, ratio: float) -> None:
        """Signs are wanted in these colours, to go with text of this size, on a screen of this ratio."""
        size = float(max(7, round(QFontInfo(font).pixelSize() * 0.66)))
        if (theme, size, ratio) != self._for:
            self._for = (theme, size, ratio)
            self._theme, self.size, self._ratio = theme, size, ratio
            self._side = math.ceil(size * 1.5 + 2 * _HALO) | 1
            self._made.clear()

    def draw(self, painter: QPainter, y: float, signs: Iterable[tuple[str, bool, float]]) -> None:
        """Draw signs in a line around `y`: kind, whether it stands for several events (it is then underlined), and x."""
        ratio, made, half = self._ratio, self._made, self._side / 2
        # On whole pixels: a sign that moves along must not shimmer.
        top = round((y - half) * ratio) / ratio
        for kind, several, x in signs:
            pixmap = made.get((kind, several))
            if pixmap is None:
                pixmap = made[kind, several] = self._make(kind, several)
            painter.drawPixmap(QPointF(round((x - half) * ratio) / ratio, top), pixmap)

    def _make(self, kind: str, several: bool) -> QPixmap:
        assert self._theme is not None, "take() comes first"
        shape, tone = SIGNS[kind]
        theme = self._theme
        colour = QColor({PLAIN: theme.text, QUIET: theme.muted, BAD: theme.bad}[tone])
        side = self._side
        pixmap = QPixmap(round(side * self._ratio), round(side * self._ratio))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        path = outline(shape)
        if several:
            path = path.united(_box(-1.0, 1.3, 1.0, 1.6))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / 2, side / 2)
        painter.scale(self.size / 2, self.size / 2)
        painter.setPen(QPen(QColor(theme.card), 4 * _HALO / self.size, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(QColor(theme.card))
        painter.drawPath(path)
        painter.fillPath(path, colour)
        painter.end()
        return pixmap
