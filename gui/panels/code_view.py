"""CodeView: a Python source to be read, coloured by what its parts are."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFont, QShowEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.figures import monospace
from gui.highlight import Span
from gui.style import dress_as_card, mix
from gui.theme import Theme, ThemeSource

DIM = 0.45
"""How far towards the background the colours go while the text is out of date."""


class _Colours(QSyntaxHighlighter):
    """Puts formats on spans that are known beforehand."""

    def __init__(self, document: QTextDocument, format_of: Callable[[str], QTextCharFormat]) -> None:
        super().__init__(document)
        self.lines: list[list[Span]] = []
        self._format_of = format_of

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        for start, length, kind in self.lines[number] if number < len(self.lines) else ():
            self.setFormat(start, length, self._format_of(kind))


class CodeView(QPlainTextEdit):
    """Plain text in a fixed-width font, not wrapped, that can be selected but not changed."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme_source = theme
        self._dimmed = self._ready = False
        self._formats: dict[str, QTextCharFormat] = {}
        self.setObjectName("codeText")
        self.setAccessibleName(self.tr("The script"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self._colours = _Colours(self.document(), lambda kind: self._formats[kind])
        theme.changed.connect(self._restyle)
        self._restyle()
        self._ready = True

    def show_code(self, text: str, lines: list[list[Span]]) -> None:
        """Show this, at the place where one was reading."""
        down, right = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self._colours.lines = lines
        if text != self.toPlainText():
            self.setPlainText(text)
            self.verticalScrollBar().setValue(down)
            self.horizontalScrollBar().setValue(right)
        self._colours.rehighlight()

    def dim(self, dimmed: bool) -> None:
        """Pale while a newer text is on its way."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self._restyle()

    def minimumSizeHint(self) -> QSize:
        """A few lines."""
        return QSize(120, 60)

    def _restyle(self) -> None:
        theme = self._theme_source.theme
        colours = code_colours(theme)
        if self._dimmed:
            colours = {kind: mix(colour, theme.card, DIM) for kind, colour in colours.items()}
        dress_as_card(self, theme, text=colours["text"])
        self.document().setDefaultFont(monospace(self.font(), 12 / 13))
        for kind, colour in colours.items():
            made = QTextCharFormat()
            made.setForeground(QColor(colour))
            if kind == "name":
                made.setFontWeight(QFont.Weight.DemiBold)
            self._formats[kind] = made
        self._colours.rehighlight()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type is followed at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._ready:
            self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the fonts that hold by now."""
        super().showEvent(event)
        self._restyle()


def code_colours(theme: Theme) -> dict[str, str]:
    """The colour of each kind of gui.highlight, and of plain text."""
    return {
        "text": theme.text,
        "name": theme.text,
        "keyword": theme.accent,
        "literal": theme.good,
        "comment": theme.muted,
    }
