"""What findings are made from: plain numbers of one run. `workers.insight.findings_gather` takes them out of a RunStore."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from workers.contract.config import Value


@dataclass(frozen=True)
class LockWaits:
    """All waits for one lock, or for locks of one name."""

    name: str
    count: int
    seconds: float
    longest_s: float = 0.0
    held: float = 0.0
    """The part of the waits for which it is known who held it."""
    holder: str = ""
    """Who held it most often."""
    several: bool = False
    """Whether it is a semaphore, of which nobody alone is the holder."""


@dataclass(frozen=True)
class LaneTimes:
    """The tasks of one lane: their own time, without what they waited for locks, queues, results and the end of others."""

    name: str
    tasks: int
    median_s: float
    busy_s: float


@dataclass(frozen=True)
class Evidence:
    """One run in numbers. Seconds, bytes and counts, none below 0. Raises ValueError where a number is none or below 0."""

    workers: int = 1
    cores: int = 1
    options: Mapping[str, Value] = field(default_factory=dict)
    over: bool = True
    """Whether the run has ended."""
    elapsed_s: float = 0.0
    tasks: int = 0
    """Handed out."""
    done: int = 0
    """Ended, those that failed included."""
    failed: int = 0
    failure: str = ""
    """What most of these raised, or the like of it, and where; empty where they have not said."""
    failure_at: str = ""
    failure_count: int = 0
    """How many raised that."""
    accounts: Mapping[str, float] = field(default_factory=dict)
    """Seconds by the names of `accounts.NAMES`, of the lanes that ran tasks; of coroutines those of their event loop."""
    lanes: int = 0
    """How many these are."""
    handed: bool = True
    """Whether tasks went to another thread or process than the one that hands them out, or into an event loop."""
    pids: int = 0
    """Processes that ran tasks."""
    gils: int = 0
    """How many of them can run Python at once because of their GILs: interpreters with one, and threads without."""
    sharing: int = 0
    """The most workers that share one GIL."""
    sharing_cores: float = 0.0
    """Cores that those used together."""
    cores_used: float = 0.0
    others_cores: float | None = None
    """Cores that all other programs used meanwhile; None where the system does not tell."""
    service_p50_s: float | None = None
    """Median task; None where none ended."""
    service_low_s: float | None = None
    """Quantiles of tasks' own times at SLOW_LOW and SLOW_HIGH (`findings_thresholds`)."""
    service_high_s: float | None = None
    busy_s: float = 0.0
    """Of all tasks together, those included whose spans were dropped."""
    locks: tuple[LockWaits, ...] = ()
    times: tuple[LaneTimes, ...] = ()
    """Of lanes with threads of their own."""
    bytes: int | None = None
    """Pickled, all messages; None where that is not known."""
    serialising_s: float = 0.0
    """Pickling and unpickling, in all processes."""
    host_serialising_s: float = 0.0
    """In the main process alone."""
    queue_bound: int | None = None
    blocked_s: float = 0.0
    """How long the main thread waited for room in the queue."""
    coroutines: int = 0
    """Tasks that the event loop could have under way at once; 0: there is none."""
    loop_s: float = 0.0
    """How long the event loop was there."""
    loop_ready_s: float = 0.0
    """How long it ran or was ready to run: it did not await."""
    loop_naps_s: float = 0.0
    """How long tasks slept in it without awaiting: `time.sleep`."""
    memory: int = 0
    """Bytes, all processes together."""
    memory_most: int = 0
    """Of the largest."""
    processes: int = 0
    """How many these are."""
    machine_memory: int = 0
    lost_updates: int = 0
    expected_updates: int = 0
    films: int = 0
    """Lost updates that were recorded step by step."""
    film_lost: int = 0
    """The most that one of them overwrote."""
    deadlock: str = ""
    """Who waits for whom, in words; empty where nobody does."""
    deadlock_cause: str = ""
    """Of what kind it is, see `wait_words.cause`."""
    dead: int = 0
    """Worker processes that ended in another way than they should, although nobody had asked the run to stop."""
    dead_how: str = ""
    """Which was the first, and how it ended, in words."""
    cut_short: bool = False
    """Whether the run could not go on: its accounts are of a beginning."""
    lost: int = 0
    """Tasks that are neither done nor failed."""
    deadlock_s: float = 0.0
    """When it was found."""
    standstill: str = ""
    """Which lanes stood where when nothing went on any more, as a sentence; empty where something did."""
    standstill_s: float = 0.0
    """How long, until it was stopped."""
    standstill_from_s: float = 0.0
    """Since when, from the start of the clock."""
    standstill_unrecorded: bool = False
    """Whether one of them stood at something that is not recorded: a lock that did not come from here, above all."""
    linux: bool = True
    """Whether the run was on a system that tells all that can be told of threads."""
    recorded: int = 0
    dropped: int = 0

    def __post_init__(self) -> None:
        numbers = [(item.name, getattr(self, item.name)) for item in fields(self)]
        for lock in self.locks:
            numbers += [(item.name, getattr(lock, item.name)) for item in fields(lock)]
        for lane in self.times:
            numbers += [(item.name, getattr(lane, item.name)) for item in fields(lane)]
        numbers += self.accounts.items()
        for name, value in numbers:
            if isinstance(value, (int, float)) and not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{name} = {value!r} is no evidence")

    @property
    def wall_s(self) -> float:
        """All accounts together."""
        return sum(self.accounts.values())

    def spent(self, *names: str) -> float:
        """Seconds of these accounts."""
        return sum(self.accounts.get(name, 0.0) for name in names)

    def share(self, *names: str) -> float:
        """Their part of wall time, from 0 to 1."""
        return part(self.spent(*names), self.wall_s)

    @property
    def cores_left(self) -> float:
        """Cores that nobody used, as far as that is known."""
        return max(0.0, self.cores - self.cores_used - (self.others_cores or 0.0))

    @property
    def bytes_per_task(self) -> float:
        """Bytes pickled for each task that ended; 0 where not known."""
        return part(self.bytes or 0, self.done, most=float("inf"))


def part(value: float, whole: float, most: float = 1.0) -> float:
    """`value` / `whole`, up to `most`; 0 where there is no whole."""
    return min(value / whole, most) if whole > 0 and math.isfinite(value / whole) else 0.0
