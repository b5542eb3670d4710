"""What models that are fed by a queue have in common: feeding it, and hearing what became of the tasks."""

import multiprocessing.queues
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from workers.contract.marks import SHOWN
from workers.contract.spans import SpanKind
from workers.crew import Crew, Line
from workers.crossing import Crossings, SizedQueue, crossing_at, tell_result
from workers.tasks import Job
from workers.telemetry import recorder
from workers.telemetry.recorder import TaskCut, TaskFailed

if TYPE_CHECKING:
    from workers.plugin import RunContext

    _Queue = multiprocessing.queues.Queue[Any]
else:
    _Queue = multiprocessing.queues.Queue  # cannot be subscripted before Python 3.12


UNKNOWN = -1
"""In place of the number of a task whose result could not be read."""


class Outcome(NamedTuple):
    """What became of a task, as it is sent home."""

    number: int
    error: Exception | None = None
    """TaskFailed, TaskCut, or what kept its arguments or result from travelling; None where it was done."""
    value: Any = None
    """The workload's result, where it was done."""
    unbegun: bool = False
    """Stop was asked before the worker began it."""
    size: int = 0
    """Bytes that it took to send `value` home; 0: not known."""

    def settle(self, ctx: "RunContext") -> None:
        """In the host: count it."""
        if self.unbegun:
            ctx.withdraw()
        else:
            ctx.settle(self.error)


def outcome(job: Job) -> Outcome:
    """In a worker: run `job` in the calling thread's lane. Raises nothing that a task can raise."""
    try:
        return Outcome(job.number, value=job())
    except (TaskFailed, TaskCut) as error:
        return Outcome(job.number, error)
    except (SystemExit, KeyboardInterrupt) as error:  # the recorder has reported it
        return Outcome(job.number, TaskFailed(f"task {job.number}: {type(error).__name__}"))


def outcome_unless_stopped(job: Job) -> Outcome:
    """As `outcome`, where nobody can take tasks back once they are handed over: after Stop it begins none."""
    return Outcome(job.number, unbegun=True) if recorder.stop_asked() else outcome(job)


class Inbox:
    """Where the host finds what has come home."""

    def __init__(self) -> None:
        self._came: queue.SimpleQueue[Outcome] = queue.SimpleQueue()

    def post(self, came: Outcome) -> None:
        """Put something in, from any thread of the host."""
        self._came.put(came)

    def take(self, seconds: float) -> list[Outcome]:
        """All that is there; where nothing is, what comes first within `seconds`."""
        found: list[Outcome] = []
        try:
            while True:
                found.append(self._came.get(timeout=0 if found else seconds))
        except queue.Empty:
            return found


