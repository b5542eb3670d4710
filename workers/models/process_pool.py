"""Process pool: each worker is a process with an interpreter and a GIL of its own.

Computing overlaps; arguments and results are pickled and travel through pipes.
"""

import threading
from concurrent.futures import ProcessPoolExecutor

from workers.plugin import (
    CHUNKSIZE,
    MAX_TASKS_PER_CHILD,
    PERMITS,
    POOL_SIZE,
    PRIMITIVE,
    START_METHOD,
    ConfigError,
    ModelInfo,
    RunContext,
    ScriptParts,
    keep_in_flight,
)

INFO = ModelInfo(
    title="Process pool",
    family="Processes",
    summary="Each worker is a process with its own GIL: computing overlaps; arguments and results travel through pipes.",
    params=(START_METHOD, PRIMITIVE, POOL_SIZE, CHUNKSIZE, MAX_TASKS_PER_CHILD, PERMITS),
    workers_are="processes",
    live_workers="pool",
)
NOT_UNDER_FORK = "ProcessPoolExecutor replaces no workers under fork: set start_method to spawn or forkserver, or max_tasks_per_child to 0."


def run(ctx: RunContext) -> None:
    """Keep every worker process busy until the tasks are spent or the run is stopped."""
    children = int(ctx.options["max_tasks_per_child"]) or None
    if children and ctx.mp.get_start_method() == "fork":
        raise ConfigError(NOT_UNDER_FORK, "options.max_tasks_per_child")
    if children:
        ctx.allow_exits()
    with ProcessPoolExecutor(
        ctx.workers, ctx.mp, ctx.enter_process, ctx.process_initargs, max_tasks_per_child=children
    ) as pool:
        ctx.start_clock(pool.submit)
        if children:
            replace_every_worker(pool)
        keep_in_flight(pool.submit, ctx, int(ctx.options["chunksize"]), prefetched=True)


def replace_every_worker(pool: ProcessPoolExecutor) -> None:
    """Mend what makes an executor hang after some replacements, up to the first releases of 3.14 (python/cpython issue 115634).

    It starts no worker while it counts an idle one, and counts those that have ended since.
    """
    if hasattr(pool, "_idle_worker_semaphore"):
        pool._idle_worker_semaphore = Replacements()  # type: ignore[assignment]


class Replacements:
    """In place of the executor's semaphore, with a permit for each idle worker, once all workers have been started.

    Its own thread, which replaces workers, finds none idle. `submit` in the main thread finds one, and starts none: with two
    threads that ask after a forkserver's child at once, one gets its exit code and the other 255.
    """

    def acquire(self, blocking: bool = True) -> bool:
        """Whether an idle worker is counted."""
        return threading.current_thread() is threading.main_thread()

    def release(self) -> None:
        """Nothing: it does not count."""


def script(parts: ScriptParts) -> str:
    """As a short program."""
    children = parts.max_tasks_per_child
    if children and parts.start_method == "fork":
        raise ConfigError(NOT_UNDER_FORK, "options.max_tasks_per_child")
    arguments = f"{parts.workers}{f', max_tasks_per_child={children}' if children else ''}{parts.initializer}"
    chunksize = int(parts.options["chunksize"])
    if chunksize > 1:
        return f"""
from concurrent.futures import ProcessPoolExecutor

def call(args):
    return {parts.pool_call}(*args)

with ProcessPoolExecutor({arguments}) as pool:
    for result in pool.map(call, tasks, chunksize={chunksize}):
        collect(result)
"""
    return f"""
from concurrent.futures import ProcessPoolExecutor, as_completed

with ProcessPoolExecutor({arguments}) as pool:
    futures = [pool.submit({parts.pool_call}, *args) for args in tasks]
    for future in as_completed(futures):
        collect(future.result())
"""
