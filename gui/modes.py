"""What the window is for: picking and running, lessons, a function of one's own, or comparing. A switch in the line at the top."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

EXPLORE, LESSONS, OWN, COMPARE = "explore", "lessons", "own", "compare"


class ModeSwitch(QWidget):
    """One button a mode, side by side; the one in force is pressed.

    Signals:
        chosen(str): another mode was asked for: "explore", "lessons", "own" or "compare".
    """

    chosen = Signal(str)

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        """`actions`: what switches to each mode, by its name; they become checkable."""
        super().__init__(parent)
        self.setObjectName("modes")
        self.setAccessibleName(self.tr("What the window is for"))
        titles = {
            EXPLORE: self.tr("Explore"),
            LESSONS: self.tr("Lessons"),
            OWN: self.tr("My function"),
            COMPARE: self.tr("Compare"),
        }
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._actions = actions
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for place, (mode, action) in enumerate(actions.items()):
            button = QPushButton(titles[mode])
            button.setObjectName(f"mode{mode.capitalize()}")
            button.setAccessibleName(titles[mode])
            button.setToolTip(action.toolTip())
            button.setCheckable(True)
            button.setProperty("mode", "first" if place == 0 else "last" if place == len(actions) - 1 else "middle")
            button.clicked.connect(lambda _checked=False, mode=mode: self.chosen.emit(mode))
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, mode=mode: self.chosen.emit(mode))
            self._group.addButton(button)
            self._buttons[mode] = button
            line.addWidget(button)

    def show_mode(self, mode: str) -> None:
        """Show which one is in force."""
        self._buttons[mode].setChecked(True)
        for name, action in self._actions.items():
            action.setChecked(name == mode)
