"""asyncio.to_thread: an event loop that hands each task to a thread and awaits it, so that the loop stays free.

The threads share one GIL, as in every thread pool.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from workers.plugin import (
    PERMITS,
    POOL_SIZE,
    PRIMITIVE,
    SWITCH_MS,
    Job,
    ModelInfo,
    RunContext,
    ScriptParts,
    keep_in_flight_async,
)

INFO = ModelInfo(
    title="asyncio.to_thread",
    family="asyncio",
    summary="An event loop hands tasks to threads and awaits them: the loop stays free, and computing takes turns at the GIL.",
    params=(PRIMITIVE, POOL_SIZE, SWITCH_MS, PERMITS),
    live_workers="pool",
)


def run(ctx: RunContext) -> None:
    """Run an event loop whose default executor, the one that to_thread uses, has a thread for each worker."""
    pool = ThreadPoolExecutor(ctx.workers, thread_name_prefix="worker", initializer=ctx.enter_thread)

    async def start(job: Job) -> None:
        await asyncio.to_thread(job.__call__)

    async def main() -> None:
        asyncio.get_running_loop().set_default_executor(pool)
        await keep_in_flight_async(start, ctx)

    with pool:
        ctx.start_clock(pool.submit)
        asyncio.run(main())


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return f"""
import asyncio
from concurrent.futures import ThreadPoolExecutor

async def main():
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor({parts.workers}))
    answers = [asyncio.create_task(asyncio.to_thread({parts.call}, {parts.given}*args)) for args in tasks]
    for answer in asyncio.as_completed(answers):
        collect(await answer)

asyncio.run(main())
"""
