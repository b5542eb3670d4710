"""A catalogue as an interpreter would send it, with every family and every kind of option, but without files behind it."""

from dataclasses import replace

from tests.helpers.scripted import PYTHON
from workers.contract.info import Catalogue, ModelInfo, Param, PythonInfo, WorkloadInfo

START_METHOD = Param(
    "start_method", "fork", "Start method", "How a new process comes to be.", choices=("fork", "spawn", "forkserver")
)
CHUNK = Param("chunksize", 1, "Chunk size", "Tasks handed over at a time.", minimum=1, maximum=10_000)
JOIN = Param("join", "all", "Join", "Wait for each thread, or for all at the end.", choices=("each", "all"))
DAEMON = Param("daemon", False, "Daemon", "Threads that end with the process.")
POOL_SIZE = Param(
    "pool_size", 0, "Pool size", "How far workers can be turned up; 0: not at all.", minimum=0, maximum=64
)
SWITCH = Param(
    "switch_ms", 5.0, "Switch interval", "How long a thread may hold the GIL.", "ms", 0.001, 1000.0, live=True
)
PRIMITIVES = (
    Param("primitive", "none", "Around the work", "What a task must get past.", choices=("none", "Lock", "Semaphore")),
    Param("permits", 2, "Permits", "How many a semaphore lets through.", minimum=1, maximum=10_000),
)
MOST_TASKS = Param("max_tasks_per_child", 0, "Tasks per child", "When a worker is replaced; 0: never.", minimum=0)
BOUND = Param("queue_bound", 0, "Queue bound", "How many tasks may wait.", minimum=0)
DISCIPLINE = Param("discipline", "Queue", "Discipline", "Who comes next.", choices=("Queue", "LifoQueue", "Priority"))

NEW = ("python>=3.14",)
TOO_OLD = "it needs Python 3.14 or later"


def _model(title: str, family: str, summary: str, *params: Param, workers_are: str, **more: object) -> ModelInfo:
    return ModelInfo(title, family, summary, params, workers_are, **more)  # type: ignore[arg-type]


def _threads(title: str, summary: str, *params: Param, **more: object) -> ModelInfo:
    return _model(title, "Threads", summary, *params, workers_are="threads", **more)


def _processes(title: str, summary: str, *params: Param, **more: object) -> ModelInfo:
    return _model(title, "Processes", summary, START_METHOD, *params, workers_are="processes", **more)


def _asyncio(title: str, summary: str, *params: Param, workers_are: str = "coroutines", **more: object) -> ModelInfo:
    return _model(title, "asyncio", summary, *params, workers_are=workers_are, **more)


