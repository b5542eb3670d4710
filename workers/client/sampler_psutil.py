"""The sampler for systems without /proc: psutil, asked once a second. What it does not know stays unknown."""

from typing import Any

import psutil

from workers.contract.batch import Identity, ProcessSample, ThreadSample
from workers.telemetry.clock import now


class PsutilSampler:
    """Everywhere else."""

    period_s = 1.0

    def __init__(self, host: str) -> None:
        """`host` is the name of this machine."""
        self._host = host
        self._processes: dict[int, tuple[psutil.Process, str]] = {}
        self._lanes: dict[tuple[int, int], str] = {}

    def watch(self, pid: int, role: str) -> None:
        """See Sampler."""
        known = self._processes.get(pid)
        try:
            self._processes[pid] = (known[0] if known else psutil.Process(pid), role)
        except psutil.Error:
            pass  # gone before it was looked at

    def lane(self, pid: int, tid: int, role: str) -> None:
        """See Sampler."""
        self._lanes[pid, tid] = role

    def knows(self, identity: Identity) -> bool:
        """See Sampler."""
        known = self._processes.get(identity.pid)
        return known is not None and identity == Identity(self._host, identity.pid, known[0].create_time())

    def exit_code(self, pid: int) -> int | None:
        """See Sampler: psutil does not tell."""
        return None

    def sweep(self) -> tuple[tuple[ProcessSample, ...], tuple[ThreadSample, ...]]:
        """See Sampler."""
        processes: list[ProcessSample] = []
        threads: list[ThreadSample] = []
        for pid, (process, role) in list(self._processes.items()):
            try:
                with process.oneshot():
                    t_ns = now()
                    status = process.status()
                    if status == psutil.STATUS_ZOMBIE:
                        raise psutil.NoSuchProcess(pid)
                    times, switches = process.cpu_times(), _or_none(process, "num_ctx_switches")
                    processes.append(
                        ProcessSample(
                            Identity(self._host, pid, process.create_time()),
                            t_ns,
                            process.ppid(),
                            role,
                            status,
                            process.num_threads(),
                            times.user + times.system,
                            process.memory_info().rss,
                            None,
                            None,
                            None if switches is None else switches.voluntary + switches.involuntary,
                            None,
                        )
                    )
                for thread in _or_none(process, "threads") or ():
                    thread_role = self._lanes.get((pid, thread.id), "helper")
                    threads.append(
                        ThreadSample(
                            pid,
                            thread.id,
                            t_ns,
                            "",
                            thread_role,
                            "unknown",
                            thread.user_time + thread.system_time,
                        )
                    )
            except psutil.Error:
                del self._processes[pid]
        return tuple(processes), tuple(threads)

    def machine_busy_s(self) -> float | None:
        """Not known here."""
        return None

    def close(self) -> None:
        """See Sampler."""
        self._processes.clear()


def _or_none(process: psutil.Process, name: str) -> Any:
    try:
        return getattr(process, name)()
    except (psutil.Error, AttributeError):
        return None


def create_time_elsewhere(pid: int) -> float | None:
    """See `workers.client.sampler.create_time`."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.Error:
        return None
