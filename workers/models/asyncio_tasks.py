"""asyncio tasks: one thread, one event loop, and as many tasks under way as there are workers.

A task gives the loop back at each `await`; one that never awaits keeps it, and all others wait.
"""

import asyncio

from workers.plugin import PERMITS, PRIMITIVE, ModelInfo, RunContext, ScriptParts, keep_in_flight_async

INFO = ModelInfo(
    title="asyncio tasks",
    family="asyncio",
    summary="One event loop in one thread: tasks that await overlap, any number of them; one that computes blocks all others.",
    params=(PRIMITIVE, PERMITS),
    workers_are="coroutines",
    live_workers="free",
    own_pool=True,
)


def run(ctx: RunContext) -> None:
    """Run an event loop; a worker is a place for one more task in it."""

    async def main() -> None:
        ctx.start_clock()
        await keep_in_flight_async(ctx.perform_async, ctx)

    asyncio.run(main())


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return f"""
import asyncio

async def main():
    waiting = iter(tasks)

    async def worker():
        for args in waiting:  # all share it: each takes the next one
            collect(await {parts.call}({parts.given}*args))

    await asyncio.gather(*(worker() for _ in range({parts.workers})))  # so many tasks at once

asyncio.run(main())
"""