_ALL = (*PRIMITIVES, POOL_SIZE, MOST_TASKS)
MODELS = {
    "sequential": _model(
        "Sequential", "One at a time", "One task after the other, in the main thread.", workers_are="none"
    ),
    "thread_per_task": _threads(
        "Thread per task", "Every task gets a thread of its own, which ends with it.", JOIN, DAEMON
    ),
    "thread_pool": _threads(
        "Thread pool",
        "Workers share one interpreter, and so one GIL: waiting overlaps, computing in pure Python takes turns.",
        SWITCH,
        POOL_SIZE,
        *PRIMITIVES,
        live_workers="pool",
    ),
    "thread_queue": _threads(
        "Threads fed by a queue", "Worker threads take from a bounded queue.", DISCIPLINE, BOUND, live_workers="free"
    ),
    "process_per_task": _processes(
        "Process per task", "Every task gets a process of its own, which ends with it.", *PRIMITIVES
    ),
    "pool_apply": _processes("Pool.apply", "Waits for each result before the next task.", *_ALL),
    "pool_apply_async": _processes(
        "Pool.apply_async", "Results come back through a callback in the main process.", *_ALL, live_workers="pool"
    ),
    "pool_map": _processes("Pool.map", "All results at the end, in the order of the tasks.", CHUNK, *_ALL),
    "pool_imap_unordered": _processes(
        "Pool.imap_unordered", "Each result as soon as it is there, in any order.", CHUNK, *_ALL
    ),
    "process_pool": _processes(
        "Process pool",
        "Each worker is a process with a GIL of its own: computing overlaps, arguments and results are pickled.",
        CHUNK,
        *_ALL,
        live_workers="pool",
    ),
    "process_queue": _processes("Processes fed by a queue", "Workers take from a multiprocessing.Queue.", BOUND),
    "process_pipe": _processes("Processes with pipes", "One pipe for each worker: no lock, no feeder thread."),
    "process_manager": _processes("Manager", "Queue, dict and list live in a server process."),
    "shared_memory": _processes("Shared memory", "Results go into one block that all can see."),
    "processes_with_threads": _processes("Processes with threads", "P processes of T threads each."),
    "asyncio_tasks": _asyncio("asyncio tasks", "One thread, one loop: whoever waits lets others run.", live_workers="free"),
    "asyncio_to_thread": _asyncio("asyncio.to_thread", "The loop hands blocking work to threads.", workers_are="threads"),
    "asyncio_processes": _asyncio("asyncio with processes", "The loop hands work to a pool.", START_METHOD, workers_are="processes"),
    "sub_interpreters": _model(
        "Interpreter pool",
        "Sub-interpreters",
        "Each worker is a thread in an interpreter of its own, with a GIL of its own.",
        workers_are="interpreters",
        unavailable=TOO_OLD,
        requires=NEW,
        shares=False,
    ),
    "loky": _model(
        "loky",
        "Libraries",
        "A process pool that survives the death of a worker.",
        workers_are="processes",
        unavailable="loky is not installed for this interpreter (python -m pip install loky)",
        requires=("loky",),
        shares=False,
    ),
    "joblib": _model(
        "joblib", "Libraries", "Batches of tasks over loky's processes.", workers_are="processes", requires=("joblib",), shares=False
    ),
}  # fmt: skip
WORKLOADS = {
    "count_primes": WorkloadInfo(
        "Count primes",
        "Counts primes below a limit, in Python.",
        "CPU in Python",
        (
            Param("limit", 20_000, "Up to", "Where counting ends.", minimum=1, maximum=10_000_000),
            Param("fail_every", 0, "Fail every", "Raise in every n-th task; 0 for never.", minimum=0),
        ),
    ),
    "sha256": WorkloadInfo(
        "SHA-256",
        "Hashes a block; the C code releases the GIL.",
        "CPU in C",
        (Param("size", 256, "Block", "How much is hashed.", unit="KiB", minimum=1, maximum=65_536),),
    ),
    "sleep": WorkloadInfo(
        "Sleep",
        "Sleeps.",
        "waiting",
        (Param("seconds", 0.05, "For", "How long.", unit="s", minimum=0.0, maximum=60.0),),
    ),
    "echo": WorkloadInfo("Echo", "Sends bytes to a server and waits for them.", "waiting"),
    "mandelbrot": WorkloadInfo("Mandelbrot", "One tile of a picture.", "CPU in Python"),
    "mixed": WorkloadInfo(
        "Mixed",
        "Computes for a part of its time and waits for the rest.",
        "waiting",
        (
            Param("ms", 20.0, "Takes", "How long a task takes.", unit="ms", minimum=0.0),
            Param("share", 0.5, "Waiting share", "How much of it is waiting.", minimum=0.0, maximum=1.0, live=True),
        ),
    ),
    "shared_counter": WorkloadInfo(
        "Shared counter", "Adds one to a number that all share.", "coordination", shares=True
    ),
    "own_function": WorkloadInfo(
        "My function",
        "Calls a function of a Python file of your own.",
        "your own",
        (Param("file", "", "File"), Param("function", "", "Function"), Param("inputs", "", "Inputs")),
    ),
    "philosophers": WorkloadInfo("Philosophers", "Each takes two forks.", "coordination", shares=True),
}
CATALOGUE = Catalogue(PYTHON, MODELS, WORKLOADS)
NEWER = replace(PYTHON, executable="/opt/python3.15/bin/python3.15", version="3.15.0", subinterpreters=True)
FREE = replace(
    PYTHON, executable="/opt/python3.14/bin/python3.14t", version="3.14.0", gil=False, free_threaded=True,
    subinterpreters=True,
)  # fmt: skip


def catalogue_of(python: PythonInfo) -> Catalogue:
    """What a Python from 3.14 on would offer."""
    models = {key: replace(info, unavailable="") if info.requires == NEW else info for key, info in MODELS.items()}
    return Catalogue(python, models, WORKLOADS)
