"""Note: what stands where a chart has nothing to draw yet."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.figures import tabular
from gui.theme import ThemeSource


class Note(QWidget):
    """A muted sentence in the middle."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        theme.changed.connect(self.update)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show_text(self, text: str) -> None:
        """Say this from now on."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sentence."""
        draw_note(QPainter(self), QRectF(self.rect()), self._text, self._theme, self)


def draw_note(painter: QPainter, rect: QRectF, text: str, theme: ThemeSource, widget: QWidget) -> None:
    """Draw `text` muted in the middle of `rect`, in lines short enough to read."""
    painter.setFont(tabular(widget.font()))
    painter.setPen(QColor(theme.theme.muted))
    narrow = max(0.0, (rect.width() - 520) / 2) + 8
    painter.drawText(
        rect.adjusted(narrow, 0, -narrow, 0), int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), text
    )
