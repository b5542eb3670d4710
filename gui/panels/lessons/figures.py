"""The facts of a run as people read them: a short name, a figure with its unit, and what a proof compared."""

from collections.abc import Mapping
from math import floor, log10
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.figures import MINUS, UNKNOWN, grouped, percent, rate
from gui.translations import sentence, told
from workers.contract.config import Value

if TYPE_CHECKING:
    from workers.lessons.proof import Verdict

_SIGNS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_OUTCOME, _SAID = "outcome.", "said."


def titles() -> dict[str, str]:
    """Name of a fact: what stands before its figure."""
    translate = QCoreApplication.translate
    return {
        "tasks": translate("LessonFacts", "Tasks handed out"),
        "done": translate("LessonFacts", "Tasks done"),
        "failed": translate("LessonFacts", "Tasks failed"),
        "lost": translate("LessonFacts", "Tasks lost"),
        "workers": translate("LessonFacts", "Workers"),
        "cores": translate("LessonFacts", "Cores there are"),
        "elapsed_s": translate("LessonFacts", "Time taken"),
        "sum_s": translate("LessonFacts", "Sum of the tasks"),
        "longest_s": translate("LessonFacts", "Longest task"),
        "throughput_per_s": translate("LessonFacts", "Throughput"),
        "overlap": translate("LessonFacts", "Most at once"),
        "inside": translate("LessonFacts", "Most past the lock"),
        "idle_share": translate("LessonFacts", "No task under way"),
        "gap_share": translate("LessonFacts", "Pause between tasks"),
        "started_in_order": translate("LessonFacts", "Began in order"),
        "ended_in_order": translate("LessonFacts", "Ended in order"),
        "worker_pids": translate("LessonFacts", "Processes at work"),
        "pids_reused": translate("LessonFacts", "Processes used again"),
        "pids_overlap": translate("LessonFacts", "Processes at once"),
        "threads": translate("LessonFacts", "Threads at work"),
        "threads_per_pid": translate("LessonFacts", "Threads in a process"),
        "interpreters": translate("LessonFacts", "Interpreters"),
        "in_main": translate("LessonFacts", "Tasks in the main process"),
        "children_of_main": translate("LessonFacts", "Children of the main process"),
        "children_of_forkserver": translate("LessonFacts", "Children of a forkserver"),
        "manager_pids": translate("LessonFacts", "Manager processes"),
        "exits_ok": translate("LessonFacts", "Ended with exit code 0"),
        "exits_other": translate("LessonFacts", "Ended otherwise"),
        "unanswered": translate("LessonFacts", "Pending, nothing said"),
        "main_pid": translate("LessonFacts", "PID of the main process"),
        "gil": translate("LessonFacts", "GIL on"),
        "cpu_s": translate("LessonFacts", "CPU time"),
        "cores_used": translate("LessonFacts", "Cores busy"),
        "cores_wanted": translate("LessonFacts", "Cores wanted"),
        "gil_share": translate("LessonFacts", "Waiting for the GIL"),
        "running_share": translate("LessonFacts", "On a core"),
        "ready_share": translate("LessonFacts", "On a core or waiting for one"),
        "locks_waited": translate("LessonFacts", "Waits for a lock"),
        "lock_wait_s": translate("LessonFacts", "Time waiting for locks"),
        "queue_wait_s": translate("LessonFacts", "Waiting for room in the queue"),
        "join_s": translate("LessonFacts", "Time in join"),
        "joined_to_the_end": translate("LessonFacts", "Joined to the end"),
        "result_wait_s": translate("LessonFacts", "Waiting for results"),
        "callbacks": translate("LessonFacts", "Callbacks"),
        "callbacks_in_main": translate("LessonFacts", "Callbacks in the main process"),
        "master_done": translate("LessonFacts", "The main thread went on"),
        "deadlock": translate("LessonFacts", "Deadlock"),
        "deadlock_text": translate("LessonFacts", "Who waits for whom"),
        "lines": translate("LessonFacts", "Lines printed"),
        "lines_mixed": translate("LessonFacts", "Lines mixed up"),
        "manager_keys": translate("LessonFacts", "Keys in the dict"),
        "manager_values": translate("LessonFacts", "Values in the list"),
        "manager_left": translate("LessonFacts", "Values left unseen"),
        "received_equal": translate("LessonFacts", "Received as sent"),
        "message_bytes": translate("LessonFacts", "Bytes of the largest"),
        "trip_s": translate("LessonFacts", "Way of a result"),
        "eofs": translate("LessonFacts", "Pipes seen closed"),
        "lanes_in_main": translate("LessonFacts", "Threads of the main process"),
        "forkserver_pid": translate("LessonFacts", "PID of the forkserver"),
        "joined": translate("LessonFacts", "Joins returned"),
        "daemons_cut": translate("LessonFacts", "Daemons cut off"),
        "sent": translate("LessonFacts", "Values sent"),
        "sent_by_workers": translate("LessonFacts", "Sent by workers"),
        "received": translate("LessonFacts", "Values received"),
        "films": translate("LessonFacts", "Lost updates recorded"),
        "film_lost": translate("LessonFacts", "Overwritten at once"),
        "self_deadlock": translate("LessonFacts", "Waits for itself"),
        "stopped": translate("LessonFacts", "Stopped"),
        "error": translate("LessonFacts", "Error"),
        "outcome.expected": translate("LessonFacts", "Expected"),
        "outcome.actual": translate("LessonFacts", "Counted"),
        "outcome.lost_updates": translate("LessonFacts", "Updates lost"),
        # The same of a task and of the main thread stand below each other.
        "said.module_name": translate("LessonFacts", "Module name in the task"),
        "outcome.module_name": translate("LessonFacts", "Module name in the main process"),
        "said.list_id": translate("LessonFacts", "List id in the task"),
        "outcome.list_id": translate("LessonFacts", "List id in the main thread"),
    }


