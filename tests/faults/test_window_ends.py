"""F32 to F34: the window is killed, closed, told to end, or its session ends, with a run under way."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.window import MainWindow
from tests.faults.invariants import broken
from tests.faults.table import NOT_HERE, fault
from tests.helpers.extended import Extended
from tests.helpers.processes import alive, group, run_files, tree, wait_until
from tests.helpers.runs import catalogue_of
from tests.helpers.windows import ROOT, close_all, end, kill_and_look, open_window
from workers.client import ending, run
from workers.client.crash_log import set_aside
from workers.client.places import config_dir
from workers.client.rundir import sweep_stale
from workers.client.sampler_psutil import PsutilSampler
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.engine import lifeline

PHASES = ["starting", "warming", "running", "stopping"]
STUCK = RunConfig("process_pool", "sleep", 2, tasks=None, params={"ms": 60_000.0}, options={"start_method": "spawn"})
POOL = RunConfig("process_pool", "sleep", 2, tasks=None, params={"ms": 5.0})
KILLED = "SIGKILL of the window's process while a run is starting, warming up, running or stopping"


@pytest.fixture(autouse=True)
def _no_window_left() -> Iterator[None]:
    """A test that fails takes its window along: with a run that never ends it would slow down all that follow."""
    yield
    close_all()


# ---- F32: SIGKILL ----------------------------------------------------------------------------------------------------
def killed_in(phase: str, wait_s: float = 0.0) -> None:
    process = open_window(STUCK, phase)
    time.sleep(wait_s)  # another moment each time
    kill_and_look(process, 1 if phase == "starting" else 3)
    assert wait_until(lambda: not [path for path in run_files() if f"threadmill-{process.pid}-" in path], 2.5)


@fault(
    "F32",
    injected=KILLED,
    expected="host, workers, run directory and semaphores are gone within 2.5 s; the next window says so",
)
@pytest.mark.parametrize("phase", PHASES)
def test_killed_in_any_phase_it_leaves_nothing(phase: str) -> None:
    killed_in(phase)
    (crash,) = set_aside()
    assert crash.fatal == ""


@fault(
    "F32",
    injected="SIGSEGV of the window's process in a run",
    expected="all of it is gone within 2.5 s; the next window is told once, with the stacks of all threads and what ran",
)
def test_a_window_that_crashes_leaves_its_stacks_and_nothing_else() -> None:
    process = open_window(POOL, "running")
    below = tree(process.pid)
    process.send_signal(signal.SIGSEGV)
    assert process.wait(60) == -signal.SIGSEGV
    end(process)
    assert wait_until(lambda: not any(alive(pid) for pid in below), 2.5)
    (crash,) = set_aside()
    assert crash.fatal == "Segmentation fault"
    for words in (
        "Threadmill ",
        "PySide6 ",
        '"model": "process_pool"',
        "It is: running",
        "most recent call first",
        "_run",
    ):
        assert words in crash.text, words
    assert set_aside() == []


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("phase", PHASES)
def test_killed_twenty_times_in_any_phase_it_leaves_nothing(phase: str) -> None:
    moments = random.Random(phase)
    for _ in range(20):
        killed_in(phase, moments.uniform(0.0, 0.3))


@fault(
    "F32",
    injected="the same, with workers that hold the GIL in C code",
    expected="the guardian ends them, for no thread of theirs runs",
)
@pytest.mark.parametrize("model", ["thread_pool", "process_pool"])
def test_killed_while_workers_hold_the_gil_in_c(model: str, extended: Extended) -> None:
    extended.workload("holds_gil")
    shutil.copytree(ROOT / "gui", extended.root / "gui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", extended.root / "resources")
    process = open_window(
        RunConfig(model, "holds_gil", 2, tasks=None), "warming" if model == "thread_pool" else "running", extended.root
    )
    kill_and_look(process, 3 if model == "thread_pool" else 5)


CARRIER = """
import sys, time
from workers.client.session import RunSession
from workers.contract.config import RunConfig
session = RunSession()
session.start(RunConfig.from_json(sys.argv[1]))
while (batch := session.step()) is not None:
    if batch.counts.done > 4:
        print(session.guardian_pid, flush=True)
    time.sleep(0.05)
"""
"""A command with a run; it says its guardian's PID once it is under way."""


