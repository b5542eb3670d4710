"""A process per task, as in the tutorial: Process(target, args).start(), then join.

At most as many processes as workers were asked for are alive at once. Starting one costs milliseconds.
"""

from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import cast

from workers.plugin import CUT_OFF, START_METHOD, ModelInfo, RunContext, SpanKind, TaskFailed

INFO = ModelInfo(
    title="Process per task",
    family="Processes",
    summary="Each task gets a process of its own: nothing is shared, and each start costs milliseconds.",
    params=(START_METHOD,),
    workers_are="processes",
)


def run(ctx: RunContext) -> None:
    """Start a process for each task; its exit code says how the task ended."""
    alive: dict[int, BaseProcess] = {}

    def reap_one() -> None:
        ended: list[int] = []

        def ready(seconds: float) -> bool:
            ended.extend(cast("list[int]", wait(list(alive), seconds)))
            return bool(ended)

        ctx.wait(SpanKind.JOIN, 0, ready)
        for sentinel in ended:
            process = alive.pop(sentinel)
            process.join(1.0)
            code = process.exitcode
            if code is None or code < 0 or code == CUT_OFF:
                ctx.lost(process, CUT_OFF if code is None else code)
            else:
                ctx.settle(TaskFailed() if code else None)

    ctx.start_clock()
    jobs = ctx.jobs()
    while True:
        while len(alive) >= ctx.active:
            reap_one()
        job = next(jobs, None)
        if job is None:
            break
        process = ctx.mp.Process(  # type: ignore[attr-defined]
            target=ctx.perform_in_process, args=(job, *ctx.process_initargs)
        )
        process.start()
        alive[process.sentinel] = process
    while alive:
        reap_one()
