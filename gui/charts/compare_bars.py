"""CompareBars: where the time of two runs went, a bar each, one under the other and each as wide as all of its time."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.charts.compare_part import LEFT, LETTERS, RIGHT, ComparePart
from gui.charts.kinds import KindWords, fill, ink, plain
from gui.figures import grouped, percent
from gui.theme import ThemeSource
from workers.insight.accounts import NAMES

GAP = 6


class CompareBars(ComparePart):
    """A above B."""

    def __init__(self, theme: ThemeSource, kinds: KindWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, "compareBars", "", parent)
        self._kinds = kinds
        self.setAccessibleName(self.tr("Where the time of both runs went"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _line(self) -> float:
        return float(int(QFontMetricsF(self.small()).height() * 1.45))

    def minimumSizeHint(self) -> QSize:
        """Both bars."""
        return QSize(120, int(2 * self._line() + GAP + 4))

    sizeHint = minimumSizeHint

    def _left(self) -> float:
        return QFontMetricsF(self.small()).horizontalAdvance("A  0 000.0 s") + 10

    def _parts(self, run: int) -> list[tuple[str, float, QRectF]]:
        """(kind, seconds, where) of a run."""
        found = self.runs[run]
        if found is None or not found.seconds.sum():
            return []
        left, line = self._left(), self._line()
        wide, wall, x, parts = max(1.0, self.width() - left - 14), float(found.seconds.sum()), left, []
        for name, seconds in zip(NAMES, found.seconds.tolist(), strict=True):
            width = wide * seconds / wall
            if width >= 0.25:
                parts.append((name, seconds, QRectF(x, 1 + run * (line + GAP), width, line)))
            x += width
        return parts

    def things(self) -> list[tuple[QRectF, str]]:
        """Every part of both bars."""
        told = []
        for i, run in enumerate(self.runs):
            for name, seconds, box in self._parts(i):
                wall = float(run.seconds.sum()) if run is not None else 1.0
                text = self.tr("{letter}: {kind} {s} s, {n} % of {wall} s").format(
                    letter=LETTERS[i],
                    kind=self._kinds.word(name),
                    s=grouped(seconds, 3),
                    n=percent(seconds / wall),
                    wall=grouped(wall, 3),
                )
                told.append((box, f"{text}\n{self._kinds.meaning(name)}"))
        return told

    def paintEvent(self, event: QPaintEvent) -> None:
        """The letters, the lengths, the bars with the shares in them."""
        painter = QPainter(self)
        theme, line, left = self._theme.theme, self._line(), self._left()
        for i, run in enumerate(self.runs):
            if run is None:
                continue
            top, wall = 1 + i * (line + GAP), float(run.seconds.sum())
            font = QFont(self.small())
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(2, top, left, line), LEFT, LETTERS[i])
            painter.setFont(self.small())
            painter.setPen(QColor(theme.muted))
            seconds = (
                self.tr("{n} s").format(n=grouped(wall, 2 if wall < 9.995 else 1)) if wall else self.tr("not known")
            )
            painter.drawText(QRectF(0, top, left - 10, line), RIGHT, seconds)
            for name, amount, box in self._parts(i):
                fill(painter, box, name, theme)
                self._paint_share(painter, name, amount / wall, box)
        self.frame(painter)

    def _paint_share(self, painter: QPainter, name: str, share: float, box: QRectF) -> None:
        words = self.tr("{n} %").format(n=percent(share))
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(words)
        if width + 10 > box.width():
            return
        theme = self._theme.theme
        plate = QRectF(0, 0, width + 6, min(box.height() - 2, metrics.height()))
        plate.moveCenter(box.center())
        painter.fillRect(plate, QColor(plain(name, theme)))
        painter.setPen(QColor(theme.text if name == "unknown" else ink(name, theme)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
