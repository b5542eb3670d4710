"""AccountBars: one stacked bar for the run and one for each lane, as wide as all its time."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.charts.account_data import GHOST, AccountData, LaneAccount
from gui.charts.account_words import AccountWords
from gui.charts.kinds import fill, ink, plain
from gui.charts.telling import ScrolledRows, draw_focus, tell
from gui.figures import grouped, monospace, percent
from gui.theme import ThemeSource
from workers.insight.accounts import NAMES

GAP = 4
_THIN = 0.6
"""Of a row's height has the bar of a ghost."""
PAD = 12
"""Pixels right of the bars."""
INSET = 6
"""Pixels left of the names: clear of the ring that shows the keyboard's place."""


class AccountBars(ScrolledRows):
    """The run's bar stays at the top, the lanes' scroll. Arrow keys go from part to part and tell its figures."""

    def __init__(self, theme: ThemeSource, words: AccountWords, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = words
        self._data: AccountData | None = None
        self._columns = 0.0, 0.0, 0.0
        """Where the names begin, where the lengths end, where the bars begin, px."""
        self._pitch = 1.0
        """Height of a row with its gap, px."""
        self._pid_font, self._font, self._strong = QFont(), QFont(), QFont()
        self._at: tuple[int, str] | None = None
        """The part that the keyboard is at: row and kind."""
        self.setObjectName("accountBars")
        self.setAccessibleName(self.tr("Where the time went, a bar for the run and one for each lane"))
        self._ready = True

    def show_data(self, data: AccountData | None) -> None:
        """Show these rows."""
        self._data = data
        if data is None or (self._at is not None and self._at[0] >= len(data.rows)):
            self._at = None
        self._fit()
        self._tell()
        self.viewport().update()

    @property
    def rows(self) -> tuple[LaneAccount, ...]:
        """What is shown, the run's first."""
        return self._data.rows if self._data is not None else ()

    # ---- geometry -------------------------------------------------------------------------------------------------
    def _fit(self) -> None:
        """Measuring type is what costs most: once for all rows."""
        self._pid_font, self._font, self._strong = monospace(self.font(), 12 / 13), self._small(), self._small()
        self._strong.setWeight(QFont.Weight.DemiBold)
        small = QFontMetricsF(self._font)
        name = QFontMetricsF(self._pid_font).horizontalAdvance("0000000") + 8 + INSET
        names = max((small.horizontalAdvance(self._words.lane(row)) for row in self.rows), default=0.0)
        names = min(max(names, small.horizontalAdvance("thread 00")), small.horizontalAdvance("m" * 14))
        length = name + names + 10 + small.horizontalAdvance("0 000.0 s")
        self._columns = name, length, length + 10
        # As high as fits, from one line to nearly two.
        text, room = small.height(), self.viewport().height() / max(1, len(self.rows))
        self._pitch = float(int(min(max(room, text + GAP), text * 1.9 + GAP)))
        hidden = round(self._pitch * len(self.rows)) - self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, hidden))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(self._pitch))

    def _top(self, i: int) -> float:
        return self._pitch * i - (self.verticalScrollBar().value() if i else 0)

    def _parts(self, i: int) -> list[tuple[str, QRectF]]:
        """The parts of a row, with where they lie."""
        row, left = self.rows[i], self._columns[2]
        wide, wall = max(1.0, self.viewport().width() - left - PAD), row.wall_s
        found, x = [], left
        top, height = self._top(i), self._pitch - GAP
        if row.kind == GHOST:
            # Thin: it is another run.
            top, height = top + 1, height * _THIN
        for name, seconds in zip(NAMES, row.seconds.tolist(), strict=True):
            width = wide * seconds / wall if wall else 0.0
            if width >= 0.25:
                found.append((name, QRectF(x, top, width, height)))
            x += width
        return found

    # ---- painting -------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """The lanes in sight, then the run above them."""
        if not self.rows:
            return
        painter = QPainter(self.viewport())
        row, height = self._pitch, self.viewport().height()
        painter.save()
        painter.setClipRect(QRectF(0, row, self.viewport().width(), max(0.0, height - row)))
        first = max(1, int(self.verticalScrollBar().value() / row))
        for i in range(first, len(self.rows)):
            if self._top(i) > height:
                break
            self._paint_row(painter, i)
        painter.restore()
        self._paint_row(painter, 0)
        if self.hasFocus() and self._at is None:
            draw_focus(painter, self.viewport(), self._theme.theme)

    def _paint_row(self, painter: QPainter, i: int) -> None:
        row, theme, top, height = self.rows[i], self._theme.theme, self._top(i), self._pitch - GAP
        name, length, _ = self._columns
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        again = i > 1 and row.pid == self.rows[i - 1].pid
        painter.setPen(QColor(theme.muted if again or not row.counts else theme.text))
        if row.pid:
            painter.setFont(self._pid_font)
            painter.drawText(QRectF(INSET, top, name - INSET, height), left, str(row.pid))
        font = self._font if i else self._strong
        painter.setFont(font)
        painter.setPen(QColor(theme.text if row.counts else theme.muted))
        begin = INSET if not row.pid else name
        seconds = self.tr("{n} s").format(n=grouped(row.wall_s, 2 if row.wall_s < 9.995 else 1))
        metrics = QFontMetricsF(font)
        room = length - begin - metrics.horizontalAdvance(seconds) - 8
        shown = metrics.elidedText(self._words.lane(row), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(begin, top, room, height), left, shown)
        painter.setPen(QColor(theme.muted))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRectF(0, top, length, height), right, seconds)
        parts = self._parts(i)
        painter.setOpacity(0.6 if row.kind == GHOST else 1.0)
        for kind, box in parts:
            fill(painter, box, kind, theme)
        painter.setOpacity(1.0)
        if row.kind != GHOST:
            for kind, box in parts:
                self._paint_share(painter, metrics, row, kind, box)
        if self._at is not None and self._at[0] == i and self.hasFocus():
            for kind, box in parts:
                if kind == self._at[1]:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setPen(QPen(QColor(theme.text), 2))
                    painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_share(self, painter: QPainter, metrics: QFontMetricsF, row: LaneAccount, kind: str, box: QRectF) -> None:
        words = self.tr("{n} %").format(n=percent(float(row.seconds[NAMES.index(kind)]) / row.wall_s))
        width = metrics.horizontalAdvance(words)
        if width + 10 > box.width():
            return
        theme = self._theme.theme
        # On the plain colour: a pattern behind figures makes them hard to read.
        plate = QRectF(0, 0, width + 6, min(box.height() - 2, metrics.height()))
        plate.moveCenter(box.center())
        painter.fillRect(plate, QColor(plain(kind, theme)))
        painter.setPen(QColor(theme.text if kind == "unknown" else ink(kind, theme)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    # ---- telling --------------------------------------------------------------------------------------------------
    def words_at(self, point: QPointF) -> str:
        """What can be said of a point; empty outside the rows."""
        row = self._pitch
        i = 0 if point.y() < row else int((point.y() + self.verticalScrollBar().value()) // row)
        if not 0 <= i < len(self.rows):
            return ""
        for kind, box in self._parts(i):
            if box.left() <= point.x() < box.right():
                return self._words.part(self.rows[i], kind)
        return self._words.all_parts(self.rows[i]) if point.x() < self._columns[2] else ""

    def _tell(self) -> None:
        """The part that the keyboard is at, or all of the run, to a screen reader."""
        if not self.rows:
            words = ""
        elif self._at is None:
            words = self._words.all_parts(self.rows[0])
        else:
            words = self._words.part(self.rows[self._at[0]], self._at[1])
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from part to part; Page, Home and End further."""
        key, page = Qt.Key(event.key()), max(1, int(self.viewport().height() / self._pitch) - 1)
        down = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -len(self.rows),
            Qt.Key.Key_End: len(self.rows),
        }.get(key)
        aside = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if not self.rows or (down is None and aside is None):
            super().keyPressEvent(event)
            return
        i, kind = self._at or (0, "")
        if self._at is not None and down is not None:
            i = min(max(0, i + down), len(self.rows) - 1)
        self._scroll_to(i)
        parts = self._parts(i)
        if not parts:
            return
        names = [name for name, _ in parts]
        place = names.index(kind) if kind in names else 0
        if self._at is not None and aside is not None:
            place = min(max(0, place + aside), len(names) - 1)
        self._at = (i, names[place])
        self._tell()
        self.viewport().update()
        tell(self, parts[place][1].bottomLeft().toPoint())

    def _scroll_to(self, i: int) -> None:
        bar, row = self.verticalScrollBar(), self._pitch
        if i and self._top(i) < row:
            bar.setValue(round(row * (i - 1)))
        elif self._top(i) + row > self.viewport().height():
            bar.setValue(round(row * (i + 1) - self.viewport().height()))
