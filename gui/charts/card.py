"""Card: the frame around a chart, with its title, what it says at the right, and a menu to save it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from gui.charts.base import Chart
from gui.charts.labels import Heading
from gui.charts.saves import Saves
from gui.dots import Dots
from gui.theme import ThemeSource


class Card(QFrame):
    """A rounded frame. Around a chart it offers to save picture and data.

    Signals:
        saved(str): a file was written; its path.
        failed(str): it was not; the reason in one sentence.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(
        self, theme: ThemeSource, title: str, body: QWidget, head: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        """`head` stands at the right end of the title line. An empty title leaves that line out."""
        super().__init__(parent)
        self._theme = theme
        self.body = body
        self.save_actions: dict[str, QAction] = {}
        """Saving and copying by kind (png, svg, csv, copy), where the body can."""
        self.menu: QMenu | None = None
        """What the dots of a chart open."""
        self.setProperty("card", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not self.objectName() and body.objectName():
            self.setObjectName(f"{body.objectName()}Card")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        if title:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(Heading(theme, title, self), 0, Qt.AlignmentFlag.AlignVCenter)
            if isinstance(body, Chart):
                # It has what the head leaves, and gives way before that does.
                body.which.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                line.addWidget(body.which, 1, Qt.AlignmentFlag.AlignVCenter)
            else:
                line.addStretch(1)
            if head is not None:
                line.addWidget(head)
            if isinstance(body, Chart):
                line.addWidget(self._menu_button(title, body), 0, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(line)
        column.addWidget(body, 1)
        theme.changed.connect(self.update)

    @classmethod
    def around(cls, theme: ThemeSource, chart: Chart, parent: QWidget | None = None) -> "Card":
        """A card with the chart's own title and head."""
        return cls(theme, chart.title, chart, chart.head, parent)

    def choose_file(self, title: str, suggestion: str, pattern: str) -> str:
        """Ask where to save; empty for nowhere. Tests put another function here."""
        return QFileDialog.getSaveFileName(self, title, suggestion, pattern)[0]

    def _menu_button(self, title: str, chart: Chart) -> Dots:
        button = Dots(self._theme, self)
        button.setObjectName(f"{chart.objectName()}Menu")
        button.setAccessibleName(self.tr("Save {title}").format(title=title))
        button.setToolTip(self.tr("Save or copy this chart, or save its data"))
        saves = Saves(chart, self, self)
        saves.saved.connect(self.saved)
        saves.failed.connect(self.failed)
        self.save_actions = saves.actions
        self.menu = menu = QMenu(button)
        menu.addActions(list(saves.actions.values()))
        button.setMenu(menu)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the background and one hairline, rounded."""
        theme = self._theme.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
