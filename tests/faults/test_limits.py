"""What the machine allows: asked before anything starts, and where something runs out in mid-run, the run goes on or says so."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.invariants import broken
from tests.faults.table import fault
from tests.helpers.extended import Extended
from tests.helpers.processes import ours
from tests.helpers.runs import catalogue_of, session
from workers.client import cgroup, rundir
from workers.client.limits import available_memory, check_workers, usable_cores, worker_limit
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase


@contextmanager
def limited(which: int, soft: int) -> Iterator[None]:
    """The soft limit of this process, for a while."""
    before = resource.getrlimit(which)
    resource.setrlimit(which, (soft, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(which, before)


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Control groups of a test's own: where /sys/fs/cgroup is mounted, and the process in /job/inner of it."""
    monkeypatch.setattr(cgroup, "MOUNT", tmp_path / "cgroup")
    monkeypatch.setattr(cgroup, "OWN", tmp_path / "own")
    (tmp_path / "own").write_text("4:memory:/old\n2:cpu,cpuacct:/old\n0::/job/inner\n")
    for folder in ("job/inner", "memory/old", "cpu,cpuacct/old", "pids"):
        (tmp_path / "cgroup" / folder).mkdir(parents=True)
    return tmp_path / "cgroup"


@fault(
    "F42",
    injected="every model asked to start 1,000,000 workers",
    expected="refused with the cap and what sets it; nothing started",
)
def test_a_million_workers_are_refused_before_anything_starts() -> None:
    catalogue, before = catalogue_of(), ours()
    with session() as opened:
        there = ours()
        for key, info in catalogue.models.items():
            if info.unavailable:
                continue
            cap = worker_limit(info.workers_are)
            with pytest.raises(ConfigError, match="at most") as caught:
                opened.start(RunConfig(key, "sleep", 1_000_000))
            assert "1000000 workers are too many" in str(caught.value), key
            assert caught.value.field == "workers"
            assert cap.reason.split("(")[0] in str(caught.value)
            assert opened.phase is RunPhase.IDLE
            assert ours() == there, key
    assert ours() == before


@pytest.mark.parametrize("kind", ["none", "threads", "processes", "interpreters", "coroutines"])
def test_the_cap_names_what_sets_it(kind: str) -> None:
    limit = worker_limit(kind)
    check_workers(limit.cap, kind)
    with pytest.raises(ConfigError) as caught:
        check_workers(10**6, kind)
    assert limit.reason.split("(")[0] in str(caught.value)
    assert caught.value.field == "workers"


@fault(
    "F42",
    injected="RLIMIT_NOFILE and RLIMIT_NPROC of this process set low",
    expected="the cap follows, and names the limit",
)
def test_a_smaller_limit_of_the_system_is_kept() -> None:
    with limited(resource.RLIMIT_NOFILE, 256), limited(resource.RLIMIT_NPROC, 80):
        assert worker_limit("threads").cap == 40
        assert "RLIMIT_NPROC (80)" in worker_limit("threads").reason
        assert worker_limit("processes").cap == 27
        assert "RLIMIT_NOFILE (256)" in worker_limit("processes").reason


@fault(
    "F42", injected="pids.max and memory limits in files of a cgroup", expected="the cap follows, and names the limit"
)
def test_limits_of_a_control_group_are_kept(groups: Path) -> None:
    assert cgroup.pids_limit() is None
    (groups / "job" / "pids.max").write_text("max\n")
    (groups / "job" / "inner" / "pids.max").write_text("50\n")
    assert worker_limit("processes").cap == 25
    assert "pids limit of this control group (50)" in worker_limit("processes").reason
    free = available_memory()
    (groups / "job" / "memory.max").write_text(str(200 << 20))
    (groups / "job" / "memory.current").write_text(str(136 << 20))
    assert available_memory() == min(free, 64 << 20)
    (groups / "job" / "memory.stat").write_text(f"anon 5\ninactive_file {16 << 20}\nfile 7\n")
    assert available_memory() == 80 << 20, "what the kernel gives back when asked is free"
    assert worker_limit("processes").cap == 2
    assert "half the free memory (80 MiB)" in worker_limit("processes").reason
    (groups / "memory" / "old" / "memory.limit_in_bytes").write_text("9223372036854771712")
    (groups / "memory" / "old" / "memory.usage_in_bytes").write_text("1")
    assert available_memory() == 80 << 20, "no limit in version 1"
    (groups / "memory" / "old" / "memory.limit_in_bytes").write_text(str(48 << 20))
    assert available_memory() == (48 << 20) - 1


