"""P10: what sampling 64 processes with four threads each costs, ten times a second, against a sweep with psutil."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from tests.benchmarks.figures import Figure, Scale, ratio
from tests.benchmarks.machine import versioned
from workers.client.sampler import make_sampler

PROCESSES, THREADS = 64, 4
LIMIT_PERCENT, LIMIT_RATIO = 1.0, 10.0
FAMILY = """
import os, sys, threading, time
def nap():
    while True:
        time.sleep(NAP)
parent, pids = os.getpid(), []
for _ in range(PROCESSES):
    pid = os.fork()
    if pid == 0:
        for _ in range(THREADS - 1):
            threading.Thread(target=nap, daemon=True).start()
        while os.getppid() == parent:
            time.sleep(0.1)
        os._exit(0)
    pids.append(pid)
print(*pids, flush=True)
sys.stdin.read()
os._exit(0)
"""


@contextmanager
def family(nap_s: float) -> Iterator[list[int]]:
    """PIDs of processes whose main thread wakes ten times a second, and three more threads after such naps."""
    code = f"PROCESSES, THREADS, NAP = {PROCESSES}, {THREADS}, {nap_s}\n{FAMILY}"
    process = subprocess.Popen([sys.executable, "-I", "-S", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        pids = [int(word) for word in process.stdout.readline().split()]
        end = time.monotonic() + 20
        while any(psutil.Process(pid).num_threads() < THREADS for pid in pids) and time.monotonic() < end:
            time.sleep(0.05)
        yield pids
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()
        gone = time.monotonic() + 10
        while any(psutil.pid_exists(pid) for pid in pids) and time.monotonic() < gone:
            time.sleep(0.02)


def measure(scale: Scale) -> Iterator[Figure]:
    """With helper threads that sleep, as those of pools and queues do; and with all threads awake ten times a second."""
    yield from sampled("helpers asleep", 100.0, 1, scale)
    yield from sampled("every thread a lane that wakes ten times a second", 0.1, THREADS, scale)


def sampled(what: str, nap_s: float, lanes: int, scale: Scale) -> Iterator[Figure]:
    """Ours at its own pace; psutil's sweeps between ours. `lanes`: how many threads of a process are lanes."""
    shares: list[float] = []
    ours: list[float] = []
    same: list[float] = []
    less: list[float] = []
    with family(nap_s) as pids:
        sampler = make_sampler("here")
        for pid in pids:
            sampler.watch(pid, "worker")
        _, threads = sampler.sweep()
        for pid in pids:
            # A main thread has the number of its process, and those after it higher ones.
            for tid in sorted(thread.tid for thread in threads if thread.pid == pid)[:lanes]:
                sampler.lane(pid, tid, "worker")
        known = [psutil.Process(pid) for pid in pids]
        for _ in range(scale.pick(5, 2)):
            share, each = paced(sampler.sweep, sampler.period_s, scale.pick(3, 1))
            shares.append(share * 100)
            ours.append(each)
            same.append(paced(lambda: [the_same(process) for process in known], 0.1, 1)[1])
            less.append(paced(lambda: [without_threads(process) for process in known], 0.1, 1)[1])
        sampler.close()
    what = f"{PROCESSES} processes, {PROCESSES * THREADS} threads, {what}"
    yield Figure(
        f"{what}: share of a core at our pace", "%", tuple(shares), LIMIT_PERCENT, peer="a core", clock="CPU",
        note="Of the sampling thread, ten sweeps a second. Main threads are lanes that wake as often. PSS, USS and names are among it. "
        "Of so many, who used less than a hundredth of a core since the last look is looked at in every other sweep.",
    )  # fmt: skip
    peer = f"{versioned('psutil')}, oneshot"
    yield ratio(
        f"{what}: a sweep", ours, same, LIMIT_RATIO, ">=", inverse=True, scale=1e3, unit="ms", clock="CPU",
        peer=f"{peer}: times, memory, switches, state, parent, and each thread's times",
    )  # fmt: skip
    yield ratio(
        f"{what}: a sweep; psutil without the threads", ours, less, None, ">=", inverse=True, scale=1e3, unit="ms",
        clock="CPU", peer=f"{peer}: times, memory, switches alone",
    )  # fmt: skip


def paced(sweep, period_s: float, seconds: float) -> tuple[float, float]:
    """(share of a core, CPU s of a sweep) over some seconds at that pace."""
    begun, used, count = time.monotonic(), 0.0, 0
    while time.monotonic() - begun < seconds:
        due = begun + count * period_s
        time.sleep(max(0.0, due - time.monotonic()))
        before = time.thread_time()
        sweep()
        used += time.thread_time() - before
        count += 1
    return used / (time.monotonic() - begun), used / count


def the_same(process: psutil.Process) -> None:
    """What our sampler says of a process and its threads, as far as psutil knows it."""
    with process.oneshot():
        process.cpu_times()
        process.memory_info()
        process.num_ctx_switches()
        process.status()
        process.ppid()
        process.num_threads()
        process.threads()


def without_threads(process: psutil.Process) -> None:
    """The least that a table of processes needs."""
    with process.oneshot():
        process.cpu_times()
        process.memory_info()
        process.num_ctx_switches()
