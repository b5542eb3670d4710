"""The one door for authors of models and workloads. Standard library only; nothing else of ours need be imported.

A model is a file in `workers/models` with `INFO = ModelInfo(...)` and `run(ctx: RunContext) -> None`. It may also have

    script(parts: ScriptParts)     itself as a short program for a person to read: the text of its part (see `workers.scripts`)

A workload is a file in `workers/workloads` with `INFO = WorkloadInfo(...)`, `arguments(params, random)` (an iterator of
argument tuples, one a task) and `run(*arguments)`. It may also have

    setup(params)                  a context manager that yields the parameters to use, where something must stand while the run lasts
    share(params, sharing)         makes what all workers share; `run` then gets it as its first argument
    async run_async(*arguments)    the asynchronous form of `run`
    checksum(result) -> int        so that every model is seen to have computed the same; None where that cannot be said of a result
    arguments_once(params, random) the same as `arguments` for a run without an end of its own: what it yields is all
    bind()                         (run, run_async or None) to call instead, asked once in each worker before it is ready
    report(params, shared, done)   a table of what to say of the whole run
"""

from collections.abc import Callable, Iterator, Mapping, MutableSequence
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from workers.contract.config import Value
from workers.contract.errors import ConfigError, DeadlockBroken
from workers.contract.info import ModelInfo, Param, WorkloadInfo
from workers.contract.marks import SHOWN
from workers.contract.spans import SpanKind
from workers.crew import Crew, process_hire, taken
from workers.crossing import Crossings, crossing_at, receive_sized, send_sized, tell_result
from workers.flight import keep_in_flight, keep_in_flight_async
from workers.options import (
    CHUNKSIZE,
    DAEMON,
    MAX_TASKS_PER_CHILD,
    PERMITS,
    POOL_SIZE,
    PRIMITIVE,
    QUEUE_BOUND,
    START_METHOD,
    SWITCH_MS,
)
from workers.queues import Inbox, Outcome, Results, TaskQueue, feed, outcome, outcome_unless_stopped, queue_bound
from workers.scripts import ScriptParts
from workers.tasks import CUT_OFF, POLL_S, Chunk, Job, WorkerLost, unless_stopped
from workers.telemetry.picture import canvas, paint
from workers.telemetry.recorder import TaskCut, TaskFailed, scratch

__all__ = [
    "CHUNKSIZE",
    "CUT_OFF",
    "DAEMON",
    "MAX_TASKS_PER_CHILD",
    "PERMITS",
    "POLL_S",
    "POOL_SIZE",
    "PRIMITIVE",
    "QUEUE_BOUND",
    "SHOWN",
    "START_METHOD",
    "SWITCH_MS",
    "Chunk",
    "ConfigError",
    "Counter",
    "Crew",
    "Crossings",
    "DeadlockBroken",
    "Inbox",
    "Job",
    "ModelInfo",
    "Outcome",
    "Param",
    "Results",
    "RunContext",
    "ScriptParts",
    "Sharing",
    "SpanKind",
    "TaskCut",
    "TaskFailed",
    "TaskQueue",
    "Value",
    "WorkerLost",
    "WorkloadInfo",
    "canvas",
    "crossing_at",
    "feed",
    "keep_in_flight",
    "keep_in_flight_async",
    "outcome",
    "outcome_unless_stopped",
    "paint",
    "process_hire",
    "queue_bound",
    "receive_sized",
    "scratch",
    "send_sized",
    "taken",
    "tell_result",
    "unless_stopped",
]


class Counter(Protocol):
    """A whole number that workers share. Reading and writing it are two steps: nothing makes `value += 1` one."""

    value: int


class Sharing(Protocol):
    """Makes what the workers of a run share, of the kind that suits them. Handed to a workload's `share`, in the host.

    Locks are those of threading or multiprocessing (`with`, `acquire(blocking, timeout)`, `release()`), and for a workload that
    has a `run_async`, under a model whose workers are coroutines, those of asyncio (`async with`, `await acquire()`). They are
    watched: who waits for whom is seen, and where nobody could end a wait any more, that is reported as a deadlock. A wait that is
    broken off raises `DeadlockBroken` in the task.
    """

    workers: int
    """How many workers the run starts with."""
    lanes: str
    """What they are: "threads", "processes" or "coroutines"."""

    def lock(self, name: str) -> Any:
        """A lock, called so on screen."""

    def rlock(self, name: str) -> Any:
        """A lock that its holder may take again (asyncio has none: there it is a lock)."""

    def semaphore(self, value: int, name: str) -> Any:
        """A semaphore that lets `value` through."""

    def queue(self, bound: int, name: str, manager: bool = False) -> Any:
        """A queue of `bound` items, 0 for any number: `put`, `get` (awaited where workers are coroutines), `put_nowait`,
        `get_nowait`.

        It is queue.Queue, asyncio.Queue or, between processes, multiprocessing.Queue; with `manager` a manager's there.
        """

    def pool(self) -> Any:
        """The pool that the run's tasks run in: `submit(function, *args)` gives a future, whose `result()` waits.

        For a workload whose INFO says `own_pool`. Coroutines have no pool: there it is a semaphore with a place for each worker.
        """

    def counter(self, value: int = 0, watched: str = "") -> Counter:
        """A 64-bit number, not protected by anything.

        `watched`, a name, has its reads and writes recorded, and lost updates shown step by step under that name. That takes
        about a microsecond for an update, and makes steps of `value += 1` between which even a GIL changes hands.
        """

    def array(self, length: int) -> MutableSequence[int]:
        """`length` 64-bit numbers, all 0, not protected by anything."""


