"""Findings: what a run showed, in at most five sentences with their numbers, the most important one first.

    RunStore --evidence_of--> Evidence: plain numbers --findings--> Finding, Finding ...

A healthy run has none. First comes what makes a result wrong or missing, then what took the most of the workers' time, last what took
none. A finding that explains the same time better takes the place of another: the GIL is not to blame where tasks are too small.
Thresholds and their reasons: `findings_thresholds`. Words: `findings_words`.
"""

from collections.abc import Callable

from workers.insight import findings_thresholds as limits
from workers.insight.findings_evidence import Evidence, LaneTimes, LockWaits, part
from workers.insight.findings_gather import evidence_of
from workers.insight.findings_model import IDS, LOOKS, Figure, Finding, Next, Words
from workers.insight.findings_rules_cost import memory, pickling, queue_bound, startup, tiny_tasks
from workers.insight.findings_rules_truth import (
    dead_worker,
    deadlock,
    lost_updates,
    not_enough_data,
    standstill,
    tasks_failed,
)
from workers.insight.findings_rules_work import (
    barrier,
    blocked_loop,
    busy_machine,
    contended_lock,
    gil_bound,
    one_at_a_time,
    oversubscribed,
    slow_lane,
    waiting_bound,
)

__all__ = [
    "IDS",
    "LOOKS",
    "Evidence",
    "Figure",
    "Finding",
    "LaneTimes",
    "LockWaits",
    "Next",
    "Words",
    "evidence_of",
    "findings",
]

Rule = Callable[[Evidence], Finding | None]

WRONG: tuple[Rule, ...] = (deadlock, standstill, dead_worker, tasks_failed, lost_updates)
"""These come first, in this order, however much time the others explain: who has a wrong result does not want it sooner."""
STUCK: tuple[Rule, ...] = (memory,)
"""What can be said beside them of a run in a deadlock, where all else that waits waits for that, that mostly stood still, that
lost a worker and could not go on, or whose tasks all failed."""
SHORT: tuple[Rule, ...] = (startup, not_enough_data, memory)
"""What can be said of a run that is too short for samples: what was recorded exactly."""
ALL: tuple[Rule, ...] = (
    blocked_loop,
    gil_bound,
    oversubscribed,
    busy_machine,
    one_at_a_time,
    barrier,
    contended_lock,
    pickling,
    tiny_tasks,
    startup,
    waiting_bound,
    queue_bound,
    slow_lane,
    memory,
    not_enough_data,
)
INSTEAD_OF: dict[str, tuple[str, ...]] = {
    "tiny_tasks": ("gil_bound", "slow_lane", "oversubscribed"),
    "blocked_loop": ("waiting_bound", "gil_bound"),
    "one_at_a_time": ("contended_lock", "waiting_bound", "gil_bound", "oversubscribed"),
    "barrier": ("contended_lock",),
}
"""Where the one is found, the others are its consequences, and what they advise would be wrong."""


def findings(evidence: Evidence) -> tuple[Finding, ...]:
    """What these numbers show; nothing where the run is healthy, or nothing has run."""
    if not evidence.tasks or not evidence.elapsed_s:
        return ()
    first = _found(WRONG, evidence)
    rest = _found(_rules(evidence), evidence)
    there = {finding.id for finding in rest}
    covered = {name for one in there for name in INSTEAD_OF.get(one, ())}
    rest = sorted((finding for finding in rest if finding.id not in covered), key=lambda finding: -finding.explains)
    return tuple([*first, *rest][: limits.MOST])


def _rules(evidence: Evidence) -> tuple[Rule, ...]:
    still = bool(evidence.standstill) and part(evidence.standstill_s, evidence.elapsed_s) >= limits.STILL_SHARE
    cut = evidence.cut_short and evidence.dead
    if evidence.deadlock or still or cut or part(evidence.failed, evidence.done) >= limits.ALL_FAILED:
        return STUCK
    if evidence.over:
        return SHORT if evidence.elapsed_s < limits.SHORT_S else ALL
    return ALL if evidence.elapsed_s >= limits.LIVE_S else ()


def _found(rules: tuple[Rule, ...], evidence: Evidence) -> list[Finding]:
    return [finding for rule in rules if (finding := rule(evidence)) is not None]
