"""The facts of a run that a lesson's proof and text may name. FACTS is the whole table; what a workload reports is `outcome.NAME`.

What tasks print in the form "some name: value" is `said.some_name`: the value as a number or text where all printed the same,
else all that were printed, in order, with commas between them.

Times are in seconds. A fact is left out where the run did not tell: no task was done, or the system does not say.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from workers.client.limits import usable_cores
from workers.client.wait_words import ITSELF
from workers.contract.config import Value
from workers.contract.marks import left_out
from workers.contract.spans import SpanKind
from workers.insight.accounts import latest
from workers.insight.store import LaneRow, RunStore
from workers.lessons import crossed
from workers.lessons import spans as measured
from workers.lessons.spans import Task

FACTS = {
    "tasks": "tasks handed out",
    "done": "tasks done",
    "failed": "tasks that raised an exception",
    "lost": "tasks that were neither done nor failed when everything had ended",
    "workers": "workers asked for",
    "cores": "cores that this process may use",
    "elapsed_s": "from the start of the clock to the end of the last task",
    "sum_s": "how long all tasks took, added up",
    "longest_s": "how long the longest task took; 0 where none ended",
    "throughput_per_s": "tasks done a second",
    "overlap": "most tasks under way at once, waiting for a lock included",
    "inside": "most tasks past the primitive around the work at once, for longer than it takes to hand it over",
    "idle_share": "part of the time, from the first task to the last, in which no task was under way",
    "gap_share": "the median pause between two tasks of a worker, as part of that pause and the median task together",
    "started_in_order": "whether tasks began in the order in which they were handed out",
    "ended_in_order": "whether tasks ended in the order in which they were handed out",
    "worker_pids": "processes that ran tasks",
    "pids_reused": "processes that ran more than one task",
    "pids_overlap": "most processes that had a task under way at once",
    "threads": "threads that ran tasks, of all processes",
    "threads_per_pid": "most threads of one process that ran tasks",
    "interpreters": "Python interpreters that ran tasks: processes, and sub-interpreters in them",
    "in_main": "tasks that the main process ran itself",
    "children_of_main": "processes that ran tasks and whose parent is the main process",
    "children_of_forkserver": "processes that ran tasks and whose parent is a forkserver",
    "manager_pids": "manager processes",
    "manager_keys": "keys that the manager's dict had at the end, where it holds a dict and a list",
    "manager_values": "values that were appended to the manager's list and found there, where it holds a dict and a list",
    "manager_left": "values that were left in that list: nobody was told of them",
    "received_equal": "results that were sent by one process and came in another as the same value, of those that are marked",
    "message_bytes": "bytes of the largest of them, as it was sent; 0 where nothing had to be sent",
    "trip_s": "their median way, from before it was sent until the main thread had it; 0 where nothing had to be sent",
    "eofs": "workers whose end of a pipe was seen to be closed",
    "lanes_in_main": "threads of the main process that run tasks or wait for some, the main thread included",
    "exits_ok": "worker processes that ended with exit code 0",
    "exits_other": "worker processes that ended otherwise",
    "main_pid": "PID of the main process",
    "forkserver_pid": "PID of the forkserver, where there is one",
    "gil": "whether the GIL was on where the tasks ran",
    "cpu_s": "CPU time of all processes since the start of the clock",
    "cores_used": "cores that were busy with it, on average",
    "cores_wanted": "the same, and those it was ready to use but had to wait for (Linux only); for threads that share a GIL an upper bound",
    "gil_share": "part of the workers' time, their start-up aside, in which they waited for the GIL (Linux only)",
    "running_share": "part of it in which they were on a core (Linux only)",
    "ready_share": "the same, and that in which they were ready to run but had to wait for a core (Linux only)",
    "locks_waited": "how often a task had to wait for a lock or semaphore",
    "lock_wait_s": "how long tasks waited for locks and semaphores, added up",
    "queue_wait_s": "how long the main thread waited for room in a queue",
    "join_s": "how long the main thread waited in join",
    "joined_to_the_end": "whether the last join returned after the last task had ended",
    "result_wait_s": "how long the main thread waited for results",
    "callbacks": "callbacks that ran",
    "callbacks_in_main": "callbacks that ran in the main process",
    "joined": "threads and processes whose join by the main thread has returned; a pool counts as one",
    "daemons_cut": "daemons that were cut off in their tasks",
    "sent": "tasks and results that were sent to another process through queues, pipes and managers",
    "sent_by_workers": "the same, as far as workers said so: of the first 50 tasks",
    "received": "results that came to the main process through queues, pipes and managers",
    "films": "lost updates of a watched counter that were recorded step by step; a few of them are enough",
    "film_lost": "the most updates that one recorded write has overwritten",
    "master_done": "whether the main thread said it was done and waited for nobody",
    "unanswered": "tasks that were pending when a sentinel told that a worker had died, and their pool had said nothing",
    "deadlock": "whether a deadlock was found",
    "deadlock_text": "who held what and waited for what",
    "self_deadlock": "whether it is one that waits for a lock that it holds itself",
    "stopped": "whether the run was stopped before its tasks were spent",
    "error": "why the run failed, in words; empty where it did not",
    "lines": "lines printed",
    "lines_mixed": "whether lines of one task stand between lines of another",
}
"""Name: meaning."""
OUTCOME = "outcome."
SAID = "said."
MOST_UNKNOWN = 0.5
"""Of a run of whose time more than this part is not known, no shares are told: it was too short to be looked at."""
MOST_SAID = 20
"""So many different values of one name, and so many names, are looked at."""
_LINE = re.compile(r"([A-Za-z][A-Za-z ]{0,39}): (.{1,200})")
_NUMBER = re.compile(r"-?\d{1,18}")


def known(name: str) -> str:
    """What is wrong with the name of a fact, in a sentence; empty where nothing is."""
    if name in FACTS or any(name.startswith(group) and name[len(group) :].isidentifier() for group in (OUTCOME, SAID)):
        return ""
    group, dot, _ = name.partition(".")
    if dot and f"{group}." in (OUTCOME, SAID):
        return f"Unknown fact {name!r}: {group}. is followed by one name, of letters, digits and _."
    (nearest,) = get_close_matches(name.lower(), FACTS, n=1, cutoff=0.0)
    if get_close_matches(name.lower(), [nearest], cutoff=0.5):
        return f"Unknown fact {name!r}: did you mean {nearest}?"
    return f"Unknown fact {name!r}: the nearest is {nearest}; a lesson's report (--json) has them all."


def as_name(name: str) -> bool:
    """Whether a number under this name counts nothing, as a PID or what is said: it is shown without separators."""
    return name.startswith(SAID) or name.endswith(("_pid", "_id"))


@dataclass(frozen=True)
class _Run:
    """What the functions below look at."""

    store: RunStore
    tasks: list[Task]
    main_pid: int
    lanes: list[LaneRow]
    """Those that ran tasks."""


def facts(store: RunStore) -> dict[str, Value]:
    """All facts of a run that is over. Raises ValueError where nothing has run."""
    if store.started is None:
        raise ValueError("Nothing has run yet: there are no facts.")
    main = next((row.pid for row in store.all_processes() if row.role == "host"), 0)
    run = _Run(store, measured.tasks(store), main, [lane for lane in store.lanes if lane.tasks])
    found: dict[str, Value | None] = {}
    for part in (_counts, _times, _order, _processes, _cpu, _waits, _said):
        found.update(part(run))
    found.update({f"{OUTCOME}{name}": value for name, value in (store.ended.outcome if store.ended else {}).items()})
    found.update(_printed(run))
    return {name: value for name, value in found.items() if value is not None}


def _counts(run: _Run) -> dict[str, Value | None]:
    counts, started = run.store.counts, run.store.started
    return {
        "tasks": counts.submitted,
        "done": counts.done,
        "failed": counts.failed,
        "lost": counts.lost,
        "workers": started.config.workers if started else None,
        "cores": usable_cores(),
    }


def _times(run: _Run) -> dict[str, Value | None]:
    elapsed, lengths = run.store.elapsed_s, [(task.end - task.start) / 1e9 for task in run.tasks]
    return {
        "elapsed_s": elapsed,
        "sum_s": sum(lengths),
        "longest_s": max(lengths, default=0.0),
        "throughput_per_s": run.store.counts.done / elapsed if elapsed else None,
        "overlap": measured.at_once([(task.start, task.end) for task in run.tasks]),
        "inside": measured.inside(run.tasks),
        "idle_share": measured.idle_share(run.tasks),
        "gap_share": measured.gap_share(run.tasks),
    }


def _order(run: _Run) -> dict[str, Value | None]:
    if not run.tasks:
        return {}
    started = [task.number for task in run.tasks]
    ended = [task.number for task in sorted(run.tasks, key=lambda task: task.end)]
    return {"started_in_order": started == sorted(started), "ended_in_order": ended == sorted(ended)}


def _processes(run: _Run) -> dict[str, Value | None]:
    infos = [lane.info for lane in run.lanes]
    tasks_of = Counter(run.store.lanes[task.lane].info.pid for task in run.tasks)
    threads = {(info.pid, info.tid) for info in infos}
    rows = {row.pid: row for row in run.store.all_processes()}
    servers = [row.pid for row in rows.values() if row.role == "forkserver"]
    parents = [rows[pid].ppid for pid in tasks_of if pid in rows and pid != run.main_pid]
    codes = [row.exit_code for row in rows.values() if row.role == "worker" and row.exit_code is not None]
    return {
        "worker_pids": len(tasks_of),
        "pids_reused": sum(tasks > 1 for tasks in tasks_of.values()),
        "pids_overlap": measured.pids_at_once(run.tasks, run.store),
        "threads": len(threads),
        "threads_per_pid": max(Counter(pid for pid, _ in threads).values(), default=None),
        "interpreters": sum(_interpreters(run, pid) for pid in tasks_of),
        "in_main": tasks_of[run.main_pid],
        "children_of_main": sum(parent == run.main_pid for parent in parents),
        "children_of_forkserver": sum(parent in servers for parent in parents),
        "manager_pids": sum(row.role == "manager" for row in rows.values()),
        "exits_ok": sum(code == 0 for code in codes),
        "exits_other": sum(code != 0 for code in codes),
        **_manager(run),
        "lanes_in_main": sum(lane.info.pid == run.main_pid and lane.info.role != "helper" for lane in run.store.lanes),
        "main_pid": run.main_pid or None,
        "forkserver_pid": next(iter(servers), None),
        "gil": run.store.gil,
    }


def _manager(run: _Run) -> dict[str, Value | None]:
    """What the model `process_manager` says of its dict and its list."""
    said = next((re.findall(r"\d+", mark.text) for mark in run.store.marks if mark.kind == "manager"), [])
    names = ("manager_keys", "manager_values", "manager_left")
    return dict(zip(names, map(int, said), strict=True)) if len(said) == len(names) else {}


def _interpreters(run: _Run, pid: int) -> int:
    """How many interpreters of a process were at work. A sub-interpreter gives its number only in the first lane of its thread."""
    infos = [row.info for row in run.store.lanes if row.info.pid == pid and (row.tasks or row.info.role == "worker")]
    return len({info.interpreter for info in infos} - {0}) or 1


def _cpu(run: _Run) -> dict[str, Value | None]:
    elapsed = run.store.elapsed_s
    used = sum(max(0.0, row.cpu_s - row.cpu_at_clock_s) for row in run.store.all_processes())
    return {
        "cpu_s": used,
        "cores_used": used / elapsed if elapsed else None,
        "cores_wanted": measured.cores_wanted(run.store),
        **_shares(run),
    }


def _shares(run: _Run) -> dict[str, Value | None]:
    """What the workers' time went to. Whatever else the machine does, who waits for a core is ready, and does not wait for the GIL."""
    account = latest(run.store).of_run()
    waits_known = not any(np.isnan(row.history["run_queue"]).any() for row in run.store.all_processes())
    seconds = account.seconds
    ready_to_work = account.wall_s - seconds["startup"]
    if ready_to_work <= 0 or not waits_known or seconds["unknown"] > MOST_UNKNOWN * ready_to_work:
        return {}
    return {
        "gil_share": seconds["gil"] / ready_to_work,
        "running_share": seconds["running"] / ready_to_work,
        "ready_share": (seconds["running"] + seconds["run_queue"]) / ready_to_work,
    }


