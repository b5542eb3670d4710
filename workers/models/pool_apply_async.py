"""Pool.apply_async: a pool of processes kept busy; callbacks run in the main process, in the pool's own result thread."""

import os
import threading
from concurrent.futures import Future
from typing import Any

from workers.plugin import START_METHOD, Job, ModelInfo, RunContext, keep_in_flight

INFO = ModelInfo(
    title="Pool.apply_async",
    family="Processes",
    summary="A multiprocessing.Pool kept busy: results come back through callbacks, which run in the main process.",
    params=(START_METHOD,),
    workers_are="processes",
)


def run(ctx: RunContext) -> None:
    """Hand out tasks with apply_async; a callback per result."""
    with ctx.mp.Pool(ctx.workers, ctx.enter_process, ctx.process_initargs) as pool:
        ctx.start_clock()

        def submit(job: Job) -> Future[Any]:
            future: Future[Any] = Future()

            def callback(result: Any) -> None:
                ctx.mark(
                    "callback",
                    f"task {job.number}: callback in PID {os.getpid()}, thread {threading.current_thread().name}",
                )
                future.set_result(result)

            future.set_running_or_notify_cancel()
            # mypy does not see that a NamedTuple can be called.
            pool.apply_async(job, callback=callback, error_callback=future.set_exception)  # type: ignore[arg-type]
            return future

        keep_in_flight(submit, ctx)
        pool.close()
        pool.join()
