"""What a person writes for the inputs of a function of their own: parsed here, never executed.

    [1, 2, 3]          a Python literal, also [0] * 100
    range(10, 100, 5)  numbers
    @data.csv:column   the values of a column: numbers where all of them are numbers, else texts
    @data.jsonl        the value of each line
    :numbers           what the generator function `numbers` of the same file yields

A name of a file is relative to the folder of the function's file.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workers.contract.errors import ConfigError

FIELD = "params.inputs"
MOST_TEXT = 1 << 20
"""Characters; what is longer belongs into a file."""
MOST_ITEMS = 10_000_000
FORMS = "a list such as [1, 2, 3], range(100), @data.csv:column, @data.jsonl, or :generator"


@dataclass(frozen=True)
class Inputs:
    """Inputs as they were written, taken apart."""

    kind: str
    """"literal", "range", "csv", "jsonl", "generator", or "none" where nothing was given."""
    values: Sequence[Any] = ()
    """Of a literal or a range: all of them."""
    path: str = ""
    column: str = ""
    generator: str = ""


def parse_inputs(text: str) -> Inputs:
    """Take it apart, without reading a file. Raises ConfigError with one sentence that says what is meant instead."""
    text = text.strip()
    if not text:
        return Inputs("none")
    if len(text) > MOST_TEXT:
        raise _refused(f"The inputs are {len(text):,} characters long; put them into a file and give @FILE.jsonl.")
    if text.startswith("@"):
        return _file(text[1:].strip())
    if text.startswith(":"):
        name = text[1:].strip()
        if not name.isidentifier():
            raise _refused(f"After the colon stands the name of a generator function of the file, not {name!r:.60}.")
        return Inputs("generator", generator=name)
    try:
        node = ast.parse(text, mode="eval").body
        values = _sequence(node)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError) as error:
        if isinstance(error, ConfigError):
            raise
        raise _refused(f"The inputs {_brief(text)} are none of these: {FORMS}.") from None
    if not len(values):
        raise _refused(f"The inputs {_brief(text)} are empty; give at least one.")
    return Inputs("range" if isinstance(values, range) else "literal", values)


def _file(text: str) -> Inputs:
    if text.lower().endswith((".jsonl", ".ndjson")):
        return Inputs("jsonl", path=text)
    path, colon, column = text.rpartition(":")
    if colon and path.lower().endswith((".csv", ".tsv")) and column:
        return Inputs("csv", path=path, column=column)
    if text.lower().removesuffix(":").endswith((".csv", ".tsv")):
        raise _refused(f"Say which column of {text.removesuffix(':')}: @{text.removesuffix(':')}:COLUMN.")
    raise _refused(f"@{text:.80} is neither FILE.csv:COLUMN nor FILE.jsonl; rename the file, or give {FORMS}.")


def _sequence(node: ast.expr) -> Sequence[Any]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        if node.keywords or not 1 <= len(node.args) <= 3:
            raise _refused("range takes one to three whole numbers, such as range(10) or range(0, 100, 5).")
        numbers = [_whole(item) for item in node.args]
        if len(numbers) == 3 and not numbers[2]:
            raise _refused("The step of a range must not be 0.")
        return _bounded(range(*numbers))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        left, right = (node.left, node.right) if isinstance(node.left, ast.List) else (node.right, node.left)
        if isinstance(left, ast.List):
            items, times = ast.literal_eval(left), _whole(right)
            if len(items) * times > MOST_ITEMS:
                raise _refused(f"These are more than {MOST_ITEMS:,} inputs; give fewer: they are repeated as needed.")
            return list(items) * times
    value = ast.literal_eval(node)
    if not isinstance(value, (list, tuple)):
        raise _refused(f"The inputs must be several, in a list: [{_brief(ast.unparse(node))}].")
    return list(value)


def _whole(node: ast.expr) -> int:
    """A whole number, also written as 10**6 or -2 * 8."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_whole(node.operand)
    if isinstance(node, ast.BinOp):
        left, right = _whole(node.left), _whole(node.right)
        if isinstance(node.op, ast.Pow) and 0 <= right <= 63 and abs(left) <= 1_000:
            return int(left**right)
        if isinstance(node.op, (ast.Add, ast.Sub, ast.Mult)) and max(abs(left), abs(right)) < 1 << 63:
            return {ast.Add: left + right, ast.Sub: left - right, ast.Mult: left * right}[type(node.op)]
    raise _refused(f"{_brief(ast.unparse(node))} is no whole number; give such as range(10_000).")


def _bounded(values: range) -> range:
    try:
        len(values)
    except OverflowError:
        raise _refused("This range has no end that could be reached; give a smaller one.") from None
    return values


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _refused(sentence: str) -> ConfigError:
    return ConfigError(sentence, FIELD)
