"""Keeping workers busy: as many tasks under way as there are active workers, until they are spent or the run is stopped."""

import queue
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, wait
from functools import partial
from typing import TYPE_CHECKING, Any

from workers.contract.spans import SpanKind
from workers.tasks import POLL_S, Chunk, Job, TaskUnbegun, unless_stopped
from workers.telemetry import recorder
from workers.telemetry.recorder import TaskCut, TaskFailed
from workers.telemetry.waiting import ANY

if TYPE_CHECKING:
    import asyncio

    from workers.plugin import RunContext


def keep_in_flight(
    submit: Callable[..., Future[Any]], ctx: "RunContext", chunksize: int = 1, *, prefetched: bool = False
) -> None:
    """Keep the workers busy until the tasks are spent or the run is stopped; then wait for those under way.

    With every worker of the pool active, as many chunks again are queued behind them, so that none idles for the length of a
    trip to the host; with fewer active, exactly as many are under way. On Stop what no worker has taken yet is cancelled.
    `prefetched`: the library hands tasks over before they can be begun, where nobody can cancel them; workers then leave them be.
    """
    finished: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
    under_way: dict[Future[Any], int] = {}

    def collect(future: Future[Any]) -> None:
        tasks = under_way.pop(future)
        try:
            error = future.exception(timeout=0)
        except CancelledError:
            ctx.withdraw(tasks)
            return
        if isinstance(error, BrokenExecutor):
            raise error
        if isinstance(error, TaskUnbegun):
            ctx.withdraw(tasks)
            return
        result = None if error is not None or chunksize == 1 else future.result(timeout=0)
        failed = 0
        if result is not None and TaskFailed in set(map(type, result)):
            failed = sum(type(item) is TaskFailed for item in result)
        if failed:
            ctx.settle(TaskFailed(), failed)
        if tasks - failed:
            ctx.settle(error, tasks - failed)

    def room() -> bool:
        return not ctx.holding and len(under_way) < (2 * ctx.workers if ctx.active >= ctx.workers else ctx.active)

    def wait_for_one() -> None:
        """Until a future is finished, workers were turned up, or Stop was asked and there is something to take back."""
        taken: list[Future[Any]] = []
        full = not room()

        def ready(seconds: float) -> bool:
            try:
                taken.append(finished.get(timeout=seconds))
            except queue.Empty:
                return (ctx.stopping and not cancelled) or (full and room())
            return True

        ctx.wait(SpanKind.RESULT, 0, ready)
        for future in taken:
            collect(future)

    cancelled = False
    chunks = _chunks(ctx.jobs(), chunksize)
    while True:
        # A task counts as submitted when it is drawn: not before there is room for it.
        while not ctx.stopping and not room():
            wait_for_one()
        jobs = next(chunks, None)
        if jobs is None:
            break
        item = jobs[0] if chunksize == 1 else Chunk(tuple(jobs))
        try:
            future = submit(partial(unless_stopped, item) if prefetched else item)
        except BrokenExecutor as error:
            reason = _reason(error, under_way)
            raise reason from reason.__cause__
        under_way[future] = len(jobs)
        future.add_done_callback(finished.put)
    while under_way:
        if ctx.stopping and not cancelled:
            cancelled = True
            for future in list(under_way):
                future.cancel()
        wait_for_one()


def _reason(error: BrokenExecutor, under_way: Iterable[Future[Any]]) -> BrokenExecutor:
    """What broke the executor: it tells those who wait for a result, and who submits only that it is broken."""
    for future in wait(under_way, 1.0).done:
        found = None if future.cancelled() else future.exception(timeout=0)
        if isinstance(found, BrokenExecutor) and found.__cause__ is not None:
            return found
    return error


def _chunks(jobs: Iterator[Job], size: int) -> Iterator[Sequence[Job]]:
    chunk: list[Job] = []
    for job in jobs:
        chunk.append(job)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


async def keep_in_flight_async(start: Callable[[Job], Awaitable[Any]], ctx: "RunContext") -> None:
    """As `keep_in_flight`, in an event loop: `start(job)` is awaited as a task of its own, and its exception is the job's.

    When Stop cuts tasks off (SIGINT), those under way are cancelled.
    """
    import asyncio  # here: it takes long to load, and worker processes, which load this module too, hardly ever need it

    jobs = ctx.jobs()
    wake = asyncio.Event()
    finished: list[asyncio.Task[Any]] = []
    under_way: set[asyncio.Task[Any]] = set()
    spent = cut = False

    def collect(task: "asyncio.Task[Any]") -> None:
        finished.append(task)
        wake.set()

    async def run(job: Job) -> Any:
        try:
            return await start(job)
        except (SystemExit, KeyboardInterrupt) as error:
            # The task raised it, and the recorder has reported it. Let out of here, it would end the event loop.
            raise TaskFailed(f"task {job.number}: {type(error).__name__}") from None

    loop, lane, main = asyncio.get_running_loop(), recorder.current(), asyncio.current_task()
    ticker: asyncio.TimerHandle

    def look_up() -> None:
        """The loop sleeps until something happens; Stop and dead workers make no noise."""
        nonlocal ticker
        ticker = loop.call_later(POLL_S, look_up)
        if lane is not None:
            # More than the loop's own pipe: somebody waits for the world outside.
            selector = getattr(loop, "_selector", None)
            lane.naps(int(selector is not None and len(selector.get_map()) > 1))
        wake.set()

    ticker = loop.call_later(POLL_S, look_up)
    recorder.own_tasks.add(main)
    stands = False
    try:
        while under_way or not spent:
            while not spent and not ctx.holding and len(under_way) < ctx.active:
                job = next(jobs, None)
                if job is None:
                    spent = True
                    break
                task = asyncio.create_task(run(job))
                under_way.add(task)
                task.add_done_callback(collect)
            if not under_way and not ctx.holding:
                continue
            if lane is not None and not stands:
                lane.stand(ANY)
                stands = True
            await wake.wait()
            wake.clear()
            if lane is not None:
                stands = not finished and (spent or ctx.holding or len(under_way) >= ctx.active)
                lane.tried() if stands else lane.stand(0)
            for task in finished:
                under_way.discard(task)
                error = TaskCut() if task.cancelled() else task.exception()
                if isinstance(error, BrokenExecutor):
                    raise error
                ctx.withdraw() if isinstance(error, TaskUnbegun) else ctx.settle(error)
            finished.clear()
            ctx.check_workers()
            if recorder.interrupted() and not cut:
                cut = True
                for task in under_way:
                    task.cancel()
    finally:
        recorder.own_tasks.discard(main)
        ticker.cancel()
