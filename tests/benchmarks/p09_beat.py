"""P9: the window's 16 ms beat while eight workers count primes: in a host, as it is done, and inside the window, as it is not."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import Qt, QTimer

from gui.app import make_application
from tests.benchmarks.figures import Figure, Scale, ratio
from tests.benchmarks.qt import opened, pause, put_away, until
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.workloads import count_primes

BEAT_MS, LIMIT, LIMIT_INSIDE = 16, 1.5, 8.0
MODELS = ("thread_pool", "process_pool")


def beat(ms: int) -> float:
    """The 99th percentile, in ms, of the time between two beats of a precise 16 ms timer."""
    times = [time.perf_counter()]
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: times.append(time.perf_counter()))
    timer.start(BEAT_MS)
    pause(ms)
    timer.stop()
    times.append(time.perf_counter())  # where it did not beat at all, that is the gap
    return float(np.percentile(np.diff(times), 99) * 1000)


@contextmanager
def inside() -> Iterator[None]:
    """Eight threads in this very process."""
    end = threading.Event()

    def work() -> None:
        while not end.is_set():
            count_primes.run(10_000)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join(10)


def measure(scale: Scale) -> Iterator[Figure]:
    """Idle, with a run of each model, and with the threads inside, in turns."""
    application = make_application()
    bare = [beat(scale.pick(2_500, 1_200)) for _ in range(scale.pick(3, 1))]
    window = opened()
    names = ("idle", *MODELS, "inside")
    found: dict[str, list[float]] = {name: [] for name in names}
    ms = scale.pick(2_500, 1_200)
    for _ in range(scale.pick(5, 2)):
        found["idle"].append(beat(ms))
        for model in MODELS:
            window.start(RunConfig(model, "count_primes", 8, tasks=None))
            until(lambda: window.phase is RunPhase.RUNNING)
            found[model].append(beat(ms))
            window.stop()
            until(lambda: not window.phase.active)
            pause(300)
        with inside():
            found["inside"].append(beat(ms))
    for model in MODELS:
        values = found[model]
        yield Figure(
            f"p99 of the beat, 8 workers of {model}, against {BEAT_MS} ms", "x", tuple(each / BEAT_MS for each in values),
            LIMIT, peer="the beat itself", ours=f"{np.median(values):.1f} ms",
            theirs=f"idle window {np.median(found['idle']):.1f} ms; no window at all {np.median(bare):.1f} ms",
        )  # fmt: skip
    yield ratio(
        "p99 of the beat, the same 8 threads inside the window", found["thread_pool"], found["inside"], LIMIT_INSIDE, ">=",
        inverse=True, unit="ms", digits=1, peer="threads in the window's process",
    )  # fmt: skip
    put_away(window)
    application.processEvents()
