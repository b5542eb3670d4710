"""What /proc and the clocks of the kernel tell of processes and threads. Linux only."""

import mmap
import os
import time
from functools import lru_cache

UNKNOWN = NO_FILE = -1
STATES = {
    "R": "running",
    "S": "sleeping",
    "D": "disk wait",
    "T": "stopped",
    "t": "traced",
    "Z": "zombie",
    "I": "idle",
    "X": "dead",
    "P": "parked",
}
ENDED = ("zombie", "dead")
_ASLEEP = frozenset(
    b"futex_do_wait futex_wait_queue futex_wait_queue_me hrtimer_nanosleep do_nanosleep do_epoll_wait ep_poll poll_schedule_timeout "
    b"anon_pipe_read anon_pipe_write pipe_read pipe_wait_readable pipe_write do_wait wait_woken unix_stream_read_generic "
    b"inet_csk_accept do_sigtimedwait".split()
)
"""Functions of the kernel in which nobody is but who sleeps until something wakes him or a signal comes: state S, and no other."""
_EXIT_CODE = 49
"""Where /proc/PID/stat has it, among the fields after the name."""
_PAGE = mmap.PAGESIZE
_CHILDREN = 65_536
"""Bytes that are read of a list of PIDs."""


def open_file(path: str) -> int:
    """A descriptor to read it with; NO_FILE where it is not there, or not for us, or too many files are open."""
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return NO_FILE


def read_file(fd: int) -> bytes:
    """Its first 64 bytes; none where it is NO_FILE, or of who has ended."""
    try:
        return os.pread(fd, 64, 0)
    except OSError:
        return b""


def close_files(*fds: int) -> None:
    """Those that are open."""
    for fd in fds:
        if fd != NO_FILE:
            os.close(fd)


def ticks_per_s() -> int:
    """How often the kernel counts in a second; what is usual where a sandbox does not let us ask."""
    try:
        return os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 100


def clock_of(pid: int) -> int:
    """The clock that counts what all threads of this process have used, the ended ones too (clock_getcpuclockid(3))."""
    return ~pid << 3 | 2


def used_ns(clock: int) -> int:
    """What it says, in nanoseconds, for less than reading a file in /proc takes; UNKNOWN where there is none.

    As schedstat it goes on when a thread leaves its core, and with each tick of the kernel's while it is on one: if all of them are as
    they were, so is their sum.
    """
    try:
        return time.clock_gettime_ns(clock)
    except OSError:
        return UNKNOWN


@lru_cache(256)
def meaning(wchan: bytes) -> tuple[str, bool]:
    """What is in /proc/PID/task/TID/wchan: "futex", "io" (any other place) or nothing, and whether who is there can only be sleeping.

    Nothing: it is on a core, has just woken, or has ended; or symbols are hidden from us.
    """
    if wchan in (b"", b"0"):
        return "", False
    return "futex" if b"futex" in wchan else "io", wchan.partition(b".")[0] in _ASLEEP


def read_stat(fd: int) -> list[bytes] | None:
    """The fields of /proc/PID/stat after the name: [0] state, [1] ppid, [11] utime, [12] stime, [17] threads, [19] start, [21] pages."""
    try:
        return os.pread(fd, 1024, 0).rpartition(b") ")[2].split() or None
    except OSError:
        return None


def started(fields: list[bytes]) -> float:
    """When the process began, in seconds since the system's start."""
    return int(fields[19]) / ticks_per_s()


def has_ended(fields: list[bytes]) -> bool:
    """Whether they are of a process that nobody has waited for yet."""
    return fields[0] in (b"Z", b"X")


def exit_code(fields: list[bytes]) -> int | None:
    """How it ended, where the kernel tells."""
    return os.waitstatus_to_exitcode(int(fields[_EXIT_CODE])) if len(fields) > _EXIT_CODE else None


def resident(fields: list[bytes]) -> int:
    """Bytes."""
    return int(fields[21]) * _PAGE


def read_pages(pid: int) -> tuple[int, int | None, int | None]:
    """Resident, proportional and unique set size in bytes, the last two where the kernel tells."""
    rss, pss, uss = 0, None, None
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                name, _, rest = line.partition(b":")
                if name == b"Rss":
                    rss = int(rest.split()[0]) * 1024
                elif name == b"Pss":
                    pss = int(rest.split()[0]) * 1024
                elif name in (b"Private_Clean", b"Private_Dirty"):
                    uss = (uss or 0) + int(rest.split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        return 0, None, None
    return rss, pss, uss


def read_children(fd: int) -> list[int]:
    """PIDs, from the `children` of a thread: of those that it has started."""
    try:
        return [int(word) for word in os.pread(fd, _CHILDREN, 0).split()]
    except OSError:
        return []


def last_pid() -> int:
    """The number that the latest process or thread got, whoever started it; UNKNOWN where the kernel does not tell."""
    try:
        with open("/proc/loadavg", "rb") as file:
            return int(file.read().split()[4])
    except (OSError, ValueError, IndexError):
        return UNKNOWN
