"""Process manager: queue, dict or list live in a process of their own, the manager; everybody else has a proxy for it.

    host --put--> [ manager process: Queue ] <--get-- workers         every call is a message there and an answer back
    workers --set, append--> [ manager process: dict or list ] <--pop-- host

A proxy can be used like the thing itself, from any process, and costs a trip to the manager each time.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.managers import SyncManager
from typing import Any

from workers.plugin import (
    PERMITS,
    PRIMITIVE,
    QUEUE_BOUND,
    START_METHOD,
    Crew,
    ModelInfo,
    Outcome,
    Param,
    Results,
    RunContext,
    ScriptParts,
    TaskQueue,
    crossing_at,
    feed,
    outcome,
    process_hire,
    queue_bound,
    taken,
    tell_result,
)

BOTH = "dict and list"

INFO = ModelInfo(
    title="Process manager",
    family="Processes",
    summary="A manager process holds a queue, dict or list that all workers use through proxies: simple, and a trip for each call.",
    params=(
        PRIMITIVE,
        START_METHOD,
        Param(
            "holds",
            "queue",
            "Manager holds",
            "queue: the tasks wait in the manager; dict, list: the results are put there; dict and list: the results into the list, "
            "and each worker's PID into the dict.",
            choices=("queue", "dict", "list", BOTH),
        ),
        QUEUE_BOUND,
        PERMITS,
    ),
    workers_are="processes",
    live_workers="free",
)


def run(ctx: RunContext) -> None:
    """Start the manager and the processes, put every task into the queue, let all of them go."""
    manager = SyncManager(ctx=ctx.mp)
    manager.start(initializer=be_ended_by_stop)
    try:
        serve(ctx, manager)
    except (EOFError, OSError):
        for process in multiprocessing.active_children():
            if "Manager" in process.name:
                process.join(1.0)  # its end is seen a moment after that of its connections
        ctx.check_workers()
        raise
    manager.shutdown()


def be_ended_by_stop() -> None:
    """In the manager: a forked one has the host's handler, which ignores SIGTERM."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def serve(ctx: RunContext, manager: SyncManager) -> None:
    """The run, with a manager."""
    results = Results(ctx)
    holds = str(ctx.options["holds"])
    tasks: Any = manager.Queue(queue_bound(ctx)) if holds == "queue" else TaskQueue(ctx, results)
    store: Any = MADE[holds](manager)
    taken_out = 0
    leave = ctx.mp.Semaphore(0)
    crew = Crew(ctx, process_hire(ctx, work, tasks, leave, results, store, holds), tasks, leave)
    crew.start()
    results.listen()

    def receive(came: Outcome) -> Outcome:
        nonlocal taken_out
        if came.error is not None:
            return came
        came = came._replace(value=PICK_UP[holds](store, came), size=came.size if holds == "queue" else 0)
        taken_out += 1
        return came

    feed(ctx, crew, tasks, results, receive=receive)
    crew.farewell()
    if isinstance(tasks, TaskQueue):
        tasks.end()
    if holds == BOTH:
        ctx.mark("manager", f"dict: {len(store[0])} keys, list: {taken_out} values taken out, {len(store[1])} left")


def work(tasks: Any, leave: Any, results: Results, store: Any, holds: str, enter: Any, initargs: Any) -> None:
    """A worker process, from start to end."""
    enter(*initargs)
    for job in taken(tasks, leave):
        came, at_ns = outcome(job), crossing_at(job.number)
        if holds != "queue" and came.error is None:
            try:
                PUT_DOWN[holds](store, came)
                tell_result(job.number, came.value, 0, at_ns, f" to the manager's {holds}")
                came = came._replace(value=None)
            except (EOFError, OSError):
                raise  # the manager is gone
            except Exception as error:  # noqa: BLE001 - whatever pickling raises is that task's failure
                came = Outcome(came.number, ValueError(f"task {came.number}: result cannot be pickled: {error}"))
        results.send(came, tell=holds == "queue")


def put_both(store: Any, came: Outcome) -> None:
    """In a worker: as the tutorial does, its PID into the dict, and what it has found into the list."""
    pids, found = store
    pids[os.getpid()] = os.getpid()
    found.append(came.value)


