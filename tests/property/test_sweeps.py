"""Sweeps, the pure parts: plans and files read back, intervals, crossovers, recommendations."""

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.fake_catalogue import CATALOGUE, NEWER, catalogue_of
from tests.helpers.fake_sweeps import SweepSession, carry, report_of, results, runner
from tests.helpers.scripted import PYTHON
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.preflight import CheckLine, Preflight
from workers.contract.sweep import Cell, CellResult, SweepPlan
from workers.insight.scaling import LEAST_COUNTS
from workers.sweep.candidates import chunk_sizes, recommending_plan
from workers.sweep.crossover import crossover
from workers.sweep.facts import Facts
from workers.sweep.intervals import Spread, apart, estimate, pooled
from workers.sweep.laws import curves
from workers.sweep.recommend import NOISY_TIE, TIE
from workers.sweep.store import SweepStore

RATES = st.lists(st.floats(0.01, 1e7), min_size=1, max_size=12)
MODELS = ("sequential", "thread_pool", "process_pool", "asyncio_tasks")
CELLS = st.builds(
    Cell,
    st.sampled_from(MODELS),
    st.integers(1, 64),
    st.sampled_from((1, 10, 100)),
    st.just(""),
    st.sampled_from((0.0, 2.5)),
)
PLANS = st.builds(
    SweepPlan,
    st.builds(RunConfig, workload=st.sampled_from(("count_primes", "sleep")), seed=st.integers(0, 9)),
    st.lists(st.sampled_from(MODELS), min_size=1, max_size=4).map(tuple),
    st.lists(st.integers(1, 64), min_size=1, max_size=5).map(tuple),
    repeats=st.integers(1, 9),
    round_s=st.floats(0.1, 10),
    budget_s=st.none() | st.floats(1, 1000),
    halving=st.booleans(),
    chosen=st.lists(CELLS, max_size=4).map(tuple),
)


@given(PLANS)
@settings(deadline=None)
def test_a_plan_is_the_same_after_json(plan: SweepPlan) -> None:
    assert SweepPlan.from_plain(json.loads(json.dumps(plan.plain()))) == plan


@given(CELLS, RATES, st.text(max_size=20))
@settings(deadline=None)
def test_a_result_is_the_same_after_json(cell: Cell, rates: list[float], error: str) -> None:
    made = CellResult(cell, results({cell: tuple(rates)})[0].rounds, error)
    assert CellResult.from_plain(json.loads(json.dumps(made.plain()))) == made


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(("cell", "rounds", "error", "new")), JSON)
@settings(deadline=None)
def test_what_is_no_result_is_refused_in_a_sentence(field: str, junk: Any) -> None:
    plain = results({Cell("thread_pool", 2): (1.0, 2.0)})[0].plain()
    try:
        CellResult.from_plain({**plain, field: junk})
    except ConfigError as error:
        assert str(error).endswith(".")


# ---- the store --------------------------------------------------------------------------------------------------------
@given(st.integers(0, 10_000), st.binary(max_size=6))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_is_cut_or_damaged_is_never_believed_and_never_fatal(tmp_path: Path, at: int, junk: bytes) -> None:
    plan = SweepPlan(RunConfig(workload="count_primes"), ("thread_pool",), (1, 2))
    store = SweepStore(plan, {"": PYTHON.version}, tmp_path)
    held = results({Cell("thread_pool", 1): (10.0, 11.0), Cell("thread_pool", 2): (20.0,)})
    assert store.save(held) == ""
    whole = store.path.read_bytes()
    at %= len(whole)
    store.path.write_bytes(whole[:at] + junk)
    kept = store.load()
    if kept.problem:
        assert not kept.results
        assert store.path.with_suffix(".bak").exists()
        assert not store.path.exists()
    else:
        assert set(kept.results) <= {result.cell for result in held}
    # Whatever it was, the sweep is carried out.
    state = carry(runner(plan, SweepSession(), lambda plan, pythons: SweepStore(plan, pythons, tmp_path)))
    assert state.phase == "done"
    store.path.unlink()


