"""The inputs of a user's function as arguments, pass after pass, whether they are kept or made anew."""

from itertools import islice
from pathlib import Path
from random import Random

import pytest

from workers.contract.errors import ConfigError
from workers.workloads import own_function

FILE = """
def one(n):
    return n


def needs_two(a, b):
    return a + b


def numbers():
    for number in range(3):
        yield number
"""


def first(tmp_path: Path, function: str, inputs: str, count: int) -> list[tuple[object, ...]]:
    """So many of the argument tuples that a run would draw."""
    file = tmp_path / "mine.py"
    file.write_text(FILE)
    params = {"file": str(file), "function": function, "inputs": inputs}
    with own_function.setup(params) as checked:
        return list(islice(own_function.arguments(checked, Random(0)), count))


@pytest.mark.parametrize(
    ("function", "inputs", "expected"),
    [
        ("one", "[7]", [(7,)]),
        ("one", "[1, 2, 3]", [(1,), (2,), (3,)]),
        ("one", ":numbers", [(0,), (1,), (2,)]),
        ("one", f"range({own_function.FEW + 1})", [(n,) for n in range(own_function.FEW + 1)]),
        ("needs_two", "[(1, 2), [3, 4], {'b': 6, 'a': 5}]", [(1, 2), (3, 4), (5, 6)]),
    ],
)
def test_inputs_begin_anew(function: str, inputs: str, expected: list[tuple[object, ...]], tmp_path: Path) -> None:
    count = 2 * len(expected) + 1
    assert first(tmp_path, function, inputs, count) == [*expected, *expected, expected[0]]


def test_a_bad_input_is_told_when_its_turn_comes(tmp_path: Path) -> None:
    assert first(tmp_path, "needs_two", "[(1, 2), (3, 4), 5]", 2) == [(1, 2), (3, 4)]
    with pytest.raises(ConfigError, match="cannot be called with 5"):
        first(tmp_path, "needs_two", "[(1, 2), (3, 4), 5]", 3)
