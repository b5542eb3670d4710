"""HostContext: what a model sees of the run that it carries (the `RunContext` of workers.plugin)."""

import asyncio
import math
import multiprocessing
import os
import select
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor
from functools import partial
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from random import Random
from typing import Any, NoReturn

from workers.contract.config import MOST, RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.info import ModelInfo
from workers.contract.marks import more
from workers.contract.spans import SpanKind
from workers.engine import interpreter, threads, worker
from workers.engine.births import UNKNOWN_END, Births, describe_exit
from workers.engine.guard import Guard, make_guard
from workers.engine.sharing import Share
from workers.plugin import POLL_S, Job, WorkerLost
from workers.registry import Workload
from workers.telemetry import recorder
from workers.telemetry.board import Board
from workers.telemetry.clock import now
from workers.telemetry.recorder import Recording, TaskCut, TaskFailed
from workers.telemetry.waiting import ANY

READY_S = 120.0
"""How long workers may take to come up: 10,000 spawned interpreters would take longer, and are refused before."""
_job = tuple.__new__  # what Job() comes to, in a third of the time
WAIT_SHOWN_NS = 50_000
"""Shorter waits of the main lane are not recorded: they would outnumber the tasks."""


LONGEST_NAME, LONGEST_VALUE = 200, 2_000
"""Characters of what a workload reports."""


def _sayable(value: Any) -> Value:
    """A value that JSON has: what is none, such as NaN or a number of a thousand digits, as its text."""
    if isinstance(value, bool) or (isinstance(value, int) and abs(value) <= MOST):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    try:
        return str(value)[:LONGEST_VALUE]
    except Exception as error:  # noqa: BLE001 - its own words may be broken
        return f"(it cannot be shown: {type(error).__name__})"


def _say_coroutines() -> None:
    """Print where each coroutine of the calling event loop stands, from its task down to what it awaits."""
    for task in asyncio.all_tasks():
        frames = []
        at: Any = task.get_coro()
        while getattr(at, "cr_frame", None) is not None:  # a task's own get_stack stops at the first
            frames.append((at.cr_frame, at.cr_frame.f_lineno))
            at = at.cr_await
        lines = traceback.StackSummary.extract(iter(frames)).format()
        recorder.say("stderr", f"{task.get_name()}\n{''.join(lines)}".rstrip())


