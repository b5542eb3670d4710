"""All that a recommendation says, in one place: literal templates with named places. The window has them translated (context "Sweep")."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WORDS = {
    # the sentence
    "use": "Use {model} with {workers} workers.",
    "use.chunk": "Use {model} with {workers} workers, {chunksize} tasks at a time.",
    "use.python": "Use {model} with {workers} workers under Python {python}.",
    "use.chunk.python": "Use {model} with {workers} workers, {chunksize} tasks at a time, under Python {python}.",
    "use.one": "Call it one task after the other: nothing measured is faster beyond the noise.",
    "use.one.python": "Call it one task after the other, under Python {python}: nothing measured is faster beyond the noise.",
    # the evidence
    "throughput": "tasks per second",
    "speed_up": "times as fast as one after the other",
    "ahead": "times as fast as the runner-up, {runner_up}",
    "task_time": "for a task, one after the other",
    "startup": "until the workers are ready",
    "rounds": "rounds measured of it",
    # when it would change
    "change.few": "With fewer than about {tasks} tasks in all, one after the other is done sooner: the workers take {startup} to start.",
    "change.longer": "From about {time} for a call on, {model} would win: below that its trips cost more than they save.",
    "change.more_workers": "More than {workers} workers may do still more: up to there each step paid.",
    "change.computes": "If the function computed in Python instead of waiting or calling C, processes would win.",
    "change.shared": "If its results or arguments grew large, threads would win: they send nothing.",
    "change.no_gil": "Under a Python without a GIL threads would do the same, and send nothing.",
    "change.tie": "{other} is as fast within the noise; this one is simpler.",
    "change.python": "Under another Python, or on a machine with other cores, measure again.",
    # warnings
    "warn.globals": "Processes do not share what is global: the function changes a global or takes a lock of its module, "
    "and each process would have its own. {what}",
    "warn.results": "A result of {bytes} is pickled and sent for every task: "
    "let the function write it where it is needed, and return its name.",
    "warn.memory": "At its peak it was seen to take {bytes} of memory.",
    "warn.native": "The function starts threads of a native library: with {workers} workers there are so many times as many. "
    "Limit them (OMP_NUM_THREADS=1).",
    "warn.noise": "The machine was restless: the interval of this number is {share} wide. Measure again when it is idle.",
    "warn.incomplete": "The budget ended before everything was measured often enough: give it more seconds.",
    "warn.one_round": "It was measured only once: give it more seconds.",
    # findings
    "finding.threads": "{workers} threads are as fast as one: they take turns at one GIL.",
    "finding.threads_gain": "{workers} threads are {times} times as fast as one after the other: the GIL is free most of the time.",
    "finding.overhead": "Handing tasks over costs more than it saves: "
    "the best that runs several at once reaches {times} of one after the other.",
    "finding.processes": "{workers} processes are {times} times as fast as one after the other.",
    "finding.chunks": "In chunks of {chunksize} tasks {model} is {times} times as fast as with single ones.",
    "finding.failed": "{model} with {workers} workers could not be measured: {why}",
    "finding.left_out": "{model} was left out: {why}",
}


@dataclass(frozen=True)
class Said:
    """A sentence: which one, and what stands in its places."""

    id: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """In English."""
        return WORDS[self.id].format(**self.values)


def duration(seconds: float) -> str:
    """A time as people say it: 2 µs, 140 µs, 3.1 ms, 1.2 s."""
    for factor, unit in ((1e6, "µs"), (1e3, "ms")):
        if seconds * factor < 999.5:
            return f"{seconds * factor:.{0 if seconds * factor >= 9.95 else 1}f} {unit}"
    return f"{seconds:.{0 if seconds >= 99.5 else 1}f} s"


def volume(size: float) -> str:
    """Bytes as people say them."""
    for factor, unit in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if size >= factor:
            return f"{size / factor:.{0 if size >= 10 * factor else 1}f} {unit}"
    return f"{size:.0f} B"


def number(value: float) -> str:
    """Three figures: 0.42, 8.1, 118, 12,400."""
    if value < 0.995:
        return f"{value:.2f}"
    if value < 99.5:
        return f"{value:.1f}"
    return f"{value:,.0f}"
