"""JSON from a file that anybody may have written: what Python's own reader lets pass is refused, with the byte where it stands."""

import json
import math
import re
from typing import Any, NoReturn

LONGEST_NUMBER = 40
"""Digits and signs: `int` takes quadratic time for more, and refuses some lengths with an exception of its own."""
LARGEST = 10**19
"""No time, size or count of a run is larger; a table of such numbers could not be read."""
DEEPEST = 40
_BRACKETS = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
"""Strings as a whole, one without an end included, and brackets outside of them."""


class BadJson(ValueError):
    """Not JSON, or not JSON that everybody would read alike. `offset`: in bytes."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset


def read(raw: bytes) -> Any:
    """The value. Raises BadJson: no UTF-8, no JSON, a name twice in a table, NaN or infinity, an endless number, too deep."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadJson(error.start, "it is not UTF-8") from None
    _look_how_deep(raw)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise BadJson(len(text[: error.pos].encode()), f"it is not JSON ({error.msg})") from None
    except RecursionError:
        raise BadJson(0, "it is nested too deeply") from None


def _look_how_deep(raw: bytes) -> None:
    """Refuse what is nested too deeply before it is built. Brackets in strings are not counted."""
    depth = 0
    for found in _BRACKETS.finditer(raw):
        sign = found[0]
        if len(sign) == 1 and sign in b"[{":
            depth += 1
            if depth > DEEPEST:
                raise BadJson(found.start(), f"it is nested more than {DEEPEST} deep")
        elif len(sign) == 1 and sign in b"]}":
            depth -= 1


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise BadJson(0, f"the name {name[:40]!r} stands twice in one table")
            seen.add(name)
    return made


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise BadJson(0, f"it holds a number of {len(digits)} digits")
    number = int(digits)
    if abs(number) > LARGEST:
        raise BadJson(0, f"it holds a number out of range ({digits[:20]})")
    return number


def _number(digits: str) -> float:
    number = float(digits) if len(digits) <= LONGEST_NUMBER else math.inf
    if not abs(number) <= LARGEST:
        raise BadJson(0, f"it holds a number that is none here ({digits[:20]})")
    return number


def _constant(name: str) -> NoReturn:
    raise BadJson(0, f"it holds {name}")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_table, parse_int=_whole, parse_float=_number, parse_constant=_constant, strict=True
)
