"""The buttons of a banner: what can be done about a deadlock, a run that gets no further, a host that will not stand, a crash."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from gui.actions import Actions, keys_of

if TYPE_CHECKING:
    from workers.contract.waits import WaitGraph

MOST = 16
"""Waits in the menu; where there are more, the picture has them."""


class Offer(QWidget):
    """Buttons beside each other."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    def add(self, name: str, text: str, hint: str, key: QAction | None = None, grave: bool = False) -> QPushButton:
        """Another button. `hint` is its accessible name too; `key`: the action whose key does the same."""
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(hint)
        keys = keys_of(key) if key is not None else ""
        button.setToolTip(f"{hint} ({keys})" if keys else hint)
        button.setAutoDefault(False)
        button.setProperty("offer", "grave" if grave else "plain")
        self._row.addWidget(button)
        return button

    def add_stop(self, name: str, hint: str) -> QPushButton:
        """The button that ends the run."""
        stop = self._actions.stop
        button = self.add(name, stop.text(), hint, stop, grave=True)
        button.clicked.connect(stop.trigger)
        stop.enabledChanged.connect(button.setEnabled)
        return button


class DeadlockOffer(Offer):
    """Show it, break one wait of it, or stop.

    Signals:
        showAsked(): show the picture of the waits.
        breakAsked(str): the wait of the lane with this key is to be broken off.
    """

    showAsked = Signal()
    breakAsked = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(actions, parent)
        self._waits: list[tuple[str, str]] = []
        self._left_out = 0
        show = self.add("deadlockShow", self.tr("Show"), self.tr("Show who waits for whom"), actions.waits)
        show.clicked.connect(self.showAsked)
        self.menu = QMenu(self)
        self.menu.setObjectName("breakMenu")
        self.menu.setAccessibleName(self.tr("Waits that can be broken off"))
        self.menu.aboutToShow.connect(self._fill)
        self.unlock = self.add(
            "deadlockBreak",
            self.tr("Break one wait"),
            self.tr("Break one wait, so that the others go on"),
            actions.break_wait,
        )
        self.unlock.setMenu(self.menu)
        self.unlock.hide()
        self.add_stop("deadlockStop", self.tr("Stop the deadlocked run"))

    @property
    def offers(self) -> bool:
        """Whether there is a wait that can be broken off."""
        return bool(self._waits)

    def show_graph(self, graph: "WaitGraph | None") -> None:
        """Offer the breakable waits of this deadlock; None: there is none any more."""
        from gui.charts.wait_words import WaitWords, breakable

        found = breakable(graph, WaitWords(self)) if graph is not None else []
        self._waits, self._left_out = found[:MOST], max(0, len(found) - MOST)
        self.unlock.setVisible(bool(found))
        if not found:
            self.menu.hide()

    def open_menu(self) -> None:
        """Open the menu of the waits, by key."""
        if self.unlock.isVisible():
            self.unlock.setFocus()
            self.menu.popup(self.unlock.mapToGlobal(self.unlock.rect().bottomLeft()))

    def _fill(self) -> None:
        # Filled as it opens: an open menu must not change under the hand.
        self.menu.clear()
        for key, text in self._waits:
            self.menu.addAction(text.replace("&", "&&")).triggered.connect(
                lambda _checked=False, key=key: self.breakAsked.emit(key)
            )
        if self._left_out:
            more = self.menu.addAction(self.tr("%n more in the picture of the waits", "", self._left_out))
            more.triggered.connect(self.showAsked)


class StandstillOffer(Offer):
    """Look at the stacks, stop, or go on waiting.

    Signals:
        stacksAsked(): show where the stacks arrive.
        waitAsked(): say no more of this one.
    """

    stacksAsked = Signal()
    waitAsked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(actions, parent)
        stacks = self.add(
            "standstillStacks", self.tr("Show stacks"), self.tr("Show where everybody stands"), actions.stacks
        )
        stacks.clicked.connect(self.stacksAsked)
        keep = self.add(
            "standstillWait", self.tr("Keep waiting"), self.tr("Say no more of it until it has lasted longer")
        )
        keep.clicked.connect(self.waitAsked)
        self.add_stop("standstillStop", self.tr("Stop the run that gets no further"))


class SpareOffer(Offer):
    """Try again, or read what it wrote.

    Signals:
        outputAsked(): show what it wrote.
    """

    outputAsked = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(actions, parent)
        self.output = self.add("spareOutput", self.tr("Show its output"), self.tr("Show what the host wrote last"))
        self.output.clicked.connect(self.outputAsked)
        again = self.add(
            "spareAgain", self.tr("Try again"), self.tr("Start a host that stands ready once more"), actions.warm_again
        )
        again.clicked.connect(actions.warm_again.trigger)


class CrashOffer(Offer):
    """Read the report, or say no more of it.

    Signals:
        dismissed(): it need not be said any more.
    """

    dismissed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(actions, parent)
        show = self.add(
            "crashShow", self.tr("Show the report"), self.tr("Show the report of the last crash"), actions.crash_report
        )
        show.clicked.connect(actions.crash_report.trigger)
        shut = self.add("crashDismiss", self.tr("Dismiss"), self.tr("Say no more of the crash"))
        shut.clicked.connect(self.dismissed)
