"""What can be changed while a run is under way: workers, live parameters and options."""

import pytest

from tests.helpers.runs import catalogue_of, follow, overlap, session, task_spans
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.insight.store import RunStore

CATALOGUE = catalogue_of()
TURNED = [key for key, info in CATALOGUE.models.items() if info.live_workers and not info.unavailable]
FIXED = [key for key, info in CATALOGUE.models.items() if not info.live_workers and not info.unavailable]


def options_of(model: str, workers: int) -> dict[str, int]:
    if model == "processes_with_threads":
        return {"threads": 1}
    return {"pool_size": workers} if CATALOGUE.models[model].live_workers == "pool" else {}


def tasks_after(store: RunStore, t_ns: int) -> list[tuple[int, int]]:
    return [(start, end) for start, end in task_spans(store) if start >= t_ns]


@pytest.mark.parametrize("model", TURNED)
def test_workers_are_turned_up_and_down(model: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(
            RunConfig(model, "sleep", 1, tasks=None, params={"ms": 20.0}, options=options_of(model, 4))  # type: ignore[arg-type]
        )
        follow(opened, store, lambda store: store.counts.done >= 3)
        assert overlap(task_spans(store)) == 1
        opened.turn("workers", 4)
        follow(opened, store, lambda store: overlap(task_spans(store)) == 4, seconds=15)
        assert store.counts.active == 4
        opened.turn("workers", 2)
        follow(opened, store, lambda store: store.counts.active == 2)
        turned = store.now_ns
        # Those under way may end, and what the model had handed out ahead is done.
        follow(opened, store, lambda store: len(tasks_after(store, turned)) >= 24)
        assert overlap(tasks_after(store, turned)[8:]) <= 2
        opened.stop()
        follow(opened, store)
    assert store.counts.lost == 0
    assert [mark.text for mark in store.marks if mark.kind == "workers"] == ["1 worker", "4 workers", "2 workers"]


@pytest.mark.parametrize("model", FIXED)
def test_models_that_cannot_say_so(model: str) -> None:
    store = RunStore()
    with session() as opened:
        opened.start(RunConfig(model, "sleep", 1, tasks=None, params={"ms": 5.0}))
        follow(opened, store, lambda store: store.counts.done >= 1)
        with pytest.raises(ConfigError, match="cannot change its workers while it runs"):
            opened.turn("workers", 2)
        opened.stop()
        follow(opened, store)
    assert store.counts.lost == 0


def test_a_pool_has_the_size_it_was_made_with() -> None:
    store = RunStore()
    with session() as opened:
        with pytest.raises(ConfigError, match="Nothing runs"):
            opened.turn("workers", 2)
        opened.start(RunConfig("thread_pool", "sleep", 2, tasks=None, params={"ms": 5.0}))
        follow(opened, store, lambda store: store.counts.done >= 1)
        with pytest.raises(ConfigError, match="made with 2 workers: set pool_size"):
            opened.turn("workers", 3)
        with pytest.raises(ConfigError, match="must be at least 1"):
            opened.turn("workers", 0)
        with pytest.raises(ConfigError, match="cannot be changed while"):
            opened.turn("params.ms", 2.0)
        with pytest.raises(ConfigError, match=r"must be from 0\.001 to"):
            opened.turn("options.switch_ms", 0.0)
        opened.turn("options.switch_ms", 0.5)
        follow(opened, store, lambda store: any(mark.kind == "turn" for mark in store.marks))
        opened.stop()
        follow(opened, store)
    assert [mark.text for mark in store.marks if mark.kind == "turn"] == ["switch_ms 0.5"]


def test_the_waiting_share_of_mixed_is_turned() -> None:
    store = RunStore()

    def cpu_and_tasks() -> tuple[int, int]:
        lane = next(row for row in store.lanes if row.info.role == "worker")
        return lane.info.cpu_ns, lane.tasks

    with session() as opened:
        opened.start(RunConfig("process_pool", "mixed", 1, tasks=None, params={"share": 0.0}))
        follow(opened, store, lambda store: store.counts.done >= 5)
        before = cpu_and_tasks()
        opened.turn("params.share", 1.0)
        follow(opened, store, lambda store: any(mark.kind == "turn" for mark in store.marks))
        seen = store.counts.done + 5  # what had been handed out before
        follow(opened, store, lambda store: store.counts.done >= seen)
        start = cpu_and_tasks()
        follow(opened, store, lambda store: store.counts.done >= seen + 20)
        end = cpu_and_tasks()
        opened.stop()
        follow(opened, store)
    assert [mark.text for mark in store.marks if mark.kind == "turn"] == ["share 1.0"]
    assert (end[0] - start[0]) / (end[1] - start[1]) < before[0] / before[1] / 3
