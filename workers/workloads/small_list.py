"""Return a small list. Threads hand it over as it is; processes pickle it, send the bytes, and build another one that is equal."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any
from zlib import crc32

from workers.plugin import WorkloadInfo

INFO = WorkloadInfo(
    title="Small list",
    summary="Returns [42, None, 'hello']: see how it gets home from a thread, and how from a process.",
    bound="memory",
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[()]]:
    """None: all tasks return the same."""
    while True:
        yield ()


def run() -> list[Any]:
    """A number, nothing, and a word."""
    return [42, None, "hello"]


def checksum(result: list[Any]) -> int:
    """CRC-32 of the list as it is written."""
    return crc32(repr(result).encode())
