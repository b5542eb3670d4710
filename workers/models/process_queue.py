"""Process queue: worker processes in front of one queue, each taking its next task when it is done with the last.

    host --put--> [ mp.Queue: a thread of the host pickles into a pipe ] --get--> workers --put--> [ mp.SimpleQueue ] --> host

A pipe has one reader at a time: a lock goes with it, which an idle worker holds while it waits.
"""

from typing import Any

from workers.plugin import (
    PERMITS,
    PRIMITIVE,
    QUEUE_BOUND,
    START_METHOD,
    Crew,
    ModelInfo,
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
    title="Process queue",
    family="Processes",
    summary="Worker processes take tasks from a multiprocessing.Queue and send results home through another.",
    params=(START_METHOD, PRIMITIVE, QUEUE_BOUND, PERMITS),
    workers_are="processes",
    live_workers="free",
)


def run(ctx: RunContext) -> None:
    """Start the processes, put every task into the queue, let the processes go."""
    results = Results(ctx)
    tasks = TaskQueue(ctx, results)
    leave = ctx.mp.Semaphore(0)
    crew = Crew(ctx, process_hire(ctx, work, tasks, leave, results), tasks, leave)
    crew.start()
    results.listen()
    feed(ctx, crew, tasks, results)
    crew.farewell()
    tasks.end()


def work(tasks: Any, leave: Any, results: Results, enter: Any, initargs: Any) -> None:
    """A worker process, from start to end."""
    enter(*initargs)
    for job in taken(tasks, leave):
        results.send(outcome(job))


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return f"""
from multiprocessing import Process, Queue

def worker(todo, results{parts.receives}):
    for args in iter(todo.get, None):
        results.put({parts.call}({parts.given}*args))

todo, results = Queue(maxsize={parts.bound}), Queue()
processes = [Process(target=worker, args=(todo, results{parts.receives})) for _ in range({parts.workers})]
for process in processes:
    process.start()
for args in tasks:
    todo.put(args)
for _ in processes:
    todo.put(None)  # nothing is left to do
for _ in tasks:
    collect(results.get())
for process in processes:
    process.join()
"""