def _waits(run: _Run) -> dict[str, Value | None]:
    def seconds(kind: SpanKind) -> float:
        chosen = run.store.spans["kind"] == kind
        return float((run.store.spans["end"][chosen] - run.store.spans["start"][chosen]).sum() / 1e9)

    joins = run.store.spans["end"][run.store.spans["kind"] == SpanKind.JOIN]
    last = max((task.end for task in run.tasks), default=None)
    return {
        "locks_waited": int(np.count_nonzero(run.store.spans["kind"] == SpanKind.LOCK)),
        "lock_wait_s": seconds(SpanKind.LOCK),
        "queue_wait_s": seconds(SpanKind.QUEUE),
        "join_s": seconds(SpanKind.JOIN),
        "joined_to_the_end": bool(len(joins)) and last is not None and int(joins.max()) >= last,
        "result_wait_s": seconds(SpanKind.RESULT),
    }


def _said(run: _Run) -> dict[str, Value | None]:
    store = run.store
    return {
        "callbacks": _marked(run, "callback"),
        **crossed.facts(store.marks),
        "eofs": _marked(run, "eof"),
        "callbacks_in_main": _marked(run, "callback", run.main_pid),
        "joined": _marked(run, "joined"),
        "daemons_cut": _marked(run, "daemon"),
        "sent": _marked(run, "sent"),
        "sent_by_workers": _marked(run, "sent") - _marked(run, "sent", run.main_pid),
        "received": _marked(run, "received"),
        "films": len(store.films),
        "film_lost": max((film.lost for film in store.films), default=0),
        "unanswered": _unanswered(run),
        "master_done": any(mark.kind == "master" for mark in store.marks),
        "deadlock": bool(store.deadlock),
        "deadlock_text": store.deadlock,
        "self_deadlock": ITSELF in store.deadlock,
        "stopped": store.ended is not None and store.ended.stopped,
        "error": (store.ended.error or "") if store.ended else "",
        "lines": sum(line.stream == "stdout" for line in store.texts),
        "lines_mixed": measured.lines_mixed(store, run.tasks),
    }


