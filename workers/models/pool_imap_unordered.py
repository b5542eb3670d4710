"""Pool.imap_unordered: a pool that draws from an iterator, and an iterator of results in the order in which they are done.

A thread of the pool draws as fast as it can. Here the iterator itself holds it back, so that no more tasks are on their way than
workers can have begun soon.
"""

import multiprocessing
import threading
from collections.abc import Iterator
from itertools import islice
from typing import Any

from workers.plugin import (
    CHUNKSIZE,
    MAX_TASKS_PER_CHILD,
    PERMITS,
    POLL_S,
    POOL_SIZE,
    PRIMITIVE,
    START_METHOD,
    Job,
    ModelInfo,
    Outcome,
    RunContext,
    ScriptParts,
    SpanKind,
    outcome_unless_stopped,
)

INFO = ModelInfo(
    title="Pool.imap_unordered",
    family="Processes",
    summary="A multiprocessing.Pool that draws tasks from an iterator; results come as soon as they are done, in any order.",
    params=(START_METHOD, PRIMITIVE, POOL_SIZE, CHUNKSIZE, MAX_TASKS_PER_CHILD, PERMITS),
    workers_are="processes",
    live_workers="pool",
)


def run(ctx: RunContext) -> None:
    """Iterate over the results."""
    children = int(ctx.options["max_tasks_per_child"]) or None
    if children:
        ctx.allow_exits()
    with ctx.mp.Pool(ctx.workers, ctx.enter_process, ctx.process_initargs, children) as pool:
        ctx.start_clock()
        chunks = Chunks(ctx, int(ctx.options["chunksize"]))
        # Chunks of our own: for its own chunksize imap_unordered gives a plain generator, which cannot be waited for with a deadline.
        results: Any = pool.imap_unordered(outcomes, chunks)
        try:
            while collect(ctx, chunks, results):
                pass
        finally:
            chunks.over = True  # else the pool's thread, and whoever waits for it, would wait in there
        chunks.settle_failed()
        pool.close()
        pool.join()
        ctx.mark("joined", "joined the pool: all its processes have ended")


def outcomes(jobs: list[Job]) -> list[Outcome]:
    """In a worker: run a chunk."""
    return [outcome_unless_stopped(job) for job in jobs]


class Chunks:
    """What the pool's thread draws from. It waits where enough is on its way."""

    def __init__(self, ctx: RunContext, size: int) -> None:
        self.ctx = ctx
        self.size = size
        self.under_way = 0
        self.drawn = 0
        """Tasks."""
        self.settled = 0
        self.failed: list[Exception] = []
        """What became of chunks whose results could not be pickled. Which chunks they were, the pool does not say."""
        self.broken: Exception | None = None
        """What the iterator of tasks raised."""
        self.over = False
        self.changed = threading.Condition()

    def room(self) -> bool:
        """Whether there may be one more chunk: two for each worker, or, with fewer active than the pool has, one for each."""
        ctx = self.ctx
        if self.over or ctx.stopping:
            return True
        return not ctx.holding and self.under_way < (2 * ctx.workers if ctx.active >= ctx.workers else ctx.active)

    def __iter__(self) -> Iterator[list[Job]]:
        """Runs in the pool's thread."""
        jobs = self.ctx.jobs()
        while True:
            with self.changed:
                while not self.changed.wait_for(self.room, POLL_S):
                    pass  # workers may have been turned up, or Stop asked: nobody tells
                self.under_way += 1
            try:
                chunk = [] if self.over else list(islice(jobs, self.size))
            except Exception as error:  # noqa: BLE001 - the pool would make a task of it; the main thread raises it
                self.broken = error
                return
            if not chunk:
                return
            self.drawn += len(chunk)
            yield chunk

    def came(self, outcomes: list[Outcome]) -> None:
        """A chunk has come home."""
        for outcome in outcomes:
            outcome.settle(self.ctx)
        self.settled += len(outcomes)
        with self.changed:
            self.under_way -= 1
            self.changed.notify()

    def settle_failed(self) -> None:
        """At the end: what has not come home was in the chunks that failed, all but the last of which were full."""
        if self.broken is not None:
            raise self.broken
        for error in self.failed:
            tasks = min(self.size, self.drawn - self.settled)
            self.ctx.settle(error, tasks)
            self.settled += tasks


def collect(ctx: RunContext, chunks: Chunks, results: Any) -> bool:
    """Wait for the next chunk and settle it. False where there is none left."""
    found: list[Outcome] = []
    over = False

    def ready(seconds: float) -> bool:
        nonlocal over
        try:
            found.extend(results.next(seconds))
        except multiprocessing.TimeoutError:
            return False
        except StopIteration:
            over = True
        except Exception as error:  # noqa: BLE001 - whatever pickling raised is the failure of the chunk
            chunks.failed.append(error)
        return True

    ctx.wait(SpanKind.RESULT, 0, ready)
    if not over:
        chunks.came(found)
    return not over


def script(parts: ScriptParts) -> str:
    """As a short program."""
    children = f", maxtasksperchild={parts.max_tasks_per_child}" if parts.max_tasks_per_child else ""
    return f"""
from multiprocessing import Pool

def call(args):
    return {parts.pool_call}(*args)

with Pool({parts.workers}{parts.initializer}{children}) as pool:
    for result in pool.imap_unordered(call, tasks, chunksize={parts.options["chunksize"]}):
        collect(result)
"""
