"""Read a block of a file that was written a moment ago: it comes from the page cache, and no disk is waited for.

The kernel copies it, and the GIL is free meanwhile, as it is for the sum over each piece. So threads overlap, until the
memory's bandwidth is used up.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any
from zlib import crc32

from workers.plugin import Param, WorkloadInfo, scratch

INFO = WorkloadInfo(
    title="Read a file",
    summary="Reads a block of a file and sums it up. It comes from the page cache (memory), so no disk is waited for.",
    bound="memory",
    params=(
        Param("file_mib", 16, "File", "Size of the file, written before the run.", unit="MiB", minimum=1, maximum=256),
        Param(
            "block_kib",
            2_048,
            "Block",
            "How much each task reads, from a place of its own; at most the whole file.",
            unit="KiB",
            minimum=1,
            maximum=256 << 10,
        ),
    ),
)

PIECE = 1 << 16
"""How much is read at a time, in bytes: little enough to stay in a core's cache until it is summed up."""


@contextmanager
def setup(params: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Write the file into the run's directory, where it is removed with the rest; yields the parameters with its path."""
    path = os.path.join(scratch(), "block-file")
    random = Random(params["file_mib"])
    with open(path, "xb") as file:
        for _ in range(params["file_mib"]):
            file.write(random.randbytes(1 << 20))
    try:
        yield {**params, "path": path}
    finally:
        os.unlink(path)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[str, int, int]]:
    """The file's path, where to start and how many bytes to read."""
    size = params["file_mib"] << 20
    while True:
        length = min(params["block_kib"] << 10, size)
        yield params["path"], random.randrange(size - length + 1), length


def run(path: str, offset: int, length: int) -> int:
    """CRC-32 of `length` bytes from `offset` on. Raises EOFError where the file is shorter."""
    total, left = 0, length
    piece = memoryview(bytearray(min(PIECE, length)))
    with open(path, "rb", buffering=0) as file:
        file.seek(offset)
        while left:
            count = file.readinto(piece[:left]) or 0
            if not count:
                raise EOFError(f"{path} ended {left} bytes before the end of the block")
            total = crc32(piece[:count], total)
            left -= count
    return total


def checksum(result: int) -> int:
    """The CRC-32 of what was read."""
    return result
