"""Who waits for whom: the rule finds who can never go on and nobody else, and says so in words."""

from collections.abc import Iterator
from copy import copy
from itertools import chain, combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.client.standing import Standing
from workers.client.wait_graph import ANYONE, FREE, Facts, Waits, draw, things
from workers.client.wait_words import Edge, describe, describe_deadlock
from workers.client.waits import core, stuck
from workers.contract.batch import LaneInfo
from workers.contract.errors import DeadlockBroken
from workers.contract.spans import SpanKind, holder_of
from workers.telemetry import header, recorder, strangers
from workers.telemetry.clock import now
from workers.telemetry.locks import Watched
from workers.telemetry.table import LOCK, OTHER, QUEUE, RESULT, SEMAPHORE, SLOTS, LockTable
from workers.telemetry.waiting import ANY, AWAIT, BREAKABLE, GET, LIMITED, PUT, TAKE, KeptOut

nodes = st.sampled_from("abcdef")
needs_of = st.dictionaries(nodes, st.sets(nodes, max_size=4).map(tuple), max_size=6)


@given(needs_of)
def test_stuck_is_the_union_of_all_sets_that_nobody_outside_can_help(needs: dict[str, tuple[str, ...]]) -> None:
    closed = [
        set(some)
        for some in chain.from_iterable(combinations(needs, size) for size in range(len(needs) + 1))
        if all(set(needs[one]) <= set(some) for one in some)
    ]
    assert stuck(needs) == set().union(*closed)


@given(needs_of)
def test_who_is_named_waits_for_others_that_are_named_alone(needs: dict[str, tuple[str, ...]]) -> None:
    found = core(needs, ("a", "b"))
    assert bool(found) == bool(stuck(needs))
    assert all(set(needs[one]) <= set(found) for one in found)
    assert len(set(found)) == len(found)


def lane(number: int) -> LaneInfo:
    return LaneInfo(number, "here", 100 + number, 200 + number, 1, f"worker {number}", "worker", 0)


def test_a_deadlock_in_words() -> None:
    assert describe_deadlock((Edge(lane(1), "B"), Edge(lane(2), "A"))) == (
        "Deadlock: thread 201 (worker 1) holds A and waits for B; thread 202 (worker 2) holds B and waits for A. "
        "None of them can go on."
    )


def test_who_waits_for_itself_is_told_so() -> None:
    assert describe_deadlock((Edge(lane(2), "A"),)) == (
        "Deadlock: thread 202 (worker 2) holds A and waits for A, that is, for itself. It can never go on."
    )


def test_a_circle_of_a_hundred_is_no_novel() -> None:
    text = describe_deadlock(tuple(Edge(lane(number), f"fork {number}") for number in range(100)))
    assert text.count("holds") == 7
    assert "through 100 of them" in text


@pytest.fixture
def table(tmp_path: Path) -> Iterator[LockTable]:
    made = LockTable(str(tmp_path), create=True)
    for number, name, kind in ((1, "A", LOCK), (2, "B", LOCK), (3, "inbox", QUEUE), (4, "outbox", QUEUE)):
        made.make(number, name, kind, 1)
    made.make(5, "the result of part", RESULT)
    made.make(6, "gate", OTHER)
    made.make(7, "places", SEMAPHORE)
    yield made
    made.close()


def standing(number: int, place: int = 0, how: int = 0, task: int = 0, flags: int = BREAKABLE) -> Standing:
    """Worker `number`, of which the table's word for is the same."""
    return Standing(lane(number), number, task, False, place, how | flags if place else how, 1, 2, 0)


def host(stands: bool = True) -> Standing:
    info = LaneInfo(0, "here", 1, 1, 1, "MainThread", "main", 0)
    return Standing(info, 9, -1, False, 0, ANY if stands else 0, 1, 2, 0)


def named(table: LockTable, lanes: list[Standing], submitted: int = 2, more: bool = False) -> str:
    """The words for what is certain of these, of a pool of two; empty where there is nothing."""
    waits = Waits(Facts(2, submitted, submitted, more), lanes, table)
    found = core(waits.needs, (ANYONE, FREE))
    graph = draw(waits, 1, things(waits, found), describe(waits, found) if found else "")
    keys = {node.key for node in graph.nodes}
    assert all({edge.source, edge.target} <= keys for edge in graph.edges)
    assert set(graph.stuck) <= keys
    return graph.words