def _marked(run: _Run, kind: str, pid: int | None = None) -> int:
    """How many marks of a kind there were, those left out included; in one process, or in all."""
    marks = [mark for mark in run.store.marks if mark.kind == kind and pid in (None, mark.pid)]
    return sum(left_out(mark.text) or 1 for mark in marks)


def _unanswered(run: _Run) -> int:
    """How many tasks were pending when the host saw that a worker had died, as its mark says."""
    found = (re.search(r"tasks pending: (\d+)", mark.text) for mark in run.store.marks if mark.kind == "unanswered")
    return max((int(number[1]) for number in found if number), default=0)


def _printed(run: _Run) -> dict[str, Value | None]:
    """What was printed as "name: value"."""
    values: dict[str, set[str]] = {}
    for line in run.store.texts:
        matched = _LINE.fullmatch(line.text.rstrip()) if line.stream == "stdout" else None
        if matched is not None and (matched[1] in values or len(values) < MOST_SAID):
            values.setdefault(matched[1], set()).add(matched[2])
    return {f"{SAID}{name.lower().replace(' ', '_')}": _as_one(found) for name, found in values.items()}


def _as_one(values: set[str]) -> Value:
    numbers = all(_NUMBER.fullmatch(value) for value in values)
    ordered = sorted(values, key=int) if numbers else sorted(values)
    if len(ordered) == 1:
        return int(ordered[0]) if numbers else ordered[0]
    return ", ".join(ordered[:MOST_SAID]) + (", ..." if len(ordered) > MOST_SAID else "")
