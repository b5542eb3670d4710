"""What the reader hands over once a tick: all that has come from a run since the last one.

Times are nanoseconds of the machine's monotonic clock (`workers.telemetry.clock`), the same in every process.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workers.contract.config import RunConfig
from workers.contract.info import PythonInfo
from workers.contract.phase import RunPhase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Identity:
    """Which process: a PID alone may be used twice."""

    host: str
    pid: int
    create_time: float
    """Seconds since the system's start (Linux) or the epoch; 0.0 where the process was gone before it could be asked."""


@dataclass(frozen=True)
class LaneInfo:
    """Whatever can execute: here a (pid, thread) pair. `number` is its place in the run's list of lanes."""

    number: int
    host: str
    pid: int
    tid: int
    ppid: int
    name: str
    role: str
    """main, worker or helper."""
    started_ns: int
    ended_ns: int | None = None
    died: bool = False
    """Its process ended without closing it."""
    cpu_ns: int = 0
    """CPU time of the lane's thread when it was last written; tasks under 100 us update it once in a while."""
    process_cpu_ns: int = 0
    """CPU time of the whole process since its birth, last written together with `cpu_ns`."""
    ready_cpu_ns: int = 0
    """What `process_cpu_ns` was when its process was ready to run tasks; 0 before, and for lanes that do not say so."""
    recorded: int = 0
    delivered: int = 0
    dropped: int = 0
    text_dropped: int = 0


@dataclass(frozen=True)
class Spans:
    """Columns of equal length, one row a span."""

    lane: "NDArray[np.int32]"
    kind: "NDArray[np.uint8]"
    """A `SpanKind`."""
    failed: "NDArray[np.bool_]"
    task: "NDArray[np.int64]"
    start: "NDArray[np.int64]"
    end: "NDArray[np.int64]"
    queued_us: "NDArray[np.int64]"
    """Microseconds between submission and start."""


@dataclass(frozen=True)
class ProcessSample:
    """One process at one instant. None: the system does not tell, or not to us."""

    identity: Identity
    t_ns: int
    ppid: int
    role: str
    """host, worker, forkserver, resource_tracker, manager, or child (a process that a task started)."""
    state: str
    """running, sleeping, disk, stopped, zombie ..."""
    threads: int
    cpu_s: float
    """CPU time since birth."""
    rss: int | None = None
    """Resident bytes."""
    pss: int | None = None
    uss: int | None = None
    switches: int | None = None
    """How often the kernel put one of its threads on a core."""
    run_queue_s: float | None = None
    """How long its threads were ready and waited for a core."""


@dataclass(frozen=True)
class ThreadSample:
    """One thread at one instant."""

    pid: int
    tid: int
    t_ns: int
    name: str
    role: str
    """main, worker or helper."""
    state: str
    cpu_s: float
    run_queue_s: float | None = None
    switches: int | None = None


@dataclass(frozen=True)
class ProcessEvent:
    """Birth or end of a process, as the host saw it (exact, where the sampler is not)."""

    pid: int
    t_ns: int
    kind: str
    """born, exited."""
    role: str = "worker"
    exit_code: int | None = None
    """As multiprocessing gives it: negative for a signal. None: not known."""


@dataclass(frozen=True)
class TextLine:
    """Something printed by a lane, or a task's traceback."""

    t_ns: int
    pid: int
    tid: int
    stream: str
    """stdout, stderr, failure (the traceback of a task)."""
    text: str


@dataclass(frozen=True)
class Mark:
    """A moment worth showing: a callback ran, a signal was sent, a task was cut off."""

    kind: str
    pid: int
    t_ns: int
    text: str


@dataclass(frozen=True)
class Counts:
    """The host's own counting: exact whatever telemetry drops. Read from shared memory, so it outlives the host."""

    submitted: int = 0
    done: int = 0
    failed: int = 0
    lost: int = 0
    active: int = 0
    """Workers that are given tasks at present."""
    text_dropped: int = 0
    """Lines of text that found the channel full."""


@dataclass(frozen=True)
class RunStarted:
    """A new run begins; everything in the store belongs to the last one."""

    config: RunConfig
    python: PythonInfo
    asked_ns: int
    """When it was asked for."""


@dataclass(frozen=True)
class RunEnded:
    """Nothing more will come from this run; no process of it is left."""

    phase: RunPhase
    ended_ns: int
    error: str | None
    """One sentence, where the run failed."""
    stopped: bool
    """Ended on request, before its tasks were spent or its time was up."""


@dataclass(frozen=True)
class Batch:
    """Everything new since the last tick, frozen, ready to cross to another thread."""

    t_ns: int
    phase: RunPhase
    counts: Counts
    clock_start_ns: int | None = None
    """When every worker was ready; None before."""
    started: RunStarted | None = None
    lanes: tuple[LaneInfo, ...] = ()
    """New and changed lanes."""
    spans: "Spans | None" = None
    processes: tuple[ProcessSample, ...] = ()
    threads: tuple[ThreadSample, ...] = ()
    events: tuple[ProcessEvent, ...] = ()
    texts: tuple[TextLine, ...] = ()
    marks: tuple[Mark, ...] = ()
    ended: RunEnded | None = None
    own_cpu_share: float = field(default=0.0)
    """What reading and sampling cost of one core, over the last second."""
