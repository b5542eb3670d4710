"""asyncio with processes: an event loop that awaits calls in a process pool (loop.run_in_executor).

Computing overlaps, because each worker has a GIL of its own; arguments and results travel through pipes.
"""

import asyncio
from concurrent.futures import ProcessPoolExecutor

from workers.plugin import (
    PERMITS,
    POOL_SIZE,
    PRIMITIVE,
    START_METHOD,
    Job,
    ModelInfo,
    RunContext,
    ScriptParts,
    keep_in_flight_async,
    unless_stopped,
)

INFO = ModelInfo(
    title="asyncio with processes",
    family="asyncio",
    summary="An event loop awaits calls in a process pool: the loop stays free, and computing overlaps.",
    params=(START_METHOD, PRIMITIVE, POOL_SIZE, PERMITS),
    workers_are="processes",
    live_workers="pool",
)


def run(ctx: RunContext) -> None:
    """Run an event loop that keeps every worker process busy."""

    async def start(job: Job) -> None:
        await asyncio.get_running_loop().run_in_executor(pool, unless_stopped, job)

    with ProcessPoolExecutor(ctx.workers, ctx.mp, ctx.enter_process, ctx.process_initargs) as pool:
        ctx.start_clock(pool.submit)
        asyncio.run(keep_in_flight_async(start, ctx))


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return f"""
import asyncio
from concurrent.futures import ProcessPoolExecutor

async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor({parts.workers}{parts.initializer}) as pool:
        answers = [loop.run_in_executor(pool, {parts.pool_call}, *args) for args in tasks]
        for answer in asyncio.as_completed(answers):
            collect(await answer)

asyncio.run(main())
"""
