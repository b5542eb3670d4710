"""FindingsStrip: what the run says in one line above the charts, where the right column is away."""

from html import escape
from typing import Protocol

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from gui.figures import grouped, tabular
from gui.theme import ThemeSource

GAP = 10
_LEAST_EM = 15
"""Fewer letters than so many m's of a finding are too few: then the buttons go below."""
OPEN, CLOSE = "▾", "▴"


class Findings(Protocol):
    """What is found, as far as it is needed here: the panel with all of it."""

    def refresh(self) -> None:
        """Look anew."""


class Line(QWidget):
    """A heading, a sentence in strong type and what follows it, as much as there is room for; all of it in the tooltip."""

    def __init__(self, theme: ThemeSource, head: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._head = theme, head.upper()
        self.strong = self.more = ""
        self.setObjectName("findingsLine")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def say(self, strong: str, more: str) -> None:
        """Show these words from now on."""
        if (strong, more) != (self.strong, self.more):
            self.strong, self.more = strong, more
            self.setToolTip(paragraphs(strong, more))
            self.setAccessibleName("\n".join(filter(None, (strong, more))))
            self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.least(), int(QFontMetricsF(tabular(self.font())).height()) + 2)

    def least(self) -> int:
        """Below this width the sentence could hardly be read, px."""
        return int(QFontMetricsF(tabular(self.font())).horizontalAdvance("m") * _LEAST_EM)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sentence goes before what follows it, and both before the heading."""
        painter, theme, x = QPainter(self), self._theme.theme, 0.0
        head, strong, plain = (
            tabular(self.font(), 12 / 13, QFont.Weight.DemiBold),
            tabular(self.font(), 1.0, QFont.Weight.DemiBold),
            tabular(self.font()),
        )
        head.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        first = QFontMetricsF(strong).horizontalAdvance(self.strong) if self.strong else 0.0
        heading = QFontMetricsF(head).horizontalAdvance(self._head) + GAP
        # The heading stays where the sentence still has room beside it; without one, what follows is the sentence.
        if heading + max(first, self.least()) <= self.width():
            x = self._write(painter, self._head, head, theme.muted, x) + GAP
        if self.strong:
            x = self._write(painter, self.strong, strong, theme.text, x) + GAP
        if self.width() - x > 6 * QFontMetricsF(plain).horizontalAdvance("m"):
            self._write(painter, self.more, plain, theme.muted, x)

    def _write(self, painter: QPainter, text: str, font: QFont, colour: str, x: float) -> float:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        metrics, room = QFontMetricsF(font), self.width() - x
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        return x + metrics.horizontalAdvance(shown)


class FindingsStrip(QFrame):
    """The first finding with its buttons, and how many there are. It is as high with findings as without: nothing jumps.

    Signals:
        lookAsked(): show the chart of the first one.
        tryAsked(): set up what it offers.
        allAsked(): show all of them, or put them away again.
    """

    lookAsked = Signal()
    tryAsked = Signal()
    allAsked = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings: Findings | None = None
        self._count, self._open = 0, False
        self.setObjectName("findingsStrip")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("What this run says, in a line"))
        self.line = Line(theme, self.tr("What this run says"))
        self.look = self._button("stripLook", self.tr("Show me"))
        self.do = self._button("stripTry", self.tr("Try it"))
        self.all = self._button("stripAll", "")
        self.look.clicked.connect(self.lookAsked)
        self.do.clicked.connect(self.tryAsked)
        self.all.clicked.connect(self.allAsked)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.look, self.do, self.all):
            row.addWidget(button)
        row.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(14, 5, 8, 5)
        self._box.setSpacing(8)
        self._box.addWidget(self.line, 1)
        self._box.addWidget(self._buttons, 0)
        self.show_calm(self.tr("Press Run: what the numbers mean is said here in words, with what to try next."))

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.setProperty("compact", True)
        return button

    def refresh(self) -> None:
        """Let what is found follow the run; the strip follows that."""
        if self.findings is not None:
            self.findings.refresh()

    def show_calm(self, words: str) -> None:
        """There is no finding; say why."""
        self._count = 0
        self.line.say("", words)
        self.look.hide()
        self.do.hide()
        self._name_all()

    def show_first(self, title: str, text: str, count: int, next_: str, can_try: bool) -> None:
        """Show the first of `count` findings. `next_`: what would be tried, where `can_try`."""
        self._count = count
        self.line.say(title, text)
        self.look.setAccessibleName(self.tr("Show me: {title}").format(title=title))
        self.do.setAccessibleName(self.tr("Try it: {text}").format(text=next_))
        self.do.setToolTip(paragraphs(next_, self.tr("Sets this up on the left; nothing runs before you press Run.")))
        self.look.show()
        self.do.setVisible(can_try)
        self._name_all()

    def show_open(self, opened: bool) -> None:
        """Whether all of them are in sight below."""
        self._open = opened
        self._name_all()

    def _name_all(self) -> None:
        words = self.tr("Details") if self._count < 2 else self.tr("All {n}").format(n=grouped(self._count))
        self.all.setVisible(self._open or self._count > 0)
        self.all.setText(f"{words} {CLOSE if self._open else OPEN}")
        name = self.tr("All that this run says, with numbers and what to try")
        self.all.setAccessibleName(self.tr("Put it away") if self._open else name)
        self.all.setToolTip(self.tr("Put it away (Esc)") if self._open else name)
        self._arrange()

    def _arrange(self) -> None:
        """Put the buttons below where the words would have no room beside them."""
        margins = self._box.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._box.spacing()
        # With all buttons, and as high as one: it is as high with them as without.
        shown = (self.look, self.do, self.all)
        full = sum(button.sizeHint().width() + self._box.spacing() for button in shown)
        self._buttons.setMinimumHeight(self.look.sizeHint().height())
        wide = self.line.least() + full <= room
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if way != self._box.direction():
            self._box.setDirection(way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_box"):
            self._arrange()


def paragraphs(*texts: str) -> str:
    """For a tooltip that breaks its lines: what a worker wrote is shown letter by letter."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)