def test_what_is_measured_decides_whether_it_is_the_same_sweep(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text("def f(n): return n")
    base = RunConfig(workload="own_function", params={"file": str(file), "function": "f", "inputs": "[1]"})
    plan = SweepPlan(base, ("thread_pool",), (2,))
    key = SweepStore(plan, {"": "3.11.7"}, tmp_path).key
    assert SweepStore(SweepPlan(base, ("sequential",), (1,), repeats=9), {"": "3.11.7"}, tmp_path).key == key
    assert SweepStore(plan, {"": "3.14.0"}, tmp_path).key != key
    file.write_text("def f(n): return n + 1")
    assert SweepStore(plan, {"": "3.11.7"}, tmp_path).key != key
    data = tmp_path / "data.csv"
    data.write_text("n\n1\n")
    plan = SweepPlan(base.changed(params={**base.params, "inputs": f"@{data}:n"}), ("thread_pool",), (2,))
    key = SweepStore(plan, {"": "3.11.7"}, tmp_path).key
    data.write_text("n\n2\n")
    assert SweepStore(plan, {"": "3.11.7"}, tmp_path).key != key


# ---- intervals --------------------------------------------------------------------------------------------------------
@given(RATES, st.floats(0.001, 1000))
@settings(deadline=None)
def test_an_interval_holds_its_median_and_follows_the_unit(rates: list[float], factor: float) -> None:
    found = estimate(rates, Spread(0.1, 5))
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high
    other = estimate([rate * factor for rate in rates], Spread(0.1, 5))
    assert other.value == pytest.approx(found.value * factor)
    assert other.low == pytest.approx(found.low * factor, rel=1e-6)


def test_one_round_alone_has_no_interval_and_two_have_a_wide_one() -> None:
    assert not estimate([5.0]).known
    assert estimate([5.0]).half_width == math.inf
    assert estimate([5.0], Spread(0.02, 4)).half_width < 0.1
    assert estimate([100.0, 105.0]).half_width > 0.2
    assert estimate([100.0, 105.0, 103.0, 99.0, 101.0]).half_width < 0.05
    with pytest.raises(ValueError, match="above 0"):
        estimate([])


@given(st.integers(6, 60))
@settings(deadline=None)
def test_order_statistics_reach_the_level_and_no_less(count: int) -> None:
    values = [float(value) for value in range(1, count + 1)]
    found = estimate(values)
    assert found.low is not None
    place = int(found.low)
    outside = 2 * sum(math.comb(count, i) for i in range(place)) / 2**count
    assert outside <= 0.05
    one_more = 2 * sum(math.comb(count, i) for i in range(place + 1)) / 2**count
    assert one_more > 0.05


def test_what_differs_is_told_from_noise() -> None:
    calm, rough = pooled([[100, 101, 99], [200, 201, 199]]), pooled([[100, 150, 70], [120, 190, 90]])
    assert apart([100, 101, 99], [110, 111, 109], calm)
    assert not apart([100, 150, 70], [120, 190, 90], rough)
    assert not apart([1.0], [9.0], Spread())


# ---- crossover --------------------------------------------------------------------------------------------------------
@given(st.floats(1e-5, 1e-2), st.floats(1.3, 3.9))
@settings(deadline=None, max_examples=40)
def test_the_break_even_of_two_known_models_is_found(overhead: float, gain: float) -> None:
    """Sequential takes t; the other one (t + overhead) / gain. They are equal at t = overhead / (gain - 1)."""
    truth = overhead / (gain - 1)
    rates: dict[Cell, tuple[float, ...]] = {}
    for power in range(-8, 9):
        task_s = truth * 10 ** (power / 4)
        for model, workers, rate in (
            ("sequential", 1, 1 / task_s),
            ("process_pool", 4, gain / (task_s + overhead)),
        ):
            rates[Cell(model, workers, size=task_s)] = tuple(rate * (1 + wiggle) for wiggle in (-0.01, 0.0, 0.01))
    found = crossover(results(rates))
    assert found is not None
    (pair,) = found.pairs
    assert (pair.short, pair.long, pair.times) == ("sequential", "process_pool", 1)
    assert pair.task_s == pytest.approx(truth, rel=0.1)
    assert pair.low_s is not None
    assert pair.high_s is not None
    assert pair.low_s <= pair.task_s <= pair.high_s
    for square in found.squares:
        if square.task_s < 0.5 * truth:
            assert square.winner.model == "sequential"
        if square.task_s > 2 * truth:
            assert square.winner.model == "process_pool"
            assert square.ahead > 1


def test_no_crossover_in_the_measured_range_is_an_answer() -> None:
    rates = {
        Cell(model, workers, size=size): (rate / size, 1.01 * rate / size)
        for size in (1.0, 10.0)
        for model, workers, rate in (("sequential", 1, 100.0), ("thread_pool", 2, 190.0))
    }
    found = crossover(results(rates))
    assert found is not None
    assert [(pair.short, pair.other, pair.task_s) for pair in found.pairs] == [("thread_pool", "sequential", None)]
    assert crossover(results({Cell("sequential", 1, size=1.0): (5.0,)})) is None


# ---- laws -------------------------------------------------------------------------------------------------------------
def test_curves_carry_a_law_where_four_counts_do_and_say_why_where_not() -> None:
    def usl(n: int) -> float:
        return 100 * n / (1 + 0.05 * (n - 1) + 0.001 * n * (n - 1))

    rates = {Cell("process_pool", n): (0.99 * usl(n), usl(n), 1.01 * usl(n)) for n in (1, 2, 4, 8, 16, 32)}
    rates[Cell("sequential", 1)] = (110.0, 111.0, 109.0)
    rates |= {Cell("thread_pool", n): (100.0, 101.0) for n in (1, 2)}
    processes, threads = curves(results(rates))
    assert processes.usl is not None
    assert processes.amdahl is not None
    assert processes.usl.alpha_interval[0] <= 0.05 <= processes.usl.alpha_interval[1]
    assert len(processes.usl.residuals) == 18
    assert processes.base.model == "sequential"
    assert processes.points[1].speed_up.value == pytest.approx(usl(2) / 110, rel=0.001)
    assert processes.points[1].efficiency.value == pytest.approx(usl(2) / 220, rel=0.001)
    assert processes.fitted(processes.usl, [2])[0] == pytest.approx(usl(2) / 110, rel=0.02)
    assert threads.usl is None
    assert f"at least {LEAST_COUNTS}" in threads.why_not


# ---- recommendation ---------------------------------------------------------------------------------------------------
@given(
    st.dictionaries(
        st.builds(Cell, st.sampled_from(MODELS), st.sampled_from((1, 2, 8))),
        st.lists(st.floats(50, 500), min_size=1, max_size=5).map(tuple),
        min_size=1,
        max_size=8,
    )
)
@settings(deadline=None)
def test_what_is_recommended_is_never_far_behind_the_best(rates: dict[Cell, tuple[float, ...]]) -> None:
    found = report_of(rates).recommendation
    assert found is not None
    best = max(report_of(rates).rows, key=lambda row: row.throughput.value if row.throughput else 0.0)
    assert best.throughput is not None
    assert found.throughput.value >= (1 - NOISY_TIE) * best.throughput.value
    assert 1 <= len(found.evidence) <= 3
    assert found.runner_up != found.cell
    assert found.said.text.endswith(".")
    for said in (*found.changes, *found.warnings):
        assert "{" not in said.text


def steady(rate: float) -> tuple[float, ...]:
    return (0.995 * rate, rate, 1.005 * rate)


def test_a_tie_goes_to_the_simpler_one() -> None:
    tie = {
        Cell("process_pool", 2): steady(101),
        Cell("thread_pool", 2): steady(100),
        Cell("asyncio_tasks", 8): steady(102),
    }
    found = report_of(tie).recommendation
    assert found is not None
    assert found.cell.model == "thread_pool"
    assert found.tie
    assert any(said.id == "change.tie" for said in found.changes)
    ahead = {**tie, Cell("process_pool", 2): steady((1 + 2 * TIE) * 102)}
    found = report_of(ahead).recommendation
    assert found is not None
    assert found.cell.model == "process_pool"


def test_processes_are_not_recommended_without_a_warning_where_something_global_is_changed() -> None:
    rates = {Cell("sequential", 1): steady(100), Cell("process_pool", 2): steady(190)}
    found = report_of(rates, facts=Facts(changes_globals=True, globals_text="It changes counter.")).recommendation
    assert found is not None
    assert found.cell.model == "process_pool"
    assert [said.id for said in found.warnings] == ["warn.globals"]
    assert "It changes counter." in found.warnings[0].text
    plain = report_of(rates).recommendation
    assert plain is not None
    assert not plain.warnings
    assert [item.unit for item in plain.evidence] == ["tasks/s", "times", "times"]
    assert plain.evidence[1].value == pytest.approx(1.9)


def test_what_cannot_be_pickled_leaves_processes_out_with_the_reason() -> None:
    line = CheckLine(
        "picklable_result", False, "What it returns cannot be pickled because of a lambda.", "Return data."
    )
    looked = Preflight((line,), "", 1, "", False, call_s=0.001, gil_released=0.0, waits=0.0, argument_bytes=5)
    facts = Facts.of_preflight(looked)
    assert not facts.picklable
    plan = recommending_plan(RunConfig(workload="count_primes"), CATALOGUE, facts, 2)
    assert {cell.model for cell in plan.chosen} == {"sequential", "thread_pool"}
    found = report_of(
        {Cell("sequential", 1): steady(100), Cell("thread_pool", 2): steady(99)}, facts=facts
    ).recommendation
    assert found is not None
    assert any("because of a lambda" in said.text for said, _ in found.findings if said.id == "finding.left_out")
    large = Facts.of_preflight(replace(looked, result_bytes=50_000_000))
    assert large.picklable
    assert large.result_bytes == 50_000_000


def test_short_tasks_are_told_that_trips_cost_more_and_from_when_not() -> None:
    """Two processes at 10 us a trip beside tasks of 2 us: they pay from 10 us on."""
    rates = {Cell("sequential", 1): steady(1 / 2e-6), Cell("process_pool", 2): steady(2 / 12e-6)}
    found = report_of(rates).recommendation
    assert found is not None
    assert found.cell.model == "sequential"
    (longer,) = [said for said in found.changes if said.id == "change.longer"]
    assert longer.values["time"] == "10 µs"
    assert any(said.id == "finding.overhead" for said, _ in found.findings)


@given(st.floats(1e-7, 20), st.floats(0, 1), st.floats(0, 1), st.booleans(), st.floats(5, 600))
@settings(deadline=None)
def test_the_plan_of_a_recommendation_keeps_to_its_budget(
    call_s: float, released: float, waits: float, is_async: bool, budget: float
) -> None:
    facts = Facts(call_s=call_s, gil_released=released, waits=waits, is_async=is_async)
    plan = recommending_plan(RunConfig(workload="count_primes"), CATALOGUE, facts, 2, budget)
    assert plan.chosen
    assert plan.budget_s == budget
    assert plan.round_s <= 10.0
    models = {cell.model for cell in plan.chosen}
    assert models <= {"sequential", "thread_pool", "process_pool", "asyncio_tasks"}
    assert ("asyncio_tasks" in models) is is_async
    assert all(cell.chunksize == 1 for cell in plan.chosen if cell.model != "process_pool")


def test_further_interpreters_are_tried_where_they_have_more() -> None:
    newer = catalogue_of(NEWER)
    facts = Facts(call_s=0.05, gil_released=0.0, waits=0.0)
    plan = recommending_plan(RunConfig(workload="count_primes"), CATALOGUE, facts, 2, 300.0, {NEWER.executable: newer})
    assert set(plan.pythons) == {"", NEWER.executable}
    assert {cell.model for cell in plan.chosen if cell.python} >= {
        cell.model for cell in plan.chosen if not cell.python
    }


def test_chunks_are_for_short_tasks() -> None:
    assert chunk_sizes(0.5) == (1,)
    assert chunk_sizes(0.001) == (1, 5, 50)
    assert chunk_sizes(2e-6) == (1, 2_000, 10_000)
