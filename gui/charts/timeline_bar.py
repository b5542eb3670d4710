"""TimelineBar: what is shown of the time, a field to search, and what else the keys do, to be clicked."""

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from gui.charts.labels import Aside
from gui.keyboard import takes_escape
from gui.theme import ThemeSource


class SearchField(QLineEdit):
    """A field that Esc leaves, before it means Stop.

    Signals:
        left(): Esc was pressed.
    """

    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Take Esc for ourselves."""
        return takes_escape(event, self.left.emit) or super().event(event)


class TimelineBar(QWidget):
    """The line above the lanes.

    Signals:
        searched(str): look for this.
        left(): the search field was left with Esc.
        follow(), fit(), pin(): the button was pressed.
    """

    searched = Signal(str)
    left = Signal()
    follow = Signal()
    fit = Signal()
    pin = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.says = Aside(theme, self)
        self.says.setObjectName("timelineSays")
        self.field = SearchField(self)
        self.field.setObjectName("timelineSearch")
        self.field.setAccessibleName(self.tr("Search the timeline"))
        self.field.setPlaceholderText(self.tr("Task or lane"))
        self.field.setToolTip(self.tr("A task's number or part of a lane's name; Return goes there (Ctrl+F)"))
        self.field.setMaxLength(80)
        self.field.setClearButtonEnabled(True)
        clear = self.field.findChild(QToolButton)
        if clear is not None:
            clear.setObjectName("timelineSearchClear")
            clear.setAccessibleName(self.tr("Clear the search"))
        self.field.returnPressed.connect(lambda: self.searched.emit(self.field.text()))
        self.field.left.connect(self.left)
        line = QHBoxLayout(self)
        line.setContentsMargins(6, 2, 6, 0)  # clear of the ring that shows the keyboard's place
        line.setSpacing(4)
        line.addWidget(self.says, 1)
        self.pin_button = self._button(
            "timelinePin", self.tr("Pin"), self.tr("Keep the chosen lane at the top, or let it go (P)"), self.pin
        )
        self.fit_button = self._button(
            "timelineFit", self.tr("Fit"), self.tr("The whole run; again, with its start-up (F)"), self.fit
        )
        self.follow_button = self._button(
            "timelineFollow", self.tr("Follow"), self.tr("Go along with the run again (Esc, or Space)"), self.follow
        )
        for button in (self.pin_button, self.fit_button, self.follow_button):
            line.addWidget(button)
        line.addWidget(self.field)

    def _button(self, name: str, text: str, hint: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("link", True)
        button.setToolTip(hint)
        button.setAccessibleName(text)
        button.setAccessibleDescription(hint)
        button.clicked.connect(signal)
        return button
