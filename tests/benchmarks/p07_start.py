"""P7: from the start of the process to the first painted window, against a bare QMainWindow, and against importing everything first."""

import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.benchmarks.figures import Figure, Scale, ratio
from tests.benchmarks.machine import PYTHON, versioned
from tests.benchmarks.runner import ROOT

LIMIT_BARE, LIMIT_ALL = 1.5, 0.5
OURS = """
import os, time
import gui.controller
def first(controller):
    os.write(1, str(time.monotonic_ns()).encode())
    os._exit(0)
gui.controller.RunController.open = first  # what the window does first once it is painted
from gui.__main__ import main
main([])
"""
BARE = """
import os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, first)
def first():
    os.write(1, str(time.monotonic_ns()).encode())
    os._exit(0)
application = QApplication(sys.argv)
window = Window()
window.resize(1280, 780)
window.show()
application.exec()
"""
ALL = (
    "import numpy, scipy.optimize, pyqtgraph, psutil, gui.parts, gui.study, gui.own, gui.sweep_desk, gui.compare\n"
    + OURS
)


def measure(scale: Scale) -> Iterator[Figure]:
    """In turns; the files are in the page cache."""
    sides = {"ours": OURS, "bare": BARE, "all": ALL}
    found: dict[str, list[float]] = {name: [] for name in sides}
    for code in sides.values():
        painted_s(code, scale.cpu)
    for number in range(scale.pick(9, 3)):
        order = list(sides) if number % 2 == 0 else list(sides)[::-1]
        for name in order:
            found[name].append(painted_s(sides[name], scale.cpu))
    note = "From before the process is started; the files are in the page cache."
    peer = f"a bare QMainWindow, {versioned('PySide6-Essentials')}, {PYTHON}"
    yield ratio(
        "first painted window, beside a bare one",
        found["ours"],
        found["bare"],
        LIMIT_BARE,
        scale=1e3,
        unit="ms",
        digits=0,
        peer=peer,
        note=note,
        clock=scale.clock,
    )
    peer = f"the same with numpy, scipy, pyqtgraph and all of ours imported first, {versioned('pyqtgraph')}"
    yield ratio(
        "first painted window, beside all imports first",
        found["ours"],
        found["all"],
        LIMIT_ALL,
        scale=1e3,
        unit="ms",
        digits=0,
        peer=peer,
        note=note,
        clock=scale.clock,
    )


def painted_s(code: str, cpu: bool) -> float:
    """Seconds from here to the first paint in a process that runs `code`, which then ends; or all of its CPU time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic_ns()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, cwd=ROOT)
    if not done.stdout.isdigit():
        raise RuntimeError(f"No window was painted: {done.stderr.decode(errors='replace').strip()[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used if cpu else (int(done.stdout) - begun) / 1e9
