"""What the function means for this machine: GIL, threads of native libraries, memory. Each a line of the pre-flight card."""

import os
import re
import sys
import threading
from collections.abc import Mapping
from typing import Any

from workers.contract.preflight import CheckLine
from workers.engine.preflight_calls import Calls
from workers.engine.preflight_child import threads
from workers.engine.preflight_words import count, share, size

NATIVE = re.compile(r"/(?:lib)?(openblas|scipy_openblas|mkl_rt|mkl_core|blis|gomp|iomp5|omp|tbb|goto2)[^/]*$")
_KNOWN = {
    "openblas": "OpenBLAS",
    "scipy_openblas": "OpenBLAS",
    "goto2": "OpenBLAS",
    "mkl_rt": "MKL",
    "mkl_core": "MKL",
    "blis": "BLIS",
    "gomp": "OpenMP",
    "iomp5": "OpenMP",
    "omp": "OpenMP",
    "tbb": "TBB",
}


def gil_released(value: float | None, busy: bool, short: str, gil_before: bool, warned: list[str]) -> CheckLine:
    """Whether threads would overlap. `busy`: the machine was, and so `value` is not known.

    `gil_before`: whether the GIL was on before the file `short` was imported.
    """
    key = "gil_released"
    if not gil_now():
        return CheckLine(key, True, "This Python runs without a GIL: threads overlap.", "", 1.0)
    if not gil_before:
        module = next((found[1] for text in warned if (found := re.search(r"load module '([^']+)'", text))), "")
        who = f"importing {module}" if module else f"something that {short} imports"
        return CheckLine(
            key,
            False,
            f"This Python runs without a GIL, but {who} turned it back on.",
            "Take a version of it that supports free threading, or processes.",
            value,
        )
    if value is None and busy:
        text = "How long it lets go of the GIL could not be measured: the machine is busy."
        return CheckLine(key, None, text, "Check again when less else runs here.")
    if value is None:
        return CheckLine(key, None, "How long it lets go of the GIL is not known.")
    text = f"It lets go of the GIL for {share(value)} of a call"
    if value < 0.05:
        text = "It keeps the GIL all the time: threads take turns."
        return CheckLine(key, False, text, "Use processes or sub-interpreters.", value)
    if value >= 0.9:
        return CheckLine(key, True, f"{text}: threads overlap.", "", value)
    if value >= 0.4:
        return CheckLine(key, None, f"{text}: threads overlap that far.", "Processes overlap wholly.", value)
    return CheckLine(key, False, f"{text}: threads take turns.", "Use processes or sub-interpreters.", value)


def gil_now() -> bool:
    """Whether there is a GIL at present."""
    return bool(getattr(sys, "_is_gil_enabled", lambda: True)())


def native_threads(calls: Calls, workers: int) -> tuple[CheckLine, int | None]:
    """How many threads a call has, and what that comes to with so many workers; the number, None where it is not known."""
    key = "native_threads"
    mapped = _libraries()
    if mapped is None or not threads():
        return CheckLine(key, None, "This system does not tell which threads there are."), None
    python = len(threading.enumerate())
    native = max(0, threads() - python) + 1
    busy = _parallel(calls)
    own = python - 1
    if native <= 1 and own <= 0:
        names = f" {', '.join(mapped)} is loaded, with one thread." if mapped else ""
        return CheckLine(key, True, f"A call runs in one thread.{names}", "", 1.0, "threads"), 1
    cores = _cores()
    number = max(native, own + 1) if native > 1 else own + 1
    who = " and ".join(mapped) if mapped and native > 1 else "its own" if own else "a native library"
    text = f"A call has {number} threads ({who})"
    if busy is not None and busy < 1.2:
        text += ", and uses one core of them"
    total = number * workers
    text += f": times {count(workers, 'worker')} that is {total:,} for {count(cores, 'core')}."
    fine = total <= cores or (busy is not None and busy < 1.2)
    remedy = ""
    if not fine:
        remedy = (
            "Set OPENBLAS_NUM_THREADS=1 (OMP_NUM_THREADS, MKL_NUM_THREADS) before the start, or use one worker."
            if mapped
            else "Let each call use one thread, or use one worker."
        )
    return CheckLine(key, fine, text, remedy, float(number), "threads"), number


def memory(child: Mapping[str, Any], workers: int, sent: int) -> tuple[CheckLine, int]:
    """What so many worker processes need, by what a spawned one was seen to (see preflight_child); and what of it is the function's.

    `sent`: bytes of arguments and result, pickled. A worker has each of them twice, as a pickle and as what it is made of; that
    counts also where the system gives memory out only when it is written to (bytes(n)).
    """
    grown = max(2 * sent, child["after"] - child["base"], child["peak"] - child["base_peak"])
    each = child["base"] + grown
    total, free = each * workers, _available()
    text = f"A worker process needs {size(each)}"
    if grown > child["base"]:
        text += f", {size(grown)} of it for the function"
    text += f": {size(total)} for {count(workers, 'worker')}"
    fine = free is None or total < 0.8 * free
    text += f", of {size(free)} that are free." if free is not None else "."
    remedy = "" if fine else "Use fewer workers, or threads, which share what is imported."
    return CheckLine("memory", fine, text, remedy, float(each), "bytes"), int(grown)


def _libraries() -> list[str] | None:
    """Native libraries with thread pools that this process has loaded; None where the system does not tell."""
    try:
        with open("/proc/self/maps", encoding="utf-8", errors="replace") as file:
            mapped = {match[1] for line in file if (match := NATIVE.search(line.rstrip()))}
    except OSError:
        return None
    return sorted({_KNOWN[name] for name in mapped})


def _parallel(calls: Calls) -> float | None:
    """How many cores a call uses: CPU time of all threads for the time that it takes. None where it was not measured."""
    pairs = [process / wall for process, wall in zip(calls.process_cpus, calls.walls, strict=False) if wall > 1e-4]
    return sorted(pairs)[len(pairs) // 2] if pairs else None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _available() -> int | None:
    """Bytes of memory that could be used without swapping."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable"))
    except (OSError, StopIteration, ValueError):
        return None
