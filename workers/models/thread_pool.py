"""Thread pool: workers share one interpreter, and so one GIL.

Waiting overlaps; computing in pure Python takes turns.
"""

from concurrent.futures import ThreadPoolExecutor

from workers.plugin import ModelInfo, RunContext, keep_in_flight

INFO = ModelInfo(
    title="Thread pool",
    family="Threads",
    summary="Workers share one interpreter, and so one GIL: waiting overlaps, computing in Python takes turns.",
)


def run(ctx: RunContext) -> None:
    """Keep every worker thread busy until the tasks are spent or the run is stopped."""
    with ThreadPoolExecutor(ctx.workers, thread_name_prefix="worker", initializer=ctx.enter_thread) as pool:
        ctx.start_clock(pool.submit)
        keep_in_flight(pool.submit, ctx)
