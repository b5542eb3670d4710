"""What is painted around and over the timeline's picture: names, times, selection, drops, legend."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPixmap

from gui.charts.time_area import RIGHT
from gui.charts.timeline_inks import fill_of, line_on, swatch
from gui.charts.timeline_paint import PATTERNS
from gui.charts.timeline_rows import TimelineRow
from gui.figures import monospace, tabular
from gui.theme import Theme

MOST_LABELS = 100
SWATCH = 12
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Frame:
    """Where things are, in logical pixels."""

    top: float
    """Of the first row."""
    left: float
    """Where time begins."""
    width: float
    """Of the time area."""
    rows: int
    """In sight."""
    pitch: float
    """From row to row."""
    strip: float
    """Height of a strip."""
    start: int
    end: int
    """What is shown, ns."""
    band: float = 0.0
    """Height of what was sampled, under each strip."""

    @classmethod
    def left_of(cls, font: QFont, width: int) -> float:
        """Where time begins: after a PID and a name, which take a third of the width at most."""
        digit = QFontMetricsF(monospace(font, 12 / 13)).horizontalAdvance("0")
        letter = QFontMetricsF(tabular(font, 12 / 13)).averageCharWidth()
        return float(round(min(digit * 8 + letter * 20, width / 3)))

    @property
    def area(self) -> QRectF:
        """The rows' time area."""
        return QRectF(self.left, self.top, self.width, self.rows * self.pitch)

    def x(self, t_ns: float) -> float:
        """Where an instant lies."""
        return self.left + (t_ns - self.start) / max(1, self.end - self.start) * self.width

    def t(self, x: float) -> int:
        """Which instant lies there."""
        return self.start + round((x - self.left) / max(1.0, self.width) * (self.end - self.start))

    def strip_of(self, row: int) -> QRectF:
        """The strip of a row."""
        return QRectF(self.left, self.top + row * self.pitch, self.width, self.strip)


class Kept:
    """A picture that is painted once, and again when what it depends on changes."""

    def __init__(self) -> None:
        self._key: object = None
        self._picture = QPixmap()

    def show(
        self, painter: QPainter, box: QRectF, key: object, card: str, ratio: float, paint: Callable[[QPainter], None]
    ) -> None:
        """Put it into `box`, on the colour `card`; `paint` paints it anew where `key` is another, from (0, 0) on."""
        key = (key, box.width(), box.height(), card, ratio)
        if key != self._key:
            self._key = key
            self._picture = QPixmap(max(1, round(box.width() * ratio)), max(1, round(box.height() * ratio)))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(QColor(card))
            inner = QPainter(self._picture)
            paint(inner)
            inner.end()
        painter.drawPixmap(box.topLeft(), self._picture)


class Names:
    """The column of PIDs and lanes."""

    def __init__(self) -> None:
        self._kept = Kept()

    def draw(
        self,
        painter: QPainter,
        frame: Frame,
        rows: Sequence[tuple[TimelineRow, str]],
        chosen: int | None,
        theme: Theme,
        font: QFont,
        ratio: float,
    ) -> None:
        """`rows` in sight with their names; `chosen`: the track that is selected."""
        cells = tuple((row.track.number, row.pid, row.opens, row.pinned, name) for row, name in rows)
        key = (cells, frame.pitch, chosen, theme, font.key())
        box = QRectF(0, frame.top, frame.left, frame.rows * frame.pitch)
        self._kept.show(
            painter, box, key, theme.card, ratio, lambda inner: self._paint(inner, frame, rows, chosen, theme, font)
        )

    def _paint(
        self,
        painter: QPainter,
        frame: Frame,
        rows: Sequence[tuple[TimelineRow, str]],
        chosen: int | None,
        theme: Theme,
        font: QFont,
    ) -> None:
        mono, small = monospace(font, 12 / 13), tabular(font, 12 / 13)
        pid_width = QFontMetricsF(mono).horizontalAdvance("0") * 8
        metrics = QFontMetricsF(small)
        for i, (row, name) in enumerate(rows):
            y, height = i * frame.pitch, frame.strip
            if row.opens and i:
                painter.setPen(QPen(QColor(theme.line), 1))
                painter.drawLine(QPointF(0, y - (frame.pitch - frame.strip) / 2), QPointF(frame.left - 4, y - 1))
            if row.track.number == chosen:
                painter.fillRect(QRectF(0, y, 3, height), QColor(theme.accent))
            painter.setFont(mono)
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(6, y, pid_width, height), _LEFT | _MIDDLE, row.pid)
            painter.setFont(small)
            painter.setPen(QColor(theme.text if row.track.number == chosen else theme.muted))
            left = 6 + pid_width
            if row.pinned:
                painter.fillRect(QRectF(left, y + height / 2 - 3, 6, 6), QColor(theme.accent))
                left += 10
            room = frame.left - left - 8
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRectF(left, y, room, height), _LEFT | _MIDDLE, shown)


