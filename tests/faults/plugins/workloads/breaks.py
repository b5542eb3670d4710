"""Task AT does what a task should not; the others sleep a little. A test says which and how (`how`)."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

from workers.plugin import Param, WorkloadInfo

HOW = (
    "nothing",
    "raise",
    "two arguments",
    "unpicklable argument",
    "unpicklable result",
    "sys.exit",
    "sys.exit(0)",
    "os._exit(0)",
    "exit(0) of C",
    "SIGSEGV",
    "endless loop",
    "ignores signals",
    "grandchildren",
    "KeyboardInterrupt",
    "reads stdin",
    "closes its streams",
    "closes descriptors",
    "kills its siblings",
    "sleeps",
)
INFO = WorkloadInfo(
    title="Breaks",
    summary="For a test.",
    bound="waiting",
    params=(
        Param("how", "nothing", "How", "What goes wrong.", choices=HOW),
        Param("at", 3, "At", "In which task.", minimum=0, maximum=1_000_000),
        Param("kib", 0, "KiB", "Travel with each task.", minimum=0, maximum=65_536),
        Param("ms", 5.0, "ms", "How long the others sleep.", minimum=0.0, maximum=60_000.0),
    ),
)


class Two(Exception):
    """Pickled well, and not to be unpickled."""

    def __init__(self, one, two):
        super().__init__(one)
        self.two = two


def arguments(params, random):
    """The number, and what it does."""
    number = 0
    while True:
        it = number == params["at"]
        how = params["how"] if it else "nothing"
        thing = bytes(params["kib"] * 1024) if how != "unpicklable argument" else threading.Lock()
        yield number, how, params["ms"] / 1000, thing
        number += 1


def run(number, how, seconds, thing):
    """The number."""
    if how == "nothing":
        time.sleep(seconds)
        return number
    return BREAKS[how](number)


def checksum(result):
    """Of the numbers."""
    return result if isinstance(result, int) else 0


def raises(number):
    raise ValueError(f"number {number} is bad")


def raises_two(number):
    raise Two("one", "two")


def crash(number):
    ctypes.string_at(0)


def loop(number):
    while True:
        pass


def ignore(number):
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    except ValueError:
        pass  # in a thread that is not the main one nobody can
    while True:
        try:
            time.sleep(1)
        except BaseException:
            pass


def leave_children(number):
    """Two in the worker's process group, and two that made a session of their own, as daemons do. Those that are forked hold open
    whatever pipes the worker has, also the one by which its library would hear of its end."""
    for apart in (False, True):
        child = subprocess.Popen(["sleep", "60"], start_new_session=apart)
        print("CHILD", child.pid)
        forked = os.fork()
        if not forked:
            if apart:
                os.setsid()
            time.sleep(60)
            os._exit(0)
        print("CHILD", forked)
    os._exit(3)


def close_descriptors(number):
    os.closerange(3, 200)
    return number


def read_stdin(number):
    return len(input())


def close_streams(number):
    for fd in (0, 1, 2):
        os.close(fd)
    return len(sys.stdin.readline())


def kill_siblings(number):
    """Everybody who looks like this process: the workers that were forked from the same host. Then itself."""
    me, mine = os.getpid(), about(os.getpid())
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != me and about(name) == mine:
            os.kill(int(name), signal.SIGKILL)
    os.kill(me, signal.SIGKILL)


def about(pid):
    """Parent and command line of a process."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as stat, open(f"/proc/{pid}/cmdline", "rb") as line:
            return stat.read().rpartition(b")")[2].split()[1], line.read()
    except OSError:
        return None


def interrupt_itself(number):
    raise KeyboardInterrupt("of my own")


BREAKS = {
    "raise": raises,
    "two arguments": raises_two,
    "unpicklable argument": lambda number: number,
    "unpicklable result": lambda number: threading.Lock(),
    "sys.exit": lambda number: sys.exit(5),
    "sys.exit(0)": lambda number: sys.exit(0),
    "os._exit(0)": lambda number: os._exit(0),
    "exit(0) of C": lambda number: ctypes.CDLL(None).exit(0),
    "SIGSEGV": crash,
    "endless loop": loop,
    "ignores signals": ignore,
    "grandchildren": leave_children,
    "KeyboardInterrupt": interrupt_itself,
    "reads stdin": read_stdin,
    "closes its streams": close_streams,
    "closes descriptors": close_descriptors,
    "kills its siblings": kill_siblings,
    "sleeps": lambda number: time.sleep(60),
}
