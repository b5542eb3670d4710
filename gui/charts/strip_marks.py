"""StripMarks: draws the events of a run on the strips of the activity chart, and puts them into words."""

from html import escape
from signal import Signals

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.charts.event_marks import RANK, Cluster, Event, EventMarks
from gui.charts.mark_glyphs import SIGNS, Glyphs
from gui.charts.pid_lives import StripRow
from gui.figures import MINUS, grouped
from gui.theme import ThemeSource
from gui.translations import sentence
from workers.insight.store import RunStore

GAP = 7 / 9
"""Events less than this part of a sign apart share one."""
MOST_LINES = 8
LONGEST_LINE = 140
MOST_LABELS = 2
"""Exit codes written out per strip; beyond that the sign and its tooltip say it."""


class StripMarks(QObject):
    """The events on the strips in sight. Call `find`, `place`, then `draw`."""

    def __init__(self, theme: ThemeSource, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._glyphs = Glyphs()
        self._marks = EventMarks()
        self._zero_ns = 0
        self.shown: list[list[tuple[float, Cluster]]] = []
        """By strip in sight: x in pixels, and what stands there."""

    # ---- what to draw ---------------------------------------------------------------------------------------------
    def find(self, store: RunStore, rows: list[StripRow], known: object) -> None:
        """Give the events of the store their strips. `known` tells whether the rows are those of the last time."""
        self._marks.find(store, rows, known)
        self._zero_ns = store.clock_start_ns or (store.started.asked_ns if store.started else 0)

    def place(
        self, strips: range, edges: NDArray[np.int64], final: bool, left: float, ratio: float, font: QFont
    ) -> None:
        """Place the events of these strips. `edges`: times (ns) of the columns, `ratio` of them to a pixel from `left` on;
        `final`: they end with the run.
        """
        self._glyphs.take(self._theme.theme, font, ratio)
        start, end = int(edges[0]), int(edges[-1])
        pixel = (end - start) / (len(edges) - 1) * ratio
        gap = max(1, int(self._glyphs.size * GAP * pixel))
        self.shown = [
            [
                (left + (cluster.t_ns - start) / pixel, cluster)
                for cluster in self._marks.clusters(i, start, end, gap, final)
            ]
            for i in strips
        ]

    def clear(self) -> None:
        """No strip is in sight."""
        self.shown = []

    def description(self) -> str:
        """How many of each kind the run had, for those who do not see them; empty where there were none."""
        counts = ", ".join(f"{self.word(kind)}: {grouped(n)}" for kind, n in self._by_rank())
        return self.tr("Events: {counts}.").format(counts=counts) if counts else ""

    def _by_rank(self) -> list[tuple[str, int]]:
        return sorted(self._marks.counts.items(), key=lambda item: RANK[item[0]])

    # ---- painting -------------------------------------------------------------------------------------------------
    def draw(self, painter: QPainter, top: float, pitch: float, height: float, right: float) -> None:
        """Draw the signs, in the middle of their strips. Strips are `pitch` apart; nothing is written beyond `right`.

        Where kinds stand together and the strip is high enough, the two that matter most are drawn above each other.
        """
        size = self._glyphs.size
        most = 2 if height >= 2.6 * size else 1
        for i, clusters in enumerate(self.shown):
            middle = top + i * pitch + height / 2
            self._label(painter, clusters, middle, height, right)
            pairs = [(x, cluster) for x, cluster in clusters if len(cluster.kinds) >= 2 <= most]
            alone = [(c.kind, c.count > 1, x) for x, c in clusters if len(c.kinds) == 1 or most == 1]
            self._glyphs.draw(painter, middle, alone)
            self._glyphs.draw(painter, middle - size * 0.6, [(c.kinds[0], False, x) for x, c in pairs])
            self._glyphs.draw(painter, middle + size * 0.6, [(c.kinds[1], c.count > 2, x) for x, c in pairs])

    def _label(
        self, painter: QPainter, clusters: list[tuple[float, Cluster]], middle: float, height: float, right: float
    ) -> None:
        """Write out how a process ended that did not end well, where there is room beside its sign."""
        killed = [(j, x, c) for j, (x, c) in enumerate(clusters) if c.kind == "killed" and c.count == 1]
        if len(killed) > MOST_LABELS:
            return
        theme, half = self._theme.theme, self._glyphs.size / 2 + 4
        metrics = QFontMetricsF(painter.font())
        taken = 0.0
        for j, x, cluster in killed:
            words = self.how(cluster.events[0])
            wide = metrics.horizontalAdvance(words) + 6
            after = clusters[j + 1][0] - half if j + 1 < len(clusters) else right
            before = max(taken, clusters[j - 1][0] + half if j else 0.0)
            box = QRectF(x + half, middle - height / 2 + 1, wide, height - 2)
            if box.right() > after:
                box.moveRight(x - half)
                if box.left() < before:
                    continue
            taken = box.right()
            painter.fillRect(box, QColor(theme.card))
            painter.setPen(QColor(theme.bad))
            base = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(box.left() + 3, base), words)

    def draw_legend(self, painter: QPainter, rect: QRectF) -> None:
        """Sign and word of every kind that occurred, right-aligned; as many as there is room for, the gravest first."""
        items = [(kind, self.word(kind)) for kind, _ in self._by_rank()]
        if not items or not self.shown:
            return
        metrics = QFontMetricsF(painter.font())
        sign = self._glyphs.size + 5
        wide = [sign + metrics.horizontalAdvance(word) + 14 for _, word in items]
        more = metrics.horizontalAdvance("+99")
        n = len(items)
        while n and sum(wide[:n]) + (more if n < len(items) else 0) > rect.width():
            n -= 1
        rest = f"+{len(items) - n}" if n < len(items) else ""
        x = rect.right() - sum(wide[:n]) - (more if rest else -14)
        base = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.setPen(QColor(self._theme.theme.muted))
        for (kind, word), width in zip(items[:n], wide, strict=False):
            self._glyphs.draw(painter, rect.center().y(), [(kind, False, x + self._glyphs.size / 2)])
            painter.drawText(QPointF(x + sign, base), word)
            x += width
        if rest:
            painter.drawText(QPointF(x, base), rest)

    # ---- words ----------------------------------------------------------------------------------------------------
    def words_at(self, strip: int, x: float) -> list[str]:
        """The events at a place of a strip, one a line; empty where there are none."""
        near = self._glyphs.size / 2 + 3
        found = [(abs(at - x), cluster) for at, cluster in self.shown[strip] if abs(at - x) <= near]
        if not found:
            return []
        cluster = min(found, key=lambda pair: pair[0])[1]
        lines = [self._line(event) for event in cluster.events[:MOST_LINES]]
        if cluster.count > MOST_LINES:
            lines.append(self.tr("… and {n} more").format(n=grouped(cluster.count - MOST_LINES)))
        return [self.tr("%n event(s)", "", cluster.count), *lines] if cluster.count > 1 else lines

    def all_words(self) -> list[str]:
        """How many events of each kind there were, one a line."""
        return [f"{self.word(kind)}: {grouped(n)}" for kind, n in self._by_rank()]

    def _line(self, event: Event) -> str:
        seconds = (event.t_ns - self._zero_ns) / 1e9
        when = self.tr("{n} s").format(n=grouped(seconds, 3) if seconds >= 0 else f"{MINUS}{-seconds:.3f}")
        what = self.how(event) if event.exit_code is not None else " ".join(sentence(event.text).split())
        word = event.word if event.kind == "other" else self.word(event.kind)
        line = f"{when}  {what}" if event.exit_code is not None else f"{when}  {word}: {what}"
        return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"

    def how(self, event: Event) -> str:
        """How a process ended: "exit 1", or the name of the signal."""
        code = event.exit_code or 0
        if code >= 0:
            return self.tr("exit {n}").format(n=code)
        try:
            return Signals(-code).name
        except ValueError:
            return self.tr("signal {n}").format(n=-code)

    def word(self, kind: str) -> str:
        """A kind in a word or two."""
        words = {
            "deadlock": self.tr("deadlock"),
            "lost": self.tr("lost"),
            "killed": self.tr("exit ≠ 0"),
            "stalled": self.tr("stands still"),
            "cut off": self.tr("cut off"),
            "daemon": self.tr("daemon cut off"),
            "signal": self.tr("signal"),
            "paused": self.tr("paused"),
            "break": self.tr("broken on request"),
            "thawed": self.tr("goes on"),
            "stop": self.tr("stop"),
            "resumed": self.tr("goes on"),
            "master": self.tr("main is done"),
            "callback": self.tr("callback"),
            "eof": self.tr("end of pipe"),
            "joined": self.tr("joined"),
            "sent": self.tr("sent"),
            "received": self.tr("received"),
            "result": self.tr("result"),
            "other": self.tr("other"),
            "exit": self.tr("exit 0"),
        }
        assert words.keys() == SIGNS.keys()
        return words[kind]


def as_tooltip(words: str) -> str:
    """Lines for a tooltip, shown letter by letter: what a worker wrote may look like HTML."""
    return f'<p style="white-space: pre">{escape(words)}</p>'