@fault(
    "F32",
    injected="SIGSTOP of the guardian, the host and its workers (or SIGKILL of the guardian, SIGSTOP of the others), "
    "then SIGKILL of the process that has the run",
    expected="all of them are gone within 2.5 s: the kernel wakes the guardian and kills the host's group; "
    "the next start removes the files",
)
@pytest.mark.parametrize("guardian_gets", [signal.SIGSTOP, signal.SIGKILL])
def test_killed_with_everybody_stopped_it_leaves_nothing(guardian_gets: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", CARRIER, catalogue_of().resolve(POOL).to_json()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        guardian = int(process.stdout.readline())
        process.send_signal(signal.SIGSTOP)  # nobody is born unseen
        below = tree(process.pid) - {process.pid}
        assert guardian in below
        assert len(below) >= 4
        os.kill(guardian, guardian_gets)
        for pid in below - {guardian}:
            os.kill(pid, signal.SIGSTOP)
    finally:
        process.kill()
        process.communicate(timeout=10)
    assert wait_until(lambda: not any(alive(pid) for pid in below), 2.5), [pid for pid in below if alive(pid)]
    if guardian_gets is signal.SIGKILL:
        sweep_stale()
    assert wait_until(lambda: not [path for path in run_files() if f"threadmill-{process.pid}-" in path], 2.5)


@fault(
    "F32",
    what="the guardian is killed",
    injected="SIGKILL of the guardian in a run",
    expected="another one takes its place, and the run goes on",
)
def test_the_guardian_is_killed() -> None:
    with broken() as it:
        it.start(POOL, lambda store: store.counts.done > 4)
        first = it.session.guardian_pid
        os.kill(first, signal.SIGKILL)
        it.until(lambda store: it.session.guardian_pid != first)
        assert alive(it.session.guardian_pid)
        it.stopped()


# ---- F33: other systems ----------------------------------------------------------------------------------------------
@fault(
    "F33",
    injected=f"{NOT_HERE}there is no kill-on-close job and no macOS; instead a run without /proc and without signals of pipes",
    expected="what works elsewhere too does: psutil samples, Stop and the end of the host's line to the window end everything",
)
def test_without_what_only_linux_has(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_proc(pgid: int) -> list[int]:
        raise OSError(f"no /proc for {pgid}")

    monkeypatch.setattr(run, "make_sampler", PsutilSampler)
    monkeypatch.setattr(ending, "group_members", no_proc)
    monkeypatch.delattr(lifeline.fcntl, "F_SETSIG")
    read, write = os.pipe()
    assert not lifeline.hang_on(read)
    os.close(write)
    os.close(read)
    with broken() as it:
        it.start(
            POOL, lambda store: any(row.sample is not None for row in store.all_processes() if row.role == "worker")
        )
        store = it.stopped()
        assert store.stop_step is not None
        assert store.stop_step.pids == (it.host,)


# ---- F34: told to end ------------------------------------------------------------------------------------------------
@fault(
    "F34",
    injected="the close button in a run",
    expected="the window is gone at once, all of the run within the grace time",
)
def test_closing_in_a_run_leaves_nothing(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    window.start(POOL)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING, timeout=30_000)
    qtbot.waitUntil(lambda: len(window.store.all_processes()) >= 3, timeout=30_000)
    pgid = next(row.pid for row in window.store.all_processes() if row.role == "host")
    assert len(group(pgid)) >= 3
    window.close()
    assert not window.isVisible()
    assert wait_until(lambda: not group(pgid), 2.5)


def ends_well(process_code: int, said: str, below: set[int]) -> None:
    assert process_code == 0, said
    assert "Traceback" not in said
    assert wait_until(lambda: not any(alive(pid) for pid in below), 2.5)
    assert (config_dir() / "settings.json").exists()
    assert set_aside() == [], "it was closed, and did not crash"


@fault(
    "F34",
    injected="SIGINT, SIGTERM and SIGHUP to a window with a run under way",
    expected="the run ends within the grace time, the settings are written, exit code 0",
)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_polite_signal_closes_it_with_exit_0(number: signal.Signals) -> None:
    process = open_window(POOL, "running")
    below = tree(process.pid)
    process.send_signal(number)
    code = process.wait(60)
    ends_well(code, end(process), below)


LOGOUT = """
from PySide6.QtCore import QCoreApplication, QTimer
def log_out():
    window.keep_settings()
    print("kept", window.memory.settings.config is not None, flush=True)
    QCoreApplication.quit()
def later(phase):
    if phase.value == "running":
        QTimer.singleShot(100, log_out)
window.phaseChanged.connect(later)
"""


@fault(
    "F34",
    injected="logout during a run: what is done when the session asks for what is to be kept, then quit() as Qt's plug-in for it does",
    expected="settings are written when it asks; the run ends within the grace time, exit code 0",
)
def test_logout_ends_it_with_exit_0() -> None:
    process = open_window(POOL, "running", more=LOGOUT)
    below = tree(process.pid)
    code = process.wait(60)
    ends_well(code, end(process), below)


HANGS = """
import time
type(window).closeEvent = lambda self, event: (print("closing", flush=True), time.sleep(60))
"""


@fault(
    "F34",
    injected="a second SIGTERM while closing hangs",
    expected="it ends there and then with 128 + 15; the guardian ends the run",
)
def test_a_second_signal_forces_it() -> None:
    process = open_window(POOL, "running", more=HANGS)
    below = tree(process.pid)
    process.terminate()
    assert process.stdout is not None
    assert any(line.strip() == "closing" for line in process.stdout)
    process.terminate()
    assert process.wait(60) == 128 + signal.SIGTERM
    assert wait_until(lambda: not any(alive(pid) for pid in below), 2.5)
    assert set_aside() == []
    end(process)
