"""What a call of the suite has measured, when, and on what; as JSON and back, so that it can be published later or elsewhere."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tests.benchmarks.figures import Row
from tests.benchmarks.rows import ROWS

SCHEMA = 1
"""Of the JSON; another number where its keys mean something else."""


@dataclass(frozen=True)
class Measured:
    """All of it."""

    whole: bool
    """All rows, in full, with a look at the cores: what may be published."""
    date: str
    """The day it began, as in 2030-01-02."""
    seconds: float
    machine: tuple[str, ...]
    """Machine and versions, in lines."""
    rows: tuple[Row, ...]

    @property
    def failed(self) -> list[str]:
        """The keys of the rows that could not be measured to their end."""
        return [row.key for row in self.rows if row.error]

    def text(self) -> str:
        """As JSON."""
        return json.dumps({"schema": SCHEMA, **asdict(self)}, indent=1)

    @classmethod
    def from_text(cls, text: str) -> "Measured":
        """From JSON. Raises ValueError that says what is wrong with it, to go on after "FILE ..."."""
        try:
            data = json.loads(text)
        except ValueError:
            raise ValueError("is no JSON") from None
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise ValueError(f"was not written by this suite's --json (it has no schema {SCHEMA})")
        try:
            rows = tuple(Row.from_plain(row) for row in data["rows"])
            found = cls(
                data["whole"] is True, str(data["date"]), float(data["seconds"]), tuple(map(str, data["machine"])), rows
            )
        except KeyError as missing:
            raise ValueError(f"lacks {missing}") from None
        except (TypeError, ValueError, AttributeError) as wrong:
            raise ValueError(f"has something else than rows and figures in it ({wrong})") from None
        if found.whole and (lacking := _lacking(rows)):
            raise ValueError(f"says that it is whole, and lacks {', '.join(lacking)}")
        return found


def _lacking(rows: Sequence[Row]) -> list[str]:
    there = {row.key for row in rows}
    return [entry.key for entry in ROWS if entry.key not in there]
