"""How a host gives way: it and its children yield cores, are the first that the kernel ends when memory is short, and have a limit.

All of it is inherited by whatever they start.
"""

import os

NICE = 5
"""Runs yield to the window: with eight busy processes its 16 ms beat stays at 20 ms at p99 instead of 31."""
OOM_SCORE = 500
"""Of 1,000: as if it had half the machine's memory more than it has. The window, which has 0, is never chosen before a run."""
STACK_BYTES = 16 << 20
"""What a thread may map for its stack and its heap, twice the usual 8 MiB."""
SLACK_BYTES = 512 << 20
"""What an interpreter with its libraries maps, and mostly never touches."""


def give_way() -> None:
    """Yield cores, and be ended first where memory is short."""
    os.nice(NICE)
    go_first()


def go_first() -> None:
    """Be ended before the window where memory is short."""
    try:
        with open("/proc/self/oom_score_adj", "r+", encoding="ascii") as file:
            if int(file.read()) < OOM_SCORE:
                file.seek(0)
                file.write(str(OOM_SCORE))
    except (OSError, ValueError):
        pass  # no /proc, or a sandbox that does not let us: the kernel decides by size alone


def bound_memory(limit: int, lanes: int) -> None:
    """Let no process of the run map more private memory than `limit` bytes and what `lanes` threads need beside.

    One allocation that is too large then raises MemoryError in the task, before a page of it is touched: no sampler could be as
    fast. RLIMIT_DATA and not RLIMIT_AS: what is reserved and not used, mapped files and shared memory do not count.
    """
    try:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = limit + SLACK_BYTES + lanes * STACK_BYTES
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if soft == resource.RLIM_INFINITY or wanted < soft:
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    except (ImportError, OSError, ValueError):
        pass  # not on Windows; elsewhere the sampler alone keeps the limit
