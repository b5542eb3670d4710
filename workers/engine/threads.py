"""Threads of libraries in the host that end with an error: what they carried never comes, and nobody would say so.

A pool has threads that hand tasks over, take results in and start workers in the place of others. A result that cannot be
unpickled, or a process that cannot be started, ends such a thread with a traceback on stderr; the pool then waits for ever.
"""

import os
import threading
from types import TracebackType

LIBRARIES = ("multiprocessing", "concurrent", "loky", "joblib")
"""What runs in the threads that count. One that a task has started itself may end as it likes."""

broken = ""
"""What became of the first of them, in a sentence; empty as long as all is well."""


def watch() -> None:
    """Look at the end of every thread of this process from now on. A thread that raises SystemExit is not seen."""
    threading.excepthook = _ended


def not_started(what: str) -> str:
    """That a pool could not replace a worker, for what reason, and what to do."""
    return (
        f"No worker could be started in the place of one that had ended ({what}, in the host, PID {os.getpid()}): "
        "ask for fewer workers, or raise the limit, and start the run again."
    )


def _ended(arguments: threading.ExceptHookArgs) -> None:
    global broken
    threading.__excepthook__(arguments)  # its traceback goes where it always does
    kind, error, trace = arguments.exc_type, arguments.exc_value, arguments.exc_traceback
    frames = _frames(trace)
    # `threading` itself is at the top.
    library = next((name.partition(".")[0] for name, _ in frames if name != "threading"), "")
    if library in LIBRARIES and not broken:
        what = f"{kind.__name__}: {error}" if str(error) else kind.__name__
        if ("multiprocessing.process", "start") in frames:
            broken = not_started(what)
        else:
            broken = (
                f"A thread of the pool, in the host, PID {os.getpid()}, ended with {what}: "
                "what it carried is lost and its pool cannot go on; mend the task and start the run again."
            )


def _frames(trace: TracebackType | None) -> list[tuple[str, str]]:
    """(module, function) of each call, the outermost first."""
    found = []
    while trace is not None:
        found.append((str(trace.tb_frame.f_globals.get("__name__")), trace.tb_frame.f_code.co_name))
        trace = trace.tb_next
    return found
