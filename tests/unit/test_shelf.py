"""Where runs are kept: bounded, several at once, and what is damaged stops nobody."""

import fcntl
import gc
import os
import threading
import weakref
from pathlib import Path

import pytest

from tests.helpers.recorded import pool, recorded
from workers.recordings import shelf as shelves
from workers.recordings.errors import RecordingError
from workers.recordings.layout import MOST_BYTES
from workers.recordings.recording import Recording
from workers.recordings.shelf import Shelf, ShelfError, find, tidy

RUN = recorded()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "runs")


def fill(shelf: Shelf, count: int, **head: object) -> list[str]:
    """Ids of so many runs, the oldest first."""
    made = [recorded(ended_at=1_000_000.0 + i, **head) for i in range(count)]
    return [shelf.keep(one) for one in made]


def ids(shelf: Shelf) -> list[str]:
    return [kept.id for kept in shelf.look().runs]


def test_it_stands_in_the_users_directory(tmp_path: Path) -> None:
    assert Shelf().folder == tmp_path / "config" / "data" / "runs"
    assert Shelf().look().runs == ()
    Shelf().keep(RUN)
    assert oct(Shelf().folder.stat().st_mode & 0o777) == "0o700"
    assert {oct(path.stat().st_mode & 0o777) for path in Shelf().folder.glob("*.threadmill")} == {"0o600"}


def test_the_newest_comes_first_and_has_what_a_list_shows(shelf: Shelf) -> None:
    kept = fill(shelf, 3)
    assert ids(shelf) == kept[::-1]
    first = shelf.look().runs[0]
    assert first.figures["config"]["model"] == "thread_pool"
    assert first.figures["throughput_per_s"] == RUN.summary["throughput_per_s"]
    assert shelf.load(first.id).summary == RUN.summary


def test_the_oldest_go_first_and_pinned_ones_never(shelf: Shelf) -> None:
    kept = fill(shelf, 5)
    shelf.change(kept[0], pinned=True)
    assert shelf.make_room(3, 100) == 2
    assert ids(shelf) == [kept[4], kept[3], kept[0]]
    assert shelf.make_room(0, 100) == 2
    assert ids(shelf) == [kept[0]]


def test_those_that_made_room_are_not_remembered_either(shelf: Shelf) -> None:
    seen = []
    for i in range(6):
        shelf.keep(recorded(ended_at=1_000_000.0 + i), most_runs=2)
        seen += [weakref.ref(kept) for kept in shelf.look().runs]
    gc.collect()
    assert len({id(kept()) for kept in seen if kept() is not None}) == 2


