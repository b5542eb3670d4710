"""Files that somebody else has written, or a disk has damaged: refused in a sentence, in bounded memory; nothing of them is executed."""

import os
import pickle
import resource
import struct
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gui.settings import Settings, SettingsFile
from tests.faults.table import fault
from tests.faults.test_limits import limited
from tests.helpers.damaged import RAW, RECORDING, TEXTS, refused
from tests.helpers.recorded import recorded
from workers.client.probe_cache import ProbeCache
from workers.client.trust import trusted
from workers.contract.config import RunConfig
from workers.contract.sweep import SweepPlan
from workers.lessons.library import SHIPPED, load
from workers.recordings.errors import RecordingError
from workers.recordings.layout import BLOCKS, pack
from workers.recordings.shelf import Shelf, ShelfError
from workers.sweep.store import SweepStore

MOST_MEMORY = 60 << 20
HUGE = 1 << 30
"""Bytes of a sparse file."""


class Marker:
    """Whoever unpickles it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return open, (str(self.path), "w")


@contextmanager
def bounded() -> Iterator[None]:
    """Fails where more than MOST_MEMORY is allocated by Python meanwhile."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def hostile(marker: Path) -> dict[str, bytes]:
    """What a file of ours may hold instead of what we wrote. `marker` is made by whoever executes one of them."""
    pickled = pickle.dumps(Marker(marker))
    return {
        "NaN": b'{"version": 1, "scale": NaN, "asked": NaN}',
        "1e999": b'{"version": 1, "scale": 1e999}',
        "5,000 digits": b'{"version": 1, "side": ' + b"9" * 5_000 + b"}",
        "bad UTF-8": b'{"version": 1, "lesson": "\xff\xfe"}',
        "a name twice": b'{"version": 1, "theme": "dark", "theme": "light"}',
        "a million brackets": b"[" * 1_000_000,
        "a million tables": b'{"a":' * 200_000,
        "a wrong version": b'{"version": 99}',
        "junk": bytes(range(256)) * 40,
        "nothing": b"",
        "cut short": b'{"version": 1, "theme": "da',
        "a pickle": pickled,
        "an INI with a pickle": b"[General]\nx=@Variant(\\0\\0\\0\\x7f\\0\\0\\0\\x15PySide::PyObjectWrapper\\0\\0\\0\\0"
        + pickled.hex().encode()
        + b")\n",
        "a bomb": zlib.compress(b"\0" * (50 << 20)),
    }


NAMES = list(hostile(Path("x")))


def plan() -> SweepPlan:
    return SweepPlan(RunConfig(workload="sleep"), models=("sequential",), workers=(1,))


def settings(path: Path) -> tuple[bool, str]:
    file = SettingsFile(path)
    return file.load() == Settings(), file.problem


def trust(path: Path) -> tuple[bool, str]:
    found = trusted(path)
    return not found.known, found.problem


def pythons(path: Path) -> tuple[bool, str]:
    return ProbeCache(path)._entries == {}, ""


def sweep(path: Path) -> tuple[bool, str]:
    store = SweepStore(plan(), {}, path.parent)
    if path != store.path and path.exists():
        path.rename(store.path)
    kept = store.load()
    return not kept.results, kept.problem


LOADERS: dict[str, Callable[[Path], tuple[bool, str]]] = {
    "settings.json": settings,
    "trusted.json": trust,
    "pythons.json": pythons,
    "sweep.json": sweep,
}


@fault(
    "F51",
    injected="settings, trusted files, interpreters and a sweep that are INI files with a PyObjectWrapper pickle, or pickles",
    expected="never executed; the defaults hold, the file is set aside, and it is said",
)
@fault(
    "F52",
    injected="the same files as junk, truncated, with NaN, duplicates, endless numbers, a million brackets, 1 GiB",
    expected="the defaults hold, the file is set aside, and it is said; memory is bounded",
)
@pytest.mark.parametrize("kind", LOADERS)
def test_a_damaged_file_of_ours_is_set_aside(kind: str, tmp_path: Path) -> None:
    marker = tmp_path / "executed"
    for name, content in hostile(marker).items():
        path = tmp_path / kind
        path.write_bytes(content)
        with bounded():
            empty, problem = LOADERS[kind](path)
        assert empty, name
        assert problem or kind == "pythons.json", name
        assert kind == "pythons.json" or ".bak" in problem, problem
        assert kind == "pythons.json" or any(item.suffix == ".bak" for item in tmp_path.iterdir()), name
        for item in tmp_path.iterdir():
            item.unlink()
        assert LOADERS[kind](path) == (True, ""), "said once"
    with path.open("wb") as file:
        file.truncate(HUGE)
    with bounded():
        assert LOADERS[kind](path)[0]
    assert not marker.exists()


