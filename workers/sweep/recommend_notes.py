"""What goes with a recommendation: when it would change, what to beware of, and what the sweep has shown."""

from dataclasses import replace
from typing import TYPE_CHECKING

from workers.sweep.intervals import apart
from workers.sweep.words import Said, duration, number, volume

if TYPE_CHECKING:
    from workers.contract.sweep import Cell
    from workers.sweep.recommend import Measured

LARGE_BYTES = 1 << 20
"""Results from here on are worth a word where they are sent."""
LARGE_MEMORY = 1 << 30
RISING = 1.10
"""A step in the number of workers that gains so much has not flattened."""
SAME = 1.15
"""Threads that gain less than this take turns."""
WIDE = 0.10
"""Half the width of an interval, as a share, from which it is called restless."""
LONG_S = 0.5
"""From here on the chunk size does not matter, whatever else."""
_APART = ("processes", "interpreters")


def changes(data: "Measured", cell: "Cell", fastest: "Cell") -> tuple[Said, ...]:
    """When something else would be right, what matters most first."""
    found: list[Said] = []
    kind, own = data.kind(cell), data.middle[cell]
    if data.middle[fastest].value > own.value and fastest != cell:
        name = data.title(fastest) if fastest.model != cell.model else f"{data.title(fastest)} × {fastest.workers}"
        found.append(Said("change.tie", {"other": name}))
    alone = data.alone(cell)
    if alone is not None and alone != cell:
        saved = 1 / data.middle[alone].value - 1 / own.value
        extra = data.startup_s(cell) - data.startup_s(alone)
        if saved > 0 and extra > 0:
            tasks = max(2, round(extra / saved))
            found.append(Said("change.few", {"tasks": f"{tasks:,}", "startup": duration(data.startup_s(cell))}))
    if kind == "none":
        found += _longer(data, cell)
    if _still_rising(data, cell):
        found.append(Said("change.more_workers", {"workers": str(cell.workers)}))
    if kind in ("threads", "coroutines"):
        found.append(Said("change.computes"))
    if kind in _APART:
        found.append(Said("change.shared" if data.facts.threads_help else "change.no_gil"))
    return tuple(found or [Said("change.python")])


def warnings(data: "Measured", cell: "Cell") -> tuple[Said, ...]:
    """What to beware of."""
    found: list[Said] = []
    kind, facts, own = data.kind(cell), data.facts, data.middle[cell]
    if kind in _APART and facts.changes_globals:
        found.append(Said("warn.globals", {"what": facts.globals_text}))
    if kind in _APART and (facts.result_bytes or 0) >= LARGE_BYTES:
        found.append(Said("warn.results", {"bytes": volume(facts.result_bytes or 0)}))
    peak = max((came.rss for came in data.results[cell].rounds), default=0)
    if peak >= LARGE_MEMORY:
        found.append(Said("warn.memory", {"bytes": volume(peak)}))
    if facts.native_threads and cell.workers > 1:
        found.append(Said("warn.native", {"workers": str(cell.workers)}))
    if own.rounds == 1:
        found.append(Said("warn.one_round"))
    elif own.half_width > WIDE:
        found.append(Said("warn.noise", {"share": f"{min(2 * own.half_width, 9.99):.0%}"}))
    if not data.complete:
        found.append(Said("warn.incomplete"))
    return tuple(found)


def findings(data: "Measured", cell: "Cell") -> list[tuple[Said, list[tuple[str, float, str]]]]:
    """What the sweep has shown besides: a sentence, and the numbers (what of, value, unit) it rests on."""
    found: list[tuple[Said, list[tuple[str, float, str]]]] = []
    alone = data.alone(cell)
    if alone is not None:
        base = data.middle[alone].value
        for kind, flat, gains in (
            ("threads", "finding.threads", "finding.threads_gain"),
            ("processes", "", "finding.processes"),
        ):
            several = [one for one in data.middle if data.kind(one) == kind and one.workers > 1]
            best = max(several, key=lambda one: data.middle[one].value, default=None)
            if best is None:
                continue
            times = data.middle[best].value / base
            figures = [("throughput", data.middle[best].value, "tasks/s"), ("speed_up", times, "times")]
            rounds = data.results[best].throughputs, data.results[alone].throughputs
            if times >= SAME and apart(*rounds, data.spread):
                found.append((Said(gains, {"workers": str(best.workers), "times": number(times)}), figures))
            elif flat and not data.facts.threads_help and times > 1 / SAME:
                found.append((Said(flat, {"workers": str(best.workers)}), figures))
        parallel = [data.middle[one].value for one in data.middle if data.kind(one) != "none"]
        if parallel and max(parallel) < base / SAME:
            times = max(parallel) / base
            found.append((Said("finding.overhead", {"times": number(times)}), [("speed_up", times, "times")]))
    found += _chunks(data)
    for result in data.results.values():
        if result.error:
            values = {"model": data.title(result.cell), "workers": str(result.cell.workers), "why": result.error}
            found.append((Said("finding.failed", values), []))
    for item in data.left_out:
        info = data.models.get(item.model)
        found.append((Said("finding.left_out", {"model": info.title if info else item.model, "why": item.why}), []))
    return found


def _chunks(data: "Measured") -> list[tuple[Said, list[tuple[str, float, str]]]]:
    """The chunk size that gains most over single tasks."""
    gains = []
    for one, middle in data.middle.items():
        single = replace(one, chunksize=1)
        if one.chunksize > 1 and single in data.middle and middle.value > SAME * data.middle[single].value:
            gains.append((middle.value / data.middle[single].value, one))
    if not gains:
        return []
    times, best = max(gains, key=lambda pair: pair[0])
    values = {"chunksize": f"{best.chunksize:,}", "model": data.title(best), "times": number(times)}
    return [(Said("finding.chunks", values), [("throughput", data.middle[best].value, "tasks/s")])]


def _longer(data: "Measured", alone: "Cell") -> list[Said]:
    """From which length of a call on the best model with a GIL for each worker would win, where trips cost more than they save.

    With w workers on as many cores a trip's overhead o is what makes w / (t + o) tasks a second of w / t. It pays from t > o / (w - 1).
    """
    apart = [one for one in data.middle if data.kind(one) in _APART and min(one.workers, data.cores) > 1]
    if not apart:
        return []
    best = max(apart, key=lambda one: data.middle[one].value)
    workers = min(best.workers, data.cores)
    task_s = 1 / data.middle[alone].value
    overhead = workers / data.middle[best].value - task_s
    needed = overhead / (workers - 1)
    if needed <= task_s or task_s >= LONG_S:
        return []
    return [Said("change.longer", {"time": duration(needed), "model": data.title(best)})]


def _still_rising(data: "Measured", cell: "Cell") -> bool:
    """Whether the largest number of workers that was measured is far ahead of the next smaller one."""
    counts = {
        one.workers: data.middle[one].value
        for one in data.middle
        if (one.model, one.chunksize, one.python, one.size) == (cell.model, cell.chunksize, cell.python, cell.size)
    }
    smaller = [workers for workers in counts if workers < cell.workers]
    if not smaller or max(counts) != cell.workers:
        return False
    return counts[cell.workers] > RISING * counts[max(smaller)]
