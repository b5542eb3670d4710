"""The guardian sweeps exactly what it was told of and what was not taken back."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.processes import alive, wait_until
from workers.client import guardian as guardians
from workers.client.guardian import Guardian
from workers.client.rundir import RunDirectory, hold, sweep_stale
from workers.engine.guardian import RUN

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


def test_one_that_was_killed_is_replaced_and_told_of_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guardians, "LOOK_S", 0.0)
    guardian = Guardian()
    victim, directory = stubborn(), RunDirectory()
    guardian.add(victim.pid, directory.prefix, directory.path)
    first = guardian.pid
    os.kill(first, signal.SIGKILL)
    assert wait_until(lambda: not alive(first))
    guardian.look()
    assert guardian.pid != first
    guardian.look()
    assert alive(guardian.pid)
    guardian.close()
    assert victim.wait(3) == -signal.SIGKILL
    assert wait_until(lambda: not Path(directory.path).exists(), 2.5)
    directory.board.close()
    assert victim.stdout is not None
    victim.stdout.close()


def test_one_that_is_killed_again_and_again_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guardians, "LOOK_S", 0.0)
    guardian, seen = Guardian(), set()
    for _ in range(4):
        seen.add(guardian.pid)
        os.kill(guardian.pid, signal.SIGKILL)
        assert wait_until(lambda: not alive(guardian.pid))
        guardian.look()
    assert len(seen) == 4
    assert guardian.pid in seen, "there is no fifth"
    guardian.add(1, "threadmill-1-0", "/nowhere")  # nobody hears it, and nothing breaks
    guardian.close()


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


def test_processes_of_a_window_that_is_no_more_are_killed_by_the_next() -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    dead = int(gone.stdout)
    held = Path("/dev/shm", f"threadmill-{dead}-0b")
    held.mkdir()
    lock = hold(str(held))  # its window lives, in another container
    left, kept, living = (
        subprocess.Popen(["sleep", "60"], env={**os.environ, RUN: prefix}, start_new_session=True)
        for prefix in (f"threadmill-{dead}-0a", held.name, f"threadmill-{os.getpid()}-0c")
    )
    left.send_signal(signal.SIGSTOP)
    try:
        sweep_stale()
        assert left.wait(10) == -signal.SIGKILL
        assert kept.poll() is None
        assert living.poll() is None
    finally:
        for process in (left, kept, living):
            process.kill()
            process.wait(10)
        os.close(lock)
        shutil.rmtree(held)


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
