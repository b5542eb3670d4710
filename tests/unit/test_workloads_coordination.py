"""Workloads whose tasks wait for each other, with plain locks: what they compute, and that the races they show are there."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.workloads import PlainSharing, Task, task
from workers.workloads import philosophers, producer_consumer, readers_writers, shared_counter

LANES = pytest.mark.parametrize("lanes", ["threads", "coroutines"])


def carry(made: Task, lanes: str, count: int, workers: int = 4) -> list[Any]:
    """Run `count` tasks at once, with what they share."""
    if lanes == "threads":
        return made.share(PlainSharing(workers)).run_threads(count)

    async def all_of_them() -> list[Any]:
        return await made.share(PlainSharing(workers, lanes)).run_async(count)

    return asyncio.run(all_of_them())


@given(
    statement=st.sampled_from([shared_counter.READ_CALL_WRITE, shared_counter.IN_PLACE]), increments=st.integers(0, 50)
)
def test_one_worker_loses_nothing(statement: str, increments: int) -> None:
    counter = PlainSharing().counter()
    for _ in range(3):
        assert shared_counter.run(counter, increments, statement) == increments
    outcome = shared_counter.report({"increments": increments}, counter, 3)
    assert outcome == {"expected": 3 * increments, "actual": 3 * increments, "lost_updates": 0}


def test_three_statements_lose_updates_between_coroutines(tmp_path: Path) -> None:
    with task("shared_counter", tmp_path, increments=20) as made:
        carry(made, "coroutines", 4)
        outcome = made.module.report(made.params, made.shared, 4)
    # Each reads before any writes: of four who add one, one is heard.
    assert outcome == {"expected": 80, "actual": 20, "lost_updates": 60}


def test_in_place_loses_nothing_between_coroutines(tmp_path: Path) -> None:
    with task("shared_counter", tmp_path, increments=20, statement="+=") as made:
        carry(made, "coroutines", 4)
        assert made.module.report(made.params, made.shared, 4)["lost_updates"] == 0


def test_a_thread_that_is_stopped_between_reading_and_writing_undoes_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counter = PlainSharing().counter()

    def one_more(value: int) -> int:
        if value == 2:
            counter.value += 10  # what others add meanwhile
        return value + 1

    monkeypatch.setattr(shared_counter, "one_more", one_more)
    shared_counter.run(counter, 5, shared_counter.READ_CALL_WRITE)
    assert counter.value == 5


def test_what_cut_off_tasks_added_is_no_negative_loss() -> None:
    counter = PlainSharing().counter(25)
    assert shared_counter.report({"increments": 10}, counter, 2)["lost_updates"] == 0


@LANES
@pytest.mark.parametrize(("items", "bound"), [(4, 8), (10, 3), (1, 1), (30, 7)])
def test_what_is_produced_is_consumed(lanes: str, items: int, bound: int, tmp_path: Path) -> None:
    with task("producer_consumer", tmp_path, items=items, bound=bound) as made:
        assert carry(made, lanes, 8) == [items] * 8
        outcome = made.module.report(made.params, made.shared, 8)
    assert outcome == {"produced": 4 * items, "consumed": 4 * items, "left_in_buffer": 0}


@LANES
def test_more_items_than_room_with_one_worker_is_said(
    lanes: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(producer_consumer, "LONGEST_S", 0.02)
    with task("producer_consumer", tmp_path, items=5, bound=3) as made:
        with pytest.raises(TimeoutError, match=r"for room in the buffer and no consumer came; use more workers"):
            carry(made, lanes, 1, 1)
        assert made.module.report(made.params, made.shared, 0) == {"produced": 3, "consumed": 0, "left_in_buffer": 3}


@given(bound=st.integers(1, 6), moves=st.lists(st.booleans(), max_size=60))
def test_the_buffer_is_a_queue(bound: int, moves: list[bool]) -> None:
    buffer = producer_consumer.share({"bound": bound}, PlainSharing())
    inside = 0
    for put in moves:
        if put and inside < bound:
            buffer.put()
            inside += 1
        elif not put and inside:
            buffer.take()
            inside -= 1
    assert buffer.produced.value - buffer.consumed.value == inside
    buffer.cells[buffer.consumed.value % bound] = -1
    with pytest.raises(RuntimeError, match="there was -1"):
        buffer.take()


@given(seats=st.integers(2, 12), number=st.integers(0, 100))
def test_forks_lie_beside_the_seat(seats: int, number: int) -> None:
    forks = tuple(range(seats))
    left, right = philosophers.choose(forks, number, philosophers.NAIVE)
    assert (left, right) == (number % seats, (number + 1) % seats)
    low, high = philosophers.choose(forks, number, philosophers.ORDERED)
    assert low < high
    assert {low, high} == {left, right}


@pytest.mark.parametrize(("workers", "seats"), [(1, 2), (2, 2), (5, 5)])
def test_there_are_as_many_forks_as_workers(workers: int, seats: int) -> None:
    sharing = PlainSharing(workers)
    assert len(philosophers.share({}, sharing)) == seats
    assert list(sharing.locks) == [f"fork {number}" for number in range(1, seats + 1)]


@LANES
@pytest.mark.parametrize("workers", [2, 5])
def test_in_order_everyone_eats(lanes: str, workers: int, tmp_path: Path) -> None:
    with task("philosophers", tmp_path) as made:
        assert carry(made, lanes, 12, workers) == list(range(12))


def test_naively_nobody_eats(tmp_path: Path) -> None:
    """With coroutines, which a test can end: each holds its left fork and waits for the next one's."""

    async def dine(made: Task) -> None:
        made.share(PlainSharing(4, "coroutines"))
        dinner = asyncio.ensure_future(made.run_async(4))
        forks = made.shared
        async with asyncio.timeout(20):
            while not all(fork.locked() and fork._waiters for fork in forks):
                await asyncio.sleep(0)
        dinner.cancel()
        with pytest.raises(asyncio.CancelledError):
            await dinner
        assert not any(fork.locked() for fork in forks), "a cancelled philosopher puts down what it holds"

    with task("philosophers", tmp_path, order="naive") as made:
        asyncio.run(dine(made))


