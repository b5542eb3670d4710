"""Options that several models have. Those marked as the engine's are carried out by the engine: a model only lists them."""

from workers.contract.info import Param

START_METHOD = Param(
    "start_method",
    "",
    "Start method",
    "How worker processes come to be: copied from the host (fork), started afresh (spawn), or copied from a clean server (forkserver).",
)
"""Its choices and default are those of the interpreter that carries the run."""

PRIMITIVE = Param(
    "primitive",
    "none",
    "Around the work",
    "What every task must get past before it works: a lock that lets one through, a semaphore that lets a few, an event, a barrier.",
    choices=("none", "Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier"),
)
PERMITS = Param(
    "permits",
    2,
    "Permits",
    "How many tasks a semaphore lets through at once, or a barrier brings together; the others do not use it.",
    minimum=1,
    maximum=10_000,
)
"""The engine's, both. Made of threading, multiprocessing or asyncio, as the model's workers are threads, processes or coroutines."""

POOL_SIZE = Param(
    "pool_size",
    0,
    "Pool size",
    "How many workers the pool is made with, and so how far they can be turned up during the run; 0: as many as workers at the start.",
    minimum=0,
    maximum=10_000,
)
"""The engine's: `ctx.workers` is the larger of this and the workers at the start."""

SWITCH_MS = Param(
    "switch_ms",
    5.0,
    "Switch interval",
    "How long a thread may hold the GIL while others wait for it (sys.setswitchinterval).",
    unit="ms",
    minimum=0.001,
    maximum=1_000.0,
    live=True,
)
"""The engine's: set in the host, whose threads share one GIL."""

CHUNKSIZE = Param(
    "chunksize",
    1,
    "Chunk size",
    "How many tasks travel to a worker together; more saves trips when tasks are short.",
    minimum=1,
    maximum=100_000,
)
MAX_TASKS_PER_CHILD = Param(
    "max_tasks_per_child",
    0,
    "Tasks per child",
    "After how many tasks (chunks, where they travel in chunks) a worker process is replaced by a fresh one; 0: never.",
    minimum=0,
    maximum=1_000_000,
)
QUEUE_BOUND = Param(
    "queue_bound",
    0,
    "Queue bound",
    "How many tasks may wait in the queue; 0: twice the workers.",
    minimum=0,
    maximum=100_000,
)
DAEMON = Param(
    "daemon",
    False,
    "Daemon",
    "Daemons end with the main program: it does not wait for them, and what they had not finished is lost.",
)
