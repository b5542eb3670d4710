"""A process and its threads as they are sampled, and what need not be read of them.

The clock of a process says what all its threads have used. Where it stands as it stood, none of them was on a core, and nothing is
read. Else those that ran last are looked at first, until what they have used since explains what the clock says: then the others
have not run, none was born that did, and none has ended, for that takes CPU time too.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from workers.client.proc_files import (
    ENDED,
    UNKNOWN,
    clock_of,
    close_files,
    open_file,
    read_stat,
    resident,
    started,
    ticks_per_s,
    used_ns,
)
from workers.client.sampled_thread import Thread, open_thread
from workers.contract.batch import Identity, ProcessSample, ThreadSample
from workers.telemetry.clock import now

WORKED_NS = 1_000_000
"""CPU time with which a thread may have come to wait for something else than before, and a process may hold more memory. Who used less
in the tenth of a second between two sweeps, a hundredth of a core, is quiet."""
NOTHING: tuple[ProcessSample, list[ThreadSample]] = ProcessSample(Identity("", 0, 0.0), 0, 0, "", "", 0, 0.0), []
_new = tuple.__new__


@dataclass(slots=True)
class Process:
    """A process, and what was last read of it."""

    identity: Identity
    role: str
    clock: int
    stat_fd: int
    children_fd: int
    threads: dict[int, Thread] = field(default_factory=dict)
    order: list[Thread] = field(default_factory=list)
    """The same, who ran last first."""
    t_ns: int = 0
    """When it was last looked at."""
    used_ns: int = UNKNOWN
    """CPU time of all its threads, the ended ones too; UNKNOWN: not looked at, or the kernel does not tell."""
    found_ns: int = 0
    """What of it was found with one thread or another."""
    lost_ns: int = 0
    """What of it threads used that have ended, after they were last read."""
    queue_ns: int = 0
    switches: int = 0
    counted: bool = False
    """Whether that adds up, so that no thread can have been born or ended."""
    ended: set[int] = field(default_factory=set)
    """Threads that could not be read any more."""
    sized_ns: int = 0
    """`used_ns` when its memory was last looked at."""
    count: int = 0
    ppid: int = 0
    state: str = "unknown"
    cpu_s: float = 0.0
    rss: int | None = None
    pss: int | None = None
    uss: int | None = None
    paged: tuple[int, int | None, int | None] = (0, None, None)
    """RSS, PSS and USS when its pages were last walked."""
    paged_ns: int = 0
    """When that was."""
    paged_s: float = 0.0
    """`cpu_s` then."""
    youngest: int = UNKNOWN
    """The machine's last PID when its children were last looked for."""
    told: tuple[ProcessSample, list[ThreadSample]] = NOTHING
    """What its last samples were."""
    fresh: bool = True
    """Whether all of its threads are to be looked at, whatever they did."""

    def look(self, quiet_too: bool) -> list[Thread] | None:
        """Find the threads that were on a core since the last look; None where the process used nothing.

        Not `quiet_too`: a quiet one is not looked at, and what was told of it last stands.
        """
        t_ns, used = now(), used_ns(self.clock)
        since = used - self.used_ns
        if 0 < since < WORKED_NS and not quiet_too:
            return None
        self.t_ns = t_ns
        if not since and used != UNKNOWN:
            return None
        self.used_ns = used
        if used != UNKNOWN:
            self.cpu_s = used / 1e9
        ran: list[Thread] = []
        read, left = 0, used - self.found_ns - self.lost_ns
        for thread in self.order:
            if not left and thread.raw:
                break  # all is found, and who is new has been read
            read += 1
            try:
                raw = os.pread(thread.fd, 64, 0)
                if raw == thread.raw:
                    continue
                cpu_ns, queue_ns, switches = map(int, raw.split())
            except (OSError, ValueError):
                self.ended.add(thread.tid)
                continue
            found = cpu_ns - thread.cpu_ns
            left -= found
            self.found_ns += found
            self.queue_ns += queue_ns - thread.queue_ns
            self.switches += switches - thread.switches
            thread.raw, thread.ran_ns, thread.worked = raw, t_ns, found > WORKED_NS
            thread.cpu_ns, thread.queue_ns, thread.switches = cpu_ns, queue_ns, switches
            ran.append(thread)
        self.counted = not left
        if 0 < len(ran) < read:
            self.order = ran + [thread for thread in self.order if thread.ran_ns != t_ns]
        return ran

    @property
    def doubtful(self) -> bool:
        """Whether its stat must be read: threads may have come or gone, it may have ended, or hold more memory."""
        main = self.threads.get(self.identity.pid)
        return not self.counted or self.used_ns - self.sized_ns >= WORKED_NS or main is None or main.state in ENDED

    def settle(self, fields: list[bytes], lanes: Mapping[tuple[int, int], str]) -> None:
        """Take in the fields of its stat. `lanes`: the roles of those of ours, by (PID, TID)."""
        self.ppid, self.count, self.sized_ns = int(fields[1]), int(fields[17]), self.used_ns
        # A process that is just ending has given its memory back, and is still there: what it had is what is told of it.
        self.size(resident(fields) or self.rss)
        if self.ended or self.count != len(self.threads):
            self._relist(lanes)
            for thread in self.look(True) or ():
                thread.see(True)
        if self.used_ns == UNKNOWN:
            # The kernel's own total counts threads that came and went between two looks. Neither may go back.
            self.cpu_s = max(self.cpu_s, self.found_ns / 1e9, (int(fields[11]) + int(fields[12])) / ticks_per_s())
        elif not self.counted and used_ns(self.clock) == self.used_ns:
            self.lost_ns = self.used_ns - self.found_ns  # nobody was on a core since the clock was read

    def sum_up(self) -> None:
        """What it does by what its threads do: the main one may sleep while others work."""
        self.fresh = False
        for thread in self.order:
            if thread.state == "running":
                self.state = "running"
                return
        main = self.threads.get(self.identity.pid)
        self.state = main.state if main is not None else "unknown"

    def _relist(self, lanes: Mapping[tuple[int, int], str]) -> None:
        """Find out which threads there are; what those had used that have gone stays in the sums."""
        pid = self.identity.pid
        try:
            present = {int(name) for name in os.listdir(f"/proc/{pid}/task")}
        except OSError:
            present = set()
        for tid in [tid for tid in self.threads if tid in self.ended or tid not in present]:
            self.threads.pop(tid).close()
        for tid in sorted(present.difference(self.threads)):
            thread = open_thread(pid, tid, lanes.get((pid, tid), ""))
            if thread is not None:
                self.threads[tid] = thread
        # Those that are new come first, and what they have used is to be found with them.
        self.order = sorted(self.threads.values(), key=lambda thread: thread.ran_ns > 0)
        self.ended.clear()
        self.used_ns = UNKNOWN

    def samples(self) -> tuple[ProcessSample, list[ThreadSample]]:
        """What is told of it and its threads: the same as the last time where it was not looked at since."""
        t_ns = self.t_ns
        if t_ns != self.told[0].t_ns:
            pid = self.identity.pid
            # As ThreadSample(...), in half the time: there are thousands a second.
            threads = [
                _new(ThreadSample, (pid, thread.tid, t_ns, *thread.told)) for thread in self.order if thread.told
            ]
            process = ProcessSample(
                self.identity, t_ns, self.ppid, self.role, self.state, self.count, self.cpu_s, self.rss, self.pss, self.uss,
                self.switches, self.queue_ns / 1e9,
            )  # fmt: skip
            self.told = process, threads
        return self.told

    def size(self, rss: int | None) -> None:
        """Its memory: what has come since its pages were walked is its own, what has gone was."""
        self.rss = rss
        walked, *sizes = self.paged
        grown = (rss or 0) - walked
        self.pss, self.uss = (None if size is None else min(rss or 0, max(0, size + grown)) for size in sizes)

    def close(self) -> None:
        """Close what is open."""
        for thread in self.threads.values():
            thread.close()
        close_files(self.stat_fd, self.children_fd)


def open_process(pid: int, host: str, role: str) -> Process | None:
    """None where it is gone, or too many files are open. `host`: the name of this machine."""
    fd = open_file(f"/proc/{pid}/stat")
    fields = read_stat(fd)
    if fields is None:
        close_files(fd)
        return None
    identity = Identity(host, pid, started(fields))
    return Process(identity, role, clock_of(pid), fd, open_file(f"/proc/{pid}/task/{pid}/children"))
