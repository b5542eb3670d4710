"""The process that cleans up when the window is gone, whatever its workers are stuck in. One per window.

Run as `python -I -S guardian.py`. Reads lines from stdin:

    add PGID PREFIX DIRECTORY    a host was started: its process group, its semaphores' prefix, its run directory
    drop PGID                    it ended and was cleaned up

At the end of stdin, which the kernel brings about however the window ends, it kills the groups that are left and removes
their semaphores and directories, also where it was stopped (SIGSTOP) itself. A watch thread inside the host could not: it never runs
while C code holds the GIL.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator

try:
    import fcntl
except ImportError:  # see workers.telemetry.ring
    fcntl = None  # type: ignore[assignment]

SHM = "/dev/shm"
RUN = "THREADMILL_RUN"
"""In the environment of every process of a run: the prefix of its names. So one that has left the process group is known, too."""


def group_members(pgid: int) -> Iterator[int]:
    """PIDs of a process group, but for zombies, which in a container nobody may ever reap. Raises OSError where there is no /proc."""
    for pid in os.listdir("/proc"):
        if not pid.isdigit():
            continue
        try:
            with open(f"/proc/{pid}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == pgid and fields[0] not in (b"Z", b"X"):
            yield int(pid)


def group_alive(pgid: int) -> bool:
    """Whether anybody but zombies is left of a process group."""
    try:
        os.killpg(pgid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return any(group_members(pgid))
    except OSError:
        return True  # no /proc: the group's word counts


def kill_strays(prefix: str) -> None:
    """Kill those of a run who have made a session of their own, as daemons do: their environment still says where they come from.

    What was started with another environment, or hides its own, is not found. Nothing where there is no /proc.
    """
    mark = f"{RUN}={prefix}".encode()
    for pid in _pids():
        try:
            # Taken before the look: a PID may be another process by the time of the signal, and this is not.
            fd = os.pidfd_open(pid)
        except (AttributeError, OSError):
            continue
        try:
            if mark in _environment(pid):
                signal.pidfd_send_signal(fd, signal.SIGKILL)
        except OSError:
            pass  # it has just ended, or is somebody else's
        finally:
            os.close(fd)


def runs_there() -> set[str]:
    """Prefixes of the runs that have processes, by their environment; not of those in other containers, where PIDs mean others."""
    found = set()
    for pid in _pids():
        try:
            marks = [word for word in _environment(pid) if word.startswith(f"{RUN}=".encode())]
            if marks and os.readlink(f"/proc/{pid}/ns/pid") == os.readlink("/proc/self/ns/pid"):
                found.add(os.fsdecode(marks[0]).partition("=")[2])
        except OSError:
            continue
    return found


def _pids() -> list[int]:
    """All but our own; none where there is no /proc."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
    except OSError:
        return []


def _environment(pid: int) -> list[bytes]:
    """What a process was started with. Raises OSError where it is gone, or may not be asked."""
    with open(f"/proc/{pid}/environ", "rb") as file:
        return file.read().split(b"\0")


def sweep(pgid: int | None, prefix: str, directory: str, wait_s: float = 1.0) -> None:
    """Kill a process group and its strays, wait until it is gone, and remove what it left in shared memory and on disk.

    `pgid` is None where the group is gone: its number may be another's by now.
    """
    if pgid is not None:
        try:
            os.killpg(pgid, signal.SIGKILL)
        except OSError:
            pass  # nobody left in it
    kill_strays(prefix)
    end = time.monotonic() + wait_s
    while pgid is not None and time.monotonic() < end and group_alive(pgid):
        time.sleep(0.01)
    try:
        names = os.listdir(SHM)
    except OSError:
        names = []
    for name in names:
        if name.startswith(("sem." + prefix, prefix)) and os.path.join(SHM, name) != directory:
            try:
                os.unlink(os.path.join(SHM, name))
            except OSError:
                pass  # its own clean-up was faster
    shutil.rmtree(directory, ignore_errors=True)


def wake_at_the_end(fd: int) -> None:
    """Have the kernel continue this process when nobody holds the other end of the pipe any more: somebody may have stopped it."""
    if fcntl is not None and hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(fd, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGCONT)
        fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_ASYNC)


def main() -> None:
    """Follow stdin to its end, then sweep what is left."""
    wake_at_the_end(sys.stdin.fileno())
    runs: dict[int, tuple[str, str]] = {}
    for line in sys.stdin:
        words = line.rstrip("\n").split(" ", 3)
        if words[0] == "add":
            runs[int(words[1])] = (words[2], words[3])
        else:
            runs.pop(int(words[1]), None)
    for pgid in runs:
        try:
            os.killpg(pgid, signal.SIGKILL)
        except OSError:
            pass
    for pgid, (prefix, directory) in runs.items():
        sweep(pgid, prefix, directory)


if __name__ == "__main__":
    main()
