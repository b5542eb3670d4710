"""The quiet line at the foot: progress, counters, losses, our own cost."""

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from gui.controls.row import set_flag
from gui.figures import grouped, rate, tabular
from gui.theme import ThemeSource
from gui.words import DOT, brief, padded
from workers.contract.phase import RunPhase

if TYPE_CHECKING:
    from workers.insight.store import RunStore

_STEPS = 1000
_GAP = 16
_RATE_NS = 2_000_000_000


class ProgressLine(QProgressBar):
    """A thin bar. Without a known end a piece of it travels along; `advance` moves it, so it costs nothing at rest."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._travel = 0
        self.setTextVisible(False)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Eight pixels high."""
        return QSize(200, 8)

    minimumSizeHint = sizeHint

    def advance(self) -> None:
        """One frame further, where there is no known end."""
        if self.maximum() == 0:
            self._travel = (self._travel + 1) % 120
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A track and its filled part, with round ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.setClipPath(path)
        painter.fillRect(track, QColor(self._theme.theme.line))
        if self.maximum() == 0:
            width = track.width() * 0.28
            left = -width + (track.width() + width) * self._travel / 120
            filled = QRectF(left, 0, width, track.height())
        else:
            filled = QRectF(0, 0, track.width() * self.value() / max(1, self.maximum()), track.height())
        painter.setBrush(QColor(self._theme.theme.accent))
        painter.drawRoundedRect(filled, track.height() / 2, track.height() / 2)


class Foot(QWidget):
    """Progress and status."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = ProgressLine(theme)
        self.progress.setObjectName("progressBar")
        self.progress.setAccessibleName(self.tr("Progress of the run"))
        self.progress.setRange(0, _STEPS)
        self.status = QLabel()
        self.status.setObjectName("statusLine")
        self.status.setAccessibleName(self.tr("Status"))
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.status.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.cost = QLabel()
        self.cost.setObjectName("costLine")
        self.cost.setToolTip(
            self.tr(
                "Events dropped: found their telemetry ring full. Own cost: what reading and sampling takes of one core."
            )
        )
        for label in (self.status, self.cost):
            label.setProperty("muted", True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        line.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.status, 1)
        line.addWidget(self.cost)
        self._message = ""
        self._recent: deque[tuple[int, int]] = deque()
        self.say(self.tr("Choose on the left, then press Run (Ctrl+R)."))

    def restyle(self) -> None:
        """Take fonts of the present size."""
        for label in (self.status, self.cost):
            label.setFont(tabular(label.font()))
        self.progress.setFixedHeight(max(8, self.status.fontMetrics().height() // 2))

    def say(self, text: str, bad: bool = False) -> None:
        """Show a message until the next run starts; a mark says that it is a bad one."""
        self._message = text
        self._set_status(f"✕ {text}" if bad else text, bad)

    def begin(self) -> None:
        """A run is starting: the counters have the line from now on."""
        self._message = ""
        self._recent.clear()
        self.progress.setRange(0, 0)
        self._set_status(self.tr("Starting: the clock waits until every worker is ready."), False)

    def rest(self) -> None:
        """No run: an empty track."""
        self.progress.setRange(0, _STEPS)
        self.progress.setValue(0)

    def show_run(self, store: "RunStore", phase: RunPhase) -> None:
        """Bring counters and progress up to the store."""
        if store.started is None:
            return
        counts, config = store.counts, store.started.config
        ended = counts.done + counts.failed
        self._recent.append((store.now_ns, ended))
        while len(self._recent) > 2 and self._recent[0][0] < store.now_ns - _RATE_NS:
            self._recent.popleft()
        pace = self._pace(store.elapsed_s, ended, phase)
        self._show_progress(store, phase, ended)
        self.cost.setText(
            DOT.join(
                (
                    self.tr("events dropped {0}").format(grouped(store.dropped)),
                    self.tr("own cost {0} % of a core").format(f"{store.own_cpu_share * 100:.1f}"),
                )
            )
        )
        if self._message or (store.clock_start_ns is None and phase.active):
            return
        if store.ended is not None and store.ended.error:
            self._set_status(f"✕ {store.ended.error}", True)
            return
        parts = [self._amount(ended, config.tasks, store, phase), self.tr("{0}/s").format(rate(pace))]
        if phase is RunPhase.RUNNING:
            parts.append(self._left(ended, config.tasks, config.seconds, store.elapsed_s, pace))
        parts.append(self.tr("failed {0}").format(grouped(counts.failed)) + (" ✕" if counts.failed else ""))
        parts.append(self.tr("lost {0}").format(grouped(counts.lost)))
        self._set_status(DOT.join(part for part in parts if part), False)

    def _pace(self, elapsed: float, ended: int, phase: RunPhase) -> float:
        """Tasks per second: of the last two seconds while it runs, of the whole run afterwards."""
        if phase is RunPhase.RUNNING and len(self._recent) > 1:
            (first_ns, first), (last_ns, last) = self._recent[0], self._recent[-1]
            if last_ns - first_ns > _RATE_NS // 4:
                return (last - first) / ((last_ns - first_ns) / 1e9)
        return ended / elapsed if elapsed > 0 else 0.0

    def _amount(self, ended: int, tasks: int | None, store: "RunStore", phase: RunPhase) -> str:
        if phase.active:
            if tasks is None:
                return self.tr("{0} tasks").format(grouped(ended))
            return self.tr("{0} of {1}").format(padded(ended, tasks), grouped(tasks))
        text = self.tr("{0} tasks in {1} s").format(
            grouped(ended), grouped(store.elapsed_s, 2 if store.elapsed_s < 10 else 1)
        )
        return self.tr("{0}, stopped").format(text) if store.ended is not None and store.ended.stopped else text

    def _left(self, ended: int, tasks: int | None, seconds: float | None, elapsed: float, pace: float) -> str:
        ends = []
        if tasks is not None and pace > 0:
            ends.append((tasks - ended) / pace)
        if seconds is not None:
            ends.append(seconds - elapsed)
        return self.tr("{0} left").format(brief(min(ends))) if ends else ""

    def _show_progress(self, store: "RunStore", phase: RunPhase, ended: int) -> None:
        if store.started is None or (store.clock_start_ns is None and phase.active):
            return
        config = store.started.config
        shares = []
        if config.tasks:
            shares.append(ended / config.tasks)
        if config.seconds:
            shares.append(store.elapsed_s / config.seconds)
        if phase.active and not shares:
            self.progress.setRange(0, 0)
            return
        self.progress.setRange(0, _STEPS)
        share = max(shares) if shares else 1.0
        self.progress.setValue(round(_STEPS * min(1.0, share)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: the status goes before the cost."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self.progress.width() + self.status.sizeHint().width() + self.cost.sizeHint().width() + 2 * _GAP
        self.cost.setVisible(wanted <= self.width())

    def _set_status(self, text: str, bad: bool) -> None:
        set_flag(self.status, "bad", bad)
        set_flag(self.status, "muted", not bad)
        if text != self.status.text():
            self.status.setText(text)
            self.status.setToolTip(text)
            self._fit()
