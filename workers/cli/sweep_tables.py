"""A sweep and a recommendation on a terminal."""

import math
import sys
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from workers.cli.output import Output, printable
from workers.contract.sweep import Cell
from workers.sweep.crossover import BreakEven, Crossover
from workers.sweep.intervals import Estimate
from workers.sweep.laws import Curve, Ratio
from workers.sweep.recommend import Recommendation
from workers.sweep.report import Report
from workers.sweep.words import duration, number

if TYPE_CHECKING:  # it brings in scipy, and only what fits a law needs that
    from workers.insight.scaling import Fit

FLAT = 0.9
"""Contention from which a peak says nothing: the curve is flat."""
WIDE = 116
"""Columns that a table takes where there is no terminal that has fewer."""


def wide_output() -> Output:
    """Stdout; into a file or a pipe as wide as the tables are."""
    return Output() if sys.stdout.isatty() else Output(width=WIDE)


def print_sweep(found: Report) -> None:
    """The cells, the laws, the map and the recommendation."""
    console = wide_output()
    console.print(cells_table(found))
    for line in error_lines(found):
        console.print(Text(line, style="red"), soft_wrap=True)
    for item in found.state.left_out:
        console.print(Text(printable(f"left out: {item.model}: {item.why}"), style="dim"))
    for curve in found.curves:
        if len(curve.points) > 1:
            console.print(Text(f"\n{_curve_name(curve)}: scaling", style="bold"))
            for line in law_lines(curve):
                console.print(Text(printable(line)), soft_wrap=True)
    if found.crossover is not None:
        console.print()
        _print_crossover(console, found.crossover)
    if found.recommendation is not None:
        console.print()
        print_recommendation(console, found.recommendation)


def cells_table(found: Report) -> Table:
    """One row a cell: the fastest first within a size."""
    several = len(found.state.pythons) > 1
    chunks = any(row.cell.chunksize > 1 for row in found.rows)
    sizes = any(row.cell.size for row in found.rows)
    table = Table(box=None, pad_edge=False, header_style="dim")
    heads = ["model", *(["size"] if sizes else []), "workers", *(["chunk"] if chunks else [])]
    heads += [
        *(["Python"] if several else []),
        "tasks/s",
        "95 % interval",
        "speed-up",
        "efficiency",
        "start-up",
        "rounds",
    ]
    for name in heads:
        table.add_column(name, justify="left" if name in ("model", "Python") else "right", no_wrap=True)
    ratios = {
        (curve.cell.model, point.workers, curve.cell.chunksize, curve.cell.python, curve.cell.size): point
        for curve in found.curves
        for point in curve.points
    }
    rows = sorted(found.rows, key=lambda row: (row.cell.size, -(row.throughput.value if row.throughput else 0.0)))
    for row in rows:
        cell = row.cell
        point = ratios.get((cell.model, cell.workers, cell.chunksize, cell.python, cell.size))
        texts = [cell.model, *([f"{cell.size:g}"] if sizes else []), str(cell.workers)]
        texts += [*([f"{cell.chunksize:,}"] if chunks else []), *([row.python] if several else [])]
        texts.append("-" if row.throughput is None else number(row.throughput.value))
        texts.append(interval(row.throughput))
        texts.append("" if point is None else _times(point.speed_up))
        texts.append("" if point is None else f"{point.efficiency.value:.0%}")
        texts.append("" if row.startup_s is None else duration(row.startup_s))
        texts.append(str(len(row.result.rounds)))
        table.add_row(*(Text(printable(text)) for text in texts))
    return table


def error_lines(found: Report) -> list[str]:
    """What went wrong, a line for each cell, below the table: in it a sentence would leave the other columns no room."""
    return [printable(f"{_cell(row.cell)}: {row.result.error}") for row in found.rows if row.result.error]


def interval(found: Estimate | None) -> str:
    """Its ends, or why there are none."""
    if found is None:
        return ""
    if found.low is None or found.high is None:
        return "one round"
    return f"{number(found.low)} to {number(found.high)}"


