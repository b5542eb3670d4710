"""HostContext: what a model sees of the run that it carries (the `RunContext` of workers.plugin)."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any, NoReturn

from workers.contract.config import RunConfig, Value
from workers.contract.info import ModelInfo
from workers.contract.spans import SpanKind
from workers.engine import worker
from workers.engine.births import Births, describe_exit
from workers.plugin import POLL_S, Job, WorkerLost
from workers.registry import Workload
from workers.telemetry import recorder
from workers.telemetry.board import Board
from workers.telemetry.clock import now
from workers.telemetry.recorder import Recording, TaskCut, TaskFailed

READY_S = 120.0
"""How long workers may take to come up: 10,000 spawned interpreters would take longer, and are refused before."""
WAIT_SHOWN_NS = 50_000
"""Shorter waits of the main lane are not recorded: they would outnumber the tasks."""


def describe_loss(pid: int, code: int) -> str:
    """What is said of a pool that has lost a worker."""
    return f"Worker PID {pid} {describe_exit(code)}: its tasks are lost and its pool cannot go on; start the run again."


class HostContext:
    """Hands out the tasks, counts what becomes of them, and holds the clock. See `RunContext` for each member."""

    def __init__(
        self,
        config: RunConfig,
        model: ModelInfo,
        workload: Workload,
        params: Mapping[str, Value],
        recording: Recording,
        board: Board,
        births: Births,
        on_clock: Callable[[int], None],
        give_up: Callable[[str], NoReturn],
    ) -> None:
        self.workers = config.workers
        self.options = config.options
        self._config = config
        self._model = model
        self._workload = workload
        self._params = params
        self._recording = recording
        self._board = board
        self._births = births
        self._on_clock = on_clock
        self._give_up = give_up
        self._counting = threading.Lock()
        self._counts = {"submitted": 0, "done": 0, "failed": 0, "withdrawn": 0}
        self._marks: dict[str, int] = {}
        self._cut_off = False
        self._spent = False
        self._stop = threading.Event()
        self._threads_ready = threading.Semaphore(0)
        self._threads_go = threading.Event()
        self._initargs: tuple[Any, ...] | None = None
        self._pooled = False
        self._checked_ns = 0
        self._mp: BaseContext | None = None
        self._deadline: int | None = None
        board.set("active", config.workers)

    # ---- what the model reads ------------------------------------------------------------------------------------
    @property
    def active(self) -> int:
        """Workers to keep busy."""
        return self.workers

    @property
    def stopping(self) -> bool:
        """Whether Stop was asked."""
        return self._stop.is_set()

    @property
    def more(self) -> bool:
        """Whether there may be another task."""
        config = self._config
        spent = config.tasks is not None and self._counts["submitted"] + self._counts["withdrawn"] >= config.tasks
        late = self._deadline is not None and now() >= self._deadline
        return not (spent or late or self._stop.is_set())

    @property
    def mp(self) -> BaseContext:
        """multiprocessing under the chosen start method."""
        if self._mp is None:
            self._mp = multiprocessing.get_context(
                str(self.options.get("start_method") or multiprocessing.get_all_start_methods()[0])
            )
        return self._mp

    @property
    def process_initargs(self) -> tuple[Any, ...]:
        """Setup, the semaphore each worker releases when it is ready, the event that lets them go."""
        if self._initargs is None:
            setup = worker.WorkerSetup(self._recording, self._config.workload, now())
            self._initargs = (setup, self.mp.Semaphore(0), self.mp.Event())
        return self._initargs

    enter_process = staticmethod(worker.enter)
    perform_in_process = staticmethod(worker.perform)

    # ---- start ---------------------------------------------------------------------------------------------------
    def request_stop(self) -> None:
        """Stop was asked; called by the control thread."""
        self._stop.set()

    def enter_thread(self) -> None:
        """Make the thread a lane and count it as ready."""
        recorder.enter()
        self._threads_ready.release()

    def start_clock(self, submit: Callable[..., Any] | None = None) -> None:
        """Wait for the workers (see RunContext), then start the clock."""
        processes = self._pooled = self._initargs is not None
        if processes or submit is not None:
            hold = worker.hold if processes else self._hold
            try:
                self._await_ready([submit(hold) for _ in range(self.workers)] if submit is not None else [])
            except (RuntimeError, OSError) as error:
                self._let_go()  # those who are there must not wait for those who are not
                if isinstance(error, BrokenExecutor):
                    raise
                raise WorkerLost(
                    f"Not all {self.workers} workers could be started ({error}); ask for fewer."
                ) from error
        self._tick()
        self._let_go()

    def _let_go(self) -> None:
        if self._initargs is not None:
            self._initargs[2].set()
        self._threads_go.set()

    def _await_ready(self, held: list[Any]) -> None:
        """Until every worker has said that it is ready, or Stop was asked."""
        ready = self._initargs[1] if self._initargs is not None else self._threads_ready
        end = now() + int(READY_S * 1e9)
        for count in range(self.workers):
            while not ready.acquire(timeout=POLL_S):
                self.check_workers()
                for future in held:
                    if future.done():
                        future.result(timeout=0)  # raises what kept the workers from coming up
                if self._stop.is_set():
                    return
                if now() > end:
                    self._give_up(
                        f"Only {count} of {self.workers} workers were ready after {READY_S:.0f} s; ask for fewer."
                    )

    def _hold(self) -> None:
        self._threads_go.wait(worker.GATE_S)

    def _tick(self) -> None:
        lane = recorder.current()
        if lane is not None:
            lane.ready()
        t_ns = now()
        if self._config.seconds is not None:
            self._deadline = t_ns + int(self._config.seconds * 1e9)
        self._board.set("clock_start_ns", t_ns)
        self._on_clock(t_ns)
        if self._model.workers_are != "none":
            recorder.say("mark:workers", f"{self.workers} worker{'s' if self.workers != 1 else ''}", t_ns)

    # ---- tasks ---------------------------------------------------------------------------------------------------
    def jobs(self) -> Iterator[Job]:
        """The tasks, numbered from 0, with seeded arguments."""
        yield from self._jobs()
        with self._counting:
            self._spent = True
        self._count("done", 0)  # all may have been settled already

    def _jobs(self) -> Iterator[Job]:
        arguments = self._workload.arguments(self._params, Random(self._config.seed))
        index = 0
        while not self._stop.is_set() and (self._config.tasks is None or index < self._config.tasks):
            t_ns = now()
            if self._deadline is not None and t_ns >= self._deadline:
                return
            try:
                args = next(arguments)
            except StopIteration:
                return
            self._count("submitted", 1)
            yield Job(index, t_ns, args)
            index += 1

    def _count(self, name: str, tasks: int) -> None:
        with self._counting:
            if not self._cut_off:
                counts = self._counts
                counts[name] += tasks
                self._board.set(name, counts[name])
                if self._spent and counts["done"] + counts["failed"] >= counts["submitted"]:
                    self._board.set(
                        "closed", now()
                    )  # the run's end is that of its last task, not of the pool's farewell
                    self._spent = False

    def settle(self, error: BaseException | None, tasks: int = 1) -> None:
        """Count tasks as done or failed; those that Stop interrupted count as neither, and so as lost."""
        if isinstance(error, TaskCut):
            self.mark("cut off", "a task was interrupted by Stop")
            return
        if error is not None and not isinstance(error, (TaskFailed, SystemExit, KeyboardInterrupt)):
            recorder.say("failure", f"{type(error).__name__}: {error}")
        self._count("done" if error is None else "failed", tasks)

    def withdraw(self, tasks: int = 1) -> None:
        """Take tasks back that no worker has seen."""
        with self._counting:
            self._counts["submitted"] -= tasks
            self._counts["withdrawn"] += tasks
            self._board.set("submitted", self._counts["submitted"])

    def perform(self, job: Job) -> None:
        """Run and settle in the calling thread."""
        try:
            job()
        except (TaskFailed, TaskCut) as error:
            self.settle(error)
        except (SystemExit, KeyboardInterrupt):
            self._count("failed", 1)  # the task raised it; the recorder has reported it
        else:
            self._count("done", 1)

    def cut_off(self) -> None:
        """Freeze the counts."""
        with self._counting:
            again, self._cut_off = self._cut_off, True
            lost = self._counts["submitted"] - self._counts["done"] - self._counts["failed"]
        if lost and not again:
            self.mark("lost", f"{lost} task{'s were' if lost > 1 else ' was'} cut off")

    # ---- waiting and telling -------------------------------------------------------------------------------------
    def wait(self, kind: SpanKind, task: int, ready: Callable[[float], bool]) -> None:
        """Wait in steps, looking at the workers in between."""
        start = now()
        while not ready(POLL_S):
            self.check_workers()
        end = now()
        # Where results keep coming nothing is ever waited for long, and a pool replaces a dead worker without a word.
        if end - self._checked_ns >= POLL_S * 1e9:
            self.check_workers()
        lane = recorder.current()
        if lane is not None and end - start >= WAIT_SHOWN_NS:
            lane.wait(kind, task, start, end)

    def check_workers(self) -> None:
        """End the run, and this process, where a worker has ended although its model still counts on it."""
        self._checked_ns = now()
        dead = self._births.dead_worker() if self._pooled else None
        if dead is not None:
            # Not raised: a Pool whose worker died with the task queue's lock in its hands waits for that lock in its own
            # farewell, for ever.
            self._give_up(describe_loss(*dead))

    def lost(self, process: BaseProcess, exit_code: int) -> None:
        """A process ended under its task."""
        self.mark("lost", f"PID {process.pid} {describe_exit(exit_code)} under its task")

    def mark(self, kind: str, text: str, limit: int = 200) -> None:
        """Send a mark, up to the limit of its kind."""
        seen = self._marks[kind] = self._marks.get(kind, 0) + 1
        if seen <= limit:
            recorder.say(f"mark:{kind}", text)
        elif seen == limit + 1:
            recorder.say(f"mark:{kind}", f"more than {limit} of these: the rest are not shown")
