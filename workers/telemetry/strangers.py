"""Threads of this process that are neither lanes nor those of a library below them: what a task has started for itself.

Nobody knows what they will do, so no wait that anybody could end is told to be in vain while there are some.
"""

import threading

from workers.telemetry import recorder
from workers.telemetry.clock import now

LIBRARIES = ("multiprocessing.", "concurrent.futures.process", "workers.", "loky.", "joblib.")
"""Where threads are from that carry messages and look after pools."""
AGAIN_NS = 200_000_000
"""The answer is kept so long: of a thousand lanes that wait, each asks four times a second."""

_asked_ns = 0
_answer = False


def any_stranger() -> bool:
    """Whether there are any, as of a fifth of a second ago."""
    global _asked_ns, _answer
    t_ns = now()
    if t_ns - _asked_ns >= AGAIN_NS:
        _asked_ns = t_ns
        _answer = any(
            thread.ident not in recorder.lane_threads and not _is_known(thread) for thread in threading.enumerate()
        )
    return _answer


def _is_known(thread: threading.Thread) -> bool:
    if thread is threading.main_thread():
        return True  # what it does is the process's own: as a lane it is known anyway
    origin = getattr(thread, "_target", None) if type(thread) is threading.Thread else type(thread)
    module = str(getattr(origin, "__module__", ""))
    return module.startswith(LIBRARIES) and not module.startswith("workers.workloads.")
