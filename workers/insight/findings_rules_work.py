"""Findings about who could run: GIL, waiting, cores, locks, one slow worker, an event loop that is held up."""

from statistics import median_low
from typing import Any

from workers.contract.config import Value
from workers.insight import findings_thresholds as limits
from workers.insight.findings_evidence import Evidence, LaneTimes, part
from workers.insight.findings_model import Figure, Finding
from workers.insight.findings_words import WORDS, counted, few, percent, seconds, spelt


def waited_for_gil(e: Evidence) -> bool:
    """Whether threads that compute waited at one GIL for more than for cores; of the rest of the machine nothing is said."""
    gil, ready = e.share("gil"), e.share("gil", "run_queue")
    # Between tiny tasks they wait for it too, but then it is the number of trips that is too much.
    tasks = (e.service_p50_s or 1.0) >= limits.TINY_S or part(e.busy_s, e.wall_s) >= limits.TINY_SHARE
    limited = e.sharing > 1 and e.gils < e.cores and e.sharing_cores <= limits.ONE_CORE
    return (
        tasks
        and limited
        and e.cores - e.cores_used >= limits.SPARE_CORES
        and gil >= limits.GIL_SHARE
        and (ready >= limits.GIL_READY_SHARE or e.sharing_cores >= limits.GIL_TAKEN)
        and part(e.spent("gil"), e.spent("gil", "running")) >= limits.GIL_TO_RUNNING
        and part(gil, ready) >= limits.GIL_OF_READY
    )


def gil_or_cores(e: Evidence) -> bool:
    """Whether they waited for the GIL and for cores, and which of both held them up cannot be told: others had the cores."""
    taken = e.sharing_cores >= limits.GIL_TAKEN
    clear = e.share("gil") >= limits.GIL_CLEARLY * e.share("run_queue")
    return waited_for_gil(e) and not (taken or clear or e.cores_left >= limits.LEFT_CORES)


def gil_bound(e: Evidence) -> Finding | None:
    """Threads that compute take turns at one GIL: cores are free, or they waited for it several times as long as for those."""
    if not waited_for_gil(e) or gil_or_cores(e):
        return None
    gil, ready = e.share("gil"), e.share("gil", "run_queue")
    shared = e.cores_left < limits.LEFT_CORES and (e.others_cores or 0.0) >= limits.BUSY_CORES
    return Finding(
        "gil_bound",
        WORDS["gil_bound.shared" if shared else "gil_bound"],
        {
            "Workers": spelt(e.sharing),
            "workers": counted(e.sharing),
            "run_queue": percent(ready - gil),
            "others": few(e.others_cores or 0.0),
            "ready": percent(ready),
            "gil": percent(gil),
            "cores": counted(e.cores),
            "cores_used": few(e.cores_used),
            "processes": counted(e.cores),
        },
        (
            Figure("ready_share", ready, "share"),
            Figure("gil_share", gil, "share"),
            Figure("run_queue_share", ready - gil, "share"),
            Figure("running_share", e.share("running"), "share"),
            Figure("threads", e.sharing, "count"),
            Figure("cores_used", e.cores_used, "cores"),
        ),
        ready,
        {"model": "process_pool", "workers": e.cores, "options": carried_over(e)},
    )


def waiting_bound(e: Evidence) -> Finding | None:
    """Tasks wait for the outside world in turns, although more of them could wait at once.

    Waiting as such is healthy. It is a finding only where few workers (WAITING_WORKERS at most) take tasks in turns.
    """
    io = e.share("io")
    if contended_lock(e) is not None:
        return None  # more of them would wait for the lock
    if io < limits.WAITING_SHARE or e.workers > limits.WAITING_WORKERS or e.tasks < limits.TURNS * e.workers:
        return None
    more = min(e.workers * limits.WAITING_MORE, limits.WAITING_MOST, e.tasks)
    change: dict[str, Any] = {"workers": more}
    if e.pids > 1 or not e.handed:
        change |= {"model": "thread_pool", "options": carried_over(e)}
    return Finding(
        "waiting_bound",
        WORDS["waiting_bound"],
        {
            "io": percent(io),
            "cores": counted(e.cores),
            "cores_used": few(e.cores_used),
            "tasks": counted(e.tasks),
            "workers": counted(e.workers),
            "more": counted(more),
        },
        (
            Figure("io_share", io, "share"),
            Figure("cores_used", e.cores_used, "cores"),
            Figure("workers", e.workers, "count"),
            Figure("tasks", e.tasks, "count"),
        ),
        io,
        change,
    )


