"""What is remembered of interpreters, when it is asked for again, and that a damaged file does no harm."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.fake_pythons import PLAIN, answer, fake_python, times_asked
from workers.client import candidates as places
from workers.client import probe_cache
from workers.client.catalogue import fetch
from workers.client.interpreters import find, remember
from workers.client.places import cache_dir
from workers.client.probe_cache import ProbeCache


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only Python to be found besides our own."""
    path = fake_python(tmp_path / "pythons" / "python3.13", answer())
    monkeypatch.setattr(places, "_folders", lambda: iter([path.parent]))
    monkeypatch.delenv("THREADMILL_PYTHONS", raising=False)
    return path


def file() -> Path:
    return cache_dir() / "pythons.json"


def change(**changes: Any) -> None:
    """Change every entry of the file."""
    data = json.loads(file().read_text())
    for entry in data["pythons"].values():
        entry.update(changes)
    file().write_text(json.dumps(data))


def test_a_warm_cache_starts_nobody(python: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = find()
    assert times_asked(python) == 1

    def refuse(path: str) -> None:
        raise AssertionError(f"{path} was asked again")

    monkeypatch.setattr("workers.client.interpreters.probe", refuse)
    assert find() == first
    assert times_asked(python) == 1


def test_it_lies_where_the_tests_settings_lie(python: Path) -> None:
    find()
    assert file().is_relative_to(os.environ["THREADMILL_CONFIG_DIR"])
    assert file().stat().st_mode & 0o077 == 0
    assert [path.name for path in file().parent.iterdir()] == ["pythons.json"]


def test_without_a_directory_of_ones_own_it_is_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("THREADMILL_CONFIG_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_dir().is_relative_to(tmp_path)
    assert cache_dir().name == "threadmill"


def test_another_file_at_the_same_path_is_asked(python: Path) -> None:
    find()
    fake_python(python, answer(version="3.13.2"))
    os.utime(python, ns=(1, 1))
    assert [info.version for info in find()][1:] == ["3.13.2"]


def test_another_file_behind_the_same_link_is_asked(python: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        fake_python(tmp_path / str(number) / "python3.12", answer(version=f"3.12.{number}"))
    link = python.with_name("python3.12")
    link.symlink_to(tmp_path / "1" / "python3.12")
    assert [info.version for info in find()][1:] == ["3.12.1", "3.13.1"]
    link.unlink()
    link.symlink_to(tmp_path / "2" / "python3.12")
    assert [info.version for info in find()][1:] == ["3.12.2", "3.13.1"]


@pytest.mark.parametrize(("age", "asked"), [(probe_cache.FRESH_S - 60, 1), (probe_cache.FRESH_S + 1, 2), (-3600.0, 2)])
def test_an_old_answer_is_asked_for_again(age: float, asked: int, python: Path) -> None:
    """Modules may have been installed since. One from the future is of a clock that was wrong."""
    find()
    change(asked=time.time() - age)
    find()
    assert times_asked(python) == asked


def test_one_that_is_none_is_remembered_too_but_not_for_long(python: Path) -> None:
    fake_python(python, "no", "exit 1")
    assert len(find()) == len(find()) == 1
    assert times_asked(python) == 1
    change(asked=time.time() - probe_cache.FAILED_FRESH_S - 1)
    find()
    assert times_asked(python) == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"version": 1}', b'{"version": 1, "pythons": []}', b'{"version": 2, "pythons": {}}',
     b"[" * 100_000, b"x" * (2 << 20), b'{"version": 1, "pythons": {"a": 3}}'],
)  # fmt: skip
def test_a_damaged_file_is_ignored_and_rewritten(content: bytes, python: Path) -> None:
    file().parent.mkdir(parents=True)
    file().write_bytes(content)
    assert [info.version for info in find()][1:] == ["3.13.1"]
    assert json.loads(file().read_text())["pythons"].keys() >= {str(python)}
    find()
    assert times_asked(python) == 1


@pytest.mark.parametrize(
    "changes",
    [{"info": None}, {"info": {"version": "3.13"}}, {"info": {**json.loads(answer()), "gil": 1}}, {"asked": "yesterday"}, {"stamp": 3},
     {"info": [1]}, {"error": 7}],
)  # fmt: skip
def test_a_damaged_entry_is_asked_for_again(changes: dict[str, Any], python: Path) -> None:
    find()
    change(**changes)
    assert [info.version for info in find()][1:] == ["3.13.1"]
    assert times_asked(python) == 2


def test_where_nothing_can_be_kept_all_is_found_all_the_same(python: Path) -> None:
    file().parent.parent.mkdir()
    file().parent.write_text("a file where the directory should be")
    assert [info.version for info in find()][1:] == ["3.13.1"]


def test_what_is_long_gone_is_forgotten(python: Path) -> None:
    find()
    data = json.loads(file().read_text())
    data["pythons"]["/long/gone"] = {"stamp": [], "asked": time.time() - probe_cache.FORGOTTEN_S - 1, "error": "gone"}
    data["pythons"]["/gone"] = {"stamp": [], "asked": time.time(), "error": "gone"}
    file().write_text(json.dumps(data))
    cache = ProbeCache()
    cache.put(str(python), PLAIN)
    cache.save()
    assert json.loads(file().read_text())["pythons"].keys() >= {str(python), "/gone"}
    assert "/long/gone" not in json.loads(file().read_text())["pythons"]


def test_the_chosen_one_is_always_asked_and_its_answer_kept(python: Path) -> None:
    """A catalogue comes from the interpreter itself; what it says of itself replaces what was remembered."""
    own = find()[0]
    change(info={**json.loads(answer()), "executable": own.executable, "version": "3.99.0"})
    assert find()[0].version == "3.99.0"
    assert fetch(None).python.version == own.version
    assert find()[0] == own


def test_the_same_answer_again_writes_nothing(python: Path) -> None:
    own = find()[0]
    os.utime(file(), ns=(1, 1))
    remember(own)
    assert file().stat().st_mtime_ns == 1
