"""CompareChart: two kept runs in pictures: throughput over one time, where the time went one under the other, latency."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gui.charts import saving
from gui.charts.base import Series
from gui.charts.compare_bars import CompareBars
from gui.charts.compare_latency import CompareLatency
from gui.charts.compare_part import LETTERS
from gui.charts.compare_rates import CompareRates
from gui.charts.ghost import Ghost
from gui.charts.kind_legend import KindLegend
from gui.charts.kinds import KindWords, occurring
from gui.charts.labels import Heading
from gui.charts.notes import Note
from gui.charts.saving import Piece
from gui.dots import Dots
from gui.files import write_csv
from gui.theme import ThemeSource
from workers.insight.accounts import NAMES


class CompareChart(QFrame):
    """The middle of the mode Compare."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("compareChart")
        self.setProperty("card", True)
        self.title = QCoreApplication.translate("CompareChart", "Comparison")
        self.setAccessibleName(self.title)
        self.runs: tuple[Ghost | None, Ghost | None] = (None, None)
        kinds = KindWords(self)
        self.rates, self.bars, self.latency = CompareRates(theme), CompareBars(theme, kinds), CompareLatency(theme)
        self.legend = KindLegend(theme, kinds)
        self.legend.setObjectName("compareLegend")
        self.note = Note(theme)
        self.note.setObjectName("compareNote")
        self.dots = Dots(theme)
        self.dots.setObjectName("compareMenu")
        self.dots.setAccessibleName(self.tr("Save or copy the comparison"))
        self.dots.setToolTip(self.dots.accessibleName())
        self.dots.setMenu(QMenu(self.dots))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(_yielding(Heading(theme, self.tr("Throughput"))), 1)
        top.addWidget(self.dots)
        column.addLayout(top)
        column.addWidget(self.rates, 3)
        column.addSpacing(8)
        column.addWidget(_yielding(Heading(theme, self.tr("Where the time went"))))
        column.addWidget(self.bars)
        column.addWidget(self.legend)
        column.addSpacing(8)
        column.addWidget(_yielding(Heading(theme, self.tr("Latency"))))
        column.addWidget(self.latency, 2)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.note)
        self._pages.addWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 12)
        outer.addWidget(self._pages)
        self.show_runs(None, None)

    def show_note(self, text: str) -> None:
        """Say why there is nothing to draw."""
        self.note.show_text(text)

    def show_runs(self, a: Ghost | None, b: Ghost | None) -> None:
        """Show these; one may be missing."""
        self.runs = (a, b)
        for part in (self.rates, self.bars, self.latency):
            part.show_runs(self.runs)
        seconds = [run.seconds for run in self.runs if run is not None]
        self.legend.show_kinds(occurring(np.sum(seconds, axis=0).tolist()) if seconds else ())
        self._pages.setCurrentIndex(1 if seconds else 0)

    def series(self) -> Series:
        """What is drawn: "A throughput" -> (s, tasks/s), "A accounts" -> (place in NAMES, s), "A service" -> (s, share), and so of B."""
        found: Series = {}
        for i, run in enumerate(self.runs):
            if run is None:
                continue
            found[f"{LETTERS[i]} throughput"] = self.rates.curves()[i]
            found[f"{LETTERS[i]} accounts"] = np.arange(len(NAMES), dtype=np.float64), run.seconds
            for kind in run.latency:
                edges, parts = self.latency.curves(kind)[i]
                found[f"{LETTERS[i]} {kind}"] = edges[:-1], parts
        return found

    # ---- saving ---------------------------------------------------------------------------------------------------
    def caption(self) -> str:
        """One line that says what a saved picture shows."""
        parts = [f"{letter}: {run.label}" for letter, run in zip(LETTERS, self.runs, strict=True) if run is not None]
        return "     ".join(parts)

    def pieces(self) -> list[Piece]:
        """What of it makes up a saved picture."""
        return [Piece(part) for part in (self.rates, self.bars, self.legend, self.latency)]

    def save_png(self, path: str | Path) -> None:
        """Write the picture. Raises OSError with the reason in a sentence."""
        saving.save_png(self.pieces(), self.caption(), self._theme.theme, path)

    def save_svg(self, path: str | Path) -> None:
        """Write the picture as vectors. Raises OSError with the reason in a sentence."""
        saving.save_svg(self.pieces(), self.caption(), self._theme.theme, path)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        saving.copy(self.pieces(), self.caption(), self._theme.theme)

    def save_csv(self, path: str | Path) -> None:
        """Write what is drawn, one row a point. Raises OSError with the reason in a sentence."""
        rows = [
            (name, f"{a:.9g}", f"{b:.9g}") for name, (x, y) in self.series().items() for a, b in zip(x, y, strict=True)
        ]
        write_csv(("series", "x", "y"), rows, path)


def _yielding(heading: Heading) -> Heading:
    """One that takes the room there is, and is never why there must be more."""
    heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    heading.setMinimumWidth(1)
    return heading
