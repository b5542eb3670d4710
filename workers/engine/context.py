"""HostContext: what a model sees of the run that it carries (the `RunContext` of workers.plugin)."""

import asyncio
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor
from functools import partial
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any, NoReturn

from workers.contract.config import RunConfig, Value
from workers.contract.info import ModelInfo
from workers.contract.spans import SpanKind
from workers.engine import interpreter, threads, worker
from workers.engine.births import UNKNOWN_END, Births
from workers.engine.gate import READY_S, Gate
from workers.engine.guard import Guard, check_permits, make_guard
from workers.engine.host_marks import Marks
from workers.engine.losses import describe_loss, describe_task_loss
from workers.engine.sayable import say_coroutines, sayable
from workers.engine.sharing import Share
from workers.engine.tally import Tally
from workers.plugin import POLL_S, Job, WorkerLost
from workers.registry import Workload
from workers.telemetry import recorder
from workers.telemetry.board import Board
from workers.telemetry.clock import now
from workers.telemetry.recorder import Recording, TaskCut, TaskFailed
from workers.telemetry.waiting import ANY

_job = tuple.__new__  # what Job() comes to, in a third of the time
WAIT_SHOWN_NS = 50_000
"""Shorter waits of the main lane are not recorded: they would outnumber the tasks."""


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
        self.workers = max(config.workers, int(config.options.get("pool_size", 0)))
        self.options: dict[str, Value] = dict(config.options)
        self._config = config
        self._model = model
        self._workload = workload
        self._params = dict(params)
        self._recording = recording
        self._board = board
        self._births = births
        self._on_clock = on_clock
        self._give_up = give_up
        self._tally = Tally(board)
        self._count = self._tally.add
        self._gate = Gate()
        marks = Marks()
        self.mark, self.tell_rest = marks.mark, marks.tell_rest
        self._stop = threading.Event()
        self._held = False
        self._hold_over = threading.Event()
        self._initargs: tuple[Any, ...] | None = None
        self._pooled = False
        self._checked_ns = 0
        self._excused = False
        """Whether a worker that has ended was passed over once, because what had come might say why."""
        self._mp: BaseContext | None = None
        self._deadline: int | None = None
        self._active = config.workers
        self._clean_exits = False
        self._share: Share | None = None
        self._shared: Any = None
        self._guard: Guard | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        board.set("active", config.workers)
        if "switch_ms" in self.options:
            sys.setswitchinterval(float(self.options["switch_ms"]) / 1000)
        if model.workers_are != "processes":
            self._make_shared(None)
            worker.set_work(workload, self._shared, self._guard, in_loop=model.workers_are == "coroutines")

    # ---- what the model reads ------------------------------------------------------------------------------------
    @property
    def active(self) -> int:
        """Workers to keep busy."""
        return self._active

    @property
    def stopping(self) -> bool:
        """Whether Stop was asked."""
        return self._stop.is_set()

    @property
    def more(self) -> bool:
        """Whether there may be another task."""
        config = self._config
        spent = config.tasks is not None and self._tally.drawn >= config.tasks
        late = self._deadline is not None and now() >= self._deadline
        return not (spent or late or self._stop.is_set())

    @property
    def holding(self) -> bool:
        """Whether no new task is to be begun for now."""
        return self._held and self.more

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
            self._make_shared(self.mp)
            worker.set_work(self._workload, self._shared, self._guard)  # joblib's one worker is this process
            if self._clean_exits:  # said before there are any, so all of them will tell when they are replaced
                self._births.meant_to_end = partial(worker.said_farewell, self._recording.directory)
            setup = worker.WorkerSetup(
                self._recording, self._config.workload, now(), self._shared, self._guard, self._clean_exits
            )
            if self._guard is not None and self._board.get("clock_start_ns"):
                self._guard.on_clock()  # a model that asks for its first process when the clock runs already
            self._initargs = (setup, *self._gate.for_processes(self.mp))
        return self._initargs

    @property
    def interpreter_initargs(self) -> tuple[str]:
        """What sub-interpreters execute; and from here on, they are waited for."""
        self._gate.for_interpreters()
        return (interpreter.source(self._recording, self._config.workload, now()),)

    @property
    def prefix(self) -> str:
        """How names in shared memory begin."""
        return os.path.basename(self._recording.directory)

    enter_process = staticmethod(worker.enter)
    perform_in_process = staticmethod(worker.perform)

    def use(self, context: BaseContext) -> None:
        """Take this context."""
        self._mp = context

    def allow_exits(self) -> None:
        """A worker process may end with exit code 0."""
        self._clean_exits = True

    def _make_shared(self, mp: BaseContext | None) -> None:
        """What the workload's tasks share, and the primitive around them."""
        kind = str(self.options.get("primitive", "none"))
        workload, lanes = self._workload, self._model.workers_are
        if kind == "none" and workload.share is None:
            return
        permits = int(self.options.get("permits", 1))
        check_permits(kind, permits, self._config.workers)
        flavour = lanes if lanes in ("processes", "coroutines") else "threads"
        share = self._share = Share(flavour, self._config.workers, self._recording.directory, mp)
        if workload.share is not None:
            blocks = flavour == "coroutines" and workload.run_async is None
            self._shared = workload.share(self._params, share.as_threads() if blocks else share)
        if kind != "none":
            self._guard = make_guard(share, kind, permits)

    def report(self) -> dict[str, Value]:
        """What the workload has to say of the whole run."""
        if self._workload.report is None:
            return {}
        return sayable(self._workload.report(self._params, self._shared, self._tally.done))

    def close(self) -> None:
        """End what the tasks shared."""
        if self._share is not None:
            self._share.close()

    def explain(self) -> None:
        """Say where the coroutines stand; called by the control thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(say_coroutines)

    def turn(self, values: Mapping[str, Any]) -> None:
        """Change what may be changed while the run goes on; called by the control thread."""
        for field, value in values.items():
            group, _, name = field.partition(".")
            if field == "workers":
                self._active = int(value)
                self._board.set("active", self._active)
                self.mark("workers", f"{value} worker{'s' if value != 1 else ''}", limit=1_000)
                continue
            (self._params if group == "params" else self.options)[name] = value
            if name == "switch_ms":
                sys.setswitchinterval(float(value) / 1000)
            self.mark("turn", f"{name} {value}", limit=1_000)

    # ---- start ---------------------------------------------------------------------------------------------------
    def request_stop(self) -> None:
        """Stop was asked; called by the control thread."""
        self._stop.set()
        self._hold_over.set()

    def hold(self, on: bool) -> None:
        """Hand out no new tasks, or hand them out again; called by the control thread."""
        self._hold_over.clear() if on else self._hold_over.set()
        self._held = on

    def enter_thread(self) -> None:
        """Make the thread a lane and count it as ready."""
        recorder.enter()
        self._gate.thread_is_ready()

    def start_clock(self, submit: Callable[..., Any] | None = None) -> None:
        """Wait for the workers (see RunContext), then start the clock."""
        if self._share is not None:
            self._share.connect(submit)
        processes = self._pooled = self._initargs is not None
        if processes or submit is not None:
            hold = self._gate.hold()
            try:
                held = [submit(hold) for _ in range(self.workers)] if submit is not None else []
                ready = self._gate.await_ready(self.workers, held, self.check_workers, self._stop.is_set)
            except (RuntimeError, OSError) as error:
                self._gate.let_go()  # those who are there must not wait for those who are not
                if isinstance(error, BrokenExecutor):
                    raise
                raise WorkerLost(
                    f"Not all {self.workers} workers could be started ({error}); ask for fewer."
                ) from error
            if ready is not None:
                self._give_up(
                    f"Only {ready} of {self.workers} workers were ready after {READY_S:.0f} s; ask for fewer."
                )
        self._tick()
        self._gate.let_go()

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
            recorder.say("mark:workers", f"{self._active} worker{'s' if self._active != 1 else ''}", t_ns)
        if self._guard is not None:
            self._guard.on_clock()

    # ---- tasks ---------------------------------------------------------------------------------------------------
    def jobs(self) -> Iterator[Job]:
        """The tasks, numbered from 0, with seeded arguments."""
        yield from self._jobs()
        self._tally.spend()

    def _jobs(self) -> Iterator[Job]:
        endless = self._config.tasks is None and self._config.seconds is None
        draw = (self._workload.arguments_once if endless else None) or self._workload.arguments
        arguments = draw(self._params, Random(self._config.seed))
        index, tasks, stopped = 0, self._config.tasks, self._stop.is_set
        while not stopped() and (tasks is None or index < tasks):
            if self._held:
                self._stand_by()
                if stopped():
                    return
            t_ns = now()
            if self._deadline is not None and t_ns >= self._deadline:
                return
            try:
                args = next(arguments)
            except StopIteration:
                return
            self._count("submitted", 1)
            yield _job(Job, (index, t_ns, args))
            index += 1

    def _stand_by(self) -> None:
        """Until tasks are handed out again, time is up or Stop is asked. A model that waits elsewhere while `holding` never comes here.

        An event loop must not be blocked: tasks that are under way could not end.
        """
        if asyncio._get_running_loop() is not None:
            return
        while self.holding:
            self._hold_over.wait(POLL_S)
            self.check_workers()

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
        self._tally.withdraw(tasks)

    def perform(self, job: Job) -> None:
        """Run and settle in the calling thread."""
        try:
            recorder.perform(*job)  # what job() does, which is one more call
        except (TaskFailed, TaskCut) as error:
            self.settle(error)
        except (SystemExit, KeyboardInterrupt):
            self._count("failed", 1)  # the task raised it; the recorder has reported it
        else:
            self._count("done", 1)

    async def perform_async(self, job: Job) -> Any:
        """Run in the event loop."""
        self._loop = asyncio.get_running_loop()
        return await recorder.perform_async(job.number, job.submitted_ns, job.args)

    def cut_off(self) -> None:
        """Freeze the counts."""
        lost = self._tally.freeze()
        if lost:
            self.mark("lost", f"{lost} task{'s were' if lost > 1 else ' was'} cut off")

    # ---- waiting and telling -------------------------------------------------------------------------------------
    def wait(self, kind: SpanKind, task: int, ready: Callable[[float], bool]) -> None:
        """Wait in steps, looking at the workers in between."""
        start = now()
        lane = recorder.current()
        if lane is not None:
            lane.stand(ANY, kind)
        try:
            while not ready(POLL_S):
                if lane is not None:
                    lane.tried()
                self._look_at_workers()
        finally:
            if lane is not None:
                lane.stand(0)
        end = now()
        # Where results keep coming nothing is ever waited for long, and a pool replaces a dead worker without a word.
        if end - self._checked_ns >= POLL_S * 1e9:
            self._look_at_workers()
        end = min(end, self._tally.closed_ns or end)  # what comes after is no part of the run
        if lane is not None and end - start >= WAIT_SHOWN_NS:
            lane.wait(kind, task, start, end)

    def _look_at_workers(self) -> None:
        """Check them, but pass over one that was ended by SIGTERM the first time.

        An executor that cannot go on ends its workers so; why, it has said before, and that is what is heard next.
        """
        dead = self._births.dead_worker(clean_exits=self._clean_exits) if self._pooled else None
        if dead is None or dead[1] != -signal.SIGTERM or self._excused:
            self.check_workers()
        self._excused = dead is not None

    def check_workers(self) -> None:
        """End the run, and this process, where a worker has ended although its model still counts on it."""
        self._checked_ns = now()
        if self._guard is not None:
            self._guard.look(self._tally.pending, self._loop)
        dead = self._births.dead_worker(clean_exits=self._clean_exits) if self._pooled else None
        if dead is not None:
            pending = self._tally.pending
            if pending:
                told = f"the sentinel of PID {dead[0]} tells that it has ended; tasks pending: {pending}; nobody else has said a word"
                self.mark("unanswered", told)
            # Not raised: a Pool whose worker died with the task queue's lock in its hands waits for that lock in its own
            # farewell, for ever.
            self.tell_rest()
            server = self._births.server_loss() if dead[1] == UNKNOWN_END else None
            word = worker.left_word(self._recording.directory, dead[0])
            self._give_up(describe_loss(*dead, word, server, self._births.given_up(dead[0])))
        if threads.broken and not self._stop.is_set():
            self.tell_rest()
            self._give_up(threads.broken)

    def lost(self, process: BaseProcess, exit_code: int) -> None:
        """A process ended under its task. Raises WorkerLost where it could not even be set up: nor could the next one."""
        pid = process.pid or 0
        word = worker.left_word(self._recording.directory, pid)
        if word:
            raise WorkerLost(describe_loss(pid, exit_code, word))
        ended = self._births.server_loss() if exit_code == UNKNOWN_END else None
        self.mark("lost", describe_task_loss(pid, exit_code, ended), of=(pid, pid))
