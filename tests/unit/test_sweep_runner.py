"""The runner as a state machine: any order of events is played to it by a scripted session."""

from pathlib import Path

import pytest

from tests.helpers.fake_sweeps import FACTORS, Answer, SweepSession, carry, results, runner
from tests.helpers.scripted import PYTHON
from workers.contract.batch import Batch, Counts, RunEnded
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.contract.sweep import Cell, CellResult, SweepPlan
from workers.sweep.costs import Costs
from workers.sweep.facts import Facts
from workers.sweep.round import LEAST_S, STOP_S, RoundWatch
from workers.sweep.runner import SweepRunner
from workers.sweep.store import SweepStore

BASE = RunConfig(workload="count_primes")
PLAN = SweepPlan(BASE, ("sequential", "thread_pool", "process_pool"), (1, 2, 4), repeats=3)
CELLS = 1 + 3 + 3


_calls: list[int] = [0]


def noisy(config: RunConfig) -> float:
    """One model's rounds differ by a third; the others do not."""
    _calls[0] += 1
    swing = 0.3 * (-1) ** _calls[0] if config.model == "thread_pool" else 0.0
    return FACTORS[config.model] * config.workers * (1 + swing)


def test_every_cell_gets_its_rounds_in_turns_and_in_a_shuffled_order() -> None:
    session = SweepSession()
    state = carry(runner(PLAN, session))
    assert state.phase == "done"
    assert [len(result.rounds) for result in state.results] == [3] * CELLS
    assert state.rounds_done == 3 * CELLS
    assert state.rounds_left == 0
    order = [(config.model, config.workers) for config in session.configs]
    passes = [order[place : place + CELLS] for place in range(0, len(order), CELLS)]
    assert all(len(set(one)) == CELLS for one in passes)
    assert len({tuple(one) for one in passes}) > 1
    again = SweepSession()
    carry(runner(PLAN, again))
    assert again.configs == session.configs
    # What was measured is what the session played.
    best = max(state.results, key=lambda result: result.throughputs[0])
    assert best.throughputs[0] == pytest.approx(600, rel=0.01)
    assert best.rounds[0].startup_s == pytest.approx(0.25)


def test_noise_asks_for_more_rounds_of_that_cell() -> None:
    state = carry(runner(PLAN, SweepSession(rate=noisy)))
    rounds = {result.cell.model: len(result.rounds) for result in state.results if result.cell.workers == 1}
    assert rounds["sequential"] == 3
    assert rounds["thread_pool"] == 7


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ({"errors": {"thread_pool": "A worker was killed."}}, "A worker was killed."),
        ({"refused": {"thread_pool": "No room for it."}}, "No room for it."),
        ({"failing": frozenset({"thread_pool"})}, "ValueError: no"),
        ({"stuck": frozenset({"thread_pool"})}, "Deadlock"),
        ({"endless": frozenset({"thread_pool"})}, "did not end within"),
    ],
)
def test_a_cell_that_goes_wrong_is_named_and_does_not_end_the_sweep(trouble: dict[str, object], words: str) -> None:
    session = SweepSession(**trouble)  # type: ignore[arg-type]
    state = carry(runner(PLAN, session))
    assert state.phase == "done"
    for result in state.results:
        assert (words in result.error) is (result.cell.model == "thread_pool"), result
        assert len(result.throughputs) == (0 if result.error else 3)
    if "endless" in trouble:
        assert session.calls.count("interrupt") == 3


def test_stop_ends_the_round_under_way_and_keeps_what_was_measured(tmp_path: Path) -> None:
    made = runner(PLAN, SweepSession(), lambda plan, pythons: SweepStore(plan, pythons, tmp_path))
    carry(made, lambda state: state.rounds_done == 4 and state.current is not None)
    made.stop()
    assert made.state.phase == "stopping"
    state = carry(made)
    assert state.phase == "stopped"
    assert state.rounds_done == 4
    before = state
    made.stop()
    assert made.step() is False
    assert made.state is before


