"""A thread per task, as in the tutorial: start and join inside the loop is serial; start all, then join, is parallel.

At most as many threads as workers were asked for are alive at once.
"""

import threading

from workers.plugin import POLL_S, Job, ModelInfo, Param, RunContext, SpanKind

INFO = ModelInfo(
    title="Thread per task",
    family="Threads",
    summary="Each task gets a thread of its own. Joined one by one they take turns; started first and joined later they overlap.",
    params=(
        Param(
            "join",
            "all",
            "Join",
            "each: wait for a thread before starting the next; all: start them, then wait for all.",
            choices=("each", "all"),
        ),
        Param(
            "daemon",
            False,
            "Daemon",
            "Daemon threads end with the main thread: with join = all it does not wait for them, and what "
            "they had not finished is lost.",
        ),
    ),
)


def run(ctx: RunContext) -> None:
    """Start a thread for each task; wait as `join` says."""
    daemon = bool(ctx.options["daemon"])
    places = threading.Semaphore(ctx.workers)
    threads: list[threading.Thread] = []

    def work(job: Job) -> None:
        try:
            ctx.perform(job)
        finally:
            places.release()

    ctx.start_clock()
    jobs = ctx.jobs()
    while ctx.more:
        if not places.acquire(timeout=POLL_S):
            continue
        job = next(jobs, None)
        if job is None:
            break
        thread = threading.Thread(target=work, args=(job,), daemon=daemon, name=f"task {job.number}")
        thread.start()
        if ctx.options["join"] == "each":
            _join(ctx, job.number, thread)
        else:
            threads = [other for other in threads if other.is_alive()] if len(threads) > 2 * ctx.workers else threads
            threads.append(thread)
    if daemon and ctx.options["join"] == "all":
        ctx.mark("master", "the main thread is done; it does not join its daemon threads")
        ctx.cut_off()
        return
    for thread in threads:
        _join(ctx, 0, thread)


def _join(ctx: RunContext, task: int, thread: threading.Thread) -> None:
    def ready(seconds: float) -> bool:
        thread.join(seconds)
        return not thread.is_alive()

    ctx.wait(SpanKind.JOIN, task, ready)
