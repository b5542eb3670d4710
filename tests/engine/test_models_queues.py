"""Models that are fed by queues, pipes, managers and iterators: what is particular to each, and what they make of bad tasks."""

import os
import signal

import pytest

from tests.helpers.covering import covering
from tests.helpers.extended import HEAD, Extended
from tests.helpers.runs import catalogue_of, follow, is_running, overlap, run, session, task_spans
from workers.contract.batch import Mark
from workers.contract.config import RunConfig, Value
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore
from workers.models.shared_memory import Stored, load
from workers.models.shared_memory import store as put

METHODS = ("fork", "spawn", "forkserver")
QUEUED: list[tuple[str, dict[str, Value]]] = [
    ("process_queue", {}),
    ("processes_with_threads", {}),
    ("process_pipe", {}),
    ("process_manager", {"holds": "queue"}),
    ("shared_memory", {}),
]
RESULTS_IN_MANAGER: list[tuple[str, dict[str, Value]]] = [
    ("process_manager", {"holds": "dict"}),
    ("process_manager", {"holds": "list"}),
]
MAPPED: list[tuple[str, dict[str, Value]]] = [("pool_map", {}), ("pool_imap_unordered", {})]
BAD = {"result": "lambda", "odd": "no number", "arguments": "lambda", "exit": "SystemExit", "interrupt": "of my own"}
"""What may be wrong with a task of the workload `bad_tasks`, and a word of what is said of it."""


def marks(store: RunStore, kind: str) -> list[Mark]:
    return [mark for mark in store.marks if mark.kind == kind]


def order(store: RunStore) -> list[int]:
    """Numbers of the tasks, as they were begun."""
    chosen = store.spans["kind"] == SpanKind.TASK
    starts, numbers = store.spans["start"][chosen].tolist(), store.spans["task"][chosen].tolist()
    return [number for _, number in sorted(zip(starts, numbers, strict=True))]


@pytest.mark.parametrize("discipline", ["fifo", "lifo", "priority"])
def test_which_task_is_next(discipline: str) -> None:
    # The first task waits at an Event until all the others are in the queue.
    options: dict[str, Value] = {"discipline": discipline, "queue_bound": 100, "primitive": "Event"}
    begun = order(run(RunConfig("thread_queue", "sleep", 1, tasks=20, params={"ms": 0.0}, options=options)))
    assert sorted(begun) == list(range(20))
    first, rest = begun[0], begun[1:]
    expected = {
        "fifo": sorted(rest),
        "lifo": sorted(rest, reverse=True),
        "priority": sorted(rest, key=lambda number: (number % 4 != 0, number)),
    }
    assert rest == expected[discipline]
    assert first < 20


@pytest.mark.parametrize("model", ["thread_queue", "process_queue", "process_manager", "shared_memory"])
def test_a_full_queue_holds_back_whoever_fills_it(model: str) -> None:
    def waits(bound: int) -> int:
        """How many waits at the queue were longer than half a task."""
        config = RunConfig(model, "sleep", 1, tasks=8, params={"ms": 10.0}, options={"queue_bound": bound})
        store = run(config)
        assert store.counts.done == 8
        chosen = store.spans["kind"] == SpanKind.QUEUE
        return int((store.spans["end"][chosen] - store.spans["start"][chosen] > 5_000_000).sum())

    held_back = waits(1)
    assert held_back >= 4
    assert waits(100) < held_back


@pytest.mark.parametrize(
    ("holds", "method"),
    covering(
        ((holds, method) for holds in ("dict", "list") for method in METHODS),
        lambda holds, method: (holds == "list") == (method == "forkserver"),
    ),
)
def test_a_manager_under_each_start_method(holds: str, method: str) -> None:
    options: dict[str, Value] = {"holds": holds}
    config = RunConfig(
        "process_manager",
        "count_primes",
        2,
        tasks=7,
        params={"limit": 500},
        options={**options, "start_method": method},
    )
    store = run(config)
    assert (store.phase, store.counts.done, store.counts.lost) == (RunPhase.FINISHED, 7, 0)
    assert not store.texts
    born = [row for row in store.all_processes() if row.role == "worker"]
    assert [row.exit_code for row in born] == [0, 0]
    managers = [row for row in store.all_processes() if row.role == "manager"]
    assert [row.exit_code for row in managers] == [0]


