"""What painted parts share: words for what is under the mouse or at the keyboard, and a line around the part that has the keyboard."""

from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from gui.charts.strip_marks import as_tooltip
from gui.figures import tabular
from gui.theme import Theme, ThemeSource


class Telling(Protocol):
    """What can say what lies where."""

    def words_at(self, point: QPointF) -> str:
        """What can be said of a point; empty for nothing."""


def answered(part: Telling, event: QEvent, over: QWidget) -> bool:
    """Whether `event` asks for a tooltip: then it has been shown over `over`, or put away where there is nothing to say."""
    if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
        return False
    words = part.words_at(QPointF(event.pos()))
    if words:
        QToolTip.showText(event.globalPos(), as_tooltip(words), over)
    else:
        QToolTip.hideText()
    return True


def tell(part: QWidget, place: QPoint) -> None:
    """Show what a screen reader is told of `part` at `place`, in its own pixels: the keyboard is there."""
    QToolTip.showText(part.mapToGlobal(place), as_tooltip(part.accessibleDescription()), part)


def draw_focus(painter: QPainter, widget: QWidget, theme: Theme) -> None:
    """A line around `widget`, which has the keyboard."""
    painter.setPen(QPen(QColor(theme.accent), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class ScrolledRows(QAbstractScrollArea):
    """Rows that are painted and scroll up and down. Subclasses measure in `_fit` and say in `words_at` what lies where."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ready = False
        """Whether the subclass is built; its constructor ends with setting it."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self.viewport().update)

    def words_at(self, point: QPointF) -> str:
        """What can be said of a point; empty for nothing."""
        raise NotImplementedError

    def _fit(self) -> None:
        """Measure anew, and set the scroll bar."""
        raise NotImplementedError

    def _small(self) -> QFont:
        return tabular(self.font(), 12 / 13)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other heights."""
        super().resizeEvent(event)
        if self._ready:
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Other sizes of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and getattr(self, "_ready", False):
            self._fit()
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Answer a question for a tooltip with what is under the mouse."""
        return answered(self, event, self) or super().viewportEvent(event)
