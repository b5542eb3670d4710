"""Which processes and files of ours are there, so that a test can say that it left none."""

import glob
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

MARKS = ("workers/engine/boot.py", "workers/engine/guardian.py")
started: set[int] = set()
"""PIDs of what this test process has started."""


def follow_started() -> None:
    """Note from now on what is started."""
    begin = subprocess.Popen.__init__

    def note(self: "subprocess.Popen[Any]", *arguments: Any, **named: Any) -> None:
        begin(self, *arguments, **named)
        started.add(self.pid)

    subprocess.Popen.__init__ = note  # type: ignore[method-assign]


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether `condition` came true within `seconds`; looked at every 10 ms."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def alive(pid: int) -> bool:
    """Whether the process exists and is more than a zombie."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def tree(pid: int) -> set[int]:
    """The process and all its descendants."""
    try:
        process = psutil.Process(pid)
        return {pid} | {child.pid for child in process.children(recursive=True)}
    except psutil.NoSuchProcess:
        return set()


def group(pgid: int) -> set[int]:
    """The living members of a process group."""
    found = set()
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == pgid and process.status() != psutil.STATUS_ZOMBIE:
                found.add(process.pid)
        except (psutil.NoSuchProcess, ProcessLookupError):
            continue
    return found


def ours() -> set[int]:
    """Hosts and guardians started by this test process, and all below them."""
    if not _has_children():
        return set()
    found = set()
    for process in psutil.Process().children(recursive=True):
        try:
            command = " ".join(process.cmdline())
            if any(mark in command for mark in MARKS) and process.status() != psutil.STATUS_ZOMBIE:
                found.add(process.pid)
        except psutil.NoSuchProcess:
            continue
    return found


def _has_children() -> bool:
    """Whether this process has any. Where the kernel lists them it need not be found out from those of the whole machine."""
    lists = glob.glob("/proc/self/task/*/children")
    return not lists or any(_text(path) for path in lists)


def _text(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:  # the thread has ended
        return ""


def run_files(of_the_dead: bool = True) -> set[str]:
    """Run directories, shared memory and semaphores of this test process and, if asked, of processes that it started and that are no more.

    Another window may be open on this machine, or another test run may have been killed on it: what those have is their own.
    """
    patterns = ("/dev/shm/threadmill-*", "/dev/shm/sem.threadmill-*", str(Path(tempfile.gettempdir(), "threadmill-*")))
    found = {path for pattern in patterns for path in glob.glob(pattern)}
    return {
        path
        for path in found
        if (owner := _owner(path)) is not None
        and (owner == os.getpid() or (of_the_dead and owner in started and not alive(owner)))
    }


def _owner(path: str) -> int | None:
    """The process that made this file; None where others have called theirs in a like manner."""
    word = path.split("threadmill-")[1].split("-")[0]
    return int(word) if word.isdigit() else None
