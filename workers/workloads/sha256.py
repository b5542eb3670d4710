"""Hash a block of bytes: C code that lets go of the GIL while it computes."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="SHA-256",
    summary="Hashes a block of bytes in C, which releases the GIL while it computes: threads do overlap.",
    bound="CPU in C",
    params=(
        Param(
            "size", 4_096, "Block", "Size of the block that each task hashes.", unit="KiB", minimum=1, maximum=1 << 20
        ),
    ),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int]]:
    """The block's size in KiB and a number that makes each task's digest its own."""
    while True:
        yield params["size"], random.getrandbits(62)


@lru_cache(maxsize=1)
def _block(kib: int) -> bytes:
    return bytes(kib * 1024)


def run(kib: int, salt: int) -> str:
    """The SHA-256 digest of `salt` and a block of `kib` KiB, in hexadecimal."""
    digest = hashlib.sha256(salt.to_bytes(8, "little"))
    digest.update(_block(kib))
    return digest.hexdigest()


def checksum(result: str) -> int:
    """The first 60 bits of the digest."""
    return int(result[:15], 16)
