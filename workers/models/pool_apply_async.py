"""Pool.apply_async: a pool of processes kept busy; callbacks run in the main process, in the pool's own result thread.

The option `ending` has the three ends of the tutorial: close and join, which waits for every task; no join, where the main
process reaches its end and takes the pool along; and join before close, which raises ValueError.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.pool import Pool
from typing import Any

from workers.plugin import (
    MAX_TASKS_PER_CHILD,
    PERMITS,
    POLL_S,
    POOL_SIZE,
    PRIMITIVE,
    START_METHOD,
    ConfigError,
    Job,
    ModelInfo,
    Param,
    RunContext,
    ScriptParts,
    SpanKind,
    keep_in_flight,
    unless_stopped,
)

CLOSE_AND_JOIN, NO_JOIN, JOIN_FIRST = "close and join", "no join", "join before close"
MOST_WAITING = 10_000
"""How many tasks the pool is given without waiting for a result: each of them takes memory until a worker has it."""
FAREWELL_S = 0.5

INFO = ModelInfo(
    title="Pool.apply_async",
    family="Processes",
    summary="A multiprocessing.Pool kept busy: results come back through callbacks, which run in the main process.",
    params=(
        START_METHOD,
        PRIMITIVE,
        Param(
            "ending",
            CLOSE_AND_JOIN,
            "Ending",
            "What the main process does once all tasks are handed out: close and join waits for them, no join ends at once "
            "and the tasks are lost, join before close is a ValueError.",
            choices=(CLOSE_AND_JOIN, NO_JOIN, JOIN_FIRST),
        ),
        POOL_SIZE,
        MAX_TASKS_PER_CHILD,
        PERMITS,
    ),
    workers_are="processes",
    live_workers="pool",
)


def run(ctx: RunContext) -> None:
    """Hand out tasks with apply_async; a callback per result."""
    children = int(ctx.options["max_tasks_per_child"]) or None
    ending = str(ctx.options["ending"])
    if children:
        ctx.allow_exits()
    with ctx.mp.Pool(ctx.workers, ctx.enter_process, ctx.process_initargs, children) as pool:
        ctx.start_clock()

        def send(
            work: Callable[[Job], Any], job: Job, done: Callable[[Any], None], failed: Callable[[BaseException], None]
        ) -> None:
            def callback(result: Any) -> None:
                ctx.mark(
                    "callback",
                    f"task {job.number}: callback in PID {os.getpid()}, thread {threading.current_thread().name}",
                )
                done(result)

            pool.apply_async(work, (job,), callback=callback, error_callback=failed)

        def submit(job: Job) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_running_or_notify_cancel()
            send(unless_stopped, job, future.set_result, future.set_exception)
            return future

        if ending == CLOSE_AND_JOIN:
            keep_in_flight(submit, ctx)
            pool.close()
            pool.join()
            ctx.mark("joined", "joined the pool: all its processes have ended")
            return
        try:
            hand_out(ctx, send)
            if ending == JOIN_FIRST and not ctx.stopping:
                join_first(pool)
            pool.close()
            ctx.mark("master", "the main process is done; it does not join its pool, which ends with it")
        finally:
            ctx.cut_off()
            take_along(ctx, pool)


def hand_out(ctx: RunContext, send: Callable[..., None]) -> None:
    """Give the pool all tasks and wait for no result, except for room. What comes back meanwhile is settled by its callback."""
    room = threading.Semaphore(MOST_WAITING)

    def settle(error: BaseException | None) -> None:
        ctx.settle(error)
        room.release()

    for job in ctx.jobs():
        send(Job.__call__, job, lambda result: settle(None), settle)
        ctx.wait(SpanKind.RESULT, 0, lambda seconds: room.acquire(timeout=seconds) or ctx.stopping)


def join_first(pool: Pool) -> None:
    """Join a pool that is not closed. Raises ConfigError with what Python says to it."""
    try:
        pool.join()
    except ValueError as error:
        raise ConfigError(
            f"pool.join() raised ValueError: {error}. Call pool.close() before pool.join().", "options.ending"
        ) from None


def take_along(ctx: RunContext, pool: Pool) -> None:
    """What multiprocessing does to a pool when the main process ends: terminate(). Whoever is there after FAREWELL_S is killed.

    In a thread, because terminate() can wait for ever: for a queue's lock that a waiting worker holds, or for a worker that was
    just being forked, and missed the one SIGTERM it was sent.
    """
    farewell = threading.Thread(target=pool.terminate, name="farewell", daemon=True)
    farewell.start()
    farewell.join(FAREWELL_S)
    for _ in range(20):
        workers = ctx.mp.active_children() if farewell.is_alive() else []
        if not workers:
            return
        for worker in workers:
            worker.kill()
        farewell.join(POLL_S)


def script(parts: ScriptParts) -> str:
    """As a short program."""
    children = f", maxtasksperchild={parts.max_tasks_per_child}" if parts.max_tasks_per_child else ""
    ends = {
        CLOSE_AND_JOIN: "pool.close()\npool.join()",
        NO_JOIN: "pool.close()  # without pool.join() the program ends here, and the pool with it",
        JOIN_FIRST: "pool.join()  # ValueError: close() must come first\npool.close()",
    }
    return f"""
from multiprocessing import Pool

pool = Pool({parts.workers}{parts.initializer}{children})
for args in tasks:
    pool.apply_async({parts.pool_call}, args, callback=collect)
print("end")
{ends[str(parts.options["ending"])]}
"""
