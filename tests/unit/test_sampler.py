"""The sampler against what is known: a busy thread, a sleeping one, processes that come and go, PIDs used again."""

import mmap
import os
import subprocess
import sys
import threading
import time

import pytest

from tests.helpers.processes import wait_until
from workers.client import proc_files, proc_pages, sampler_linux
from workers.client.sampler_linux import ProcSampler
from workers.client.sampler_psutil import PsutilSampler

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def busy():  # type: ignore[no-untyped-def]
    """A process with one busy and one sleeping thread."""
    code = (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "print('up', flush=True)\nwhile True: pass"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


@linux
def test_cpu_of_process_and_threads(busy: "subprocess.Popen[bytes]") -> None:
    sampler = ProcSampler("here")
    sampler.watch(busy.pid, "worker")
    (first,), _ = sampler.sweep()
    assert wait_until(lambda: sampler.sweep()[0][0].cpu_s - first.cpu_s > 0.3)
    (last,), threads = sampler.sweep()
    wall = (last.t_ns - first.t_ns) / 1e9
    assert 0 < last.cpu_s - first.cpu_s <= wall * 1.05 + 0.02
    assert last.threads == 2
    assert (last.identity.pid, last.identity.host, last.role, last.ppid) == (busy.pid, "here", "worker", os.getpid())
    assert last.rss is not None
    assert last.rss > 1_000_000
    assert last.pss is not None
    assert last.switches is not None
    by_role = {thread.role: thread for thread in threads}
    assert by_role["main"].tid == busy.pid
    assert by_role["helper"].cpu_s < 0.05
    assert by_role["main"].cpu_s == pytest.approx(last.cpu_s, abs=0.05)
    assert by_role["helper"].state == "sleeping"
    sampler.close()


@linux
def test_a_process_that_has_gone_is_left_out(busy: "subprocess.Popen[bytes]") -> None:
    sampler = ProcSampler("here")
    sampler.watch(busy.pid, "worker")
    assert len(sampler.sweep()[0]) == 1
    busy.kill()
    assert wait_until(lambda: not sampler.sweep()[0])
    busy.wait(10)
    sampler.watch(busy.pid, "worker")
    assert sampler.sweep() == ((), ())
    sampler.close()


@linux
def test_how_a_process_ended_is_known_before_anybody_has_waited_for_it() -> None:
    sampler = ProcSampler("here")
    with subprocess.Popen([sys.executable, "-c", "input(); import os; os._exit(3)"], stdin=subprocess.PIPE) as process:
        sampler.watch(process.pid, "worker")
        assert sampler.exit_code(process.pid) is None
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
        assert wait_until(lambda: not sampler.sweep()[0])
        assert sampler.exit_code(process.pid) == 3
    sampler.close()


@linux
def test_a_process_that_is_just_ending_keeps_its_memory(
    busy: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    """On its way out it has no pages any more, is no zombie yet, and may well be caught at that."""
    sampler = ProcSampler("here")
    sampler.watch(busy.pid, "worker")
    (before,), _ = sampler.sweep()
    read = proc_files.read_stat

    def ending(fd: int) -> list[bytes] | None:
        fields = read(fd)
        return fields and [*fields[:21], b"0", *fields[22:]]

    monkeypatch.setattr(sampler_linux, "read_stat", ending)
    monkeypatch.setattr(proc_pages, "read_pages", lambda pid: (0, None, None))
    for _ in range(sampler_linux.SLOW_EVERY):
        (last,), _ = sampler.sweep()
    assert last.rss is not None
    assert (last.rss, last.pss, last.uss) == (before.rss, before.pss, before.uss)
    sampler.close()


@linux
def test_what_a_process_shares_is_read_at_once_and_followed_in_between(
    busy: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    sampler, read, grown = ProcSampler("here"), proc_files.read_stat, [0]

    def more(fd: int) -> list[bytes] | None:
        fields = read(fd)
        return fields and [*fields[:21], str(10_000 + grown[0]).encode(), *fields[22:]]

    monkeypatch.setattr(sampler_linux, "read_stat", more)
    monkeypatch.setattr(sampler_linux, "SLOW_EVERY", 1)  # the busy one may not have had a core between two sweeps
    monkeypatch.setattr(proc_pages, "read_pages", lambda pid: (10_000 * mmap.PAGESIZE, 5_000_000, 4_000_000))
    sampler.watch(busy.pid, "worker")
    for grown[0], pss in ((0, 5_000_000), (100, 5_000_000 + 100 * mmap.PAGESIZE), (-9_999, 0)):
        # Of a process that was not on a core since the last look nothing is read: on a busy machine that takes a moment.
        assert wait_until(lambda pss=pss: sampler.sweep()[0][0].pss == pss)  # type: ignore[misc]
    sampler.close()


@linux
def test_threads_that_end_stay_in_the_sums() -> None:
    def burn() -> None:
        end = time.thread_time() + 0.1
        while time.thread_time() < end:
            pass

    sampler = ProcSampler("here")
    sampler.watch(os.getpid(), "host")
    before = sampler.sweep()[0][0].cpu_s
    threads = [threading.Thread(target=burn) for _ in range(3)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        sampler.sweep()
        threads[0].join(0.02)
        threads[1].join(0.02)
        threads[2].join(0.02)
    assert wait_until(lambda: sampler.sweep()[0][0].cpu_s - before >= 0.25)
    totals = [sampler.sweep()[0][0].cpu_s for _ in range(5)]
    assert totals == sorted(totals)
    sampler.close()


@linux
def test_children_that_tasks_start_are_found() -> None:
    found: list[int] = []
    sampler = ProcSampler("here", found.append)
    sampler.watch(os.getpid(), "host")
    with subprocess.Popen(["sleep", "60"]) as child:
        assert wait_until(lambda: child.pid in {sample.identity.pid for sample in sampler.sweep()[0]})
        assert child.pid in found
        child.kill()
    sampler.close()


@linux
def test_descriptors_are_given_back() -> None:
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))

    before = descriptors()
    sampler = ProcSampler("here")
    for _ in range(5):
        with subprocess.Popen(["sleep", "60"]) as process:
            sampler.watch(process.pid, "worker")
            sampler.sweep()
            process.kill()
            process.wait(10)
            sampler.sweep()
    sampler.close()
    assert descriptors() <= before


def test_psutil_says_what_it_knows(busy: "subprocess.Popen[bytes]") -> None:
    sampler = PsutilSampler("here")
    sampler.watch(busy.pid, "worker")
    (sample,), threads = sampler.sweep()
    assert sample.run_queue_s is None
    assert sample.threads == len(threads) == 2
    busy.kill()
    busy.wait(10)
    assert sampler.sweep() == ((), ())
    sampler.close()