@LANES
def test_readers_read_together_and_never_half_a_write(lanes: str, tmp_path: Path) -> None:
    with task("readers_writers", tmp_path, writers=0.3, read_ms=2.0, write_ms=0.2) as made:
        results = carry(made, lanes, 40)
        outcome = made.module.report(made.params, made.shared, 40)
    assert outcome["writes"] == results.count(1_000) > 0
    assert outcome["reads"] == results.count(1) == 40 - outcome["writes"]
    assert outcome["torn_reads"] == 0
    # Coroutines come in one after the other before any leaves; threads may, by chance, come too late to meet.
    assert (1 if lanes == "coroutines" else 0) < outcome["most_readers_at_once"] <= outcome["reads"]
    assert made.shared.reading.value == 0


def test_a_writer_is_alone(tmp_path: Path) -> None:
    """While a writer has the data a reader waits, and the other way round."""

    async def meet(made: Task) -> None:
        table = made.share(PlainSharing(2, "coroutines")).shared
        first, second = asyncio.Event(), asyncio.Event()

        async def write() -> None:
            async with table.data:
                first.set()
                await second.wait()

        async def read() -> None:
            async with table.for_reading_async():
                first.set()
                await second.wait()

        for here, there in ((write, read), (read, write), (write, write)):
            first.clear()
            second.clear()
            one = asyncio.ensure_future(here())
            await first.wait()
            first.clear()
            other = asyncio.ensure_future(there())
            await turns(20)
            assert not first.is_set()
            second.set()
            await asyncio.wait_for(asyncio.gather(one, other), 20)
        assert table.reading.value == 0

    async def turns(count: int) -> None:
        for _ in range(count):
            await asyncio.sleep(0)

    with task("readers_writers", tmp_path) as made:
        run: Awaitable[None] = meet(made)
        asyncio.run(asyncio.wait_for(run, 60))


def test_a_torn_read_would_be_counted() -> None:
    table = readers_writers.share({}, PlainSharing())
    table.read((3, 3), (3, 3))
    table.read((3, 3), (4, 3))
    table.read((4, 3), (4, 3))
    assert readers_writers.report({}, table, 3) == {
        "reads": 3, "writes": 0, "most_readers_at_once": 0, "torn_reads": 2,
    }  # fmt: skip
