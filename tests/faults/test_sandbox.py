"""What is around a run: semaphores and shared memory that are left, a tracker that dies, a strict sandbox, PIDs used again, other users."""

import glob
import os
import re
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.invariants import broken
from tests.faults.table import fault
from tests.helpers.extended import Extended
from tests.helpers.processes import group, wait_until
from tests.helpers.runs import is_running, session
from workers.client import sampled_process, sampler_linux, stacks
from workers.client.host import HostProcess
from workers.client.proc_files import read_stat
from workers.client.sampler_linux import ProcSampler
from workers.client.sampler_psutil import PsutilSampler
from workers.contract.config import RunConfig
from workers.insight.store import RunStore

SLEEP = {"ms": 10.0}


@fault(
    "F46",
    injected="SIGKILL of host and workers under spawn, with semaphores, a lock, shared memory and a manager",
    expected="all of the run's names are gone from /dev/shm; nobody prints of leaks",
)
@pytest.mark.parametrize("model", ["shared_memory", "process_manager"])
def test_what_was_killed_leaves_no_name(model: str) -> None:
    with broken() as it:
        config = RunConfig(
            model, "sleep", 2, tasks=None, params=SLEEP, options={"start_method": "spawn", "primitive": "Lock"}
        )
        it.start(config)
        assert it.session._run is not None
        prefix = it.session._run.host.directory.prefix
        assert glob.glob(f"/dev/shm/*{prefix}*"), "there was something to be left"
        os.killpg(it.host, signal.SIGKILL)
        store = it.failed("SIGKILL")
        assert not glob.glob(f"/dev/shm/*{prefix}*")
    assert not any("leaked" in line.text for line in store.texts)


