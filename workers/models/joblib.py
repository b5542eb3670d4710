"""joblib: `Parallel(n_jobs)(delayed(f)(x) for x in tasks)`, results as they come.

    main thread     tasks --> Parallel takes the first 2 * n_jobs              results <-- generator
    loky's thread   for each batch that comes back, Parallel takes more tasks
    workers         fresh interpreters, kept by loky

With n_jobs=1 joblib starts no worker: the main process does the tasks itself.
"""

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from multiprocessing.reduction import ForkingPickler
from threading import Event, Thread
from typing import Any

from workers.plugin import (
    CHUNKSIZE,
    PERMITS,
    POLL_S,
    PRIMITIVE,
    Job,
    ModelInfo,
    Outcome,
    RunContext,
    ScriptParts,
    outcome_unless_stopped,
    scratch,
)

INFO = ModelInfo(
    title="joblib",
    family="Libraries",
    summary="Parallel(n_jobs) over loky's worker processes; with one worker the main process does the tasks itself.",
    params=(PRIMITIVE, CHUNKSIZE, PERMITS),
    workers_are="processes",
    requires=("joblib",),
)

PLAIN = (bool, bytes, bytearray, complex, float, int, str, type(None))
"""What can always be pickled."""


def run(ctx: RunContext) -> None:
    """Give the tasks to Parallel, which draws them as workers become free."""
    from multiprocessing import (
        synchronize,  # not at the top: where it cannot be, the reason is told in place of an ImportError
    )

    make_name = synchronize.SemLock._make_name  # type: ignore[attr-defined]
    from joblib import Parallel, delayed
    from joblib.externals.loky import get_reusable_executor
    from joblib.externals.loky.backend import context, get_context
    from joblib.externals.loky.backend.reduction import register
    from joblib.externals.loky.backend.synchronize import SemLock

    # Each of these for the reason given in loky.py.
    for lock in (SemLock, synchronize.SemLock):
        lock._make_name = staticmethod(make_name)  # type: ignore[union-attr]
    context.set_start_method("loky_init_main")
    ctx.use(get_context())
    ctx.allow_exits()
    entry = {"initializer": ctx.enter_process, "initargs": ctx.process_initargs}
    for kind, reduce in ForkingPickler._extra_reducers.items():  # type: ignore[attr-defined]
        register(kind, reduce)

    def watch(submit: Any) -> Any:
        def watched(*call: Any) -> Future[Any]:
            future: Future[Any] = submit(*call)
            future.add_done_callback(look_first)
            return future

        return watched

    def look_first(future: Future[Any]) -> None:
        """Called before loky kills the others: from then on nobody could tell who was the first."""
        if not future.cancelled() and isinstance(future.exception(), BrokenExecutor):
            ctx.check_workers()

    with Parallel(
        n_jobs=ctx.workers,
        backend="loky",
        return_as="generator_unordered",
        batch_size=int(ctx.options["chunksize"]),
        temp_folder=scratch(),
        **(entry if ctx.workers > 1 else {}),
    ) as parallel:
        if ctx.workers > 1:
            pool = get_reusable_executor(reuse=True)
            pool.submit = watch(pool.submit)
            ctx.start_clock(pool.submit)
        else:
            ctx.process_initargs[1].release()  # the one worker is the main process, and it is ready
            ctx.start_clock()
        # What a task raises is handed home in its outcome: joblib ends everything for a task that raises.
        apart = ctx.workers > 1
        calls = (delayed(checked if apart else outcome_unless_stopped)(job) for job in sendable(ctx, apart))
        with workers_watched(ctx):
            for came in parallel(calls):
                came.settle(ctx)
    if ctx.workers > 1:
        pool.shutdown()
        # What joblib would do at exit, which a host does not wait for.
        for tidy in pool._temp_folder_manager._finalizers.values():
            tidy()


@contextmanager
def workers_watched(ctx: RunContext) -> Iterator[None]:
    """Look at the workers in a thread: joblib waits for results where nobody does, and loky may not hear of a worker's end."""
    over = Event()

    def watch() -> None:
        while not over.wait(POLL_S):
            ctx.check_workers()

    thread = Thread(target=watch, name="threadmill watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(1.0)


def sendable(ctx: RunContext, apart: bool) -> Iterator[Job]:
    """The jobs, but those whose arguments cannot be pickled fail here, where they go to other processes: joblib would end everything."""
    for job in ctx.jobs():
        error = why_not(job.args, job.number, "arguments") if apart else None
        if error is None:
            yield job
        else:
            ctx.settle(error)


def checked(job: Job) -> Outcome:
    """In a worker: run `job`. A result that cannot be pickled is its failure alone."""
    came = outcome_unless_stopped(job)
    error = why_not((came.value,), job.number, "result")
    return came if error is None else Outcome(job.number, error)


def why_not(values: tuple[Any, ...], number: int, what: str) -> Exception | None:
    """Why joblib could not send these; None where it can. Tried out, but for what is plain, and for numpy: it has its own way with that."""
    if all(type(value) in PLAIN or type(value).__module__ == "numpy" for value in values):
        return None
    from joblib.externals.loky.backend.reduction import dumps

    try:
        dumps(values)
    except Exception as error:  # noqa: BLE001 - whatever pickling raises is that task's failure
        return ValueError(f"task {number}: {what} cannot be pickled ({type(error).__name__}: {error})")
    return None


def script(parts: ScriptParts) -> str:
    """As a short program."""
    parts.share_nothing(INFO.title)
    return f"""
from joblib import Parallel, delayed
from joblib.externals.loky.backend.context import set_start_method

# Workers that read this file, as those of multiprocessing do: what is cached cannot be sent to them.
set_start_method("loky_init_main")
parallel = Parallel(n_jobs={parts.workers}, return_as="generator_unordered", batch_size={parts.options["chunksize"]})
for result in parallel(delayed({parts.call})(*args) for args in tasks):
    collect(result)
"""
