"""F29 to F31, F35, F36: the host dies, will not start, loses its parent, or has PID 1 for one."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.faults.invariants import broken
from tests.faults.table import fault
from tests.helpers.extended import Extended
from tests.helpers.processes import alive, wait_until
from tests.helpers.runs import catalogue_of, session
from workers.client.environment import boot_command, clean_environment
from workers.client.question import Question
from workers.client.rundir import RunDirectory
from workers.client.session import RunSession
from workers.client.text import TextReader
from workers.contract.config import RunConfig
from workers.contract.messages import MAX_BYTES, Ended, Hello, decode, encode, launch
from workers.engine import lifecycle
from workers.insight.store import RunStore

ROOT = Path(__file__).parents[2]
POOL = RunConfig("process_pool", "sleep", 2, tasks=None, params={"ms": 5.0})


def busy(store: RunStore) -> bool:
    return store.counts.done >= 20


def tend_until(opened: RunSession, condition: Callable[[], bool]) -> None:
    """Look after the warm host as the window does."""

    def look() -> bool:
        opened.tend()
        return condition()

    assert wait_until(look, 60.0)


# ---- F29: it dies ----------------------------------------------------------------------------------------------------
@fault(
    "F29",
    injected="SIGKILL and SIGSEGV to the host of a pool that works",
    expected="FAILED with PID and signal; all that had come is kept; the next run has a host of its own",
)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_the_host_dies_in_a_run(number: signal.Signals) -> None:
    with broken() as it:
        it.start(POOL, busy)
        host = it.host
        os.kill(host, number)
        store = it.failed(f"PID {host}", number.name, "start the run again")
        assert len(store.spans) >= 20


@fault(
    "F29",
    injected="SIGKILL to the host that stands ready, five times",
    expected="started again three times in five minutes, then one message; another try starts it, and runs work all the while",
)
def test_the_warm_host_is_killed_again_and_again() -> None:
    with session() as opened:
        opened.warm(None)
        seen = []
        while opened.spare_trouble is None:
            pid = opened.spare_pid
            assert pid is not None
            seen.append(pid)
            assert len(seen) <= 4
            os.kill(pid, signal.SIGKILL)
            tend_until(opened, lambda pid=pid: opened.spare_pid != pid)  # type: ignore[misc]
        trouble = opened.spare_trouble
        assert (trouble.pid, trouble.how, trouble.deaths, trouble.minutes) == (seen[3], "was killed by SIGKILL", 4, 5)
        opened.warm(None)
        assert opened.spare_pid is None, "not before somebody asks for it"
        opened.warm_again(None)
        assert opened.spare_pid not in (None, *seen)
        assert opened.spare_trouble is None


@fault(
    "F29",
    injected="the same, and then a run",
    expected="a run that goes well shows that hosts work: one is kept ready again",
)
def test_a_run_that_goes_well_forgives_the_warm_hosts() -> None:
    with broken() as it:
        opened = it.session
        opened.warm(None)
        while (pid := opened.spare_pid) is not None:
            os.kill(pid, signal.SIGKILL)
            tend_until(opened, lambda pid=pid: opened.spare_pid != pid)  # type: ignore[misc]
        assert opened.spare_trouble is not None
        it.start(RunConfig("sequential", "sleep", 1, tasks=1, params={"ms": 0.0}), None)
        it.finished(1)
        assert opened.spare_trouble is None
        opened.warm(None)
        assert opened.spare_pid is not None


# ---- F30: it will not be imported ------------------------------------------------------------------------------------
@fault(
    "F30",
    injected="a module of the host raises ImportError when it is imported",
    expected="the run fails with PID, exit code and the last line of stderr; the warm host is not started for ever",
)
def test_the_host_dies_when_it_is_imported(extended: Extended) -> None:
    catalogue = extended.catalogue()
    broken_file = extended.root / "workers" / "engine" / "control.py"
    whole = broken_file.read_text()
    broken_file.write_text("raise ImportError('libfoo.so.3: cannot open shared object file')\n")
    with broken(catalogue) as it:
        it.session.warm(None)
        tend_until(it.session, lambda: it.session.spare_pid is None)
        trouble = it.session.spare_trouble
        assert trouble is not None
        assert (trouble.how, trouble.deaths) == ("ended with exit code 1", 4)
        assert trouble.output[-1] == "ImportError: libfoo.so.3: cannot open shared object file"
        assert any("Traceback" in line for line in trouble.output)
        it.start(POOL, None)
        it.failed("PID ", "ended with exit code 1", "start the run again", "ImportError: libfoo.so.3")
        broken_file.write_text(whole)


# ---- F31: it hangs in its start --------------------------------------------------------------------------------------
@fault(
    "F31",
    injected="a host whose import says a word on stderr and then sleeps",
    expected="a deadline; then it is killed, which is said with what it wrote",
)
def test_the_host_hangs_in_its_start(extended: Extended, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = extended.catalogue()
    slow_file = extended.root / "workers" / "engine" / "control.py"
    whole = slow_file.read_text()
    slow_file.write_text(
        "import sys, time\nprint('asking the licence server ...', file=sys.stderr, flush=True)\ntime.sleep(600)\n"
    )
    monkeypatch.setattr(lifecycle, "START_NS", 2_000 * lifecycle.MS)
    with broken(catalogue) as it:
        it.start(POOL, None)
        # From the request on: the deadline is a part of it.
        it.failed(
            "PID ",
            "said nothing for 2 s after its start",
            "choose another Python",
            "asking the licence server",
            seconds=60,
        )
        it.session.warm(None)
        first = it.session.spare_pid
        tend_until(it.session, lambda: it.session.spare_pid != first)
        assert first is not None
        assert not alive(first)
        slow_file.write_text(whole)
        monkeypatch.setattr(lifecycle, "START_NS", 60_000 * lifecycle.MS)
        stuck = it.session.spare_pid
        assert stuck is not None
        os.kill(stuck, signal.SIGKILL)  # it may have begun before its file was mended
        tend_until(it.session, lambda: it.session.spare_pid != stuck)


# ---- F35: the parent is gone before anybody watches ------------------------------------------------------------------
PARENT = """
import os, sys, time
from multiprocessing import get_context, parent_process
from select import select
from workers.engine import lifeline

