"""The summary of a run: what the JSON holds. Its schema is `resources/schema/run.v1.json`."""

from dataclasses import asdict
from typing import Any

from workers.contract.batch import RaceFilm
from workers.contract.lanes import short, who
from workers.insight import serialisation
from workers.insight.accounts import Account, latest
from workers.insight.findings import evidence_of, findings
from workers.insight.latency import KINDS, LaneSpread
from workers.insight.placed_stacks import placed
from workers.insight.ranks import Steps, at_once
from workers.insight.stillness import stillness
from workers.insight.store import LaneRow, ProcessRow, RunStore
from workers.insight.summary_times import depth_of, latency_of, rounded, spread_of

SCHEMA = "threadmill.run.v1"


def summarise(store: RunStore) -> dict[str, Any]:
    """What is known of the run in `store`, as JSON-ready values. Times in seconds; `t_s` counts from the start of the clock.

    Raises ValueError where nothing has run.
    """
    return at_once(summary_steps(store))


def summary_steps(store: RunStore) -> Steps[dict[str, Any]]:
    """The same in steps, for who must not be kept; the run in `store` must be over, and no other one in it before they are taken.

    Raises ValueError where nothing has run.
    """
    if store.started is None:
        raise ValueError("Nothing has run yet: there is no summary.")
    counts, started = store.counts, store.started
    elapsed = store.elapsed_s
    latency = yield from latency_of(store)
    accounts = latest(store)
    yield
    whole = accounts.of_run()
    yield
    lanes = _lanes(store, accounts.of_lanes())
    yield
    depth, waits = depth_of(store), _waits(store)
    yield
    found = findings(evidence_of(store, accounts))
    yield
    return {
        "schema": SCHEMA,
        "config": started.config.plain(),
        "python": {
            "executable": started.python.executable,
            "version": started.python.version,
            "implementation": started.python.implementation,
            "gil": started.python.gil,
        },
        "phase": store.phase.value,
        "stopped": bool(store.ended and store.ended.stopped),
        "tasks": {"submitted": counts.submitted, "done": counts.done, "failed": counts.failed, "lost": counts.lost},
        "elapsed_s": rounded(elapsed),
        "startup_s": rounded(store.startup_s),
        "throughput_per_s": rounded(counts.done / elapsed) if elapsed else None,
        "processes": [_process(store, row) for row in store.all_processes()],
        "processes_forgotten": store.past_forgotten,
        "lanes": lanes,
        "latency_s": latency,
        "queue_depth": depth,
        "wall_s": rounded(whole.wall_s),
        "accounts": _account(whole),
        "waits": waits,
        "wait_graph": _graph(store),
        "stacks": _stacks(store),
        "serialisation": _serialisation(store),
        "findings": [finding.plain() for finding in found],
        "history": _history(store),
        "memory": _memory(store),
        "telemetry": {
            "recorded": store.recorded,
            "delivered": store.delivered,
            "dropped": store.dropped,
            "text_dropped": counts.text_dropped,
        },
        "marks": [
            {"kind": mark.kind, "pid": mark.pid, "tid": mark.tid, "t_s": _since(store, mark.t_ns), "text": mark.text}
            for mark in store.marks
        ],
        "marks_seen": store.marks_seen,
        "films": [_film(store, film) for film in store.films],
        "output": [
            {
                "t_s": _since(store, line.t_ns),
                "pid": line.pid,
                "tid": line.tid,
                "stream": line.stream,
                "text": line.text,
            }
            for line in store.texts
        ],
        "output_seen": store.texts_seen,
        "gil": store.gil,
        "checksum": None if store.checksum is None else f"{store.checksum:016x}",
        "outcome": dict(store.ended.outcome) if store.ended else {},
        "deadlock": store.deadlock or None,
        "standstill": _standstill(store),
        "ended_by": store.ended_by or None,
        "error": store.ended.error if store.ended else None,
    }


def _film(store: RunStore, film: RaceFilm) -> dict[str, Any]:
    steps = [
        {
            "t_s": _since(store, step.t_ns),
            "pid": step.pid,
            "tid": step.tid,
            "lane": step.lane,
            "op": step.op,
            "value": step.value,
        }
        for step in film.steps
    ]
    return {"counter": film.counter, "lost": film.lost, "steps": steps, "note": film.note}


def _process(store: RunStore, row: ProcessRow) -> dict[str, Any]:
    return {
        "host": row.host,
        "pid": row.pid,
        "ppid": row.ppid or None,
        "create_time": row.create_time or None,
        "role": row.role,
        "started_s": _since(store, row.started_ns),
        "ended_s": _since(store, row.ended_ns),
        "cpu_s": rounded(row.cpu_s),
        "run_cpu_s": rounded(max(0.0, row.cpu_s - row.cpu_at_clock_s)),
        "rss": row.sample.rss if row.sample else None,
        "tasks": row.tasks,
        "exit": row.exit_code,
    }


