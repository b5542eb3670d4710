"""A number for any value, the same in every process that computes an equal one; None where there is none.

Sets and tables are digested without regard to their order, which differs between processes. What is only known by its address in
memory has no digest. Of what is large, parts are looked at: this is computed after each task, and must not outweigh it.
"""

import dataclasses
import enum
import re
from binascii import crc32
from collections.abc import Iterable
from typing import Any

MASK = (1 << 62) - 1
_MOST = 1_000
"""Items of a list that are all looked at; of longer ones, so many."""
_LONG = 1 << 16
"""Bytes that are all looked at."""
_DEPTH = 20
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


class _Unknown(Exception):
    """There is no digest."""


def digest(value: Any) -> int | None:
    """0 to 2**62 - 1. Whole numbers are their own; never raises."""
    kind = type(value)
    if kind is int:
        return int(value) & MASK
    if kind is float:
        return hash(value) & MASK
    try:
        return _of(value, _DEPTH) & MASK
    except (_Unknown, RecursionError):
        return None
    except Exception:  # noqa: BLE001 - a __repr__ or a buffer of the user's may do anything; the task was well
        return None


def _of(value: Any, depth: int) -> int:
    kind = type(value)
    if value is None or kind is bool:
        return crc32(repr(value).encode())
    if kind is int or kind is float or kind is complex:
        return hash(value)
    if kind is str:
        return _bytes(b"str", value.encode("utf-8", "surrogatepass"))
    if kind is bytes or kind is bytearray:
        return _bytes(b"bytes", value)
    if depth == 0:
        raise _Unknown
    if kind is list or kind is tuple:
        return _mixed(kind.__name__, len(value), (_of(item, depth - 1) for item in _some(value)))
    if kind is set or kind is frozenset:
        return _mixed("set", len(value), sorted(_of(item, depth - 1) for item in value) if len(value) <= _MOST else ())
    if kind is dict:
        pairs = (_mixed("pair", 2, (_of(key, depth - 1), _of(item, depth - 1))) for key, item in value.items())
        return _mixed("dict", len(value), sorted(pairs) if len(value) <= _MOST else ())
    return _of_object(value, kind, depth)


def _of_object(value: Any, kind: type, depth: int) -> int:
    if isinstance(value, enum.Enum):
        return _bytes(b"enum", str(value).encode())
    if dataclasses.is_dataclass(value):
        items = [getattr(value, field.name) for field in dataclasses.fields(value)]
        return _mixed(kind.__qualname__, len(items), (_of(item, depth - 1) for item in items))
    if isinstance(value, (list, tuple)):
        return _mixed(kind.__qualname__, len(value), (_of(item, depth - 1) for item in _some(value)))
    try:
        view = memoryview(value)
    except TypeError:
        pass
    else:
        shape = f"{view.format}{view.shape}".encode()
        return _bytes(shape, view.cast("B") if view.c_contiguous else view.tobytes())
    text = repr(value)
    if _ADDRESS.search(text):
        raise _Unknown
    return _bytes(b"repr", text.encode("utf-8", "surrogatepass"))


def _some(items: Any) -> Any:
    """All of them, or those at the ends and some between."""
    count = len(items)
    if count <= _MOST:
        return items
    third = _MOST // 3
    return [*items[:third], *items[third : count - third : count // third + 1], *items[count - third :]]


def _bytes(kind: bytes, data: Any) -> int:
    count = len(data)
    if count > _LONG:
        third = _LONG // 3
        middle = bytes(data[third : count - third : (count - 2 * third) // third + 1])
        return crc32(data[:third]) << 30 ^ crc32(middle) << 15 ^ crc32(data[count - third :], count & 0xFFFFFFFF)
    return crc32(data, crc32(kind)) << 20 ^ count


def _mixed(kind: str, count: int, parts: Iterable[int]) -> int:
    """One number of several, in this order."""
    made = crc32(kind.encode()) << 24 ^ count
    for part in parts:
        made = (made * 0x2545F4914F6CDD1D ^ part) & MASK
    return made
