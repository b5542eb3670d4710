"""A row of the benchmark suite that finds a figure, leaves a process and a folder behind, and ends as ENDS in its environment says."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Figure, Scale
from tests.benchmarks.rings import ring_folder


def measure(scale: Scale) -> Iterator[Figure]:
    """Writes the PID and the folder into the file that NOTES names, in two lines."""
    yield Figure("a figure", "x", (1.0,), 2.0)
    if os.environ["ENDS"] == "orphan":
        orphan()
        return
    with ring_folder() as folder:
        left = subprocess.Popen([sys.executable, "-I", "-c", "import time; time.sleep(600)"])
        part = Path(os.environ["NOTES"] + ".part")
        part.write_text(f"{left.pid}\n{folder}")
        part.replace(os.environ["NOTES"])
        ends = os.environ["ENDS"]
        if ends == "exit":
            os._exit(5)
        elif ends == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif ends == "SystemExit":
            raise SystemExit(3)
        left.wait()  # until somebody ends it


BURN = "import os, time; print(os.getpid(), flush=True)\nwhile time.process_time() < 0.5: pass"
START = f"import subprocess, sys; subprocess.Popen([sys.executable, '-I', '-c', {BURN!r}])"


def orphan() -> None:
    """Have half a second of CPU time spent by a process whose parent is gone, and wait for it."""
    with subprocess.Popen([sys.executable, "-I", "-c", START], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = parent.stdout.readline().strip()
    end = time.monotonic() + 30
    while os.path.exists(f"/proc/{pid}"):
        assert time.monotonic() < end
        time.sleep(0.01)
