"""What a sweep prints on a terminal."""

import io

import pytest

from tests.helpers.fake_catalogue import CATALOGUE
from tests.helpers.fake_sweeps import report_of, results
from workers.cli.output import Output
from workers.cli.sweep_tables import WIDE, cells_table, error_lines, law_lines, print_sweep
from workers.contract.config import RunConfig
from workers.contract.sweep import Cell, CellResult, SweepPlan, SweepState
from workers.sweep.facts import Facts
from workers.sweep.report import Report, report

HEADS = ("model", "workers", "chunk", "tasks/s", "95 % interval", "speed-up", "efficiency", "start-up", "rounds")
WHY = "It did not end within 31 s, and was stopped; " + 5 * "this is a sentence as long as they come, "


def with_an_error() -> Report:
    plan = SweepPlan(RunConfig(workload="count_primes"), ("sequential", "process_pool"), (1, 2), (1, 1_000))
    held = results({Cell("sequential", 1): (100.0, 101.0), Cell("process_pool", 2): (50.0, 51.0)})
    wrong = CellResult(Cell("process_pool", 2, 1_000), error=WHY)
    state = SweepState(plan, (*held, wrong), phase="done", pythons={"": "3.11.7"}, spent_s=12.0)
    return report(state, CATALOGUE, Facts(), 2)


def test_an_error_leaves_the_columns_their_room() -> None:
    out = Output(file=io.StringIO(), width=WIDE)
    out.print(cells_table(with_an_error()))
    text = out.file.getvalue()  # type: ignore[attr-defined]
    head, *rows = text.splitlines()
    for name in HEADS:
        assert name in head
    assert "…" not in text
    assert "..." not in text
    assert len(rows) == 3


def test_what_went_wrong_is_below_the_table_whole_and_with_its_cell(capsys: pytest.CaptureFixture[str]) -> None:
    found = with_an_error()
    assert error_lines(found) == [f"process_pool x 2, 1,000 tasks at a time: {WHY}"]
    print_sweep(found)
    assert error_lines(found)[0] in capsys.readouterr().out.replace("\n", " ")


def test_how_far_a_law_is_off_is_a_share_of_one_worker() -> None:
    rates = {Cell("process_pool", n): (98.0 * n, 100.0 * n, 102.0 * n) for n in (1, 2, 4, 8)}
    (curve,) = report_of({**rates, Cell("sequential", 1): (100.0, 101.0)}).curves
    assert any(line.endswith("% of one worker's tasks/s off this curve") for line in law_lines(curve))
