"""Parts that hand the keyboard on to what is inside of them, and parts that take Esc for themselves."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget


def takes_escape(event: QEvent, leave: Callable[[], None]) -> bool:
    """Whether the event was Esc, claimed before the window's shortcut (Stop) gets it. Pressed, it calls `leave`."""
    if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
        return False
    if event.type() == QEvent.Type.ShortcutOverride:
        event.accept()
        return True
    if event.type() == QEvent.Type.KeyPress:
        leave()
        return True
    return False


class HandsOn:
    """For a part with several things in it: given the keyboard, it gives it to the one that matters.

    Not by a focus proxy: with that Tab jumps over what comes before it, and never gets past one that is hidden.
    """

    keyboard: QWidget
    """Who gets it, while it is in sight."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand it on."""
        if self.keyboard.isVisible():
            self.keyboard.setFocus(event.reason())
