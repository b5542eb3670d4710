"""The middle of the window: three cards above each other, empty at first, with charts once these are loaded."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSplitter, QTabWidget, QVBoxLayout, QWidget

from gui.dots import Dots
from gui.figures import grouped
from gui.theme import ThemeSource

_SHARES = (36, 34, 30)
_LEAST = (120, 110, 120)


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
            (self.tr("THROUGHPUT"), self.tr("ACTIVITY BY PID"), self.tr("PROCESSES")), _SHARES, strict=True
        ):
            self.addWidget(self._empty_card(title))
            self.setStretchFactor(self.count() - 1, share)
        self.setSizes([share * 10 for share in _SHARES])
        self.tabs: QTabWidget | None = None
        self._messages: QWidget | None = None

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
        self, throughput: QWidget, activity: QWidget, processes: QWidget, messages: QWidget, menu: list[QAction]
    ) -> None:
        """Put the real parts in place of the empty cards; `menu` opens at the right of the tabs."""
        sizes = self.sizes()
        for index, card in enumerate((throughput, activity, self._tab_card(processes, messages, menu))):
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

    def _tab_card(self, processes: QWidget, messages: QWidget, actions: list[QAction]) -> QWidget:
        card = QFrame()
        card.setObjectName("tabCard")
        card.setProperty("card", True)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName(self.tr("Processes and messages"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setObjectName("tabBar")
        self.tabs.tabBar().setAccessibleName(self.tr("Processes and messages"))
        self.tabs.tabBar().setDrawBase(False)
        self._messages = messages
        self.tabs.addTab(processes, self.tr("Processes"))
        self.tabs.addTab(messages, self.tr("Messages"))
        dots = Dots(self._theme)
        dots.setObjectName("tabMenu")
        dots.setAccessibleName(self.tr("Save or copy processes and messages"))
        dots.setToolTip(dots.accessibleName())
        menu = QMenu(dots)
        menu.addActions(actions)
        dots.setMenu(menu)
        self.tabs.setCornerWidget(dots, Qt.Corner.TopRightCorner)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(8, 2, 8, 8)
        layout.addWidget(self.tabs)
        return card

    def show_failures(self, count: int) -> None:
        """Tell in the title of the messages how many tasks failed."""
        if self.tabs is not None:
            text = self.tr("Messages") if not count else self.tr("Messages  ✕ {0}").format(grouped(count))
            if self.tabs.tabText(1) != text:
                self.tabs.setTabText(1, text)

    def show_tab(self, index: int) -> None:
        """Bring a tab to the front and the keyboard to it."""
        if self.tabs is not None:
            self.tabs.setCurrentIndex(index)
            self.tabs.currentWidget().setFocus()
