"""Thread pool: workers share one interpreter, and so one GIL.

Waiting overlaps; computing in pure Python takes turns.
"""

from concurrent.futures import ThreadPoolExecutor

from workers.plugin import PERMITS, POOL_SIZE, PRIMITIVE, SWITCH_MS, ModelInfo, RunContext, ScriptParts, keep_in_flight

INFO = ModelInfo(
    title="Thread pool",
    family="Threads",
    summary="Workers share one interpreter, and so one GIL: waiting overlaps, computing in Python takes turns.",
    params=(PRIMITIVE, POOL_SIZE, SWITCH_MS, PERMITS),
    live_workers="pool",
    own_pool=True,
)


def run(ctx: RunContext) -> None:
    """Keep every worker thread busy until the tasks are spent or the run is stopped."""
    with ThreadPoolExecutor(ctx.workers, thread_name_prefix="worker", initializer=ctx.enter_thread) as pool:
        ctx.start_clock(pool.submit)
        keep_in_flight(pool.submit, ctx)


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return f"""
from concurrent.futures import ThreadPoolExecutor, as_completed

with ThreadPoolExecutor({parts.workers}) as pool:
    futures = [pool.submit({parts.call}, {parts.given}*args) for args in tasks]
    for future in as_completed(futures):
        collect(future.result())
"""
