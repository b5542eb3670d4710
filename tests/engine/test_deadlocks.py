"""Deadlocks and standstills in real runs: named, and nothing else is; a wait that is broken off lets the others go on."""

import csv
import json
from pathlib import Path

import jsonschema
import pytest

from tests.helpers.covering import covering
from tests.helpers.extended import HEAD, Extended
from tests.helpers.processes import group
from tests.helpers.runs import follow, session, task_spans
from workers.cli.spans import SpanWriter
from workers.client.session import RunSession
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.insight.accounts import Accounts
from workers.insight.store import RunStore
from workers.insight.summary import summarise

ROOT = Path(__file__).parents[2]
FLAVOURS = ("thread_pool", "process_pool", "asyncio_tasks")
SITUATIONS = [
    *((model, "philosophers", 2, " and waits for fork ") for model in FLAVOURS),
    *((model, "nested_lock", 1, "that is, for itself") for model in FLAVOURS),
    *((model, "full_queues", 2, " waits to put into the full queue inbox of ") for model in FLAVOURS),
    ("thread_pool", "third_task", 3, "only task 2, for which no worker is free, could put one there"),
    ("process_pool", "third_task", 3, "only task 2, for which no worker is free, could put one there"),
    ("asyncio_tasks", "third_task", 3, "only a task that is handed over once one of these has ended could put one"),
    ("asyncio_tasks", "waits_on_itself", 2, "wait for the places, and only those that wait for it could release one"),
]


def break_until_over(opened: RunSession, store: RunStore) -> int:
    """Break off the first wait of each deadlock until the run is over. Returns how many were broken."""
    broken = set()
    while True:
        over = follow(opened, store, lambda store: bool(set(store.waits.edges) - broken and store.waits.stuck), 20.0)
        if over is not None:
            return len(broken)
        edge = next(edge for edge in store.waits.edges if edge.source == store.waits.stuck[0])
        assert edge.breakable
        if edge not in broken:
            broken.add(edge)
            opened.break_wait(edge.source)
        follow(opened, store, lambda store, edge=edge: edge not in store.waits.edges, 20.0)  # type: ignore[misc]
        if store.ended is not None:
            return len(broken)


@pytest.mark.parametrize(("model", "workload", "tasks", "words"), SITUATIONS)
def test_it_is_named_and_breaking_a_wait_lets_the_rest_finish(
    model: str, workload: str, tasks: int, words: str
) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, workload, 2, tasks=tasks))
        follow(opened, store, lambda store: bool(store.deadlock), 20.0)
        assert words in store.deadlock
        graph = opened.wait_graph()
        assert graph.stuck
        assert graph.words == store.waits.words == store.deadlock
        with pytest.raises(ConfigError, match="That wait is over"):
            opened.break_wait("lane:999")
        breaks = break_until_over(opened, store)
    assert store.phase is RunPhase.FINISHED
    assert store.counts.failed == breaks >= 1
    assert store.counts.done == tasks - breaks
    assert sum(mark.kind == "broken" for mark in store.marks) == breaks
    assert sum("DeadlockBroken: The wait for " in line.text for line in store.texts) == breaks
    found = summarise(store)["wait_graph"]
    assert {node["key"] for node in found["nodes"]} >= set(found["stuck"])


@pytest.mark.parametrize("model", covering(FLAVOURS, lambda model: model == "process_pool"))
def test_all_five_of_a_ring_are_named(model: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "philosophers", 5, tasks=None))
        follow(opened, store, lambda store: bool(store.deadlock), 20.0)
        said = store.deadlock
        for number in range(1, 6):
            assert f"holds fork {number} and waits for fork {number % 5 + 1}" in said
        opened.stop()
        follow(opened, store, seconds=20.0)
    assert store.counts.lost >= 5
    assert [mark.text for mark in store.marks if mark.kind == "deadlock"] == [said]


