"""The guardian sweeps exactly what it was told of and what was not taken back."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.processes import alive, wait_until
from workers.client.guardian import Guardian
from workers.client.rundir import RunDirectory, hold, sweep_stale

STUBBORN = """
import re, signal
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
print("up", flush=True)
re.match(r"(a+)+$", "a" * 60 + "b")  # C code that holds the GIL for longer than anybody waits
"""


def stubborn() -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_end_of_stdin_kills_groups_and_removes_what_they_had() -> None:
    guardian = Guardian()
    victim, directory = stubborn(), RunDirectory()
    semaphore = Path("/dev/shm", f"sem.{directory.prefix}-abc")
    semaphore.write_bytes(b"")
    guardian.add(victim.pid, directory.prefix, directory.path)
    guardian.close()
    assert victim.wait(3) == -signal.SIGKILL
    assert wait_until(lambda: not Path(directory.path).exists() and not semaphore.exists(), 2.5)
    directory.board.close()
    assert victim.stdout is not None
    victim.stdout.close()


def test_what_was_taken_back_is_left_alone() -> None:
    guardian = Guardian()
    bystander = stubborn()
    directory = RunDirectory()
    guardian.add(bystander.pid, directory.prefix, directory.path)
    guardian.drop(bystander.pid)
    guardian.close()
    assert alive(bystander.pid)
    assert Path(directory.path).exists()
    bystander.kill()
    bystander.wait(10)
    assert bystander.stdout is not None
    bystander.stdout.close()
    directory.discard()


def test_signals_of_the_terminal_do_not_reach_it() -> None:
    guardian = Guardian()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(guardian.pid, number)
    assert alive(guardian.pid)
    guardian.close()


def test_a_run_directory_is_private() -> None:
    directory = RunDirectory()
    assert os.stat(directory.path).st_mode & 0o777 == 0o700
    for name in os.listdir(directory.path):
        assert os.stat(Path(directory.path, name)).st_mode & 0o777 == 0o600
    directory.discard()
    assert not Path(directory.path).exists()


def test_what_a_killed_window_left_of_its_scripts_is_swept_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    dead = int(gone.stdout)
    left, held, living, other = (
        tmp_path / name
        for name in (
            f"threadmill-{dead}-script-a_3xyz9q",
            f"threadmill-{dead}-script-bcdefgh1",
            f"threadmill-{os.getpid()}-script-abcdefg2",
            f"threadmill-{dead}-scripts",
        )
    )
    for path in (left, held, living, other):
        (path / "1").mkdir(parents=True)
        (path / "1" / "script.py").touch()
    lock = hold(str(held))
    sweep_stale()
    assert sorted(tmp_path.iterdir()) == sorted((held, living, other))
    os.close(lock)
    sweep_stale()
    assert not held.exists()
    shutil.rmtree(living)
    shutil.rmtree(other)
