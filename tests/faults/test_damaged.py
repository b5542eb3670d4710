"""Whoever runs tasks can write to what the window reads of its run, or cut it short: the window tells it, and goes on."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.invariants import Broken, broken
from tests.faults.table import fault
from workers.client.board import BoardReader
from workers.client.session import RunSession
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore
from workers.telemetry import header
from workers.telemetry.board import PLACES, Board, make_board
from workers.telemetry.clock import now

ENDLESS = RunConfig("process_pool", "sleep", 2, tasks=None, params={"ms": 2.0})


def directory(opened: RunSession) -> Path:
    """Of the run under way."""
    assert opened._run is not None
    return Path(opened._run.host.directory.path)


def ring_of(folder: Path, pid: int) -> Path:
    """The ring that the main thread of this process writes."""

    def writer(path: Path) -> tuple[int, int]:
        words = memoryview(path.read_bytes()[: header.HEADER]).cast("q")
        return words[header.PID], words[header.TID]

    return next(path for path in sorted(folder.glob("*.ring")) if writer(path) == (pid, pid))


def marks(store: RunStore, kind: str) -> list[str]:
    """What marks of a kind say."""
    return [mark.text for mark in store.marks if mark.kind == kind]


def overwrite(path: Path, data: bytes, at: int = 0) -> None:
    """Write into a file that others have mapped."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def of_a_worker(it: Broken) -> Path:
    return ring_of(directory(it.session), it.workers[0])


def of_the_host(it: Broken) -> Path:
    return ring_of(directory(it.session), it.host)


def of_the_counts(it: Broken) -> Path:
    return directory(it.session) / "board"


@fault(
    "F58",
    "a task cuts short what the window has of its run",
    injected="truncate to 0 of a worker's ring, of the host's ring, of the file of counts",
    expected="the window reads on; the run ends FAILED with one sentence; the next run works",
)
@pytest.mark.parametrize("which", [of_a_worker, of_the_host, of_the_counts])
def test_a_file_of_the_run_is_cut_short(which: Callable[[Broken], Path]) -> None:
    with broken() as it:
        it.start(ENDLESS, lambda store: store.counts.done >= 20)
        path = which(it)
        os.truncate(path, 0)
        store = it.failed("PID ", "start the run again")
        if path.suffix == ".ring":
            assert [text for text in marks(store, "unrecorded") if "was cut short" in text], store.marks


@fault(
    "F58",
    "a task writes into what the window has of its run",
    injected="4,096 bytes of 0xff over the ring of a worker at work",
    expected="the ring is read no more, which is said once; the run goes on, and all its tasks are counted",
)
def test_a_ring_is_overwritten() -> None:
    with broken() as it:
        it.start(ENDLESS, lambda store: store.counts.done >= 20)
        worker, at = it.workers[0], it.store.counts.done
        overwrite(of_a_worker(it), b"\xff" * 4_096)
        it.until(lambda store: bool(marks(store, "unrecorded")) and store.counts.done > at + 20)
        store = it.stopped()
        (said,) = marks(store, "unrecorded")
        assert said.startswith(f"what PID {worker}, thread {worker}, records is no longer shown")
        assert said.endswith("was overwritten")
        assert store.counts.failed == 0


@fault(
    "F58",
    "a task writes into what the window has of its run",
    injected="numbers over the counts and times of the run that it cannot have",
    expected="they are left out, which is said once; the run goes on and is counted to its end",
)
def test_the_counts_are_overwritten() -> None:
    with broken() as it:
        it.start(ENDLESS, lambda store: store.counts.done >= 20)
        board = of_the_counts(it)
        for name, value in (("withdrawn", -5), ("clock_start_ns", 7), ("closed", 1 << 62), ("beat", 5)):
            overwrite(board, value.to_bytes(8, sys.byteorder, signed=True), PLACES[name] * 8)
        at = it.store.counts.done
        it.until(lambda store: bool(marks(store, "protocol")) and store.counts.done > at + 20)
        store = it.stopped()
        assert len(marks(store, "protocol")) == 1
        assert not marks(store, "stalled")
        assert not marks(store, "thawed")


@fault(
    "F58",
    "what a run records cannot be read",
    injected="an exception in the middle of a step of the session, and another one when the run is closed",
    expected="the run ends FAILED with one sentence and the tracebacks among its output; its processes are gone, the next run works",
)
def test_whatever_a_step_raises_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with broken() as it:
        it.start(ENDLESS, lambda store: store.counts.done >= 20)
        run = it.session._run
        assert run is not None

        def fails(*_: object) -> None:
            raise FileNotFoundError(2, "No such file or directory", "locks")

        def fails_to_close() -> None:
            close()
            raise BufferError("cannot close exported pointers exist")

        close = run.drain.close
        monkeypatch.setattr(run.drain, "read", fails)
        monkeypatch.setattr(run.drain, "close", fails_to_close)
        store = it.failed("FileNotFoundError", f"PID {it.host}", "start the run again")
        assert it.session.step() is None
        said = [line.text for line in store.texts]
        assert any(text.startswith("FileNotFoundError") for text in said)
        assert any(text.startswith("BufferError") for text in said)
        assert it.session.phase is RunPhase.FAILED


def test_the_counts_are_held_against_the_run(tmp_path: Path) -> None:
    make_board(str(tmp_path))
    host, reader = Board(str(tmp_path)), BoardReader(str(tmp_path))
    t_ns = now()
    host.set("beat", t_ns)
    host.set("done", 7)
    reader.look()
    assert (reader.get("beat"), reader.get("done"), reader.overwritten) == (t_ns, 7, False)
    for time, count in ((5, -1), (-t_ns, 1 << 60), (t_ns + 3_600_000_000_000, 1 << 62)):
        host.set("beat", time)
        host.set("done", count)
        reader.look()
        assert (reader.get("beat"), reader.get("done"), reader.overwritten) == (t_ns, 7, True)
    os.truncate(tmp_path / "board", 0)
    reader.look()
    assert (reader.get("beat"), reader.get("done"), reader.cut_short) == (t_ns, 7, True)
    host.close()
    reader.close()
