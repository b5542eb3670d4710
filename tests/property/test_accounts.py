"""Accounts, latencies, waits and depths: they add up whatever comes, and equal a plain reference."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.accounts import Lane, accounts_add_up, at, constructed
from tests.helpers.scripted import START_NS
from workers.contract.spans import SpanKind
from workers.insight import ledger
from workers.insight.accounts import NAMES, Accounts
from workers.insight.cells import Cells, Raster
from workers.insight.latency import Latency
from workers.insight.ledger_rows import Row, Seen
from workers.insight.split import Beneath, Evidence, Times, coroutine, event_loop, thread
from workers.insight.store import RunStore
from workers.insight.summary import summarise

KINDS = [kind for kind in SpanKind if kind not in (SpanKind.TASK, SpanKind.CUT, SpanKind.LOCK, SpanKind.IO)]


def situation(seed: int) -> tuple[Times, Evidence, Beneath]:
    """Cells with anything in them, much of it nothing, and some of it more than a cell has room for."""
    rng = np.random.default_rng(seed)
    cells = 20

    def rows(count: int, most: float) -> np.ndarray:
        return np.floor(rng.random((count, cells)) * most) * rng.integers(0, 2, (count, cells))

    times = Times(rows(1, 5e7)[0], rows(len(Row), 6e7), rows(len(Seen), 6e7))
    return times, Evidence(rows(1, 4)[0], rows(1, 4)[0], rows(1, 6e7)[0]), Beneath(*rows(5, 8e7))


@given(st.integers(0, 2**32), st.booleans(), st.booleans())
def test_whatever_is_in_a_cell_it_is_split_into_its_time(seed: int, elsewhere: bool, complete: bool) -> None:
    times, evidence, beneath = situation(seed)
    for parts in (
        thread(times, evidence, elsewhere=elsewhere, complete=complete),
        event_loop(times, beneath, evidence),
        coroutine(times, beneath.under_way, evidence),
    ):
        assert parts.shape == (len(NAMES), len(times.life))
        assert parts.min() >= -1e-6
        assert np.allclose(parts.sum(axis=0), times.life, rtol=1e-9, atol=1e-3)


@st.composite
def lane_spans(draw: st.DrawFn) -> list[tuple[SpanKind, float, float, int]]:
    """Tasks one after the other, some with waits inside, some with others between."""
    found: list[tuple[SpanKind, float, float, int]] = []
    t = 0.0
    for gap, length, inner, queued in draw(
        st.lists(st.tuples(st.floats(0, 120), st.floats(0, 180), st.sampled_from(["", "lock", "nap"]), st.integers(0, 10**5)), max_size=6)
    ):  # fmt: skip
        if gap > 20:
            found.append((draw(st.sampled_from(KINDS)), t, t + gap / 2, 0))
        start, end = t + gap, t + gap + length
        if inner:
            found.append((SpanKind.LOCK if inner == "lock" else SpanKind.IO, start + length / 4, start + length / 2, 1))
        found.append((SpanKind.TASK, start, end, queued))
        t = end
    return found


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Lane], int]:
    """A few lanes, in one process or several, and in how many batches their spans come."""
    lanes = []
    for number in range(draw(st.integers(1, 3))):
        cpu = draw(st.floats(0, 1))
        lanes.append(
            Lane(
                tid=500 + number,
                pid=draw(st.sampled_from([500, 12041])),
                started=draw(st.sampled_from([-50, 130])),
                ended=draw(st.none() | st.floats(150, 900)),
                spans=draw(lane_spans()),
                cpu=cpu,
                run_queue=draw(st.none() | st.floats(0, 1 - cpu)),
                sleeps_in=draw(st.sampled_from(["", "futex", "io"])),
                sampled=draw(st.booleans()),
                dropped=draw(st.sampled_from([0, 0, 3])),
            )
        )
    return lanes, draw(st.integers(1, 3))


@settings(max_examples=40, deadline=None)
@given(runs(), st.lists(st.floats(-100, 1_100), min_size=2, max_size=6), st.sampled_from([400_000, 20]))
def test_accounts_of_any_run_add_up(run: tuple[list[Lane], int], cuts: list[float], limit: int) -> None:
    before, ledger.CELL_LIMIT = ledger.CELL_LIMIT, limit
    try:
        store = constructed(run[0], 1_000, run[1])
    finally:
        ledger.CELL_LIMIT = before
    accounts_add_up(store)
    made = Accounts(store)
    numbers = [row.info.number for row in store.lanes]
    edges = sorted({at(cut) for cut in cuts} | {at(-200), at(1_200)})
    columns = made.columns(edges, numbers)
    assert columns.shape == (len(numbers), len(edges) - 1, len(NAMES))
    assert columns.min() >= -1e-9
    for i, number in enumerate(numbers):
        assert columns[i].sum(axis=0) == pytest.approx(list(made.of_lane(number).seconds.values()), abs=1e-6)
        part = made.of_lane(number, edges[0], edges[1])
        assert list(part.seconds.values()) == pytest.approx(columns[i, 0].tolist(), abs=1e-6)


@given(
    st.lists(st.tuples(st.integers(-500, 900), st.integers(-5, 700), st.sampled_from([0.25, 1.0])), max_size=12),
    st.integers(0, 3),
)
def test_cells_hold_what_was_spread_over_them(intervals: list[tuple[int, int, float]], halvings: int) -> None:
    raster = Raster(0, 50)
    cells = Cells(raster, 1)
    for start, length, scale in intervals:
        cells.add(0, np.array([start]), np.array([start + length]), scale)
    for _ in range(halvings):
        raster.width_ns *= 2
        cells.halve()
    width = raster.width_ns
    first = -600 // width
    expected = [
        sum(scale * max(0, min(s + n, (i + 1) * width) - max(s, i * width)) for s, n, scale in intervals)
        for i in range(first, first + 2_400 // width)
    ]
    assert cells.read(first, len(expected))[0] == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0.002, 500), st.integers(0, 10**6)), min_size=1, max_size=60))
def test_latencies_and_waits_against_all_of_them_sorted(found: list[tuple[int, float, int]]) -> None:
    lanes = [Lane(tid=500 + number) for number in range(3)]
    t = 0.0
    for number, length, queued in found:
        lanes[number].spans.append((SpanKind.TASK, t, t + length, queued))
        lanes[number].spans.append((SpanKind.LOCK, t, t + length, 1 + number))
        t += length
    store = constructed(lanes, t + 1, batches=3)
    assert store.figures is not None
    latency = store.figures.latency
    service = np.sort([end - start for start, end in _task_times(store)]) / 1e9
    for share in (0.5, 0.9, 0.99):
        exact = service[max(1, int(np.ceil(share * len(service)))) - 1]
        assert latency.whole["service"].quantile(share) == pytest.approx(exact, rel=0.045)
    assert (latency.whole["service"].least_s, latency.whole["service"].most_s) == (service[0], service[-1])
    assert latency.whole["queue"].most_s == max(queued for _, _, queued in found) / 1e6
    assert sum(lane.count for lane in latency.lanes("service")) == len(found)
    at_once = Latency()
    at_once.follow(store)
    assert (at_once.whole["service"].counts == latency.whole["service"].counts).all()
    waits = sorted(wait.seconds for wait in store.figures.waits.sums(store))
    by_lock = {number: sum(length for lock, length, _ in found if lock == number) for number, _, _ in found}
    assert waits == pytest.approx(sorted(ms / 1e3 for ms in by_lock.values()), abs=1e-6)


def _task_times(store: RunStore) -> list[tuple[int, int]]:
    chosen = store.spans["kind"] == SpanKind.TASK
    return list(zip(store.spans["start"][chosen].tolist(), store.spans["end"][chosen].tolist(), strict=True))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 400)), max_size=30), st.integers(0, 4), st.integers(1, 3))
def test_depth_is_what_was_submitted_and_not_begun(tasks: list[tuple[float, float]], left: int, batches: int) -> None:
    """Of each task by its own times, however late the host's counts come; `left` have not begun, and wait since the start."""
    spans = [(SpanKind.TASK, start, start, round(waited * 1_000)) for start, waited in sorted(tasks)]
    lane = Lane(
        tid=500, spans=[*spans, *([(SpanKind.LOCK, 0.0, 1.0, 0)] * left)]
    )  # the helper counts each span as submitted
    store = constructed([lane], 1_000, batches)
    assert store.figures is not None
    t, waiting = store.figures.depth.over_time(store)
    assert len(t) == len(waiting) == 50
    chosen = store.spans["kind"] == SpanKind.TASK
    begun = store.spans["start"][chosen] - START_NS
    handed = np.maximum(begun - store.spans["queued_us"][chosen] * 1_000, 0)
    for moment, depth in zip(t, waiting, strict=True):
        at_ns = round(moment * 1e9)
        assert depth == left + int((handed < at_ns).sum()) - int((begun < at_ns).sum())


def test_depth_of_a_steady_queue_does_not_zigzag() -> None:
    """Two workers, 20 ms a task, two tasks in line: each is handed over when the one before it is begun, 20 ms before its own start."""
    spans = [[(SpanKind.TASK, 20.0 * i, 20.0 * i + 20, 19_900) for i in range(1, 49)] for _ in range(2)]
    store = constructed([Lane(tid=500 + i, spans=each) for i, each in enumerate(spans)], 1_000)
    assert store.figures is not None
    _, waiting = store.figures.depth.over_time(store)
    assert waiting[2:-3].tolist() == [2] * 45
    told = summarise(store)["queue_depth"]
    assert (told["most"], told["bound"]) == (2, None)
    assert told["mean"] == pytest.approx(1.9, abs=0.05)
    assert len(told["t_s"]) == len(told["waiting"]) == 50
    lanes = [lane["latency_s"] for lane in summarise(store)["lanes"]]
    assert [lane["queue"]["median"] for lane in lanes] == pytest.approx([0.0199] * 2, rel=0.03)
    assert [(lane["service"]["min"], lane["service"]["max"]) for lane in lanes] == [pytest.approx((0.02, 0.02))] * 2