@fault(
    "F46",
    injected="a run directory and semaphores of a window that was killed together with its guardian",
    expected="the next start removes them, and nothing of the living",
)
def test_what_a_killed_window_left_is_swept_at_the_start(tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    dead, living = (Path("/dev/shm", f"threadmill-{pid}-abcdef01") for pid in (int(gone.stdout), os.getpid()))
    semaphores = [path.with_name(f"sem.{path.name}-x1") for path in (dead, living)]
    for folder, semaphore in zip((dead, living), semaphores, strict=True):
        folder.mkdir(0o700)
        (folder / "board").write_bytes(b"x")
        semaphore.write_bytes(b"")
    try:
        with session():
            assert [path.exists() for path in (dead, semaphores[0], living, semaphores[1])] == [
                False,
                False,
                True,
                True,
            ]
    finally:
        (living / "board").unlink()
        living.rmdir()
        semaphores[1].unlink()


@fault(
    "F47",
    injected="SIGINT, SIGTERM and SIGKILL to the resource tracker in a run under spawn",
    expected="the run goes on to its end; nothing is left",
)
def test_the_resource_tracker_is_killed() -> None:
    def tracked(store: RunStore) -> bool:
        return is_running(store) and any(row.role == "resource_tracker" for row in store.all_processes())

    with broken() as it:
        config = RunConfig("process_pool", "sleep", 2, tasks=60, params=SLEEP, options={"start_method": "spawn"})
        it.start(config, tracked)
        tracker = next(row.pid for row in it.store.all_processes() if row.role == "resource_tracker")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            os.kill(tracker, number)
            done = it.store.counts.done
            it.until(lambda store, done=done: store.counts.done >= done + 5)  # type: ignore[misc]
        it.finished(60)


NO_SYSCONF = """
import os
def _refuse(name):
    raise PermissionError(1, "Operation not permitted")
os.sysconf = _refuse
"""
NO_SEMAPHORES = (
    NO_SYSCONF + "import _multiprocessing\nif hasattr(_multiprocessing, 'SemLock'):\n    del _multiprocessing.SemLock\n"
)
NO_SHM = """
import _multiprocessing
class _No:
    SEM_VALUE_MAX = 9
    def __init__(self, *args):
        raise PermissionError(13, "Permission denied")
_multiprocessing.SemLock = _No
"""


@fault(
    "F49",
    injected="os.sysconf raises PermissionError in hosts and workers",
    expected="every model works: it is taken as not known",
)
def test_sysconf_is_forbidden(extended: Extended) -> None:
    extended.before_boot(NO_SYSCONF)
    catalogue = extended.catalogue()
    assert not catalogue.models["process_pool"].unavailable
    with broken(catalogue) as it:
        it.start(RunConfig("process_pool", "sleep", 2, tasks=6, params=SLEEP), None)
        it.finished(6)


@fault(
    "F49",
    injected="_multiprocessing without SemLock; SemLock that raises PermissionError",
    expected="models of processes are greyed out with the reason, none is broken; the others work",
)
@pytest.mark.parametrize(
    ("code", "reason"),
    [(NO_SEMAPHORES, "has no semaphores (sem_open)"), (NO_SHM, "no semaphore can be made here (Permission denied)")],
)
def test_semaphores_are_missing(code: str, reason: str, extended: Extended) -> None:
    extended.before_boot(code)
    catalogue = extended.catalogue()
    assert catalogue.broken == ()
    for key, info in catalogue.models.items():
        if info.workers_are == "processes" and not info.requires:
            assert reason in info.unavailable, key
        elif not info.requires:
            assert not info.unavailable, key
    with broken(catalogue) as it:
        for model in ("thread_pool", "asyncio_tasks"):
            it.start(RunConfig(model, "sleep", 2, tasks=6, params=SLEEP), None)
            it.finished(6)


@fault(
    "F49", injected="os.sysconf raises PermissionError in the sampler's own process", expected="it samples all the same"
)
def test_the_sampler_needs_no_sysconf(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> int:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "sysconf", refuse)
    sampler = ProcSampler("here")
    sampler.watch(os.getpid(), "host")
    (sample,), threads = sampler.sweep()
    assert (sample.rss or 0) > 1 << 20
    assert threads
    sampler.close()


# ---- PIDs -------------------------------------------------------------------------------------------------------------
@fault(
    "F50",
    injected="a sampled process ends, is a zombie, and is reaped; a PID of nobody; psutil's way too",
    expected="its row ends; who is asked for it later is another identity",
)
@pytest.mark.parametrize("kind", [ProcSampler, PsutilSampler])
def test_a_process_that_has_gone_is_left_out(kind: type[ProcSampler]) -> None:
    sampler = kind("here")
    process = subprocess.Popen(["sleep", "60"])
    sampler.watch(process.pid, "worker")
    (first,), _ = sampler.sweep()
    process.kill()
    assert wait_until(lambda: not sampler.sweep()[0]), "a zombie counts as gone"
    process.wait(10)
    for pid in (process.pid, 1 << 22):
        sampler.watch(pid, "worker")
        assert sampler.sweep()[0] == (), pid
    assert first.identity.create_time > 0
    sampler.close()


@fault(
    "F50",
    injected="the PID of a dead process is given to another one (as the kernel tells it)",
    expected="another identity: (host, PID, create time)",
)
def test_a_pid_that_is_used_again_is_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    sampler = ProcSampler("here")
    sampler.watch(os.getpid(), "worker")
    (first,), _ = sampler.sweep()
    monkeypatch.setattr(sampler_linux, "read_stat", lambda fd: None)
    assert wait_until(lambda: not sampler.sweep()[0])

    def later(fd: int) -> list[bytes] | None:
        fields = read_stat(fd)
        return fields and [*fields[:19], str(int(fields[19]) + 500).encode(), *fields[20:]]

    monkeypatch.setattr(sampled_process, "read_stat", later)
    monkeypatch.setattr(sampler_linux, "read_stat", later)
    sampler.watch(os.getpid(), "worker")
    (second,), _ = sampler.sweep()
    assert second.identity.pid == first.identity.pid
    assert second.identity != first.identity
    sampler.close()


@fault(
    "F50",
    injected="the group of a host is gone, and its number belongs to another process by now",
    expected="never a signal to it, at the end of the run nor afterwards",
)
def test_a_number_that_is_anothers_by_now_gets_no_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[int, int]] = []
    kill = os.killpg
    gone: set[int] = set()

    def watched(pgid: int, number: int) -> None:
        if pgid in gone and number:
            sent.append((pgid, number))
        kill(pgid, number)

    alive = HostProcess.group_alive

    def looked(host: HostProcess) -> bool:
        found = alive(host)
        if not found:
            gone.add(host.pid)
        return found

    monkeypatch.setattr(os, "killpg", watched)
    monkeypatch.setattr(HostProcess, "group_alive", looked)
    with broken() as it:
        it.start(RunConfig("process_pool", "sleep", 2, tasks=6, params=SLEEP), None)
        it.finished(6)
        assert gone
    assert sent == []


