"""What happens in a worker process: it becomes a lane, says that it is ready, and carries tasks."""

import faulthandler
import multiprocessing
import multiprocessing.util
import os
import select
import signal
import sys
import traceback
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

from workers import registry
from workers.contract.errors import ConfigError
from workers.contract.spans import SpanKind
from workers.engine import lifeline
from workers.plugin import CUT_OFF, Job
from workers.telemetry import breaking, naps, pickles, recorder
from workers.telemetry.clock import now
from workers.telemetry.here import here
from workers.telemetry.recorder import Recording, TaskCut, TaskFailed

if TYPE_CHECKING:  # a Python without semaphores cannot import it, and its threads need none
    from multiprocessing.synchronize import Event, Semaphore

    from workers.engine.guard import Guard  # it takes long to load: only runs that have one do

RESTART_S = 0.1
"""A worker that cannot be set up ends so much later: pools start the next one at once, a hundred a second until the host has looked."""
GATE_S = 60.0
"""How long a worker waits for the others to be ready."""


@dataclass(frozen=True)
class WorkerSetup:
    """All that a worker process must be told. Pickled into it where it is not forked."""

    recording: Recording
    workload: str
    created_ns: int
    """When the host began to start workers."""
    shared: Any = None
    """What the workload's `share` made."""
    guard: "Guard | None" = None
    """The primitive around the work."""
    farewell: bool = False
    """Whether a worker that ends as its library has it leaves word of that: exit code 0 alone may be a task's doing."""


_go: "Event | None" = None


def enter(
    setup: WorkerSetup, ready: "Semaphore | None" = None, go: "Event | None" = None, asked_ns: int | None = None
) -> None:
    """Initializer of a worker process: become a lane, say so, and know the event that starts the clock. One that cannot ends its process.

    `asked_ns` is when this very process was asked for, where it is not one of a pool.
    """
    global _go
    _go = go
    entered = now()
    try:
        join(setup)
    except Exception as error:  # noqa: BLE001 - whatever a workload does in a worker only; a pool would try again for ever
        _give_up(setup, error)
    asked = setup.created_ns if asked_ns is None else asked_ns
    if asked_ns is None and go is not None and go.is_set():
        asked = entered  # it takes the place of another: when that was asked for, its pool does not say
    lane = recorder.enter(multiprocessing.current_process().name, started_ns=asked)
    lane.wait(SpanKind.START_UP, 0, asked, now())
    lane.ready()
    # At exit the lane says goodbye; a process that is killed does not, and the reader can tell the difference.
    multiprocessing.util.Finalize(None, _leave, (setup,), exitpriority=10)
    if ready is not None:
        ready.release()


def join(setup: WorkerSetup) -> None:
    """Set this process up to record and to run the workload."""
    lifeline.hang_on_parent()
    faulthandler.enable(file=sys.__stderr__ or sys.stderr)
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if breaking.SIGNAL is not None:
        signal.signal(breaking.SIGNAL, lambda number, frame: recorder.break_down())
    faulthandler.register(recorder.STACKS, file=sys.__stderr__ or sys.stderr, all_threads=True, chain=False)
    recorder.configure(setup.recording)
    pickles.watch()
    naps.watch()
    naps.watch_loops_once_loaded()
    workload = registry.load_workload(setup.workload).bound()
    set_work(workload, setup.shared, setup.guard)


def _give_up(setup: WorkerSetup, error: Exception) -> NoReturn:
    """Leave word why this worker cannot be set up, and end: a pool would print a page, and start another one."""
    if isinstance(error, ConfigError):  # it could be imported in the host, and cannot here
        said = str(error).rstrip(".")
        recorder.say("stderr", f"In worker PID {os.getpid()}: {error}")
    else:
        place = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {error} (line {place.lineno} of {os.path.basename(place.filename)})"
        recorder.say("failure", f"in the set-up of worker PID {os.getpid()}\n{traceback.format_exc().rstrip()}")
    try:
        with open(_word(setup.recording.directory, os.getpid()), "w", encoding="utf-8") as word:
            word.write(said.replace("\n", " ")[:500])
    except OSError:
        pass  # no room: the exit code has to do
    select.select([], [], [], RESTART_S)  # time.sleep would be recorded
    os._exit(1)


def _leave(setup: WorkerSetup) -> None:
    """The process ends, and not from within C code: say goodbye."""
    recorder.leave()
    if setup.farewell and not _ended_by_its_task():
        try:
            with open(_farewell(setup.recording.directory, os.getpid()), "w"):
                pass
        except OSError:
            pass  # no room: its end is told as that of one who was not to end


def _ended_by_its_task() -> bool:
    """Whether a task has raised SystemExit through the pool: multiprocessing ends the process while that is under way, up to 3.13."""
    # From 3.14 on that is over by now. A Pool's worker never outlives it; an executor's always does.
    through = here.exiting and "PoolWorker" in multiprocessing.current_process().name
    return through or sys.exc_info()[0] is not None


def _farewell(directory: str, pid: int) -> str:
    return os.path.join(directory, f"left-{pid}")  # no Path: loading it takes a worker 3 ms


def said_farewell(directory: str, pid: int) -> bool:
    """In the host, of a worker that has ended: whether its library has ended it. Asked once: another may get its PID."""
    try:
        os.unlink(_farewell(directory, pid))
    except OSError:
        return False
    return True


def _word(directory: str, pid: int) -> str:
    return os.path.join(directory, f"not-set-up-{pid}")


def left_word(directory: str, pid: int) -> str:
    """In the host: why this worker could not be set up; empty where it said nothing."""
    try:
        with open(_word(directory, pid), encoding="utf-8", errors="replace") as word:
            return word.read()
    except OSError:
        return ""


def set_work(workload: registry.Workload, shared: Any, guard: "Guard | None", *, in_loop: bool = False) -> None:
    """Say what a task calls: the workload's function, with what is shared, behind the primitive."""
    run, run_async = workload.run, workload.run_async
    if workload.share is not None:
        run = partial(run, shared)
        run_async = partial(run_async, shared) if run_async is not None else None
    if in_loop:
        run_async = run_async or recorder.as_coroutine(run)
        run_async = guard.around_async(run_async) if guard is not None else run_async
    elif guard is not None:
        run = guard.around(run)
    recorder.set_work(run, run_async, workload.checksum)


def hold() -> None:
    """The task that each worker of an executor is given first: wait until all of them are there."""
    if _go is not None:
        _go.wait(GATE_S)


def perform(
    job: Job,
    setup: WorkerSetup,
    ready: "Semaphore | None" = None,
    go: "Event | None" = None,
    ended: "Connection[Any, Any] | None" = None,
) -> None:
    """Target of a process that runs one job. A failed one ends it with exit code 1, one that Stop cut off with CUT_OFF.

    `ended` is sent the job's number once it has ended, well or not: a task that ends its process itself may choose any exit code.
    """
    enter(setup, ready, go, job.submitted_ns)
    code = 0
    try:
        job()
    except (TaskFailed, TaskCut) as error:
        code = 1 if isinstance(error, TaskFailed) else CUT_OFF
    except (SystemExit, KeyboardInterrupt):  # the recorder has reported it
        code = 1
    if ended is not None:
        ended.send_bytes(b"%d" % job.number)  # so few bytes are written at once, or not at all
    if code:
        recorder.leave()
        sys.exit(code)


def interrupt(number: int, frame: FrameType | None) -> Any:
    """SIGINT. During Stop it ends the task of the main thread, if there is one; else it is what it is everywhere."""
    if recorder.stop_asked():
        recorder.interrupt()
    else:
        signal.default_int_handler(number, frame)
