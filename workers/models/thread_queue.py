"""Thread queue: worker threads in front of one queue, each taking its next task when it is done with the last.

    main thread --put--> [ queue.Queue: bounded ] --get--> worker threads --put--> [ SimpleQueue ] --> main thread

Where the queue is full the main thread waits: that is how a slow consumer holds back a fast producer.
"""

import queue
import threading
from itertools import count
from typing import Any

from workers.plugin import (
    PERMITS,
    PRIMITIVE,
    QUEUE_BOUND,
    SWITCH_MS,
    Crew,
    Inbox,
    Job,
    ModelInfo,
    Param,
    RunContext,
    ScriptParts,
    feed,
    outcome,
    queue_bound,
    taken,
)

QUEUES: dict[str, Any] = {"fifo": queue.Queue, "lifo": queue.LifoQueue, "priority": queue.PriorityQueue}
NUDGE = (-1, 0, None)
"""Wakes a thread that waits for a task. It goes before any task, as a PriorityQueue sees it."""

INFO = ModelInfo(
    title="Thread queue",
    family="Threads",
    summary="Worker threads take tasks from a bounded queue.Queue; where it is full, whoever fills it waits.",
    params=(
        PRIMITIVE,
        Param(
            "discipline",
            "fifo",
            "Discipline",
            "Which task is next: fifo, the oldest (Queue); lifo, the newest (LifoQueue); priority, every fourth task overtakes "
            "the others (PriorityQueue).",
            choices=tuple(QUEUES),
        ),
        QUEUE_BOUND,
        SWITCH_MS,
        PERMITS,
    ),
    live_workers="free",
)


def run(ctx: RunContext) -> None:
    """Start the threads, put every task into the queue, let the threads go."""
    tasks: queue.Queue[Any] = QUEUES[str(ctx.options["discipline"])](queue_bound(ctx))
    done = Inbox()
    leave = threading.Semaphore(0)
    numbers = count()

    def work() -> None:
        ctx.enter_thread()
        for _, _, job in taken(tasks, leave, NUDGE):
            done.post(outcome(job))

    def hire() -> threading.Thread:
        thread = threading.Thread(target=work, name=f"worker_{next(numbers)}", daemon=True)
        thread.start()
        return thread

    crew = Crew(ctx, hire, tasks, leave, NUDGE)
    crew.start()
    feed(ctx, crew, tasks, done, pack=ranked, nudge=NUDGE, crosses=False)
    crew.farewell()


def ranked(job: Job) -> tuple[int, int, Job]:
    """What a PriorityQueue sorts by comes first; the number settles ties, so that two jobs are never compared."""
    return (0 if job.number % 4 == 0 else 1, job.number, job)


def script(parts: ScriptParts) -> str:
    """As a short program."""
    kind = QUEUES[str(parts.options["discipline"])].__name__
    put, taken, args = "args", "args", "args"
    if kind == "PriorityQueue":
        # as in a run: every fourth task overtakes the others, and the number settles ties
        put, taken = "(0 if number % 4 == 0 else 1, number, args)", "_, _, args"
    loop = "number, args in enumerate(tasks)" if put != "args" else "args in tasks"
    return f"""
from queue import {kind}
from threading import Thread

def worker(todo{parts.receives}):
    while True:
        {taken} = todo.get()
        collect({parts.call}({parts.given}*{args}))
        todo.task_done()

todo = {kind}(maxsize={parts.bound})
for _ in range({parts.workers}):
    Thread(target=worker, args=(todo{parts.receives or ","}), daemon=True).start()
for {loop}:
    todo.put({put})
todo.join()
"""
