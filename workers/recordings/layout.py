"""The file of a kept run: one file, so that a rename makes it appear whole or not at all, and a copy of it is the whole run.

    preamble   32 bytes   magic, version, number of blocks, size of the whole file, checksum of the preamble
    block      48 bytes   name, type, shape, checksum of the data, checksum of this header
               data       padded with zeros to a multiple of 8
    ...

The blocks are those of BLOCKS, in this order: two of JSON, then columns of little-endian numbers. No archive: nothing is unpacked,
so what is claimed can be held against the size of the file before anything is made of it. No pickle: bytes become numbers by
`np.frombuffer`.
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workers.insight.latency import BUCKETS
from workers.insight.split import NAMES
from workers.recordings.errors import NewerRecording, RecordingError

MAGIC = b"\x89TMILL\r\n"
"""Not text, and damaged by whatever takes it for text."""
VERSION = 1
MOST_BYTES = 4 << 20
MOST_JSON = 1 << 20
_PREAMBLE = struct.Struct("<8sHHIQII")
_HEADER = struct.Struct("<16s4sIQQII")
_CHECKED = struct.Struct("<I")
_ALIGN = 8

Columns = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Block:
    """What a block of this name must be."""

    name: str
    dtype: str
    """numpy's code with its byte order; "json" for a text."""
    wide: int = 0
    """Numbers in a row; 0: the rows are single numbers."""
    most: int = 0
    """Rows at most."""


BLOCKS = (
    Block("head", "json", most=MOST_JSON),
    Block("summary", "json", most=MOST_JSON),
    Block("throughput", "<i8", 2, 8_000),  # done, failed in each bucket
    Block("account_edges", "<f8", most=401),  # seconds since the start of the clock
    Block("accounts", "<f4", len(NAMES), 400),  # lanes at what, on the average of each interval
    Block("queue", "<i8", most=BUCKETS),  # tasks by how long they waited, in the buckets of workers.insight.latency
    Block("service", "<i8", most=BUCKETS),  # ... and took
    Block("span_lane", "<i4", most=20_000),  # place in the head's list of lanes
    Block("span_kind", "<u1", most=20_000),
    Block("span_start", "<i8", most=20_000),  # ns since the start of the clock
    Block("span_end", "<i8", most=20_000),
)
TEXTS = ("head", "summary")


def pack(texts: Mapping[str, bytes], columns: Columns) -> bytes:
    """The bytes of a file. Raises ValueError where a part is missing, has another type or shape, or is too large."""
    parts = []
    for block in BLOCKS:
        if block.dtype == "json":
            data, shape = texts[block.name], (len(texts[block.name]), 0)
        else:
            column = np.ascontiguousarray(columns[block.name], dtype=block.dtype)
            if column.ndim != (2 if block.wide else 1) or (block.wide and column.shape[1] != block.wide):
                raise ValueError(f"{block.name} has the shape {column.shape}")
            data, shape = column.tobytes(), (column.shape[0], block.wide)
        if shape[0] > block.most:
            raise ValueError(f"{block.name} has {shape[0]:,} rows or bytes, more than {block.most:,}")
        name, dtype = block.name.encode(), block.dtype.encode()
        header = _HEADER.pack(name, dtype, 0, *shape, zlib.crc32(data), 0)[:-4]
        parts += [header, _CHECKED.pack(zlib.crc32(header)), data, b"\0" * (-len(data) % _ALIGN)]
    body = b"".join(parts)
    start = _PREAMBLE.pack(MAGIC, VERSION, len(BLOCKS), 0, _PREAMBLE.size + len(body), 0, 0)[:-4]
    whole = start + _CHECKED.pack(zlib.crc32(start)) + body
    if len(whole) > MOST_BYTES:
        raise ValueError(f"it would take {len(whole):,} bytes, more than {MOST_BYTES:,}")
    return whole


def unpack(raw: bytes, file: str) -> tuple[dict[str, tuple[int, bytes]], dict[str, NDArray[np.generic]]]:
    """Texts, each with the byte where it begins, and columns, which are views of `raw`. Raises RecordingError; `file` is its name."""
    blocks = _preamble(raw, file)
    texts: dict[str, tuple[int, bytes]] = {}
    columns: dict[str, NDArray[np.generic]] = {}
    at = _PREAMBLE.size
    if blocks != len(BLOCKS):
        raise RecordingError(file, 10, f"it has {blocks} parts, not {len(BLOCKS)}")
    for block in BLOCKS:
        rows, check = _header(raw, at, block, file)
        at += _HEADER.size
        length = rows if block.dtype == "json" else rows * max(1, block.wide) * np.dtype(block.dtype).itemsize
        if length > len(raw) - at:
            raise RecordingError(
                file, at, f"{block.name} is said to have {length:,} bytes, and {len(raw) - at:,} are left"
            )
        if zlib.crc32(memoryview(raw)[at : at + length]) != check:
            raise RecordingError(file, at, f"{block.name} is damaged")
        if block.dtype == "json":
            texts[block.name] = at, raw[at : at + length]
        else:
            flat = np.frombuffer(raw, block.dtype, rows * max(1, block.wide), at)
            columns[block.name] = flat.reshape(rows, block.wide) if block.wide else flat
        at += length
        padding = -length % _ALIGN
        if raw[at : at + padding] != b"\0" * padding:
            raise RecordingError(file, at, f"what follows {block.name} is damaged")
        at += padding
    if at != len(raw):
        raise RecordingError(file, at, f"{len(raw) - at:,} bytes are left over")
    return texts, columns


def _preamble(raw: bytes, file: str) -> int:
    """How many blocks there are."""
    if len(raw) > MOST_BYTES:
        raise RecordingError(file, MOST_BYTES, f"it is larger than {MOST_BYTES:,} bytes")
    if raw[: len(MAGIC)] != MAGIC[: len(raw)] or not raw:
        raise RecordingError(file, 0, "it does not begin as a kept run does")
    if len(raw) < _PREAMBLE.size:
        raise RecordingError(file, len(raw), "it ends within its first lines")
    _, version, blocks, _, size, _, check = _PREAMBLE.unpack_from(raw)
    if zlib.crc32(raw[: _PREAMBLE.size - 4]) != check:
        raise RecordingError(file, 8, "its first lines are damaged")
    if version > VERSION:
        raise NewerRecording(
            file, 8, f"it was written by a later version of the program (format {version}); update to read it"
        )
    if version != VERSION:
        raise RecordingError(file, 8, f"its format is {version}, not {VERSION}")
    if size != len(raw):
        raise RecordingError(file, min(size, len(raw)), f"it has {len(raw):,} bytes, not {size:,}")
    return int(blocks)


def _header(raw: bytes, at: int, block: Block, file: str) -> tuple[int, int]:
    """Rows and checksum of a block, after its header was held against what it must be."""
    if len(raw) - at < _HEADER.size:
        raise RecordingError(file, at, f"it ends before {block.name}")
    name, dtype, _, rows, wide, check, own = _HEADER.unpack_from(raw, at)
    if zlib.crc32(raw[at : at + _HEADER.size - 4]) != own:
        raise RecordingError(file, at, f"the head of {block.name} is damaged")
    if name.rstrip(b"\0") != block.name.encode() or dtype.rstrip(b"\0") != block.dtype.encode() or wide != (block.wide):
        raise RecordingError(file, at, f"{block.name} is not what stands there")
    if rows > block.most:
        raise RecordingError(file, at, f"{block.name} is said to have {rows:,} rows, more than {block.most:,}")
    return int(rows), int(check)
