"""A lifeline: the read end of a pipe whose other end the parent keeps. When the parent is gone, however it ended, so is the child.

The kernel does it: the pipe's end is made to send SIGKILL, so no thread of ours must run for it, which none could while C code
holds the GIL. Nobody's PID is compared: a parent may be PID 1 (in a container), or not the one that forked (a forkserver).
"""

import os
import select
import signal

try:
    import fcntl
except ImportError:  # see workers.telemetry.ring
    fcntl = None  # type: ignore[assignment]

VARIABLE = "THREADMILL_LIFELINE"
"""The environment variable that names the descriptor to a process that is asked something."""


def hang_on(fd: int, group: bool = False) -> bool:
    """End this process, or its whole `group`, as soon as nobody holds the other end of `fd`; at once where nobody does.

    Nothing may be written into the pipe from here on. False where the system cannot do it (other than Linux).
    """
    if fcntl is None or not hasattr(fcntl, "F_SETSIG"):
        return False
    try:
        fcntl.fcntl(fd, fcntl.F_SETOWN, -os.getpgrp() if group else os.getpid())
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_ASYNC)
        gone = _gone(fd)
    except OSError:
        return False
    if gone:  # before this was set up: the kernel tells it once only
        os.kill(-os.getpgrp() if group else os.getpid(), signal.SIGKILL)
    return True


def hang_on_parent() -> bool:
    """In a process of multiprocessing: end with the process that asked for it. False where that cannot be known."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    fd = getattr(parent, "sentinel", None)  # loky's processes have none
    return isinstance(fd, int) and hang_on(fd)


def hang_on_asker() -> None:
    """In a process that is asked something: end, with whatever it has started, when the asker is gone."""
    named = os.environ.pop(VARIABLE, "")  # not for children: it is no descriptor of theirs
    if named.isdigit():
        try:
            os.set_inheritable(int(named), False)
        except OSError:
            return  # nothing of the kind was handed over
        hang_on(int(named), group=True)


def _gone(fd: int) -> bool:
    """Whether nobody holds the other end."""
    poll = select.poll()
    poll.register(fd, 0)
    return any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll(0))
