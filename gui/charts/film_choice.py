"""FilmChoice: which of several films is on show."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from gui.combo import Combo


class FilmChoice(Combo):
    """As wide as its entries where there is room; where there is little it says which one of how many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmChoice")
        self.setAccessibleName(self.tr("Which film"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the longest entry."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        entry = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(hint.width() + max(0, entry - metrics.horizontalAdvance("x") * 4) + 8, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, with the entry or its number."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        if self.fontMetrics().horizontalAdvance(option.currentText) > field.width() - 4:
            option.currentText = f"{self.currentIndex() + 1}/{self.count()}"
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
