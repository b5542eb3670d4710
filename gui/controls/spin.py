"""Spin boxes that group thousands by thin spaces and leave the mouse wheel to what scrolls."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

from gui.figures import MINUS, grouped
from gui.words import THIN

LARGEST = 2**31 - 1
"""The most that a QSpinBox holds."""


def _room(box: QAbstractSpinBox, height: int) -> QSize:
    metrics = box.fontMetrics()
    return QSize(metrics.horizontalAdvance("000 000") + 2 * metrics.height(), height)


class NumberSpin(QSpinBox):
    """A whole number. `ceiling` bounds the arrows and keys, not what is typed: typing more is answered in words."""

    def __init__(self, minimum: int, maximum: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(minimum, maximum)
        self.ceiling = maximum
        self.setStepType(QAbstractSpinBox.StepType.DefaultStepType)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The style sheet's padding does not reach the line edit inside.
        self.lineEdit().setTextMargins(6, 0, 0, 0)

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
    """A number with as many decimals as it needs."""

    def __init__(self, minimum: float, maximum: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(4)
        self.setRange(minimum, maximum)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The style sheet's padding does not reach the line edit inside.
        self.lineEdit().setTextMargins(6, 0, 0, 0)

    def minimumSizeHint(self) -> QSize:
        """Room for a number as one types it."""
        return _room(self, super().minimumSizeHint().height())

    sizeHint = minimumSizeHint

    def textFromValue(self, value: float) -> str:
        """Without zeros at the end."""
        text = self.locale().toString(value, "f", self.decimals())
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the box has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
