"""Chart: what all charts share. A chart looks at one RunStore and redraws only when something it shows has changed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gui.charts import saving
from gui.charts.ghost import Ghost
from gui.charts.labels import Aside
from gui.charts.saving import Piece
from gui.charts.scales import nice_step, ticks
from gui.charts.time_area import RIGHT, Columns
from gui.figures import MINUS, grouped, tabular
from gui.files import write_csv
from gui.run_names import SEPARATOR, RunNames
from gui.theme import Theme, ThemeSource
from gui.translations import sentence
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

LIVE_SPAN_S = 60.0
"""How far back a live chart reaches."""

Series = dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]


@dataclass(frozen=True)
class TimeWindow:
    """What stretch of time a chart shows. x is in seconds from `zero_ns`."""

    live: bool
    """Whether x = 0 is now and moves on; else it is the start of the clock."""
    zero_ns: int
    start_s: float
    end_s: float

    def x(self, t_ns: Any) -> Any:
        """Where an instant (or an array of them) lies."""
        return (t_ns - self.zero_ns) / 1e9

    @classmethod
    def of(cls, store: RunStore) -> "TimeWindow":
        """The last minute up to now while a run is on; the whole run when it is over."""
        if store.ended is None and store.phase.active:
            return cls(True, store.now_ns, -LIVE_SPAN_S, 0.0)
        zero = store.clock_start_ns or (store.started.asked_ns if store.started else store.now_ns)
        last = store.ended.ended_ns if store.ended else store.now_ns
        return cls(False, zero, 0.0, max((last - zero) / 1e9, 1e-3))


class Chart(QWidget):
    """A picture of one run. Subclasses draw in `_redraw` and say in `_state` what their picture depends on."""

    title = ""
    """Shown at the head of its card and in saved pictures; set by the subclass, translated."""
    axes = ("time (s)", "value")
    """Names and units of x and y in saved data."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme_source = theme
        self._store = RunStore()
        self._drawn: object = None
        self._ready = False
        """Whether the subclass is built; its constructor ends with `_built`."""
        self.head: QWidget | None = None
        """A small widget for the right end of the card's head."""
        self.which = Aside(theme)
        """Beside the title: which run it is that is shown, once it is over."""
        self.names = RunNames()
        """Says models and workloads in words; the window puts in one that knows the catalogue."""
        self.ghost: Ghost | None = None
        """The kept run that lies behind the one on show, in charts that can draw it."""
        theme.changed.connect(self._on_theme)

    # ---- for the window -------------------------------------------------------------------------------------------
    @property
    def theme(self) -> Theme:
        """The colours in force."""
        return self._theme_source.theme

    @property
    def store(self) -> RunStore:
        """The run that is shown."""
        return self._store

    def show_store(self, store: RunStore) -> None:
        """Show this store from now on; it clears itself when a new run starts."""
        self._store = store
        self._drawn = None
        self.refresh()

    def show_ghost(self, ghost: Ghost | None) -> None:
        """Lay a kept run behind the one on show, or take it away."""
        if ghost is not self.ghost:
            self.ghost = ghost
            self.refresh()

    def refresh(self) -> None:
        """Redraw if anything that can be seen changed since the last time; costs next to nothing if not."""
        store = self._store
        window = TimeWindow.of(store)
        # While time moves on, a frame is due when the picture has moved by something one can see.
        moved = store.now_ns // self._frame_ns() if window.live else store.revision
        look = (self.theme.name, self.width(), self.height(), self.devicePixelRatioF(), self.font().pixelSize())
        # The run itself is part of the state: another one may have the same revision.
        state = (store, store.started, store.phase, window.live, moved, look, self.ghost, self._state())
        if state != self._drawn:
            self._drawn = state
            self._redraw()
            self.show_which()

    def series(self) -> Series:
        """What is drawn now: name -> (x, y)."""
        raise NotImplementedError

    def caption(self) -> str:
        """One line that says what a saved picture shows."""
        started = self._store.started
        return self.title if started is None else f"{self.title}{SEPARATOR}{self.names.short(started.config)}"

    def pieces(self) -> list[Piece]:
        """What of it makes up a saved picture, from top to bottom: no buttons."""
        return [Piece(self)]

    def show_which(self) -> None:
        """Say beside the title which run is shown: what is chosen by now may be another one."""
        self.which.show_text(self._which_words())

    def save_png(self, path: str | Path) -> None:
        """Write the picture, twice as fine as on screen. Raises OSError with the reason in a sentence."""
        saving.save_png(self.pieces(), self.caption(), self.theme, path)

    def save_svg(self, path: str | Path) -> None:
        """Write the picture as vectors. Raises OSError with the reason in a sentence."""
        saving.save_svg(self.pieces(), self.caption(), self.theme, path)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        saving.copy(self.pieces(), self.caption(), self.theme)

    def save_csv(self, path: str | Path) -> None:
        """Write what is drawn, one row a point. Raises OSError with the reason in a sentence."""
        rows = [
            (name, f"{a:.6f}", f"{b:.6g}") for name, (x, y) in self.series().items() for a, b in zip(x, y, strict=True)
        ]
        write_csv(("series", *self.axes), rows, path)

    # ---- for subclasses -------------------------------------------------------------------------------------------
    def _frame_ns(self) -> int:
        """Time after which a live picture differs: it has moved by half a pixel. At most 60 times a second."""
        return max(16_000_000, int(LIVE_SPAN_S * 1e9 / max(1, self.width()) / 2))

    def _state(self) -> object:
        """What else the picture depends on."""
        return None

    def _which_words(self) -> str:
        """The run that is over, in words; empty while it goes on."""
        store = self._store
        if store.started is None or store.ended is None:
            return ""
        seconds = grouped(store.elapsed_s, 2 if store.elapsed_s < 1 else 1)
        return SEPARATOR.join((self.names.short(store.started.config), self.tr("{0} s").format(seconds)))

    def _redraw(self) -> None:
        """Bring the picture up to date."""
        raise NotImplementedError

    def _restyle(self) -> None:
        """Take colours and fonts anew."""

    def _built(self) -> None:
        """Called at the end of a subclass's constructor: from now on changes of the font are followed."""
        self._ready = True
        self._restyle()
        self.refresh()

    def _waiting_note(self) -> str:
        """Why there is nothing to draw yet, in words; empty once the clock runs."""
        store = self._store
        if store.phase is RunPhase.STARTING:
            return self.tr("Starting: the host process is being launched …")
        if store.phase is RunPhase.WARMING:
            return self.tr("Starting: workers come up; the clock starts when all are ready …")
        if store.clock_start_ns is None:
            if store.ended is not None:
                reason = sentence(store.ended.error or "") or self.tr("It was stopped.")
                return self.tr("The run ended before its clock started. {reason}").format(reason=reason)
            if store.phase.active:
                return self.tr("The run is being stopped; its clock had not started.")
        return ""

    def _time_room(self) -> float:
        """Width of the time area, the same in all charts."""
        return max(1.0, self.width() - Columns.of(self.font(), self.width()).start - RIGHT)

    def _time_ticks(self, window: TimeWindow) -> list[tuple[float, str]]:
        """Where the time axis has its labels, the same in all charts and no more than there is room for: (x, text)."""
        label = QFontMetricsF(tabular(self.font(), 12 / 13)).horizontalAdvance(f"{MINUS}60 s") + 16
        most = max(1, int(self._time_room() / label))
        if window.live:
            step = next((step for step in (10.0, 20.0, 30.0) if LIVE_SPAN_S / step <= most), LIVE_SPAN_S)
            stops = ticks(window.start_s, window.end_s, step)
            return [(s, self.tr("now") if s == 0 else self.tr("{n} s").format(n=f"{MINUS}{-s:.0f}")) for s in stops]
        step = nice_step(window.end_s, min(7, most))
        digits = max(0, -int(np.floor(np.log10(step))))
        return [(s, self.tr("{n} s").format(n=grouped(s, digits))) for s in ticks(0.0, window.end_s, step)]

    def _on_theme(self) -> None:
        self._restyle()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type: all that was measured with the old one is measured anew, at once."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._ready:
            self._on_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Redraw in the new size."""
        super().resizeEvent(event)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while out of sight, in the fonts that hold by now."""
        super().showEvent(event)
        self._restyle()
        self.refresh()
