"""What happens in a run and takes no time is marked: sent and received values, joins and ends; bounded, and the rest counted."""

from tests.helpers.runs import run
from workers.contract.batch import Mark
from workers.contract.config import RunConfig
from workers.contract.marks import SHOWN, left_out
from workers.insight.store import RunStore
from workers.lessons.facts import facts


def marks(store: RunStore, kind: str) -> list[Mark]:
    return sorted((mark for mark in store.marks if mark.kind == kind), key=lambda mark: mark.t_ns)


def test_what_goes_through_a_pipe_and_who_is_joined() -> None:
    store = run(RunConfig("process_pipe", "count_primes", 2, tasks=3, params={"limit": 500}))
    host, *workers = [row.pid for row in store.all_processes() if row.role in ("host", "worker")]
    sent, received = marks(store, "sent"), marks(store, "received")
    tasks = [mark.text for mark in sent if mark.pid == host]
    assert sorted(text.rpartition(" (")[0] for text in tasks) == [
        "sent task 0: (500,)",
        "sent task 1: (500,)",
        "sent task 2: (500,)",
    ]
    assert all(text.endswith(" bytes)") for text in tasks)
    home = {mark.text.removeprefix("sent "): mark for mark in sent if mark.pid in workers}
    came = {mark.text.removeprefix("received "): mark for mark in received}
    assert set(home) == set(came), "what was received is not what was sent, to the byte"
    assert len(home) == 3
    assert all(text.startswith("the result of task") and ": 95 (" in text for text in home)
    assert {mark.pid for mark in received} == {host}
    assert all(home[text].t_ns < came[text].t_ns for text in home)
    for kind in ("joined", "exit"):
        assert len(marks(store, kind)) == 2
        assert all(any(str(pid) in mark.text for mark in marks(store, kind)) for pid in workers), kind
    found = facts(store)
    assert (found["sent"], found["sent_by_workers"], found["received"], found["joined"]) == (6, 3, 3, 2)


def test_a_flood_is_cut_short_and_counted() -> None:
    store = run(RunConfig("process_queue", "sleep", 2, tasks=SHOWN + 25, params={"ms": 0.0}))
    for kind, shown, rest in (("sent", 2 * SHOWN, 2 * 25), ("received", SHOWN, 25)):
        left = [left_out(mark.text) for mark in marks(store, kind)]
        assert (left.count(0), sum(left)) == (shown, rest)
    found = facts(store)
    assert (found["sent"], found["received"]) == (2 * (SHOWN + 25), SHOWN + 25)


def test_joins_are_counted_in_the_end_and_between_threads_nothing_is_sent() -> None:
    options = {"join": "each"}
    store = run(RunConfig("thread_per_task", "sleep", 1, tasks=SHOWN + 5, params={"ms": 0.0}, options=options))
    joined = marks(store, "joined")
    assert [mark.text for mark in joined[:2]] == ["joined the thread of task 0", "joined the thread of task 1"]
    assert [left_out(mark.text) for mark in joined] == [*[0] * SHOWN, 5]
    assert facts(store)["joined"] == SHOWN + 5
    assert not marks(store, "sent")
    assert not marks(store, "exit")
