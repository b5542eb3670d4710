"""Carries out one row: `python -m tests.benchmarks.child MODULE OUT [quick] [cpu]`. Writes its figures to OUT as JSON."""

import ctypes
import importlib
import json
import os
import signal
import sys
import traceback
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.figures import Scale
from workers.engine import lifeline

PR_SET_CHILD_SUBREAPER = 36


def main(arguments: list[str]) -> int:
    """What was found before something went wrong is kept; `done` says that nothing is to come."""
    module, out = arguments[:2]
    scale = Scale("quick" in arguments[2:], "cpu" in arguments[2:])
    figures: list[dict[str, object]] = []

    def write(done: bool, error: str = "") -> None:
        part = Path(out + ".part")
        part.write_text(json.dumps({"figures": figures, "done": done, "error": error}), encoding="utf-8")
        part.replace(out)  # whole or not at all, whenever this process is killed

    error = ""
    try:
        for figure in importlib.import_module(f".{module}", "tests.benchmarks").measure(scale):
            figures.append(asdict(figure))
            write(False)
    except Exception as raised:  # noqa: BLE001 - whatever it is, it is told in the table
        traceback.print_exc(file=sys.__stderr__)
        error = " ".join(f"{type(raised).__name__}: {raised}".split())[:300]
    write(True, error)
    return 1 if error else 0


def keep() -> None:
    """Fork: the child returns and is the row; the parent waits for it, and for all that the row leaves behind, and ends as it does.

    So CPU time of workers whose host was killed is counted as the row's. Nothing is forked where the system cannot do this.
    """
    if sys.platform != "linux" or ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        return
    row = os.fork()
    if not row:
        return
    pid, status = os.wait()
    while pid != row:
        pid, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        signal.signal(-code, signal.SIG_DFL) if -code not in (signal.SIGKILL, signal.SIGSTOP) else None
        os.kill(os.getpid(), -code)
    os._exit(code)


if __name__ == "__main__":
    lifeline.hang_on_asker()
    keep()
    sys.exit(main(sys.argv[1:]))
