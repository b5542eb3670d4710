"""Buttons whose words may take more than one line, painted in the theme's colours: what to do next, and answers to choose from."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.style import mix, off
from gui.theme import Theme, ThemeSource

USUAL_HEIGHT = 16
"""Of a line of text at the usual size."""
_WRAP = int(Qt.TextFlag.TextWordWrap.value) | int(Qt.AlignmentFlag.AlignVCenter.value)


def scaled(metrics: QFontMetrics, size: float) -> int:
    """`size` pixels at the usual size of the font, as many more as the font is larger."""
    return round(size * max(1.0, metrics.height() / USUAL_HEIGHT))


def set_flag(widget: QWidget, name: str, value: bool) -> None:
    """Set a property that the style sheet looks at."""
    if bool(widget.property(name)) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class WordyButton(QAbstractButton):
    """Takes as many lines as its words need. Enter presses it as Space does."""

    def __init__(self, theme: ThemeSource, name: str, main: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._main = main
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def set_words(self, text: str) -> None:
        """What it says, to the eye and to a screen reader."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    # ---- size --------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """In one line, as far as that is not too long."""
        metrics = QFontMetrics(self._type())
        width = min(scaled(metrics, 280), metrics.horizontalAdvance(self.text()) + self._left() + self._right())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One line: how many there are depends on the width, and a layout asks for that."""
        return QSize(scaled(self.fontMetrics(), 80), self._least())

    def hasHeightForWidth(self) -> bool:
        """It has."""
        return True

    def heightForWidth(self, width: int) -> int:
        """With all of its words in sight."""
        metrics = QFontMetrics(self._type())
        room = QRect(0, 0, max(1, width - self._left() - self._right()), 10_000)
        lines = metrics.boundingRect(room, _WRAP, self.text()).height()
        return max(self._least(), lines + 2 * self._above())

    def _least(self) -> int:
        """Height of one with a single line."""
        return scaled(self.fontMetrics(), 32)

    def _above(self) -> int:
        return scaled(self.fontMetrics(), 7)

    def _left(self) -> int:
        return scaled(self.fontMetrics(), 14)

    def _right(self) -> int:
        return scaled(self.fontMetrics(), 14)

    def _type(self) -> QFont:
        font = QFont(self.font())
        if self._main:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    # ---- keys and paint ----------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A box, and the words in it."""
        theme = self._theme.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back, edge, ink = self._colours(theme)
        focus = self.hasFocus()
        width = 2.0 if focus and self._main else 1.0
        colour = (theme.text if self._main else theme.accent) if focus else edge
        painter.setPen(QPen(QColor(colour), width))
        painter.setBrush(QColor(back))
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, 7, 7)
        painter.setPen(QColor(ink))
        painter.setFont(self._type())
        room = self.rect().adjusted(self._left(), 0, -self._right(), 0)
        painter.drawText(room, _WRAP | int(Qt.AlignmentFlag.AlignHCenter.value), self.text())

    def _colours(self, theme: Theme) -> tuple[str, str, str]:
        """Behind, around, and of the words."""
        over = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            return (theme.line, theme.line, theme.muted) if self._main else (theme.field, theme.line, off(theme))
        if self._main:
            back = mix(theme.accent, theme.text, 0.15) if over or self.isDown() else theme.accent
            return back, back, theme.on_accent
        return (theme.line if self.isDown() else theme.hover if over else theme.field), theme.line, theme.text


class LinkButton(WordyButton):
    """A quiet button that looks like a link."""

    def __init__(self, theme: ThemeSource, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent=parent)
        self.set_words(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words; behind them a field while the mouse is there, around them a frame with the focus."""
        theme = self._theme.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or (self.underMouse() and self.isEnabled()):
            painter.setPen(QColor(theme.accent) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QColor(theme.accent if self.isEnabled() else off(theme)))
        painter.setFont(self._type())
        room = self.rect().adjusted(self._left(), 0, -self._right(), 0)
        painter.drawText(room, _WRAP | int(Qt.AlignmentFlag.AlignLeft.value), self.text())

    def _least(self) -> int:
        return scaled(self.fontMetrics(), 22)

    def _above(self) -> int:
        return scaled(self.fontMetrics(), 3)

    def _left(self) -> int:
        return scaled(self.fontMetrics(), 4)

    _right = _left

    def _type(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(8, round(QFontInfo(font).pixelSize() * 12 / 13)))
        return font


class AnswerButton(WordyButton):
    """One answer: a ring that is filled where it was chosen, the digit that chooses it, its words."""

    def __init__(self, theme: ThemeSource, place: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, f"answer{place + 1}", parent=parent)
        self._place = place
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(text)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the answer that was chosen already is for the page: on to the run."""
        if self.isChecked() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _left(self) -> int:
        return scaled(self.fontMetrics(), 36)

    def _right(self) -> int:
        return scaled(self.fontMetrics(), 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring at the left, the digit at the right."""
        theme, metrics = self._theme.theme, self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() and self.isEnabled()
        chosen = self.isChecked()
        edge = theme.accent if chosen or self.hasFocus() else mix(theme.line, theme.muted, 0.4) if over else theme.line
        painter.setPen(QPen(QColor(edge), 1.0))
        painter.setBrush(QColor(theme.hover if chosen or over else theme.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        size = scaled(metrics, 14)
        ring = QRectF(scaled(metrics, 12), (self.height() - size) / 2, size, size)
        painter.setBrush(QColor(theme.field))
        painter.setPen(QPen(QColor(theme.accent if chosen else mix(theme.line, theme.muted, 0.6)), 1.4))
        painter.drawEllipse(ring)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(ring.adjusted(size * 0.27, size * 0.27, -size * 0.27, -size * 0.27))
        painter.setPen(QColor(theme.text if self.isEnabled() else off(theme)))
        room = self.rect().adjusted(self._left(), 0, -self._right(), 0)
        painter.drawText(room, _WRAP | int(Qt.AlignmentFlag.AlignLeft.value), self.text())
        font = QFont(self.font())
        font.setPixelSize(max(8, round(QFontInfo(font).pixelSize() * 11 / 13)))
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        side = QRect(self.width() - self._right(), 0, self._right() - scaled(metrics, 10), self.height())
        painter.drawText(
            side, int(Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value), str(self._place + 1)
        )
