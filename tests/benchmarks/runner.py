"""Runs the rows one after the other, each in a process of its own, and looks between them whether the cores are free."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks.figures import Row, Scale
from tests.benchmarks.rows import Entry
from tests.helpers.idle import why_not_idle

ROOT = Path(__file__).parents[2]
TRIES = 3


def settled(tries: int = TRIES) -> str:
    """Why the cores are not free, asked a few times; empty where they are."""
    why = None
    for _ in range(tries):
        why = why_not_idle()
        if why is None:
            return ""
    return why or ""


def run_all(entries: Sequence[Entry], scale: Scale, look: Callable[[], str] = settled) -> Iterator[Row]:
    """Each row when it is there. `look` says what keeps the cores from being free."""
    before = look()
    for entry in entries:
        row = run_one(entry, scale)
        after = look()
        busy = f"before it, {before}" if before else f"after it, {after}" if after else ""
        yield Row(row.key, row.title, row.figures, row.seconds, row.error, busy)
        before = after


def run_one(entry: Entry, scale: Scale) -> Row:
    """Measure one row, with a deadline."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        out = Path(folder, "figures.json")
        command = [sys.executable, "-m", "tests.benchmarks.child", entry.module, str(out)]
        command += ["quick"] * scale.quick + ["cpu"] * scale.cpu
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "THREADMILL_CONFIG_DIR": str(Path(folder, "config")),
            "XDG_DATA_HOME": str(Path(folder, "data")),
        }
        # A group of its own: what a row has started goes with it.
        process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, stdin=subprocess.DEVNULL)
        error = ""
        try:
            process.wait(entry.deadline_s)
        except subprocess.TimeoutExpired:
            error = f"It was not done after {entry.deadline_s:.0f} s."
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
        data = {"figures": [], "error": error or f"It ended with exit code {process.returncode}."}
        if out.exists():
            data = json.loads(out.read_text(encoding="utf-8"))
            data["error"] = error or data["error"]
    return Row.from_plain({"key": entry.key, "title": entry.title, "seconds": time.monotonic() - begun, **data})
