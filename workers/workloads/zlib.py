"""Compress a block of text: C code that lets go of the GIL while it computes, and returns fewer bytes than it was given."""

import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="zlib",
    summary="Compresses a block of text in C, which releases the GIL while it computes: threads do overlap.",
    bound="CPU in C",
    params=(
        Param(
            "size", 128, "Block", "Size of the text that each task compresses.", unit="KiB", minimum=1, maximum=65_536
        ),
        Param("level", 6, "Level", "1 is quickest, 9 compresses most, 0 only copies.", minimum=0, maximum=9),
    ),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int, int]]:
    """The block's size in KiB, the level, and a number that makes each task's text its own."""
    while True:
        yield params["size"], params["level"], random.getrandbits(62)


@lru_cache(maxsize=1)
def _text(kib: int) -> bytes:
    """`kib` KiB of words; the same in every process."""
    random = Random(kib)
    words = [bytes(random.choices(b"abcdefghijklmnopqrstuvwxyz", k=random.randint(2, 9))) for _ in range(1_000)]
    # Drawn anew all the way: one page again and again would compress to nothing. A word and its space are 3 bytes at least.
    return b" ".join(random.choices(words, k=kib * 1024 // 3 + 1))[: kib * 1024]


def run(kib: int, level: int, salt: int) -> bytes:
    """`salt` (8 bytes) and `kib` KiB of text, compressed."""
    return zlib.compress(salt.to_bytes(8, "little") + _text(kib), level)


def checksum(result: bytes) -> int:
    """CRC-32 of the compressed bytes, which depend on the zlib that the interpreter was built with."""
    return zlib.crc32(result)
