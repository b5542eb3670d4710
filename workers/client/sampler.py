"""Samples every process and thread of a run from outside, ten times a second: CPU, memory, switches, waiting for a core.

Linux reads /proc through descriptors that stay open: 4 us a process and 3 us a thread, a twentieth of what psutil takes. Of a thread
that has not been on a core since the last look nothing else can have changed, and nothing else is read; of a process of such
threads neither. Only that it waits for a core by now is seen later, once a second.
/proc/PID/schedstat would be the main thread only, so each thread's own is read (CPU ns, run-queue wait ns, times on a core).
Of a lane that sleeps, wchan says in which function of the kernel: on a futex it waits for a lock, and the GIL is one.
Elsewhere see sampler_psutil.
"""

import mmap
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Protocol

from workers.client.limits import usable_cores
from workers.client.sampler_psutil import PsutilSampler, create_time_elsewhere
from workers.contract.batch import Identity, ProcessSample, ThreadSample
from workers.telemetry.clock import now

SLOW_EVERY = 10
"""Every so many sweeps each thread and process is looked at whatever it did, a tenth of them at a time; so are PSS and USS (the kernel
walks every page) and children that tasks have started."""
PAGED_AT_ONCE = 2
"""Of so many processes at most the pages are walked in a sweep: of the many it takes longer to come round."""
WORKED_NS = 1_000_000
MOST_ENDS = 10_000
_EXIT_CODE = 49
"""Where /proc/PID/stat has it, among the fields after the name."""
STATES = {
    "R": "running",
    "S": "sleeping",
    "D": "disk wait",
    "T": "stopped",
    "t": "traced",
    "Z": "zombie",
    "I": "idle",
    "X": "dead",
    "P": "parked",
}

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


@dataclass
class _Thread:
    fd: int
    stat_fd: int
    lane: str
    """Its role where it is a lane of ours, else nothing."""
    wchan_fd: int = -1
    """-1: not a lane, or not to be read."""
    raw: bytes = b""
    """What was read last: CPU ns, run-queue ns, how often it was put on a core."""
    last: tuple[int, int, int] = (0, 0, 0)
    cpu_s: float = 0.0
    queue_s: float = 0.0
    name: str = ""
    state: str = "sleeping"
    sleeps_in: str = ""

    def close(self) -> None:
        for fd in (self.fd, self.stat_fd, self.wchan_fd):
            if fd >= 0:
                os.close(fd)


@dataclass
class _Process:
    role: str
    stat_fd: int
    create_time: float
    threads: dict[int, _Thread] = field(default_factory=dict)
    gone: tuple[int, int, int] = (0, 0, 0)
    """CPU ns, run-queue ns and switches of threads that have ended."""
    rss: int | None = None
    memory: tuple[int | None, int | None] = (None, None)
    """PSS and USS when they were last read."""
    memory_rss: int = 0
    """RSS at that time."""
    paged: int = -SLOW_EVERY
    """The sweep in which they were looked at."""
    sample: ProcessSample | None = None
    """The last one."""


