"""Findings in the language of the window, and the numbers that they rest on."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from gui.figures import grouped, percent
from gui.lane_words import in_words
from workers.insight.findings import Figure, Finding

HANGING = "\u00a0\u00a0·  "
"""Between two figures: where the line is broken there, the dot stays at its end."""


@dataclass(frozen=True)
class Told:
    """A finding as it is written."""

    title: str
    text: str
    figures: str
    next: str
    wrong_if: str

    def plain(self) -> str:
        """All of it, for a screen reader."""
        return "\n".join((self.title, self.text, self.figures, self.next, self.wrong_if))


class FindingWords(QObject):
    """Puts findings into words."""

    def told(self, finding: Finding) -> Told:
        """All that is written of a finding."""
        words = finding.words
        # A number that is spelt, a sentence of a worker, or neither.
        values = {
            name: QCoreApplication.translate("Findings", in_words(value)) if value else ""
            for name, value in finding.values.items()
        }
        title, text, more, wrong_if = (
            QCoreApplication.translate("Findings", template).format(**values)
            for template in (words.title, words.text, words.next, words.wrong_if)
        )
        figures = HANGING.join(self.figure(figure) for figure in finding.evidence)
        return Told(title, text, figures, more, wrong_if)

    def figure(self, figure: Figure) -> str:
        """One number with its name and unit. No line is broken between number and unit."""
        value = self._value(figure).replace(" ", "\u00a0")
        return self.tr("{name} {value}").format(name=self.name(figure.name), value=value)

    def _value(self, figure: Figure) -> str:
        value = figure.value
        if figure.unit == "share":
            return self.tr("{n} %").format(n=percent(value))
        if figure.unit == "bytes":
            for size, unit in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
                if value >= size:
                    return f"{grouped(value / size, 1)} {unit}"
            return f"{grouped(value)} B"
        if figure.unit == "s":
            for factor, unit in ((1e6, "µs"), (1e3, "ms")):
                if value * factor < 999.5:
                    return f"{grouped(value * factor, 0 if value * factor >= 99.5 else 1)} {unit}"
            return f"{grouped(value, 2)} s"
        return grouped(value, 0 if figure.unit == "count" or value == int(value) else 1)

    def name(self, name: str) -> str:
        """What a figure is called; an unknown one as it is named in the JSON."""
        known = {
            "blocked_each_s": self.tr("held up for each task"),
            "blocked_s": self.tr("held up"),
            "blocked_share": self.tr("held up"),
            "bytes_per_task": self.tr("bytes a task"),
            "cores": self.tr("cores"),
            "cores_used": self.tr("cores used"),
            "dead": self.tr("workers that died"),
            "done": self.tr("tasks done"),
            "dropped": self.tr("events dropped"),
            "elapsed_s": self.tr("length of the run"),
            "expected_updates": self.tr("updates due"),
            "film_lost": self.tr("lost in one film"),
            "failed": self.tr("tasks failed"),
            "failed_share": self.tr("part that failed"),
            "films": self.tr("films"),
            "found_s": self.tr("found after"),
            "gil_share": self.tr("waiting for the GIL"),
            "idle_share": self.tr("idle"),
            "inside": self.tr("tasks that got on at once"),
            "io_share": self.tr("sleep, IO"),
            "ipc_share": self.tr("on its way"),
            "largest_bytes": self.tr("largest process"),
            "lock_s": self.tr("waiting for locks"),
            "lock_share": self.tr("waiting for locks"),
            "longest_s": self.tr("longest"),
            "lost": self.tr("tasks lost"),
            "lost_share": self.tr("part that was lost"),
            "lost_updates": self.tr("updates lost"),
            "median_s": self.tr("median task"),
            "memory_bytes": self.tr("memory"),
            "memory_share": self.tr("memory"),
            "others_cores": self.tr("cores that others used"),
            "overhead_share": self.tr("beside the tasks"),
            "processes": self.tr("processes"),
            "queue_bound": self.tr("room in the queue"),
            "ratio": self.tr("times as long"),
            "ready_share": self.tr("waiting to run"),
            "recorded": self.tr("events recorded"),
            "run_queue_share": self.tr("waiting for a core"),
            "running_share": self.tr("running"),
            "serialising_s": self.tr("pickling"),
            "serialising_share": self.tr("pickling"),
            "since_s": self.tr("since"),
            "standstill_s": self.tr("without progress"),
            "startup_s": self.tr("start-up"),
            "startup_share": self.tr("start-up"),
            "tasks": self.tr("tasks"),
            "threads": self.tr("threads"),
            "typical_s": self.tr("median of the others"),
            "unknown_share": self.tr("unknown"),
            "waits": self.tr("waits"),
            "wall_s": self.tr("time of all workers"),
            "worker_s_per_task": self.tr("time of a worker for each task"),
            "workers": self.tr("workers"),
            "workers_started": self.tr("workers started"),
        }
        return known.get(name, name.replace("_", " "))
