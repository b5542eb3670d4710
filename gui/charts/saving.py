"""Pictures of charts in files. Every failure is an OSError whose text is one clear sentence."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from gui.figures import tabular
from gui.files import write
from gui.theme import Theme

MARGIN = 14
CAPTION = 32
"""Height of the line above the picture."""


def save_png(widget: QWidget, caption: str, theme: Theme, path: str | Path) -> None:
    """Write `widget` under a caption, at two pixels for one. Raises OSError."""
    size = _size(widget)
    image = QImage(size * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    painter = QPainter(image)
    try:
        _draw(painter, widget, caption, theme, size)
    finally:
        painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise OSError(f"{path} was not saved: Qt could not encode the picture.")
    write(path, bytes(buffer.data().data()))


def save_svg(widget: QWidget, caption: str, theme: Theme, path: str | Path) -> None:
    """Write `widget` under a caption as vectors. Raises OSError."""
    size = _size(widget)
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
        _draw(painter, widget, caption, theme, size)
    finally:
        painter.end()
    write(path, bytes(data.data()))


def _size(widget: QWidget) -> QSize:
    return QSize(widget.width() + 2 * MARGIN, widget.height() + CAPTION + MARGIN)


def _draw(painter: QPainter, widget: QWidget, caption: str, theme: Theme, size: QSize) -> None:
    painter.fillRect(QRect(QPoint(0, 0), size), QColor(theme.card))
    painter.setFont(tabular(widget.font(), 1.0, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.muted))
    line = QRectF(MARGIN, 0, size.width() - 2 * MARGIN, CAPTION)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, caption)
    widget.render(painter, QPoint(MARGIN, CAPTION), renderFlags=QWidget.RenderFlag.DrawChildren)
