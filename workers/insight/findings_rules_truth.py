"""Findings about what happened, not how long it took: a deadlock, lost updates; and about what cannot be said."""

from workers.contract.config import Value
from workers.insight import findings_thresholds as limits
from workers.insight.findings_evidence import Evidence, part
from workers.insight.findings_model import Figure, Finding
from workers.insight.findings_words import WORDS, counted, percent, seconds


def deadlock(e: Evidence) -> Finding | None:
    """Some wait for each other, and nobody else could end it."""
    if not e.deadlock:
        return None
    circle = e.deadlock.rstrip(".") + "."
    return Finding(
        "deadlock",
        WORDS["deadlock" + (f".{e.deadlock_cause}" if e.deadlock_cause else "")],
        {
            "circle": circle[0].upper() + circle[1:],
            "found": seconds(e.deadlock_s),
            "done": counted(e.done),
            "tasks": counted(e.tasks),
        },
        (
            Figure("found_s", e.deadlock_s, "s"),
            Figure("done", e.done, "count"),
            Figure("tasks", e.tasks, "count"),
        ),
        1.0,
    )


def standstill(e: Evidence) -> Finding | None:
    """Nothing went on any more until the run was stopped, and why is not known for sure."""
    if e.deadlock or not e.standstill:
        return None
    where = e.standstill.rstrip(".") + "."
    return Finding(
        "standstill",
        WORDS["standstill" if e.standstill_unrecorded else "standstill.recorded"],
        {
            "lasted": seconds(e.standstill_s),
            "since": seconds(e.standstill_from_s),
            "stand": where,
            "done": counted(e.done),
            "tasks": counted(e.tasks),
        },
        (
            Figure("standstill_s", e.standstill_s, "s"),
            Figure("since_s", e.standstill_from_s, "s"),
            Figure("done", e.done, "count"),
            Figure("tasks", e.tasks, "count"),
        ),
        1.0,
    )


def dead_worker(e: Evidence) -> Finding | None:
    """Worker processes ended under their tasks."""
    if not e.dead or e.deadlock:
        return None
    return Finding(
        "dead_worker",
        WORDS["dead_worker.last" if e.cut_short else "dead_worker"],
        {
            "dead": counted(e.dead),
            "how": e.dead_how,
            "lost": counted(e.lost),
            "done": counted(e.done),
            "tasks": counted(e.tasks),
        },
        (
            Figure("dead", e.dead, "count"),
            Figure("lost", e.lost, "count"),
            Figure("done", e.done, "count"),
            Figure("tasks", e.tasks, "count"),
        ),
        1.0,
    )


def tasks_failed(e: Evidence) -> Finding | None:
    """Tasks raised: what, how often, and where."""
    share = part(e.failed, e.done)
    if share < limits.FAILED_SHARE:
        return None
    if e.deadlock and share < limits.ALL_FAILED:
        return None  # some of them failed because their wait was broken off
    if e.dead and not e.failure:
        return None  # that is how they failed
    form = "" if e.failure_at else ".somewhere" if e.failure else ".silent"
    return Finding(
        "tasks_failed",
        WORDS["tasks_failed" + form],
        {
            "failed": counted(e.failed),
            "tasks": counted(e.done),
            "error": e.failure,
            "where": e.failure_at,
            "count": counted(e.failure_count),
        },
        (
            Figure("failed", e.failed, "count"),
            Figure("tasks", e.done, "count"),
            Figure("failed_share", share, "share"),
        ),
        1.0,
    )


def lost_updates(e: Evidence) -> Finding | None:
    """What some had added, others overwrote."""
    change: dict[str, object] | None = None
    if e.options.get("primitive") == "none":
        options: dict[str, Value] = {**e.options, "primitive": "Lock"}
        change = {"options": options}
    if e.lost_updates:
        values = {"lost": counted(e.lost_updates), "expected": counted(e.expected_updates)}
        figures = (
            Figure("lost_updates", e.lost_updates, "count"),
            Figure("expected_updates", e.expected_updates, "count"),
            Figure("lost_share", part(e.lost_updates, e.expected_updates), "share"),
        )
        return Finding("lost_updates", WORDS["lost_updates"], values, figures, 1.0, change)
    if e.films:
        values = {"films": counted(e.films), "lost": counted(e.film_lost)}
        seen = (Figure("films", e.films, "count"), Figure("film_lost", e.film_lost, "count"))
        return Finding("lost_updates", WORDS["lost_updates.filmed"], values, seen, 1.0, change)
    return None


def not_enough_data(e: Evidence) -> Finding | None:
    """Too short, too much unknown, or too much lost to say where time went. Only of a run that is over: others get longer."""
    if not e.over:
        return None
    again = seconds(limits.SHORT_AGAIN_S)
    run_again = {"tasks": None, "seconds": limits.SHORT_AGAIN_S}
    if e.elapsed_s < limits.SHORT_S:
        return Finding(
            "not_enough_data",
            WORDS["not_enough_data"],
            {"elapsed": seconds(e.elapsed_s), "again": again},
            (Figure("elapsed_s", e.elapsed_s, "s"), Figure("tasks", e.done, "count")),
            0.0,
            run_again,
        )
    unknown = e.share("unknown")
    if unknown >= limits.UNKNOWN_SHARE:
        short = e.elapsed_s < limits.SHORT_AGAIN_S
        # The advice must be one that has not been followed already.
        form = ".unknown" if short else ".unrecorded" if e.linux else ".elsewhere"
        return Finding(
            "not_enough_data",
            WORDS["not_enough_data" + form],
            {"share": percent(unknown), "again": again},
            (Figure("unknown_share", unknown, "share"), Figure("wall_s", e.wall_s, "s")),
            unknown,
            run_again if short else None,
        )
    dropped = part(e.dropped, e.recorded)
    if dropped >= limits.DROPPED_SHARE:
        return Finding(
            "not_enough_data",
            WORDS["not_enough_data.dropped"],
            {"recorded": counted(e.recorded), "dropped": counted(e.dropped)},
            (Figure("recorded", e.recorded, "count"), Figure("dropped", e.dropped, "count")),
        )
    return None
