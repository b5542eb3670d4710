"""A frame around a part of the window, for a moment: look here."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.theme import ThemeSource

SHOWN_MS = 1_600
WIDTH = 3


class Glow(QWidget):
    """Lies above the parts and lets the mouse through."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._theme = theme
        self.setObjectName("glow")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def around(self, part: QWidget) -> None:
        """Draw the eye to `part`."""
        window = part.window()
        self.setParent(window)
        self.setGeometry(part.rect().translated(part.mapTo(window, part.rect().topLeft())))
        self.raise_()
        self.show()
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line in the accent's colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.theme.accent), WIDTH))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 10, 10)