class Results(Inbox):
    """The way home from worker processes: a SimpleQueue (a pipe and a lock), and an inbox.

    A thread of the host empties the pipe, as in multiprocessing.Pool: a worker that is killed half-way through a message holds
    up that thread, and not the one that has to notice its death. multiprocessing.Queue would not do: it pickles in a thread of
    the worker, where a result that cannot be pickled vanishes.
    """

    def __init__(self, ctx: "RunContext") -> None:
        super().__init__()
        self._pipe = SizedQueue(ctx=ctx.mp)

    def __getstate__(self) -> Any:
        return self._pipe

    def __setstate__(self, pipe: Any) -> None:
        self._pipe = pipe

    def send(self, came: Outcome, tell: bool = True) -> None:
        """In a worker: send it home. What cannot be pickled is that task's failure. `tell`: mark it, if it is among the first."""
        at_ns = crossing_at(came.number)
        try:
            size = self._pipe.put_sized(came)
        except (OSError, EOFError):
            raise  # nobody is at home
        except Exception as error:  # noqa: BLE001 - whatever pickling raises
            self._pipe.put(Outcome(came.number, unpicklable(came.number, "result", error)))
        else:
            if at_ns and tell and came.error is None:
                tell_result(came.number, came.value, size, at_ns)

    def listen(self) -> None:
        """In the host, once the first workers were started: begin to empty the pipe."""
        threading.Thread(target=self._listen, name="results", daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                came, size = self._pipe.get_sized()
                self._came.put(came._replace(size=size) if came.number < SHOWN else came)
            except (OSError, EOFError):
                return
            except Exception as error:  # noqa: BLE001 - one message is one task, and whatever unpickling raises its failure
                self._came.put(
                    Outcome(UNKNOWN, ValueError(f"a result cannot be unpickled ({type(error).__name__}: {error})"))
                )


def unpicklable(number: int, what: str, error: Exception) -> Exception:
    """Why task `number` failed although it raised nothing. `what`: "result" or "arguments"."""
    return ValueError(f"task {number}: {what} cannot be pickled ({type(error).__name__}: {error})")


class TaskQueue(_Queue):
    """multiprocessing.Queue, but that items which cannot be pickled, elsewhere dropped by its thread, come back as failed."""

    def __init__(self, ctx: "RunContext", inbox: Inbox) -> None:
        super().__init__(queue_bound(ctx), ctx=ctx.mp)
        self._inbox = inbox
        self.cancel_join_thread()  # else a host that ends early would wait until somebody has read what is left

    def end(self) -> None:
        """Once the workers have gone: see the thread off. It may be the last to know some semaphores, and the end of the host
        must not come while it removes them."""
        self.close()
        thread: threading.Thread | None = getattr(self, "_thread", None)
        if thread is not None:
            thread.join(1.0)

    def _on_queue_feeder_error(self, error: Exception, item: Any) -> None:
        self._inbox.post(Outcome(item.number, unpicklable(item.number, "arguments", error)))


def queue_bound(ctx: "RunContext") -> int:
    """How many tasks may wait in the line: the option `queue_bound`."""
    return int(ctx.options["queue_bound"]) or 2 * ctx.workers


def feed(
    ctx: "RunContext",
    crew: Crew,
    line: Line,
    inbox: Inbox,
    *,
    pack: Callable[[Job], Any] = lambda job: job,
    receive: Callable[[Outcome], Outcome] = lambda came: came,
    most: int | None = None,
    nudge: Any = None,
    crosses: bool = True,
) -> None:
    """Put every task into `line` and settle what comes home, until all are settled. On Stop take back what nobody has taken.

    `pack` makes of a job what is put into the line; `receive` is given what has come home, and says what to settle; never more
    than `most` are on the way. `crosses`: the workers are other processes, and what is sent to them and back is told.
    """
    under_way = 0
    crossings = Crossings(told=crosses)

    def collect(seconds: float) -> bool:
        nonlocal under_way
        crew.fit()
        found = inbox.take(seconds)
        for came in map(receive, found):
            if not came.unbegun:
                crossings.received(came.number, came.value, came.error, came.size)
            came.settle(ctx)
        under_way -= len(found)
        return bool(found)

    def collect_or_stop(seconds: float) -> bool:
        return collect(seconds) or ctx.stopping

    def blocked() -> bool:
        return ctx.holding or (most is not None and under_way >= most)

    def put(item: Any, job: Job) -> bool:
        """Whether there was room before Stop."""
        placed = False
        number = job.number

        def ready(seconds: float) -> bool:
            nonlocal placed
            at_ns = crossing_at(number)
            try:
                line.put(item, True, seconds)
            except queue.Full:
                collect(0)
                return ctx.stopping
            except (OSError, EOFError):
                raise  # whoever keeps the line is gone
            except Exception as error:  # noqa: BLE001 - whatever pickling raises
                inbox.post(Outcome(number, unpicklable(number, "arguments", error)))
            else:
                crossings.sent(job, at_ns)
            placed = True
            return True

        ctx.wait(SpanKind.QUEUE, number, ready)
        return placed

    jobs = ctx.jobs()
    while True:
        while blocked() and not ctx.stopping:
            ctx.wait(SpanKind.RESULT, 0, lambda seconds: collect_or_stop(seconds) or not blocked())
        job = next(jobs, None)
        if job is None:
            break
        if not put(pack(job), job):
            ctx.withdraw()
            continue
        under_way += 1
        collect(0)
    while under_way:
        if ctx.stopping:
            # Again each time: a multiprocessing queue looks empty while somebody is reading from it.
            back = take_back(line, nudge)
            ctx.withdraw(back)
            under_way -= back
        if under_way:
            ctx.wait(SpanKind.RESULT, 0, collect_or_stop)
    crossings.tell_rest()


def take_back(line: Line, nudge: Any = None) -> int:
    """Empty the line. How many tasks were in it."""
    found = 0
    try:
        while True:
            found += line.get_nowait() != nudge
    except queue.Empty:
        return found
