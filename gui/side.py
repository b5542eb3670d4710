"""The right column: what the run says and the chosen configuration as a script, or the lesson."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from gui.modes import EXPLORE, LESSONS

USUAL, LEAST = 340, 280
MOST_LEAST = 350
"""Below this it is never held open by large type: window and charts need the room as well."""
ROOM = 1400
"""In a window as wide as this the script stands beside the charts without being asked for."""
LEAST_PART, SHARES = 110, (52, 48)
"""Of findings and script: the least height, and how they share what there is."""


class SideColumn(QWidget):
    """What the run says above the script; with a lesson, that and the script as tabs: it says itself what its runs mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sideColumn")
        self.setMinimumWidth(LEAST)
        self._findings: QWidget | None = None
        self._script: QWidget | None = None
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._mode = EXPLORE
        self._heights: list[int] = []
        """Of findings and script, as long as the findings are lent."""
        self.tabs = QTabWidget()
        self.tabs.setObjectName("sideTabs")
        self.tabs.setAccessibleName(self.tr("Lesson and script"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setObjectName("sideTabBar")
        self.tabs.tabBar().setAccessibleName(self.tr("Lesson and script"))
        self.tabs.tabBar().setDrawBase(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def fill(self, lesson: QWidget, script: QWidget, findings: QWidget) -> None:
        """Put the parts in."""
        self._findings, self._script = findings, script
        both = self._rows
        both.setObjectName("sideRows")
        both.setHandleWidth(12)
        both.setChildrenCollapsible(False)
        for part, share in zip((findings, script), SHARES, strict=True):
            part.setMinimumHeight(LEAST_PART)
            both.addWidget(part)
            both.setStretchFactor(both.count() - 1, share)
        both.setSizes([share * 10 for share in SHARES])
        self.tabs.addTab(lesson, self.tr("Lesson"))
        self.tabs.addTab(both, self.tr("Script"))

    def show_mode(self, mode: str) -> None:
        """Show the tabs of this mode, its own in front."""
        self._mode = mode
        if self.tabs.count():
            self.tabs.setTabVisible(0, mode == LESSONS)
            self.tabs.tabBar().setVisible(mode == LESSONS)
            # It hands the keyboard to its bar: while that is hidden Tab would never get past it.
            self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus if mode == LESSONS else Qt.FocusPolicy.NoFocus)
            self.tabs.setCurrentIndex(0 if mode == LESSONS else 1)
        if self._findings is not None:
            self._findings.setVisible(mode != LESSONS)

    def show_script(self) -> None:
        """Bring the script to the front, and the keyboard to it."""
        if self._script is not None:
            self.tabs.setCurrentIndex(1)
            self._script.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def lend_findings(self) -> None:
        """Somebody else shows them for now, as high as they like; `take_findings` brings them back."""
        if self._findings is not None:
            self._heights = self._rows.sizes()
            self._findings.setMinimumHeight(0)

    def take_findings(self) -> None:
        """Have the findings above the script again."""
        if self._findings is not None:
            self._findings.setMinimumHeight(LEAST_PART)
            self._rows.insertWidget(0, self._findings)
            self._rows.setStretchFactor(0, SHARES[0])
            self._findings.setVisible(self._mode != LESSONS)
            self._rows.setSizes(self._heights)


class SideRoom:
    """How much room the right column has, and whether it is there: always with a lesson, else as was chosen or where there is room."""

    def __init__(self, row: QSplitter, side: SideColumn, width: int, script: bool | None) -> None:
        """`width`: in pixels, 0 for the usual one. `script`: what was chosen; None for nothing so far."""
        self._row, self._side = row, side
        self._width = width
        self._mode = EXPLORE
        self._scale = 1.0
        self.script = script

    @property
    def width(self) -> int:
        """The column's width at the usual text size; 0 where nobody ever moved it."""
        return self._width

    @property
    def shown(self) -> bool:
        """Whether the column is there."""
        return not self._side.isHidden()

    def moved(self) -> None:
        """Somebody moved the handle."""
        self._width = round(self._row.sizes()[1] / self._scale)

    def toggle(self) -> None:
        """Show the script, or put it away."""
        self.script = not self.shown
        self.arrange(self._mode, self._scale)

    def arrange(self, mode: str, scale: float) -> None:
        """Follow the mode, the size of the window and that of the text."""
        same = scale == self._scale
        self._mode, self._scale = mode, scale
        wide = self._row.window().width() >= ROOM * scale
        there = mode == LESSONS or (wide if self.script is None else self.script)
        self._side.setMinimumWidth(min(round(LEAST * scale), MOST_LEAST))
        if same and there is self.shown and self._row.sizes()[1]:
            return
        self._side.setVisible(there)
        if there:
            room = sum(self._row.sizes()) or self._row.width()
            width = min(round((self._width or USUAL) * scale), room // 2)
            self._row.setSizes([max(1, room - width), width])
