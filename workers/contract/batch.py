"""What the reader hands over once a tick: all that has come from a run since the last one.

Times are nanoseconds of the machine's monotonic clock (`workers.telemetry.clock`), the same in every process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from workers.contract.config import RunConfig, Value
from workers.contract.ending import StopStep
from workers.contract.info import PythonInfo
from workers.contract.memory import RunMemory
from workers.contract.phase import RunPhase
from workers.contract.waits import Standstill, WaitGraph

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
    run_queue_ns: int = 0
    """How long its thread had waited for a core when it left; 0 before, or not known."""
    ready_run_queue_ns: int = 0
    """The same when its process was ready to run tasks."""
    recorded: int = 0
    delivered: int = 0
    dropped: int = 0
    text_dropped: int = 0
    checksum: int = 0
    """Sum of the checksums of its tasks' results, modulo 2**62; -1 where one of them has none."""
    gil: bool | None = None
    """Whether the GIL was on where it runs when it last looked; None: not known yet."""
    interpreter: int = 0
    """Which sub-interpreter of its process; 0 is the main one."""
    waiting_for: str = ""
    """The name of the lock, queue or result that it waits for now."""
    waiting_kind: str = ""
    """Which of these it is: lock (or semaphore), queue, result."""
    waiting_since_ns: int = 0
    ring: int = 0
    """Number of the ring file that it writes."""
    ident: int = 0
    """Its thread, as `threading.get_ident` says it there; 0: not known."""
    task: int = -1
    """The task under way; -1: none."""
    task_since_ns: int = 0
    """When the reader first saw that task under way, a tick late at most. Exact is its span, which comes at its end."""
    pickled: tuple[int, int, int] = (0, 0, 0)
    """How many messages its thread has pickled, their bytes, and the nanoseconds that took."""
    unpickled: tuple[int, int, int] = (0, 0, 0)
    """The same of what it has unpickled."""
    unseen_ns: int = 0
    """The part of those nanoseconds that has no span, because each took so little."""


@dataclass(frozen=True)
class Picture:
    """What the tasks of a run have painted so far: one byte a pixel, row by row from the top."""

    width: int
    height: int
    pixels: bytes


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
    """Of tasks: microseconds between submission and start. Of other kinds see `workers.contract.spans`."""


class ProcessSample(NamedTuple):
    """One process at one instant. None: the system does not tell, or not to us. Not a dataclass, as ThreadSample is none."""

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


class ThreadSample(NamedTuple):
    """One thread at one instant. Not a dataclass: of these there are thousands a second, and those take four times as long to make."""

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
    sleeps_in: str = ""
    """Where it sleeps: "futex" (a lock, and so the GIL too), "io" (anything else), "" where it does not or that is not known."""


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
class Frame:
    """One call of a stack."""

    file: str
    line: int
    function: str


@dataclass(frozen=True)
class Stack:
    """Where a thread or coroutine stood when its process was asked."""

    pid: int
    ident: int
    """Of a thread, as `threading.get_ident` says it; 0 of a coroutine."""
    name: str
    """Of a coroutine, its lane's; empty of a thread."""
    frames: tuple[Frame, ...]
    """The innermost first."""


@dataclass(frozen=True)
class Mark:
    """A moment worth showing: a callback ran, a signal was sent, a task was cut off."""

    kind: str
    """One of `workers.contract.marks`, or what a third party's model calls it."""
    pid: int
    """The process that it happened in, or to."""
    t_ns: int
    text: str
    tid: int = 0
    """The thread; 0 where not known."""


@dataclass(frozen=True)
class RaceStep:
    """One recorded read or write of a shared counter."""

    t_ns: int
    pid: int
    tid: int
    lane: str
    """The lane's name: coroutines of one event loop have PID and thread in common."""
    op: str
    """read, write."""
    value: int
    """What was read or written."""


@dataclass(frozen=True)
class RaceFilm:
    """One lost update, from recorded reads and writes: who read which value when, and who wrote over whom."""

    counter: str
    """What the counter is called."""
    lost: int
    """How many updates stood in the counter when the last step overwrote them; at least 1."""
    steps: tuple[RaceStep, ...]
    """In order of time. The last is the write that overwrote; the read that it began with is among the others.

    Four where it is known who was overwritten: that one's read and write are the other two. Two where it is not.
    """
    note: str = ""
    """What could not be known, in a sentence; empty where all is told."""


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
    outcome: Mapping[str, Value] = field(default_factory=dict)
    """What the workload reports of the whole run, such as the value of a counter and what it should be."""


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
    films: tuple[RaceFilm, ...] = ()
    picture: Picture | None = None
    """The whole picture, where something was painted since the last time."""
    ended: RunEnded | None = None
    stop_step: StopStep | None = None
    """A step of Stop that was taken."""
    lock_names: Mapping[int, str] = field(default_factory=dict)
    """What the watched locks and queues are called, by number; those that have not been told before."""
    semaphores: frozenset[int] = frozenset()
    """Which of them are semaphores, that several can have at once; those that have not been told before."""
    waits: WaitGraph | None = None
    """Who waits for what; None: unchanged since the last."""
    stacks: tuple[Stack, ...] = ()
    """Of those in a deadlock or a standstill, as they answer."""
    standstill: Standstill | None = None
    """That nothing has progressed for a while; None: it has not just become so long."""
    machine_busy_s: float | None = None
    """Seconds that the cores which the run may use were busy since the machine's start, added up; None: not looked at, or not known."""
    memory: RunMemory | None = None
    """What the run has; None: not looked at just now."""
    own_cpu_share: float = field(default=0.0)
    """What reading and sampling cost of one core, over the last second."""
