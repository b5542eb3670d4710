"""TimelineGhost: the lanes of a kept run below those of the run on show, on the same time from the start of the clock."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.charts.ghost import Ghost, Lane, cover
from gui.charts.telling import answered
from gui.figures import grouped, tabular
from gui.run_names import SEPARATOR
from gui.style import mix
from gui.theme import ThemeSource

if TYPE_CHECKING:
    from gui.charts.timeline import TimelineView

MOST_ROWS = 6
_ROW, _GAP = 7, 2
_FAINT = 0.45
"""How much of its colour is left: it is another run."""


class TimelineGhost(QWidget):
    """A line that names it, then a thin strip a lane: tasks over all of its height, waits in its lower half.

    Drawn from spans that were thinned when the run was kept, which it says.
    """

    def __init__(self, view: "TimelineView", theme: ThemeSource) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme
        self._ghost: Ghost | None = None
        self._pixels = np.zeros((0, 0), np.uint32)
        self.setObjectName("timelineGhost")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_ghost(self, ghost: Ghost | None) -> None:
        """Show it, or nothing and take no room."""
        self._ghost = ghost
        self.setVisible(ghost is not None)
        self.setAccessibleName(self.words())
        self.updateGeometry()
        self.update()

    @property
    def room(self) -> int:
        """The height that it takes from the lanes above."""
        return 0 if self.isHidden() else self.sizeHint().height() + 4

    def lanes(self) -> tuple[Lane, ...]:
        """Those that are drawn."""
        return self._ghost.lanes[:MOST_ROWS] if self._ghost is not None else ()

    def words(self) -> str:
        """What it is, how fine it is and what is not in it."""
        ghost = self._ghost
        if ghost is None:
            return ""
        parts = [self.tr("ghost: {0}").format(ghost.label)]
        if ghost.gap_s:
            parts.append(self.tr("thinned: gaps below {0} ms are closed").format(grouped(ghost.gap_s * 1e3, 1)))
        hidden = len(ghost.lanes) - len(self.lanes()) + ghost.left_out
        if hidden > 0:
            parts.append(self.tr("%n more lane(s)", "", hidden))
        return SEPARATOR.join(parts)

    def words_at(self, point: QPointF) -> str:
        """All of it, and the lane under the mouse."""
        row = int((point.y() - self._top()) // (_ROW + _GAP))
        lanes = self.lanes()
        if point.y() < self._top() or row >= len(lanes):
            return self.words()
        return f"{lanes[row].name}\n{self.words()}"

    def _top(self) -> float:
        return float(int(QFontMetricsF(tabular(self.font(), 12 / 13)).height()) + 2)

    def sizeHint(self) -> QSize:
        """A line and the strips."""
        return QSize(80, int(self._top()) + (_ROW + _GAP) * len(self.lanes()))

    minimumSizeHint = sizeHint

    def event(self, event: QEvent) -> bool:
        """Tell of the lane under the mouse."""
        return answered(self, event, self) or super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, and the strips where the lanes above have their time."""
        theme, frame = self._theme.theme, self._view.frame
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.card))
        small = tabular(self.font(), 12 / 13)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        line = painter.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, self.width() - 12)
        left = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(6, 0, self.width() - 12, self._top()), left, line)
        if self._ghost is None or frame is None or frame.width < 2:
            return
        zero, columns = self._view.zero_ns, max(2, round(frame.width * self.devicePixelRatioF()))
        edges = np.linspace(frame.start - zero, frame.end - zero, columns + 1).astype(np.int64)
        card = QColor(theme.card)
        shades = [
            _shades(card, QColor(mix(theme.card, colour, _FAINT))) for colour in (theme.kinds["running"], theme.text)
        ]
        lanes = self.lanes()
        self._pixels = np.full((len(lanes) * (_ROW + _GAP), columns), card.rgb(), np.uint32)
        for row, lane in enumerate(lanes):
            y = row * (_ROW + _GAP)
            self._pixels[y : y + _ROW] = shades[0][
                np.round(cover(lane.tasks, edges) * 255).astype(np.int64).clip(0, 255)
            ]
            waits = np.round(cover(lane.waits, edges) * 255).astype(np.int64).clip(0, 255)
            seen = waits > 16
            self._pixels[y + _ROW // 2 + 1 : y + _ROW, seen] = shades[1][waits[seen]]
        if len(lanes):
            height = self._pixels.shape[0]
            image = QImage(self._pixels.data, columns, height, columns * 4, QImage.Format.Format_RGB32)
            painter.drawImage(
                QRectF(frame.left, self._top(), frame.width, height), image, QRectF(0, 0, columns, height)
            )


def _shades(card: QColor, colour: QColor) -> NDArray[np.uint32]:
    """256 colours from nothing to all of it."""
    share = np.linspace(0.0, 1.0, 256)
    found = np.zeros(256, np.uint32)
    for shift, low, high in (
        (16, card.red(), colour.red()),
        (8, card.green(), colour.green()),
        (0, card.blue(), colour.blue()),
    ):
        found |= np.round(low + (high - low) * share).astype(np.uint32) << shift
    return found | np.uint32(0xFF000000)
