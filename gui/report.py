"""What is to be known of a window in which something went wrong: versions, the run, what was said last. To be copied."""

import os
import platform
import sys
import time
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtGui import QGuiApplication

from gui.translations import sentence

if TYPE_CHECKING:
    from gui.window import MainWindow
    from workers.contract.info import PythonInfo
    from workers.insight.store import RunStore

LINES = 200
"""So many lines of output."""
LONGEST = 2_000


def first_words() -> str:
    """What is known before the first paint, and costs nothing."""
    return f"PID {os.getpid()}, {time.strftime('%Y-%m-%d %H:%M:%S')}\nPython {sys.version}\nPySide6 {PySide6.__version__}\n"


def versions() -> str:
    """What runs here, line by line."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    from gui.version import version

    def of(name: str) -> str:
        try:
            return installed(name)
        except PackageNotFoundError:
            return "?"

    tr = QCoreApplication.translate
    python = f"{platform.python_implementation()} {sys.version.split()[0]}, {sys.executable}"
    return "\n".join(
        (
            f"Threadmill {version()}",
            tr("Report", "Window: {0}, PID {1}, {2}").format(python, os.getpid(), time.strftime("%Y-%m-%d %H:%M:%S")),
            f"PySide6 {PySide6.__version__}, Qt {qVersion()} ({QGuiApplication.platformName()}), "
            f"pyqtgraph {of('pyqtgraph')}, numpy {of('numpy')}, psutil {of('psutil')}",
            tr("Report", "System: {0}").format(platform.platform()),
        )
    )


def details(window: "MainWindow") -> str:
    """All of it."""
    return "\n\n".join(filter(None, (versions(), of_run(window), _output(window.controller.store_or_none))))


def of_run(window: "MainWindow") -> str:
    """The run on show: what carries it, what it is, how it stands."""
    tr = QCoreApplication.translate
    store, catalogue = window.controller.store_or_none, window.controller.catalogue
    if store is None or store.started is None:
        lines = [_python(catalogue.python)] if catalogue is not None else []
        return "\n".join([*lines, tr("Report", "No run yet.")])
    started = store.started
    methods = started.python.start_methods
    method = str(started.config.options.get("start_method", "")) or (methods[0] if methods else "?")
    if method in methods[:1]:
        method = tr("Report", "{0} (the default)").format(method)
    lines = [
        _python(started.python),
        tr("Report", "Start method: {0}").format(method),
        tr("Report", "Last run: {0}").format(started.config.to_json()),
        tr("Report", "It is: {0}").format(store.ended_by or str(store.phase)),
    ]
    if store.ended is not None and store.ended.error:
        lines.append(sentence(store.ended.error))
    return "\n".join(lines)


def _python(python: "PythonInfo") -> str:
    return QCoreApplication.translate("Report", "Interpreter of the runs: {0} {1}, {2}").format(
        python.implementation, python.version, python.executable
    )


def _output(store: "RunStore | None") -> str:
    """The last lines that were printed or marked, in the order of their time."""
    if store is None or not (store.texts or store.marks):
        return ""
    from gui.panels.output_log import clean

    texts = ((text.t_ns, text.pid, text.text) for text in reversed(list(islice(reversed(store.texts), LINES))))
    marks = (
        (mark.t_ns, mark.pid, sentence(mark.text)) for mark in reversed(list(islice(reversed(store.marks), LINES)))
    )
    zero = store.clock_start_ns or store.now_ns
    lines = [
        f"{(t_ns - zero) / 1e9:+9.3f} s  PID {pid}  {line[:LONGEST]}"
        for t_ns, pid, text in merge(texts, marks)
        for line in clean(text.rstrip("\n")).split("\n")
    ][-LINES:]
    head = QCoreApplication.translate("Report", "The last {0} lines of output and events:").format(len(lines))
    return "\n".join((head, *lines))
