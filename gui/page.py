"""How the window is laid out: a line at the top, the choice on the left, what happens in the middle, what it means on the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.panels.own.page import OwnViews


class Page(QWidget):
    """All of the window's contents; at its foot a line that says how it stands."""

    def __init__(
        self,
        top: QWidget,
        panel: QWidget,
        banners: QWidget,
        strip: QWidget,
        stage: QWidget,
        side: QWidget,
        foot: QWidget,
    ) -> None:
        """`strip`: what the run says, in a line, where the right column is away."""
        super().__init__()
        self.setObjectName("page")
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(banners)
        column.addWidget(strip)
        self.views = OwnViews(stage)
        """The charts, and in "My function" what else there is of it."""
        column.addWidget(self.views, 1)
        self.left = QStackedWidget()
        """The choice; other modes put their own lists beside it."""
        self.left.addWidget(panel)
        self.row = QSplitter(Qt.Orientation.Horizontal)
        """Middle and right column."""
        self.row.setObjectName("row")
        self.row.setHandleWidth(12)
        self.row.setChildrenCollapsible(False)
        self.row.addWidget(middle)
        self.row.addWidget(side)
        self.row.setStretchFactor(0, 1)
        self.row.setStretchFactor(1, 0)
        self.main = QStackedWidget()
        """Middle and right column; a mode that has others puts them beside it."""
        self.main.addWidget(self.row)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(self.left)
        body.addWidget(self.main, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(14, 10, 14, 10)
        page.setSpacing(10)
        page.addWidget(top)
        page.addLayout(body, 1)
        page.addWidget(foot)
