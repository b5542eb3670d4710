"""The one door for authors of models and workloads. Standard library only; nothing else of ours need be imported.

A model is a file in `workers/models` with `INFO = ModelInfo(...)` and `run(ctx: RunContext) -> None`.
A workload is a file in `workers/workloads` with `INFO = WorkloadInfo(...)`, `arguments(params, random)` (an iterator of
argument tuples, one a task) and `run(*arguments)`; `setup(params)`, a context manager that yields the parameters to use,
where something must stand while the run lasts.
"""

import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Protocol

from workers.contract.config import Value
from workers.contract.info import ModelInfo, Param, WorkloadInfo
from workers.contract.spans import SpanKind
from workers.telemetry import recorder
from workers.telemetry.recorder import TaskCut, TaskFailed

__all__ = [
    "CUT_OFF",
    "POLL_S",
    "START_METHOD",
    "Chunk",
    "Job",
    "ModelInfo",
    "Param",
    "RunContext",
    "SpanKind",
    "TaskCut",
    "TaskFailed",
    "Value",
    "WorkerLost",
    "WorkloadInfo",
    "keep_in_flight",
]

CUT_OFF = 130
"""Exit code of a process whose only task was cut off by Stop; 1 means that the task failed."""
POLL_S = 0.05
"""How long a wait in the host may last before it looks at Stop and at dead workers again."""

START_METHOD = Param(
    "start_method",
    "",
    "Start method",
    "How worker processes come to be: copied from the host (fork), started afresh (spawn), or copied from a clean server (forkserver).",
)
"""Option of every model with processes. Its choices and default are those of the interpreter that carries the run."""


class WorkerLost(Exception):
    """A worker ended in a way that its model cannot go on from. The message names the PID and the signal or exit code."""


class Job(NamedTuple):
    """One task, as it is handed to a worker. Calling it, in the worker, runs and records it."""

    number: int
    """From 0, in order of submission."""
    submitted_ns: int
    args: tuple[Any, ...]

    def __call__(self) -> Any:
        """Run the task in the calling thread's lane and return the workload's result. Raises TaskFailed."""
        return recorder.perform(self.number, self.submitted_ns, self.args)


class Chunk(NamedTuple):
    """Several jobs that travel together, to save trips between processes."""

    jobs: tuple[Job, ...]

    def __call__(self) -> list[Any]:
        """Run the jobs one after the other. A failed one leaves its TaskFailed in the place of its result."""
        results = []
        for job in self.jobs:
            try:
                results.append(job())
            except TaskFailed as error:
                results.append(error)
        return results


class RunContext(Protocol):
    """What a model is given. Everything is used from the host process; `enter_thread` from the thread that enters."""

    workers: int
    """How many workers were asked for: the size of a pool."""
    options: Mapping[str, Value]
    """The model's options, each with its value."""

    @property
    def active(self) -> int:
        """How many workers to keep busy now; at most `workers`. Read it anew at each submission."""

    @property
    def stopping(self) -> bool:
        """Whether Stop was asked."""

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
    def perform_in_process(self) -> Callable[..., None]:
        """Target of a process that is to run one job: target(job, *process_initargs). Exit code 1 where the task failed."""

    def enter_thread(self) -> None:
        """Initializer of worker threads: makes the thread a lane and says it is ready."""

    def start_clock(self, submit: Callable[..., Any] | None = None) -> None:
        """Wait until every worker is ready, then start the clock.

        Give `submit` where workers only start when they are given something (executors): each gets one task that waits.
        Without workers to wait for (a thread or process per task) the clock starts at once.
        """

    def jobs(self) -> Iterator[Job]:
        """The tasks of the run, until they are spent, the time is up or Stop was asked."""

    def settle(self, error: BaseException | None, tasks: int = 1) -> None:
        """Count tasks as done (no error), failed, or, where a worker was lost under them, as neither."""

    def withdraw(self, tasks: int = 1) -> None:
        """Count tasks as never submitted: they were cancelled before a worker took them."""

    def perform(self, job: Job) -> None:
        """Run `job` in the calling thread and settle it."""

    def mark(self, kind: str, text: str, limit: int = 200) -> None:
        """Say that something worth showing happened, at most `limit` times a run for each kind."""

    def check_workers(self) -> None:
        """Raise WorkerLost where a worker process has died. Call it while waiting for what it may owe."""

    def wait(self, kind: SpanKind, task: int, ready: Callable[[float], bool]) -> None:
        """Call `ready(seconds)` until it is true, recording the wait on the main lane and checking on workers."""

    def cut_off(self) -> None:
        """What is still under way will not be waited for (daemon threads): from here on it counts as lost."""

    def lost(self, process: BaseProcess, exit_code: int) -> None:
        """Say that a process ended under its task, which is lost."""


def keep_in_flight(submit: Callable[..., Future[Any]], ctx: RunContext, chunksize: int = 1) -> None:
    """Keep the workers busy until the tasks are spent or the run is stopped; then wait for those under way.

    With every worker of the pool active, as many chunks again are queued behind them, so that none idles for the length of a
    trip to the host; with fewer active, exactly as many are under way. On Stop what no worker has taken yet is cancelled.
    """
    finished: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
    under_way: dict[Future[Any], int] = {}

    def collect(future: Future[Any]) -> None:
        tasks = under_way.pop(future)
        try:
            error = future.exception(timeout=0)
        except CancelledError:
            ctx.withdraw(tasks)
            return
        if isinstance(error, BrokenExecutor):
            raise error
        result = None if error is not None or chunksize == 1 else future.result(timeout=0)
        failed = sum(isinstance(item, TaskFailed) for item in result) if result is not None else 0
        if failed:
            ctx.settle(TaskFailed(), failed)
        if tasks - failed:
            ctx.settle(error, tasks - failed)

    def wait_for_one() -> None:
        """Until a future is finished, or Stop was asked and there is something to take back."""
        taken: list[Future[Any]] = []

        def ready(seconds: float) -> bool:
            try:
                taken.append(finished.get(timeout=seconds))
            except queue.Empty:
                return ctx.stopping and not cancelled
            return True

        ctx.wait(SpanKind.RESULT, 0, ready)
        for future in taken:
            collect(future)

    cancelled = False
    chunks = _chunks(ctx.jobs(), chunksize)
    while True:
        # A task counts as submitted when it is drawn: not before there is room for it.
        while not ctx.stopping and len(under_way) >= (2 * ctx.workers if ctx.active >= ctx.workers else ctx.active):
            wait_for_one()
        jobs = next(chunks, None)
        if jobs is None:
            break
        future = submit(jobs[0] if chunksize == 1 else Chunk(tuple(jobs)))
        under_way[future] = len(jobs)
        future.add_done_callback(finished.put)
    while under_way:
        if ctx.stopping and not cancelled:
            cancelled = True
            for future in list(under_way):
                future.cancel()
        wait_for_one()


def _chunks(jobs: Iterator[Job], size: int) -> Iterator[Sequence[Job]]:
    chunk: list[Job] = []
    for job in jobs:
        chunk.append(job)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
