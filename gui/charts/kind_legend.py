"""KindLegend: squares in colour and pattern with the words beside them, in as many lines as they need."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.charts.kinds import KindWords, fill
from gui.charts.strip_marks import as_tooltip
from gui.figures import tabular
from gui.theme import ThemeSource

SQUARE = 11


class KindLegend(QWidget):
    """The kinds that occur."""

    def __init__(self, theme: ThemeSource, words: KindWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, words
        self.names: tuple[str, ...] = ()
        self.setObjectName("accountLegend")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_kinds(self, names: tuple[str, ...]) -> None:
        """Show these, in this order."""
        if names != self.names:
            self.names = names
            self.setAccessibleName(", ".join(self._words.word(name) for name in names))
            meanings = (f"{self._words.word(name)}: {self._words.meaning(name)}" for name in names)
            self.setToolTip(as_tooltip("\n".join(meanings)))
            self.updateGeometry()
            self.update()

    def _lines(self, width: float) -> list[list[tuple[str, float]]]:
        """(name, x) by line."""
        metrics = QFontMetricsF(tabular(self.font(), 12 / 13))
        lines: list[list[tuple[str, float]]] = [[]]
        x = 0.0
        for name in self.names:
            need = SQUARE + 5 + metrics.horizontalAdvance(self._words.word(name)) + 11
            if lines[-1] and x + need - 11 > width:
                lines.append([])
                x = 0.0
            lines[-1].append((name, x))
            x += need
        return lines

    def _line(self) -> float:
        return QFontMetricsF(tabular(self.font(), 12 / 13)).height() + 3

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all lines."""
        return int(self._line() * len(self._lines(width))) + 1

    def sizeHint(self) -> QSize:
        """As it is at its present width."""
        return QSize(240, self.heightForWidth(max(self.width(), 100)))

    def minimumSizeHint(self) -> QSize:
        """A line."""
        return QSize(100, int(self._line()) + 1)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Squares and words."""
        painter = QPainter(self)
        painter.setFont(tabular(self.font(), 12 / 13))
        height = self._line()
        for i, line in enumerate(self._lines(self.width())):
            for name, x in line:
                square = QRectF(round(x) + 0.5, round(i * height + (height - SQUARE) / 2) + 0.5, SQUARE - 1, SQUARE - 1)
                fill(painter, square, name, self._theme.theme)
                painter.setPen(QColor(self._theme.theme.muted))
                box = QRectF(x + SQUARE + 5, i * height, self.width(), height)
                painter.drawText(
                    box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words.word(name)
                )
