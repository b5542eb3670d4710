"""The quiet line at the foot: progress, counters, losses, our own cost."""

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from gui.controls.row import set_flag
from gui.figures import grouped, rate, tabular
from gui.stop_words import in_the_end, under_way
from gui.theme import ThemeSource
from gui.translations import sentence
from gui.words import DOT, FIGURE, brief, padded
from workers.contract.phase import RunPhase

if TYPE_CHECKING:
    from workers.insight.store import RunStore

_STEPS = 1000
_GAP = 16
_RATE_NS = 2_000_000_000
_BRIEF_MS = 5_000
"""How long a message said in mid-run stands before the counters have the line again."""
_NARROW = 96
"""The progress bar is not made shorter than this."""
_NAMED = 3
"""So many PIDs of processes that stand still are named."""


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
        self._say_cost("")
        for label in (self.status, self.cost):
            label.setProperty("muted", True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        line.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.status, 1)
        line.addWidget(self.cost)
        self._message = ""
        self._shown: tuple[RunStore, RunPhase] | None = None
        self._length = 0
        """Of the progress bar, where there is room for all."""
        self._figures: dict[str, int] = {}
        """The longest that each figure has been in this run: its neighbours stay where they are."""
        self._recent: deque[tuple[int, int, int]] = deque()
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self.forget)
        self.say(self.tr("Choose on the left, then press Run (Ctrl+R)."))

    def _say_cost(self, more: str) -> None:
        """What the figures on the right mean; `more` goes before that."""
        text = self.tr(
            "Events dropped: found their telemetry ring full. Own cost: what reading and sampling takes of one core."
        )
        tip = f"{more}\n{text}" if more else text
        if tip != self.cost.toolTip():
            self.cost.setToolTip(tip)

    def restyle(self) -> None:
        """Take fonts of the present size."""
        for label in (self.status, self.cost):
            label.setFont(tabular(label.font()))
        self.progress.setFixedHeight(max(8, self.status.fontMetrics().height() // 2))

    def set_length(self, width: int) -> None:
        """How long the progress bar is where there is room for all."""
        self._length = width
        self._fit()

    def say(self, text: str, bad: bool = False, for_now: bool = False) -> None:
        """Show a message until the next run starts, or only `for_now`; a mark says that it is a bad one."""
        self._message = text
        self._fade.stop()
        if for_now:
            self._fade.start(_BRIEF_MS)
        self._set_status(f"✕ {text}" if bad else text, bad)

    def forget(self) -> None:
        """Take the message away: the figures of the run have the line again."""
        self._message = ""
        if self._shown is not None:
            self.show_run(*self._shown)

    def begin(self) -> None:
        """A run is starting: the counters have the line from now on."""
        self._message, self._shown = "", None
        self._fade.stop()
        self._figures.clear()
        self._recent.clear()
        self.progress.setRange(0, 0)
        self._set_status(self.tr("Starting: the clock waits until every worker is ready."), False)

    def rest(self) -> None:
        """No run: an empty track."""
        self.progress.setRange(0, _STEPS)
        self.progress.setValue(0)

    def show_run(self, store: "RunStore", phase: RunPhase) -> None:
        """Bring counters and progress up to the store."""
        if store.started is None or (phase.active and store.ended is not None):
            return  # nothing yet of the run that was asked for
        self._shown = store, phase
        counts, config = store.counts, store.started.config
        ended = counts.done + counts.failed
        self._recent.append((store.now_ns, ended, counts.done))
        while len(self._recent) > 2 and self._recent[0][0] < store.now_ns - _RATE_NS:
            self._recent.popleft()
        pace, done_pace = self._pace(store.elapsed_s, ended, counts.done, phase)
        self._show_progress(store, phase, ended)
        cost = DOT.join(
            (
                *self._memory(store, phase),
                self.tr("events dropped {0}").format(grouped(store.dropped)),
                self.tr("own cost {0} % of a core").format(f"{store.own_cpu_share * 100:.1f}".rjust(4, FIGURE)),
            )
        )
        if cost != self.cost.text():
            self.cost.setText(cost)
            self._fit()
        if phase is RunPhase.STOPPING and store.stop_step is not None:
            # Before all else that may be said: it lasts less than a second.
            self._set_status(under_way(store.stop_step, store.now_ns), False)
            return
        if store.ended is not None and store.ended.error and self._fade.isActive():
            self._fade.stop()
            self._message = ""  # it was for the run under way: how that ended is said now
        if self._message or (store.clock_start_ns is None and phase.active):
            return
        if store.ended is not None and store.ended.error:
            self._set_status(f"✕ {sentence(store.ended.error)}", True, self._checksum(store))
            return
        parts = [
            self._amount(ended, config.tasks, store, phase),
            self.tr("{0}/s").format(self._steady("rate", rate(done_pace), phase)),
        ]
        if phase is RunPhase.RUNNING:
            parts.append(self._left(ended, config.tasks, config.seconds, store.elapsed_s, pace))
        if phase is RunPhase.RUNNING and store.memory is not None and store.memory.held:
            parts.append(self.tr("▲ paused until memory falls"))
        parts.append(self.tr("failed {0}").format(grouped(counts.failed)) + (" ✕" if counts.failed else ""))
        parts.append(self.tr("lost {0}").format(grouped(counts.lost)))
        stalled = self._stalled(store) if phase.active else ""
        if stalled:
            parts.insert(0, stalled)
        self._set_status(DOT.join(part for part in parts if part), bool(stalled), self._checksum(store))

    def _stalled(self, store: "RunStore") -> str:
        """Who stands still; empty where nobody does."""
        pids = [str(row.pid) for row in store.stalled]
        if not pids:
            return ""
        if len(pids) == 1:
            return self.tr("‖ PID {0} stands still").format(pids[0])
        shown = self.tr(", ").join(pids[:_NAMED])
        more = self.tr(" …") if len(pids) > _NAMED else ""
        return self.tr("‖ {0} processes stand still: PID {1}").format(grouped(len(pids)), shown + more)

    def _memory(self, store: "RunStore", phase: RunPhase) -> list[str]:
        """What the run has of memory, and once it is over the most that it had. Its limit stands in the tooltip."""
        memory = store.memory
        if memory is None:
            return []
        tip = self.tr("Memory of the run: {0} MiB, at most {1} MiB, of {2} MiB that it may take.").format(
            *(grouped(count >> 20) for count in (memory.used, store.memory_peak, memory.limit))
        )
        self._say_cost(tip)
        mib = grouped((memory.used if phase.active else store.memory_peak) >> 20)
        return [self.tr("memory {0} MiB").format(self._steady("memory", mib, phase))]

    def _checksum(self, store: "RunStore") -> str:
        """The sum of all results, once the run is over: asking every lane is not for each frame."""
        if store.ended is None or store.checksum is None:
            return ""
        return self.tr("Checksum of all results: {0} (the same for every model, with the same seed)").format(
            f"{store.checksum:016x}"
        )

    def _pace(self, elapsed: float, ended: int, done: int, phase: RunPhase) -> tuple[float, float]:
        """Tasks ended and done per second: of the last two seconds while it runs, of the whole run afterwards."""
        if phase is RunPhase.RUNNING and len(self._recent) > 1:
            (first_ns, *first), (last_ns, *last) = self._recent[0], self._recent[-1]
            seconds = (last_ns - first_ns) / 1e9
            if last_ns - first_ns > _RATE_NS // 4:
                return (last[0] - first[0]) / seconds, (last[1] - first[1]) / seconds
        return (ended / elapsed, done / elapsed) if elapsed > 0 else (0.0, 0.0)

    def _steady(self, name: str, text: str, phase: RunPhase) -> str:
        """`text`, while the run is on padded to the longest that the figure of this name has been."""
        if not phase.active:
            return text
        width = self._figures[name] = max(len(text), self._figures.get(name, 3))
        return text.rjust(width, FIGURE)

    def _amount(self, ended: int, tasks: int | None, store: "RunStore", phase: RunPhase) -> str:
        if phase.active:
            if tasks is None:
                return self.tr("1 task") if ended == 1 else self.tr("{0} tasks").format(padded(ended, 9_999))
            return self.tr("{0} of {1}").format(padded(ended, tasks), grouped(tasks))
        seconds = grouped(store.elapsed_s, 2 if store.elapsed_s < 10 else 1)
        text = self.tr("1 task in {0} s").format(seconds)
        if ended != 1:
            text = self.tr("{0} tasks in {1} s").format(grouped(ended), seconds)
        stopped = store.ended is not None and store.ended.stopped
        return self.tr("{0}, {1}").format(text, in_the_end(store.stop_step)) if stopped else text

    def _left(self, ended: int, tasks: int | None, seconds: float | None, elapsed: float, pace: float) -> str:
        ends = []
        if tasks is not None and pace > 0:
            ends.append((tasks - ended) / pace)
        if seconds is not None:
            ends.append(seconds - elapsed)
        return self.tr("{0} left").format(self._steady("left", brief(min(ends)), RunPhase.RUNNING)) if ends else ""

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
        """Another width: room is shared anew."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The same whatever it says."""
        return QSize(2 * _NARROW, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """The status goes before the cost, and both before the length of the progress bar."""
        status, cost = self.status.sizeHint().width() + 8, self.cost.sizeHint().width()
        shown = self.width() - status - cost - 2 * _GAP >= _NARROW
        rest = self.width() - status - _GAP - (cost + _GAP if shown else 0)
        # In steps, so that a digit more does not make the bar quiver.
        length = min(self._length or rest, max(_NARROW, rest // 32 * 32))
        self.cost.setVisible(shown)
        if self.progress.width() != length or self.progress.minimumWidth() != length:
            self.progress.setFixedWidth(length)

    def _set_status(self, text: str, bad: bool, more: str = "") -> None:
        """`more` stands below the text in the tooltip."""
        set_flag(self.status, "bad", bad)
        set_flag(self.status, "muted", not bad)
        if text != self.status.text():
            self.status.setText(text)
            self._fit()
        tip = f"{text}\n{more}" if more else text
        if tip != self.status.toolTip():
            self.status.setToolTip(tip)
            self.status.setAccessibleDescription(more)