def test_each_kind_of_deadlock_is_named(table: LockTable) -> None:
    table.set_holder(1, 1)
    table.set_holder(2, 2)
    circle = [standing(1, 2, TAKE), standing(2, 1, TAKE, task=1)]
    assert "worker 1) holds A and waits for B; thread" in named(table, [host(False), *circle], more=True)
    # A third one, which merely waits for one of them, is no part of it.
    assert "worker 3" not in named(table, [host(), *circle, standing(3, 1, TAKE, task=2)], 3)
    assert "for itself" in named(table, [host(False), standing(1, 1, TAKE), standing(2, task=1)])
    full = [standing(1, 3, PUT), standing(2, 4, PUT, task=1)]
    assert "full queue inbox, and only thread 202 (worker 2) could take from it" in named(table, [host(), *full])
    takers = [standing(1, 3, GET), standing(2, 3, GET, task=1)]
    assert "only task 2, for which no worker is free, could put one there" in named(table, [host(), *takers], 3)
    assert "nobody who is left could put one there" in named(table, [host(), *takers])
    assert "handed over once one of these has ended" in named(table, [host(), *takers], more=True)
    alone = [standing(1, 5, AWAIT), standing(2, 1, TAKE, task=1)]
    assert "the result of part, which has not begun for want of a free worker" in named(table, [host(), *alone])
    table.set_holder(5, 2)
    assert "the result of part, at which thread 202 (worker 2) works; thread 202" in named(table, [host(), *alone])
    places = [standing(1, 7, TAKE), standing(2, 7, TAKE, task=1)]
    assert "wait for places, and only those that wait for it could release one" in named(table, [host(), *places])


def test_what_could_still_resolve_is_no_deadlock(table: LockTable) -> None:
    full = [standing(1, 3, PUT), standing(2, 4, PUT, task=1)]
    assert not named(table, [host(), standing(1, 3, PUT), standing(2, task=1)]), "one works"
    assert not named(table, [host(), standing(1, 3, PUT), standing(2, 4, PUT, flags=BREAKABLE | LIMITED)]), "a timeout"
    assert not named(table, [host(), standing(1, 3, PUT), standing(2, 6, TAKE, flags=0)]), "an event"
    assert not named(table, [host(), standing(1, 3, PUT), standing(2, 2, TAKE)]), "a lock with no holder"
    assert not named(table, [host(False), *full], more=True), "the host still feeds"
    assert not named(table, [host(), *full, standing(3, task=-1)], 3), "a worker is free for what is in line"
    assert not named(table, [host(), standing(1, 5, AWAIT)], 1), "the second worker is not up yet"
    assert named(table, [host(), *full, standing(3, task=-1)]), "free, and there is nothing for it"
    table.set_open(3)
    assert not named(table, [host(), *full]), "a thread that is no lane uses the queue"


@pytest.fixture
def watched_lane(tmp_path, monkeypatch):  # type: ignore[no-untyped-def]
    """The calling thread as a lane of a run in tmp_path; yields the lane and the table of locks."""
    monkeypatch.setattr(recorder, "_directory", str(tmp_path))
    monkeypatch.setattr(recorder, "_claims", recorder.Rings(str(tmp_path), 1024))
    table = LockTable(str(tmp_path), create=True)
    entered = recorder.enter("tester")
    yield entered, table
    recorder.leave()
    table.close()


def test_the_holder_of_a_reentrant_lock_is_known_until_its_last_release(watched_lane) -> None:  # type: ignore[no-untyped-def]
    import threading

    entered, table = watched_lane
    lock = Watched(threading.RLock(), 7, exclusive=True)
    with lock:
        with lock:
            assert table.holder(7) == entered.number > 0
        assert table.holder(7) == entered.number
    assert table.holder(7) == 0


def test_a_lock_taken_by_somebody_else(watched_lane) -> None:  # type: ignore[no-untyped-def]
    import threading

    _, table = watched_lane
    lock = Watched(threading.Lock(), 1, exclusive=True)
    lock.inner.acquire()
    assert not lock.acquire(blocking=False)
    assert not lock.acquire(timeout=0.001)
    assert table.holder(1) == 0
    unwatched = Watched(threading.Lock(), 0, exclusive=True)
    with unwatched:
        assert not unwatched.acquire(timeout=0.001)


def test_a_wait_that_is_broken_off_says_so_and_leaves_the_lock_alone(watched_lane) -> None:  # type: ignore[no-untyped-def]
    import threading

    entered, table = watched_lane
    table.make(1, "fork 1", LOCK)
    lock = Watched(threading.Lock(), 1, exclusive=True)
    words = entered._words

    class Breaks:
        """Whoever waits for it is broken off as soon as it does."""

        def acquire(self, blocking: bool, timeout: float = 0.0) -> bool:
            words[header.BREAK] = words[header.WAIT_SINCE] if words[header.WAITING] else 0
            return False

    lock.inner = Breaks()
    with pytest.raises(DeadlockBroken, match=r"^The wait for fork 1 was broken off\.$"):
        lock.acquire()
    assert (words[header.WAITING], words[header.WAIT_HOW], table.holder(1)) == (0, 0, 0)


