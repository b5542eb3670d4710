"""Processes with threads: P processes with T threads each. Computing uses P cores; waiting overlaps P x T times.

    host --put--> [ mp.Queue ] --get--> main thread of a worker --put--> [ SimpleQueue ] --get--> T threads --> host

The main thread of a worker takes a task only when one of its threads is free, so that none waits where it could not be begun.
"""

import queue
import threading
from typing import Any

from workers.plugin import (
    PERMITS,
    PRIMITIVE,
    QUEUE_BOUND,
    START_METHOD,
    Crew,
    Job,
    ModelInfo,
    Param,
    Results,
    RunContext,
    ScriptParts,
    TaskQueue,
    feed,
    outcome,
    process_hire,
    taken,
)

INFO = ModelInfo(
    title="Processes with threads",
    family="Processes",
    summary="Each worker is a process with several threads: computing uses several cores, and waiting overlaps within each.",
    params=(
        PRIMITIVE,
        START_METHOD,
        Param("threads", 2, "Threads", "How many threads each worker process has.", minimum=1, maximum=256),
        QUEUE_BOUND,
        PERMITS,
    ),
    workers_are="processes",
    live_workers="free",
)


def run(ctx: RunContext) -> None:
    """Start the processes, put every task into the queue, let the processes go."""
    results = Results(ctx)
    tasks = TaskQueue(ctx, results)
    leave = ctx.mp.Semaphore(0)
    threads = int(ctx.options["threads"])
    crew = Crew(ctx, process_hire(ctx, work, tasks, leave, results, threads), tasks, leave)
    crew.start()
    results.listen()
    feed(ctx, crew, tasks, results)
    crew.farewell()
    tasks.end()


def work(tasks: Any, leave: Any, results: Results, count: int, enter: Any, initargs: Any) -> None:
    """A worker process: its main thread hands tasks to its threads."""
    enter(*initargs)
    handed: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    free = threading.Semaphore(count)

    def thread_work() -> None:
        for job in iter(handed.get, None):
            results.send(outcome(job))
            free.release()

    threads = [threading.Thread(target=thread_work, name=f"thread {number}") for number in range(count)]
    for thread in threads:
        thread.start()
    free.acquire()
    for job in taken(tasks, leave):
        handed.put(job)
        free.acquire()
    for _ in threads:
        handed.put(None)
    for thread in threads:
        thread.join()


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return f"""
from multiprocessing import Process, Queue
from threading import Thread

def worker(todo, results{parts.receives}):
    def in_a_thread():
        for args in iter(todo.get, None):
            results.put({parts.call}({parts.given}*args))

    threads = [Thread(target=in_a_thread) for _ in range({parts.options["threads"]})]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

todo, results = Queue(maxsize={parts.bound}), Queue()
processes = [Process(target=worker, args=(todo, results{parts.receives})) for _ in range({parts.workers})]
for process in processes:
    process.start()
for args in tasks:
    todo.put(args)
for _ in range({parts.workers} * {parts.options["threads"]}):
    todo.put(None)  # nothing is left to do for a thread
for _ in tasks:
    collect(results.get())
for process in processes:
    process.join()
"""