@fault(
    "F50",
    injected="a process whose stacks were to be asked for has ended, and another one has its number",
    expected="it is not signalled: the descriptor is of the one that is gone",
)
def test_stacks_are_asked_of_the_very_process() -> None:
    process = subprocess.Popen(["sleep", "60"])
    descriptor = stacks._held(process.pid)
    process.kill()
    process.wait(10)
    with pytest.raises(ProcessLookupError):
        stacks._signal(os.getpid(), descriptor)  # the number is ours by now: SIGUSR2 would end us
    stacks._let_go(descriptor)
    assert stacks._held(process.pid) == -1
    with pytest.raises(ProcessLookupError):
        stacks._signal(os.getpid(), -1)


# ---- other users ------------------------------------------------------------------------------------------------------
def sockets_of(pids: set[int]) -> set[str]:
    """Inodes of the sockets that these processes have open."""
    found = set()
    for pid in pids:
        for path in glob.glob(f"/proc/{pid}/fd/*"):
            try:
                target = os.readlink(path)
            except OSError:
                continue
            if target.startswith("socket:["):
                found.add(target[8:-1])
    return found


def rows(name: str) -> list[list[str]]:
    path = Path("/proc/net", name)
    return [line.split() for line in path.read_text().splitlines()[1:]] if path.exists() else []


@fault(
    "F57",
    injected="/proc/net of a run with a manager, under forkserver",
    expected="no TCP or UDP, no abstract socket; those with a name lie in a directory of mode 0700",
)
def test_nobody_else_can_connect() -> None:
    with broken() as it:
        it.start(
            RunConfig("process_manager", "sleep", 2, tasks=None, params=SLEEP, options={"start_method": "forkserver"})
        )
        mine = sockets_of(group(it.host))
        assert mine, "the private connection at least"
        internet = [row for name in ("tcp", "tcp6", "udp", "udp6") for row in rows(name) if row[9] in mine]
        assert internet == []
        named = [row[7] for row in rows("unix") if row[6] in mine and len(row) > 7]
        assert [name for name in named if name.startswith("@")] == []
        assert it.session._run is not None
        directory = it.session._run.host.directory.path
        for name in named:
            assert name.startswith(directory), name
        assert stat.S_IMODE(os.stat(directory).st_mode) == 0o700
        for pid in group(it.host):
            # From 3.14 on a forkserver is told which descriptor to read its key from (authkey_r), and no more.
            assert not re.search(rb"authkey(?!_r)", Path(f"/proc/{pid}/cmdline").read_bytes())
        it.stopped()


@fault(
    "F58",
    injected="stat of all that a run has in /dev/shm and its directory: rings, board, text channel, semaphores, shared memory",
    expected="0600, in directories of 0700",
)
def test_others_can_read_nothing(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with broken() as it:
            it.start(
                RunConfig("shared_memory", "sleep", 2, tasks=None, params=SLEEP, options={"start_method": "spawn"})
            )
            assert it.session._run is not None
            directory = it.session._run.host.directory
            found = [
                Path(path)
                for path in glob.glob(f"/dev/shm/*{directory.prefix}*")
                + glob.glob(f"{directory.path}/**", recursive=True)
            ]
            modes = {path.name: stat.S_IMODE(path.lstat().st_mode) for path in found}
            assert len(modes) > 5
            for path in found:
                assert modes[path.name] == (0o700 if path.is_dir() else 0o600), (path, oct(modes[path.name]))
            it.stopped()
    finally:
        os.umask(before)