def oversubscribed(e: Evidence) -> Finding | None:
    """More workers could run at once than there are cores, and they wait for one."""
    waited = e.share("run_queue")
    at_once = e.workers if e.sharing_cores > limits.ONE_CORE else e.gils
    if at_once <= e.cores or waited < limits.RUN_QUEUE_SHARE:
        return None
    return Finding(
        "oversubscribed",
        WORDS["oversubscribed"],
        {"workers": counted(e.workers), "cores": counted(e.cores), "run_queue": percent(waited)},
        (
            Figure("run_queue_share", waited, "share"),
            Figure("workers", e.workers, "count"),
            Figure("cores", e.cores, "cores"),
            Figure("cores_used", e.cores_used, "cores"),
        ),
        waited,
        {"workers": e.cores},
    )


def busy_machine(e: Evidence) -> Finding | None:
    """Workers wait for cores although they are no more than there are: others have them."""
    waited, others = e.share("run_queue"), e.others_cores
    if others is None or others < limits.BUSY_CORES or e.cores_left >= limits.SPARE_CORES:
        return None
    either, gil = gil_or_cores(e), e.share("gil")
    if (waited < limits.BUSY_SHARE and not either) or oversubscribed(e) is not None:
        return None
    seen = (Figure("gil_share", gil, "share"),) if either else ()
    return Finding(
        "busy_machine",
        WORDS["busy_machine.gil" if either else "busy_machine"],
        {
            "run_queue": percent(waited),
            "gil": percent(gil),
            "others": few(others),
            "cores": counted(e.cores),
            "cores_used": few(e.cores_used),
        },
        (
            Figure("run_queue_share", waited, "share"),
            *seen,
            Figure("others_cores", others, "cores"),
            Figure("cores_used", e.cores_used, "cores"),
            Figure("cores", e.cores, "cores"),
        ),
        waited + gil if either else waited,
    )


def contended_lock(e: Evidence) -> Finding | None:
    """Workers wait for each other at a lock, or at several."""
    recorded, share = _lock_share(e)
    if share < limits.LOCK_SHARE or not recorded:
        return None
    lock = max(e.locks, key=lambda lock: lock.seconds)
    mine = part(lock.seconds, recorded)
    if mine < limits.LOCK_ONE:
        form, count, longest = ".many", sum(one.count for one in e.locks), max(one.longest_s for one in e.locks)
    else:
        held = lock.held >= limits.LOCK_HELD and lock.holder
        form, count, longest = "" if held else ".permits" if lock.several else ".unheld", lock.count, lock.longest_s
        share *= mine
    return Finding(
        "contended_lock",
        WORDS["contended_lock" + form],
        {
            "lock": lock.name or "?",
            "locks": counted(len(e.locks)),
            "share": percent(share),
            "count": counted(count),
            "longest": seconds(longest),
            "holder": lock.holder,
        },
        (
            Figure("lock_share", share, "share"),
            Figure("lock_s", lock.seconds, "s"),
            Figure("waits", count, "count"),
            Figure("longest_s", longest, "s"),
        ),
        share,
    )


def one_at_a_time(e: Evidence) -> Finding | None:
    """A lock, or a semaphore with one permit, is held for all of each task: the workers only take turns."""
    recorded, share = _lock_share(e)
    if not recorded or e.workers < 2:
        return None
    lock = max(e.locks, key=lambda lock: lock.seconds)
    inside = part(max(e.busy_s - recorded, 0.0), e.elapsed_s, most=float("inf"))
    alone = limits.INSIDE_LEAST <= inside <= limits.INSIDE_MOST
    least = max(limits.LOCK_SHARE, limits.INSIDE_WAIT * (1 - 1 / e.workers))
    if not alone or share < least or part(lock.seconds, recorded) < limits.LOCK_ONE or _at_barrier(e):
        return None
    # Without the option the same run shows what the lock costs; where tasks add to one number, it would be wrong.
    option = e.options.get("primitive", "none")
    apart = option != "none" and lock.name == f"the {option}" and not e.expected_updates
    return Finding(
        "one_at_a_time",
        WORDS["one_at_a_time"],
        {
            "lock": lock.name or "?",
            "inside": few(inside),
            "workers": counted(e.workers),
            "share": percent(share),
            "count": counted(lock.count),
        },
        (
            Figure("inside", inside, "count"),
            Figure("workers", e.workers, "count"),
            Figure("lock_share", share, "share"),
            Figure("waits", lock.count, "count"),
        ),
        share,
        {"options": {**e.options, "primitive": "none"}} if apart else None,
    )


