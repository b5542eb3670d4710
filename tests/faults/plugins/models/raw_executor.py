"""A ProcessPoolExecutor as people use it who do not think of its end. `what` says what is done once all tasks are submitted."""

import gc
from concurrent.futures import CancelledError, ProcessPoolExecutor

from workers.plugin import START_METHOD, ModelInfo, Param, SpanKind

INFO = ModelInfo(
    title="Raw executor",
    family="Test",
    summary="For a test.",
    params=(
        START_METHOD,
        Param("what", "shutdown", "What", "At the end.", choices=("shutdown", "collect", "cancel")),
        Param("children", 0, "Tasks a child", "max_tasks_per_child; 0: no limit.", minimum=0, maximum=100),
    ),
    workers_are="processes",
)


def run(ctx):
    """Submit all tasks at once."""
    children = ctx.options["children"] or None
    if children:
        ctx.allow_exits()
    pool = ProcessPoolExecutor(
        ctx.workers, ctx.mp, ctx.enter_process, ctx.process_initargs, max_tasks_per_child=children
    )
    ctx.start_clock(pool.submit)
    futures = [pool.submit(job) for job in ctx.jobs()]
    ctx.allow_exits()  # from here on workers end when they are done
    if ctx.options["what"] == "cancel":
        for future in futures:
            future.cancel()
        pool.shutdown()
    elif ctx.options["what"] == "shutdown":
        pool.shutdown(wait=False)
    del pool
    gc.collect()
    for future in futures:
        settle(ctx, future)


def settle(ctx, future):
    """Wait for one, and count it."""

    def done(seconds):
        try:
            future.exception(timeout=seconds)
        except TimeoutError:
            return False
        except CancelledError:
            pass
        return True

    ctx.wait(SpanKind.RESULT, 0, done)
    if future.cancelled():
        ctx.withdraw()
    else:
        ctx.settle(future.exception(timeout=0))