def held_by(watched_lane, during) -> int:  # type: ignore[no-untyped-def]
    """Who is named of a wait at whose start nobody has noted that they hold the lock; `during(lock)` happens while it lasts."""
    import threading

    entered, table = watched_lane
    table.make(1, "the Lock", LOCK)
    table.set_holder(1, 99)
    table.set_holder(1, 0)
    lock = Watched(threading.Lock(), 1, exclusive=True)

    class Held:
        def acquire(self, blocking: bool, timeout: float = 0.0) -> bool:
            if blocking:
                during(lock)
            return blocking

    lock.inner = Held()
    numbers: list[int] = []
    entered.emit = lambda what, task, start, end: numbers.append(what >> header.QUEUED_SHIFT)
    assert lock.acquire()
    (number,) = numbers
    return holder_of(number)


def noted(lock: Watched, table: LockTable, *numbers: int, asked: bool = True) -> None:
    """These lanes had the lock one after the other. Not `asked`: in another process, which cannot know who waits here."""
    for number in numbers:
        table.set_holder(1, number)
        if asked:
            assert lock._kept_out is not None
            lock._kept_out.answer(number)
        table.set_holder(1, 0)


def test_a_wait_names_who_held_the_lock_when_it_began(watched_lane) -> None:  # type: ignore[no-untyped-def]
    _, table = watched_lane
    # Whoever had got it had not noted so: it is the first one to note itself, not the last one.
    assert held_by(watched_lane, lambda lock: noted(lock, table, 41, 42, 43)) == 41
    # It was being given back.
    assert held_by(watched_lane, lambda lock: None) == 99
    # In another process: one since then, or nobody knows which.
    assert held_by(watched_lane, lambda lock: noted(lock, table, 41, asked=False)) == 41
    assert held_by(watched_lane, lambda lock: noted(lock, table, 41, 42, asked=False)) == 0


def test_who_had_noted_itself_before_it_was_asked_is_named(watched_lane) -> None:  # type: ignore[no-untyped-def]
    entered, table = watched_lane
    table.make(1, "the Lock", LOCK)
    start = entered.wait_for(1)
    table.set_holder(1, 41)
    kept_out = KeptOut()
    kept_out.ask(entered, start, 1)
    assert entered._words[header.HELD_BY] == 41
    kept_out.answer(42)
    assert entered._words[header.HELD_BY] == 41
    # What is said of an earlier wait does not reach the next one.
    entered.wait_for(1)
    entered.kept_out_by(start - 1, 43)
    assert entered._words[header.HELD_BY] == 0
    assert copy(kept_out)._asking == []


@pytest.mark.parametrize("kind", [LOCK, SEMAPHORE])
def test_a_wait_ends_when_the_lock_is_given_back_and_not_when_there_is_a_core(watched_lane, kind: int) -> None:  # type: ignore[no-untyped-def]
    entered, table = watched_lane
    table.make(1, "the Lock", kind)
    lock = Watched(None, 1, exclusive=kind == LOCK)
    released: list[int] = []

    class Held:
        """It is given back while somebody waits for it, who finds a core only later."""

        def acquire(self, blocking: bool, timeout: float = 0.0) -> bool:
            if blocking:
                lock._depth = 1  # another thread's
                lock.release()
                released.append(table.released(1))
                while now() < released[0] + 3_000_000:
                    pass
            return blocking

        def release(self) -> None:
            """Nothing is to be given back."""

    lock.inner = Held()
    spans: list[tuple[int, int]] = []
    entered.emit = lambda what, task, start, end: spans.append((start, end))
    assert lock.acquire()
    ((start, end),) = spans
    assert end == released[0] >= start
    assert now() - end >= 3_000_000
    # Given back before it had put down that it waits: then it only waited for a core.
    table.set_released(1, 1)
    entered.wait_over(entered.wait_for(1, 0, TAKE), SpanKind.LOCK, 0, 1)
    assert spans[1][0] == spans[1][1]


def test_a_thread_that_a_task_has_started_may_end_any_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading
    from concurrent.futures import ThreadPoolExecutor

    go = threading.Event()
    monkeypatch.setattr(strangers, "AGAIN_NS", 0)
    known = {thread.ident for thread in threading.enumerate()}
    monkeypatch.setattr(recorder, "lane_threads", known)
    assert not strangers.any_stranger()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(go.wait, 20.0)
        assert strangers.any_stranger()
        go.set()
    assert not strangers.any_stranger()


def test_names_that_are_too_long_are_cut(tmp_path) -> None:  # type: ignore[no-untyped-def]
    table = LockTable(str(tmp_path), create=True)
    table.set_name(SLOTS, "é" * 100)
    assert table.name(SLOTS).startswith("éééé")
    table.close()
