"""A nap that nothing ends but its own time or SIGKILL: it blocks SIGINT and SIGTERM, and swallows every exception.

So Stop has to go through all its steps, and the task is lost.
"""

import signal
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from workers.plugin import Param, WorkloadInfo

INFO = WorkloadInfo(
    title="Uninterruptible nap",
    summary="Sleeps and ignores SIGINT and SIGTERM: with a long nap, Stop has to end it with SIGKILL.",
    bound="waiting",
    params=(Param("ms", 20.0, "Duration", "How long each nap lasts.", unit="ms", minimum=0.0, maximum=600_000.0),),
)


def arguments(params: Mapping[str, Any], random: Random) -> Iterator[tuple[float]]:
    """The duration in seconds."""
    while True:
        yield (params["ms"] / 1000,)


def run(seconds: float) -> int:
    """Sleep for `seconds`, whatever comes. Returns the microseconds."""
    end = time.monotonic() + seconds
    # Only for the thread that naps. Another thread of the process may still be sent the signal, and a host has one; what its
    # handler raises reaches the main thread, and is swallowed below.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        while (left := end - time.monotonic()) > 0:
            try:
                time.sleep(left)
            except BaseException:  # noqa: BLE001 - this is what the workload is for
                continue
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return round(seconds * 1e6)


def checksum(result: int) -> int:
    """The microseconds asked for."""
    return result
