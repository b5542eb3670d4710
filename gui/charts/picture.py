"""PictureView: what the tasks of a run paint together, as it grows."""

import time
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.charts.colours import ramp
from gui.files import write
from gui.theme import Theme, ThemeSource
from workers.contract.batch import Picture
from workers.insight.store import RunStore

SAVED_WIDTH = 1200
"""A saved picture is enlarged by a whole number until it is about this wide."""
_DUTY = 8
"""Colouring may take one part in so many of the time: a very large picture is drawn less often."""


class PictureView(QWidget):
    """The picture of the run, in whole pixels, as large as its room and in its own shape."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._store = RunStore()
        self._shown: Picture | None = None
        self._image = QImage()
        self._took, self._at = 0.0, 0.0
        self.setObjectName("pictureView")
        self.setAccessibleName(self.tr("Picture: what the tasks have painted so far"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 60)
        theme.changed.connect(self._recolour)

    # ---- for the window -------------------------------------------------------------------------------------------
    def show_store(self, store: RunStore) -> None:
        """Show this store from now on."""
        self._store = store
        self.refresh()

    def refresh(self) -> None:
        """Draw what was painted since the last time."""
        picture = self._store.picture
        if picture is self._shown:
            return
        if self._store.ended is None and time.perf_counter() - self._at < self._took * _DUTY:
            return
        self._shown = picture
        self._recolour()

    def pixels(self) -> NDArray[np.uint8]:
        """What is shown, one byte a pixel: (height, width); (0, 0) where there is no picture."""
        picture = self._shown
        if picture is None:
            return np.zeros((0, 0), np.uint8)
        return np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width).copy()

    def colours(self) -> QImage:
        """What is shown, a pixel a pixel, in the colours of the theme."""
        return self._image

    def save_png(self, path: str | Path) -> None:
        """Write the picture, enlarged by a whole number. Raises OSError with the reason in a sentence."""
        if self._image.isNull():
            raise OSError(self.tr("There is no picture to save: run a workload that paints one."))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not self._large().save(buffer, "PNG"):  # type: ignore[call-overload]
            raise OSError(self.tr("{0} was not saved: Qt could not encode the picture.").format(path))
        write(path, bytes(buffer.data().data()))

    def copy(self) -> None:
        """Put the picture, as it would be saved, on the clipboard."""
        if not self._image.isNull():
            QGuiApplication.clipboard().setImage(self._large())

    # ---- drawing --------------------------------------------------------------------------------------------------
    def _recolour(self) -> None:
        self._at = time.perf_counter()
        self._image = coloured(self.pixels(), self._theme.theme)
        self._took = time.perf_counter() - self._at
        if self._shown is not None:
            size = self.tr("{0} by {1} pixels").format(self._shown.width, self._shown.height)
            self.setToolTip(size)
            self.setAccessibleDescription(size)
        self.update()

    def _large(self) -> QImage:
        times = max(1, round(SAVED_WIDTH / max(1, self._image.width())))
        return self._image.scaled(self._image.size() * times)

    def area(self) -> QRect:
        """Where the picture lies in the widget: in the middle, as large as fits, in its own shape."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(
            (self.width() - size.width()) // 2, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def sizeHint(self) -> QSize:
        """As large as its own pixels, within reason."""
        return self._image.size().boundedTo(QSize(640, 480)).expandedTo(QSize(160, 120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture with softened corners and a hairline; a frame with the focus."""
        if self._image.isNull():
            return
        theme, area = self._theme.theme, QRectF(self.area())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(area, 6, 6)
        painter.save()
        painter.setClipPath(path)
        # Enlarged, a pixel stays a square; made smaller, none may be left out.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, area.width() < self._image.width())
        painter.drawImage(area, self._image)
        painter.restore()
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), 1.5 if self.hasFocus() else 1))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def coloured(pixels: NDArray[np.uint8], theme: Theme) -> QImage:
    """Bytes (height, width) as an image: 0 is ink, 1 to 255 go along the theme's ramp."""
    height, width = pixels.shape
    if not height or not width:
        return QImage()
    values = _table(theme.name)[pixels]
    # The image borrows the memory: the copy owns its own.
    return QImage(values.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


@lru_cache(maxsize=2)
def _table(name: str) -> NDArray[np.uint32]:
    return ramp(name)
