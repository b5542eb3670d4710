"""Call a workload without a run: its arguments, its function in this thread, and plain locks where it shares some."""

import asyncio
import importlib
import queue
import threading
from collections.abc import Iterator, MutableSequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from workers.telemetry import recorder

FUNCTIONS = Path(__file__).parents[1] / "data" / "functions"
"""Files of a user's own."""
QUICK: dict[str, dict[str, Any]] = {
    "allocate": {"mib": 1, "hold_ms": 0.0},
    "big_result": {"kib": 16},
    "count_primes": {"limit": 500},
    "echo": {"delay_ms": 0.0},
    "fail": {"probability": 0.0, "ms": 0.0},
    "full_queues": {"bound": 100, "items": 2, "pause_ms": 0.0},
    "global_change": {},
    "inherited_lock": {"held": False},
    "json_roundtrip": {"records": 20},
    "mandelbrot": {"width": 32, "height": 24, "tile": 8, "iterations": 40},
    "mixed": {"ms": 1.0},
    "nap_uninterruptible": {"ms": 1.0},
    "nested_lock": {"kind": "RLock", "pause_ms": 0.5},
    "own_function": {"file": str(FUNCTIONS / "known.py"), "function": "loop", "inputs": "range(1, 9)"},
    "philosophers": {"order": "ordered", "pause_ms": 0.5, "eat_ms": 0.5},
    "print_lines": {"pause_ms": 0.5},
    "process_info": {},
    "producer_consumer": {"pause_ms": 0.0},
    "read_file": {"file_mib": 1, "block_kib": 64},
    "readers_writers": {"read_ms": 0.5, "write_ms": 0.5},
    "sha256": {"size": 16},
    "shared_counter": {"increments": 200},
    "shared_list": {"pause_ms": 0.5},
    "sleep": {"ms": 1.0, "spread": 0.5},
    "small_list": {},
    "tally": {"items": 20},
    "third_task": {"putter": "first"},
    "waits_on_itself": {"part": "done at once", "pause_ms": 0.5},
    "zlib": {"size": 8},
}
"""Values that make tasks short, and none of them fail."""


def load(key: str) -> ModuleType:
    """The workload's module."""
    return importlib.import_module(f"workers.workloads.{key}")


@dataclass
class Number:
    value: int = 0


@dataclass
class PlainSharing:
    """What `share` is handed: the locks of threading or asyncio themselves, not watched."""

    workers: int = 2
    lanes: str = "threads"
    locks: dict[str, Any] = field(default_factory=dict)

    def _made(self, name: str, kind: str, *args: int) -> Any:
        made = getattr(asyncio if self.lanes == "coroutines" else threading, kind)(*args)
        self.locks[name] = _Acquirable(made) if self.lanes == "threads" else made
        return self.locks[name]

    def lock(self, name: str) -> Any:
        return self._made(name, "Lock")

    def rlock(self, name: str) -> Any:
        return self._made(name, "RLock" if self.lanes == "threads" else "Lock")

    def semaphore(self, value: int, name: str) -> Any:
        return self._made(name, "Semaphore", value)

    def queue(self, bound: int, name: str, manager: bool = False) -> Any:
        return asyncio.Queue(bound) if self.lanes == "coroutines" else queue.Queue(bound)

    def pool(self) -> Any:
        return asyncio.Semaphore(self.workers) if self.lanes == "coroutines" else None  # not used by what is QUICK

    def counter(self, value: int = 0, watched: str = "") -> Number:
        return Number(value)

    def array(self, length: int) -> MutableSequence[int]:
        return [0] * length


class _Acquirable:
    """A lock with the `acquire` that the API promises: `timeout=None` waits without a limit."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        return bool(self.inner.acquire(blocking) if timeout is None else self.inner.acquire(blocking, timeout))

    def release(self) -> None:
        self.inner.release()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()


class Task:
    """A workload with its parameters, in a run directory of its own."""

    def __init__(self, module: ModuleType, params: dict[str, Any], seed: int) -> None:
        self.module = module
        self.params = params
        self.arguments: Iterator[tuple[Any, ...]] = module.arguments(params, Random(seed))
        self.shared: Any = None

    def share(self, sharing: PlainSharing) -> "Task":
        """Make what tasks share."""
        self.shared = self.module.share(self.params, sharing)
        return self

    def draw(self, count: int) -> list[tuple[Any, ...]]:
        """The arguments of the next tasks, with what they share."""
        first = (self.shared,) if hasattr(self.module, "share") else ()
        return [(*first, *args) for args in islice(self.arguments, count)]

    def run(self, count: int) -> list[Any]:
        """Results of the next tasks, one after the other."""
        return [self.module.run(*args) for args in self.draw(count)]

    def run_threads(self, count: int) -> list[Any]:
        """Results of the next tasks, each in a thread, all at once. What one raises is raised here."""
        with ThreadPoolExecutor(count) as pool:
            futures = [pool.submit(self.module.run, *args) for args in self.draw(count)]
            return [future.result(timeout=60) for future in futures]

    async def run_async(self, count: int) -> list[Any]:
        """Results of the next tasks, all at once in this event loop."""
        return list(
            await asyncio.wait_for(asyncio.gather(*(self.module.run_async(*args) for args in self.draw(count))), 60)
        )


@contextmanager
def task(key: str, directory: Path, seed: int = 0, **params: Any) -> Iterator[Task]:
    """The workload `key` with QUICK and these parameters, set up; `directory` plays the run directory."""
    module = load(key)
    values = {param.name: param.default for param in module.INFO.params} | QUICK.get(key, {}) | params
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recorder, "_directory", str(directory))
        with getattr(module, "setup", nullcontext)(values) as ready:
            yield Task(module, dict(ready), seed)