@pytest.mark.parametrize(
    ("model", "options", "bad"),
    [
        *((model, options, "result odd arguments exit interrupt") for model, options in QUEUED),
        *((model, options, "result odd") for model, options in RESULTS_IN_MANAGER),
        *((model, options, "exit interrupt") for model, options in [("thread_queue", {}), *MAPPED]),
    ],
)
def test_what_is_wrong_with_a_task_fails_that_task_only(
    model: str, options: dict[str, Value], bad: str, extended: Extended
) -> None:
    """A result that cannot be pickled, or not unpickled; such arguments; what a task raises that would end its worker."""
    catalogue = extended.workload("bad_tasks").catalogue()
    store = run(RunConfig(model, "bad_tasks", 2, tasks=12, params={"bad": bad}, options=options), catalogue)
    counts, kinds = store.counts, bad.split()
    assert (store.phase, counts.done, counts.failed, counts.lost) == (RunPhase.FINISHED, 12 - len(kinds), len(kinds), 0)
    said = [line.text for line in store.texts]
    assert len(said) == len(kinds), said
    for words in BAD.values():
        assert sum(words in text for text in said) == sum(BAD[kind] == words for kind in kinds), (words, said)
    assert "result" not in kinds or any("lambda" in text and "task 1" in text for text in said)


@pytest.mark.parametrize(
    ("model", "chunksize", "failed", "workload"),
    covering(
        (
            (*case, workload)
            for case in (
                ("pool_map", 1, 8),
                ("pool_map", 2, 10),
                ("pool_imap_unordered", 1, 1),
                ("pool_imap_unordered", 4, 4),
            )
            for workload in ("unpicklable", "bad_arguments")
        ),
        lambda model, chunksize, failed, workload: (failed in (8, 4)) == (workload == "unpicklable"),
    ),
)
def test_what_cannot_be_pickled_fails_the_list_or_the_chunk(
    model: str, chunksize: int, failed: int, workload: str, extended: Extended
) -> None:
    """Pool.map makes one result of a list (here 4 chunks for each of 2 workers), and imap_unordered one of a chunk."""
    catalogue = extended.workload(workload).catalogue()
    store = run(RunConfig(model, workload, 2, tasks=10, options={"chunksize": chunksize}), catalogue)
    counts = store.counts
    assert (store.phase, counts.done, counts.failed, counts.lost) == (RunPhase.FINISHED, 10 - failed, failed, 0)
    assert any("lambda" in line.text for line in store.texts)


def test_a_last_chunk_that_fails_is_counted_as_small_as_it_is(extended: Extended) -> None:
    extended.add("workloads", "bad_end", HEAD + "def run(number):\n    return (lambda: 0) if number == 9 else number\n")
    config = RunConfig("pool_imap_unordered", "bad_end", 2, tasks=10, options={"chunksize": 4})
    counts = run(config, extended.catalogue()).counts
    assert (counts.submitted, counts.done, counts.failed, counts.lost) == (10, 8, 2, 0)


@pytest.mark.parametrize(("model", "options"), [*QUEUED, *MAPPED])
def test_the_last_worker_that_is_killed_ends_the_run(model: str, options: dict[str, Value]) -> None:
    """It may hold the lock of the queue that it reads from."""
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "sleep", 3, tasks=None, params={"ms": 50.0}, options=options))
        follow(opened, store, lambda store: store.counts.done >= 2)
        victim = [row.pid for row in store.all_processes() if row.role == "worker"][2]
        os.kill(victim, signal.SIGKILL)
        follow(opened, store, seconds=10)
    assert store.ended is not None
    assert store.phase is RunPhase.FAILED
    assert f"PID {victim} was killed by SIGKILL" in str(store.ended.error)


