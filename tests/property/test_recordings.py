"""Kept runs as files: what goes in comes out, and whatever else somebody hands over is refused in one way only."""

import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.damaged import FILE, RAW, RECORDING, TEXTS, refused
from tests.helpers.recorded import pool, recorded
from tests.helpers.scripted import thread_pool_run
from workers.contract import strict_json
from workers.insight.split import NAMES
from workers.recordings.errors import NewerRecording
from workers.recordings.layout import BLOCKS, MAGIC, pack, unpack
from workers.recordings.recording import Recording
from workers.recordings.thinning import thin


def equal(one: Recording, other: Recording) -> bool:
    same = all(np.array_equal(one.columns[block.name], other.columns[block.name]) for block in BLOCKS[2:])
    return same and one.head == other.head and one.summary == other.summary


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([1, 3]), st.floats(5, 300), st.sampled_from([0, 4]), st.floats(0.2, 3), st.text(max_size=30))
def test_what_goes_in_comes_out(threads: int, rate: float, failed: int, seconds: float, name: str) -> None:
    from workers.recordings.shelf import tidy

    made = recorded(thread_pool_run(seconds, threads, rate, failed)).changed(name=tidy(name), pinned=True)
    assert equal(Recording.from_bytes(made.to_bytes(), FILE), made)


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
@settings(max_examples=300, deadline=None)
def test_no_byte_may_be_another(at: int, change: int) -> None:
    refused(RAW[:at] + bytes([RAW[at] ^ change]) + RAW[at + 1 :])


def test_not_one_of_the_first_thousand() -> None:
    for at in range(1_000):
        refused(RAW[:at] + bytes([RAW[at] ^ 0x40]) + RAW[at + 1 :])


@given(st.integers(0, len(RAW) - 1))
@settings(max_examples=150, deadline=None)
def test_nothing_may_be_missing_or_follow(length: int) -> None:
    refused(RAW[:length])
    refused(RAW + RAW[:length] + b"\0")


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(raw: bytes) -> None:
    refused(raw)
    refused(MAGIC + raw)


def test_the_place_of_a_fault_is_told() -> None:
    head = TEXTS["head"].replace(b'"pinned": false', b'"pinned": fals\xff')
    error = refused(pack({**TEXTS, "head": head}, RECORDING.columns))
    assert error.offset == 32 + 48 + head.index(b"\xff")


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("head", {"id": "../../etc/passwd"}, "id"),
        ("head", {"name": "x" * 500}, "name"),
        ("head", {"name": "half \ud800"}, "half a character"),
        ("head", {"pinned": 1}, "pinned"),
        ("head", {"more": 1}, "unknown entry"),
        ("summary", {"elapsed_s": "long"}, "elapsed_s"),
        ("summary", {"config": {**RECORDING.summary["config"], "workers": 10**9 + 2**60}}, "configuration"),
    ],
)
def test_what_is_not_as_the_schema_says_is_refused(name: str, change: dict[str, object], reason: str) -> None:
    whole = {**(RECORDING.head if name == "head" else RECORDING.summary), **change}
    assert reason in str(refused(pack({**TEXTS, name: json.dumps(whole).encode()}, RECORDING.columns)))


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("accounts", np.full((3, len(NAMES)), np.nan, "f4"), "no number"),
        ("accounts", np.zeros((3, len(NAMES)), "f4"), "times"),
        ("throughput", np.full((2, 2), -1), "throughput"),
        ("service", np.array([2**60]), "service"),
        ("span_lane", np.full(len(RECORDING.columns["span_lane"]), 99, "i4"), "lanes"),
        ("span_kind", np.full(len(RECORDING.columns["span_kind"]), 200, "u1"), "kind"),
        ("span_end", np.full(len(RECORDING.columns["span_end"]), -(2**62)), "before they begin"),
        ("span_start", np.zeros(1, "i8"), "lengths"),
    ],
)
def test_columns_that_contradict_each_other_are_refused(column: str, value: np.ndarray, reason: str) -> None:  # type: ignore[type-arg]
    assert reason in str(refused(pack(TEXTS, {**RECORDING.columns, column: value})))


def test_a_later_version_is_told_from_a_damaged_file() -> None:
    start = RAW[:8] + struct.pack("<H", 2) + RAW[10:28]
    with pytest.raises(NewerRecording, match="later version"):
        Recording.from_bytes(start + struct.pack("<I", zlib.crc32(start)) + RAW[32:], FILE)


def test_too_large_a_part_is_not_written() -> None:
    with pytest.raises(ValueError, match="more than"):
        pack({**TEXTS, "summary": b" " * (2 << 20)}, RECORDING.columns)
    with pytest.raises(ValueError, match="shape"):
        pack(TEXTS, {**RECORDING.columns, "accounts": np.zeros(4)})
    assert unpack(RAW, FILE)[0].keys() == TEXTS.keys()


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(-1e18, 1e18) | st.text(),
    lambda part: st.lists(part, max_size=4) | st.dictionaries(st.text(), part, max_size=4),
    max_leaves=20,
)


@given(_json)
def test_ordinary_json_is_read_as_by_everybody(value: object) -> None:
    assert strict_json.read(json.dumps(value, ensure_ascii=True).encode()) == value


@given(st.binary(max_size=60) | st.text(alphabet='[]{}":,\\0123e.-+ntf au', max_size=60).map(str.encode))
def test_other_text_is_refused_in_one_way(raw: bytes) -> None:
    try:
        strict_json.read(raw)
    except strict_json.BadJson as error:
        assert 0 <= error.offset <= len(raw)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 5_000), st.integers(0, 200)), max_size=80),
    st.integers(6, 40),
)
def test_thinned_spans_cover_what_the_others_covered(rows: list[tuple[int, int, int, int]], most: int) -> None:
    """All that was busy is, within the closed gaps nothing else is, and of few spans none is touched."""
    lane, kind, start, length = (np.array([row[i] for row in rows], "i8") for i in range(4))
    made = thin(lane.astype("i4"), kind.astype("u1"), start, start + length, most)
    gap = made[4]
    assert len(made[0]) <= most or len(rows) == 0
    if len(rows) <= most:
        assert gap == 0
        assert len(made[0]) == len(rows)
    for key in {(row[0], row[1]) for row in rows}:
        mine = [(s, s + n) for a, b, s, n in rows if (a, b) == key]
        kept = [(s, e) for a, b, s, e in zip(*(part.tolist() for part in made[:4]), strict=True) if (a, b) == key]
        assert all(any(s <= one and end <= e for s, e in kept) for one, end in mine)
        assert min(s for s, _ in mine) == min(s for s, _ in kept)
        assert max(e for _, e in mine) == max(e for _, e in kept)
        for s, e in kept:
            # From each instant of a kept span it is less than a gap to one that was there.
            inside = sorted((a, b) for a, b in mine if s <= a and b <= e)
            reached = inside[0][1]
            for a, b in inside[1:]:
                assert a - reached < max(gap, 1)
                reached = max(reached, b)


def test_a_run_of_processes_goes_as_well() -> None:
    made = pool(3)
    assert equal(Recording.from_bytes(made.to_bytes(), FILE), made)
    assert made.head["totals"]["processes"] == 4
    assert len(made.head["lanes"]) == 3
