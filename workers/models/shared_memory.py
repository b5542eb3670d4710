"""Shared memory: results are written into a block that host and workers both see; only the number of the slot is sent.

    host --(task, slot)--> [ mp.Queue ] --> worker --(slot, length)--> [ SimpleQueue ] --> host
                                               |                                           |
                                               +--> [ SharedMemory: slot 0 | slot 1 | ...] -+

The slots must be there before the results are, and so must their size be known: one that is too large for a slot travels by pipe.
"""

from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from multiprocessing.shared_memory import SharedMemory
from typing import Any, NamedTuple

from workers.plugin import (
    PERMITS,
    PRIMITIVE,
    QUEUE_BOUND,
    START_METHOD,
    Crew,
    Job,
    ModelInfo,
    Outcome,
    Param,
    Results,
    RunContext,
    ScriptParts,
    TaskQueue,
    feed,
    outcome,
    process_hire,
    queue_bound,
    taken,
)

INFO = ModelInfo(
    title="Shared memory",
    family="Processes",
    summary="Worker processes write results into one block of shared memory; only where they are travels home.",
    params=(
        PRIMITIVE,
        START_METHOD,
        Param(
            "slot_kib",
            64,
            "Slot size",
            "Room for one result in the shared block; a larger one travels through a pipe.",
            unit="KiB",
            minimum=1,
            maximum=65_536,
        ),
        QUEUE_BOUND,
        PERMITS,
    ),
    workers_are="processes",
    live_workers="free",
)
SLOTS = 256
"""At least so many: memory that was never written to costs nothing, and workers may be turned up."""


class Placed(NamedTuple):
    """A task and the slot for its result."""

    job: Job
    slot: int

    @property
    def number(self) -> int:
        """The task's."""
        return self.job.number


class Stored(NamedTuple):
    """What a worker sends in place of a result: where it is."""

    length: int
    pickled: bool
    """Bytes lie there as they are; everything else as its pickle."""


def run(ctx: RunContext) -> None:
    """Make the block, put every task with a slot into the queue, read each result and free its slot."""
    size = int(ctx.options["slot_kib"]) * 1024
    slots = max(SLOTS, queue_bound(ctx) + 2 * ctx.workers)
    block = SharedMemory(f"{ctx.prefix}-block", create=True, size=slots * size)
    try:
        results = Results(ctx)
        tasks = TaskQueue(ctx, results)
        leave = ctx.mp.Semaphore(0)
        crew = Crew(ctx, process_hire(ctx, work, tasks, leave, results, block, size), tasks, leave)
        crew.start()
        results.listen()
        place, receive = keeper(ctx, block, slots, size)
        feed(ctx, crew, tasks, results, pack=place, receive=receive, most=slots)
        crew.farewell()
        tasks.end()
    finally:
        block.close()
        block.unlink()


def keeper(
    ctx: RunContext, block: SharedMemory, slots: int, size: int
) -> tuple[Callable[[Job], Placed], Callable[[Outcome], Outcome]]:
    """What gives a task a slot, and what reads its result there and frees the slot."""
    free = list(range(slots))
    slot_of: dict[int, int] = {}

    def place(job: Job) -> Placed:
        slot_of[job.number] = free.pop()
        return Placed(job, slot_of[job.number])

    def receive(came: Outcome) -> Outcome:
        slot = slot_of.pop(came.number, None)
        if slot is None:
            return came  # a result that could not be read does not say whose it is; its slot is not used again
        if isinstance(came.value, Stored):
            try:
                came = came._replace(value=load(block, slot * size, came.value))
            except Exception as error:  # noqa: BLE001 - whatever unpickling raises is that task's failure
                came = Outcome(came.number, ValueError(f"task {came.number}: result cannot be unpickled: {error}"))
        elif came.error is None:
            ctx.mark("slot", f"task {came.number}: its result is larger than a slot and came by pipe")
        free.append(slot)
        return came

    return place, receive


def work(tasks: Any, leave: Any, results: Results, block: SharedMemory, size: int, enter: Any, initargs: Any) -> None:
    """A worker process, from start to end."""
    enter(*initargs)
    for job, slot in taken(tasks, leave):
        came = outcome(job)
        if came.error is None:
            try:
                came = came._replace(value=store(block, slot * size, size, came.value))
            except Exception as error:  # noqa: BLE001 - whatever pickling raises is that task's failure
                came = Outcome(came.number, ValueError(f"task {came.number}: result cannot be pickled: {error}"))
        results.send(came)
    block.close()


def store(block: SharedMemory, offset: int, size: int, value: Any) -> Any:
    """Write `value` at `offset`. What to send home: where it is, or itself where it needs more than `size` bytes."""
    pickled = type(value) is not bytes
    data = ForkingPickler.dumps(value) if pickled else value
    length = len(data)
    if length > size:
        return value
    view(block)[offset : offset + length] = data
    return Stored(length, pickled)


def view(block: SharedMemory) -> "memoryview[int]":
    """The bytes of an open block."""
    assert block.buf is not None
    return block.buf


def load(block: SharedMemory, offset: int, stored: Stored) -> Any:
    """Read the value at `offset`."""
    data = bytes(view(block)[offset : offset + stored.length])
    return ForkingPickler.loads(data) if stored.pickled else data


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return f"""
import pickle
from multiprocessing import Process, Queue
from multiprocessing.shared_memory import SharedMemory

def worker(todo, free, results, block{parts.receives}):
    for args in iter(todo.get, None):
        data = pickle.dumps({parts.call}({parts.given}*args))
        if len(data) > {int(parts.options["slot_kib"]) * 1024}:
            results.put((None, data))  # too large for a slot: it is sent
            continue
        start = free.get()
        block.buf[start : start + len(data)] = data
        results.put((start, len(data)))

todo, free, results = Queue(), Queue(), Queue()
for slot in range({2 * parts.workers}):
    free.put(slot * {int(parts.options["slot_kib"]) * 1024})
block = SharedMemory(create=True, size={2 * parts.workers * int(parts.options["slot_kib"]) * 1024})
processes = [Process(target=worker, args=(todo, free, results, block{parts.receives})) for _ in range({parts.workers})]
for process in processes:
    process.start()
for args in tasks:
    todo.put(args)
for _ in processes:
    todo.put(None)  # nothing is left to do
for _ in tasks:
    start, found = results.get()
    if start is None:
        data = found
    else:
        data = bytes(block.buf[start : start + found])
        free.put(start)
    collect(pickle.loads(data))
for process in processes:
    process.join()
block.close()
block.unlink()
"""
