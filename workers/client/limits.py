"""How many workers this machine allows, and what sets the limit. Asked before anything starts."""

import os
from dataclasses import dataclass

import psutil

from workers.client import cgroup
from workers.contract.errors import ConfigError

PROCESS_BYTES = 16 << 20
"""Private memory of an idle worker process, rounded up from 11-15 MB measured."""
INTERPRETER_BYTES = 16 << 20
"""Memory of a sub-interpreter with our package in it: 15.4 MiB measured under 3.14."""
FILES = 40
"""Descriptors that the window or the command has open for itself, rounded up."""
THREAD_BYTES = 1 << 20
"""What an idle thread touches of its stack, its frames and its telemetry ring, rounded up."""


_BYTES = {"processes": PROCESS_BYTES, "interpreters": INTERPRETER_BYTES}
_DESCRIPTORS = {"processes": 8, "coroutines": 2}
"""A worker's telemetry ring, and what the sampler keeps open of its threads; 5 for whatever has a thread in the host."""


@dataclass(frozen=True)
class Limit:
    """The largest number of workers that may be asked for."""

    cap: int
    reason: str
    """What sets it, in words."""


def usable_cores() -> int:
    """Cores this process may run on: its affinity, and the CPU quota of its control group where there is one."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS
        cores = os.cpu_count() or 1
    quota = cgroup.cpu_quota()
    return max(1, min(cores, quota) if quota else cores)


def available_memory() -> int:
    """Bytes that a run can have without anybody being pushed out: what the machine has free, and what control groups leave of it."""
    free = int(psutil.virtual_memory().available)
    room = cgroup.memory_room()
    return free if room is None else min(free, room)


def worker_limit(workers_are: str) -> Limit:
    """The cap for models whose workers are of this kind (as `ModelInfo.workers_are` says)."""
    each = _BYTES.get(workers_are, THREAD_BYTES)
    memory = available_memory()
    found = [
        Limit(max(1, memory // 2 // each), f"half the free memory ({memory >> 20:,} MiB) at {each >> 20} MiB a worker"),
        Limit(10_000, "the most that can be told apart on a chart"),
    ]
    pids = cgroup.pids_limit()
    if pids is not None:
        found.append(Limit(max(1, pids // 2), f"half the pids limit of this control group ({pids})"))
    try:
        import resource

        soft = resource.getrlimit(resource.RLIMIT_NPROC)[0]
        if soft != resource.RLIM_INFINITY:
            found.append(Limit(max(1, soft // 2), f"half of RLIMIT_NPROC ({soft})"))
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        if files != resource.RLIM_INFINITY and workers_are != "none":
            each_file = _DESCRIPTORS.get(workers_are, 5)
            reason = f"RLIMIT_NOFILE ({files}) at {each_file} descriptors a worker"
            found.append(Limit(max(1, (files - FILES) // each_file), reason))
    except ImportError:  # not on Windows
        pass
    if workers_are == "processes":
        cores = usable_cores()
        found.append(Limit(max(64, 128 * cores), f"128 processes for each of the {cores} usable cores"))
    return min(found, key=lambda limit: limit.cap)


def too_few_descriptors(workers_are: str = "processes") -> str:
    """What is to be said where not even one worker can have the files that it needs; mostly nothing."""
    try:
        import resource
    except ImportError:  # not on Windows
        return ""
    files, needed = resource.getrlimit(resource.RLIMIT_NOFILE)[0], FILES + _DESCRIPTORS.get(workers_are, 5)
    if files == resource.RLIM_INFINITY or files >= needed:
        return ""
    return f"At most {files} files may be open here, and a run needs {needed}: raise that (`ulimit -n {needed}`) and start again."


def check_workers(workers: int, workers_are: str) -> None:
    """Raise ConfigError where `workers` is more than this machine allows."""
    problem = too_few_descriptors(workers_are)
    if problem:
        raise ConfigError(problem, "workers")
    limit = worker_limit(workers_are)
    if workers > limit.cap:
        raise ConfigError(
            f"{workers} workers are too many: at most {limit.cap} here, set by {limit.reason}; ask for fewer.",
            "workers",
        )


def raise_descriptor_limit() -> None:
    """Allow this process as many open files as it may have: the sampler keeps two for each thread of a run."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
