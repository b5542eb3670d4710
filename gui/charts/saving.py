"""Pictures of charts in files. Every failure is an OSError whose text is one clear sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from gui.figures import tabular
from gui.files import write
from gui.theme import Theme

MARGIN = 14
CAPTION = 32
"""Height of the line above the picture."""
GAP = 6
"""Between its pieces."""


@dataclass(frozen=True)
class Piece:
    """A part of a picture: a widget, without `top` pixels of it, and without its children where these are controls."""

    widget: QWidget
    top: int = 0
    children: bool = True

    @property
    def size(self) -> QSize:
        """What it takes in the picture."""
        return QSize(self.widget.width(), max(1, self.widget.height() - self.top))


def picture(pieces: Sequence[Piece], caption: str, theme: Theme) -> QImage:
    """The pieces below each other under a caption, at two pixels for one."""
    size = _size(pieces)
    image = QImage(size * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    painter = QPainter(image)
    try:
        _draw(painter, pieces, caption, theme, size)
    finally:
        painter.end()
    return image


def save_png(pieces: Sequence[Piece], caption: str, theme: Theme, path: str | Path) -> None:
    """Write them as a picture. Raises OSError."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture(pieces, caption, theme).save(buffer, "PNG"):  # type: ignore[call-overload]
        raise OSError(f"{path} was not saved: Qt could not encode the picture.")
    write(path, bytes(buffer.data().data()))


def copy(pieces: Sequence[Piece], caption: str, theme: Theme) -> None:
    """Put the picture on the clipboard."""
    QGuiApplication.clipboard().setImage(picture(pieces, caption, theme))


def save_svg(pieces: Sequence[Piece], caption: str, theme: Theme, path: str | Path) -> None:
    """Write them under a caption as vectors. Raises OSError."""
    size = _size(pieces)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(0, 0), size))
    generator.setTitle(caption)
    painter = QPainter(generator)
    try:
        _draw(painter, pieces, caption, theme, size)
    finally:
        painter.end()
    write(path, bytes(data.data()))


def _size(pieces: Sequence[Piece]) -> QSize:
    sizes = [piece.size for piece in pieces]
    height = sum(size.height() for size in sizes) + GAP * (len(sizes) - 1)
    return QSize(max(size.width() for size in sizes) + 2 * MARGIN, height + CAPTION + MARGIN)


def _draw(painter: QPainter, pieces: Sequence[Piece], caption: str, theme: Theme, size: QSize) -> None:
    painter.fillRect(QRect(QPoint(0, 0), size), QColor(theme.card))
    y = CAPTION
    for piece in pieces:
        flags = QWidget.RenderFlag.DrawChildren if piece.children else QWidget.RenderFlag(0)
        piece.widget.render(painter, QPoint(MARGIN, y), QRegion(QRect(QPoint(0, piece.top), piece.size)), flags)
        y += piece.size.height() + GAP
    # Last: what is cut away at the top of a piece is painted in vectors all the same.
    painter.setFont(tabular(pieces[0].widget.font(), 1.0, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.muted))
    line = QRectF(MARGIN, 0, size.width() - 2 * MARGIN, CAPTION)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, caption)
