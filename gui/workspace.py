"""Which mode holds, and what stands on the left and on the right in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gui.controls.panel import WIDTH, ChoicePanel
from gui.findings_place import FindingsPlace
from gui.findings_strip import FindingsStrip
from gui.memory import Memory
from gui.modes import COMPARE, EXPLORE, LESSONS, OWN
from gui.page import Page
from gui.panels.own.page import RUN
from gui.side import SideColumn, SideRoom
from gui.top_bar import ROOMY, TopBar

if TYPE_CHECKING:
    from gui.panels.findings import FindingsPanel

CHOOSING = (EXPLORE, OWN)
"""The modes in which the choice stands on the left."""
_LIST_SHARE = 0.27
"""Of the window's width: the list of lessons takes no more, where the type is large."""


class Workspace(QObject):
    """Explore has the choice on the left and, where there is room or it is asked for, the script on the right; lessons have both columns.

    My function is as Explore is, with views of its own in the middle.

    Signals:
        changed(str): another mode holds: "explore", "lessons", "own" or "compare".
    """

    changed = Signal(str)

    def __init__(
        self, page: Page, panel: ChoicePanel, strip: FindingsStrip, side: SideColumn, top: TopBar, memory: Memory
    ) -> None:
        """`strip` stands in for the findings where the right column is away."""
        super().__init__(page)
        self._page, self._panel, self._side, self._top, self._memory = page, panel, side, top, memory
        self._lessons: QWidget | None = None
        self._compare: tuple[QWidget, QWidget] | None = None
        """Left, and what stands in the place of middle and right column."""
        self._waiting = _waiting(self.tr("The lessons are being fetched …"))
        page.left.addWidget(self._waiting)
        self._scale = 1.0
        self.mode = memory.settings.mode
        if self.mode in CHOOSING:
            # A choice of a function of one's own brings its mode along.
            self.mode = OWN if panel.is_own else self.mode
            panel.show_own(self.mode == OWN)
        panel.ownChanged.connect(self._follow_panel)
        page.views.chosen.connect(lambda _view: self._show_script())
        self.room = SideRoom(page.row, side, memory.settings.side, memory.settings.script)
        self.findings = FindingsPlace(page, strip, side)
        page.row.splitterMoved.connect(self.room.moved)
        top.modes.chosen.connect(self.choose)
        top.modes.show_mode(self.mode)
        page.left.setCurrentWidget(self._waiting if self.mode == LESSONS else panel)

    def fill(self, lessons: QWidget, lesson: QWidget, script: QWidget, findings: "FindingsPanel") -> None:
        """Put in the list of lessons, the lesson, the script and what the run says, once they are there."""
        self._lessons = lessons
        self._page.left.addWidget(lessons)
        self._side.fill(lesson, script, findings)
        self.findings.fill(findings)
        self._show()

    def fill_compare(self, runs: QWidget, comparison: QWidget) -> None:
        """Put in the list of kept runs and the comparison."""
        self._compare = runs, comparison
        self._page.left.addWidget(runs)
        self._page.main.addWidget(comparison)
        self._show()

    def choose(self, mode: str) -> None:
        """Go to a mode."""
        if mode != self.mode:
            self.mode = self._memory.settings.mode = mode
            if mode in CHOOSING:
                self._panel.show_own(mode == OWN)
            self._show()
            self.changed.emit(mode)
        else:
            self._top.modes.show_mode(mode)
        compare = self._compare[0] if self._compare is not None else None
        target = {EXPLORE: self._panel.models.list, OWN: self._panel.own.drop, COMPARE: compare}.get(
            mode, self._lessons
        )
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_script(self) -> None:
        """Show the script, or put it away; beside a lesson it is a tab."""
        if self.mode == COMPARE:
            return  # it shows runs that are over
        if self.mode == LESSONS:
            self._side.show_script()
        else:
            self.room.toggle()
            if self.room.shown:
                self._side.show_script()
        self._show_script()

    def show_findings(self) -> None:
        """Bring the keyboard to what the run says; a lesson says it itself."""
        if self.mode in CHOOSING:
            self._page.views.choose(RUN)
            self.findings.focus()

    def arrange(self, scale: float) -> None:
        """Follow the size of the window and that of the text."""
        if scale != self._scale:
            self._scale = scale
        width = round(WIDTH * scale)
        if self.mode in (LESSONS, COMPARE):
            # Large type needs room; beside a lesson or a table there is less of it.
            width = min(width, max(WIDTH, round(self._page.window().width() * _LIST_SHARE)))
        self._page.left.setFixedWidth(width)
        self.room.arrange(self.mode, scale)
        self._show_script()

    def keep(self) -> None:
        """Put what is to be remembered into the settings."""
        self._memory.settings.side, self._memory.settings.script = self.room.width, self.room.script

    def _show(self) -> None:
        lessons = (self._lessons or self._waiting) if self.mode == LESSONS else None
        compare = self._compare if self.mode == COMPARE else None
        self._page.left.setCurrentWidget(lessons or (compare[0] if compare else self._panel))
        self._page.main.setCurrentWidget(compare[1] if compare else self._page.row)
        self._side.show_mode(self.mode)
        self._page.views.show_mode(self.mode == OWN)
        self._top.modes.show_mode(self.mode)
        self.arrange(self._scale)

    def _show_script(self) -> None:
        button = self._top.script
        # In large type the line at the top has no room for it; the menu has it.
        button.setVisible(self.mode in CHOOSING and self._scale <= ROOMY)
        button.setChecked(self.room.shown)
        self.findings.arrange(self.mode in CHOOSING and not self.room.shown and self._page.views.view == RUN)

    def _follow_panel(self, own: bool) -> None:
        """The choice is one about a function of the person's own, or no longer."""
        if self.mode in CHOOSING:
            self.choose(OWN if own else EXPLORE)


def _waiting(words: str) -> QFrame:
    """What stands in the place of the lessons before they are there."""
    card = QFrame()
    card.setObjectName("lessonsWaiting")
    card.setProperty("card", True)
    label = QLabel(words)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setProperty("muted", True)
    QVBoxLayout(card).addWidget(label)
    return card
