"""loky: a process pool that says when it has lost a worker, and pickles what the standard one cannot (lambdas, closures).

Its workers are fresh interpreters, started without fork: nothing of the main process is inherited.
"""

from concurrent.futures import BrokenExecutor, Future
from multiprocessing import get_context
from multiprocessing.reduction import ForkingPickler
from typing import Any

from workers.plugin import CHUNKSIZE, PERMITS, POOL_SIZE, PRIMITIVE, ModelInfo, RunContext, ScriptParts, keep_in_flight

INFO = ModelInfo(
    title="loky",
    family="Libraries",
    summary="The pool under joblib: fresh interpreters instead of forks, and a lost worker is an error at once, never a wait.",
    params=(PRIMITIVE, CHUNKSIZE, POOL_SIZE, PERMITS),
    workers_are="processes",
    requires=("loky",),
    live_workers="pool",
)


def run(ctx: RunContext) -> None:
    """Keep every worker process busy until the tasks are spent or the run is stopped."""
    from multiprocessing import (
        synchronize,  # not at the top: where it cannot be, the reason is told in place of an ImportError
    )

    make_name = synchronize.SemLock._make_name  # type: ignore[attr-defined]
    from loky import ProcessPoolExecutor
    from loky.backend.reduction import register
    from loky.backend.synchronize import SemLock

    # loky names its semaphores, and those of multiprocessing too, "loky-PID-...". Under the run's own name they are removed
    # even where the whole run was killed.
    for lock in (SemLock, synchronize.SemLock):
        lock._make_name = staticmethod(make_name)  # type: ignore[union-attr]
    # Under plain "loky" the workers would not run the main module, which is what gives them the package `workers`.
    ctx.use(get_context("loky_init_main"))
    ctx.allow_exits()  # a worker that has grown by 300 MB is replaced
    initargs = ctx.process_initargs
    # loky's pickler does not know shared memory, in which counters and barriers are; multiprocessing's does.
    for kind, reduce in ForkingPickler._extra_reducers.items():  # type: ignore[attr-defined]
        register(kind, reduce)

    def submit(*call: Any) -> Future[Any]:
        future: Future[Any] = pool.submit(*call)
        future.add_done_callback(look_first)
        return future

    def look_first(future: Future[Any]) -> None:
        """Called before loky kills the others: from then on nobody could tell who was the first."""
        if not future.cancelled() and isinstance(future.exception(), BrokenExecutor):
            ctx.check_workers()

    with ProcessPoolExecutor(ctx.workers, context=ctx.mp, initializer=ctx.enter_process, initargs=initargs) as pool:
        ctx.start_clock(submit)
        keep_in_flight(submit, ctx, int(ctx.options["chunksize"]), prefetched=True)


def script(parts: ScriptParts) -> str:
    """As a short program."""
    parts.share_nothing(INFO.title)
    return f"""
from concurrent.futures import as_completed
from loky import ProcessPoolExecutor
from loky.backend import get_context

# Workers that read this file, as those of multiprocessing do: what is cached cannot be sent to them.
with ProcessPoolExecutor({parts.workers}, context=get_context("loky_init_main")) as pool:
    futures = [pool.submit({parts.call}, *args) for args in tasks]
    for future in as_completed(futures):
        collect(future.result())
"""