@pytest.mark.parametrize("done", [0, 1, 17, 89])
def test_a_sweep_of_thirty_cells_that_was_interrupted_goes_on_where_it_was(tmp_path: Path, done: int) -> None:
    """The session is taken away in the midst of a round, as by closing the window or killing the process."""
    plan = SweepPlan(BASE, ("thread_pool", "process_pool", "asyncio_tasks"), tuple(range(1, 11)), repeats=3)

    def keep(plan: SweepPlan, pythons: object) -> SweepStore:
        return SweepStore(plan, pythons, tmp_path)  # type: ignore[arg-type]

    first = SweepSession()
    carry(runner(plan, first, keep), lambda state: state.rounds_done == done and state.current is not None)
    second = SweepSession()
    state = carry(runner(plan, second, keep))
    assert state.resumed == done
    assert [len(result.rounds) for result in state.results] == [3] * 30
    assert len(second.configs) == 90 - done
    # Another start from the beginning forgets.
    third = SweepSession()
    state = carry(runner(plan, third, keep, resume=False), lambda state: state.rounds_done == 1)
    assert state.resumed == 0
    assert SweepStore(plan, {"": PYTHON.version}, tmp_path).load().rounds(result.cell for result in state.results) == 1


def test_cells_of_another_plan_of_the_same_work_are_kept_and_count(tmp_path: Path) -> None:
    def keep(plan: SweepPlan, pythons: object) -> SweepStore:
        return SweepStore(plan, pythons, tmp_path)  # type: ignore[arg-type]

    carry(runner(SweepPlan(BASE, ("sequential",), (1,)), SweepSession(), keep))
    carry(runner(SweepPlan(BASE, ("thread_pool",), (2,)), SweepSession(), keep))
    session = SweepSession()
    state = carry(runner(SweepPlan(BASE, ("sequential", "thread_pool"), (2,)), session, keep))
    assert (state.resumed, len(session.configs)) == (6, 0)


def test_the_budget_ends_it_and_the_estimate_says_so() -> None:
    plan = SweepPlan(BASE, PLAN.models, PLAN.workers, repeats=9, budget_s=10.0)
    session = SweepSession()
    made = runner(plan, session)
    begun = session.now_s
    carry(made, lambda state: state.rounds_done == 1)
    assert made.state.left_s is not None
    assert made.state.left_s <= 10.0
    state = carry(made)
    assert state.phase == "done"
    assert session.now_s - begun <= 10.0
    assert state.rounds_done >= 6


def test_a_round_that_does_not_end_takes_no_more_than_is_left_of_the_budget() -> None:
    plan = SweepPlan(BASE, ("thread_pool", "process_pool"), (1, 2), budget_s=12.0, repeats=1)
    session = SweepSession(endless=frozenset({"process_pool"}))
    begun = session.now_s
    state = carry(runner(plan, session))
    assert state.phase == "done"
    assert any(result.error for result in state.results)
    # The last may begin shortly before the end, and is then given LEAST_S; the script's steps last a second.
    assert session.now_s - begun <= 12.0 + plan.round_s + LEAST_S + STOP_S + 2
    assert state.spent_s >= 12.0


def test_what_the_budget_cut_off_keeps_what_was_measured_before() -> None:
    cell = Cell("process_pool", 2)
    before = results({cell: (100.0,)})[0]
    ended = RunEnded(RunPhase.FINISHED, 10_000_000_000, None, True)
    for held, left_s, deadline in ((before, 7.0, 7.0), (CellResult(cell), 7.0, 7.0), (before, None, 31.0)):
        watch = RoundWatch(held, 1.0, 0.0, 100.0, left_s)
        assert watch.due(100.0 + deadline - 0.1) == ""
        assert watch.due(100.0 + deadline) == "stop"
        watch.take(Batch(10_000_000_000, RunPhase.FINISHED, Counts(), ended=ended))
        assert watch.lasted_s(109.0) == 9.0
        if held.rounds and left_s:
            assert watch.result() == before
        else:
            assert f"within {deadline:.0f} s" in watch.result().error
    # However little is left, a slow start is no failure, nor is a long task.
    assert RoundWatch(before, 1.0, 0.0, 100.0, 0.5).due(105.9) == ""
    assert RoundWatch(before, 1.0, 10.0, 100.0, 0.5).due(125.9) == ""


