"""How numbers are written, the same everywhere: groups of three set apart, steady widths, and a dash for the unknown."""

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

from gui.words import THIN, rate

__all__ = ["MINUS", "UNKNOWN", "grouped", "mebibytes", "monospace", "percent", "rate", "tabular"]

UNKNOWN = "\u2013"
"""Stands where a value is not known; a tooltip says why."""
MINUS = "\u2212"


def grouped(value: float, digits: int = 0) -> str:
    """`value` with its digits in groups of three."""
    return f"{value:,.{digits}f}".replace(",", THIN).replace("-", MINUS)


def percent(share: float) -> str:
    """A share of one as a whole percentage, without the sign; what is above nothing is never shown as 0."""
    return "<1" if 0.001 <= share < 0.005 else grouped(share * 100)


def mebibytes(size: float) -> str:
    """Bytes as MiB with one decimal."""
    return f"{grouped(size / 2**20, 1)} MiB"


def tabular(font: QFont, scale: float = 1.0, weight: QFont.Weight | None = None) -> QFont:
    """`font` with figures of equal width, `scale` times as large."""
    made = QFont(font)
    made.setPixelSize(max(8, round(QFontInfo(font).pixelSize() * scale)))
    made.setFeature(QFont.Tag("tnum"), 1)
    if weight is not None:
        made.setWeight(weight)
    return made


def monospace(font: QFont, scale: float = 1.0) -> QFont:
    """The system's fixed-width font in the size of `font`."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    # What it has no shapes for comes from where `font` has them.
    made.setFamilies([QFontInfo(made).family(), *font.families()[1:]])
    made.setPixelSize(max(8, round(QFontInfo(font).pixelSize() * scale)))
    return made