def child(out, late, stuck):
    if late:
        select([parent_process().sentinel], [], [], 60)
    with open(out, "w") as file:
        file.write(str(os.getpid()))
    os.rename(out, out + ".there")
    lifeline.hang_on_parent()
    if stuck:
        import re
        re.match(r"(a+)+$", "a" * 60 + "b")
    time.sleep(60)

if __name__ == "__main__":
    method, out, late, stuck = sys.argv[1], sys.argv[2], sys.argv[3] == "late", sys.argv[4] == "stuck"
    child_ = get_context(method).Process(target=child, args=(out, late, stuck))
    child_.start()
    print(child_.pid, flush=True)
    sys.stdin.readline()
    os._exit(0)
"""


@fault(
    "F35",
    injected="a worker process that arms its watch over the parent when that has died already, or just before it dies",
    expected="it ends at once, also where C code holds its GIL",
)
@pytest.mark.parametrize(
    ("method", "late", "stuck"),
    [
        ("fork", "late", ""),
        ("spawn", "late", ""),
        ("forkserver", "late", ""),
        ("fork", "", "stuck"),
        ("forkserver", "", ""),
    ],
)
def test_the_parent_dies_before_the_watch_is_armed(method: str, late: str, stuck: str, tmp_path: Path) -> None:
    file = tmp_path / "parent.py"
    file.write_text(PARENT)
    out = tmp_path / "pid"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(
        [sys.executable, str(file), method, str(out), late or "-", stuck or "-"],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert parent.stdout is not None
    assert parent.stdin is not None
    pid = int(parent.stdout.readline())
    there = tmp_path / "pid.there"
    if not late:
        assert wait_until(there.exists, 60.0)
    parent.stdin.close()
    assert parent.wait(20) == 0
    parent.stdout.close()
    assert wait_until(lambda: not alive(pid), 20.0)
    assert not late or there.exists(), "it ended only when it began to watch"


@fault(
    "F35",
    injected="a host whose window is gone before it says hello; a question whose asker is killed while its import never ends",
    expected="both end at once: what they watch is a pipe, whose end is seen also when it came before",
)
def test_nobody_is_there_any_more() -> None:
    ours, theirs = socket.socketpair()
    host = subprocess.Popen(
        boot_command(sys.executable, "host", str(theirs.fileno())), pass_fds=(theirs.fileno(),), env=clean_environment()
    )
    theirs.close()
    ours.close()
    assert host.wait(60) == 0
    asked = Question([sys.executable, "-c", ASKED])
    while b"\n" not in asked.out:
        asked.read(0.1)
    os.close(asked._lifeline)
    assert wait_until(lambda: asked._process.poll() is not None, 20.0)
    assert asked._process.returncode == -signal.SIGKILL
    child = int(asked.out)
    assert wait_until(lambda: not alive(child), 20.0)
    asked._lifeline = os.open(os.devnull, os.O_RDONLY)
    asked.close()


ASKED = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from workers.engine import lifeline
lifeline.hang_on_asker()
import subprocess
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
import re
re.match(r"(a+)+$", "a" * 60 + "b")
"""


