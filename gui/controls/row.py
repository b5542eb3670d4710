"""One line of the form: a name, its field, and under it a message where the field is at fault."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

LABEL_WIDTH = 92
"""At the usual size of the font."""
USUAL_HEIGHT = 16
"""Of a line of text in it."""


def section(text: str) -> QLabel:
    """A small grey head."""
    label = QLabel(text)
    label.setProperty("head", True)
    return label


def set_flag(widget: QWidget, name: str, value: bool) -> None:
    """Set a property that the style sheet looks at."""
    if bool(widget.property(name)) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Fault(QLabel):
    """A message beside a field, hidden while there is none. A mark says it as well as the colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fault")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        for name in ("bad", "small"):
            self.setProperty(name, True)
        self.hide()

    def say(self, text: str) -> None:
        """Show `text`, or nothing."""
        self.setText(f"✕ {text}" if text else "")
        self.setVisible(bool(text))


class Row(QWidget):
    """A labelled field."""

    def __init__(self, title: str | QWidget, field: QWidget, summary: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.fault = Fault()
        if isinstance(title, str):
            label = QLabel(title)
            label.setProperty("muted", True)
            label.setBuddy(field)
            label.setToolTip(summary)
            self.head: QWidget = label
        else:
            self.head = title
        self._fit()
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if summary:
            field.setToolTip(summary)
            field.setAccessibleDescription(summary)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self.head, 0, 0)
        layout.addWidget(field, 0, 1)
        layout.addWidget(self.fault, 1, 0, 1, 2)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of the font: the names get as much more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self.head.setFixedWidth(round(LABEL_WIDTH * max(1.0, self.fontMetrics().height() / USUAL_HEIGHT)))

    def say(self, text: str) -> None:
        """Mark the field as the one at fault, with the reason; or clear it."""
        self.fault.say(text)
        set_flag(self.field, "bad", bool(text))
