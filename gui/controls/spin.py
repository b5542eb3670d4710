"""Spin boxes that group thousands by thin spaces and leave the mouse wheel to what scrolls."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

from gui.figures import MINUS, grouped
from gui.words import THIN

LARGEST = 2**31 - 1
"""The most that a QSpinBox holds."""


def _room(box: QAbstractSpinBox, height: int) -> QSize:
    metrics = box.fontMetrics()
    return QSize(metrics.horizontalAdvance("000 000") + 2 * metrics.height(), height)


def _watch(box: "NumberSpin | DecimalSpin") -> None:
    """Tell when text that was no value is one again: the value itself may not have changed."""
    was_bad = False

    def look() -> None:
        nonlocal was_bad
        bad = not box.hasAcceptableInput()
        if was_bad and not bad:
            box.mended.emit()
        was_bad = bad

    box.lineEdit().textChanged.connect(look)


def _leave(box: "NumberSpin | DecimalSpin", leave: Callable[[], None]) -> None:
    typed = None if box.hasAcceptableInput() else box.lineEdit().text()
    leave()
    if typed is not None:
        box.lineEdit().setText(typed)


def shortfall(box: QAbstractSpinBox, subject: str) -> str:
    """Why what stands in `box` is no value for `subject`, in a sentence; empty where it is one, or cannot be used anyway."""
    if box.hasAcceptableInput() or not box.isEnabled():
        return ""
    least = box.minimum() if isinstance(box, QSpinBox | QDoubleSpinBox) else 0
    low = grouped(least) if isinstance(least, int) else f"{least:g}"
    text = box.text().removesuffix(box.suffix() if isinstance(box, QSpinBox | QDoubleSpinBox) else "").strip()
    if not text:
        return QCoreApplication.translate("Spin", "{0} is missing: it must be at least {1}.").format(subject, low)
    return QCoreApplication.translate("Spin", "{0} must be at least {1}, not {2}.").format(subject, low, text)


class NumberSpin(QSpinBox):
    """A whole number. `ceiling` bounds the arrows and keys, not what is typed: typing more is answered in words.

    Text that is no value stays as it was typed, for `shortfall` to answer; Qt would put the last value in its place.

    Signals:
        mended(): the text is a value again.
    """

    mended = Signal()

    def __init__(self, minimum: int, maximum: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(minimum, maximum)
        self.ceiling = maximum
        self.setStepType(QAbstractSpinBox.StepType.DefaultStepType)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The style sheet's padding does not reach the line edit inside.
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        _watch(self)

    def textFromValue(self, value: int) -> str:
        """With thin spaces between thousands."""
        return grouped(value)

    def valueFromText(self, text: str) -> int:
        """Spaces of any kind and underscores are allowed."""
        return int(self._bare(text) or self.minimum())

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Digits, with spaces wherever the writer wants them."""
        bare = self._bare(text)
        state = QValidator.State
        if not bare or (bare == "-" and self.minimum() < 0):
            return state.Intermediate, text, position
        if not bare.isascii() or not bare.removeprefix("-").isdigit() or int(bare) > self.maximum():
            return state.Invalid, text, position
        return (state.Acceptable if int(bare) >= self.minimum() else state.Intermediate), text, position

    def minimumSizeHint(self) -> QSize:
        """Room for a number as one types it, not for the largest there could be."""
        return _room(self, super().minimumSizeHint().height())

    sizeHint = minimumSizeHint

    def stepBy(self, steps: int) -> None:
        """Up to the ceiling; from above it, back to it."""
        wanted = self.value() + steps * self.singleStep()
        self.setValue(min(wanted, self.ceiling))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave what was typed as it is."""
        _leave(self, lambda: super(NumberSpin, self).focusOutEvent(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the box has the focus: scrolling past must not change it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _bare(self, text: str) -> str:
        for part in (self.prefix(), self.suffix()):
            text = text.replace(part, "", 1) if part else text
        return "".join(text.replace(THIN, "").replace(MINUS, "-").replace("_", "").split())


class DecimalSpin(QDoubleSpinBox):
    """A number with as many decimals as it needs. Text that is no value stays as it was typed.

    Signals:
        mended(): the text is a value again.
    """

    mended = Signal()

    def __init__(self, minimum: float, maximum: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(4)
        self.setRange(minimum, maximum)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The style sheet's padding does not reach the line edit inside.
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        _watch(self)

    def minimumSizeHint(self) -> QSize:
        """Room for a number as one types it."""
        return _room(self, super().minimumSizeHint().height())

    sizeHint = minimumSizeHint

    def textFromValue(self, value: float) -> str:
        """Without zeros at the end."""
        text = self.locale().toString(value, "f", self.decimals())
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave what was typed as it is."""
        _leave(self, lambda: super(DecimalSpin, self).focusOutEvent(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the box has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