MADE: dict[str, Callable[[SyncManager], Any]] = {
    "queue": lambda manager: None,
    "dict": lambda manager: manager.dict(),
    "list": lambda manager: manager.list(),
    BOTH: lambda manager: (manager.dict(), manager.list()),
}
PUT_DOWN: dict[str, Callable[[Any, Outcome], None]] = {
    "dict": lambda store, came: store.__setitem__(came.number, came.value),
    "list": lambda store, came: store.append(came.value),
    BOTH: put_both,
}
PICK_UP: dict[str, Callable[[Any, Outcome], Any]] = {
    "queue": lambda store, came: came.value,
    "dict": lambda store, came: store.pop(came.number),
    "list": lambda store, came: store.pop(),
    BOTH: lambda store, came: store[1].pop(),
}


def script(parts: ScriptParts) -> str:
    """As a short program."""
    holds = str(parts.options["holds"])
    if holds == "queue":
        return f"""
from multiprocessing import Manager, Process

def worker(todo, results{parts.receives}):
    for args in iter(todo.get, None):
        results.put({parts.call}({parts.given}*args))

with Manager() as manager:
    todo, results = manager.Queue({parts.bound}), manager.Queue()
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
    text = all_at_once(parts, holds) if parts.tasks <= parts.workers else from_a_queue(parts, holds)
    return f"import os\n{text}" if holds == BOTH else text


def all_at_once(parts: ScriptParts, holds: str) -> str:
    """As the tutorial does it: a process for each task, which is given the proxies."""
    names, making, putting, reading = held(parts, holds)
    number, each = ("number, ", "number, args in enumerate(tasks)") if holds == "dict" else ("", "args in tasks")
    return f"""
from multiprocessing import Manager, Process

def in_a_process({names}, {number}{parts.given}*args):
    {indented(putting, 1)}

with Manager() as manager:
    {indented(making, 1)}
    processes = []
    for {each}:
        process = Process(target=in_a_process, args=({names}, {number}{parts.given}*args))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    {indented(reading, 1)}
"""


def from_a_queue(parts: ScriptParts, holds: str) -> str:
    """More tasks than processes: they take them from a queue."""
    names, making, putting, reading = held(parts, holds)
    each, task = ("number, args", "task in enumerate(tasks)") if holds == "dict" else ("args", "task in tasks")
    return f"""
from multiprocessing import Manager, Process, Queue

def worker(todo, {names}{parts.receives}):
    for {each} in iter(todo.get, None):
        {indented(putting, 2)}

with Manager() as manager:
    {indented(making, 1)}
    todo = Queue({parts.bound})
    processes = [Process(target=worker, args=(todo, {names}{parts.receives})) for _ in range({parts.workers})]
    for process in processes:
        process.start()
    for {task}:
        todo.put(task)
    for _ in processes:
        todo.put(None)  # nothing is left to do
    for process in processes:
        process.join()
    {indented(reading, 1)}
"""


def indented(lines: list[str], depth: int) -> str:
    """The lines, all but the first one indented."""
    return ("\n" + "    " * depth).join(lines)


def held(parts: ScriptParts, holds: str) -> tuple[str, list[str], list[str], list[str]]:
    """What the manager holds: the names, and the lines that make it, put something in and read it."""
    call = f"{parts.call}({parts.given}*args)"
    if holds == BOTH:
        making = [
            "pids, found = manager.dict(), manager.list()  # they live in the manager's process; all others have proxies"
        ]
        putting = ["pids[os.getpid()] = os.getpid()", f"found.append({call})"]
        reading = ['print(len(pids), "keys:", dict(pids))', "for result in found:", "    collect(result)"]
        return "pids, found", making, putting, reading
    making = [f"found = manager.{holds}()  # it lives in the manager's process; everybody else has a proxy"]
    putting = [f"found[number] = {call}" if holds == "dict" else f"found.append({call})"]
    return (
        "found",
        making,
        putting,
        [f"for result in found{'.values()' if holds == 'dict' else ''}:", "    collect(result)"],
    )
