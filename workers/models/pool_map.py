"""Pool.map: a call that hands a whole list to a pool and gives back the results in the order of the list.

It waits for the slowest. So that a run can be stopped and timed, a list here is a few chunks for each worker, and the next one
follows when it is done.
"""

from itertools import islice
from multiprocessing.pool import MapResult

from workers.plugin import (
    CHUNKSIZE,
    MAX_TASKS_PER_CHILD,
    PERMITS,
    PRIMITIVE,
    START_METHOD,
    ModelInfo,
    Outcome,
    RunContext,
    ScriptParts,
    SpanKind,
    outcome_unless_stopped,
)

CHUNKS = 4
"""Chunks for each worker in a list, as map itself reckons where it is given no chunk size."""

INFO = ModelInfo(
    title="Pool.map",
    family="Processes",
    summary="A multiprocessing.Pool that maps list after list: results come in order, and each list waits for its slowest task.",
    params=(START_METHOD, PRIMITIVE, CHUNKSIZE, MAX_TASKS_PER_CHILD, PERMITS),
    workers_are="processes",
)


def run(ctx: RunContext) -> None:
    """Map one list after the other."""
    chunksize = int(ctx.options["chunksize"])
    children = int(ctx.options["max_tasks_per_child"]) or None
    if children:
        ctx.allow_exits()
    with ctx.mp.Pool(ctx.workers, ctx.enter_process, ctx.process_initargs, children) as pool:
        ctx.start_clock()
        jobs = ctx.jobs()
        while part := list(islice(jobs, CHUNKS * chunksize * ctx.workers)):
            # pool.map(...) is pool.map_async(...).get(): spelt out, so that a dead worker is noticed while waiting.
            result = pool.map_async(outcome_unless_stopped, part, chunksize)
            collect(ctx, result, len(part))
        pool.close()
        pool.join()
        ctx.mark("joined", "joined the pool: all its processes have ended")


def collect(ctx: RunContext, result: "MapResult[Outcome]", tasks: int) -> None:
    """Wait for a list and settle what is in it, in order. One result that cannot be pickled fails them all: that is how map is."""

    def ready(seconds: float) -> bool:
        result.wait(seconds)
        return result.ready()

    ctx.wait(SpanKind.RESULT, 0, ready)
    try:
        results = result.get(timeout=0)
    except Exception as error:  # noqa: BLE001 - whatever pickling raised is the failure of the whole call
        ctx.settle(error, tasks)
        return
    for came in results:
        if not came.unbegun:
            ctx.mark("result", f"task {came.number}")
        came.settle(ctx)


def script(parts: ScriptParts) -> str:
    """As a short program."""
    children = f", maxtasksperchild={parts.max_tasks_per_child}" if parts.max_tasks_per_child else ""
    return f"""
from multiprocessing import Pool

with Pool({parts.workers}{parts.initializer}{children}) as pool:
    # starmap is map for a function that takes several arguments
    for result in pool.starmap({parts.pool_call}, tasks, chunksize={parts.options["chunksize"]}):
        collect(result)
"""