@fault(
    "F43",
    injected="cpu.max of a cgroup, its parent's too, and what makes no sense in it",
    expected="cores by the quota, rounded up; nonsense is no limit",
)
@pytest.mark.parametrize(
    ("own", "above", "cores"),
    [
        (b"150000 100000\n", b"max 100000\n", 2),
        (b"max 100000\n", b"100000 100000\n", 1),
        (b"1000 100000\n", b"400000 100000\n", 1),
        (b"max 100000", b"max 100000", None),
        *(
            (odd, b"", None)
            for odd in (b"", b"100000", b"100000 0", b"-1 100000", b"0 0", b"\xff\xfe\0", b"nan inf", b"9" * 9_000)
        ),
    ],
)
def test_the_quota_of_a_control_group_counts(groups: Path, own: bytes, above: bytes, cores: int | None) -> None:
    (groups / "job" / "inner" / "cpu.max").write_bytes(own)
    (groups / "job" / "cpu.max").write_bytes(above)
    assert cgroup.cpu_quota() == cores
    assert usable_cores() == min(cores or 10**6, len(os.sched_getaffinity(0)))


@fault(
    "F43",
    injected="cpu.cfs_quota_us (version 1), a path that leads out of the mount, no /proc/self/cgroup",
    expected="as with cpu.max; never an error",
)
def test_version_1_and_odd_paths(groups: Path, tmp_path: Path) -> None:
    (groups / "cpu,cpuacct" / "old" / "cpu.cfs_quota_us").write_text("-1\n")
    (groups / "cpu,cpuacct" / "old" / "cpu.cfs_period_us").write_text("100000\n")
    assert cgroup.cpu_quota() is None
    (groups / "cpu,cpuacct" / "old" / "cpu.cfs_quota_us").write_text("250000\n")
    assert cgroup.cpu_quota() == 3
    (tmp_path / "own").write_text("2:cpu,cpuacct:/../../etc\nnonsense\n::::\n")
    assert cgroup.cpu_quota() is None
    (tmp_path / "own").unlink()
    assert cgroup.cpu_quota() is cgroup.memory_room() is cgroup.pids_limit() is None


@fault("F43", injected="sched_setaffinity to one core", expected="one core counts")
def test_affinity_counts() -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert usable_cores() == 1
    finally:
        os.sched_setaffinity(0, before)


@fault(
    "F45",
    injected="no free space in /dev/shm, then in the temporary directory either (their figures)",
    expected="the other place is taken; refused in a sentence where there is none",
)
def test_where_there_is_no_room_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    room = {rundir.SHM: 0}
    real = rundir._free
    monkeypatch.setattr(rundir, "_free", lambda path: room.get(path, room.get("all", real(path))))
    with broken() as it:
        it.start(RunConfig("thread_pool", "sleep", 2, tasks=None, params={"ms": 1.0}))
        assert it.session._run is not None
        assert not it.session._run.host.directory.path.startswith(rundir.SHM)
        it.stopped()
        room["all"] = 1 << 10
        with pytest.raises(ConfigError, match=r"No room for a run: \d+ MiB are needed in /dev/shm or .*; free some"):
            it.session.start(RunConfig())
        del room["all"]


FULL = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"


@fault(
    "F45",
    injected="RLIMIT_FSIZE in the host: posix_fallocate of each ring fails",
    expected="no SIGBUS; all tasks are done and counted, what is not recorded is said",
)
@pytest.mark.parametrize("model", ["thread_pool", "process_pool"])
def test_rings_without_room_record_nothing_and_the_run_goes_on(model: str, extended: Extended) -> None:
    extended.before_boot(FULL)
    with broken(extended.catalogue()) as it:
        it.start(RunConfig(model, "sleep", 2, tasks=20, params={"ms": 1.0}), None)
        store = it.finished(20)
    assert any(mark.kind == "unrecorded" and "not recorded" in mark.text for mark in store.marks)
    assert len(store.spans) == 0


def taken() -> list[int]:
    """All the descriptors that there still are."""
    found: list[int] = []
    try:
        while True:
            found.append(os.dup(0))
    except OSError:
        return found


@fault(
    "F48",
    injected="RLIMIT_NOFILE lowered to what is open, in mid-run",
    expected="the run goes on to its end; another start is refused in a sentence",
)
@pytest.mark.parametrize("left", [0, 1])
def test_no_descriptor_is_left(left: int) -> None:
    with broken() as it:
        it.start(
            RunConfig("process_per_task", "sleep", 2, tasks=30, params={"ms": 5.0}, options={"primitive": "Lock"}),
            lambda store: store.counts.done >= 5,
        )
        highest = max(int(name) for name in os.listdir("/proc/self/fd"))
        with limited(resource.RLIMIT_NOFILE, highest + 1):
            filler = taken()
            for _ in range(left):  # a file can be opened, and not be mapped
                os.close(filler.pop())
            try:
                store = it.over(60.0)
                filler += taken()  # what the run had is free again
                with pytest.raises(ConfigError, match=r"could not be started|failed|Too many|[Aa]t most"):
                    it.session.start(RunConfig("thread_pool", "sleep", 2, tasks=1))
            finally:
                for handle in filler:
                    os.close(handle)
        assert store.phase is RunPhase.FINISHED, store.ended
        assert store.counts.done == 30
