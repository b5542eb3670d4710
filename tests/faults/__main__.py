"""Print the table of faults as Markdown: `python -m tests.faults`; with `--run`, carry the tests out and say what was seen."""

import sys
from collections import defaultdict

import pytest

from tests.faults.table import Row, rows


class Seen:
    """A plug-in of pytest that notes what became of each test."""

    def __init__(self) -> None:
        self.outcomes: dict[str, set[str]] = defaultdict(set)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One stage of one test."""
        if report.when == "call" or not report.passed:
            name = report.nodeid.rpartition("/")[2].partition("[")[0]
            self.outcomes[name].add("passed" if report.passed else report.outcome)

    def of(self, row: Row) -> str:
        """In a word or two."""
        outcomes = self.outcomes.get(row.test, set())
        return "not run" if not outcomes else ", ".join(sorted(outcomes))


def table(seen: Seen | None = None) -> str:
    """One line a row."""
    head = ["fault", "what", "injected", "expected", "test"] + (["seen"] if seen else [])
    lines = [head, ["---"] * len(head)]
    for row in rows():
        fault = row.fault
        lines.append([fault.key, fault.what, fault.injected, fault.expected, f"`{row.test}`"])
        if seen:
            lines[-1].append(seen.of(row))
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def main() -> int:
    """0, or pytest's exit code."""
    if "--run" not in sys.argv[1:]:
        print(table())
        return 0
    seen = Seen()
    code = pytest.main(["-q", "-m", "fault", "tests/faults"], plugins=[seen])
    print(table(seen))
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