def describe_loss(
    pid: int, code: int, word: str = "", server_end: tuple[int, int | None] | None = None, given_up: bool = False
) -> str:
    """What is said of a pool that has lost a worker.

    `word` is what one has left that could not be set up; `server_end`: (pid, exit code) of the forkserver, where that has ended;
    `given_up`: it was alive when its pool ended it, and nobody had ended before.
    """
    if word:
        return f"Worker PID {pid} could not be set up: {word}; mend that and start the run again."
    if code == UNKNOWN_END and server_end is not None:
        server, how = server_end
        return (
            f"The forkserver, PID {server}, {describe_exit(how)}, and nobody can tell how its workers fare: "
            "their tasks are lost and the pool cannot go on; start the run again."
        )
    if given_up and code == -signal.SIGTERM:
        return (
            "The pool took a worker that was alive for dead, as it does where a task closes descriptors that are not its own, "
            f"and ended them all (SIGTERM to PID {pid} and the others): what was under way is lost; mend the task and start the run again."
        )
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
        self._counting = threading.Lock()
        self._counts = {"submitted": 0, "done": 0, "failed": 0, "withdrawn": 0}
        self._marks: dict[str, int] = {}
        self._unmarked: dict[str, int] = {}
        self._cut_off = False
        self._spent = False
        self._closed_ns = 0
        self._stop = threading.Event()
        self._held = False
        self._hold_over = threading.Event()
        self._threads_ready = threading.Semaphore(0)
        self._threads_go = threading.Event()
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
        self._pipes: tuple[int, int, int, int] | None = None
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
        spent = config.tasks is not None and self._counts["submitted"] + self._counts["withdrawn"] >= config.tasks
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
            self._initargs = (setup, self.mp.Semaphore(0), self.mp.Event())
        return self._initargs

    @property
    def interpreter_initargs(self) -> tuple[str]:
        """What sub-interpreters execute; and from here on, they are waited for."""
        if self._pipes is None:
            self._pipes = (*os.pipe(), *os.pipe())
            os.set_blocking(self._pipes[0], False)
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
        if kind == "Barrier" and permits > self._config.workers:
            raise ConfigError(
                f"A Barrier of {permits} needs {permits} workers at once and there are {self._config.workers}: "
                "set permits to that or less.",
                "options.permits",
            )
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
        said = self._workload.report(self._params, self._shared, self._counts["done"])
        return {str(name)[:LONGEST_NAME]: _sayable(value) for name, value in said.items()}

    def close(self) -> None:
        """End what the tasks shared."""
        if self._share is not None:
            self._share.close()

    def explain(self) -> None:
        """Say where the coroutines stand; called by the control thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_say_coroutines)

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
        self._threads_ready.release()

    def start_clock(self, submit: Callable[..., Any] | None = None) -> None:
        """Wait for the workers (see RunContext), then start the clock."""
        if self._share is not None:
            self._share.connect(submit)
        processes = self._pooled = self._initargs is not None
        if processes or submit is not None:
            hold: Callable[[], None] = worker.hold if processes else self._hold
            if self._pipes is not None:
                hold = partial(interpreter.hold, self._pipes[1], self._pipes[2])
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
        if self._pipes is not None and self._pipes[3] >= 0:
            os.close(self._pipes[3])
            self._pipes = (*self._pipes[:3], -1)

    def _await_ready(self, held: list[Any]) -> None:
        """Until every worker has said that it is ready, or Stop was asked."""
        if self._pipes is not None:
            acquire: Callable[..., bool] = self._ready_interpreter
        else:
            acquire = (self._initargs[1] if self._initargs is not None else self._threads_ready).acquire
        end = now() + int(READY_S * 1e9)
        for count in range(self.workers):
            while not acquire(timeout=POLL_S):
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

    def _ready_interpreter(self, timeout: float) -> bool:
        assert self._pipes is not None
        return bool(select.select([self._pipes[0]], [], [], timeout)[0] and os.read(self._pipes[0], 1))

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
            recorder.say("mark:workers", f"{self._active} worker{'s' if self._active != 1 else ''}", t_ns)
        if self._guard is not None:
            self._guard.on_clock()

    # ---- tasks ---------------------------------------------------------------------------------------------------
    def jobs(self) -> Iterator[Job]:
        """The tasks, numbered from 0, with seeded arguments."""
        yield from self._jobs()
        self._board.set("spent", 1)
        with self._counting:
            self._spent = True
        self._count("done", 0)  # all may have been settled already

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

    def _count(self, name: str, tasks: int) -> None:
        with self._counting:
            if not self._cut_off:
                counts = self._counts
                counts[name] += tasks
                self._board.set(name, counts[name])
                if self._spent and counts["done"] + counts["failed"] >= counts["submitted"]:
                    # The run's end is that of its last task, not of the pool's farewell.
                    self._closed_ns = now()
                    self._board.set("closed", self._closed_ns)
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

    async def perform_async(self, job: Job) -> Any:
        """Run in the event loop."""
        self._loop = asyncio.get_running_loop()
        return await recorder.perform_async(job.number, job.submitted_ns, job.args)

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
        end = min(end, self._closed_ns or end)  # what comes after is no part of the run
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
            counts = self._counts
            self._guard.look(counts["submitted"] - counts["done"] - counts["failed"], self._loop)
        dead = self._births.dead_worker(clean_exits=self._clean_exits) if self._pooled else None
        if dead is not None:
            counts = self._counts
            pending = counts["submitted"] - counts["done"] - counts["failed"]
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
        text = f"PID {pid} {describe_exit(exit_code)} under its task"
        ended = self._births.server_loss() if exit_code == UNKNOWN_END else None
        if ended is not None:
            text = f"PID {pid} was lost under its task: its forkserver, PID {ended[0]}, {describe_exit(ended[1])}"
        self.mark("lost", text, of=(pid, pid))

    def mark(self, kind: str, text: str, limit: int = 200, of: tuple[int, int] | None = None) -> None:
        """Send a mark, up to the limit of its kind."""
        seen = self._marks[kind] = self._marks.get(kind, 0) + 1
        if seen <= limit:
            recorder.say(f"mark:{kind}", text, of=of)
        else:
            self._unmarked[kind] = seen - limit

    def tell_rest(self) -> None:
        """The run is over: say how many marks of each kind were left out."""
        unmarked, self._unmarked = self._unmarked, {}
        for kind, count in unmarked.items():
            recorder.say(f"mark:{kind}", more(count))
