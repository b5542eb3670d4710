"""Whether something can be sent to another process: how many bytes it takes, how long, and what of it cannot."""

import pickle
import time
from dataclasses import dataclass
from multiprocessing.reduction import ForkingPickler
from types import FunctionType, GeneratorType, ModuleType
from typing import Any

MOST = 300
"""Parts that are looked at to find the one at fault."""


@dataclass
class Sent:
    """How it went."""

    size: int | None = None
    """Bytes; None where it cannot be pickled."""
    seconds: float = 0.0
    """To pickle and unpickle it."""
    fault: str = ""
    """What cannot be, in words: "a lambda (line 3)"."""
    data: bytes = b""


def sent(value: Any) -> Sent:
    """Pickle it as multiprocessing does, and unpickle it."""
    start = time.perf_counter()
    try:
        data = bytes(ForkingPickler.dumps(value))
    except Exception:  # noqa: BLE001 - a __reduce__ may raise what it likes
        return Sent(fault=culprit(value))
    try:
        pickle.loads(data)  # noqa: S301 - made one line above
    except Exception as error:  # noqa: BLE001
        return Sent(fault=f"{named(value)}, which is pickled but not unpickled ({type(error).__name__}: {error})"[:200])
    return Sent(len(data), time.perf_counter() - start, data=data)


def culprit(value: Any) -> str:
    """The innermost part of a value that cannot be pickled, in words."""
    left = [MOST]
    found = _inside(value, left, 8)
    return named(value if found is None else found[0])


def _inside(value: Any, left: list[int], depth: int) -> tuple[Any] | None:
    if isinstance(value, dict):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, (list, tuple, set, frozenset)):
        parts = list(value)
    else:
        parts = list(vars(value).values()) if hasattr(value, "__dict__") and not callable(value) else []
    for part in parts[:MOST]:
        left[0] -= 1
        if left[0] < 0 or depth == 0:
            return None
        try:
            ForkingPickler.dumps(part)
        except Exception:  # noqa: BLE001 - that is what is looked for
            return _inside(part, left, depth - 1) or (part,)
    return None


def named(value: Any) -> str:
    """What a value is, in words."""
    if isinstance(value, FunctionType):
        line = f" (line {value.__code__.co_firstlineno})"
        if "<lambda>" in value.__qualname__:
            return f"a lambda{line}"
        if "<locals>" in value.__qualname__:
            inner = "a closure" if value.__closure__ else "a local function"
            return f"{inner}, {value.__name__}{line}"
        return f"the function {value.__name__}{line}"
    if isinstance(value, GeneratorType):
        return "a generator"
    if isinstance(value, ModuleType):
        return f"the module {value.__name__}"
    name = f"{type(value).__module__}.{type(value).__qualname__}"
    plain = {
        "_thread.lock": "a lock",
        "_thread.RLock": "a lock",
        "_io.TextIOWrapper": "an open file",
        "_io.BufferedReader": "an open file",
        "_io.BufferedWriter": "an open file",
        "socket.socket": "a socket",
        "sqlite3.Connection": "a database connection",
    }
    if "<locals>" in name:
        return f"an object of the local class {type(value).__name__}"
    return plain.get(name, f"an object of {name.removeprefix('workers.own.').removeprefix('builtins.')}")