def test_bytes_are_bounded_too(shelf: Shelf) -> None:
    kept = fill(shelf, 3)
    size = shelf.look().runs[0].size
    assert shelf.make_room(100, 0) == 3, "nothing fits into nothing"
    kept = fill(shelf, 3)
    assert shelf.make_room(100, (3 * size) // (1 << 20) + 1) == 0
    assert len(ids(shelf)) == len(kept)


def test_names_and_pins(shelf: Shelf) -> None:
    (key,) = fill(shelf, 1)
    shelf.change(key, name="  the slow\none\x1b[31m ")
    assert shelf.look().runs[0].head["name"] == "the slow one [31m"
    shelf.change(key, pinned=True)
    assert shelf.look().runs[0].pinned
    assert shelf.load(key).head["name"] == "the slow one [31m"
    assert len(tidy("x" * 999)) == 120


def test_what_is_deleted_comes_back(shelf: Shelf) -> None:
    kept = fill(shelf, 2)
    shelf.delete(kept[0])
    assert ids(shelf) == [kept[1]]
    with pytest.raises(ShelfError, match="no longer kept"):
        shelf.delete(kept[0])
    shelf.restore(kept[0])
    assert ids(shelf) == kept[::-1]


def test_after_an_hour_it_is_gone(shelf: Shelf) -> None:
    (key,) = fill(shelf, 1)
    shelf.delete(key)
    begun = shelf.folder / ".begun-by-somebody-who-died"
    begun.write_bytes(b"half")
    shelf.make_room(10, 10)
    assert begun.exists()
    for path in (begun, shelf.folder / f"{key}.threadmill.deleted"):
        os.utime(path, (1, 1))
    shelf.make_room(10, 10)
    assert not begun.exists()
    with pytest.raises(ShelfError, match="too long ago"):
        shelf.restore(key)


def test_damaged_files_are_named_and_set_aside_and_the_rest_load(shelf: Shelf, tmp_path: Path) -> None:
    kept = fill(shelf, 3)
    raw = (shelf.folder / f"{kept[0]}.threadmill").read_bytes()
    (shelf.folder / f"{kept[0]}.threadmill").write_bytes(raw[:-9])
    outside = tmp_path / "outside"
    outside.write_bytes(raw)
    (shelf.folder / "link.threadmill").symlink_to(outside)
    os.mkfifo(shelf.folder / "pipe.threadmill")
    (shelf.folder / "folder.threadmill").mkdir()
    (shelf.folder / "another-name.threadmill").write_bytes(raw)
    with (shelf.folder / "large.threadmill").open("wb") as file:
        file.truncate(MOST_BYTES * 100)
    listing = shelf.look()
    assert [run.id for run in listing.runs] == [kept[2], kept[1]]
    assert len(listing.problems) == 6
    for problem in listing.problems:
        assert problem.count("cannot be used: at byte") == 1
        assert problem.endswith(".threadmill.bad.")
    assert outside.read_bytes() == raw
    assert shelf.look().problems == (), "said once"
    assert len(list(shelf.folder.glob("*.bad"))) == 6


def test_making_room_sets_nothing_aside(shelf: Shelf) -> None:
    fill(shelf, 1)
    (shelf.folder / "junk.threadmill").write_bytes(b"junk")
    shelf.make_room(10, 10)
    assert len(shelf.look().problems) == 1


def test_a_file_of_a_later_version_stays(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    from workers.recordings import layout

    monkeypatch.setattr(layout, "VERSION", 2)
    (key,) = fill(shelf, 1)
    monkeypatch.undo()
    listing = Shelf(shelf.folder).look()  # nobody who has seen it before
    assert listing.runs == ()
    assert "later version" in listing.problems[0]
    assert (shelf.folder / f"{key}.threadmill").exists()


def test_out_and_in_again(shelf: Shelf, tmp_path: Path) -> None:
    (key,) = fill(shelf, 1, name="mine")
    target = tmp_path / "out.threadmill"
    shelf.export(key, target)
    assert shelf.take_in(target) == key, "it is here already"
    other = Shelf(tmp_path / "other")
    assert other.take_in(target) == key
    assert other.look().runs[0].pinned, "it must not be the first to go"
    assert other.look().runs[0].head["name"] == "mine"
    target.write_bytes(pool().changed(id=key).to_bytes())
    assert other.take_in(target) != key, "another run of that name"
    assert len(other.look().runs) == 2
    target.write_bytes(b"PK\x03\x04")
    with pytest.raises(RecordingError, match=r"out\.threadmill"):
        other.take_in(target)
    with pytest.raises(ShelfError, match="cannot be read"):
        other.take_in(tmp_path / "nowhere.threadmill")


def test_where_nothing_can_be_written_it_is_said(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no directory")
    with pytest.raises(ShelfError, match="could not be kept in"):
        Shelf(tmp_path / "file" / "runs").keep(RUN)
    with pytest.raises(ShelfError, match="no kept run"):
        shelf.load("../../etc/passwd")
    with pytest.raises(ShelfError, match="no longer kept"):
        shelf.load("20200101-000000-aaaaaa")


def test_one_at_a_time_changes_things_and_nobody_waits_for_ever(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    (key,) = fill(shelf, 1)
    monkeypatch.setattr(shelves, "LOCK_S", 0.05)
    handle = os.open(shelf.folder / ".lock", os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(ShelfError, match="in use by another window"):
        shelf.change(key, name="x")
    assert ids(shelf) == [key], "reading needs no lock"
    os.close(handle)
    shelf.change(key, name="x")


def test_two_windows_do_not_hurt_each_other(shelf: Shelf) -> None:
    problems: list[str] = []
    errors: list[Exception] = []

    def work(number: int) -> None:
        own = Shelf(shelf.folder)
        try:
            for i in range(6):
                key = own.keep(recorded(ended_at=2_000_000.0 + number * 100 + i), most_runs=8)
                if i % 2:
                    own.change(key, name=f"{number}.{i}")
                problems.extend(own.look().problems)
        except ShelfError as error:
            # The other one's bound may have dropped it meanwhile.
            if "no longer kept" not in str(error):
                errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not problems
    assert not errors
    assert 1 <= len(ids(shelf)) <= 8


def test_a_run_is_found_by_id_name_or_beginning(shelf: Shelf) -> None:
    kept = fill(shelf, 2)
    shelf.change(kept[0], name="slow")
    runs = shelf.look().runs
    assert find(runs, "latest").id == kept[1]
    assert find(runs, "slow").id == find(runs, kept[0]).id == kept[0]
    with pytest.raises(ShelfError, match="means 2"):
        find(runs, kept[0][:8])
    for word in ("nothing", ""):
        with pytest.raises(ShelfError, match="no kept run"):
            find(runs, word)
    with pytest.raises(ShelfError, match="--keep"):
        find((), "latest")


def test_partial_runs_say_so() -> None:
    from workers.recordings.diff import Side

    for changes, word in (
        ({}, ""),
        ({"stopped": True}, "stopped"),
        ({"stopped": True, "deadlock": "A waits for B."}, "deadlocked"),
        ({"deadlock": "A waits for B."}, ""),  # it was broken, and the rest went on
        ({"phase": "failed"}, "failed"),
    ):
        assert Side.of_summary({**RUN.summary, **changes}, "x").partial == word
    assert Side.of(Recording({**RUN.head, "partial": "failed"}, RUN.summary, RUN.columns)).partial == "failed"