class ProcSampler:
    """Linux."""

    period_s = 0.1

    def __init__(self, host: str, on_child: Callable[[int], None] | None = None) -> None:
        """`host` is the name of this machine; `on_child` is told of processes that tasks have started."""
        self._host = host
        self._on_child = on_child
        self._processes: dict[int, _Process] = {}
        self._lanes: dict[tuple[int, int], str] = {}
        self._ends: dict[int, int] = {}
        self._sweeps = 0
        self._tick = _configured("SC_CLK_TCK", 100)
        self._page = mmap.PAGESIZE
        self._cores = _own_cores()

    def watch(self, pid: int, role: str) -> None:
        """See Sampler."""
        known = self._processes.get(pid)
        if known is not None:
            known.role = role if role != "child" else known.role
            return
        try:
            fd = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
            fields = _stat(fd)
        except OSError:
            return  # gone before it was looked at; the host tells of it
        if fields is None:
            os.close(fd)
            return
        self._processes[pid] = _Process(role, fd, int(fields[19]) / self._tick)

    def lane(self, pid: int, tid: int, role: str) -> None:
        """See Sampler."""
        if len(self._lanes) > 20_000:
            self._lanes.clear()
        if (
            tid != pid or self._lanes.get((pid, tid)) != "main"
        ):  # coroutine lanes run in the main thread, which stays the main one
            self._lanes[pid, tid] = role
            process = self._processes.get(pid)
            if process is not None and tid in process.threads:
                process.threads[tid].lane = role
                process.threads[tid].raw = b""  # where it sleeps is asked of lanes alone

    def knows(self, identity: Identity) -> bool:
        """See Sampler."""
        known = self._processes.get(identity.pid)
        return known is not None and (self._host, known.create_time) == (identity.host, identity.create_time)

    def sweep(self) -> Sweep:
        """See Sampler."""
        self._sweeps += 1
        self._walk_pages()
        processes: list[ProcessSample] = []
        threads: list[ThreadSample] = []
        for pid, process in list(self._processes.items()):
            sample = self._sample(pid, process, threads)
            process.sample = sample
            if sample is None:
                self._forget(pid)
            else:
                processes.append(sample)
        if self._sweeps % SLOW_EVERY == 1:
            self._find_children()
        return tuple(processes), tuple(threads)

    def _sample(self, pid: int, process: _Process, out: list[ThreadSample]) -> ProcessSample | None:
        t_ns, first = now(), len(out)
        turn = (self._sweeps + pid) % SLOW_EVERY == 0
        moved = self._threads(pid, process, turn, t_ns, out)
        known = process.sample
        if known is not None and not moved and not turn:
            return ProcessSample(
                known.identity, t_ns, known.ppid, process.role, known.state, known.threads, known.cpu_s, known.rss,
                *_grown(process), known.switches, known.run_queue_s,
            )  # fmt: skip
        fields = _stat(process.stat_fd)
        if fields is None or fields[0] in (b"Z", b"X"):
            if fields is not None and len(fields) > _EXIT_CODE and len(self._ends) < MOST_ENDS:
                self._ends[pid] = os.waitstatus_to_exitcode(int(fields[_EXIT_CODE]))
            del out[first:]
            return None
        if moved is None or int(fields[17]) != len(process.threads):
            del out[first:]
            self._relist(pid, process)
            self._threads(pid, process, turn, t_ns, out)
        cpu, queued, switches = process.gone
        for thread in process.threads.values():
            cpu, queued, switches = cpu + thread.last[0], queued + thread.last[1], switches + thread.last[2]
        # /proc/PID/stat tells the main thread's state, which may sleep while others work.
        running = any(thread.state == "running" for thread in out[first:])
        state = "running" if running else STATES.get(fields[0].decode(), "unknown")
        # The kernel's own total counts threads that came and went between two sweeps; ours is finer. Neither may go back.
        total = max(cpu / 1e9, (int(fields[11]) + int(fields[12])) / self._tick)
        # A process that is just ending has given its memory back, and is still there: what it had is what is told of it.
        process.rss = int(fields[21]) * self._page or process.rss
        return ProcessSample(
            known.identity if known is not None else Identity(self._host, pid, process.create_time),
            t_ns,
            int(fields[1]),
            process.role,
            state,
            int(fields[17]),
            total,
            process.rss,
            *_grown(process),
            switches,
            queued / 1e9,
        )

    def _threads(self, pid: int, process: _Process, turn: bool, t_ns: int, out: list[ThreadSample]) -> bool | None:
        """Sample the threads that are known. Whether one of them was on a core since the last time; None: one has gone."""
        moved: bool | None = False
        for tid, thread in process.threads.items():
            try:
                raw = os.pread(thread.fd, 64, 0)
                if raw != thread.raw or turn:
                    moved = True if moved is not None and raw != thread.raw else moved
                    _look(pid, tid, thread, raw, turn)
            except (OSError, IndexError, ValueError):
                moved = None  # it has just ended
                continue
            out.append(
                ThreadSample(
                    pid,
                    tid,
                    t_ns,
                    thread.name,
                    thread.lane or ("main" if tid == pid else "helper"),
                    thread.state,
                    thread.cpu_s,
                    thread.queue_s,
                    thread.last[2],
                    thread.sleeps_in,
                )
            )
        return moved

    def _relist(self, pid: int, process: _Process) -> None:
        """Find out which threads there are; what those had used that have gone stays in the sums."""
        try:
            present = {int(name) for name in os.listdir(f"/proc/{pid}/task")}
        except OSError:
            present = set()
        for tid in [tid for tid in process.threads if tid not in present]:
            ended = process.threads.pop(tid)
            process.gone = tuple(a + b for a, b in zip(process.gone, ended.last, strict=True))  # type: ignore[assignment]
            ended.close()
        for tid in sorted(present.difference(process.threads)):
            thread = _open_thread(pid, tid, self._lanes.get((pid, tid), ""))
            if thread is not None:
                process.threads[tid] = thread

    def _walk_pages(self) -> None:
        due = [
            (process.paged, pid)
            for pid, process in self._processes.items()
            if self._sweeps - process.paged >= SLOW_EVERY
        ]
        for _, pid in nsmallest(PAGED_AT_ONCE, due):
            process = self._processes[pid]
            process.paged = self._sweeps
            rss, pss, uss = _pages(pid)
            if pss:
                process.memory, process.memory_rss = (pss, uss), rss

    def _find_children(self) -> None:
        for pid in list(self._processes):
            try:
                with open(f"/proc/{pid}/task/{pid}/children", "rb") as file:
                    children = [int(word) for word in file.read().split()]
            except OSError:
                continue
            for child in children:
                if child not in self._processes:
                    self.watch(child, "child")
                    if self._on_child is not None:
                        self._on_child(child)

    def _forget(self, pid: int) -> None:
        process = self._processes.pop(pid)
        for thread in process.threads.values():
            thread.close()
        os.close(process.stat_fd)

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
        return busy / self._tick

    def close(self) -> None:
        """See Sampler."""
        for pid in list(self._processes):
            self._forget(pid)


