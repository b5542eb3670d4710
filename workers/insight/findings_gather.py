"""Takes the evidence for findings out of a RunStore."""

import signal
import sys
from typing import TYPE_CHECKING, NamedTuple

import psutil

from workers.client.limits import usable_cores
from workers.client.wait_words import cause
from workers.contract.lanes import who
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.engine.births import describe_exit
from workers.insight import depth, serialisation
from workers.insight import findings_thresholds as limits
from workers.insight.accounts import NAMES, Accounts
from workers.insight.findings_evidence import Evidence, LaneTimes, LockWaits, part
from workers.insight.latency import OWN
from workers.insight.ledger_rows import Row
from workers.insight.stillness import stillness

if TYPE_CHECKING:
    from workers.insight.store import LaneRow, ProcessRow, RunStore

LANES = 2_048
"""So many lanes are compared with each other: beyond that, workers are made for one task and have no median."""


def evidence_of(store: "RunStore", accounts: Accounts | None = None) -> Evidence:
    """The run in numbers, as it stands now. Hand in the `accounts` of the same revision where they have been made.

    From sums alone: it costs the same however long the run. Raises ValueError where nothing has run.
    """
    if store.started is None or store.figures is None:
        raise ValueError("Nothing has run yet: there is no evidence.")
    accounts = accounts or Accounts(store)
    # All at once: lane by lane, thousands of them would take a second.
    whole = accounts.of_run()
    latency = store.figures.latency
    config, counts = store.started.config, store.counts
    workers = max(config.workers, counts.active)
    ran = [row for row in store.lanes if row.tasks or row.info.task >= 0]
    loops = _loops(store)
    shared, loop, held = _gils(store, accounts, workers), _loop(store, accounts, loops), _memory(store, workers)
    seen = sum(row.tasks for row in store.lanes)
    busy = sum(row.busy_ns for row in store.lanes) / 1e9
    service = latency.whole["service"]
    pickled = serialisation.of_run(store)
    main = next((row.info for row in store.lanes if row.info.role == "main"), None)
    own = serialisation.of_lane(store, main.number) if main is not None else None
    lost = store.ended.outcome if store.ended else {}
    films = store.films
    failure = store.failures.most_frequent
    still, dead = stillness(store), _dead(store)
    used = part(_cpu_s(store), store.elapsed_s, most=float("inf"))
    return Evidence(
        workers=workers,
        cores=usable_cores(),
        options=dict(config.options),
        over=store.ended is not None,
        elapsed_s=store.elapsed_s,
        tasks=counts.submitted,
        done=counts.done + counts.failed,
        failed=counts.failed,
        failure=failure.error if failure else "",
        failure_at=failure.where if failure else "",
        failure_count=min(failure.count, counts.failed) if failure else 0,
        accounts=whole.seconds,
        lanes=len(accounts.working),
        handed=bool(loops) or any(row.info.role != "main" for row in ran),
        cores_used=used,
        others_cores=None if store.machine_cores is None else max(0.0, store.machine_cores - used),
        gils=shared.gils,
        sharing=shared.workers,
        sharing_cores=shared.cores,
        pids=len({row.info.pid for row in ran}),
        service_p50_s=service.quantile(0.5),
        service_low_s=latency.own.quantile(limits.SLOW_LOW),
        service_high_s=latency.own.quantile(limits.SLOW_HIGH),
        busy_s=busy * max(1.0, (counts.done + counts.failed) / seen) if seen else busy,
        locks=tuple(_locks(store)),
        times=tuple(_times(store, loops)),
        bytes=None if pickled is None else pickled.bytes,
        serialising_s=0.0 if pickled is None else pickled.seconds,
        host_serialising_s=0.0 if own is None else own.seconds,
        queue_bound=depth.bound(store),
        blocked_s=sum(
            wait.seconds for wait in store.figures.waits.sums(store) if wait.kind == SpanKind.QUEUE and not wait.name
        ),
        coroutines=workers if loops else 0,
        loop_s=loop.seconds,
        loop_ready_s=loop.ready_s,
        loop_naps_s=loop.naps_s,
        memory=sum(held),
        memory_most=max(held, default=0),
        processes=len(held),
        machine_memory=psutil.virtual_memory().total,
        lost_updates=max(0, int(lost.get("lost_updates", 0))),
        expected_updates=max(0, int(lost.get("expected", 0))),
        films=len(films),
        film_lost=max((film.lost for film in films), default=0),
        deadlock=store.deadlock,
        deadlock_cause=cause(store.deadlock),
        deadlock_s=_deadlock_s(store),
        dead=len(dead),
        dead_how=f"PID {dead[0].pid} {describe_exit(dead[0].exit_code or 0)}" if dead else "",
        cut_short=store.phase is RunPhase.FAILED,
        lost=counts.lost,
        standstill=still.where if still else "",
        standstill_s=still.seconds if still else 0.0,
        standstill_from_s=max(0, still.from_ns - (store.clock_start_ns or still.from_ns)) / 1e9 if still else 0.0,
        standstill_unrecorded=still is not None and still.unrecorded,
        linux=sys.platform == "linux",
        recorded=store.recorded,
        dropped=store.dropped,
    )


def _cpu_s(store: "RunStore") -> float:
    return sum(max(0.0, row.cpu_s - row.cpu_at_clock_s) for row in store.all_processes())


