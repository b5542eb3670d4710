"""A process per task, as in the tutorial: Process(target, args).start(), then join.

At most as many processes as workers were asked for are alive at once. Starting one costs milliseconds.
"""

from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import cast

from workers.plugin import (
    CUT_OFF,
    DAEMON,
    PERMITS,
    POLL_S,
    PRIMITIVE,
    SHOWN,
    START_METHOD,
    ModelInfo,
    RunContext,
    ScriptParts,
    SpanKind,
    TaskFailed,
)

INFO = ModelInfo(
    title="Process per task",
    family="Processes",
    summary="Each task gets a process of its own: nothing is shared, and each start costs milliseconds.",
    params=(START_METHOD, PRIMITIVE, DAEMON, PERMITS),
    workers_are="processes",
    live_workers="free",
)


LOOK_S = 0.25
"""How often each process is asked while others keep ending."""


def run(ctx: RunContext) -> None:
    """Start a process for each task. It says when the task has ended, and its exit code how."""
    alive: dict[int, tuple[BaseProcess, int]] = {}
    """By sentinel: the process and the number of its job."""
    hear, say = ctx.mp.Pipe(duplex=False)
    said: set[int] = set()
    """Numbers of the jobs that have ended in processes not yet reaped."""
    looked = 0.0

    def ended(seconds: float) -> list[int]:
        """Sentinels of those that have ended; wait up to `seconds` for the first."""
        nonlocal looked
        found = cast("list[int]", wait(list(alive), seconds))
        if not found or monotonic() - looked > LOOK_S:
            # What a task has forked holds the sentinel of its dead process open: the system tells all the same.
            looked = monotonic()
            dead = [sentinel for sentinel, (process, _) in alive.items() if process.exitcode is not None]
            found = list({*found, *dead})
        return found

    def reap(seconds: float) -> bool:
        """Settle those that have ended; wait up to `seconds` for the first."""
        sentinels = ended(seconds)
        for sentinel in sentinels:
            process, number = alive.pop(sentinel)
            process.join(1.0)
            ctx.mark("joined", f"joined PID {process.pid} ({process.name})", limit=SHOWN)
            while hear.poll():
                said.add(int(hear.recv_bytes(32)))
            whole = number in said
            said.discard(number)
            code = process.exitcode
            if code in (0, 1) and whole:
                ctx.settle(TaskFailed() if code else None)
            else:  # killed, cut off, or ended by its task in the middle of it, which may choose an exit code of 0
                ctx.lost(process, CUT_OFF if code is None else code)
        return bool(sentinels)

    def full() -> bool:
        return ctx.more and (ctx.holding or len(alive) >= ctx.active)

    daemon = bool(ctx.options["daemon"])
    ctx.start_clock()
    jobs = ctx.jobs()
    while True:
        if full():
            ctx.wait(SpanKind.JOIN, 0, lambda seconds: reap(seconds) or not full())
            continue
        job = next(jobs, None)
        if job is None:
            break
        process = ctx.mp.Process(  # type: ignore[attr-defined]
            target=ctx.perform_in_process, args=(job, *ctx.process_initargs, say), daemon=daemon
        )
        try:
            process.start()
        except (OSError, EOFError):
            raise  # no process can be had, or the forkserver ended while it was to start this one
        except Exception as error:  # noqa: BLE001 - its arguments cannot be pickled: that is the task's failure
            ctx.settle(error)
            continue
        alive[process.sentinel] = process, job.number
    if daemon:
        ctx.mark("master", "the main process is done; it does not wait for its daemon processes, but ends them")
        reap(0)
        ctx.cut_off()
        for process, _ in alive.values():
            pid = process.pid or 0
            told = f"PID {pid} ({process.name}) was cut off: it is a daemon, and the main process has reached its end"
            ctx.mark("daemon", told, SHOWN, (pid, pid))
        end([process for process, _ in alive.values()])
        return
    while alive:
        ctx.wait(SpanKind.JOIN, 0, reap)


def end(processes: list[BaseProcess]) -> None:
    """What multiprocessing does to daemons when the main program ends, done here so that their exit codes are seen."""
    for process in processes:
        process.terminate()
    for process in processes:
        for _ in range(20):
            process.join(POLL_S)
            if not process.is_alive():
                break
            process.terminate()  # a newborn still had the host's handler, and missed the first
        else:
            process.kill()
            process.join(1.0)


def script(parts: ScriptParts) -> str:
    """As a short program."""
    daemon = ", daemon=True" if parts.options["daemon"] else ""
    function = f"""
def in_a_process(results, {parts.given}*args):
    results.put({parts.call}({parts.given}*args))
"""
    start = f"""
    process = Process(target=in_a_process, args=(results, {parts.given}*args){daemon})
    process.start()"""
    if parts.tasks <= parts.workers:
        wait = """
for process in processes:
    collect(results.get())
for process in processes:
    process.join()"""
        if daemon:
            wait = '\nprint("the main process is done")'
        return f"""
from multiprocessing import Process, Queue
{function}
results = Queue()
processes = []
for args in tasks:{start}
    processes.append(process)
{wait}
"""
    wait = f"""
for _ in range({parts.workers}):
    collect(results.get())
for process in active_children():
    process.join()"""
    if daemon:
        wait = '\nprint("the main process is done")'
    return f"""
from multiprocessing import Process, Queue{"" if daemon else ", active_children"}
{function}
results = Queue()
for number, args in enumerate(tasks):
    if number >= {parts.workers}:  # so many at once: the next one starts when one has answered
        collect(results.get()){start}
{wait}
"""
