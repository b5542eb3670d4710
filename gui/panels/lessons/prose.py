"""Gives a document that was read from Markdown its form: room between lines and paragraphs, code in its own type."""

from collections.abc import Mapping

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from gui.figures import monospace
from gui.panels.lessons.figures import written
from gui.theme import Theme
from workers.contract.config import Value

_FACT = QRegularExpression(r"\{[A-Za-z_][\w.]*\}")
_LINE, _CODE_LINE = 122, 115
"""Height of a line in per cent: prose wants air."""
_CODE = 0.92
"""Size of code, of that of the text."""
_HEIGHT = int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)


def fill(document: QTextDocument, facts: Mapping[str, Value]) -> None:
    """Put figures in place of {facts}, as plain text: what a worker said is never read as Markdown."""
    cursor = document.find(_FACT, 0)
    while not cursor.isNull():
        name = cursor.selectedText()[1:-1]
        shape = cursor.charFormat()
        value = facts.get(name)
        if not isinstance(value, str):  # a whole sentence need not stand out
            shape.setFontWeight(QFont.Weight.DemiBold)
        cursor.insertText(written(name, value), shape)
        cursor = document.find(_FACT, cursor.position())


def form(document: QTextDocument, font: QFont, theme: Theme) -> list[tuple[int, int]]:
    """Give it its form. Returns the numbers of the first and last block of each piece of code."""
    pieces: list[tuple[int, int]] = []
    block = document.begin()
    while block.isValid():
        code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage)
        follows = bool(pieces) and pieces[-1][1] == block.blockNumber() - 1
        if code:
            first = pieces.pop()[0] if follows else block.blockNumber()
            pieces.append((first, block.blockNumber()))
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(_code(block, font, follows) if code else _paragraph(block, font, follows))
        _letters(block, font, theme, code)
        block = block.next()
    return pieces


def _paragraph(block: QTextBlock, font: QFont, after_code: bool) -> QTextBlockFormat:
    unit = QFontMetricsF(font).height() / 2
    shape = QTextBlockFormat()
    shape.setLineHeight(_LINE, _HEIGHT)
    shape.setTopMargin(unit * 1.2 if after_code else 0)
    last = not block.next().isValid()
    shape.setBottomMargin(0 if last else unit * 0.3 if block.textList() is not None else unit)
    return shape


def _code(block: QTextBlock, font: QFont, within: bool) -> QTextBlockFormat:
    """What does not fit into a line of code goes on under it, further in."""
    unit = QFontMetricsF(font).height() / 2
    text = block.text()
    step = QFontMetricsF(monospace(font, _CODE)).horizontalAdvance(" ")
    hang = (len(text) - len(text.lstrip(" ")) + 2) * step
    shape = QTextBlockFormat()
    shape.setLineHeight(_CODE_LINE, _HEIGHT)
    shape.setNonBreakableLines(False)
    shape.setTopMargin(0 if within else unit * 0.7)
    shape.setBottomMargin(0 if block.next().isValid() else unit * 0.7)
    shape.setLeftMargin(unit + hang)
    shape.setRightMargin(unit * 0.5)
    shape.setTextIndent(-hang)
    return shape


def _letters(block: QTextBlock, font: QFont, theme: Theme, code: bool) -> None:
    """The type of code and of what is code within a sentence; the colour of links."""
    mono = monospace(font, _CODE)
    shape = QTextCharFormat()
    shape.setFontFamilies([mono.family(), "monospace"])
    shape.setProperty(QTextFormat.Property.FontPixelSize, mono.pixelSize())
    inline = QTextCharFormat(shape)
    inline.setBackground(QColor(theme.page))
    link = QTextCharFormat()
    link.setForeground(QColor(theme.accent))
    spots = []
    walk = block.begin()
    while not walk.atEnd():
        piece = walk.fragment()
        given = piece.charFormat()
        chosen = shape if code else inline if given.fontFixedPitch() else link if given.isAnchor() else None
        if chosen is not None:
            spots.append((piece.position(), piece.length(), chosen))
        walk += 1
    for start, length, chosen in spots:  # merging changes the fragments
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(chosen)
