"""A thread as it is sampled: what it used is read by its process, what it does here."""

from dataclasses import dataclass
from typing import Any

from workers.client.proc_files import NO_FILE, STATES, close_files, meaning, open_file, read_file


@dataclass(slots=True)
class Thread:
    """A thread, and what was last read of it."""

    pid: int
    tid: int
    fd: int
    """Of its schedstat: CPU ns, run-queue wait ns, times on a core."""
    stat_fd: int
    lane: str = ""
    """Its role where it is a lane of ours, else nothing."""
    role: str = ""
    """As ThreadSample has it."""
    wchan_fd: int = NO_FILE
    """Opened when it is needed."""
    raw: bytes = b""
    cpu_ns: int = 0
    queue_ns: int = 0
    switches: int = 0
    worked: bool = True
    """Whether it was on a core for more than a moment before it was last read."""
    ran_ns: int = 0
    """When it was last seen to have been on one."""
    asked: bytes = b""
    """What was read last when its state was asked for."""
    name: str = ""
    state: str = ""
    """Empty: not asked for yet."""
    sleeps_in: str = ""
    told: tuple[Any, ...] = ()
    """What its samples say after their time."""

    def become(self, lane: str) -> None:
        """It is a lane with this role, or none of ours: where it sleeps is asked of lanes alone."""
        self.lane, self.state = lane, ""
        self.role = lane or ("main" if self.tid == self.pid else "helper")

    def see(self, turn: bool) -> None:
        """See what it does, as far as that may have changed. Not its `turn`: a helper that was on a core for a moment sleeps as before."""
        if self.lane or self.tid == self.pid:
            asleep = self._asleep()
        else:
            asleep = self.state == "sleeping" and (self.raw is self.asked or not (turn or self.worked))
        if not asleep:
            self._ask_state()
        cpu_s, queue_s = self.cpu_ns / 1e9, self.queue_ns / 1e9
        self.told = self.name, self.role, self.state, cpu_s, queue_s, self.switches, self.sleeps_in

    def _asleep(self) -> bool:
        """See in which function of the kernel it sleeps: of a lane to tell it, of a main thread because it may be ending, or stopped."""
        if self.wchan_fd == NO_FILE:
            self.wchan_fd = open_file(f"/proc/{self.pid}/task/{self.tid}/wchan")
        where, asleep = meaning(read_file(self.wchan_fd))
        self.sleeps_in = where if self.lane else ""
        if not self.state or not asleep:
            return False
        self.state = "sleeping"
        return True

    def _ask_state(self) -> None:
        """Read its state and its name."""
        before, _, after = read_file(self.stat_fd).rpartition(b") ")
        if not after:
            return  # it has just ended, which takes CPU time: the next look finds out
        self.asked = self.raw
        self.name = before.partition(b"(")[2].decode(errors="replace")
        self.state = STATES.get(after[:1].decode(), self.state or "unknown")
        if after[:1] not in (b"S", b"D"):
            self.sleeps_in = ""  # it has woken in between

    def close(self) -> None:
        """Close what is open."""
        close_files(self.fd, self.stat_fd, self.wchan_fd)


def open_thread(pid: int, tid: int, lane: str) -> Thread | None:
    """None where it is gone, or too many files are open."""
    fd, stat_fd = (open_file(f"/proc/{pid}/task/{tid}/{name}") for name in ("schedstat", "stat"))
    if NO_FILE in (fd, stat_fd):
        close_files(fd, stat_fd)
        return None
    thread = Thread(pid, tid, fd, stat_fd)
    thread.become(lane)
    return thread