def _lanes(store: RunStore, accounts: list[Account]) -> list[dict[str, Any]]:
    spreads: dict[str, dict[int, LaneSpread]] = {kind: {} for kind in KINDS}
    if store.figures is not None:
        spreads = {kind: {one.lane: one for one in store.figures.latency.lanes(kind)} for kind in KINDS}
    found = []
    for row, account in zip(store.lanes, accounts, strict=True):
        of_lane = {kind: spreads[kind].get(row.info.number) for kind in KINDS}
        found.append(_lane(row, account) | {"latency_s": {kind: spread_of(one) for kind, one in of_lane.items()}})
    return found


def _lane(row: LaneRow, account: Account) -> dict[str, Any]:
    info = row.info
    return {
        "host": info.host,
        "pid": info.pid,
        "tid": info.tid,
        "name": short(info),
        "role": info.role,
        "tasks": row.tasks,
        "busy_s": rounded(row.busy_ns / 1e9),
        "cpu_s": rounded(info.cpu_ns / 1e9),
        "wall_s": rounded(account.wall_s),
        "accounts": _account(account),
    }


def _account(account: Account) -> dict[str, float | None]:
    return {name: rounded(seconds) for name, seconds in account.seconds.items()}


def _waits(store: RunStore) -> list[dict[str, Any]]:
    """What was recorded of waiting; not what was sampled. Waits that lasted until the run was stopped are among them."""
    waits = store.figures.waits.sums(store) if store.figures is not None else []
    return [
        {
            "kind": wait.kind.word,
            "name": wait.name,
            "count": wait.count,
            "seconds": rounded(wait.seconds),
            "longest_s": rounded(wait.longest_s),
            "held_by": who(store.lanes[wait.held_by].info)
            if wait.held_by is not None and wait.held_by < len(store.lanes)
            else None,
        }
        for wait in waits
    ]


def _graph(store: RunStore) -> dict[str, Any] | None:
    """Who waited for what when a deadlock was seen; None where none was."""
    graph = store.deadlock_graph
    if graph is None:
        return None
    return {
        "t_s": _since(store, graph.t_ns),
        "nodes": [asdict(node) for node in graph.nodes],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "kind": edge.kind,
                "since_s": _since(store, edge.since_ns or None),
                "breakable": edge.breakable,
            }
            for edge in graph.edges
        ],
        "stuck": list(graph.stuck),
        "words": graph.words,
    }


def _standstill(store: RunStore) -> dict[str, Any] | None:
    found = stillness(store)
    if found is None:
        return None
    return {"from_s": _since(store, found.from_ns), "seconds": rounded(found.seconds), "text": found.where}


def _stacks(store: RunStore) -> list[dict[str, Any]]:
    """Where those in a deadlock or a standstill stood; those in the deadlock first, then other lanes, then threads that are none."""
    return [
        {
            "pid": stack.pid,
            "tid": lane.tid if lane is not None else None,
            "lane": who(lane) if lane is not None else stack.name or None,
            "stuck": stuck,
            "frames": [asdict(frame) for frame in stack.frames],
        }
        for stack, lane, stuck in placed(store)
    ]


def _serialisation(store: RunStore) -> dict[str, Any] | None:
    found = serialisation.of_run(store)
    if found is None:
        return None
    ended = store.counts.done + store.counts.failed
    return {
        "messages": found.messages,
        "bytes": found.bytes,
        "seconds": rounded(found.seconds),
        "bytes_per_task": round(found.bytes / ended, 3) if ended else None,
        "seconds_per_task": rounded(found.seconds / ended) if ended else None,
    }


def _memory(store: RunStore) -> dict[str, Any] | None:
    """What the run had of memory, and how often it was paused for it; None where nobody has looked."""
    if store.memory is None:
        return None
    return {"limit": store.memory.limit, "peak": store.memory_peak, "pauses": store.pauses}


def _history(store: RunStore) -> dict[str, Any]:
    """How much of the detail is still there. Sums, accounts, latencies and counts are of all that came, always."""
    return {
        "mb": store.history.mb,
        "spans": len(store.spans),
        "thinned": store.spans.forgotten,
        "detail_from_s": _since(store, store.detail_from_ns),
    }


def _since(store: RunStore, t_ns: int | None) -> float | None:
    zero = (
        store.clock_start_ns
        if store.clock_start_ns is not None
        else (store.started.asked_ns if store.started else None)
    )
    return None if t_ns is None or zero is None else rounded((t_ns - zero) / 1e9)
