"""Which machine, which versions: what a figure is worth nothing without."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PYTHON = f"CPython {platform.python_version()}"


def versioned(distribution: str) -> str:
    """Its name with its version; with "not installed" where it is missing."""
    try:
        return f"{distribution} {version(distribution)}"
    except PackageNotFoundError:
        return f"{distribution}, which is not installed (`uv run --group benchmarks`)"


def installed(distribution: str) -> bool:
    """Whether a peer is there."""
    try:
        version(distribution)
    except PackageNotFoundError:
        return False
    return True


def described() -> list[str]:
    """Lines that say what was measured on, with what."""
    shown = ("PySide6-Essentials", "pyqtgraph", "numpy", "psutil")
    return [
        f"{os.cpu_count()} cores: {_processor()}; {_memory()}; {platform.system()} {platform.release()}",
        f"{PYTHON} ({_build()}); " + ", ".join(versioned(name) for name in shown),
        "Qt platform `offscreen`: painted in memory, without a screen",
    ]


def _processor() -> str:
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine()


def _memory() -> str:
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemTotal"):
            return f"{int(line.split()[1]) / 1e6:.1f} GB of memory"
    return "memory not known"


def _build() -> str:
    free = not getattr(sys, "_is_gil_enabled", lambda: True)()
    return "free-threaded" if free else "with the GIL"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
