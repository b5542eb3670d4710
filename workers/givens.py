"""The inputs of a user's function as arguments: files read, generators called, tuples spread where the function takes several."""

import csv
import inspect
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from types import ModuleType
from typing import Any

from workers.contract.errors import ConfigError
from workers.contract.inputs import FIELD as FIELD
from workers.contract.inputs import Inputs, parse_inputs
from workers.userfile import function_of, words


@lru_cache(maxsize=4)
def inputs_of(text: str, path: str) -> tuple[Inputs, Any]:
    """Inputs as they are written, for a function of the file `path`, and all values; None for those of a generator.

    Raises ConfigError where they make no sense, or their file cannot be read.
    """
    inputs = parse_inputs(text)
    return inputs, read_inputs(inputs, path)


def path_of(inputs: Inputs, path: str) -> str:
    """Where the file with the inputs is; empty where they come from none."""
    return os.path.join(os.path.dirname(path), os.path.expanduser(inputs.path)) if inputs.path else ""


def read_inputs(inputs: Inputs, function_path: str) -> Sequence[Any] | None:
    """All values; None for a generator's. Raises ConfigError where a file is not there, or not what it should be."""
    if inputs.kind in ("literal", "range"):
        return inputs.values
    if inputs.kind in ("generator", "none"):
        return None
    path = path_of(inputs, function_path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            values = _csv(file, inputs) if inputs.kind == "csv" else _jsonl(file, inputs)
    except FileNotFoundError:
        raise ConfigError(f"There is no {path}; names are relative to the function's file.", FIELD) from None
    except UnicodeDecodeError:
        raise ConfigError(f"{inputs.path} is not UTF-8; save it as UTF-8.", FIELD) from None
    except OSError as error:
        raise ConfigError(f"{inputs.path} cannot be read: {error.strerror}.", FIELD) from None
    except csv.Error as error:
        raise ConfigError(f"{inputs.path} is no CSV: {error}.", FIELD) from None
    if not values:
        raise ConfigError(f"{inputs.path} has no values{' in that column' if inputs.column else ''}.", FIELD)
    return values


def _csv(file: Iterable[str], inputs: Inputs) -> list[Any]:
    rows = csv.reader(file, delimiter="\t" if inputs.path.lower().endswith(".tsv") else ",")
    head = next(rows, [])
    if inputs.column in head:
        at = head.index(inputs.column)
    elif inputs.column.isdecimal() and 1 <= int(inputs.column) <= len(head):
        at = int(inputs.column) - 1
    else:
        raise ConfigError(
            f"{inputs.path} has no column {inputs.column!r}: choose one of {', '.join(head[:20])}.", FIELD
        )
    texts = []
    for row in rows:
        if row:
            if at >= len(row):
                raise ConfigError(f"{inputs.path}, line {rows.line_num}: this row has no {inputs.column!r}.", FIELD)
            texts.append(row[at])
    for kind in (int, float):
        try:
            return [kind(text) for text in texts]
        except ValueError:
            pass
    return texts


def _jsonl(file: Iterable[str], inputs: Inputs) -> list[Any]:
    values = []
    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise ConfigError(f"{inputs.path}, line {number}: this is no JSON ({error}).", FIELD) from None
    return values


def from_generator(module: ModuleType, name: str, path: str) -> Iterator[Any]:
    """What the generator function `name` yields, called once. Raises ConfigError where it is none, or yields nothing."""
    made = function_of(module, name, path)
    short = os.path.basename(path)
    try:
        values: Iterator[Any] = iter(made())
    except Exception as error:  # noqa: BLE001 - it is the user's
        raise ConfigError(
            f"{name} in {short} gives no inputs ({words(error)}); it must be a generator function without arguments.",
            FIELD,
        ) from None
    return values


def spreading(function: Callable[..., Any]) -> Callable[[Any], tuple[Any, ...]]:
    """How an input becomes arguments.

    A function that can be called with one argument gets the input as it is; one that needs more gets the items of a tuple, a
    list or a table, as `starmap` would; one that takes none gets none.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # something written in C that does not say
        return _whole
    if _binds(signature, 1):
        return _whole
    if not signature.parameters:
        return _nothing
    names = [
        item.name
        for item in signature.parameters.values()
        if item.kind in (item.POSITIONAL_ONLY, item.POSITIONAL_OR_KEYWORD)
    ]
    title = getattr(function, "__name__", "The function")
    binds = lru_cache(maxsize=16)(partial(_binds, signature))  # asked for every task, and takes microseconds

    def spread(value: Any) -> tuple[Any, ...]:
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            missing = [
                name
                for name in names
                if name not in value and signature.parameters[name].default is inspect.Parameter.empty
            ]
            if not missing:
                given = []
                for name in names:
                    if name not in value:
                        break
                    given.append(value[name])
                return tuple(given)
        elif isinstance(value, (tuple, list)) and binds(len(value)):
            return tuple(value)
        raise ConfigError(
            f"{title}{signature} cannot be called with {_brief(value)}; give an input with an item for each parameter, such as "
            f"[({', '.join(names)}), ...].",
            FIELD,
        )

    return spread


def _binds(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*(None,) * count)
        return True
    except TypeError:
        return False


def _whole(value: Any) -> tuple[Any, ...]:
    return (value,)


def _nothing(value: Any) -> tuple[Any, ...]:
    return ()


def _brief(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."
