"""Return many bytes. Threads hand over a reference; processes must pickle them, send them through a pipe and build them anew."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any
from zlib import crc32

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Big result",
    summary="Returns many bytes: free for threads, while processes must copy them home through a pipe.",
    bound="memory",
    params=(Param("kib", 1_024, "Result", "Size of what each task returns.", unit="KiB", minimum=1, maximum=262_144),),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int]]:
    """The size in KiB, and a number (64 bits) that makes each task's bytes its own."""
    while True:
        yield params["kib"], random.getrandbits(64)


def run(kib: int, salt: int) -> bytes:
    """`salt` over and over again, `kib` KiB of it."""
    return salt.to_bytes(8, "little") * (kib * 128)


def checksum(result: bytes) -> int:
    """CRC-32 of the bytes."""
    return crc32(result)
