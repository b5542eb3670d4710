"""What goes wrong while a task or a result is pickled, unpickled or collected. A test says what (`what`), when and how."""

import ctypes
import multiprocessing
import os
import resource
import sys

from workers.plugin import Param, WorkloadInfo

HOW = ("SIGSEGV", "exit", "MemoryError", "no descriptors")
INFO = WorkloadInfo(
    title="Crosses",
    summary="For a test.",
    bound="waiting",
    params=(
        Param("what", "task", "What", "What springs.", choices=("task", "result")),
        Param("when", "pickled", "When", "When it springs.", choices=("pickled", "unpickled", "collected", "drawn")),
        Param("how", "SIGSEGV", "How", "What happens then.", choices=HOW),
        Param("at", 3, "At", "In which task.", minimum=0, maximum=1_000),
    ),
)


class Trap:
    """Springs when it is pickled or unpickled."""

    def __init__(self, when, how):
        self.when, self.how = when, how

    def __reduce__(self):
        if self.when == "pickled":
            spring(self.how)
        return rebuild, (self.when, self.how)


class Bomb:
    """Springs in a worker, when nobody needs it any more."""

    def __del__(self):
        if multiprocessing.parent_process() is not None:
            spring("SIGSEGV")


def rebuild(when, how):
    if when == "unpickled":
        spring(how)
    return Trap(when, how)


def spring(how):
    if how == "SIGSEGV":
        ctypes.string_at(0)
    elif how == "exit":
        sys.exit(7)
    elif how == "MemoryError":
        run_out_of_memory()
    else:
        run_out_of_descriptors()


def run_out_of_memory():
    """A real one: the process may have 64 MiB more than it has, and asks for a thousand."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm") as file:
        has = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (has + (64 << 20), before[1]))
    try:
        bytearray(1 << 30)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def run_out_of_descriptors():
    """From here on this process can open nothing, and so start no process."""
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def arguments(params, random):
    """The number, what travels with it, and what is to come of it."""
    what, when, how = params["what"], params["when"], params["how"]
    number = 0
    while True:
        thing = result = None
        if number == params["at"]:
            if when == "drawn":
                spring(how)
            elif when == "collected":
                thing = Bomb()
            elif what == "task":
                thing = Trap(when, how)
            else:
                result = (when, how)
        yield number, thing, result
        number += 1


def run(number, thing, result):
    """Nothing, or a trap."""
    return Trap(*result) if result else None