@pytest.mark.parametrize("model", ["process_queue", "process_pipe"])
def test_an_exit_that_nobody_asked_for_is_noticed_even_where_workers_come_and_go(
    model: str, extended: Extended
) -> None:
    flag = extended.root / "now"
    extended.add(
        "workloads",
        "exits_when_told",
        HEAD + f"def run(number):\n    time.sleep(0.01)\n    if os.path.exists({str(flag)!r}):\n        os._exit(0)\n",
    )
    store = RunStore()
    with session(extended.catalogue()) as opened:
        opened.start(RunConfig(model, "exits_when_told", 3, tasks=None))
        follow(opened, store, is_running)
        opened.turn("workers", 2)
        follow(opened, store, lambda store: any(row.exit_code == 0 for row in store.all_processes()))
        flag.touch()
        follow(opened, store, seconds=10)
    assert store.ended is not None
    assert store.phase is RunPhase.FAILED
    assert "ended with exit code 0 before it was told to" in str(store.ended.error)


@pytest.mark.parametrize("holds", ["queue", "dict", "list"])
def test_a_manager_that_is_killed_is_named(holds: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(
            RunConfig("process_manager", "sleep", 2, tasks=None, params={"ms": 10.0}, options={"holds": holds})
        )
        follow(opened, store, lambda store: store.counts.done >= 4)
        manager = next(row.pid for row in store.all_processes() if row.role == "manager")
        os.kill(manager, signal.SIGKILL)
        follow(opened, store, seconds=10)
    assert store.ended is not None
    assert store.phase is RunPhase.FAILED
    assert f"PID {manager} was killed by SIGKILL" in str(store.ended.error)


class Block:
    """As much of a SharedMemory as is used."""

    def __init__(self) -> None:
        self.buf = memoryview(bytearray(1_000))


@pytest.mark.parametrize("value", [b"", b"as they are", 12, {"a": [1.5, None]}, "text"])
def test_what_is_put_into_a_slot_comes_out_of_it(value: object) -> None:
    block = Block()
    stored = put(block, 100, 100, value)  # type: ignore[arg-type]
    assert isinstance(stored, Stored)
    assert stored.pickled is not isinstance(value, bytes)
    assert load(block, 100, stored) == value  # type: ignore[arg-type]
    assert not any(block.buf[:100])
    assert not any(block.buf[200:])


def test_what_is_too_large_for_a_slot_stays_as_it_is() -> None:
    assert put(Block(), 0, 99, b"x" * 100) == b"x" * 100  # type: ignore[arg-type]


def test_results_larger_than_a_slot_come_by_pipe(extended: Extended) -> None:
    extended.add("workloads", "sized", HEAD + "def run(number):\n    return bytes(2_000 if number % 2 else 100)\n")
    store = run(RunConfig("shared_memory", "sized", 2, tasks=10, options={"slot_kib": 1}), extended.catalogue())
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 10)
    assert {mark.text.split(":")[0] for mark in marks(store, "slot")} == {
        f"task {number}" for number in range(1, 10, 2)
    }


def test_a_map_gives_results_in_the_order_of_its_list() -> None:
    store = run(RunConfig("pool_map", "mixed", 4, tasks=50))
    assert [mark.text for mark in marks(store, "result")] == [f"task {number}" for number in range(50)]


def test_tasks_that_cannot_be_drawn_end_the_run(extended: Extended) -> None:
    text = (
        HEAD
        + "def run(number):\n    pass\n\ndef arguments(params, random):\n    yield (0,)\n    raise OSError('no more')\n"
    )
    extended.add("workloads", "drying_up", text)
    catalogue = extended.catalogue()
    for model in (
        "thread_queue",
        "process_queue",
        "process_pipe",
        "process_manager",
        "pool_map",
        "pool_imap_unordered",
    ):
        store = run(RunConfig(model, "drying_up", 2, tasks=6), catalogue)
        assert store.phase is RunPhase.FAILED, model
        assert store.ended is not None
        assert "OSError: no more" in str(store.ended.error), model


def test_threads_of_one_process_work_at_once() -> None:
    config = RunConfig("processes_with_threads", "sleep", 1, tasks=16, params={"ms": 30.0}, options={"threads": 4})
    store = run(config)
    assert store.counts.done == 16
    assert 2 <= overlap(task_spans(store)) <= 4
    lanes = [row for row in store.lanes if row.tasks]
    assert len({row.info.pid for row in lanes}) == 1
    assert len({row.info.tid for row in lanes}) == 4


def test_models_say_what_they_can() -> None:
    models = catalogue_of().models
    free = {key for key, info in models.items() if info.live_workers == "free"}
    assert {"thread_queue", "thread_per_task", "process_per_task", *(model for model, _ in QUEUED)} <= free
