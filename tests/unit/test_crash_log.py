"""A window's crash log: removed when it is closed, found by the next one when it is not, and never taken from one that lives."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workers.client.crash_log import KEPT, READ_BYTES, CrashLog, kept, read, set_aside

ROOT = Path(__file__).parents[2]
WINDOW = """
import os, sys
from pathlib import Path
from workers.client.crash_log import CrashLog
log = CrashLog(Path(sys.argv[1]))
log.open("the head")
log.note("the run")
print(log.path, flush=True)
exec(sys.stdin.readline())
"""


def window(folder: Path, then: str) -> tuple["subprocess.Popen[str]", Path]:
    """A process with a log; with `then` it goes on once it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    path = Path(process.stdout.readline().strip())
    assert process.stdin is not None
    if then:
        process.stdin.write(f"{then}\n")
        process.stdin.flush()
    return process, path


def end(process: "subprocess.Popen[str]", code: int) -> None:
    assert process.wait(20) == code
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.stdout.close()


def test_a_segmentation_fault_leaves_the_stacks_and_what_ran(tmp_path: Path) -> None:
    process, path = window(tmp_path, "import ctypes; ctypes.string_at(0)")
    end(process, -signal.SIGSEGV)
    (crash,) = set_aside(tmp_path)
    assert crash.fatal == "Segmentation fault"
    assert crash.text.startswith("the head\nthe run\n")
    assert "string_at" in crash.text
    assert not path.exists()
    assert crash.path.stat().st_mode & 0o777 == 0o600
    assert set_aside(tmp_path) == [], "it is told once"
    assert kept(tmp_path) == [crash.path]


def test_sigkill_leaves_the_log_without_stacks_and_closing_leaves_nothing(tmp_path: Path) -> None:
    closed, path = window(tmp_path, "log.close()")
    end(closed, 0)
    assert not path.exists()
    killed, _ = window(tmp_path, "")
    killed.kill()
    end(killed, -signal.SIGKILL)
    (crash,) = set_aside(tmp_path)
    assert crash.fatal == ""
    assert "the run" in crash.text


def test_windows_that_live_are_not_taken_for_crashed(tmp_path: Path) -> None:
    other, path = window(tmp_path, "")
    mine = CrashLog(tmp_path)
    mine.open("mine", faults=False)
    assert set_aside(tmp_path) == []
    assert path.exists()
    other.kill()
    end(other, -signal.SIGKILL)
    (crash,) = set_aside(tmp_path)
    assert str(other.pid) in crash.path.name
    assert mine.path is not None
    assert mine.path.exists()
    mine.close()
    assert mine.path is None


def test_it_is_bounded_in_size_and_number(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        log = CrashLog(tmp_path)
        log.open("x" * 100, faults=False)
        log.note("n" * 1_000_000)
        assert log.path is not None
        assert log.path.stat().st_size < 20_000
        log.add("y" * 10 * READ_BYTES)
        os.utime(log.path, (number * 1000.0, number * 1000.0))
        log.leave()
        os.rename(*_renumbered(tmp_path, number))
        set_aside(tmp_path)
    paths = kept(tmp_path)
    assert len(paths) == KEPT
    crash = read(paths[0])
    assert crash is not None
    assert len(crash.text) <= READ_BYTES + 10
    assert crash.when == (KEPT + 2) * 1000.0
    assert read(tmp_path / "gone") is None


def _renumbered(folder: Path, number: int) -> tuple[Path, Path]:
    """The log as that of another window."""
    (path,) = folder.glob("window-*.log")
    return path, path.with_name(f"window-{1000 + number}-abcdef01.log")


def test_where_none_can_be_written_there_is_none_and_it_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    log = CrashLog(blocked / "state")
    log.open("head", faults=False)
    assert log.path is None
    assert "No crash report can be kept" in log.problem
    log.note("nothing happens")
    log.add("nor here")
    log.close()


@pytest.mark.parametrize("name", ["window-x.log", "window-1-zz.log", "notes.txt"])
def test_files_of_others_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("theirs")
    assert set_aside(tmp_path) == []
    assert (tmp_path / name).read_text() == "theirs"
