"""One line of the form: a name, its field, and under it a message where the field is at fault."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

LABEL_WIDTH = 112
"""At the usual size of the font."""
USUAL_HEIGHT = 16
"""Of a line of text in it."""
LIVE = "•"
"""Stands beside what changes the run under way."""


class Section(QWidget):
    """A small grey head, with a word beside it while a run is on: what is changed here is live, or for the next run."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QLabel(text)
        self.head.setProperty("head", True)
        self.badge = QLabel()
        self.badge.setObjectName("badge")
        self.badge.hide()
        for name in ("muted", "small"):
            self.badge.setProperty(name, True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.head)
        line.addWidget(self.badge)
        line.addStretch(1)

    def show_badge(self, text: str, live: bool = False, tip: str = "") -> None:
        """Say `text` beside the head, marked where it is `live`; or nothing."""
        self.badge.setText(f"{LIVE} {text}" if live else text)
        self.badge.setToolTip(tip)
        self.badge.setVisible(bool(text))  # an empty one would take room, and not always the same
        set_flag(self.badge, "live", live)


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


class Name(QLabel):
    """The name of a field; one that is longer than its room is cut with dots."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, or its beginning."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.shown())

    def shown(self) -> str:
        """What there is room for."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())


class Row(QWidget):
    """A labelled field."""

    def __init__(self, title: str | QWidget, field: QWidget, summary: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.fault = Fault()
        if isinstance(title, str):
            label = Name(title)
            label.setProperty("muted", True)
            label.setBuddy(field)
            label.setToolTip(summary or title)
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
        layout.setHorizontalSpacing(4)
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

    def show_live(self, live: bool, tip: str) -> None:
        """Mark the name of a field that changes the run under way."""
        if isinstance(self.head, QLabel):
            name = self.head.text().removeprefix(f"{LIVE} ")
            self.head.setText(f"{LIVE} {name}" if live else name)
            self.head.setToolTip(tip)
            set_flag(self.head, "live", live)

    def say(self, text: str) -> None:
        """Mark the field as the one at fault, with the reason; or clear it."""
        self.fault.say(text)
        set_flag(self.field, "bad", bool(text))
