"""How rows of the benchmark suite end, and its runner: nothing stays behind, and what was found is kept. Nothing is measured here."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.benchmarks.figures import Scale
from tests.benchmarks.rows import Entry
from tests.benchmarks.runner import ROOT, run_one, spent

ROW = Entry("X", ".helpers.ending_row", "One that ends", 60.0)
SUITE = f"""
import sys
from tests.benchmarks import __main__ as suite
from tests.benchmarks.rows import Entry
suite.chosen = lambda only: ({ROW!r},)
sys.exit(suite.main(["--unchecked", "--json", sys.argv[1]]))
"""


def left(notes: Path) -> tuple[int, Path]:
    """What the row has left behind: PID and folder."""
    pid, folder = notes.read_text().splitlines()
    return int(pid), Path(folder)


def ended(pid: int) -> bool:
    """Waits for it. In a container it may stay a zombie for ever."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def gone(notes: Path) -> bool:
    """Whether both are no more."""
    pid, folder = left(notes)
    return ended(pid) and not folder.parent.exists()


@pytest.mark.parametrize(
    ("ends", "error"),
    [
        ("exit", "It ended with exit code 5 before it was done."),
        ("crash", "It was ended by SIGSEGV before it was done."),
        ("SystemExit", "It ended with exit code 3 before it was done."),
    ],
)
def test_a_row_that_crashes_says_how_and_leaves_nothing(
    ends: str, error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENDS", ends)
    monkeypatch.setenv("NOTES", str(tmp_path / "notes"))
    row = run_one(ROW, Scale())
    assert row.error == error
    assert [figure.what for figure in row.figures] == ["a figure"]
    assert gone(tmp_path / "notes")


def test_the_cpu_time_of_orphans_is_the_rows_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDS", "orphan")
    before = spent()
    row = run_one(ROW, Scale())
    assert row.error == ""
    assert spent()[2] - before[2] >= 0.5


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_runner_that_is_ended_ends_its_row_and_tells_what_was_found(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    with suite(tmp_path) as process:
        wait_for(tmp_path / "notes", process)
        process.send_signal(number)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert "| X | a figure | **1.00x** |" in said
    assert "Traceback" not in said
    data = json.loads((tmp_path / "rows.json").read_text())
    assert data["whole"] is False
    assert data["rows"][0]["error"] == f"It was ended by {number.name}."
    assert gone(tmp_path / "notes")


def test_a_row_ends_with_a_runner_that_is_killed(tmp_path: Path) -> None:
    with suite(tmp_path) as process:
        wait_for(tmp_path / "notes", process)
        process.kill()
        process.communicate(timeout=60)
    pid, folder = left(tmp_path / "notes")
    assert ended(pid)
    shutil.rmtree(folder.parent)  # nobody is left who could


def suite(folder: Path) -> subprocess.Popen[str]:
    """The suite, with that one row."""
    environment = {**os.environ, "ENDS": "never", "NOTES": str(folder / "notes"), "TMPDIR": str(folder)}
    command = [sys.executable, "-c", SUITE, str(folder / "rows.json")]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def wait_for(notes: Path, process: subprocess.Popen[str]) -> None:
    """Until the row is in the middle of it."""
    end = time.monotonic() + 60
    while not notes.exists():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.01)
