"""Real windows in processes of their own, to be killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.helpers.processes import alive, tree, wait_until
from workers.contract.config import RunConfig

ROOT = Path(__file__).parents[2]
opened: "list[subprocess.Popen[str]]" = []
"""Windows of the test under way, for `close_all`."""
SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from gui import app
from workers.contract.config import RunConfig
made = app.make_window
def make_window(theme=None, *more):
    window = made(theme, *more)
    window.phaseChanged.connect(lambda phase: print(phase.value, flush=True))
    def look():
        if window.phase.value == "running" and window.store.counts.submitted and len(window.store.processes) > 1:
            timer.stop()
            print("busy", flush=True)
            if sys.argv[2] == "stopping":
                window.stop()
    timer = QTimer(window, interval=20, timeout=look)
    timer.start()
    window.painted.connect(lambda: window.start(RunConfig.from_json(sys.argv[1])))
    exec(sys.argv[3], {"window": window})
    return window
app.make_window = make_window
sys.exit(app.run_window())
"""
"""`threadmill` with a run that starts as soon as the window is painted; it says on stdout how that fares."""


def open_window(config: RunConfig, until: str, root: Path = ROOT, more: str = "") -> "subprocess.Popen[str]":
    """A window in a process of its own, running `config`; returns once it is in the phase `until`. `more` is executed in it first."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, config.to_json(), until, more], cwd=root,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    opened.append(process)
    assert process.stdout is not None
    wanted = "busy" if until == "running" else until
    for line in process.stdout:
        if line.strip() == wanted:
            return process
    _, err = process.communicate(timeout=5)
    raise AssertionError(f"the window ended with {process.returncode} before it was {wanted}: {err}")


def close_all() -> None:
    """Kill what a test that failed has left."""
    while opened:
        process = opened.pop()
        if process.poll() is None:
            process.kill()
            process.communicate(timeout=5)


def kill_and_look(process: "subprocess.Popen[str]", at_least: int) -> None:
    """SIGKILL the window; whoever it had is gone within 2.5 s. It is stopped first, so that nobody is born unseen."""
    assert wait_until(lambda: len(tree(process.pid)) >= at_least)
    process.send_signal(signal.SIGSTOP)
    below = tree(process.pid)
    process.kill()
    process.wait(5)
    assert wait_until(lambda: not any(alive(pid) for pid in below), 2.5), [pid for pid in below if alive(pid)]
    end(process)


def end(process: "subprocess.Popen[str]") -> str:
    """Close the pipes. Returns what it wrote to stderr."""
    assert process.stdout is not None
    assert process.stderr is not None
    said = process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    return said
