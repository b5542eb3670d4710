"""What window and host say to each other: JSON over one private socket pair. Unknown or ill-formed messages are refused."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeAlias

from workers.contract.config import RunConfig

MAX_BYTES = 4 << 20
"""Largest message either side accepts."""


class MessageError(ValueError):
    """Bytes that are no message of ours."""


@dataclass(frozen=True)
class Hello:
    """Host: here I am, everything is imported, waiting for Launch."""

    pid: int


@dataclass(frozen=True)
class Launch:
    """Window: carry this run."""

    config: dict[str, Any]
    """`RunConfig.plain()`, resolved."""
    directory: str
    """The run directory: rings, board and text channel stand in it."""
    prefix: str
    """How the names of this run's semaphores begin."""
    ring_records: int


@dataclass(frozen=True)
class Stop:
    """Window: hand out no more tasks and end when those under way have ended."""


@dataclass(frozen=True)
class Turn:
    """Window: change these while the run goes on: "workers", "params.NAME" or "options.NAME", each with its new value."""

    values: dict[str, Any]


@dataclass(frozen=True)
class Explain:
    """Window: say where the coroutines of the run stand (stacks of threads are asked for by a signal, which shows no coroutine)."""


@dataclass(frozen=True)
class Clock:
    """Host: every worker is ready; the clock started at `t_ns`."""

    t_ns: int


@dataclass(frozen=True)
class Processes:
    """Host: processes were born ([pid, t_ns, role]) and ended ([pid, t_ns, exit code])."""

    born: list[list[Any]]
    exited: list[list[Any]]


@dataclass(frozen=True)
class Ended:
    """Host: the run is over; this is the last message."""

    t_ns: int
    error: str
    """One sentence; empty where the run finished."""
    outcome: dict[str, Any]
    """What the workload has to report of the whole run, name by name; empty for most."""


Message: TypeAlias = Hello | Launch | Stop | Turn | Explain | Clock | Processes | Ended

_TYPES: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Hello, Launch, Stop, Turn, Explain, Clock, Processes, Ended)
}
_PLAIN: dict[str, type | tuple[type, ...]] = {"int": int, "str": str, "float": (int, float), "dict": dict, "list": list}


def encode(message: Message) -> bytes:
    """As bytes for `Connection.send_bytes`."""
    return json.dumps({"type": type(message).__name__, **asdict(message)}).encode()


def decode(data: bytes) -> Message:
    """From bytes. Raises MessageError where they are no message, with what is wrong."""
    try:
        plain = json.loads(data)
        kind = _TYPES[plain.pop("type")]
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise MessageError(f"not a message: {data[:60]!r}") from error
    names = {item.name: str(getattr(item.type, "__name__", item.type)).split("[")[0] for item in fields(kind)}
    if set(plain) != set(names):
        raise MessageError(f"{kind.__name__} with fields {sorted(plain)}")
    for name, type_name in names.items():
        if isinstance(plain[name], bool) or not isinstance(plain[name], _PLAIN[type_name]):
            raise MessageError(f"{kind.__name__}.{name} is {plain[name]!r}")
    message: Message = kind(**plain)
    return message


def launch(config: RunConfig, directory: str, prefix: str, ring_records: int) -> Launch:
    """The Launch message for `config`."""
    return Launch(config.plain(), directory, prefix, ring_records)
