"""The benchmark suite's own sums: verdicts, the table, and what is rewritten in the documents. Nothing is measured here."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as suite
from tests.benchmarks import publish, runner, table
from tests.benchmarks.figures import INCONCLUSIVE, MET, MISSED, NO_PEER, SHOWN, Figure, Row, Scale, ratio
from tests.benchmarks.measured import Measured
from tests.benchmarks.rows import ROWS, chosen
from tests.benchmarks.runner import ROOT, run_all

FAST = Figure("a record", "x", (3.0, 4.0, 8.0), 5.0, peer="an empty call", note="Both with the loop.")
SLOW = Figure("a frame", "ms", (9.0, 10.0, 12.0, 11.0, 10.0), 8.0)
AHEAD = Figure("events", "x", (12.0,), 10.0, ">=")
ALONE = Figure("a span", "x", (), 1.0, ">=", peer="viztracer, which is not installed")
SHOWN_ONLY = Figure("a dropped event", "%", (0.0,))
WHOLE = Measured(
    True, "2030-01-02", 90.0, ("2 cores", "CPython, numpy"), tuple(Row(each.key, each.title) for each in ROWS)
)


@pytest.mark.parametrize(
    ("figure", "free", "busy"),
    [
        (FAST, MET, INCONCLUSIVE),
        (SLOW, MISSED, INCONCLUSIVE),
        (AHEAD, MET, INCONCLUSIVE),
        (Figure("bytes", "bytes", (25.0,), 24.0, steady=True), MISSED, MISSED),
        (ALONE, NO_PEER, NO_PEER),
        (SHOWN_ONLY, SHOWN, SHOWN),
    ],
)
def test_a_verdict_depends_on_the_target_and_on_free_cores(figure: Figure, free: str, busy: str) -> None:
    assert Row("P3", "").verdict(figure) == free
    assert Row("P3", "", busy="the cores were 10% idle").verdict(figure) == busy


def test_a_ratio_is_of_pairs_and_may_be_how_many_times_theirs_is_ours() -> None:
    figure = ratio("", [1.0, 2.0, 4.0], [2.0, 2.0, 2.0], scale=1e3, unit="ms")
    assert figure.values == (0.5, 1.0, 2.0)
    assert (figure.ours, figure.theirs) == ("2,000.00 ms", "2,000.00 ms")
    assert ratio("", [1.0, 2.0], [3.0, 4.0], inverse=True).values == (3.0, 2.0)


def test_the_spread_is_half_of_the_rounds_or_all_of_a_few() -> None:
    assert FAST.spread == (3.0, 8.0)
    assert SLOW.spread == (10.0, 11.0)
    assert SLOW.middle == 10.0


def test_rows_come_back_from_json_as_they_were() -> None:
    row = Row("P3", "Emit", (FAST, ALONE), 1.5, busy="it was busy")
    assert Row.from_plain(row.plain()) == row


def test_the_table_says_by_how_much_a_target_is_missed_and_why_nothing_is_concluded() -> None:
    text = "\n".join(
        table.lines([Row("P3", "Emit", (FAST, SLOW, ALONE)), Row("P4", "Frame", (AHEAD,), busy="the cores were busy")])
    )
    assert "| P3 | a record (1) | **4.00x** [3.00..8.00] |" in text
    assert "missed: 1.25 times the target" in text
    assert "viztracer, which is not installed" in text
    assert "1. Both with the loop." in text
    assert "**INCONCLUSIVE**" in text
    assert "- P4 is INCONCLUSIVE: the cores were busy." in text


def test_a_row_that_failed_stands_in_the_table_with_the_reason() -> None:
    text = "\n".join(table.lines([Row("P7", "Cold start", error="No window was painted.")]))
    assert "| P7 | Cold start |" in text
    assert "**failed**: No window was painted." in text


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    before = "# Title\n<!-- measured: table -->\nold\n<!-- end -->\nby hand\n"
    assert (
        publish.replaced(before, "table", ["new"]) == "# Title\n<!-- measured: table -->\nnew\n<!-- end -->\nby hand\n"
    )
    assert publish.replaced(publish.replaced(before, "table", ["new"]), "table", ["old"]) == before
    with pytest.raises(ValueError, match="There is no"):
        publish.replaced("# Title\n", "table", ["new"])


def documents(folder: Path) -> Path:
    """Copies of both, not yet measured."""
    (folder / "docs").mkdir()
    for name, mark in (("README.md", "three numbers"), ("docs/BENCHMARKS.md", "table")):
        text = publish.replaced((ROOT / name).read_text(encoding="utf-8"), mark, ["Not yet measured."])
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_both_documents_have_their_marks(tmp_path: Path) -> None:
    root = documents(tmp_path)
    row = Row("P1", "", (Figure("a whole run, 10 tasks of 100 us in chunks of 5", "x", (1.01,), 1.02),))
    publish.write(replace(WHOLE, seconds=600.0, rows=(row,)), root)
    assert "**1.01x**" in (root / "README.md").read_text(encoding="utf-8")
    assert "10 minutes: 1 met" in (root / "docs" / "BENCHMARKS.md").read_text(encoding="utf-8")


def test_the_page_has_date_machine_and_failed_rows_as_they_were_measured() -> None:
    text = "\n".join(publish.page(replace(WHOLE, rows=(Row("P3", "", (FAST,)), Row("P4", "", error="Gone.")))))
    assert "Measured on 2030-01-02 in 2 minutes: 1 met, 1 row failed (P4)." in text
    assert "- CPython, numpy" in text


def test_failed_or_inconclusive_rows_do_not_replace_a_published_table(tmp_path: Path) -> None:
    root = documents(tmp_path)
    failed, busy = replace(WHOLE, rows=(Row("P4", "", error="Gone."),)), replace(WHOLE, rows=(Row("P3", "", busy="x"),))
    assert publish.why_not(failed, root) == publish.why_not(busy, root) == ""
    publish.write(WHOLE, root)
    assert publish.why_not(failed, root) == "P4 failed"
    assert publish.why_not(busy, root) == "all rows are INCONCLUSIVE"
    assert publish.why_not(WHOLE, root) == ""


def test_what_was_measured_comes_back_from_json() -> None:
    measured = replace(WHOLE, rows=(*WHOLE.rows[1:], Row("P1", "", (FAST, ALONE), 1.5, busy="it was busy")))
    assert Measured.from_text(measured.text()) == measured


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"schema": 7}, "has no schema 1"),
        ({"rows": WHOLE.rows[2:]}, "is whole, and lacks P1, P2"),
        ({"whole": False}, "not of all rows"),
        ({"rows": 3}, "something else"),
        ({"rows": [{"figures": []}]}, "lacks 'seconds'"),
        ({"seconds": "long"}, "something else"),
    ],
)
def test_other_json_is_refused_in_a_sentence(
    change: dict[str, object], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rows.json"
    if isinstance(change.get("rows"), tuple):
        change = {"rows": [row.plain() for row in WHOLE.rows[2:]]}
    file.write_text(json.dumps({**json.loads(WHOLE.text()), **change}))
    assert refused(["--from", str(file)], capsys).endswith("nothing was written.\n")
    assert sentence in refused(["--from", str(file)], capsys)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--from", "/nope"], "--from /nope cannot be read"),
        (["--from", ""], "cannot be read"),
        (["--from", "x", "--quick"], "--quick does not go with it"),
        (["--json", "/nope/rows.json"], "--json /nope/rows.json cannot be written"),
        (["--publish-anyway", "--only", "P3"], "--only does not go with it"),
        (["--only", "P99"], "There is no row P99"),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_measured(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sentence in refused(arguments, capsys)


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The last line of what the suite says to them."""
    with pytest.raises(SystemExit) as ended:
        suite.main(arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines(keepends=True)[-1]


def test_the_headlines_find_their_figures_in_the_rows_that_have_them() -> None:
    lines = publish.headlines([])
    assert sum("not measured" in line for line in lines) == 3
    rows = [
        Row(
            "P1",
            "",
            (Figure("a whole run, 10 tasks of 100 us in chunks of 5", "x", (1.01,), 1.02),),
            busy="it was busy",
        )
    ]
    assert any("**INCONCLUSIVE**" in line for line in publish.headlines(rows))


def test_rows_are_chosen_by_name() -> None:
    assert [entry.key for entry in chosen("p3, P6")] == ["P3", "P6"]
    assert chosen("") == ROWS
    with pytest.raises(ValueError, match="There is no row P99"):
        chosen("P99")


def test_a_reason_that_several_rows_have_is_told_once_and_only_of_rows_it_spoils() -> None:
    steady = replace(FAST, steady=True)
    rows = [Row("P3", "", (FAST,), busy="x"), Row("P6", "", (steady,), busy="x"), Row("P7", "", (SLOW,), busy="x")]
    assert table.lines(rows)[-1] == "- P3, P7 are INCONCLUSIVE: x."


def test_the_cores_are_looked_at_between_rows_and_one_look_serves_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "run_one", lambda entry, scale: Row(entry.key, entry.title))
    monkeypatch.setattr(runner, "spent", lambda: (0.0, 0.0, 0.0))
    looks = iter(["", "", "somebody builds", ""])
    rows = list(run_all(ROWS[:3], Scale(), lambda: next(looks)))
    assert [row.busy for row in rows] == ["", "after it, somebody builds", "before it, somebody builds"]
    assert {row.busy for row in run_all(ROWS[:3], Scale(), None)} == {"nobody looked (--unchecked)"}


def test_what_others_use_during_a_row_spoils_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "run_one", lambda entry, scale: Row(entry.key, entry.title))
    spent = iter([(0.0, 10.0, 5.0), (10.0, 26.0, 18.0), (10.0, 26.0, 18.0), (20.0, 36.0, 27.5)])
    monkeypatch.setattr(runner, "spent", lambda: next(spent))
    rows = list(run_all(ROWS[:2], Scale(), lambda: ""))
    assert [row.busy for row in rows] == ["during it, others used 30% of a core", ""]


def test_rows_are_measured_with_bytecode_as_users_have_it() -> None:
    as_it_is = {"HOME": "/home/somebody"}
    assert runner.with_bytecode(as_it_is) == as_it_is
    unwanted = {**as_it_is, "PYTHONDONTWRITEBYTECODE": "1"}
    assert runner.with_bytecode(unwanted) == {**as_it_is, "PYTHONPYCACHEPREFIX": str(ROOT / ".bytecode_cache")}
    placed = {**as_it_is, "PYTHONPYCACHEPREFIX": "/somewhere"}
    assert runner.with_bytecode({**placed, "PYTHONDONTWRITEBYTECODE": "1"}) == placed
