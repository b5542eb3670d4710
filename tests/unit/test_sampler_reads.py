"""What the Linux sampler does not read, and what it tells all the same: of who sleeps, of who does little, of who has just begun."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.helpers.processes import wait_until
from workers.client import proc_files, proc_pages, sampled_process, sampler_linux
from workers.client.proc_files import NO_FILE, UNKNOWN, meaning
from workers.client.proc_pages import OFTEN_NS, SELDOM_NS, PageWalks
from workers.client.sampled_process import Process
from workers.client.sampler_linux import ProcSampler
from workers.contract.batch import Identity, ThreadSample

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

HELPERS = 3
SERVANT = f"""
import sys, threading, time
threading.Thread(target=sum, args=(range(100_000),)).start()
for _ in range({HELPERS}):
    threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
for line in sys.stdin:
    threads = [threading.Thread(target=time.sleep, args=(100,), daemon=True) for _ in range(int(line))]
    for thread in threads:
        thread.start()
    print("done", flush=True)
"""


class Servant:
    """A process with a main thread that does what it is told, three helpers that sleep, and one thread that has ended."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process, self.pid = process, process.pid

    def do(self, births: int = 0) -> None:
        """Be on a core for a moment, and start as many threads that sleep."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(b"%d\n" % births)
        stdin.flush()
        stdout.readline()
        self.rest()

    def rest(self) -> None:
        """Wait until all of its threads sleep."""

        def state(tid: str) -> str:
            with open(f"/proc/{self.pid}/task/{tid}/stat") as file:
                return file.read().rpartition(") ")[2][0]

        assert wait_until(lambda: all(state(tid) == "S" for tid in os.listdir(f"/proc/{self.pid}/task")))


@pytest.fixture
def servant() -> Iterator[Servant]:
    with subprocess.Popen([sys.executable, "-c", SERVANT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        servant = Servant(process)
        servant.do()
        yield servant
        process.kill()


@pytest.fixture
def sampler(monkeypatch: pytest.MonkeyPatch) -> Iterator[ProcSampler]:
    """One in which nobody's turn comes but by what he does."""
    monkeypatch.setattr(sampler_linux, "SLOW_EVERY", 1 << 30)
    sampler = ProcSampler("here")
    yield sampler
    sampler.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which files are read, as PID/task/TID/NAME."""
    files: list[str] = []
    pread = os.pread

    def noted(fd: int, size: int, at: int) -> bytes:
        files.append(os.readlink(f"/proc/self/fd/{fd}").removeprefix("/proc/"))
        return pread(fd, size, at)

    monkeypatch.setattr(os, "pread", noted)
    return files


def settled(sampler: ProcSampler, servant: Servant) -> None:
    """Sweep until all that its threads have used is known, the ended one's included."""
    sampler.watch(servant.pid, "worker")
    (process,) = sampler._processes.values()
    assert wait_until(
        lambda: len(sampler.sweep()[1]) == 1 + HELPERS and process.found_ns + process.lost_ns == process.used_ns
    )


def test_of_who_sleeps_nothing_is_read_and_it_is_told_that_he_does(
    servant: Servant, sampler: ProcSampler, read: list[str]
) -> None:
    settled(sampler, servant)
    (before,), threads = sampler.sweep()
    read.clear()
    (after,), later = sampler.sweep()
    assert read == []
    assert after == before._replace(t_ns=after.t_ns)
    assert after.t_ns > before.t_ns
    assert later == tuple(thread._replace(t_ns=after.t_ns) for thread in threads)
    assert (after.state, after.threads) == ("sleeping", 1 + HELPERS)


def test_of_who_does_something_only_the_thread_that_did_it_is_read(
    servant: Servant, sampler: ProcSampler, read: list[str]
) -> None:
    settled(sampler, servant)
    servant.do()
    sampler.sweep()
    servant.do()
    main = f"{servant.pid}/task/{servant.pid}"

    def only_that_one() -> bool:
        (before,), _ = sampler.sweep()
        servant.do()
        read.clear()
        (after,), _ = sampler.sweep()
        assert after.cpu_s > before.cpu_s
        # Its own stat only where it has worked enough to hold more memory by now.
        return [name for name in read if name != f"{servant.pid}/stat"] == [f"{main}/schedstat", f"{main}/wchan"]

    # The kernel says that a thread sleeps a moment before it has added up its time: then the others are asked for the rest.
    assert wait_until(only_that_one)


def test_threads_that_are_born_and_end_are_noticed_by_what_they_use(servant: Servant, sampler: ProcSampler) -> None:
    settled(sampler, servant)
    servant.do(births=2)
    (process,), threads = sampler.sweep()
    assert process.threads == len(threads) == 1 + HELPERS + 2
    assert all(thread.state == "sleeping" for thread in threads)


def test_the_cpu_time_of_threads_that_nobody_saw_counts(servant: Servant, sampler: ProcSampler) -> None:
    """The one that had ended before anybody looked used some: the clock of the process knows, and no thread does."""
    settled(sampler, servant)
    (process,), threads = sampler.sweep()
    assert process.cpu_s > sum(thread.cpu_s for thread in threads)


