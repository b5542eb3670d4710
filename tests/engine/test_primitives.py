"""The primitive around the work, what workers share, and deadlocks: threads, processes and coroutines alike."""

import pytest

from tests.helpers.covering import covering
from tests.helpers.runs import run, task_spans
from workers.contract.config import RunConfig, Value
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

FLAVOURS = ["thread_pool", "process_pool", "asyncio_tasks"]
PRIMITIVES = [("none", 4), ("Lock", 1), ("RLock", 1), ("Condition", 1), ("Semaphore", 2), ("BoundedSemaphore", 2)]
"""With how many tasks get past them at once, where they permit 2."""


def working(store: RunStore) -> list[tuple[int, int]]:
    """(start, end) of each task without its wait at the primitive, by start."""
    waits: dict[tuple[int, int], int] = {}
    spans = store.spans
    for lane, kind, task, start, end in zip(
        *(spans[name].tolist() for name in ("lane", "kind", "task", "start", "end")), strict=True
    ):
        if kind == SpanKind.LOCK:
            waits[lane, task] = max(end, waits.get((lane, task), start))
    return sorted(
        (max(start, waits.get((lane, task), start)), end)
        for lane, kind, task, start, end in zip(
            *(spans[name].tolist() for name in ("lane", "kind", "task", "start", "end")), strict=True
        )
        if kind == SpanKind.TASK
    )


def at_once(spans: list[tuple[int, int]], work_ns: int) -> int:
    """How many worked at once, of tasks that each work for `work_ns` or more somewhere in its span.

    A span ends when its lane has a core again after the lock is gone, which may be late: what counts is when each surely worked.
    """
    sure = [(end - work_ns, start + work_ns) for start, end in spans if end - start < 2 * work_ns]
    most = depth = 0
    for _, step in sorted([(start, 1) for start, _ in sure] + [(end, -1) for _, end in sure]):
        depth += step
        most = max(most, depth)
    return most


@pytest.mark.parametrize(
    ("model", "primitive", "most"),
    covering(
        ((model, *case) for model in FLAVOURS for case in PRIMITIVES),
        lambda model, primitive, most: (
            model == {"none": "thread_pool", "BoundedSemaphore": "process_pool"}.get(primitive, model)
        ),
    ),
)
def test_so_many_get_past_it_at_once(model: str, primitive: str, most: int) -> None:
    options = {"primitive": primitive, "permits": 2}
    store = run(RunConfig(model, "sleep", 4, tasks=8, params={"ms": 20.0}, options=options))
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 8)
    assert at_once(working(store), 20_000_000) <= most
    assert (SpanKind.LOCK in store.spans["kind"]) == (primitive != "none")


@pytest.mark.parametrize("model", [*FLAVOURS, "thread_per_task", "process_per_task", "process_queue"])
def test_an_event_lets_nobody_work_before_it_is_set(model: str) -> None:
    options: dict[str, Value] = {"primitive": "Event"}
    if model == "process_per_task":
        options["start_method"] = (
            "fork"  # its workers are born after the clock has started: others come too late to wait
        )
    store = run(RunConfig(model, "sleep", 3, tasks=6, params={"ms": 5.0}, options=options))
    assert store.counts.done == 6
    assert store.clock_start_ns is not None
    assert min(start for start, _ in working(store)) - store.clock_start_ns >= 0.2e9
    waiting = store.spans["kind"] == SpanKind.LOCK
    assert len(store.spans["task"][waiting]) == 3, "the later tasks pass without waiting"


@pytest.mark.parametrize("model", FLAVOURS)
def test_a_barrier_brings_tasks_together_and_is_broken_when_too_few_are_left(model: str) -> None:
    options = {"primitive": "Barrier", "permits": 4}
    store = run(RunConfig(model, "sleep", 4, tasks=6, params={"ms": 10.0}, options=options))
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 6)
    starts = [start for start, _ in working(store)]
    assert max(start for start, _ in task_spans(store)[:4]) <= min(starts)
    assert [mark.text for mark in store.marks if mark.kind == "barrier"] == [
        "the Barrier of 4 was broken: only 2 tasks were left to wait"
    ]


def test_a_barrier_that_can_never_fill_is_refused() -> None:
    store = run(RunConfig("thread_pool", "sleep", 2, tasks=4, options={"primitive": "Barrier", "permits": 3}))
    assert store.phase is RunPhase.FAILED
    assert store.ended is not None
    assert "A Barrier of 3 needs 3 workers" in str(store.ended.error)


@pytest.mark.parametrize("model", FLAVOURS)
def test_a_shared_counter_keeps_count_behind_a_lock(model: str) -> None:
    config = RunConfig(model, "shared_counter", 4, tasks=12, params={"increments": 2_000})
    for primitive in ("RLock", "Condition"):  # the Lock: test_workloads.py
        outcome = run(config.changed(options={"primitive": primitive})).ended.outcome  # type: ignore[union-attr]
        assert outcome == {"expected": 24_000, "actual": 24_000, "lost_updates": 0}
