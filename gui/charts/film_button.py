"""FilmButton: previous, play, pause and next, painted."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolButton, QWidget

from gui.style import off
from gui.theme import ThemeSource


class FilmButton(QToolButton):
    """A button with one of the signs that players have. `sign`: previous, play, pause, next."""

    def __init__(self, theme: ThemeSource, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = sign
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def show_sign(self, sign: str, name: str, key: str) -> None:
        """Show this sign; say `name`, and in the tooltip its key too."""
        self._sign = sign
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})")
        self.update()

    def sizeHint(self) -> QSize:
        """A square that grows with the text."""
        em = QFontInfo(self.font()).pixelSize()
        return QSize(round(em * 2.4), round(em * 2))

    def minimumSizeHint(self) -> QSize:
        """Never less."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign, and a frame with the focus."""
        theme = self._theme.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1.5 if self.hasFocus() else 1))
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setBrush(QColor(theme.hover) if lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        painter.translate(box.center())
        unit = QFontInfo(self.font()).pixelSize() * 0.36
        painter.scale(unit, unit)
        painter.fillPath(_sign(self._sign), QColor(theme.text if self.isEnabled() else off(theme)))


def _sign(name: str) -> QPainterPath:
    path = QPainterPath()
    if name == "pause":
        path.addRect(QRectF(-0.9, -1, 0.6, 2))
        path.addRect(QRectF(0.3, -1, 0.6, 2))
        return path
    way = -1.0 if name == "previous" else 1.0
    path.addPolygon(QPolygonF([QPointF(-0.8 * way, -1), QPointF(0.8 * way, 0), QPointF(-0.8 * way, 1)]))
    path.closeSubpath()
    if name != "play":
        path.addRect(QRectF(0.8 * way - 0.15, -1, 0.35, 2))
    return path
