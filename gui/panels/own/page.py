"""The middle of "My function": its source beside the pre-flight card; beside them, once it is there, the study of all models."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.panels.own.card import PreflightCard
from gui.panels.own.source import SourceCard
from gui.segments import Segments
from gui.theme import ThemeSource

FUNCTION, RUN, STUDY = range(3)
"""The views of this mode, in the order of its switch."""


class OwnPage(QWidget):
    """What is known of the function before it runs."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownPage")
        self.source, self.card = SourceCard(theme), PreflightCard()
        row = QSplitter(Qt.Orientation.Horizontal)
        row.setObjectName("ownRow")
        row.setHandleWidth(12)
        row.setChildrenCollapsible(False)
        row.addWidget(self.source)
        row.addWidget(self.card)
        row.setSizes([500, 500])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row)


class OwnViews(QWidget):
    """The middle of the window: the charts alone, or in "My function" one of its views, chosen by a switch above.

    Signals:
        chosen(int): another view is in front: FUNCTION, RUN or STUDY.
    """

    chosen = Signal(int)

    def __init__(self, stage: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownViews")
        self.switch = Segments(
            "ownSwitch",
            (
                ("ownViewFunction", self.tr("Function")),
                ("ownViewRun", self.tr("Run")),
                ("ownViewStudy", self.tr("Which model?")),
            ),
        )
        self.switch.setAccessibleName(self.tr("What is shown of your function"))
        self.stack = QStackedWidget()
        self._stage = stage
        self._page: QWidget | None = None
        self._study: QWidget | None = None
        self._own = self._measuring = False
        self.stack.addWidget(stage)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.switch)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(line)
        layout.addWidget(self.stack, 1)
        self.switch.chosen.connect(self._show)
        self._show_switch()

    @property
    def view(self) -> int:
        """Which one is in front; outside of this mode RUN or STUDY."""
        if self._own:
            return self.switch.place
        return STUDY if self._measuring and self._study is not None else RUN

    def fill(self, page: OwnPage) -> None:
        """Put the page in."""
        self._page = page
        self.stack.addWidget(page)
        self._show()

    def set_study(self, widget: QWidget) -> None:
        """Put the sweep and its recommendation in: they get a place in the switch."""
        self._study = widget
        self.stack.addWidget(widget)
        self._show_switch()

    def show_mode(self, own: bool) -> None:
        """Whether "My function" holds."""
        self._own = own
        self._show_switch()
        self._show()

    def measure(self, shown: bool) -> None:
        """Bring STUDY to the front, in whichever mode, or the run again."""
        self._measuring = shown
        if self._own:
            self.choose(STUDY if shown else RUN)
        self._show()

    def choose(self, view: int) -> None:
        """Bring FUNCTION, RUN or STUDY to the front."""
        if not self._own:
            self._measuring = view == STUDY
            self._show()
        if view != STUDY or self._study is not None:
            self.switch.choose(view)

    def _show_switch(self) -> None:
        self.switch.setVisible(self._own)
        button = self.switch.findChild(QWidget, "ownViewStudy")
        if button is not None:
            button.setVisible(self._study is not None)
        last = self.switch.findChild(QWidget, "ownViewRun")
        if last is not None:
            # The one at the end has the round corners.
            last.setProperty("mode", "last" if self._study is None else "middle")
            last.style().unpolish(last)
            last.style().polish(last)

    def _show(self, _place: int = 0) -> None:
        pages = {FUNCTION: self._page, RUN: self._stage, STUDY: self._study}
        self.stack.setCurrentWidget(pages[self.view] or self._stage)
        self.chosen.emit(self.view)