def law_lines(curve: Curve) -> list[str]:
    """The laws in words."""
    if curve.usl is None:
        return [f"no law was fitted: {curve.why_not}"]
    lines = [
        f"Universal Scalability Law: contention alpha {_share(curve.usl.alpha, curve.usl.alpha_interval)}, "
        f"coherency beta {_share(curve.usl.beta, curve.usl.beta_interval)}, "
        f"one worker {number(curve.usl.gamma)} tasks/s",
        f"  {_peak(curve.usl)}; measurements lie about {curve.usl.spread / max(curve.usl.gamma, 1e-12):.1%} "
        "of one worker's tasks/s off this curve",
    ]
    if curve.amdahl is not None:
        most = 1 / curve.amdahl.alpha if curve.amdahl.alpha > 1e-6 else math.inf
        end = "no bound was seen" if math.isinf(most) else f"at most {most:.1f} times, however many workers"
        lines.append(f"Amdahl's law: {_share(curve.amdahl.alpha, curve.amdahl.alpha_interval)} is serial: {end}")
    return lines


def print_recommendation(console: Output, found: Recommendation) -> None:
    """The sentence, the numbers, what else there is to say."""
    console.print(Text(printable(found.said.text), style="bold"), soft_wrap=True)
    for item in found.evidence:
        console.print(Text(f"  {evidence_value(item.value, item.unit)} "), Text(printable(item.said.text), style="dim"))
    if found.runner_up is not None and found.runner_up_throughput is not None:
        text = f"runner-up: {_cell(found.runner_up)}, {number(found.runner_up_throughput.value)} tasks/s"
        console.print(Text(printable(text)))
    for said in found.warnings:
        console.print(Text(printable(f"Beware: {said.text}"), style="yellow"), soft_wrap=True)
    for said in found.changes:
        console.print(Text(printable(said.text), style="dim"), soft_wrap=True)


def evidence_value(value: float, unit: str) -> str:
    """A number of the evidence with its unit."""
    if unit == "s":
        return duration(value)
    return number(value)


def break_even_text(pair: BreakEven) -> str:
    """The break-even of a pair in a sentence."""
    if pair.task_s is None:
        return f"{pair.short} wins over {pair.other} throughout: no crossover in the measured range."
    ends = f" ({duration(pair.low_s)} to {duration(pair.high_s)})" if pair.low_s and pair.high_s else ""
    more = f"; they cross {pair.times} times, this is the last" if pair.times > 1 else ""
    return f"Below {duration(pair.task_s)} per task{ends} {pair.short} wins, above it {pair.long}{more}."


def _print_crossover(console: Output, found: Crossover) -> None:
    console.print(Text("Who wins, by length of a task and number of workers (~: within the noise)", style="bold"))
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("a task takes", justify="right")
    for workers in found.workers:
        table.add_column(f"{workers} workers" if workers > 1 else "1 worker")
    squares = {(square.size, square.workers): square for square in found.squares}
    for size, task_s in found.lengths:
        texts = [duration(task_s)]
        for workers in found.workers:
            square = squares.get((size, workers))
            if square is None:
                texts.append("")
            else:
                texts.append(f"{'' if square.sure else '~'}{square.winner.model} {square.ahead:.2f}x")
        table.add_row(*map(Text, texts))
    console.print(table)
    for pair in found.pairs:
        console.print(Text(break_even_text(pair)), soft_wrap=True)


def _curve_name(curve: Curve) -> str:
    cell = curve.cell
    return f"{cell.model}{f', {cell.chunksize:,} at a time' if cell.chunksize > 1 else ''}{f', size {cell.size:g}' if cell.size else ''}"


def _cell(cell: Cell) -> str:
    chunk = f", {cell.chunksize:,} tasks at a time" if cell.chunksize > 1 else ""
    size = f", size {cell.size:g}" if cell.size else ""
    return f"{cell.model} x {cell.workers}{chunk}{size}" if cell.model != "sequential" else f"{cell.model}{size}"


def _times(found: Ratio) -> str:
    return f"{found.value:.2f}x"


def _share(value: float, ends: tuple[float, float]) -> str:
    return f"{value:.4f} ({_end(ends[0])} to {_end(ends[1])})"


def _end(value: float) -> str:
    return "unbounded" if not math.isfinite(value) else f"{value:.4f}"


def _peak(fit: "Fit") -> str:
    if fit.alpha > FLAT:
        return "more workers gain next to nothing"
    if math.isinf(fit.peak_workers):
        return "no peak: more workers do more, as far as the law goes"
    low, high = (f"{end:.1f}" if math.isfinite(end) else "beyond measure" for end in fit.peak_interval)
    return f"most with {fit.peak_workers:.1f} workers ({low} to {high}): {number(fit.peak_throughput)} tasks/s"