def barrier(e: Evidence) -> Finding | None:
    """Workers wait at a Barrier for the slowest of them."""
    recorded, share = _lock_share(e)
    if share < limits.LOCK_SHARE or not recorded or not _at_barrier(e):
        return None
    lock = max(e.locks, key=lambda lock: lock.seconds)
    share *= part(lock.seconds, recorded)
    return Finding(
        "barrier",
        WORDS["barrier"],
        {"share": percent(share), "count": counted(lock.count), "longest": seconds(lock.longest_s)},
        (
            Figure("lock_share", share, "share"),
            Figure("lock_s", lock.seconds, "s"),
            Figure("waits", lock.count, "count"),
            Figure("longest_s", lock.longest_s, "s"),
        ),
        share,
        {"options": {**e.options, "primitive": "none"}},
    )


def _lock_share(e: Evidence) -> tuple[float, float]:
    """(seconds that were recorded of waiting for locks, their part of the time)."""
    recorded = sum(lock.seconds for lock in e.locks)
    # Of coroutines the account is that of the loop's one thread, and theirs is the sum of many.
    return recorded, part(recorded, e.busy_s) if e.coroutines else e.share("lock")


def _at_barrier(e: Evidence) -> bool:
    lock = max(e.locks, key=lambda lock: lock.seconds, default=None)
    return lock is not None and e.options.get("primitive") == "Barrier" and lock.name == "the Barrier"


def slow_lane(e: Evidence) -> Finding | None:
    """One worker takes longer for its tasks than the others."""
    lanes = [lane for lane in e.times if lane.tasks >= limits.SLOW_TASKS]
    if len(lanes) < 2:
        return None
    slow: LaneTimes = max(lanes, key=lambda lane: lane.median_s)
    typical = median_low([lane.median_s for lane in lanes if lane is not slow])
    ratio = part(slow.median_s, typical, most=float("inf"))
    unequal = max(1.0, part(e.service_high_s or 0.0, e.service_low_s or 0.0, most=float("inf")))
    if slow.median_s < limits.SLOW_S or ratio < limits.SLOW_RATIO * unequal:
        return None
    return Finding(
        "slow_lane",
        WORDS["slow_lane"],
        {
            "lane": slow.name,
            "slow": seconds(slow.median_s),
            "typical": seconds(typical),
            "ratio": few(ratio),
            "count": counted(slow.tasks),
        },
        (
            Figure("median_s", slow.median_s, "s"),
            Figure("typical_s", typical, "s"),
            Figure("ratio", ratio, "ratio"),
            Figure("tasks", slow.tasks, "count"),
        ),
        part(slow.busy_s * (1 - part(typical, slow.median_s)), e.wall_s),
    )


def blocked_loop(e: Evidence) -> Finding | None:
    """A task keeps the event loop to itself, while others could have gone on."""
    if e.coroutines < 2 or e.tasks < 2 or not e.done:
        return None
    blocked = e.loop_ready_s + e.loop_naps_s
    if part(e.busy_s, e.elapsed_s, most=float("inf")) <= limits.LOOP_ALONE:
        # Never was a second one under way: none gave the loop back before its end.
        blocked = max(blocked, e.busy_s)
    blocked = min(blocked, e.loop_s)
    each, share = blocked / e.done, part(blocked, e.loop_s)
    if share < limits.LOOP_SHARE or each < limits.LOOP_S:
        return None
    computes = e.loop_ready_s > e.loop_naps_s and e.loop_ready_s >= blocked / 2
    model = "asyncio_processes" if computes else "asyncio_to_thread"
    return Finding(
        "blocked_loop",
        WORDS["blocked_loop"],
        {"blocked": seconds(blocked), "loop": seconds(e.loop_s), "each": seconds(each)},
        (
            Figure("blocked_s", blocked, "s"),
            Figure("blocked_share", share, "share"),
            Figure("blocked_each_s", each, "s"),
            Figure("tasks", e.done, "count"),
        ),
        share,
        {"model": model, "options": carried_over(e)},
    )


def carried_over(e: Evidence) -> dict[str, Value]:
    """The options that another model has as well. The primitive among them: without it the run would not be the same."""
    return {name: e.options[name] for name in ("primitive", "permits") if name in e.options}