def test_halving_spends_its_rounds_on_the_best() -> None:
    plan = SweepPlan(BASE, ("thread_pool", "process_pool"), (1, 2, 3, 4, 5, 6), repeats=5, halving=True)
    state = carry(runner(plan, SweepSession(rate=lambda config: 100.0 * config.workers**2)))
    rounds = {result.cell.workers: len(result.rounds) for result in state.results}
    assert rounds[1] == 1
    assert rounds[6] >= 5
    assert rounds[6] >= rounds[4] >= rounds[2]


def test_an_interpreter_that_does_not_answer_is_one_sentence() -> None:
    session = SweepSession()
    made = SweepRunner(
        PLAN, session, lambda python: Answer(python, ConfigError("It is gone.", "python")), lambda plan, pythons: None
    )
    state = carry(made)
    assert (state.phase, state.problem) == ("failed", "It is gone.")
    assert not session.configs


def test_what_cannot_be_is_left_out_with_the_reason_and_nothing_left_is_a_sentence() -> None:
    facts = Facts(picklable=False, unpicklable_why="A lambda cannot be pickled.")
    state = carry(runner(PLAN, SweepSession(), facts=facts))
    assert {item.model: item.why for item in state.left_out} == {"process_pool": "A lambda cannot be pickled."}
    assert {result.cell.model for result in state.results} == {"sequential", "thread_pool"}
    only = SweepPlan(BASE, ("process_pool",), (2,))
    state = carry(runner(only, SweepSession(), facts=facts))
    assert state.phase == "failed"
    assert "Nothing is left to measure" in state.problem
    state = carry(runner(SweepPlan(BASE, ("thred_pool",), (2,)), SweepSession()))
    assert "did you mean thread_pool" in state.problem


def test_costs_learn_from_what_rounds_took() -> None:
    costs = Costs(PLAN, {"thread_pool": "threads", "process_pool": "processes"}, call_s=0.0)
    cell, other = Cell("process_pool", 2), Cell("process_pool", 4)
    guessed = costs.of(cell)
    assert guessed > PLAN.round_s
    session = SweepSession()
    state = carry(runner(SweepPlan(BASE, ("process_pool",), (2,), repeats=1), session))
    costs.learn(state.results[0])
    assert costs.of(cell) == pytest.approx(1.25)
    assert costs.of(other) == pytest.approx(1.25)
    assert costs.left([(cell, 2), (other, 1)], 0, 0.0) == pytest.approx(3.75)


def test_a_store_that_cannot_be_written_is_said_and_the_sweep_goes_on(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    state = carry(runner(PLAN, SweepSession(), lambda plan, pythons: SweepStore(plan, pythons, blocked)))
    assert state.phase == "done"
    assert "cannot be kept" in state.problem


def test_where_all_goes_wrong_the_budget_ends_it_too() -> None:
    """Each round takes what it takes until it is interrupted: without a measurement no round is known to be short enough."""
    plan = SweepPlan(BASE, ("thread_pool", "process_pool"), tuple(range(1, 11)), budget_s=30.0, repeats=1)
    session = SweepSession(endless=frozenset({"thread_pool", "process_pool"}))
    state = carry(runner(plan, session))
    assert state.phase == "done"
    assert not any(result.rounds for result in state.results)
    assert 1 <= len(session.configs) < 20
    assert state.spent_s >= 30.0
