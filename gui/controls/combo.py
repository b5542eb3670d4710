"""A combo box whose list follows the style sheet and whose width follows the form, not its longest entry."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget


class Combo(QComboBox):
    """A combo box for a form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The delegate that combo boxes bring along paints by the palette.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where the box has the focus: scrolling past must not change it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
