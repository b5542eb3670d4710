"""Process pipe: a two-way pipe for each worker process, and the host in the middle, who sees which of them have answered.

    host <==Pipe==> worker 1        send a task, wait for any answer (multiprocessing.connection.wait),
         <==Pipe==> worker 2        and give the one who answered the next task
         <==Pipe==> ...

No queue and no lock: a worker has one task at a time, and waits for the length of a trip between two. A worker that is sent home
closes its end, and reading from the other end raises EOFError: nothing more can come.
"""

from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, cast

from workers.plugin import (
    PERMITS,
    PRIMITIVE,
    SHOWN,
    START_METHOD,
    Crossings,
    Job,
    ModelInfo,
    Outcome,
    RunContext,
    ScriptParts,
    SpanKind,
    WorkerLost,
    crossing_at,
    outcome,
    process_hire,
    receive_sized,
    send_sized,
    tell_result,
)

INFO = ModelInfo(
    title="Process pipes",
    family="Processes",
    summary="Each worker process has a two-way Pipe to the host, which hands the next task to whoever has answered.",
    params=(START_METHOD, PRIMITIVE, PERMITS),
    workers_are="processes",
    live_workers="free",
)


class Worker(NamedTuple):
    """A worker process and our end of its pipe."""

    process: BaseProcess
    pipe: "Connection[Any, Any]"


def run(ctx: RunContext) -> None:
    """Start the processes, give each a task whenever it has none, let them go."""
    Exchange(ctx).run()


class Exchange:
    """Who is idle and who has which task."""

    def __init__(self, ctx: RunContext) -> None:
        self.ctx = ctx
        self.idle: list[Worker] = []
        self.busy: dict[Connection[Any, Any], tuple[Worker, Job]] = {}
        self.leaving: list[Worker] = []
        self.crossings = Crossings()

    def run(self) -> None:
        """Until the tasks are spent and everybody has gone."""
        ctx = self.ctx
        assert ctx.process_initargs  # made before the clock asks who is to be waited for
        ctx.start_clock(self.hire)
        jobs = ctx.jobs()
        while True:
            ctx.wait(SpanKind.RESULT, 0, self.somebody_is_free)
            job = next(jobs, None)
            if job is None:
                break
            self.hand(job)
        ctx.wait(SpanKind.RESULT, 0, self.nobody_is_busy)
        self.crossings.tell_rest()
        while self.idle:
            self.send_home(self.idle.pop())
        ctx.wait(SpanKind.JOIN, 0, self.everybody_has_gone)

    def hire(self, hold: Any = None) -> "Exchange":
        """Start one more worker. The end of the pipe that is its own must not stay open here: it would never be seen to close."""
        ours, theirs = self.ctx.mp.Pipe()
        self.idle.append(Worker(process_hire(self.ctx, work, theirs)(), ours))
        theirs.close()
        return self

    def done(self) -> bool:
        """Never; asked while the workers come up, so that one who has ended instead is noticed."""
        self.look()
        return False

    def result(self, timeout: float) -> None:
        """Nothing."""

    def hand(self, job: Job) -> None:
        """Give a task to an idle worker."""
        worker, at_ns = self.idle.pop(), crossing_at(job.number)
        try:
            size = send_sized(worker.pipe, job)
        except OSError:
            self.lost(worker)
        except Exception as error:  # noqa: BLE001 - its arguments cannot be pickled: that is the task's failure
            self.ctx.settle(error)
            self.idle.append(worker)
        else:
            self.busy[worker.pipe] = worker, job
            self.crossings.sent(job, at_ns, size)

    def somebody_is_free(self, seconds: float) -> bool:
        """Whether a task can be handed out, after waiting for an answer if not. Or Stop was asked."""
        ctx = self.ctx
        self.fit()
        if len(self.busy) >= ctx.active or not self.idle or ctx.holding:
            self.hear(seconds)
            self.fit()
        return ctx.stopping or (not ctx.holding and len(self.busy) < ctx.active and bool(self.idle))

    def nobody_is_busy(self, seconds: float) -> bool:
        """Whether all have answered."""
        if self.busy:
            self.hear(seconds)
        return not self.busy

    def fit(self) -> None:
        """Have as many workers as are to be active; one that has a task goes when it has answered."""
        if self.leaving:
            self.look()
        for _ in range(self.ctx.active - len(self.busy) - len(self.idle)):
            self.hire()
        while self.idle and len(self.busy) + len(self.idle) > self.ctx.active:
            self.send_home(self.idle.pop())

    def send_home(self, worker: Worker) -> None:
        """Tell an idle worker to end."""
        self.ctx.allow_exits()
        try:
            worker.pipe.send(None)
        except OSError:
            self.lost(worker)
        self.leaving.append(worker)

    def hear(self, seconds: float) -> None:
        """Settle every answer that is there; wait up to `seconds` for the first."""
        answered = cast("list[Connection[Any, Any]]", wait(list(self.busy), seconds))
        if not answered:
            self.look()
        for pipe in answered:
            worker, job = self.busy.pop(pipe)
            try:
                came, size = receive_sized(pipe)
            except (EOFError, OSError):
                self.lost(worker)
            except Exception as error:  # noqa: BLE001 - its result cannot be unpickled: that is the task's failure
                self.ctx.settle(error)
            else:
                self.crossings.received(job.number, came.value, came.error, size)
                came.settle(self.ctx)
            self.idle.append(worker)

    def look(self) -> list[Worker]:
        """See who has ended: whoever was told to, and nobody else."""
        for worker in [*self.idle, *self.leaving, *(worker for worker, _ in self.busy.values())]:
            if not worker.process.is_alive() and (worker not in self.leaving or worker.process.exitcode):
                self.lost(worker)
        gone = [worker for worker in self.leaving if not worker.process.is_alive()]
        for worker in gone:
            self.leaving.remove(worker)
            self.read_to_the_end(worker)
        return gone

    def read_to_the_end(self, worker: Worker) -> None:
        """Of one who has gone: its end of the pipe is closed, too, unless a process that its tasks have left behind keeps it open."""
        with worker.pipe as pipe:
            try:
                while pipe.poll(0):
                    pipe.recv_bytes()
            except (EOFError, ConnectionResetError):  # the latter where it did not read all that it was sent
                self.ctx.mark("eof", f"EOFError: PID {worker.process.pid} has closed its end of the pipe", limit=SHOWN)

    def lost(self, worker: Worker) -> None:
        """Its pipe is closed, or it has ended: the run cannot go on."""
        worker.process.join(1.0)
        self.ctx.check_workers()
        code = worker.process.exitcode
        raise WorkerLost(
            f"Worker PID {worker.process.pid} ended with exit code {code} before it was told to; start the run again."
        )

    def everybody_has_gone(self, seconds: float) -> bool:
        """Whether those who were told to end have."""
        if self.leaving:
            self.leaving[0].process.join(seconds)
        for process, _ in self.look():
            self.ctx.mark("joined", f"joined PID {process.pid} ({process.name})", limit=SHOWN)
        return not self.leaving


