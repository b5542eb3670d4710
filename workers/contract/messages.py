"""What window and host say to each other: JSON over one private socket pair. Unknown or ill-formed messages are refused."""

import json
import math
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
    memory: int = 0
    """Bytes that the run may take; 0: no limit."""
    lanes: int = 1
    """How many lanes it may have by its configuration."""


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
class Hold:
    """Window: hand out no new tasks for now, or hand them out again. Those under way go on."""

    on: bool


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


Message: TypeAlias = Hello | Launch | Stop | Turn | Explain | Hold | Clock | Processes | Ended

_TYPES: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Hello, Launch, Stop, Turn, Explain, Hold, Clock, Processes, Ended)
}
_PLAIN: dict[str, type | tuple[type, ...]] = {"int": int, "str": str, "bool": bool, "dict": dict, "list": list}
MOST = 1 << 62
"""No time, number or size is larger: all of them go into 64-bit columns."""
MOST_PID = 1 << 22
"""What Linux gives at most."""
LONGEST_TEXT = 4_000
"""Characters of an error or a value that is shown; more is cut off."""
MOST_VALUES = 100
"""Values of an outcome."""


def encode(message: Message) -> bytes:
    """As bytes for `Connection.send_bytes`."""
    return json.dumps({"type": type(message).__name__, **asdict(message)}).encode()


def decode(data: bytes) -> Message:
    """From bytes. Raises MessageError where they are no message, with what is wrong."""
    try:
        plain = json.loads(data, object_pairs_hook=_once)
        kind = _TYPES[plain.pop("type")]
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise MessageError(f"not a message: {data[:60]!r}") from error
    names = {item.name: str(getattr(item.type, "__name__", item.type)).split("[")[0] for item in fields(kind)}
    if set(plain) != set(names):
        raise MessageError(f"{kind.__name__} with fields {str(sorted(plain))[:200]}")
    for name, type_name in names.items():
        if not _fits(plain[name], _PLAIN[type_name]):
            raise MessageError(f"{kind.__name__}.{name} is {_short(plain[name])}")
    message: Message = kind(**plain)
    if isinstance(message, Processes):
        _check_processes(message)
    if isinstance(message, Ended):
        message = Ended(message.t_ns, message.error[:LONGEST_TEXT], _outcome(message.outcome))
    return message


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a name stands twice")
    return made


def _fits(value: object, kind: type | tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, kind) and (not isinstance(value, int) or abs(value) <= MOST)


def _check_processes(message: Processes) -> None:
    """Raise MessageError where a birth is not [pid, t_ns, role], or an end not [pid, t_ns, exit code or None]."""
    for rows, last in ((message.born, (str,)), (message.exited, (int, type(None)))):
        for row in rows:
            good = isinstance(row, list) and len(row) == 3 and _fits(row[0], int) and _fits(row[1], int)
            if not good or not 0 < row[0] <= MOST_PID or not _fits(row[2], last):
                raise MessageError(f"Processes with {_short(row)}")


def _outcome(outcome: dict[str, Any]) -> dict[str, Any]:
    """Raises MessageError where a value is none that can be shown: true or false, a number that is one, a text."""
    if len(outcome) > MOST_VALUES:
        raise MessageError(f"Ended with {len(outcome):,} values")
    for name, value in outcome.items():
        whole = isinstance(value, (bool, str)) or (isinstance(value, int) and abs(value) <= MOST)
        if len(name) > LONGEST_TEXT or not (whole or (isinstance(value, float) and math.isfinite(value))):
            raise MessageError(f"Ended with {name[:40]!r}: {_short(value)}")
    return {name: value[:LONGEST_TEXT] if isinstance(value, str) else value for name, value in outcome.items()}


def _short(value: object) -> str:
    """What it is, in a few characters. Not by repr alone: that of a very large whole number raises."""
    return f"a number of {value.bit_length()} bits" if type(value) is int and abs(value) > MOST else repr(value)[:60]


def launch(
    config: RunConfig, directory: str, prefix: str, ring_records: int, memory: int = 0, lanes: int = 1
) -> Launch:
    """The Launch message for `config`."""
    return Launch(config.plain(), directory, prefix, ring_records, memory, lanes)
