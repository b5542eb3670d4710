"""`threadmill doctor`: what this machine has and allows."""

import argparse
import ctypes.util
import json
import multiprocessing
import os
import platform
import shutil
import sys
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from workers.cli.listing import gil_words
from workers.cli.main import program_version
from workers.cli.output import Output, printable
from workers.client.catalogue import fetch
from workers.client.interpreters import find
from workers.client.limits import usable_cores, worker_limit
from workers.client.places import plugin_folders
from workers.contract.errors import ConfigError
from workers.contract.info import PythonInfo
from workers.engine.guardian import SHM

LIBRARIES = ("PySide6-Essentials", "pyqtgraph", "numpy", "psutil", "platformdirs", "rich")
QT_NEEDS = ("EGL", "GL", "xkbcommon", "dbus-1", "fontconfig", "xcb-cursor", "xkbcommon-x11")


def examine() -> dict[str, Any]:
    """All findings, JSON-ready."""
    return {
        "threadmill": program_version(),
        "python": f"{platform.python_version()} ({sys.executable})",
        "system": platform.platform(),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "display": display(),
        "qt_libraries_missing": [name for name in QT_NEEDS if ctypes.util.find_library(name) is None]
        if sys.platform == "linux"
        else [],
        "start_methods": list(multiprocessing.get_all_start_methods()),
        "interpreters": [asdict(info) for info in find()],
        "plugins": plugins(),
        "limits": {
            "usable_cores": usable_cores(),
            "threads": asdict(worker_limit("threads")),
            "processes": asdict(worker_limit("processes")),
            "shared_memory_free_mib": _free_mib(SHM),
        },
        "runs": "yes" if os.name == "posix" else "no: runs need Linux or macOS",
        "samples": "every process and thread, 10 times a second (/proc)"
        if sys.platform == "linux"
        else "processes once a second (psutil); waiting for a core is not known here",
    }


def plugins() -> dict[str, Any]:
    """The folders of the user's own models and workloads, the files in them, and what could not be loaded under our own Python."""
    folders = plugin_folders()
    files = [path for folder in folders for kind in ("models", "workloads") for path in _files(folder / kind)]
    try:
        broken = [asdict(item) for item in fetch(None).broken]
    except ConfigError as error:
        broken = [{"path": sys.executable, "error": str(error)}]
    return {"folders": [str(folder) for folder in folders], "files": files, "broken": broken}


def display() -> str:
    """Where a window would open, in words."""
    if os.environ.get("QT_QPA_PLATFORM"):
        return f"QT_QPA_PLATFORM={os.environ['QT_QPA_PLATFORM']}"
    for name in ("WAYLAND_DISPLAY", "DISPLAY"):
        if os.environ.get(name):
            return f"{name}={os.environ[name]}"
    return "none" if sys.platform == "linux" else "the system's own"


def doctor(arguments: argparse.Namespace) -> int:
    """Carry out the command."""
    found = examine()
    if arguments.json:
        json.dump(found, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return 0
    limits = found["limits"]
    missing = found["qt_libraries_missing"]
    rows = [
        ("threadmill", found["threadmill"]),
        ("Python", found["python"]),
        ("system", found["system"]),
        *((name, text or "not installed") for name, text in found["libraries"].items()),
        ("display", found["display"]),
        ("Qt's libraries", f"missing: {', '.join(missing)}" if missing else "complete"),
        ("start methods", ", ".join(found["start_methods"]) + " (the first is the default)"),
        ("usable cores", str(limits["usable_cores"])),
        ("most threads", f"{limits['threads']['cap']:,}, set by {limits['threads']['reason']}"),
        ("most processes", f"{limits['processes']['cap']:,}, set by {limits['processes']['reason']}"),
        (
            "shared memory",
            "none: the temporary directory is used"
            if limits["shared_memory_free_mib"] is None
            else f"{limits['shared_memory_free_mib']:,} MiB free",
        ),
        ("can carry runs", found["runs"]),
        ("samples", found["samples"]),
        *(
            ("interpreter", f"{item['version']}, GIL {gil_words(PythonInfo(**item))}, {item['executable']}")
            for item in found["interpreters"]
        ),
        *(("plug-in folder", _holding(folder, found["plugins"]["files"])) for folder in found["plugins"]["folders"]),
        *(("left out", f"{item['path']}: {item['error']}") for item in found["plugins"]["broken"]),
    ]
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, value in rows:
        table.add_row(Text(name, style="dim"), Text(printable(value)))
    Output().print(table)
    return 0


def _files(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.glob("*.py") if not path.stem.startswith("_"))


def _holding(folder: str, files: list[str]) -> str:
    """A folder and what is in it."""
    held = [os.path.relpath(path, folder) for path in files if Path(folder) == Path(path).parents[1]]
    return f"{folder} ({', '.join(held) or 'nothing in its models or workloads'})"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _free_mib(path: str) -> int | None:
    try:
        return shutil.disk_usage(path).free >> 20
    except OSError:
        return None
