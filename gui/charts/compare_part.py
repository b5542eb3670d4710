"""ComparePart: what the three pictures of two runs share: the runs, colours, and words for what the mouse or the keyboard is at."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.charts.ghost import Ghost
from gui.charts.telling import answered, draw_focus, tell
from gui.figures import tabular
from gui.theme import ThemeSource

LETTERS = ("A", "B")
LEFT = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight) | int(Qt.AlignmentFlag.AlignVCenter)


class ComparePart(QWidget):
    """Left and Right go from one thing to the next and tell it. Subclasses say in `things` what there is, and paint."""

    def __init__(self, theme: ThemeSource, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.runs: tuple[Ghost | None, Ghost | None] = (None, None)
        self._at: int | None = None
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    def show_runs(self, runs: tuple[Ghost | None, Ghost | None]) -> None:
        """Show A and B; either may be missing."""
        self.runs = runs
        self._at = None
        self._tell()
        self.update()

    def things(self) -> Sequence[tuple[QRectF, str]]:
        """What is drawn: where, and in words."""
        raise NotImplementedError

    def words_at(self, point: QPointF) -> str:
        """What can be said of a point; empty for nothing."""
        return next((words for box, words in self.things() if box.contains(point)), "")

    # ---- for subclasses -------------------------------------------------------------------------------------------
    def small(self) -> QFont:
        """The font of all that is painted."""
        return tabular(self.font(), 12 / 13)

    def pen(self, run: int) -> QPen:
        """How the line of A (0) or B (1) is drawn: B is dashed."""
        theme = self._theme.theme
        pen = QPen(QColor(theme.text if run else theme.accent), 1)
        if run:
            pen.setDashPattern([4.0, 3.0])
        return pen

    def frame(self, painter: QPainter) -> None:
        """A line around the part, or the thing in it, that has the keyboard."""
        if not self.hasFocus():
            return
        things = self.things()
        if self._at is None or self._at >= len(things):
            draw_focus(painter, self, self._theme.theme)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.theme.text), 2))
        painter.drawRect(things[self._at][0].adjusted(1, 1, -1, -1))

    def _tell(self) -> None:
        things = self.things()
        at = self._at
        words = things[at][1] if at is not None and at < len(things) else "\n".join(text for _, text in things[:8])
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        return answered(self, event, self) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From one thing to the next."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        things = self.things()
        if step is None or not things:
            super().keyPressEvent(event)
            return
        self._at = 0 if self._at is None else min(max(0, self._at + step), len(things) - 1)
        self._tell()
        self.update()
        tell(self, things[self._at][0].bottomLeft().toPoint())
