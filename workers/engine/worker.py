"""What happens in a worker process: it becomes a lane, says that it is ready, and carries tasks."""

import faulthandler
import multiprocessing.util
import signal
import sys
from dataclasses import dataclass
from multiprocessing.synchronize import Event, Semaphore
from types import FrameType
from typing import Any

from workers import registry
from workers.contract.spans import SpanKind
from workers.plugin import CUT_OFF, Job
from workers.telemetry import recorder
from workers.telemetry.clock import now
from workers.telemetry.recorder import Recording, TaskCut, TaskFailed

GATE_S = 60.0
"""How long a worker waits for the others to be ready."""


@dataclass(frozen=True)
class WorkerSetup:
    """All that a worker process must be told. Pickled into it where it is not forked."""

    recording: Recording
    workload: str
    created_ns: int
    """When the host began to start workers."""


_go: Event | None = None


def enter(
    setup: WorkerSetup, ready: Semaphore | None = None, go: Event | None = None, asked_ns: int | None = None
) -> None:
    """Initializer of a worker process: become a lane, say so, and know the event that starts the clock.

    `asked_ns` is when this very process was asked for, where it is not one of a pool.
    """
    global _go
    _go = go
    join(setup)
    asked = setup.created_ns if asked_ns is None else asked_ns
    lane = recorder.enter(role="worker", started_ns=asked)
    lane.wait(SpanKind.START_UP, 0, asked, now())
    lane.ready()
    # At exit the lane says goodbye; a process that is killed does not, and the reader can tell the difference.
    multiprocessing.util.Finalize(None, recorder.leave, exitpriority=10)
    if ready is not None:
        ready.release()


def join(setup: WorkerSetup) -> None:
    """Set this process up to record and to run the workload."""
    faulthandler.enable(file=sys.__stderr__ or sys.stderr)
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    recorder.configure(setup.recording, registry.load_workload(setup.workload).run)


def hold() -> None:
    """The task that each worker of an executor is given first: wait until all of them are there."""
    if _go is not None:
        _go.wait(GATE_S)


def perform(job: Job, setup: WorkerSetup, ready: Semaphore | None = None, go: Event | None = None) -> None:
    """Target of a process that runs one job. A failed one ends it with exit code 1, one that Stop cut off with CUT_OFF."""
    enter(setup, ready, go, job.submitted_ns)
    try:
        job()
    except (TaskFailed, TaskCut) as error:
        recorder.leave()
        sys.exit(1 if isinstance(error, TaskFailed) else CUT_OFF)


def interrupt(number: int, frame: FrameType | None) -> Any:
    """SIGINT. During Stop it ends the task of the main thread, if there is one; else it is what it is everywhere."""
    if recorder.stop_asked():
        recorder.interrupt()
    else:
        signal.default_int_handler(number, frame)
