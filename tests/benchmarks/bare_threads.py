"""What this machine makes of threads that share a GIL, without us: how long they wait beside a process that wakes now and then.

Two threads that hand the GIL to each other need a core just when it is handed on. Whatever else runs then, on a machine of two cores,
has them wait for more than (T - 1) / T of their time, and that is no fault of who measures it.
"""

import subprocess
import sys
import time

SCRIPT = """
import sys, threading, time
def work(stop, out):
    began, cpu = time.perf_counter(), time.thread_time()
    while time.perf_counter() < stop:
        total = 0
        for i in range(2_000):
            total += i & 7
    out.append((time.thread_time() - cpu, time.perf_counter() - began))
out, stop = [], time.perf_counter() + float(sys.argv[2])
threads = [threading.Thread(target=work, args=(stop, out)) for _ in range(int(sys.argv[1]))]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(1 - sum(cpu for cpu, _ in out) / sum(wall for _, wall in out))
"""
SECONDS = 2.0
BURN_S = 0.015
"""What one look at a run takes here after a tenth of a second's sleep, with caches gone cold."""


def waits(threads: int, period_s: float) -> float:
    """The share of their time that so many threads of a bare script do not run, while this process works BURN_S in each `period_s`."""
    command = [sys.executable, "-I", "-c", SCRIPT, str(threads), str(SECONDS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bare:
        try:
            while bare.poll() is None:
                until = time.perf_counter() + BURN_S
                while time.perf_counter() < until:
                    pass
                time.sleep(period_s - BURN_S)
            assert bare.stdout is not None
            return float(bare.stdout.read())
        finally:
            bare.kill()