@pytest.mark.parametrize("model", FLAVOURS)
def test_what_never_ended_is_in_the_json_with_who_held_it_and_where_everybody_stood(model: str, tmp_path: Path) -> None:
    store = RunStore()
    spans = tmp_path / "spans.csv"
    with session() as opened, SpanWriter(str(spans)) as writer:
        opened.start(RunConfig(model, "philosophers", 2, tasks=2))
        stuck = lambda: {edge["lane"] for edge in summarise(store)["stacks"] if edge["stuck"]}  # noqa: E731
        follow(opened, store, lambda store: bool(store.deadlock) and len(stuck()) == 2, 20.0, writer)
        follow(opened, store, lambda store: any("philosophers.py" in line.text for line in store.texts), 20.0, writer)
        pgid = next(row.pid for row in store.all_processes() if row.role == "host")
        opened.stop()
        follow(opened, store, seconds=20.0, writer=writer)
        assert not group(pgid)
    assert store.ended is not None
    assert (store.phase, store.ended.stopped, store.ended.error) == (RunPhase.FINISHED, True, None)
    assert (store.counts.done, store.counts.lost) == (0, 2)
    assert [mark.text for mark in store.marks if mark.kind == "deadlock"] == [store.deadlock]
    assert store.deadlock.startswith("Deadlock: ")
    told = summarise(store)
    jsonschema.validate(told, json.loads((ROOT / "resources" / "schema" / "run.v1.json").read_text()))
    assert told["deadlock"]
    lanes = stuck()
    assert len(lanes) == 2
    # One lane has one name, wherever it is told of.
    assert all(f"{lane} holds fork " in told["deadlock"] for lane in lanes)
    assert lanes <= {node["name"] for node in told["wait_graph"]["nodes"]}
    assert all(any(row["name"] in lane for row in told["lanes"]) for lane in lanes)
    for stack in told["stacks"]:
        in_task = any(frame["file"].endswith("philosophers.py") for frame in stack["frames"])
        assert in_task == stack["stuck"]
    forks = {wait["name"]: wait for wait in told["waits"] if wait["kind"] == "lock"}
    assert set(forks) == {"fork 1", "fork 2"}
    assert {wait["held_by"] for wait in forks.values()} == lanes
    assert all(wait["count"] == 1 and wait["longest_s"] == wait["seconds"] > 0 for wait in forks.values())
    every = list(csv.DictReader(spans.read_text().splitlines()))
    rows = [row for row in every if row["kind"] == "lock"]
    assert {row["waited_for"] for row in rows} == {"fork 1", "fork 2"}
    assert {row["held_by"] for row in rows} == lanes
    # Both tasks were cut off, and waited in them.
    cut = {row["task"]: row for row in every if row["kind"] == "cut"}
    assert set(cut) == {row["task"] for row in rows} == {"0", "1"}
    assert all(float(cut[row["task"]]["start_s"]) <= float(row["start_s"]) for row in rows)
    if model == "thread_pool":  # its host was ended in the middle of waiting for them
        last = max(float(row["end_s"]) for row in every if row["kind"] == "result")
        assert last >= max(float(row["end_s"]) for row in cut.values()) - 0.3
    accounts = Accounts(store).of_run()
    assert accounts.share("lock") > 0.5, accounts


OWN = """
import asyncio

LOCK, GATE = threading.Lock(), asyncio.Lock()

INFO = WorkloadInfo(title="Own", summary="Own.", bound="waiting", params=(Param("what", "", "What", "What.", choices=("", "work", "nap")),))

def arguments(params, random):
    while True:
        yield (params["what"],)

def run(what):
    end = time.monotonic() + 1.8
    while what == "work" and time.monotonic() < end:
        pass
    if what == "nap":
        time.sleep(1.8)
    if not what:
        LOCK.acquire()
        LOCK.acquire()

async def run_async(what):
    if what:
        return run(what)
    await GATE.acquire()
    await GATE.acquire()
"""


@pytest.fixture
def own(extended: Extended, monkeypatch: pytest.MonkeyPatch) -> Extended:
    """A workload with a lock that is not ours; a standstill is said after a second."""
    monkeypatch.setattr("workers.client.standstill.AFTER_S", 1.0)
    extended.add("workloads", "own", HEAD + OWN)
    return extended


@pytest.mark.parametrize("model", FLAVOURS)
def test_a_lock_that_is_not_ours_gives_no_progress_with_stacks(model: str, own: Extended) -> None:
    store = RunStore()
    with session(own.catalogue()) as opened:
        opened.start(RunConfig(model, "own", 2, tasks=2))
        follow(opened, store, lambda store: store.standstill is not None, 20.0)
        follow(opened, store, lambda store: any("own.py" in line.text for line in store.texts), 20.0)
        follow(opened, store, lambda store: store.standstill is not None and store.standstill.seconds == 2.0, 20.0)
    said = [mark.text[:21] for mark in store.marks if mark.kind == "standstill"]
    assert said[-2:] == ["No progress for 1 s: ", "No progress for 2 s: "]
    assert store.standstill is not None
    assert "task 0, stands at something that is not recorded" in store.standstill.text
    assert not store.deadlock


@pytest.mark.parametrize(("model", "what"), [("thread_pool", "work"), ("process_pool", "nap")])
def test_what_computes_or_sleeps_for_long_is_neither(model: str, what: str, own: Extended) -> None:
    store = RunStore()
    with session(own.catalogue()) as opened:
        opened.start(RunConfig(model, "own", 2, tasks=2, params={"what": what}))
        follow(opened, store, seconds=30.0)
    assert store.counts.done == 2
    assert all(end - start > 1.5e9 for start, end in task_spans(store)), "it would have been said by then"
    assert {"deadlock", "standstill"} & {mark.kind for mark in store.marks} == set()
