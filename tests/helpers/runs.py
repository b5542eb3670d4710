"""Carry out a run as the window and the terminal do, and hand back its store."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workers.cli.spans import SpanWriter
from workers.client.catalogue import fetch
from workers.client.session import RunSession
from workers.contract.batch import Batch
from workers.contract.config import RunConfig
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

_catalogues: dict[str | None, Catalogue] = {}


def catalogue_of(python: str | None = None) -> Catalogue:
    """The catalogue of an interpreter, asked once a test session."""
    if python not in _catalogues:
        _catalogues[python] = fetch(python)
    return _catalogues[python]


@contextmanager
def session(catalogue: Catalogue | None = None) -> Iterator[RunSession]:
    """A session that knows a catalogue and is closed at the end."""
    opened = RunSession()
    try:
        opened.learn(catalogue or catalogue_of())
        yield opened
    finally:
        opened.close()


def follow(
    opened: RunSession,
    store: RunStore,
    until: Callable[[RunStore], bool] = lambda store: False,
    seconds: float = 60.0,
    writer: SpanWriter | None = None,
    period_s: float = 0.005,
) -> Batch | None:
    """Step every `period_s` until the run is over (returns its last batch) or `until` holds (returns None). Fails after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        batch = opened.step()
        assert batch is not None, "no run is under way"
        store.apply(batch)
        if writer is not None:
            writer.write(batch, store)
        if batch.ended is not None:
            return batch
        if until(store):
            return None
        assert time.monotonic() < end, f"{store.phase} after {seconds} s: {store.counts}, {list(store.texts)[-3:]}"
        time.sleep(period_s)


def run(
    config: RunConfig, catalogue: Catalogue | None = None, seconds: float = 60.0, period_s: float = 0.005
) -> RunStore:
    """Carry out a run from start to end."""
    store = RunStore()
    with session(catalogue or catalogue_of(config.python)) as opened:
        opened.start(config)
        follow(opened, store, seconds=seconds, period_s=period_s)
    return store


def is_running(store: RunStore) -> bool:
    """Whether the clock runs and a task has ended or is under way. Before a worker has begun it, Stop would take it back."""
    begun = store.counts.done + store.counts.failed > 0 or any(lane.worked for lane in store.lanes)
    return store.phase is RunPhase.RUNNING and begun and store.elapsed_s > 0.1


def task_spans(store: RunStore) -> list[tuple[int, int]]:
    """(start, end) of every task, by start."""
    chosen = store.spans["kind"] == SpanKind.TASK
    return sorted(zip(store.spans["start"][chosen].tolist(), store.spans["end"][chosen].tolist(), strict=True))


def overlap(spans: list[tuple[int, int]]) -> int:
    """The largest number of spans that were under way at once."""
    edges = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    most = depth = 0
    for _, step in edges:
        depth += step
        most = max(most, depth)
    return most


def events_account(store: RunStore) -> bool:
    """delivered + dropped == recorded, for every lane."""
    return all(row.info.delivered + row.info.dropped == row.info.recorded for row in store.lanes)
