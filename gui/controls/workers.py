"""How many workers: a spin box and a slider that say the same, with a mark at the number of usable cores."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QStyle, QVBoxLayout, QWidget

from gui.controls.row import Fault, set_flag
from gui.controls.spin import LARGEST, NumberSpin, shortfall
from gui.figures import grouped
from gui.theme import ThemeSource
from gui.translations import sentence

SLIDER_MOST = 64
_HANDLE = 16


class _MarkedSlider(QSlider):
    """A slider with a tick under the number of usable cores."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.mark: int | None = None
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The slider, and the tick over it."""
        super().paintEvent(event)
        if self.mark is None or not self.minimum() <= self.mark <= self.maximum():
            return
        handle = round(_HANDLE * self.height() / 28)
        x = (
            QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self.mark, self.width() - handle)
            + handle / 2
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.theme.muted))
        painter.drawRoundedRect(QRectF(x - 1, self.height() - 6, 2, 6), 1, 1)


@dataclass(frozen=True)
class Running:
    """What can be done with the number of workers while a run is on."""

    words: str
    enabled: bool = True
    most: int | None = None
    """As far as it can be turned up, where that is less than this machine allows."""


class Workers(QWidget):
    """The number of workers.

    Signals:
        changed(int): another number was chosen.
    """

    changed = Signal(int)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cap, self._reason, self._cores, self._kind = SLIDER_MOST, "", 0, "threads"
        self._running: Running | None = None
        self.spin = NumberSpin(1, LARGEST)
        self.spin.setObjectName("workersSpin")
        self.spin.setAccessibleName(self.tr("Number of workers"))
        self.slider = _MarkedSlider(theme)
        self.slider.setObjectName("workersSlider")
        self.slider.setAccessibleName(self.tr("Number of workers, slider"))
        self.slider.setRange(1, SLIDER_MOST)
        self.slider.setPageStep(4)
        self.hint = QLabel()
        self.hint.setObjectName("workersHint")
        self.hint.setProperty("muted", True)
        self.hint.setProperty("small", True)
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.fault = Fault()
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.slider, 1)
        line.addWidget(self.spin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addSpacing(2)
        layout.addWidget(self.hint)
        layout.addWidget(self.fault)
        self.slider.valueChanged.connect(self.spin.setValue)
        self.spin.valueChanged.connect(self._changed)
        self.spin.mended.connect(lambda: self._changed(self.spin.value()))

    def value(self) -> int:
        """The number of workers asked for; it may be above the cap, which is then said."""
        return self.spin.value()

    def problem(self) -> str:
        """Why what was typed is no number of workers; empty where it is one."""
        return shortfall(self.spin, self.tr("The number of workers"))

    def set_value(self, workers: int) -> None:
        """Show `workers`."""
        self.spin.setValue(min(workers, LARGEST))

    def show_limits(self, kind: str, cap: int, reason: str, cores: int) -> None:
        """Take the bounds: what one worker is (as `ModelInfo.workers_are`), the most of them, why, and the cores."""
        self._kind, self._cap, self._reason, self._cores = kind, cap, reason, cores
        self._bound()

    def show_running(self, running: Running | None) -> None:
        """Take what a run under way allows; None where there is none, or its model is not the chosen one."""
        if running != self._running:
            self._running = running
            self._bound()

    def _bound(self) -> None:
        running = self._running
        cap = min(self._cap, running.most) if running and running.most else self._cap
        self.spin.ceiling = cap
        self.slider.mark = self._cores
        self.slider.blockSignals(True)
        self.slider.setRange(1, max(1, min(cap, SLIDER_MOST)))
        self.slider.setValue(self.spin.value())
        self.slider.blockSignals(False)
        for widget in (self.slider, self.spin):
            widget.setEnabled(self._kind != "none" and (running is None or running.enabled))
            widget.setToolTip(running.words if running else "")
        self._word()
        self.slider.update()

    def say(self, text: str) -> None:
        """Show what is wrong with the number, or nothing."""
        self.fault.say(text)
        self.hint.setVisible(not text)
        set_flag(self.spin, "bad", bool(text))

    def _changed(self, workers: int) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(workers)
        self.slider.blockSignals(False)
        self._word()
        self.changed.emit(workers)

    def _word(self) -> None:
        # Two lines always: what stands below must not move when a run begins.
        self.hint.setMinimumHeight(2 * self.hint.fontMetrics().lineSpacing())
        if self._kind == "none":
            self.hint.setText(self.tr("Runs in the main thread, one task at a time."))
        elif self._running is not None:
            self.hint.setText(self._running.words)
        elif self._kind == "coroutines":
            self.hint.setText(self.tr("One thread runs them all: only waits overlap."))
        elif self._cores == 1:
            self.hint.setText(self.tr("1 usable core: beyond, only waits overlap."))
        elif self._cores:
            self.hint.setText(self.tr("{0} usable cores: beyond, only waits overlap.").format(self._cores))
        too_many = self._kind != "none" and self._reason and self.value() > self._cap
        self.say(
            self.tr("At most {0} here, set by {1}.").format(grouped(self._cap), sentence(self._reason))
            if too_many
            else ""
        )