def work(pipe: "Connection[Any, Any]", enter: Any, initargs: Any) -> None:
    """A worker process, from start to end."""
    enter(*initargs)
    for job in iter(pipe.recv, None):
        came, at_ns = outcome(job), crossing_at(job.number)
        try:
            size = send_sized(pipe, came)
        except OSError:
            raise  # nobody is at home
        except Exception as error:  # noqa: BLE001 - whatever pickling raises
            pipe.send(Outcome(came.number, ValueError(f"task {came.number}: result cannot be pickled: {error}")))
        else:
            if came.error is None:
                tell_result(job.number, came.value, size, at_ns)
    pipe.close()


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return all_at_once(parts) if parts.tasks <= parts.workers else in_turn(parts)


def all_at_once(parts: ScriptParts) -> str:
    """As the tutorial does it: a process and a pipe for each task."""
    return f"""
from multiprocessing import Pipe, Process

def in_a_process(conn, {parts.given}*args):
    conn.send({parts.call}({parts.given}*args))
    conn.close()

started = []
for args in tasks:
    parent_conn, child_conn = Pipe()
    process = Process(target=in_a_process, args=(child_conn, {parts.given}*args))
    process.start()
    child_conn.close()  # the child has it: once that closes it, too, nothing more can come
    started.append((process, parent_conn))
for process, conn in started:
    collect(conn.recv())
    try:
        conn.recv()
    except EOFError:
        print("EOFError: the other end is closed")
    process.join()
"""


def in_turn(parts: ScriptParts) -> str:
    """More tasks than processes: whoever has answered is sent the next one."""
    return f"""
from multiprocessing import Pipe, Process
from multiprocessing.connection import wait

def worker(conn{parts.receives}):
    for args in iter(conn.recv, None):
        conn.send({parts.call}({parts.given}*args))
    conn.close()

todo = iter(tasks)
conns, busy = [], []
for _ in range({parts.workers}):
    parent_conn, child_conn = Pipe()
    Process(target=worker, args=(child_conn{parts.receives or ","})).start()
    child_conn.close()  # the child has it: once that closes it, too, nothing more can come
    conns.append(parent_conn)
for conn, args in zip(conns, todo):
    conn.send(args)
    busy.append(conn)
while busy:
    for conn in wait(busy):
        collect(conn.recv())
        args = next(todo, None)
        if args is None:
            busy.remove(conn)
        else:
            conn.send(args)
for conn in conns:
    conn.send(None)  # nothing is left to do
    try:
        conn.recv()
    except EOFError:
        print("EOFError: the other end is closed")
"""