def _configured(name: str, usual: int) -> int:
    """What the system is configured to; what is usual where a sandbox does not let us ask."""
    try:
        return os.sysconf(name)
    except (OSError, ValueError):
        return usual


def _own_cores() -> frozenset[bytes]:
    """The cores that this process may use, as /proc/stat calls them. None of them where a quota gives it a part of their time."""
    cores = os.sched_getaffinity(0)
    return frozenset(f"cpu{core}".encode() for core in cores) if usable_cores() == len(cores) else frozenset()


def _stat(fd: int) -> list[bytes] | None:
    """The fields of /proc/PID/stat after the name: [0] state, [1] ppid, [11] utime, [12] stime, [17] threads, [19] start, [21] pages."""
    try:
        return os.pread(fd, 1024, 0).rpartition(b") ")[2].split() or None
    except OSError:
        return None


def create_time(pid: int) -> float | None:
    """When a living process began, as `Identity` has it; None where there is none."""
    if sys.platform != "linux":
        return create_time_elsewhere(pid)
    try:
        fd = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fields = _stat(fd)
    finally:
        os.close(fd)
    return None if fields is None or fields[0] in (b"Z", b"X") else int(fields[19]) / os.sysconf("SC_CLK_TCK")


def _open_thread(pid: int, tid: int, lane: str) -> _Thread | None:
    try:
        fd = os.open(f"/proc/{pid}/task/{tid}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        stat_fd = os.open(f"/proc/{pid}/task/{tid}/stat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        os.close(fd)
        return None
    return _Thread(fd, stat_fd, lane)


def _look(pid: int, tid: int, thread: _Thread, raw: bytes, turn: bool) -> None:
    """Read what may have changed since the thread was last on a core, if it is a lane or its turn. Raises OSError where it has gone."""
    cpu, queued, times = raw.split()
    worked = int(cpu) - thread.last[0] > WORKED_NS
    thread.last = (int(cpu), int(queued), int(times))
    thread.cpu_s, thread.queue_s = thread.last[0] / 1e9, thread.last[1] / 1e9
    thread.sleeps_in = _sleeps_in(pid, tid, thread) if thread.lane else ""
    # Who waits for a lock, or for the GIL, sleeps; and so does, but for a moment, who was hardly on a core.
    asleep = thread.sleeps_in == "futex" if thread.lane else thread.state == "sleeping" and not worked
    if turn or not thread.raw or not asleep:
        before, _, after = os.pread(thread.stat_fd, 64, 0).rpartition(b") ")
        thread.name = before.partition(b"(")[2].decode(errors="replace")
        thread.state = STATES.get(after[:1].decode(), thread.state)
        if after[:1] not in (b"S", b"D"):
            thread.sleeps_in = ""  # it has woken in between
    else:
        thread.state = "sleeping"
    thread.raw = raw


def _sleeps_in(pid: int, tid: int, thread: _Thread) -> str:
    """ "futex", "io", or nothing where the kernel does not say."""
    try:
        if thread.wchan_fd < 0:
            thread.wchan_fd = os.open(f"/proc/{pid}/task/{tid}/wchan", os.O_RDONLY | os.O_CLOEXEC)
        where = os.pread(thread.wchan_fd, 64, 0)
    except OSError:
        return ""
    if where in (b"", b"0"):
        return ""  # it has just woken, or symbols are hidden from us
    return "futex" if b"futex" in where else "io"


def _grown(process: _Process) -> tuple[int | None, int | None]:
    """PSS and USS now: what has come since they were read is its own, what has gone was."""
    rss = process.rss or 0
    pss, uss = (None if size is None else min(rss, max(0, size + rss - process.memory_rss)) for size in process.memory)
    return pss, uss


def _pages(pid: int) -> tuple[int, int | None, int | None]:
    """Resident, proportional and unique set size in bytes, the last two where the kernel tells."""
    rss, pss, uss = 0, None, None
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                name, _, rest = line.partition(b":")
                if name == b"Rss":
                    rss = int(rest.split()[0]) * 1024
                elif name == b"Pss":
                    pss = int(rest.split()[0]) * 1024
                elif name in (b"Private_Clean", b"Private_Dirty"):
                    uss = (uss or 0) + int(rest.split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        return 0, None, None
    return rss, pss, uss


def make_sampler(host: str) -> Sampler:
    """The best sampler of this system."""
    return ProcSampler(host) if sys.platform == "linux" else PsutilSampler(host)
