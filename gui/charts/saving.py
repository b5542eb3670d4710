"""Writing charts to files: pictures and data. Every failure is an OSError whose text is one clear sentence."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from gui.figures import tabular
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


def save_csv(header: Sequence[str], rows: Iterable[Sequence[object]], path: str | Path) -> None:
    """Write a table as UTF-8 with commas. Raises OSError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write(path, text.getvalue().encode())


def write(path: str | Path, content: bytes) -> None:
    """Put `content` in place in one step: whatever happens, no half file is left and an old one stays whole."""
    target = Path(path)
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes files for the owner alone; a saved chart gets what any new file would.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, target)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise OSError(error.errno, f"{target} was not saved: {error.strerror or error}.") from error


def _size(widget: QWidget) -> QSize:
    return QSize(widget.width() + 2 * MARGIN, widget.height() + CAPTION + MARGIN)


def _draw(painter: QPainter, widget: QWidget, caption: str, theme: Theme, size: QSize) -> None:
    painter.fillRect(QRect(QPoint(0, 0), size), QColor(theme.card))
    painter.setFont(tabular(widget.font(), 1.0, QFont.Weight.DemiBold))
    painter.setPen(QColor(theme.muted))
    line = QRectF(MARGIN, 0, size.width() - 2 * MARGIN, CAPTION)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, caption)
    widget.render(painter, QPoint(MARGIN, CAPTION), renderFlags=QWidget.RenderFlag.DrawChildren)
