"""The table of faults is whole: every fault has a row, and nearly all are injected here."""

import pytest

from tests.faults.__main__ import table
from tests.faults.table import NOT_HERE, WHAT, fault, rows

AT_LEAST = 54
"""So many of the faults are injected for real."""


def test_every_fault_has_a_row() -> None:
    found = {row.fault.key for row in rows()}
    assert [key for key in WHAT if key not in found] == []
    assert list(WHAT) == [f"F{number}" for number in range(1, 61)]


def test_nearly_all_are_injected() -> None:
    injected = {row.fault.key for row in rows() if not row.fault.injected.startswith(NOT_HERE)}
    assert len(injected) >= AT_LEAST, sorted(set(WHAT) - injected)


def test_the_table_prints_as_markdown() -> None:
    lines = table().splitlines()
    assert len(lines) == 2 + len(rows())
    assert {line.replace("\\|", "").count("|") for line in lines} == {6}


def test_a_mark_says_what_it_does() -> None:
    with pytest.raises(ValueError, match="F61"):
        fault("F61", injected="by hand", expected="nothing")
    with pytest.raises(ValueError, match="say how"):
        fault("F1", injected="by hand")
