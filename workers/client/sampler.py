"""Samples every process and thread of a run from outside: CPU, memory, switches, waiting for a core. See sampler_linux, sampler_psutil."""

import sys
from typing import Protocol

from workers.client.proc_files import close_files, has_ended, open_file, read_stat, started
from workers.client.sampler_linux import ProcSampler
from workers.client.sampler_psutil import PsutilSampler, create_time_elsewhere
from workers.contract.batch import Identity, ProcessSample, ThreadSample

Sweep = tuple[tuple[ProcessSample, ...], tuple[ThreadSample, ...]]


class Sampler(Protocol):
    """Samples the processes it is told of."""

    period_s: float
    """How often `sweep` is worth calling."""

    def watch(self, pid: int, role: str) -> None:
        """Sample this process from now on; its role may be told anew."""

    def lane(self, pid: int, tid: int, role: str) -> None:
        """This thread is a lane of ours (main or worker); the others are helpers."""

    def knows(self, identity: Identity) -> bool:
        """Whether this very process, not another with its PID, is sampled."""

    def sweep(self) -> Sweep:
        """Sample everything once. A process that has gone is left out, and forgotten."""

    def exit_code(self, pid: int) -> int | None:
        """How a process ended that was found as a zombie; None where none was, or how is not known."""

    def machine_busy_s(self) -> float | None:
        """How long the cores that this process may use have been busy since the machine's start, added up; None: not known."""

    def close(self) -> None:
        """Close what is open."""


def make_sampler(host: str) -> Sampler:
    """The best sampler of this system."""
    return ProcSampler(host) if sys.platform == "linux" else PsutilSampler(host)


def create_time(pid: int) -> float | None:
    """When a living process began, as `Identity` has it; None where there is none."""
    if sys.platform != "linux":
        return create_time_elsewhere(pid)
    fd = open_file(f"/proc/{pid}/stat")
    fields = read_stat(fd)
    close_files(fd)
    return None if fields is None or has_ended(fields) else started(fields)
