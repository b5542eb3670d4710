"""A thread per task, as in the tutorial: start and join inside the loop is serial; start all, then join, is parallel.

At most as many threads as workers were asked for are alive at once.
"""

import os
import threading

from workers.plugin import (
    DAEMON,
    PERMITS,
    POLL_S,
    PRIMITIVE,
    SHOWN,
    SWITCH_MS,
    Job,
    ModelInfo,
    Param,
    RunContext,
    ScriptParts,
    SpanKind,
)

INFO = ModelInfo(
    title="Thread per task",
    family="Threads",
    summary="Each task gets a thread of its own. Joined one by one they take turns; started first and joined later they overlap.",
    params=(
        PRIMITIVE,
        Param(
            "join",
            "all",
            "Join",
            "each: wait for a thread before starting the next; all: start them, then wait for all.",
            choices=("each", "all"),
        ),
        DAEMON,
        SWITCH_MS,
        PERMITS,
    ),
    live_workers="free",
)


def run(ctx: RunContext) -> None:
    """Start a thread for each task; wait as `join` says."""
    daemon = bool(ctx.options["daemon"])
    working: set[int] = set()
    ended = threading.Condition()
    threads: list[threading.Thread] = []

    def work(job: Job) -> None:
        try:
            ctx.perform(job)
        finally:
            with ended:
                working.remove(job.number)
                ended.notify()

    ctx.start_clock()
    jobs = ctx.jobs()
    while ctx.more:
        with ended:
            if not ended.wait_for(lambda: len(working) < ctx.active, POLL_S):
                continue
        job = next(jobs, None)
        if job is None:
            break
        with ended:
            working.add(job.number)
        thread = threading.Thread(target=work, args=(job,), daemon=daemon, name=f"task {job.number}")
        thread.start()
        if ctx.options["join"] == "each":
            _join(ctx, job.number, thread)
        else:
            threads = [other for other in threads if other.is_alive()] if len(threads) > 2 * ctx.workers else threads
            threads.append(thread)
    if daemon and ctx.options["join"] == "all":
        ctx.mark("master", "the main thread is done; it does not join its daemon threads")
        ctx.cut_off()
        with ended:
            cut = {f"task {number}" for number in working}
        for thread in threads:
            if thread.name in cut:
                told = f"{thread.name} was cut off: its thread is a daemon, and the main thread has reached its end"
                ctx.mark("daemon", told, SHOWN, (os.getpid(), thread.native_id or 0))
        return
    for thread in threads:
        _join(ctx, 0, thread)


def _join(ctx: RunContext, task: int, thread: threading.Thread) -> None:
    def ready(seconds: float) -> bool:
        thread.join(seconds)
        return not thread.is_alive()

    ctx.wait(SpanKind.JOIN, task, ready)
    ctx.mark("joined", f"joined the thread of {thread.name}", limit=SHOWN)


def script(parts: ScriptParts) -> str:
    """As a short program."""
    daemon = ", daemon=True" if parts.options["daemon"] else ""
    start = f"""
    thread = Thread(target=in_a_thread, args={parts.args}{daemon})
    thread.start()"""
    if parts.options["join"] == "each":
        return f"""
from threading import Thread

def in_a_thread({parts.given}*args):
    collect({parts.call}({parts.given}*args))

for args in tasks:{start}
    thread.join()
"""
    all_at_once = parts.tasks <= parts.workers
    places = "" if all_at_once else f"places = Semaphore({parts.workers})  # so many threads at once"
    take, leave = ("", "") if all_at_once else ("\n    places.acquire()", "\n    places.release()")
    wait = """
for thread in threads:
    thread.join()"""
    if daemon:
        wait = '\nprint("the main thread is done")'
    return f"""
from threading import {"Thread" if all_at_once else "Semaphore, Thread"}

def in_a_thread({parts.given}*args):
    collect({parts.call}({parts.given}*args)){leave}

{places}
threads = []
for args in tasks:{take}{start}
    threads.append(thread)
{wait}
"""