def test_what_the_clock_does_not_tell_is_read(
    servant: Servant, sampler: ProcSampler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampled_process, "used_ns", lambda clock: UNKNOWN)
    sampler.watch(servant.pid, "worker")
    (before,), _ = sampler.sweep()
    servant.do(births=1)
    (after,), threads = sampler.sweep()
    assert after.threads == len(threads) == 1 + HELPERS + 1
    assert after.cpu_s > before.cpu_s > 0
    servant.process.kill()
    assert wait_until(lambda: not sampler.sweep()[0])


def test_a_process_that_is_stopped_is_told_to_be(servant: Servant, sampler: ProcSampler) -> None:
    settled(sampler, servant)
    os.kill(servant.pid, signal.SIGSTOP)
    assert wait_until(lambda: sampler.sweep()[0][0].state == "stopped")
    os.kill(servant.pid, signal.SIGCONT)
    assert wait_until(lambda: sampler.sweep()[0][0].state == "sleeping")


def test_a_lane_is_asked_where_it_sleeps_as_soon_as_it_is_known_to_be_one(
    servant: Servant, sampler: ProcSampler
) -> None:
    settled(sampler, servant)
    tid = max(thread.tid for thread in sampler.sweep()[1])
    sampler.lane(servant.pid, tid, "worker")
    (lane,) = [thread for thread in sampler.sweep()[1] if thread.tid == tid]
    assert (lane.role, lane.state) == ("worker", "sleeping")
    assert lane.sleeps_in in ("io", "futex", "")  # nothing where symbols are hidden from us


@pytest.mark.parametrize("many", [False, True])
def test_of_many_who_do_little_is_looked_at_every_other_time(
    servant: Servant, sampler: ProcSampler, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    monkeypatch.setattr(sampled_process, "WORKED_NS", 1 << 60)  # whatever it does is little
    monkeypatch.setattr(sampler_linux, "MANY", 0 if many else 1 << 30)
    settled(sampler, servant)
    looks: list[tuple[bool, list[ThreadSample]]] = []
    (last,), _ = sampler.sweep()
    for _ in range(6):
        servant.do()
        (process,), threads = sampler.sweep()
        assert all(thread.t_ns == process.t_ns for thread in threads)
        looks.append((process.t_ns > last.t_ns, list(threads)))
        assert process.cpu_s > last.cpu_s if process.t_ns > last.t_ns else process == last
        last = process
    fresh = [new for new, _ in looks]
    assert fresh in ([[True, False] * 3, [False, True] * 3] if many else [[True] * 6])


def test_a_kernel_that_tells_of_no_children_tells_of_the_rest(
    servant: Servant, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = proc_files.open_file
    monkeypatch.setattr(
        sampled_process, "open_file", lambda path: NO_FILE if path.endswith("children") else opened(path)
    )
    sampler = ProcSampler("here")
    sampler.watch(servant.pid, "worker")
    assert len(sampler.sweep()[1]) == 1 + HELPERS
    sampler.close()


@pytest.mark.parametrize(
    ("wchan", "where"),
    [
        (b"futex_do_wait", ("futex", True)),
        (b"poll_schedule_timeout.constprop.0", ("io", True)),
        (b"do_signal_stop", ("io", False)),
        (b"folio_wait_bit_common", ("io", False)),
        (b"0", ("", False)),
        (b"", ("", False)),
    ],
)
def test_what_a_place_in_the_kernel_means(wchan: bytes, where: tuple[str, bool]) -> None:
    assert meaning(wchan) == where


def test_pages_are_walked_of_newcomers_first_then_of_who_works_and_seldom_of_who_sleeps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walked: list[int] = []
    clocks = {"wall": 100 * SELDOM_NS, "cpu": 0}

    def read_pages(pid: int) -> tuple[int, int, int]:
        walked.append(pid)
        clocks["cpu"] += 1_000_000
        return 3 << 20, 2 << 20, 1 << 20

    monkeypatch.setattr(proc_pages, "read_pages", read_pages)
    monkeypatch.setattr(proc_pages, "now", lambda: clocks["wall"])
    monkeypatch.setattr(proc_pages.time, "thread_time_ns", lambda: clocks["cpu"])
    walks = PageWalks()
    processes = {pid: Process(Identity("here", pid, 1.0), "worker", 0, NO_FILE, NO_FILE) for pid in range(1, 6)}
    for process in processes.values():
        walks.add(process)
    gone = processes.pop(5)
    for walks_so_far in ([1, 2], [1, 2, 3, 4], [1, 2, 3, 4]):
        walks.step(processes)
        assert walked == walks_so_far
    assert processes[1].pss == 2 << 20
    assert gone.pss is None
    walked.clear()
    for _ in range(3 * SELDOM_NS // (OFTEN_NS // 10)):
        clocks["wall"] += OFTEN_NS // 10
        processes[2].cpu_s += 0.01
        before = len(walked)
        walks.step(processes)
        assert len(walked) - before <= 1
    times = {pid: walked.count(pid) for pid in processes}
    assert times[2] > 3 * max(times[1], times[3], times[4])
    assert min(times.values()) >= 2
    # A walk takes a millisecond here, and may take a thousandth of a core; or a hundredth, of who has waited for long.
    assert len(walked) <= 3 * SELDOM_NS / 1e9 + 3 * len(processes)
