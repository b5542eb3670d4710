"""MarkdownView: a lesson's text. No resource is fetched, no HTML is read; links open in the browser; it is as high as its text."""

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

from gui.panels.lessons.prose import fill, form
from gui.theme import ThemeSource
from workers.contract.config import Value

_READ = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class MarkdownView(QTextBrowser):
    """Shows Markdown; {facts} in it are replaced by the figures of a run, which stand out."""

    def __init__(self, theme: ThemeSource, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._facts: Mapping[str, Value] | None = None
        self._code: list[tuple[int, int]] = []
        """First and last block of each piece of code."""
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(open_link)
        theme.changed.connect(self._write)

    def show_text(self, text: str, facts: Mapping[str, Value] | None = None) -> None:
        """Show Markdown. `facts` are those of the run that it speaks of; None: it speaks of none."""
        if (text, facts) != (self._text, self._facts):
            self._text, self._facts = text, facts
            self._write()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing: neither files nor the network."""
        return None

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(0, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of the font: all of it follows."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes another height."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet field behind code, then the text."""
        if self._code:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.theme.page))
            document = self.document()
            layout = document.documentLayout()
            pad = self.fontMetrics().height() * 0.35
            for first, last in self._code:
                top = layout.blockBoundingRect(document.findBlockByNumber(first)).top()
                bottom = layout.blockBoundingRect(document.findBlockByNumber(last)).bottom()
                field = QRectF(QPointF(0, top - pad), QPointF(self.viewport().width(), bottom + pad))
                painter.drawRoundedRect(field, 6, 6)
            painter.end()
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not here: the page scrolls."""
        event.ignore()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Never: all of the text is in sight. Selecting beyond an edge would move it."""

    def _write(self) -> None:
        document = self.document()
        document.setDefaultFont(self.font())
        document.setMarkdown(self._text, _READ)
        if self._facts is not None:
            fill(document, self._facts)
        self._code = form(document, self.font(), self._theme.theme)
        self._fit()

    def _fit(self) -> None:
        height = ceil(self.document().size().height()) if self._text else 0
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)


def open_link(url: QUrl) -> None:
    """In the browser; only what is on the web."""
    if url.scheme() in ("https", "http"):
        QDesktopServices.openUrl(url)
