"""Small painted texts for the heads of cards: they keep size, colour and width whatever the style sheet says."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.figures import tabular
from gui.theme import ThemeSource


class _Painted(QWidget):
    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As large as asked for: a head never cuts its figures."""
        return self.sizeHint()


class Heading(_Painted):
    """The small grey title of a card."""

    def __init__(self, theme: ThemeSource, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._text = text.upper()
        self.setAccessibleName(text)

    def _font(self) -> QFont:
        font = tabular(self.font(), 12 / 13, QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        return font

    def sizeHint(self) -> QSize:
        """The size of the text."""
        metrics = QFontMetricsF(self._font())
        return QSize(int(metrics.horizontalAdvance(self._text)) + 4, int(metrics.height()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(QColor(self._theme.theme.muted))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)


class Aside(_Painted):
    """A muted remark that takes what room there is, and is cut short where that is too little."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Say this from now on."""
        if text != self.text:
            self.text = text
            self.setToolTip(text)
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        metrics = QFontMetricsF(tabular(self.font(), 12 / 13))
        return QSize(int(metrics.horizontalAdvance(self.text)) + 2, int(metrics.height()) + 2)

    def minimumSizeHint(self) -> QSize:
        """No width at all: it must never widen the window."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, or its beginning."""
        painter = QPainter(self)
        painter.setFont(tabular(self.font(), 12 / 13))
        painter.setPen(QColor(self._theme.theme.muted))
        shown = painter.fontMetrics().elidedText(self.text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Headline(_Painted):
    """One big number and its unit, right-aligned in a box whose width does not follow the number.

    Where there is little room the shortest unit stands for the others, then none.
    """

    DIGITS = "0000000"

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._number = ""
        self._unit = ""
        self._units: tuple[str, ...] = ("tasks/s",)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def reserve(self, units: tuple[str, ...]) -> None:
        """Keep room for the widest of these units."""
        self._units = units
        self.updateGeometry()

    def show_number(self, number: str, unit: str) -> None:
        """Show `number` in `unit`."""
        if (number, unit) != (self._number, self._unit):
            self._number, self._unit = number, unit
            self.setAccessibleName(f"{number} {unit}")
            self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        return tabular(self.font(), 2.0, QFont.Weight.DemiBold), tabular(self.font())

    def sizeHint(self) -> QSize:
        """Room for a large number and the widest unit."""
        big, small = (QFontMetricsF(font) for font in self._fonts())
        width = big.horizontalAdvance(self.DIGITS) + max(map(small.horizontalAdvance, self._units)) + 8
        return QSize(int(width) + 2, int(big.height()))

    def minimumSizeHint(self) -> QSize:
        """Room for the number alone: the unit must not widen the window."""
        big = QFontMetricsF(self._fonts()[0])
        return QSize(int(big.horizontalAdvance(self.DIGITS)) + 2, int(big.height()))

    def _unit_shown(self, room: float) -> str:
        """The unit as far as there is room for it."""
        wide = QFontMetricsF(self._fonts()[1]).horizontalAdvance
        return next((unit for unit in (self._unit, min(self._units, key=wide)) if wide(unit) <= room), "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw number and unit on one base line."""
        if not self._number:
            return
        painter = QPainter(self)
        big, small = self._fonts()
        theme = self._theme.theme
        base = QFontMetricsF(big).ascent()
        wide = QFontMetricsF(big).horizontalAdvance(self._number)
        unit = self._unit_shown(self.width() - wide - 8)
        unit_left = self.width() - QFontMetricsF(small).horizontalAdvance(unit) + (0 if unit else 8)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        painter.drawText(int(unit_left), int(base), unit)
        painter.setFont(big)
        painter.setPen(QColor(theme.text))
        painter.drawText(int(unit_left - 8 - wide), int(base), self._number)


class Legend(_Painted):
    """A note, and coloured squares with their meaning. Where there is little room the last ones go, words and all, and "+n" says so."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._items: tuple[tuple[str, str], ...] = ()
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_items(self, items: tuple[tuple[str, str], ...], note: str = "") -> None:
        """`items` are (kind of the theme, or "hatch", text); `note` stands before them."""
        if (items, note) != (self._items, self._note):
            self._items, self._note = items, note
            self.setAccessibleName("; ".join(filter(None, (note, *(text for _, text in items)))))
            self.setToolTip(self.accessibleName())
            self.updateGeometry()
            self.update()

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(tabular(self.font(), 12 / 13))

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        return QSize(int(self._width(len(self._items))) + 2, int(self._metrics().height()) + 4)

    def minimumSizeHint(self) -> QSize:
        """Room for a word: what it says must never widen the window."""
        return QSize(48, self.sizeHint().height())

    def _width(self, items: int) -> float:
        """Of the note and the first `items`, in pixels, and where those are not all, of how many are left out."""
        wide = self._metrics().horizontalAdvance
        width = wide(self._note) + 14 if self._note else 0.0
        width += sum(wide(text) + 29 for _, text in self._items[:items])
        return width + (wide(self._left_out(items)) + 8 if items < len(self._items) else 0.0)

    def _left_out(self, items: int) -> str:
        return f"+{len(self._items) - items}"

    def shown(self) -> int:
        """How many of the items there is room for."""
        return next((n for n in range(len(self._items), 0, -1) if self._width(n) <= self.width()), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw note, squares and texts, right-aligned."""
        painter = QPainter(self)
        painter.setFont(tabular(self.font(), 12 / 13))
        theme, metrics, items = self._theme.theme, self._metrics(), self.shown()
        x = max(0.0, self.width() - self._width(items))
        middle = self.height() / 2
        painter.setPen(QColor(theme.muted))

        def write(text: str, left: float) -> float:
            """Write it; how wide it is."""
            width = metrics.horizontalAdvance(text)
            painter.drawText(QRectF(left, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            return width

        if self._note:
            x += write(painter.fontMetrics().elidedText(self._note, Qt.TextElideMode.ElideRight, self.width()), x) + 14
        for kind, text in self._items[:items]:
            square = QRectF(x + 8, middle - 5, 10, 10)
            if kind == "hatch":
                painter.fillRect(square, QBrush(QColor(theme.muted), Qt.BrushStyle.BDiagPattern))
            else:
                painter.fillRect(square, QColor(theme.kinds[kind]))
            x += write(text, x + 23) + 29
        if items < len(self._items):
            write(self._left_out(items), x + 8)


class SideFigures(_Painted):
    """A few named figures below each other, to be glanced at beside a curve."""

    MOST = 3

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._figures: tuple[tuple[str, str], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_figures(self, figures: tuple[tuple[str, str], ...]) -> None:
        """Show (name, figure) pairs, at most MOST."""
        if figures != self._figures:
            self._figures = figures[: self.MOST]
            self.setAccessibleName(", ".join(f"{name} {figure}" for name, figure in self._figures))
            self.update()

    def _line(self) -> float:
        return QFontMetricsF(tabular(self.font())).height() + 6

    def sizeHint(self) -> QSize:
        """Room for all lines."""
        return QSize(120, int(self._line() * self.MOST) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names left and muted, figures right of them."""
        painter = QPainter(self)
        painter.setFont(tabular(self.font()))
        metrics = painter.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name, _ in self._figures), default=0)
        number = metrics.horizontalAdvance("000 000")
        for i, (name, figure) in enumerate(self._figures):
            line = QRectF(0, i * self._line(), widest + 16 + number, self._line())
            painter.setPen(QColor(self._theme.theme.muted))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            painter.setPen(QColor(self._theme.theme.text))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, figure)