@dataclass(frozen=True)
class Tick:
    """A label below the rows."""

    x: float
    text: str
    left: float
    """Where the text begins."""


def place_ticks(frame: Frame, ticks: Iterable[tuple[float, str]], font: QFont) -> list[Tick]:
    """Labels at (x, text), those left out that would touch the one to the right."""
    metrics = QFontMetricsF(font)
    taken, placed = float("inf"), []
    for x, text in sorted(ticks, reverse=True):
        half = metrics.horizontalAdvance(text) / 2
        middle = min(x, frame.left + frame.width + RIGHT - half - 1)
        fits = middle + half + 6 <= taken
        taken = middle - half if fits else taken
        placed.append(Tick(x, text if fits else "", middle - half))
    return placed


def draw_times(
    painter: QPainter, frame: Frame, ticks: Iterable[Tick], zero: float | None, lines: bool, theme: Theme, font: QFont
) -> None:
    """Labels below the rows, with hairlines over them where `lines`; and a line at the start of the clock."""
    painter.setFont(font)
    base = frame.area.bottom() + 1 + QFontMetricsF(font).ascent()
    hair, muted = QColor(theme.muted), QColor(theme.muted)
    hair.setAlpha(60)
    painter.setPen(muted)
    for tick in ticks:
        if lines:
            painter.fillRect(QRectF(tick.x, frame.top, 1, frame.area.height()), hair)
        else:
            painter.fillRect(QRectF(tick.x, frame.area.bottom() - 2, 1, 3), muted)
        if tick.text:
            painter.drawText(QPointF(tick.left, base), tick.text)
    if zero is not None:
        painter.setPen(QPen(muted, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(zero, frame.top), QPointF(zero, frame.area.bottom()))


def draw_stretch(painter: QPainter, frame: Frame, start: int, end: int, theme: Theme) -> None:
    """The selected interval."""
    left, right = max(frame.x(start), frame.left), min(frame.x(end), frame.left + frame.width)
    if right < left:
        return
    colour = QColor(theme.accent)
    colour.setAlpha(46)
    area = frame.area
    painter.fillRect(QRectF(left, area.top(), right - left, area.height()), colour)
    painter.setPen(QPen(QColor(theme.accent), 1))
    for x in (left, right):
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))


def draw_hatched(painter: QPainter, frame: Frame, row: int, start: int, end: int, colour: str) -> None:
    """A stretch of a row, hatched and outlined above and below."""
    left, right = max(frame.x(start), frame.left), min(frame.x(end), frame.left + frame.width)
    if right <= left:
        return
    strip = frame.strip_of(row)
    box = QRectF(left, strip.top(), max(2.0, right - left), strip.height())
    painter.fillRect(box, QBrush(QColor(colour), Qt.BrushStyle.DiagCrossPattern))
    painter.setPen(QPen(QColor(colour), 1))
    painter.drawLine(box.topLeft(), box.topRight())
    painter.drawLine(box.bottomLeft(), box.bottomRight())