def title(name: str) -> str:
    """What stands before its figure; for a fact that a workload brought along, its name in words."""
    return titles().get(name) or told(name.removeprefix(_OUTCOME).removeprefix(_SAID).replace("_", " ")).capitalize()


def written(name: str, value: Value | None) -> str:
    """A fact in a sentence that names its unit itself."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        translate = QCoreApplication.translate
        return translate("LessonFacts", "yes") if value else translate("LessonFacts", "no")
    if isinstance(value, str):
        return sentence(value)
    if name.endswith("_share"):
        return f"{percent(value)} %"
    if name.endswith(("_pid", "_id")) or name.startswith(_SAID):
        return str(value)  # it counts nothing
    if name.endswith("_per_s"):
        return rate(value)
    return grouped(value) if isinstance(value, int) else _number(value)


def figure(name: str, value: Value | None) -> str:
    """A fact that stands alone: with its unit."""
    text = written(name, value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if name.endswith("_per_s"):
            return f"{text}/s"
        if name.endswith("_s"):
            return f"{text} s"
    return text


def compared(verdict: "Verdict", facts: Mapping[str, Value]) -> str:
    """What a condition looked at: `8 > 4`, or `8` for an equal one, where it held; `2, not > 4` where it did not."""
    condition = verdict.condition
    found, sign = figure(condition.fact, verdict.found), _SIGNS[condition.sign]
    if verdict.found is None:
        return QCoreApplication.translate("LessonFacts", "the run did not tell")
    if sign == "=" and verdict.held and not condition.than:
        return found
    if condition.than:
        right = figure(condition.than, facts.get(condition.than))
        if condition.times != 1:
            right = f"{_limit(condition.times)} × {right}"
    else:
        right = _right(condition.fact, condition.value)
    if verdict.held:
        return f"{found} {sign} {right}"
    return QCoreApplication.translate("LessonFacts", "{0}, not {1} {2}").format(found, sign, right)


def _right(name: str, value: Value | None) -> str:
    """The value that a condition names."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or name.endswith("_share"):
        return figure(name, value)
    unit = "/s" if name.endswith("_per_s") else " s" if name.endswith("_s") else ""
    return f"{grouped(value) if isinstance(value, int) else _limit(value)}{unit}"


def _number(value: float) -> str:
    """Three digits are enough: whole numbers from a hundred on, and of small ones the first two digits that say something."""
    size = abs(value)
    if size >= 99.95:
        return grouped(value)
    digits = 1 if size >= 9.995 else 2 if size else 0
    if 0 < size < 0.0995:
        digits = min(9, 1 - floor(log10(size)))
    return grouped(value, digits)


def _limit(value: float) -> str:
    """A number from a lesson's file, as it stands there."""
    return f"{value:g}".replace("-", MINUS)
