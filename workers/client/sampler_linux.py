"""The sampler for Linux, ten times a second, through descriptors of /proc that stay open.

Of a process that used nothing since the last sweep nothing is read but its clock (see sampled_process); of the others the threads that
ran: their schedstat (/proc/PID/schedstat would be the main thread's), then what they do. Of a lane that sleeps, wchan says in which
function of the kernel: on a futex it waits for a lock, and the GIL is one. Each kind of file is read of all who need it, then the
next kind: that takes a quarter less than thread by thread, for the kernel's code for it is in the caches then.
"""

import os
from collections.abc import Callable

from workers.client.limits import usable_cores
from workers.client.proc_files import (
    UNKNOWN,
    exit_code,
    has_ended,
    last_pid,
    read_children,
    read_stat,
    ticks_per_s,
)
from workers.client.proc_pages import PageWalks
from workers.client.sampled_process import Process, open_process
from workers.client.sampled_thread import Thread
from workers.contract.batch import Identity, ProcessSample, ThreadSample

SLOW_EVERY = 10
"""Every so many sweeps each thread and process is looked at whatever it did, a tenth of them at a time, for it may wait for a core
by now; so are children that tasks have started."""
MANY = 32
"""Threads beyond which those of quiet processes are looked at in every other sweep only: with fewer it costs next to nothing."""
MOST_ENDS = 10_000

Sweep = tuple[tuple[ProcessSample, ...], tuple[ThreadSample, ...]]


class ProcSampler:
    """See the module, and Sampler."""

    period_s = 0.1

    def __init__(self, host: str, on_child: Callable[[int], None] | None = None) -> None:
        """`host` is the name of this machine; `on_child` is told of processes that tasks have started."""
        self._host = host
        self._on_child = on_child
        self._processes: dict[int, Process] = {}
        self._lanes: dict[tuple[int, int], str] = {}
        self._ends: dict[int, int] = {}
        self._walks = PageWalks()
        self._sweeps = 0
        self._many = False
        self._cores = _own_cores()

    def watch(self, pid: int, role: str) -> None:
        """See Sampler."""
        known = self._processes.get(pid)
        if known is not None:
            known.role = role if role != "child" else known.role
            return
        process = open_process(pid, self._host, role)
        if process is not None:  # else gone before it was looked at; the host tells of it
            self._processes[pid] = process
            self._walks.add(process)

    def lane(self, pid: int, tid: int, role: str) -> None:
        """See Sampler."""
        known = self._lanes.get((pid, tid))
        if known == role or (tid == pid and known == "main"):
            return  # coroutine lanes run in the main thread, which stays the main one
        if len(self._lanes) > 20_000:
            self._lanes.clear()
        self._lanes[pid, tid] = role
        process = self._processes.get(pid)
        if process is not None and tid in process.threads:
            process.threads[tid].become(role)
            process.fresh = True

    def knows(self, identity: Identity) -> bool:
        """See Sampler."""
        known = self._processes.get(identity.pid)
        return known is not None and known.identity == identity

    def sweep(self) -> Sweep:
        """See Sampler."""
        self._sweeps += 1
        self._walks.step(self._processes)
        looked: list[Process] = []
        due: list[Process] = []
        ran: list[Thread] = []
        for pid, process in self._processes.items():
            beat = self._sweeps + pid
            if process.fresh or beat % SLOW_EVERY == 0:
                process.look(True)
                due.append(process)
            elif (found := process.look(not self._many or beat % 2 == 0)) is not None:
                looked.append(process)
                ran += found
        for thread in ran:
            thread.see(False)
        for process in due:
            for thread in process.order:
                thread.see(True)
        there = [process for process in looked if not process.doubtful or self._settled(process)]
        due = [process for process in due if self._settled(process)]
        for process in there + due:
            process.sum_up()
        told = self._told()
        self._find_children(due)
        return told

    def _settled(self, process: Process) -> bool:
        """Read what only the stat of a process tells; forget one that has gone."""
        fields = read_stat(process.stat_fd)
        if fields is not None and not has_ended(fields):
            process.settle(fields, self._lanes)
            return True
        code = exit_code(fields) if fields is not None else None
        if code is not None and len(self._ends) < MOST_ENDS:
            self._ends[process.identity.pid] = code
        self._forget(process)
        return False

    def _told(self) -> Sweep:
        processes: list[ProcessSample] = []
        threads: list[ThreadSample] = []
        for process in self._processes.values():
            mine, its_threads = process.samples()
            processes.append(mine)
            threads += its_threads
        self._many = len(threads) > MANY
        return tuple(processes), tuple(threads)

    def _find_children(self, parents: list[Process]) -> None:
        """Watch who was started by the main threads of those. Nobody was where no PID was given out since they were asked."""
        youngest = last_pid() if parents else UNKNOWN
        for parent in parents:
            if parent.youngest == youngest != UNKNOWN:
                continue
            parent.youngest = youngest
            for child in read_children(parent.children_fd):
                if child not in self._processes:
                    self.watch(child, "child")
                    if self._on_child is not None:
                        self._on_child(child)

    def _forget(self, process: Process) -> None:
        del self._processes[process.identity.pid]
        process.close()

    def exit_code(self, pid: int) -> int | None:
        """See Sampler."""
        return self._ends.get(pid)

    def machine_busy_s(self) -> float | None:
        """See Sampler. Of what a hypervisor took away too: that was not to be had either."""
        if not self._cores:
            return None
        try:
            with open("/proc/stat", "rb") as file:
                text = file.read(16_384)
        except OSError:
            return None
        busy = 0
        for line in text.split(b"\n")[1:]:
            name, *values = line.split()[:9]
            if not name.startswith(b"cpu"):
                break
            if name in self._cores:
                ticks = [int(value) for value in values]
                busy += sum(ticks) - sum(ticks[3:5])  # but for idle, and idle because something waits for a disk
        return busy / ticks_per_s()

    def close(self) -> None:
        """See Sampler."""
        for process in self._processes.values():
            process.close()
        self._processes.clear()


def _own_cores() -> frozenset[bytes]:
    """The cores that this process may use, as /proc/stat calls them. None of them where a quota gives it a part of their time."""
    cores = os.sched_getaffinity(0)
    return frozenset(f"cpu{core}".encode() for core in cores) if usable_cores() == len(cores) else frozenset()