class RunContext(Protocol):
    """What a model is given. Everything is used from the host process; `enter_thread` from the thread that enters."""

    workers: int
    """The size of a pool: the workers asked for, or the option `pool_size` where that is more."""

    @property
    def options(self) -> Mapping[str, Value]:
        """The model's options, each with its value now."""

    @property
    def active(self) -> int:
        """How many workers to keep busy now. It may change at any time: read it anew at each submission."""

    @property
    def stopping(self) -> bool:
        """Whether Stop was asked."""

    @property
    def holding(self) -> bool:
        """Whether no new task is to be begun for now, because of memory. `jobs` then waits; who has results to collect meanwhile, or
        an event loop to keep going, does that instead of asking for the next job."""

    @property
    def more(self) -> bool:
        """Whether `jobs` may have another task: none are spent, no time is up, no Stop was asked."""

    @property
    def mp(self) -> BaseContext:
        """multiprocessing under the start method chosen. Use it for every process, pool, lock and queue."""

    @property
    def process_initargs(self) -> tuple[Any, ...]:
        """Arguments for `enter_process`."""

    @property
    def enter_process(self) -> Callable[..., None]:
        """Initializer of worker processes: makes the process a lane and says it is ready."""

    @property
    def interpreter_initargs(self) -> tuple[str]:
        """For `InterpreterPoolExecutor(initializer=exec, initargs=...)`: makes the sub-interpreter's thread a lane."""

    @property
    def prefix(self) -> str:
        """How names of shared memory must begin, so that they are swept whatever happens to the run."""

    @property
    def perform_in_process(self) -> Callable[..., None]:
        """Target of a process that is to run one job: target(job, *process_initargs). Exit code 1 where the task failed.

        A Connection as one more argument is sent the job's number, as bytes, once the job has ended, well or not.
        """

    def enter_thread(self) -> None:
        """Initializer of worker threads: makes the thread a lane and says it is ready."""

    def start_clock(self, submit: Callable[..., Any] | None = None) -> None:
        """Wait until every worker is ready, then start the clock.

        Give `submit` where workers only start when they are given something (executors): each gets one task that waits.
        Without workers to wait for (a thread or process per task) the clock starts at once.
        """

    def jobs(self) -> Iterator[Job]:
        """The tasks of the run, until they are spent, the time is up or Stop was asked."""

    async def perform_async(self, job: Job) -> Any:
        """Run `job` in the event loop, on a coroutine lane; a workload without `run_async` blocks the loop. Raises as `job()` does."""

    def use(self, context: BaseContext) -> None:
        """Take this multiprocessing context for `mp` and what comes of it, in place of the start method's."""

    def allow_exits(self) -> None:
        """From here on a worker process may end with exit code 0 without being missed (it was replaced or sent home).

        Said before `process_initargs` is asked for, one that a task has ended is missed all the same, with that exit code too.
        """

    def settle(self, error: BaseException | None, tasks: int = 1) -> None:
        """Count tasks as done (no error), failed, or, where a worker was lost under them, as neither."""

    def withdraw(self, tasks: int = 1) -> None:
        """Count tasks as never submitted: they were cancelled before a worker took them."""

    def perform(self, job: Job) -> None:
        """Run `job` in the calling thread and settle it."""

    def mark(self, kind: str, text: str, limit: int = 200, of: tuple[int, int] | None = None) -> None:
        """Say that something worth showing happened, at most `limit` times a run for each kind; the rest is counted.

        `of`: the (PID, native thread id) that it happened to, where that is not the caller.
        """

    def check_workers(self) -> None:
        """Raise WorkerLost where a worker process has died. Call it while waiting for what it may owe."""

    def wait(self, kind: SpanKind, task: int, ready: Callable[[float], bool]) -> None:
        """Call `ready(seconds)` until it is true, recording the wait on the main lane and checking on workers."""

    def cut_off(self) -> None:
        """What is still under way will not be waited for (daemon threads): from here on it counts as lost."""

    def lost(self, process: BaseProcess, exit_code: int) -> None:
        """Say that a process ended under its task, which is lost."""