@fault(
    "F52",
    injected="settings that contradict their schema",
    expected="the defaults hold, the file is set aside as .bak and said once",
)
@pytest.mark.parametrize(
    "damage",
    [
        b"[]",
        b"null",
        b'{"version": 1, "theme": "pink"}',
        b'{"version": 1, "scale": "x"}',
        b'{"version": 1, "geometry": "***"}',
        b'{"version": 1, "splitter": [-1]}',
        b'{"version": 1, "evil": 1}',
        b'{"version": 1, "config": {"model": 5}}',
        b'{"version": 1, "config": {"workers": 0}}',
        b'{"version": 1, "geometry": 5}',
        b'{"version": 1, "config": {"x": 1}}',
        b'{"version": 1, "memory_limit_mb": 5}',
        b'{"version": 1, "history_mb": true}',
    ],
)
def test_settings_are_held_against_their_schema(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(damage)
    assert settings(path)[0]
    assert path.with_name("settings.json.bak").read_bytes() == damage
    assert settings(path) == (True, "")


@fault(
    "F52",
    injected="settings with several values that cannot be, among good ones",
    expected="the good ones are kept; those that are bad are named with their values, and the old file is kept",
)
def test_good_settings_are_kept_beside_bad_ones(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(
        b'{"version": 1, "theme": "pink", "scale": 1.5, "side": -3, "config": {"model": "sleep", "workers": 0}, "mode": "own",'
        b' "geometry": 7, "runs_kept": 12, "evil": "\\u0007", "recent": ["a.py", 5], "language": "zh_CN"}'
    )
    file = SettingsFile(path)
    assert file.load() == Settings(scale=1.5, mode="own", runs_kept=12, language="zh_CN")
    for words in ('theme "pink"', "side -3", 'config {"model": "sleep", "workers": 0}', "and 3 more", ".bak"):
        assert words in file.problem, file.problem
    assert "scale" not in file.problem
    assert path.with_name("settings.json.bak").exists()


# ---- recordings -------------------------------------------------------------------------------------------------------
@fault(
    "F53",
    injected="a kept run whose JSON has NaN, 1e999, 5,000 digits, bad UTF-8, a name twice, 500,000 brackets",
    expected="a RecordingError with the byte; nothing else",
)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1e999}', "1e999"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "5000 digits"),
        (b'{"a": ' + b"9" * 30 + b"}", "out of range"),
        (b"[" * 500_000, "deep"),
        (b'{"a":' * 100_000, "deep"),
        (b'"' + b'\\"' * 400_000, "not JSON"),
        (b'{"a": "\xff\xfe"}', "UTF-8"),
        (b"\x80\x04K\x01.", "UTF-8"),
        (b"{}", "has no"),
        (b"[]", "no object"),
        (b"", "not JSON"),
    ],
)
def test_hostile_json_is_refused(text: bytes, reason: str) -> None:
    for name in TEXTS:
        assert reason in str(refused(pack({**TEXTS, name: text}, RECORDING.columns))), name


@fault(
    "F53",
    injected="headers with right checksums that claim 2**63 rows and the like",
    expected="refused before anything is made of it, in less than 20 MiB",
)
@pytest.mark.parametrize(("rows", "wide"), [(2**63, 0), (2**40, 2**40), (10**6, 0), (20_000, 0), (0, 0), (7, 3)])
def test_what_is_claimed_is_not_believed(rows: int, wide: int) -> None:
    tracemalloc.start()
    for block in BLOCKS:
        at = RAW.index(block.name.encode().ljust(16, b"\0"))
        header = RAW[at : at + 20] + struct.pack("<IQQ", 0, rows, wide) + RAW[at + 40 : at + 44]
        forged = RAW[:at] + header + struct.pack("<I", zlib.crc32(header)) + RAW[at + 48 :]
        if forged != RAW:
            refused(forged)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 << 20