# ---- F36: PID 1 ------------------------------------------------------------------------------------------------------
MIDDLE = """
import os, sys
from subprocess import DEVNULL, Popen
host = Popen(sys.argv[2:], pass_fds=(int(sys.argv[1]),), stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
print(host.pid, flush=True)
os._exit(0)
"""


@fault(
    "F36",
    injected="a host whose parent has gone, so that it is PID 1's (or that of whoever reaps here), while its window holds the line",
    expected="it carries its run to the end: nobody compares PIDs",
)
def test_a_host_whose_parent_is_pid_1_carries_on() -> None:
    directory = RunDirectory()
    ours, theirs = socket.socketpair()
    config = catalogue_of().resolve(RunConfig("process_pool", "sleep", 2, tasks=6, params={"ms": 20.0}))
    heard, host = TextReader(directory.path), 0
    try:
        middle = subprocess.run(
            [sys.executable, "-c", MIDDLE, str(theirs.fileno()), *boot_command(sys.executable, "host", str(theirs.fileno()))],
            pass_fds=(theirs.fileno(),), env=clean_environment(), capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        theirs.close()
        host = int(middle.stdout)
        line = Connection(ours.detach())
        assert line.poll(60)
        assert isinstance(decode(line.recv_bytes(MAX_BYTES)), Hello)
        ppid = int(Path(f"/proc/{host}/stat").read_text().rpartition(")")[2].split()[1])
        assert ppid != os.getpid()
        line.send_bytes(encode(launch(config, directory.path, directory.prefix, 4_096)))
        ended = None
        end = time.monotonic() + 60
        while not isinstance(ended, Ended) and time.monotonic() < end:
            if line.poll(0.1):
                ended = decode(line.recv_bytes(MAX_BYTES))
        assert isinstance(ended, Ended)
        assert ended.error == ""
        directory.board.look()
        assert directory.board.get("done") == 6
        assert wait_until(lambda: not alive(host), 20.0)
        line.close()
    finally:
        heard.close()
        directory.sweep(host) if host else directory.discard()


UNSHARE = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc"]


@fault(
    "F36",
    injected="`threadmill run` as PID 1 of a PID namespace of its own, as in a container (where namespaces are allowed)",
    expected="the run goes to its end, with PID 1 for the parent of its host, and exit code 0",
)
def test_a_run_whose_parent_is_pid_1() -> None:
    if shutil.which("unshare") is None or subprocess.run([*UNSHARE, "true"], capture_output=True).returncode:
        pytest.skip("this machine allows no namespaces")
    run = [
        sys.executable,
        "-m",
        "workers.cli",
        "run",
        "--model",
        "process_pool",
        "--workload",
        "sleep",
        "--tasks",
        "6",
        "--workers",
        "2",
    ]
    done = subprocess.run([*UNSHARE, *run, "--json", "-"], cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["tasks"]["done"] == 6
    (host,) = (row for row in said["processes"] if row["role"] == "host")
    assert host["ppid"] == 1
