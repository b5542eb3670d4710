"""P1: what instrumentation costs a task, against the same without us.

Twice: in the worker, where a chunk of jobs is run by us and the same calls are made by a plain loop, in turns; and as whole runs,
against the script that the code panel shows for the same choice.
"""

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tests.benchmarks.figures import Figure, Scale, ratio
from tests.benchmarks.machine import PYTHON
from tests.benchmarks.pairs import alternating
from tests.benchmarks.rings import a_lane
from tests.helpers.runs import run
from workers.client.script import fetch_script
from workers.contract.config import RunConfig
from workers.tasks import Chunk, Job
from workers.telemetry import recorder
from workers.telemetry.clock import now

TARGETS_US = {1_000: 1.02, 100: 1.02, 20: 1.08, 5: 1.25}
PER_CHUNK, CHUNK = 1.03, 100
BLOCK_S = 0.04
TICK_S = 0.016
"""A run is read as often as the window reads it."""
FUNCTION = """
def work(n):
    total = 0
    for i in range(n):
        total += i & 7
    return total
"""
_defined: dict[str, Callable[[int], int]] = {}
exec(FUNCTION, _defined)
work = _defined["work"]


def measure(scale: Scale) -> Iterator[Figure]:
    """In the worker, then whole runs."""
    recorder.set_work(work, None, lambda result: result)
    with a_lane(32_768) as drained:
        for us, limit in TARGETS_US.items():
            yield in_worker(us, limit, scale, drained)
        yield one_span_a_chunk(scale, drained)
    for model in ("process_pool", "sequential"):
        for us, limit in TARGETS_US.items():
            yield whole_run(model, us, limit, scale)


def turns_for(us: int) -> int:
    """The argument with which a call takes so long here and now."""
    work(1_000)
    took = []
    for _ in range(9):
        begun = time.perf_counter()
        for _ in range(20):
            work(1_000)
        took.append((time.perf_counter() - begun) / 20)
    each = median(took) / 1_000
    return max(1, round(us * 1e-6 / each))


def in_worker(us: int, limit: float, scale: Scale, drained: Callable[[], None]) -> Figure:
    """A chunk of jobs as it is carried out in a worker, against the calls alone."""
    turns = turns_for(us)
    count = max(20, min(4_000, round(BLOCK_S * 1e6 / us)))
    arguments = [(turns,)] * count
    chunk = Chunk(tuple(Job(i, now(), args) for i, args in enumerate(arguments)))

    def bare() -> None:
        results = []
        for args in arguments:
            results.append(work(*args))

    def ours() -> None:
        chunk()
        drained()

    one, other, again = alternating(scale.pick(40, 8), ours, bare, bare, cpu=scale.cpu)
    floor = median(a / b for a, b in zip(other, again, strict=True))
    return ratio(
        f"recording a task of {us} us, in the worker",
        one,
        other,
        limit,
        scale=1e6 / count,
        unit="us",
        peer=f"the calls alone, {PYTHON}; against themselves {floor:.2f}x",
        clock=scale.clock,
    )


def one_span_a_chunk(scale: Scale, drained: Callable[[], None]) -> Figure:
    """A task that is itself a batch of calls has one span."""
    turns = turns_for(5)

    def batch(n: int) -> int:
        return sum([work(n) for _ in range(CHUNK)])

    jobs = Chunk(tuple(Job(i, now(), (turns,)) for i in range(80)))
    recorder.set_work(batch, None, lambda result: result)

    def bare() -> None:
        results = []
        for _ in range(80):
            results.append(batch(turns))

    def ours() -> None:
        jobs()
        drained()

    one, other = alternating(scale.pick(40, 8), ours, bare, cpu=scale.cpu)
    recorder.set_work(work, None, lambda result: result)
    return ratio(
        f"one span for {CHUNK} calls of 5 us",
        one,
        other,
        PER_CHUNK,
        scale=1e6 / 80 / CHUNK,
        unit="us",
        peer=f"the calls alone, {PYTHON}",
        clock=scale.clock,
    )


def whole_run(model: str, us: int, limit: float, scale: Scale) -> Figure:
    """Elapsed time of so many tasks, start-up taken off: of the script, by a run of a few tasks."""
    turns = turns_for(us)
    workers = 2 if model == "process_pool" else 1
    seconds = 0.8 if not scale.quick else 0.4
    tasks = max(200, round(seconds * 1e6 / us * workers) // CHUNK * CHUNK)
    options = {"chunksize": CHUNK if us < 1_000 else 10} if model == "process_pool" else {}
    with tempfile.TemporaryDirectory(prefix="benchmark-p1-") as folder:
        file = Path(folder, "mine.py")
        file.write_text(FUNCTION)
        config = RunConfig(
            model,
            "own_function",
            workers,
            tasks,
            params={"file": str(file), "function": "work", "inputs": f"[{turns}]"},
            options=options,
        )
        scripts = {}
        for count in (tasks, 2):
            scripts[count] = Path(folder, f"script{count}.py")
            scripts[count].write_text(fetch_script(config.changed(tasks=count)))
        ours: list[float] = []
        theirs: list[float] = []

        def watched() -> None:
            ours.append(run_s(config, scale.cpu) / tasks)

        def bare() -> None:
            theirs.append((script_s(scripts[tasks], scale.cpu) - script_s(scripts[2], scale.cpu)) / tasks)

        for number in range(scale.pick(5, 2)):
            for side in (watched, bare) if number % 2 == 0 else (bare, watched):
                side()
    return ratio(
        f"a whole run of {model}, {tasks:,} tasks of {us} us"
        + (f" in chunks of {options['chunksize']}" if options else ""),
        ours,
        theirs,
        limit,
        scale=1e6,
        unit="us a task",
        peer=f"the script of the code panel, {PYTHON}",
        clock=scale.clock,
        note="Whole runs: ours from the start of the clock to the last task; the script's time less that of a script with "
        "two tasks, for the start of its pool.",
    )


def run_s(config: RunConfig, cpu: bool) -> float:
    """Seconds of a run, from the start of its clock; or of CPU time, of the host and its workers."""
    store = run(config, period_s=TICK_S)
    if not cpu:
        return store.elapsed_s
    return sum(row.cpu_s - row.cpu_at_clock_s for row in store.processes.values())


def script_s(path: Path, cpu: bool) -> float:
    """Seconds that a script takes, as it says itself; the start of the interpreter is not among them. Or all of its CPU time."""
    text = path.read_text()
    # Where the start method is not fork, children import the script again: it must be the main module itself.
    body = (
        text.replace(
            'if __name__ == "__main__":', 'if __name__ == "__main__":\n    import time as _t; _b = _t.perf_counter()', 1
        )
        + '\n    print("took", _t.perf_counter() - _b)\n'
    )
    timed = path.with_name(f"timed_{path.name}")
    timed.write_text(body)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-I", str(timed)], capture_output=True, text=True, timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = re.search(r"took (\S+)", done.stdout)
    if said is None:
        raise RuntimeError(f"The script did not say how long it took: {done.stderr.strip()[-300:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime if cpu else float(said[1])
