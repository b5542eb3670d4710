"""My function: a function of a Python file of the user's, called once for each input.

The file is imported in the host and in every worker, as `workers.own.NAME` (see there), before the clock starts. The inputs are
read before that, in the host alone; they begin anew when more tasks are asked for than there are inputs. While it is imported and
called, its folder is the working directory.
"""

import inspect
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from random import Random
from types import ModuleType
from typing import Any, NamedTuple

from workers import own
from workers.digest import digest
from workers.givens import FIELD, from_generator, inputs_of, path_of, spreading
from workers.guarded import guard_file
from workers.plugin import ConfigError, Param, WorkloadInfo
from workers.userfile import function_of, load, parse, read

INFO = WorkloadInfo(
    title="My function",
    summary="Calls a function of a Python file of your own, once for each input.",
    bound="your own",
    params=(
        Param("file", "", "File", "The Python file that has the function."),
        Param("function", "", "Function", "Its name in the file."),
        Param(
            "inputs",
            "",
            "Inputs",
            "A list, range(...), @FILE.csv:COLUMN, @FILE.jsonl, or :GENERATOR of the same file.",
        ),
    ),
)
FEW = 1_000
"""Up to so many inputs are made into arguments once, in the first pass over them."""
_FUNCTION = "THREADMILL_OWN_FUNCTION"
"""Environment variable: its name. Processes of a run have it from their host, as they have the file's path."""
_GUARDED = "THREADMILL_OWN_INPUTS"
"""Environment variable: path of the file with the inputs, where there is one."""


@contextmanager
def setup(params: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Read the inputs, import the file. Raises ConfigError, in one sentence, for whatever is wrong with them."""
    path = str(params["file"])
    parse(path, read(path))
    text = str(params["inputs"])
    inputs, values = inputs_of(text, path)
    before = os.getcwd()
    own.mount(path)
    os.environ[_FUNCTION] = str(params["function"])
    if inputs.path:
        os.environ[_GUARDED] = path_of(inputs, path)
    os.chdir(os.path.dirname(path))
    try:
        _check(path, str(params["function"]), inputs, values)
        yield dict(params)
    finally:
        os.chdir(before)
        for name in (own.VARIABLE, _FUNCTION, _GUARDED):
            os.environ.pop(name, None)


def _check(path: str, name: str, inputs: Any, values: Any) -> None:
    """Import the file. Raises ConfigError where its function cannot be called with the first input."""
    module, function = _loaded(path, name)
    spread = spreading(function)
    if inputs.kind == "generator":
        function_of(module, inputs.generator, path)
    elif inputs.kind != "none":
        spread(values[0])
    elif spread(None):
        raise ConfigError(f"Say with which inputs {name} is to be called.", FIELD)


def bind() -> tuple[Callable[..., Any], Callable[..., Awaitable[Any]] | None]:
    """The function to call, and the coroutine function that awaits it where it is one. Called once in each worker."""
    path = os.environ[own.VARIABLE]
    os.chdir(os.path.dirname(path))
    _, function = _loaded(path, os.environ[_FUNCTION])
    if not is_async(function):
        return function, None

    import asyncio  # here, for workers whose function is none do without

    def run_alone(*args: Any) -> Any:
        """As a model without an event loop calls it: in a loop of its own, as a person would write it there."""
        return asyncio.run(function(*args))

    return run_alone, function


def is_async(function: Callable[..., Any]) -> bool:
    """Whether a call of it must be awaited."""
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))  # noqa: B004


def run(*args: Any) -> Any:
    """Call the function. What runs in a worker is what `bind` gives, without this detour."""
    return bind()[0](*args)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[Any, ...]]:
    """The inputs as arguments, again and again."""
    given = _given(params)
    few = len(given.values) if given.values is not None and len(given.values) <= FEW else 0
    kept: list[tuple[Any, ...]] = []
    while True:
        count = 0
        for args in kept or _args_of(given):
            if len(kept) < few:
                kept.append(args)
            yield args
            count += 1
        if not count:
            raise ConfigError(f"{params['inputs']} yields no input; let it yield at least one.", FIELD)


def arguments_once(params: Mapping[str, Any], random: Random) -> Iterator[tuple[Any, ...]]:
    """The inputs as arguments, each once."""
    return _args_of(_given(params))


class _Given(NamedTuple):
    module: ModuleType
    spread: Callable[[Any], tuple[Any, ...]]
    inputs: Any
    values: Any
    path: str


def _given(params: Mapping[str, Any]) -> _Given:
    """The function and what it is to be called with. Of few inputs it is gone through for every few tasks: it is not made anew."""
    path = str(params["file"])
    module, function = _loaded(path, str(params["function"]))
    inputs, values = inputs_of(str(params["inputs"]), path)
    return _Given(module, spreading(function), inputs, values, path)


def _args_of(given: _Given) -> Iterator[tuple[Any, ...]]:
    if given.inputs.kind == "none":
        yield ()
        return
    values = given.values
    for value in from_generator(given.module, given.inputs.generator, given.path) if values is None else values:
        yield given.spread(value)


def _loaded(path: str, function: str) -> tuple[ModuleType, Callable[..., Any]]:
    """The file's module, and the function. The file with the inputs is guarded from here on."""
    if os.environ.get(_GUARDED):
        guard_file(os.environ[_GUARDED])
    module = load(path)
    return module, function_of(module, function, path)


checksum = digest
"""Of the value, whichever process computed it; None where it has no text that is the same everywhere."""
