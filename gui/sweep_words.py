"""A sweep in words of the window's language: cells, times, sentences of a recommendation, laws."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from gui.figures import grouped
from gui.run_names import RunNames
from gui.translations import sentence, told
from gui.words import rate
from workers.contract.sweep import Cell, SweepState
from workers.sweep.words import WORDS, Said, duration

if TYPE_CHECKING:
    from workers.sweep.crossover import BreakEven
    from workers.sweep.intervals import Estimate
    from workers.sweep.laws import Curve
    from workers.sweep.recommend import Evidence


FLAT = 0.9
"""Contention from which a peak says nothing: the curve is flat."""


class SweepWords(QObject):
    """Puts sweeps into words. Knows the titles of models once the catalogue is there."""

    def __init__(self, names: RunNames, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = names

    # ---- cells ---------------------------------------------------------------------------------------------------
    def model(self, key: str) -> str:
        """The title of a model."""
        catalogue = self._names.catalogue
        info = catalogue.models.get(key) if catalogue is not None else None
        return told(info.title) if info is not None else key

    def cell(self, cell: Cell) -> str:
        """Model, workers, chunk size: "Process pool × 2, 16 at a time"."""
        text = self.model(cell.model)
        if cell.model != "sequential":
            text = f"{text} × {grouped(cell.workers)}"
        return self._parts(text, cell)

    def _parts(self, text: str, cell: Cell) -> str:
        if cell.chunksize > 1:
            text = self.tr("{0}, {1} at a time").format(text, grouped(cell.chunksize))
        if cell.size:
            text = self.tr("{0}, size {1}").format(text, f"{cell.size:g}")
        return text

    def said(self, said: Said) -> str:
        """A sentence of a recommendation."""
        values = {name: sentence(told(value)) for name, value in said.values.items()}
        return QCoreApplication.translate("Sweep", WORDS[said.id]).format(**values)

    def evidence(self, item: "Evidence") -> tuple[str, str]:
        """A number with its unit, and what it is of."""
        if item.unit == "s":
            number = duration(item.value)
        elif item.unit == "times":
            number = self.tr("{0} ×").format(self.times(item.value))
        else:
            number = rate(item.value) if item.unit else grouped(round(item.value))
        return number, self.said(item.said)

    @staticmethod
    def times(value: float) -> str:
        """A ratio with as many digits as mean something."""
        return grouped(value, 2 if value < 9.95 else 1 if value < 99.5 else 0)

    def interval(self, found: "Estimate | None") -> str:
        """Its ends, or why there are none."""
        if found is None:
            return ""
        if found.low is None or found.high is None:
            return self.tr("one round")
        return self.tr("{0} to {1}").format(rate(found.low), rate(found.high))

    # ---- how it stands -------------------------------------------------------------------------------------------
    def standing(self, state: SweepState) -> str:
        """How a sweep stands, in a line."""
        total = state.rounds_done + state.rounds_left
        if state.phase == "preparing":
            return self.tr("Asking the interpreter what it can run …")
        if state.phase == "failed":
            return state.problem
        done = self.tr("{0} of {1} rounds").format(grouped(state.rounds_done), grouped(total))
        if state.phase == "done":
            return self.tr("Done: {0} rounds in {1}.").format(grouped(state.rounds_done), self.span(state.spent_s))
        if state.phase == "stopped":
            return self.tr("Stopped after {0}. What was measured is kept: it can go on from here.").format(done)
        parts = [done]
        if state.current is not None:
            parts.append(self.cell(state.current))
        if state.left_s is not None:
            parts.append(self.tr("about {0} left").format(self.span(state.left_s)))
        return "  ·  ".join(parts)

    def span(self, seconds: float) -> str:
        """A time to wait."""
        if seconds < 99.5:
            return self.tr("{0} s").format(grouped(round(seconds)))
        if seconds < 5_970:
            return self.tr("{0} min").format(grouped(seconds / 60, 1 if seconds < 600 else 0))
        return self.tr("{0} h").format(grouped(seconds / 3600, 1))

    # ---- laws ----------------------------------------------------------------------------------------------------
    def curve(self, curve: "Curve") -> str:
        """What a curve is of: model, chunk size, size."""
        return self._parts(self.model(curve.cell.model), curve.cell)

    def law(self, curve: "Curve") -> str:
        """What the law says of a model, in a sentence."""
        name = self.curve(curve)
        if curve.usl is None:
            if not curve.why_not:
                return self.tr("{0}: the law follows when the sweep is over.").format(name)
            return self.tr("{0}: no law was fitted. {1}").format(name, sentence(curve.why_not))
        fit = curve.usl
        contention, coherency = self._percent(fit.alpha), self._percent(fit.beta)
        if fit.alpha > FLAT:
            end = self.tr("more workers gain next to nothing")
        elif math.isinf(fit.peak_workers):
            end = self.tr("no peak: more workers do more, as far as the law goes")
        else:
            end = self.tr("the most with {0} workers").format(grouped(fit.peak_workers, 1))
        return self.tr("{0}: {1} of the work is done one at a time, each pair of workers costs {2}; {3}.").format(
            name, contention, coherency, end
        )

    def law_explained(self, curve: "Curve") -> str:
        """The coefficients with their intervals, and where the law comes from."""
        fit = curve.usl
        if fit is None:
            return self.tr("A law needs at least four numbers of workers, and points that lie on a curve.")
        lines = [
            self.tr("Contention (alpha): {0}, from {1} to {2}").format(
                f"{fit.alpha:.4f}", *(f"{end:.4f}" for end in fit.alpha_interval)
            ),
            self.tr("Coherency (beta): {0}, from {1} to {2}").format(
                f"{fit.beta:.5f}", *(f"{end:.5f}" for end in fit.beta_interval)
            ),
            self.tr("One worker (gamma): {0} tasks/s").format(rate(fit.gamma)),
        ]
        if math.isfinite(fit.peak_workers):
            low, high = (f"{end:.1f}" if math.isfinite(end) else "∞" for end in fit.peak_interval)
            lines.append(self.tr("Peak: {0} workers, from {1} to {2}").format(f"{fit.peak_workers:.1f}", low, high))
        lines.append(
            self.tr("Measurements lie {0} beside it.").format(self._percent(fit.spread / max(fit.gamma, 1e-12)))
        )
        if curve.amdahl is not None:
            lines.append(self.tr("Amdahl's law: {0} is serial.").format(self._percent(curve.amdahl.alpha)))
        lines.append(self.tr("Universal Scalability Law: N. J. Gunther, Guerrilla Capacity Planning, 2007."))
        return "\n".join(lines)

    def break_even(self, pair: "BreakEven") -> str:
        """Where one model begins to win over another, in a sentence."""
        if pair.task_s is None:
            return self.tr("{0} wins over {1} throughout: no crossover in the measured range.").format(
                self.model(pair.short), self.model(pair.other)
            )
        ends = ""
        if pair.low_s is not None and pair.high_s is not None:
            ends = self.tr(" ({0} to {1})").format(duration(pair.low_s), duration(pair.high_s))
        return self.tr("Below {0} per task{1} {2} wins, above it {3}.").format(
            duration(pair.task_s), ends, self.model(pair.short), self.model(pair.long)
        )

    def _percent(self, share: float) -> str:
        return self.tr("{0} %").format(grouped(100 * share, 1 if share < 0.0995 else 0))
