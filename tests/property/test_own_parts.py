"""The pure parts of a function of one's own: inputs as they are written, digests, trust."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.client.trust import MOST, trusted
from workers.contract.errors import ConfigError
from workers.contract.inputs import parse_inputs
from workers.digest import MASK, digest

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.integers() | st.text() | st.tuples(st.integers(), st.booleans()), min_size=1, max_size=20))
def test_literals_are_read_back(values: list[object]) -> None:
    found = parse_inputs(repr(values))
    assert (found.kind, list(found.values)) == ("literal", values)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_inputs_or_one_sentence(text: str) -> None:
    try:
        found = parse_inputs(text)
    except ConfigError as error:
        assert error.field == "params.inputs"
        assert str(error).endswith(".")
        assert "\n" not in str(error)
    else:
        assert found.kind in ("literal", "range", "csv", "jsonl", "generator", "none")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("range(3)", [0, 1, 2]),
        ("range(2, -4, -2)", [2, 0, -2]),
        ("range(10**1 * 2 - 17)", [0, 1, 2]),
        ("[0, 1] * 2", [0, 1, 0, 1]),
        ("('a', 'b')", ["a", "b"]),
    ],
)
def test_what_can_be_written(text: str, values: list[object]) -> None:
    assert list(parse_inputs(text).values) == values


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "are empty"),
        ("range(0)", "are empty"),
        ("5", "in a list: [5]"),
        ("open('x')", "are none of these"),
        ("[__import__('os')]", "are none of these"),
        ("range(1, 2, 0)", "must not be 0"),
        ("range(x)", "is no whole number"),
        ("[0] * 10**9", "more than 10,000,000"),
        ("@data.csv", "Say which column of data.csv"),
        ("@data.txt", "is neither"),
        (":1st", "name of a generator function"),
        ("[" * 5000, "are none of these"),
    ],
)
def test_what_cannot(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=r".*") as refused:
        parse_inputs(text)
    assert words in str(refused.value)


@given(PLAIN)
def test_every_plain_value_has_a_digest(value: object) -> None:
    found = digest(value)
    assert found is not None
    assert 0 <= found <= MASK
    assert found == digest(value)


def test_a_digest_is_the_same_in_another_process() -> None:
    """Where the hashes of texts, and so the order of sets, are others."""
    text = "[{'a', 'b', 'c', 'd'}, {'x': 1.5, 'y': (None, True)}, b'x' * 100_000, list(range(5_000)), 'é', -1, 2**70]"
    program = f"import sys; sys.path.insert(0, sys.argv[1]); from workers.digest import digest; print(digest({text}))"
    root = str(Path(__file__).parents[2])
    said = {
        subprocess.run(
            [sys.executable, "-c", program, root],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert said == {f"{digest(eval(text))}\n"}


def test_what_has_no_digest() -> None:
    assert digest(object()) is None
    assert digest([1, object()]) is None
    assert digest({1: lambda: 0}) is None
    loop: list[object] = []
    loop.append(loop)
    assert digest(loop) is None
    assert digest(math.nan) is not None


def test_trust_is_remembered_by_contents_and_bounded(tmp_path: Path) -> None:
    path = tmp_path / "config" / "trusted.json"
    trust = trusted(path)
    assert not trust.trusts("a" * 64)
    trust.add("a" * 64, "/x/mine.py")
    assert trusted(path).trusts("a" * 64)
    assert not trusted(path).trusts("b" * 64)
    for number in range(MOST):
        trust.known[f"{number:064x}"] = "x"
    trust.add("c" * 64, "/x/new.py")
    again = trusted(path)
    assert (len(again.known), again.trusts("c" * 64), again.trusts("a" * 64)) == (MOST, True, False)


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"version": 2, "files": {}}', '{"version": 1, "files": {"x": "y"}}', "[" * 100_000]
)
def test_damaged_trust_is_kept_aside_and_not_believed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "trusted.json"
    path.write_text(text)
    trust = trusted(path)
    assert trust.problem
    assert not trust.known
    assert (tmp_path / "trusted.json.bak").read_text() == text
    trust.add("a" * 64, "x")
    assert json.loads(path.read_text())["files"] == {"a" * 64: "x"}