@fault(
    "F53",
    injected="kept runs that are truncated, of a wrong version, bombs, of 1 GiB, links and pipes in the folder",
    expected="each named with the byte and set aside as .bad; the rest load",
)
@fault(
    "F54",
    injected="kept runs that are pickles, or begin as one of ours and go on as a pickle",
    expected="refused by their first bytes or checksum; never unpickled",
)
def test_a_folder_of_hostile_recordings(tmp_path: Path) -> None:
    shelf, marker = Shelf(tmp_path / "runs"), tmp_path / "executed"
    good = shelf.keep(recorded(ended_at=1_000_000.0))
    files = {
        **hostile(marker),
        "half": RAW[: len(RAW) // 2],
        "ours and a pickle": RAW[:32] + pickle.dumps(Marker(marker)),
    }
    files["wrong version"] = RAW[:8] + struct.pack("<H", 0) + RAW[10:]
    for number, content in enumerate(files.values()):
        (shelf.folder / f"20250101-000000-{number:06x}.threadmill").write_bytes(content)
    with (shelf.folder / "huge.threadmill").open("wb") as file:
        file.truncate(HUGE)
    os.mkfifo(shelf.folder / "pipe.threadmill")
    (shelf.folder / "link.threadmill").symlink_to("/dev/zero")
    with bounded():
        listing = shelf.look()
    assert [kept.id for kept in listing.runs] == [good]
    assert len(listing.problems) == len(files) + 3
    for problem in listing.problems:
        assert "cannot be used: at byte" in problem
        assert problem.endswith(".bad.")
    assert shelf.look().problems == ()
    for number, content in enumerate(files.values()):
        outside = tmp_path / f"import{number}"
        outside.write_bytes(content)
        with pytest.raises(RecordingError), bounded():
            shelf.take_in(outside)
    assert not marker.exists()


@fault(
    "F53",
    injected="columns with NaN, lengths and numbers that contradict each other",
    expected="refused with what contradicts what",
)
def test_columns_are_checked() -> None:
    for column, value in (
        ("accounts", np.full_like(RECORDING.columns["accounts"], np.nan)),
        ("service", np.array([2**60])),
        ("span_end", np.full(len(RECORDING.columns["span_end"]), -(2**62))),
    ):
        refused(pack(TEXTS, {**RECORDING.columns, column: value}))


@fault(
    "F53",
    injected="lessons with NaN, 5,000 digits, bad UTF-8, 250,000 brackets, junk, 1 GiB",
    expected="each named with its line; the rest load",
)
def test_a_folder_of_hostile_lessons(tmp_path: Path) -> None:
    text = (SHIPPED / "mutex.md").read_bytes()
    (tmp_path / "good.md").write_bytes(text.replace(b"order =", b"order =", 1))
    marker = tmp_path / "executed"
    begun, _, rest = text.partition(b"\n")
    for number, content in enumerate(
        (
            *hostile(marker).values(),
            begun + b"\nlevel = nan\n" + rest,
            begun + b"\nx = " + b"9" * 5_000 + b"\n" + rest,
            begun + b"\nx = " + b"[" * 250_000 + b"\n" + rest,
            begun + b"\nx = 1\nx = 2\n" + rest,
            begun + b"\nx = '\xff'\n" + rest,
        )
    ):
        (tmp_path / f"bad-{number}.md").write_bytes(content)
    count = number + 1
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(HUGE)
    with bounded():
        library = load([tmp_path])
    assert library.ordered() == ["good"]
    assert len({item.path for item in library.broken}) == count + 1
    assert all(item.error for item in library.broken)
    assert not marker.exists()


# ---- the disk is full -------------------------------------------------------------------------------------------------
@fault(
    "F48",
    injected="RLIMIT_FSIZE of 300 bytes while a run is kept and while settings, trust and a sweep are written",
    expected="said in a sentence; the old files are whole, nothing half-written is left",
)
def test_the_disk_is_full(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "runs")
    key = shelf.keep(recorded(ended_at=1_000_000.0, name="old"))
    file, known, store = SettingsFile(tmp_path / "settings.json"), trusted(tmp_path / "trusted.json"), None
    assert file.save(Settings(lesson="mutex"))
    known.add("a" * 64, "old.py")
    store = SweepStore(plan(), {}, tmp_path / "sweeps")
    assert store.save([]) == ""
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with limited(resource.RLIMIT_FSIZE, 300):
        with pytest.raises(ShelfError, match=r"could not be kept in .*File too large"):
            shelf.keep(recorded(ended_at=1_000_001.0))
        with pytest.raises(ShelfError, match="could not be changed"):
            shelf.change(key, name="new")
        assert not file.save(Settings(theme="dark"))
        for number in range(8):
            known.add(f"{number:064x}", "new.py" * 20)
        said = store.save([])
    assert "could not be saved" in file.problem
    assert "cannot be written" in known.problem
    assert "cannot be kept" in said
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"}
    assert {path: raw for path, raw in before.items() if path.name != ".lock"} == after
    assert shelf.load(key).head["name"] == "old"
    assert shelf.keep(recorded(ended_at=1_000_002.0)), "and when there is room again, it works again"
