"""The rows of the suite: which module measures what, and how long it may take."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A module has `measure(scale) -> Iterator[Figure]`; it runs in a process of its own."""

    key: str
    module: str
    title: str
    deadline_s: float = 180.0


ROWS = (
    Entry("P1", "p01_overhead", "Overhead of instrumentation per task", 300.0),
    Entry("P2", "p02_transport", "Event transport"),
    Entry("P3", "p03_emit", "Cost of an emit"),
    Entry("P4", "p04_frame", "Live frame, all visible charts together"),
    Entry("P5", "p05_jump", "First picture after a jump or zoom"),
    Entry("P6", "p06_memory", "Memory per stored span"),
    Entry("P7", "p07_start", "Cold start to the first painted window"),
    Entry("P8", "p08_run_stop", "Run to the first task, Stop to nobody left"),
    Entry("P9", "p09_beat", "UI beat with 8 busy workers"),
    Entry("P10", "p10_sampling", "Sampling 64 processes and 256 threads"),
    Entry("P11", "p11_truth", "Truth"),
    Entry("P12", "p12_growth", "Cost as work grows", 400.0),
)


def chosen(only: str) -> tuple[Entry, ...]:
    """Those named in "P3,P6"; all for nothing. Raises ValueError for a name that is none."""
    names = [name.strip().upper() for name in only.split(",") if name.strip()]
    known = {entry.key for entry in ROWS}
    for name in names:
        if name not in known:
            raise ValueError(f"There is no row {name}; there are {', '.join(entry.key for entry in ROWS)}.")
    return tuple(entry for entry in ROWS if not names or entry.key in names)