def _loops(store: "RunStore") -> dict[int, list[int]]:
    """The first lane of each thread that coroutines run on -> all lanes of that thread."""
    assert store.figures is not None
    found = store.figures.ledger.lanes_on.values()
    return {
        numbers[0]: numbers for numbers in found if len(numbers) > 1 and store.lanes[numbers[0]].info.role == "main"
    }


class _Gils(NamedTuple):
    gils: int
    workers: int
    cores: float


def _gils(store: "RunStore", accounts: Accounts, workers: int) -> _Gils:
    """How many GILs there are, who share the busiest one, and what those used of the cores."""
    lanes: dict[tuple[int, int], int] = {}
    ran: dict[tuple[int, int], float] = {}
    free = 0
    running = accounts.whole(accounts.working)[:, NAMES.index("running")].tolist()
    for number, seconds in zip(accounts.working, running, strict=True):
        info = store.lanes[number].info
        key = info.pid, info.interpreter
        if info.gil is False:
            free += 1
            continue
        lanes[key] = lanes.get(key, 0) + 1
        ran[key] = ran.get(key, 0.0) + seconds
    most = max(lanes, key=lambda key: (lanes[key], ran[key]), default=None)
    gils = min(workers, len(lanes) + free)
    if most is None:
        return _Gils(gils, 0, 0.0)
    return _Gils(gils, min(workers, lanes[most]), part(ran[most], store.elapsed_s, most=float("inf")))


def _locks(store: "RunStore") -> list[LockWaits]:
    """Waits by lock, those still under way included."""
    assert store.figures is not None
    pending: dict[str, list[float]] = {}
    for row in store.lanes:
        if row.info.waiting_since_ns and store.ended is None:
            since = max(0.0, (store.now_ns - row.info.waiting_since_ns) / 1e9)
            pending.setdefault(row.info.waiting_for, []).append(since)
    found = []
    for wait in store.figures.waits.sums(store):
        if wait.kind != SpanKind.LOCK:
            continue
        now = pending.pop(wait.name, [])
        by = wait.held_by
        found.append(
            LockWaits(
                wait.name,
                wait.count + len(now),
                wait.seconds + sum(now),
                max(wait.longest_s, *now, 0.0),
                part(float(wait.held), wait.count),
                who(store.lanes[by].info) if by is not None and by < len(store.lanes) else "",
                wait.several,
            )
        )
    return found + [LockWaits(name, len(now), sum(now), max(now)) for name, now in pending.items()]


def _times(store: "RunStore", loops: dict[int, list[int]]) -> list[LaneTimes]:
    """Of lanes with threads of their own (coroutines take turns in one) that ran enough tasks to be compared."""
    assert store.figures is not None
    inside = {number for numbers in loops.values() for number in numbers}
    found = []
    latency = store.figures.latency
    for spread in latency.lanes(OWN)[:LANES]:
        row: LaneRow = store.lanes[spread.lane]
        if spread.count < limits.SLOW_TASKS or spread.lane in inside or spread.median_s is None:
            continue
        busy = max(0.0, row.busy_ns / 1e9 - latency.waited_s(spread.lane))
        found.append(LaneTimes(who(row.info), spread.count, spread.median_s, busy))
    return found


class _Loop(NamedTuple):
    seconds: float = 0.0
    ready_s: float = 0.0
    naps_s: float = 0.0


def _loop(store: "RunStore", accounts: Accounts, loops: dict[int, list[int]]) -> _Loop:
    """What became of the event loop's time; nothing where there is none."""
    if not loops:
        return _Loop()
    assert store.figures is not None
    tracks = store.figures.ledger.lanes
    first, numbers = next(iter(loops.items()))
    account = accounts.of_lane(first)
    naps = sum(float(tracks[number].cells.total()[Row.NAP]) for number in numbers if number in tracks)
    return _Loop(
        account.wall_s - account.seconds["startup"],
        sum(account.seconds[name] for name in ("running", "run_queue", "gil")),
        naps / 1e9,
    )


def _memory(store: "RunStore", workers: int) -> list[int]:
    """What the processes held when they were last looked at, their part of what they share where that is known.

    Of workers those that can have been there at once: a process per task makes many, one after the other.
    """
    ours: list[int] = []
    theirs: list[int] = []
    for row in store.all_processes():
        if row.sample is None or (row.ended and store.ended is None):
            continue
        size = next((size for size in (row.sample.pss, row.sample.rss) if size), 0)
        (theirs if row.role == "worker" else ours).append(size)
    return [*ours, *sorted(theirs, reverse=True)[:workers]]


def _dead(store: "RunStore") -> list["ProcessRow"]:
    """Workers that ended badly, the first one first. SIGTERM is how pools and daemons are ended by those that they belong to."""
    if store.ended is not None and store.ended.stopped:
        return []
    rows = [
        row for row in store.all_processes() if row.role == "worker" and row.exit_code not in (None, 0, -signal.SIGTERM)
    ]
    return sorted(rows, key=lambda row: (row.ended_ns or 0, row.pid))


def _deadlock_s(store: "RunStore") -> float:
    found = next((mark.t_ns for mark in store.marks if mark.kind == "deadlock"), None)
    if found is None or store.clock_start_ns is None:
        return 0.0
    return max(0.0, (found - store.clock_start_ns) / 1e9)
