"""P8: from Run to the first task, with a spare host, and from Stop to nobody left; in the window, with real processes."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil

from gui.app import make_application
from gui.window import MainWindow
from tests.benchmarks.figures import Figure, Scale, ratio
from tests.benchmarks.machine import PYTHON
from tests.benchmarks.qt import SPARE_MS, opened, pause, put_away, until
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.telemetry.clock import now

LIMIT_BARE, LIMIT_POOL, LIMIT_STOP_MS = 3.0, 1.3, 300.0
METHODS = ("fork", "forkserver", "spawn")
SHORT = RunConfig("thread_pool", "count_primes", 2, tasks=None, params={"limit": 2_000})
"""Tasks of a millisecond or so."""
POOL = """
import multiprocessing, sys, time
from concurrent.futures import ProcessPoolExecutor

def begun():
    t = time.monotonic_ns()
    time.sleep(0.3)
    return t

if __name__ == "__main__":
    asked = time.monotonic_ns()
    with ProcessPoolExecutor(2, multiprocessing.get_context(sys.argv[1])) as pool:
        both = [pool.submit(begun), pool.submit(begun)]
        print(max(one.result() for one in both) - asked)
"""


def measure(scale: Scale) -> Iterator[Figure]:
    """The window's runs and the bare ones take turns."""
    application = make_application()
    window = opened()
    rounds = scale.pick(9, 2)
    with tempfile.TemporaryDirectory(prefix="benchmark-p8-") as folder:
        script = Path(folder, "pool.py")
        script.write_text(POOL)
        ours, theirs = [], []
        for _ in range(rounds):
            theirs.append(interpreter_s())
            ours.append(first_task_s(window, SHORT.changed(tasks=100)))
        yield ratio(
            "Run to the first task, thread_pool", ours, theirs, LIMIT_BARE, scale=1e3, unit="ms", digits=1,
            peer=f"the start of a bare interpreter, {PYTHON}",
            note="Ours from what the button calls to the start of the first task as its worker recorded it, all workers being ready.",
        )  # fmt: skip
        for method in METHODS:
            config = SHORT.changed(model="process_pool", tasks=100, options={"start_method": method})
            ours, theirs = [], []
            for _ in range(scale.pick(7, 2)):
                theirs.append(pool_s(script, method))
                ours.append(first_task_s(window, config, all_workers=True))
            yield ratio(
                f"Run until both workers run a task, process_pool, {method}", ours, theirs, LIMIT_POOL, scale=1e3, unit="ms", digits=1,
                peer=f"ProcessPoolExecutor of {PYTHON}, until both workers run a task",
            )  # fmt: skip
    for model in ("thread_pool", "process_pool"):
        took = tuple(stopped_ms(window, SHORT.changed(model=model)) for _ in range(rounds))
        yield Figure(
            f"Stop to all processes gone, {model}, tasks of 1 ms",
            "ms",
            took,
            LIMIT_STOP_MS,
            peer="the kernel's list of processes",
        )
    put_away(window)
    application.processEvents()


def first_task_s(window: MainWindow, config: RunConfig, all_workers: bool = False) -> float:
    """Seconds from Run to the start of the first task, or until each worker runs its first."""
    finished: list[object] = []
    link = window.runFinished.connect(finished.append)
    asked = now()
    window.start(config)
    until(lambda: bool(finished))
    window.runFinished.disconnect(link)
    spans = window.store.spans
    tasks = spans["kind"] == SpanKind.TASK
    lane, start = spans["lane"][tasks], spans["start"][tasks]
    firsts = [int(start[lane == number].min()) for number in np.unique(lane)]
    pause(SPARE_MS)
    return ((max if all_workers else min)(firsts) - asked) / 1e9


def stopped_ms(window: MainWindow, config: RunConfig) -> float:
    """Milliseconds from Stop until the kernel knows none of the run's processes any more."""
    window.start(config)
    until(lambda: window.phase is RunPhase.RUNNING and window.store.counts.done > 100)
    finished: list[float] = []
    link = window.runFinished.connect(lambda _summary: finished.append(time.monotonic()))
    pids = set(window.store.processes)
    assert pids
    begun = time.monotonic()
    window.stop()
    until(lambda: not any(lives(pid) for pid in pids))
    gone = time.monotonic()
    until(lambda: bool(finished))
    window.runFinished.disconnect(link)
    pause(SPARE_MS)
    return (max(gone, finished[0]) - begun) * 1e3


def lives(pid: int) -> bool:
    """Whether there is such a process; a zombie is none."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def interpreter_s() -> float:
    """Seconds from the start of an interpreter to its first byte."""
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", "print(1, flush=True)"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        took = time.perf_counter() - begun
        process.wait(10)
    return took


def pool_s(script: Path, method: str) -> float:
    """Seconds until both workers of a bare pool run a task."""
    done = subprocess.run([sys.executable, str(script), method], capture_output=True, text=True, timeout=60, check=True)
    return int(done.stdout) / 1e9
