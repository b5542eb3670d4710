"""The middle of the window: three cards above each other, empty at first, with charts once these are loaded."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSplitter, QTabWidget, QVBoxLayout, QWidget

from gui.dots import Dots
from gui.figures import grouped
from gui.glow import Glow
from gui.theme import ThemeSource

if TYPE_CHECKING:
    from workers.insight.store import RunStore

ACCOUNTS, TIMELINE, PROCESSES, LATENCY, WAITS, OUTPUT, FILM = range(7)
"""The tabs."""
_SHARES = (34, 32, 34)
_LOW, _LOW_SHARES = 620, (28, 37, 35)
"""In a stage lower than the first, as below a banner, the curve gives room to the rows, which would scroll. Nobody's own sizes change."""
_ALIKE = 0.02
"""Sizes are those shares where no part is further from its own than this, of the whole."""
_LEAST = (120, 110, 120)
_NARROW, _NARROW_PICTURE = 1000, 200
"""In a stage narrower than the first the picture's card is only as wide as the second: the table needs the room."""
_PICTURE_SHARE = 0.42
"""With a picture in it the lowest row is made so high a part of the stage, where it was lower."""


class Stage(QSplitter):
    """Throughput, activity, and a card with tabs."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self.setObjectName("stage")
        self.setHandleWidth(12)
        self.setChildrenCollapsible(False)
        self.setAccessibleName(self.tr("Charts"))
        for title, share in zip(
            (self.tr("THROUGHPUT"), self.tr("ACTIVITY BY PID"), self.tr("WHERE THE TIME WENT")), _SHARES, strict=True
        ):
            self.addWidget(self._empty_card(title))
            self.setStretchFactor(self.count() - 1, share)
        self.setSizes([share * 10 for share in _SHARES])
        self.tabs: QTabWidget | None = None
        self._glow = Glow(theme, self)
        self._picture: QWidget | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._settle)
        self._painter = ""
        """The workload that painted last."""
        self._before: list[int] = []
        """Heights before the picture came, for when it goes."""
        self._with: list[int] = []

    def _empty_card(self, title: str) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        label = QLabel(title)
        label.setProperty("head", True)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        return card

    def fill(
        self,
        throughput: QWidget,
        activity: QWidget,
        tabs: tuple[QWidget, ...],
        picture: QWidget,
        menus: Sequence[tuple[QWidget, Sequence[QAction]]],
    ) -> None:
        """Put the real parts in place of the empty cards; `tabs`: in the order of their numbers above.

        `menus` opens at the right of the tabs: what it holds while a part is in front.
        """
        sizes = self.sizes()
        self._picture = picture
        lowest = self._lowest(self._tab_card(tabs, menus), picture)
        for index, card in enumerate((throughput, activity, lowest)):
            card.setMinimumHeight(_LEAST[index])
            # Not replaceWidget: it leaves the new widget to Python's garbage collector.
            old = self.widget(index)
            self.insertWidget(index, card)
            if old is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
            self.setStretchFactor(index, _SHARES[index])
        self.setSizes(sizes)

    def _lowest(self, tabs: QWidget, picture: QWidget) -> QSplitter:
        row = QSplitter(Qt.Orientation.Horizontal)
        row.setObjectName("lowest")
        row.setHandleWidth(12)
        row.setChildrenCollapsible(False)
        row.addWidget(tabs)
        row.addWidget(picture)
        row.setStretchFactor(0, 1)
        row.setStretchFactor(1, 0)
        tabs.setMinimumWidth(240)
        picture.hide()
        return row

    def follow(self, store: "RunStore") -> bool:
        """Show the card with the picture while the run has one. Returns whether it has.

        A run of the workload that painted last keeps its place from the start.
        """
        picture, started = store.picture, store.started
        if picture is not None and started is not None:
            self._painter = started.config.workload
            self.show_picture(True, picture.width / picture.height)
        elif started is None or started.config.workload != self._painter or store.ended is not None:
            self.show_picture(False)
        return picture is not None

    def show_picture(self, there: bool, shape: float = 1.0) -> None:
        """Show the card with the picture beside the tabs, or put it away. `shape`: its width by its height."""
        row = self.widget(2)
        if self._picture is None or not isinstance(row, QSplitter) or self._picture.isHidden() is not there:
            return
        self._picture.setVisible(there)
        if not there:
            if self._with == self.sizes():  # nobody moved anything since
                self.setSizes(self._before)
            self._before = self._with = []
            return
        sizes = self._before = self.sizes()
        narrow = row.width() < _NARROW
        lack = round(_PICTURE_SHARE * sum(sizes)) - sizes[2]
        if lack > 0 and not narrow:
            self.setSizes(_shared(sizes, lack))
        self._with = self.sizes()
        height = self._with[2] - 60
        width = min(round(height * shape) + 28, row.width() // 2)
        row.setSizes([10_000, min(width, _NARROW_PICTURE) if narrow else width])

    def usual_sizes(self) -> list[int]:
        """Heights of the cards as they are without a picture."""
        sizes = self._before if self._with and self._with == self.sizes() else self.sizes()
        return [share * 10 for share in _SHARES] if _are(sizes, _LOW_SHARES) else sizes

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It may be low now, or no more."""
        super().resizeEvent(event)
        # Later: here its parts have not got their new heights yet.
        self._later.start(0)

    def _settle(self) -> None:
        low, sizes = self.height() < _LOW, self.sizes()
        if _are(sizes, _SHARES if low else _LOW_SHARES):
            self.setSizes([share * self.height() for share in (_LOW_SHARES if low else _SHARES)])

    def _tab_card(self, parts: tuple[QWidget, ...], menus: Sequence[tuple[QWidget, Sequence[QAction]]]) -> QWidget:
        card = QFrame()
        card.setObjectName("tabCard")
        card.setProperty("card", True)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName(self.tr("The run in detail"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setObjectName("tabBar")
        self.tabs.tabBar().setAccessibleName(self.tr("The run in detail"))
        self.tabs.tabBar().setDrawBase(False)
        titles = (
            self.tr("Where the time went"),
            self.tr("Timeline"),
            self.tr("Processes"),
            self.tr("Latency"),
            self.tr("Waits"),
            self.tr("Output"),
            self.tr("Race film"),
        )
        for part, title in zip(parts, titles, strict=True):
            self.tabs.addTab(part, title)
        self.tabs.setTabVisible(FILM, False)
        dots = Dots(self._theme)
        dots.setObjectName("tabMenu")
        dots.setAccessibleName(self.tr("Save or copy what the tab in front shows"))
        dots.setToolTip(dots.accessibleName())
        self._menu, self._menus = QMenu(dots), dict(menus)
        dots.setMenu(self._menu)
        self.tabs.currentChanged.connect(self._fill_menu)
        self._fill_menu()
        corner = QWidget()
        self._corner = QHBoxLayout(corner)
        self._corner.setContentsMargins(0, 0, 0, 0)
        self._corner.setSpacing(6)
        self._corner.addWidget(dots)
        self.tabs.setCornerWidget(corner, Qt.Corner.TopRightCorner)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.addWidget(self.tabs)
        return card

    def _fill_menu(self) -> None:
        if self.tabs is not None:
            self._menu.clear()
            self._menu.addActions(list(self._menus.get(self.tabs.currentWidget(), ())))

    def put_beside_menu(self, button: QWidget, tab: int) -> None:
        """Show `button` beside the menu of the tabs while this tab is in front."""
        tabs = self.tabs
        if tabs is not None:
            self._corner.insertWidget(0, button)
            button.setVisible(tabs.currentIndex() == tab)
            tabs.currentChanged.connect(lambda index: button.setVisible(index == tab))

    def focus_picture(self) -> None:
        """Bring the keyboard to the picture."""
        if self._picture is not None and self._picture.isVisible():
            view = self._picture.findChild(QWidget, "pictureView")
            if view is not None:
                view.setFocus()

    def show_failures(self, count: int) -> None:
        """Tell in the title of the output how many tasks failed."""
        if self.tabs is not None:
            text = self.tr("Output") if not count else self.tr("Output  ✕ {0}").format(grouped(count))
            if self.tabs.tabText(OUTPUT) != text:
                self.tabs.setTabText(OUTPUT, text)

    def show_stuck(self, stuck: bool) -> None:
        """Tell in the title of the waits that there is a deadlock."""
        if self.tabs is not None:
            text = self.tr("Waits  ✕") if stuck else self.tr("Waits")
            if self.tabs.tabText(WAITS) != text:
                self.tabs.setTabText(WAITS, text)

    def make_room(self) -> None:
        """Make the lowest card as high as a picture needs it, where it is lower: both charts give what they can spare."""
        sizes = self.sizes()
        lack = round(_PICTURE_SHARE * sum(sizes)) - sizes[2]
        if lack > 0:
            self.setSizes(_shared(sizes, lack))

    def show_film(self, there: bool) -> None:
        """Offer the race film, or put it away."""
        if self.tabs is not None and self.tabs.isTabVisible(FILM) is not there:
            self.tabs.setTabVisible(FILM, there)

    def bring(self, part: QWidget) -> None:
        """Bring one of the parts in the tabs to the front, where it is offered; the keyboard stays where it is."""
        if self.tabs is not None and self.tabs.isTabVisible(self.tabs.indexOf(part)):
            self.tabs.setCurrentWidget(part)

    def look(self, name: str) -> None:
        """Bring the part of the window with that object name into sight, and draw the eye to it for a moment."""
        part = self.window().findChild(QWidget, name)
        if part is None or self.tabs is None:
            return
        for place in range(self.tabs.count()):
            page = self.tabs.widget(place)
            if page is not None and (page is part or page.isAncestorOf(part)) and self.tabs.isTabVisible(place):
                self.tabs.setCurrentIndex(place)
        card: QWidget | None = part
        while card is not None and not (card.property("card") and card.isVisible()):
            card = card.parentWidget()
        # The line at the foot is in no card; what is not there yet, such as the picture, comes among the charts.
        self._glow.around(card or (part if part.isVisible() else self))

    def show_tab(self, index: int) -> None:
        """Bring a tab to the front and the keyboard to it."""
        if self.tabs is not None:
            self.tabs.setCurrentIndex(index)
            self.tabs.currentWidget().setFocus()


def _are(sizes: list[int], shares: tuple[int, ...]) -> bool:
    """Whether the heights are about these shares of all of it."""
    cards = sizes[: len(shares)]  # what lies over them is none
    whole = max(1, sum(cards))
    return all(abs(size / whole - share / 100) <= _ALIKE for size, share in zip(cards, shares, strict=False))


def _shared(sizes: list[int], lack: int) -> list[int]:
    """Heights with so much more for the lowest card: from both charts, as much as each can spare."""
    spare = [max(0, size - least) for size, least in zip(sizes[:2], _LEAST[:2], strict=True)]
    lack = min(lack, sum(spare))
    first = round(lack * spare[0] / max(1, sum(spare)))
    return [sizes[0] - first, sizes[1] - (lack - first), sizes[2] + lack]
