"""JSON, there and back: C code that holds the GIL from start to end, as most of the standard library's C code does."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from random import Random
from typing import Any
from zlib import crc32

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="JSON round trip",
    summary="Writes records as JSON and reads them back, in C that holds the GIL throughout: threads take turns.",
    bound="CPU in C",
    params=(
        Param(
            "records",
            500,
            "Records",
            "How many records the document holds (about 110 bytes each).",
            minimum=1,
            maximum=200_000,
        ),
    ),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[int, int]]:
    """The number of records, and a number that makes each task's document its own."""
    while True:
        yield params["records"], random.getrandbits(53)


@lru_cache(maxsize=1)
def _records(count: int) -> list[dict[str, Any]]:
    """Records such as a shop might keep; the same in every process."""
    random = Random(count)
    return [
        {
            "id": number,
            "name": f"customer {random.getrandbits(24):06x}",
            "paid": random.random() < 0.5,
            "prices": [random.randrange(100, 100_000) / 100 for _ in range(4)],
        }
        for number in range(count)
    ]


def run(count: int, salt: int) -> str:
    """The document's text, after writing it and reading it back. Raises ValueError where that changed it."""
    text = json.dumps({"salt": salt, "records": _records(count)})
    document = json.loads(text)
    if document["salt"] != salt or len(document["records"]) != count:
        raise ValueError(f"the document of {count} records changed on its way through JSON")
    return text


def checksum(result: str) -> int:
    """CRC-32 of the text."""
    return crc32(result.encode())
