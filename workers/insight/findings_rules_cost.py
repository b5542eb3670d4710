"""Findings about what it costs to have workers: data on the way, tasks too small, start-up, the queue's bound, memory."""

from math import ceil

from workers.insight import findings_thresholds as limits
from workers.insight.findings_evidence import Evidence, part
from workers.insight.findings_model import Figure, Finding
from workers.insight.findings_rules_work import carried_over
from workers.insight.findings_words import WORDS, counted, percent, seconds, size


def pickling(e: Evidence) -> Finding | None:
    """Data on the way between processes, not work, takes the time."""
    if not e.bytes or tiny_share(e) is not None:
        return None
    serialising, travel = e.share("serialising"), e.share("serialising", "ipc")
    host = part(e.host_serialising_s, e.elapsed_s)
    large = e.bytes_per_task >= limits.LARGE_BYTES and travel >= limits.TRAVEL_SHARE
    if not (large or serialising >= limits.SERIALISING_SHARE or host >= limits.HOST_SERIALISING_SHARE):
        return None
    share = max(travel, host)
    # One GIL is enough for what the tasks compute.
    threads = e.spent("running") < e.elapsed_s
    return Finding(
        "pickling",
        WORDS["pickling"],
        {
            "share": percent(share),
            "bytes": size(e.bytes_per_task),
            "seconds": seconds(e.serialising_s),
            "ipc": percent(e.share("ipc")),
        },
        (
            Figure("bytes_per_task", e.bytes_per_task, "bytes"),
            Figure("serialising_s", e.serialising_s, "s"),
            Figure("serialising_share", serialising, "share"),
            Figure("ipc_share", e.share("ipc"), "share"),
        ),
        share,
        {"model": "thread_pool", "options": carried_over(e)} if threads else None,
    )


def tiny_share(e: Evidence) -> float | None:
    """The part of the time that went into handing over tasks which are too small for that; None where they are not."""
    service = e.service_p50_s
    if not e.handed or not e.done or service is None or service >= limits.TINY_S:
        return None
    if e.bytes_per_task >= limits.LARGE_BYTES:
        return None
    given = _given_s(e)
    # Between the tasks of an event loop everything that runs is handing over.
    worked = e.busy_s if e.coroutines else max(e.busy_s, e.spent("running"))
    share = part(max(given - worked, 0.0), given)
    return share if share >= limits.TINY_SHARE else None


def _given_s(e: Evidence) -> float:
    """The time in which workers could have worked. Where each is made for one task, that in which there should have been one too."""
    there = max(e.wall_s, e.workers * e.elapsed_s) if e.lanes > e.workers else e.wall_s
    shared = e.sharing > 1 and e.sharing_cores <= limits.ONE_CORE
    return max(there - e.spent("startup") - (0.0 if shared else e.spent("run_queue")), 0.0)


def tiny_tasks(e: Evidence) -> Finding | None:
    """Tasks are smaller than what it takes to hand them over."""
    share = tiny_share(e)
    if share is None:
        return None
    service = e.service_p50_s or 0.0
    each = _given_s(e) / e.done
    had = int(e.options.get("chunksize", 0))
    enough = max(1, e.tasks // (limits.CHUNKS_PER_WORKER * e.workers))
    chunk = min(ceil(limits.CHUNK_S / max(service, 1e-7)), enough)
    chunks = had > 0 and chunk > had
    return Finding(
        "tiny_tasks",
        WORDS["tiny_tasks.chunks" if chunks else "tiny_tasks"],
        {
            "service": seconds(service),
            "each": seconds(each),
            "share": percent(share),
            "chunk": counted(chunk),
            "worth": seconds(chunk * service),
        },
        (
            Figure("service_p50_s", service, "s"),
            Figure("worker_s_per_task", each, "s"),
            Figure("overhead_share", share, "share"),
            Figure("tasks", e.done, "count"),
        ),
        share * part(_given_s(e), max(e.wall_s, _given_s(e))),
        {"options": {**e.options, "chunksize": chunk}} if chunks else None,
    )


def startup(e: Evidence) -> Finding | None:
    """Workers take longer to come up than is worth their while."""
    spent, share = e.spent("startup"), e.share("startup")
    if share < limits.STARTUP_SHARE or spent < limits.STARTUP_S:
        return None
    each = e.lanes > e.workers and e.done <= limits.ONE_EACH * e.lanes
    pool = "process_pool" if e.pids > 1 else "thread_pool"
    return Finding(
        "startup",
        WORDS["startup.each" if each else "startup"],
        {
            "share": percent(share),
            "seconds": seconds(spent),
            "elapsed": seconds(e.elapsed_s),
            "lanes": counted(e.lanes),
        },
        (
            Figure("startup_share", share, "share"),
            Figure("startup_s", spent, "s"),
            Figure("elapsed_s", e.elapsed_s, "s"),
            Figure("workers_started", e.lanes, "count"),
        ),
        share,
        {"model": pool, "options": carried_over(e)} if each else None,
    )


def queue_bound(e: Evidence) -> Finding | None:
    """A queue that is full one moment and empty the next: it is too short."""
    if e.queue_bound is None or e.queue_bound >= limits.QUEUE_FEW * e.workers:
        return None
    blocked, idle = part(e.blocked_s, e.elapsed_s), e.share("idle", "ipc")
    if blocked < limits.QUEUE_BLOCKED_SHARE or idle < limits.QUEUE_IDLE_SHARE:
        return None
    more = 2 * limits.QUEUE_FEW * e.workers
    return Finding(
        "queue_bound",
        WORDS["queue_bound"],
        {
            "bound": counted(e.queue_bound),
            "blocked": seconds(e.blocked_s),
            "blocked_share": percent(blocked),
            "idle": percent(idle),
            "more": counted(more),
        },
        (
            Figure("queue_bound", e.queue_bound, "count"),
            Figure("blocked_s", e.blocked_s, "s"),
            Figure("blocked_share", blocked, "share"),
            Figure("idle_share", idle, "share"),
        ),
        idle,
        {"options": {**e.options, "queue_bound": more}},
    )


def memory(e: Evidence) -> Finding | None:
    """The run takes much of the machine's memory."""
    share = part(e.memory, e.machine_memory)
    if share < limits.MEMORY_SHARE:
        return None
    return Finding(
        "memory",
        WORDS["memory"],
        {
            "share": percent(share),
            "total": size(e.memory),
            "machine": size(e.machine_memory),
            "processes": counted(e.processes),
            "largest": size(e.memory_most),
        },
        (
            Figure("memory_bytes", e.memory, "bytes"),
            Figure("memory_share", share, "share"),
            Figure("largest_bytes", e.memory_most, "bytes"),
            Figure("processes", e.processes, "count"),
        ),
        0.0,
        {"workers": max(1, e.workers // 2)} if e.pids > 1 and e.workers > 1 else None,
    )
