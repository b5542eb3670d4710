"""Words in lines: broken between words, within one only where it alone is too long, and cut with dots after the last line."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

DOTS = "…"
LONGEST = 2_000
"""Letters that are looked at: anybody may write a file."""


def in_lines(text: str, font: QFont, width: float, most: int) -> list[str]:
    """`text` in at most `most` lines of `width` pixels."""
    text = " ".join(text[:LONGEST].split())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    at = 0
    while (line := layout.createLine()).isValid() and len(lines) < most:
        line.setLineWidth(max(1.0, width))
        at = line.textStart()
        lines.append(text[at : at + line.textLength()].rstrip())
    layout.endLayout()
    if lines and at + len(lines[-1]) < len(text.rstrip()):
        lines[-1] = QFontMetricsF(font).elidedText(f"{lines[-1]}{DOTS}", Qt.TextElideMode.ElideRight, width)
    return lines or [""]


def brief(text: str, most: int = 120) -> str:
    """`text`, cut with dots where it is longer than any title should be."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}{DOTS}"
