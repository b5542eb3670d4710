"""The program as a whole, in a process of its own: first paint, signals, exit codes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.app import QuitSignals

ROOT = Path(__file__).resolve().parents[2]


def _start(code: str, tmp_path: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "THREADMILL_CONFIG_DIR": str(tmp_path / "settings")}
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )


FIRST_PAINT = """
import json, sys
from gui import app
from gui.window import MainWindow

def loaded():
    return sorted(set(sys.modules) & {"numpy", "pyqtgraph", "psutil", "workers.client.session"})

seen = {}
load = MainWindow.load_charts
def load_charts(self):
    seen["before"] = getattr(self, "_painted")
    load(self)
MainWindow.load_charts = load_charts
window_made = app.make_window
def make_window(theme=None, *more):
    window = window_made(theme, *more)
    seen["made"] = loaded()
    window.painted.disconnect()
    window.painted.connect(lambda: seen.update(painted=loaded()))
    def later():
        window.controller.open()
        window.load_charts()
        seen["after"] = loaded()
        seen["charts"] = window.clock.parts != []
        window.close()
    window.painted.connect(later)
    return window
app.make_window = make_window
code = app.run_window()
print(json.dumps({**seen, "code": code}))
"""


def test_the_shell_is_painted_before_numpy_and_pyqtgraph_are_loaded(tmp_path: Path) -> None:
    process = _start(FIRST_PAINT, tmp_path)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    seen = json.loads(out)
    assert seen["made"] == []
    assert seen["painted"] == []
    assert seen["before"] is True
    assert "numpy" in seen["after"]
    assert seen["charts"] is True
    assert seen["code"] == 0


UNCAUGHT = """
import sys
from PySide6.QtCore import QTimer
from gui import app
from gui.errors import ErrorDialog
made = app.make_window
def fail():
    raise ValueError("not caught")
def make_window(theme=None, *more):
    window = made(theme, *more)
    def later():
        QTimer.singleShot(0, fail)
        looking = QTimer(window, interval=20)
        def look():
            dialog = window.findChild(ErrorDialog)
            if dialog is not None and dialog.isVisible():
                looking.stop()
                print(True)
                window.close()
        looking.timeout.connect(look)
        looking.start()
    window.painted.connect(later)
    return window
app.make_window = make_window
sys.exit(app.run_window())
"""


def test_an_uncaught_error_is_shown_and_the_window_goes_on(tmp_path: Path) -> None:
    process = _start(UNCAUGHT, tmp_path)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert out.strip() == "True"
    assert "ValueError: not caught" in err


def test_under_nohup_the_end_of_the_terminal_stays_ignored(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        signals = QuitSignals(window)  # type: ignore[arg-type]
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) == signals._take
        signals.remove()
        assert signal.getsignal(signal.SIGTERM) != signals._take
    finally:
        signal.signal(signal.SIGHUP, before)