def draw_wait(
    painter: QPainter, frame: Frame, row: int, start: int, end: int, name: str, pattern: str, theme: Theme
) -> QRectF:
    """A wait that goes on, as a span of its kind would look. Returns its rectangle, as far as it is in sight; empty outside."""
    left, right = max(frame.x(start), frame.left), min(frame.x(end), frame.left + frame.width)
    if right <= left:
        return QRectF()
    strip = frame.strip_of(row)
    box = QRectF(left, strip.top(), max(2.0, right - left), strip.height())
    fill = QColor(fill_of(theme, name))
    painter.fillRect(box, fill)
    tile = PATTERNS[pattern]
    image = QImage(tile.shape[1], tile.shape[0], QImage.Format.Format_RGB32)
    image.fill(fill)
    line = line_on(fill.rgb() & 0xFFFFFF)
    for y, x in np.argwhere(tile).tolist():
        image.setPixel(x, y, line)
    painter.fillRect(box, QBrush(image))
    return box


def draw_outline(painter: QPainter, frame: Frame, row: int, start: int, end: int, theme: Theme) -> None:
    """The chosen span."""
    left, right = max(frame.x(start), frame.left - 1), min(frame.x(end), frame.left + frame.width + 1)
    if right < left:
        return
    strip = frame.strip_of(row)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = QRectF(left, strip.top(), max(3.0, right - left), strip.height() - 1)
    painter.setPen(QPen(QColor(theme.card), 3))
    painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
    painter.setPen(QPen(QColor(theme.text), 1.5))
    painter.drawRect(box)


def draw_label(painter: QPainter, box: QRectF, text: str, ink: str, ground: str = "") -> None:
    """A span's number or the name of what it waits for, in its rectangle; on `ground` where its pattern would blur it."""
    if ground:
        wide = min(painter.fontMetrics().horizontalAdvance(text) + 4.0, box.width() - 3)
        painter.fillRect(QRectF(box.left() + 2, box.top() + 1, wide, box.height() - 2), QColor(ground))
    painter.setPen(QColor(ink))
    painter.drawText(box.adjusted(4, 0, -3, 0), _LEFT | _MIDDLE, text)


class TimelineLegend:
    """What the colours and patterns in sight mean."""

    def __init__(self) -> None:
        self._kept = Kept()

    def draw(
        self,
        painter: QPainter,
        box: QRectF,
        items: Sequence[tuple[str, str, str]],
        theme: Theme,
        font: QFont,
        ratio: float,
    ) -> None:
        """(colour's name, pattern, word) of each, in as many lines as there is room for."""
        key = (tuple(items), theme, font.key())
        self._kept.show(
            painter, box, key, theme.card, ratio, lambda inner: self._paint(inner, box, items, theme, font, ratio)
        )

    def _paint(
        self,
        painter: QPainter,
        box: QRectF,
        items: Sequence[tuple[str, str, str]],
        theme: Theme,
        font: QFont,
        ratio: float,
    ) -> None:
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        x, y, height = 0.0, 0.0, min(box.height(), metrics.height() + 2)
        size = round(SWATCH * ratio)
        for name, pattern, word in items:
            width = metrics.horizontalAdvance(word)
            if x and x + SWATCH + 5 + width > box.width():
                x, y = 0.0, y + height
            if y + height > box.height() + 2 or SWATCH + 5 + width > box.width():
                return
            top = y + (height - SWATCH) / 2
            painter.fillRect(QRectF(x, top, SWATCH, SWATCH), QColor(fill_of(theme, name)))
            line = QColor.fromRgb(line_on(QColor(fill_of(theme, name)).rgb() & 0xFFFFFF))
            for a, b in swatch(pattern, size):
                painter.fillRect(QRectF(x + a / ratio, top + b / ratio, 1 / ratio, 1 / ratio), line)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(x + SWATCH + 5, y, width + 2, height), _LEFT | _MIDDLE, word)
            x += SWATCH + 5 + width + 14


def draw_elided(painter: QPainter, box: QRectF, text: str, colour: str, font: QFont) -> bool:
    """Text from the top of a box on, in three lines at most; returns whether all of it was shown."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    metrics = painter.fontMetrics()
    top = int(_LEFT) | int(Qt.AlignmentFlag.AlignTop)
    wrapped = top | int(Qt.TextFlag.TextWordWrap)
    # Measured as it will be drawn: characters that another font lends may make a line higher.
    needed = painter.boundingRect(QRectF(0, 0, box.width(), 10_000), wrapped, text).height()
    if needed <= box.height() and needed < 3.9 * metrics.height():
        painter.drawText(box, wrapped, text)
        return True
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, top, shown)
    return shown == text
