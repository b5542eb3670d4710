"""Pool.apply: a pool of processes that is used one task at a time, because apply waits for each result."""

from functools import partial
from multiprocessing.pool import AsyncResult
from typing import Any

from workers.plugin import (
    MAX_TASKS_PER_CHILD,
    PERMITS,
    PRIMITIVE,
    START_METHOD,
    ModelInfo,
    RunContext,
    ScriptParts,
    SpanKind,
)

INFO = ModelInfo(
    title="Pool.apply",
    family="Processes",
    summary="A multiprocessing.Pool, one call at a time: apply waits for each result, so only one worker is ever busy.",
    params=(START_METHOD, PRIMITIVE, MAX_TASKS_PER_CHILD, PERMITS),
    workers_are="processes",
)


def run(ctx: RunContext) -> None:
    """Call apply for each task."""
    children = int(ctx.options["max_tasks_per_child"]) or None
    if children:
        ctx.allow_exits()
    with ctx.mp.Pool(ctx.workers, ctx.enter_process, ctx.process_initargs, children) as pool:
        ctx.start_clock()
        for job in ctx.jobs():
            # pool.apply(job) is pool.apply_async(job).get(): spelt out, so that Stop and a dead worker are noticed while waiting.
            result: AsyncResult[Any] = pool.apply_async(job)  # type: ignore[arg-type]  # mypy does not see that a NamedTuple can be called
            ctx.wait(SpanKind.RESULT, job.number, partial(_ready, result))
            try:
                result.get(timeout=0)
            except Exception as error:  # noqa: BLE001 - whatever the task or its pickling raised is that task's failure
                ctx.settle(error)
            else:
                ctx.settle(None)
        pool.close()
        pool.join()
        ctx.mark("joined", "joined the pool: all its processes have ended")


def _ready(result: "AsyncResult[Any]", seconds: float) -> bool:
    result.wait(seconds)
    return result.ready()


def script(parts: ScriptParts) -> str:
    """As a short program."""
    children = f", maxtasksperchild={parts.max_tasks_per_child}" if parts.max_tasks_per_child else ""
    return f"""
from multiprocessing import Pool

pool = Pool({parts.workers}{parts.initializer}{children})
for args in tasks:
    collect(pool.apply({parts.pool_call}, args))
pool.close()
pool.join()
"""
