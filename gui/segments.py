"""Segments: a few choices side by side, one of them pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget


class Segments(QWidget):
    """Buttons joined to one; Left and Right go from one to the next.

    Signals:
        chosen(int): another one was chosen, by its place.
    """

    chosen = Signal(int)

    def __init__(self, name: str, items: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`items`: (object name, text). The first is pressed."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for place, (key, text) in enumerate(items):
            button = QPushButton(text)
            button.setObjectName(key)
            button.setAccessibleName(text)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("mode", "first" if place == 0 else "last" if place == len(items) - 1 else "middle")
            button.setProperty("compact", True)
            self._group.addButton(button, place)
            line.addWidget(button)
        self._group.button(0).setChecked(True)
        self.setFocusProxy(self._group.button(0))
        self._group.idToggled.connect(self._tell)

    @property
    def place(self) -> int:
        """Which one is pressed, from 0."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Press one."""
        self._group.button(place).setChecked(True)

    def _tell(self, place: int, pressed: bool) -> None:
        if pressed:
            self.setFocusProxy(self._group.button(place))
            self.chosen.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = min(max(0, self.place + step), len(self._group.buttons()) - 1)
        self.choose(place)
        self._group.button(place).setFocus()
