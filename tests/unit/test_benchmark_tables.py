"""The benchmark suite's own sums: verdicts, the table, and what is rewritten in the documents. Nothing is measured here."""

from datetime import date

import pytest

from tests.benchmarks import publish, table
from tests.benchmarks.figures import INCONCLUSIVE, MET, MISSED, NO_PEER, SHOWN, Figure, Row, Scale, ratio
from tests.benchmarks.rows import ROWS, chosen
from tests.benchmarks.runner import run_all

FAST = Figure("a record", "x", (3.0, 4.0, 8.0), 5.0, peer="an empty call", note="Both with the loop.")
SLOW = Figure("a frame", "ms", (9.0, 10.0, 12.0, 11.0, 10.0), 8.0)
AHEAD = Figure("events", "x", (12.0,), 10.0, ">=")
ALONE = Figure("a span", "x", (), 1.0, ">=", peer="viztracer, which is not installed")
SHOWN_ONLY = Figure("a dropped event", "%", (0.0,))


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


def test_both_documents_have_their_marks(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from tests.benchmarks.runner import ROOT

    (tmp_path / "docs").mkdir()
    for name in ("README.md", "docs/BENCHMARKS.md"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    rows = [Row("P1", "", (Figure("recording a task of 100 us, in the worker", "x", (1.01,), 1.02),))]
    publish.write(rows, 600.0, tmp_path)
    assert "**1.01x**" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "10 minutes: 1 met" in (tmp_path / "docs" / "BENCHMARKS.md").read_text(encoding="utf-8")


def test_the_page_names_machine_versions_and_date() -> None:
    text = "\n".join(publish.page([Row("P3", "", (FAST,))], 90.0, date(2030, 1, 2)))
    assert "2030-01-02" in text
    assert "CPython" in text
    assert "numpy" in text


def test_the_headlines_find_their_figures_in_the_rows_that_have_them() -> None:
    lines = publish.headlines([])
    assert sum("not measured" in line for line in lines) == 3
    rows = [
        Row("P1", "", (Figure("recording a task of 100 us, in the worker", "x", (1.01,), 1.02),), busy="it was busy")
    ]
    assert any("**INCONCLUSIVE**" in line for line in publish.headlines(rows))


def test_rows_are_chosen_by_name() -> None:
    assert [entry.key for entry in chosen("p3, P6")] == ["P3", "P6"]
    assert chosen("") == ROWS
    with pytest.raises(ValueError, match="There is no row P99"):
        chosen("P99")


def test_the_cores_are_looked_at_between_rows_and_one_look_serves_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.benchmarks.runner.run_one", lambda entry, scale: Row(entry.key, entry.title))
    looks = iter(["", "", "somebody builds", ""])
    rows = list(run_all(ROWS[:3], Scale(), lambda: next(looks)))
    assert [row.busy for row in rows] == ["", "after it, somebody builds", "before it, somebody builds"]
