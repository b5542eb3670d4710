"""P12: whether a task costs the same however many there are, and whether memory stays flat past its bound.

Each run is followed in a process of its own, whose peak memory is then its own.
"""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import Figure, Scale
from tests.helpers.runs import follow, session
from workers.contract.config import RunConfig
from workers.insight.history import LEAST_MB, History
from workers.insight.store import RunStore

LIMIT = 1.2
TRIVIAL = {"limit": 2}
SPAWN = multiprocessing.get_context("spawn")
DEADLINE_S = 240.0


def measure(scale: Scale) -> Iterator[Figure]:
    """From a few tasks to very many; from one worker to many; process after process."""
    for model, options, sizes, past in (
        ("sequential", {}, (3, 4, 5, 6, 7), (2_000_000, 10_000_000)),
        ("process_pool", {"chunksize": 100}, (3, 4, 5, 6), (2_000_000, 5_000_000)),
    ):
        config = RunConfig(model, "count_primes", 2, params=TRIVIAL, options=options)
        memory: dict[int, list[float]] = {}
        yield by_tasks(config, [10**size for size in sizes][: None if not scale.quick else 3], scale, memory)
        if not scale.quick:
            yield from past_the_bound(config, past, memory)
    yield by_workers(scale)
    yield by_processes(scale)


def by_tasks(config: RunConfig, sizes: list[int], scale: Scale, memory: dict[int, list[float]]) -> Figure:
    """Time a task; what the runs took of memory is noted."""
    each: dict[int, list[float]] = {}
    for size in sizes:
        for _ in range(5 if size < 1_000_000 and not scale.quick else 1):
            elapsed, *memory[size] = carried(config.changed(tasks=size))
            each.setdefault(size, []).append(elapsed / size)
    # Of a thousand tasks the first hand-over is a good part: that is said, and what grows is judged from there on.
    steps = [median(each[size]) for size in sizes]
    first = max(0, len(steps) - 4)
    worst = max(steps[first:]) / min(steps[first:])
    shown = ", ".join(f"10^{len(str(size)) - 1}: {value * 1e6:.2f}" for size, value in zip(sizes, steps, strict=True))
    return Figure(
        f"{_name(config)}: time a task, the dearest size over the cheapest, {sizes[first]:,} to {sizes[-1]:,} tasks", "x", (worst,),
        LIMIT, peer="itself", ours=f"us a task {shown}",
    )  # fmt: skip


def past_the_bound(config: RunConfig, sizes: tuple[int, int], memory: dict[int, list[float]]) -> Iterator[Figure]:
    """Peak memory of two runs that have both more spans than are kept."""
    kept = History(LEAST_MB).stored
    assert min(sizes) > kept
    for size in sizes:
        if size not in memory:
            _, *memory[size] = carried(config.changed(tasks=size))
    few, many = (memory[size] for size in sizes)
    for place, who in ((0, "who follows the run"), (1, "the host")):
        yield Figure(
            f"{_name(config)}: peak memory of {who}, {sizes[1]:,} tasks over {sizes[0]:,}", "x", (many[place] / few[place],),
            LIMIT, peer=f"itself; history bounded to {LEAST_MB} MB, {kept:,} spans", ours=f"{many[place] / 1e6:.0f} MB",
            theirs=f"{few[place] / 1e6:.0f} MB", clock="size", steady=True,
        )  # fmt: skip


def _name(config: RunConfig) -> str:
    return f"{config.model}{', chunks of 100' if config.options else ''}"


def by_workers(scale: Scale) -> Figure:
    """The same tasks for more and more threads."""
    tasks, found = scale.pick(40_000, 5_000), {}
    for workers in (1, 4, 16, 64, 256):
        config = RunConfig("thread_pool", "count_primes", workers, tasks, params=TRIVIAL)
        found[workers] = median(carried(config)[0] / tasks for _ in range(scale.pick(3, 1)))
    shown = ", ".join(f"{workers}: {value * 1e6:.1f}" for workers, value in found.items())
    return Figure(
        "thread_pool: time a task, the dearest of 1 to 256 workers over the cheapest", "x",
        (max(found.values()) / min(found.values()),), LIMIT, peer="itself", ours=f"us a task {shown}",
    )  # fmt: skip


def by_processes(scale: Scale) -> Figure:
    """A process for each task, by fork."""
    sizes = [100, 1_000, 10_000] if not scale.quick else [50, 200]
    found = {}
    for size in sizes:
        config = RunConfig(
            "process_per_task", "count_primes", 2, size, params=TRIVIAL, options={"start_method": "fork"}
        )
        found[size] = median(carried(config)[0] / size for _ in range(3 if size <= 1_000 and not scale.quick else 1))
    shown = ", ".join(f"{size:,}: {value * 1e3:.2f}" for size, value in found.items())
    return Figure(
        f"process_per_task: time a process, the dearest of {sizes[0]:,} to {sizes[-1]:,} over the cheapest", "x",
        (max(found.values()) / min(found.values()),), LIMIT, peer="itself, fork", ours=f"ms a process {shown}",
    )  # fmt: skip


# ---- a run in a process of its own ---------------------------------------------------------------------------------
def carried(config: RunConfig) -> tuple[float, float, float]:
    """(elapsed s, peak bytes of who followed it, bytes of the host at its last look)."""
    near, far = SPAWN.Pipe()
    process = SPAWN.Process(target=_carry, args=(config, far))
    process.start()
    far.close()
    try:
        if not near.poll(DEADLINE_S):
            raise TimeoutError(f"{config.tasks:,} tasks of {config.model} were not done within {DEADLINE_S:.0f} s.")
        found = near.recv()
    finally:
        process.join(10)
        if process.is_alive():
            process.kill()
        near.close()
    if isinstance(found, str):
        raise RuntimeError(found)
    return found


def _carry(config: RunConfig, far: Any) -> None:
    store, host = RunStore(History(LEAST_MB)), 0
    try:
        with session() as opened:
            opened.start(config)

            def look(store: RunStore) -> bool:
                nonlocal host
                host = max(
                    [
                        host,
                        *(row.sample.rss or 0 for row in store.processes.values() if row.sample and row.role == "host"),
                    ]
                )
                return False

            follow(opened, store, look, DEADLINE_S)
        if store.counts.done != config.tasks:
            raise RuntimeError(f"{store.counts.done:,} of {config.tasks:,} tasks were done.")
        far.send((store.elapsed_s, float(_peak()), float(host or 1)))
    except Exception as error:
        far.send(f"{config.model}, {config.tasks:,} tasks: {type(error).__name__}: {error}")
        raise


def _peak() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 1
