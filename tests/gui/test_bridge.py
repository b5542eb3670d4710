"""The bridge: order of calls, ticks that rest, and an end that is bounded."""

import gc
import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from gui.bridge import engine
from gui.bridge.engine import EngineBridge, stranded
from gui.bridge.reader import Reader
from gui.lookup import Lookup
from tests.helpers.fake_session import CATALOGUE, FakeRequest, FakeSession, fake_bridge, found_pythons
from workers.contract.batch import Batch
from workers.contract.config import RunConfig


def test_catalogue_then_a_warm_spare_then_a_run_then_another_spare(qtbot: QtBot) -> None:
    session = FakeSession()
    bridge = fake_bridge(session)
    batches: list[Batch] = []
    threads: list[QThread] = []
    bridge.batchReady.connect(batches.append)
    bridge.batchReady.connect(lambda _: threads.append(QThread.currentThread()))
    with qtbot.waitSignals([bridge.catalogueReady, bridge.pythonsReady], timeout=20_000):
        bridge.open(None)
        bridge.open(None)
    qtbot.waitUntil(lambda: session.calls == ["learn", "warm"], timeout=20_000)
    bridge.start(RunConfig(tasks=20))
    qtbot.waitUntil(lambda: bool(batches) and batches[-1].ended is not None, timeout=20_000)
    qtbot.waitUntil(lambda: session.calls == ["learn", "warm", "start", "warm"], timeout=20_000)
    assert batches[0].started is not None
    assert all(thread is bridge.thread() for thread in threads)
    reader = bridge._reader
    assert reader is not None
    qtbot.waitUntil(lambda: reader._timer is not None and not reader._timer.isActive(), timeout=20_000)
    assert bridge.close()
    assert session.calls[-1] == "close"
    assert bridge.close()


def test_a_run_is_read_at_once_and_not_when_the_next_tick_is_due(qtbot: QtBot) -> None:
    """A host that stands ready is told only then what to run."""
    reader = Reader(FakeSession, FakeRequest, found_pythons)  # type: ignore[arg-type]
    batches: list[Batch] = []
    reader.batchReady.connect(batches.append)
    reader.start(RunConfig(tasks=20))
    assert len(batches) == 1
    assert batches[0].started is not None
    assert reader._timer is not None
    reader._timer.stop()


def test_only_the_latest_interpreter_asked_answers(qtbot: QtBot) -> None:
    bridge = fake_bridge()
    answers: list[object] = []
    bridge.catalogueReady.connect(lambda catalogue, python: answers.append(python))
    bridge.open(None)
    bridge.ask("/opt/python3.13")
    bridge.ask("/opt/python3.14")
    qtbot.waitUntil(lambda: "/opt/python3.14" in answers, timeout=20_000)
    assert answers[-1] == "/opt/python3.14"
    assert "/opt/python3.13" not in answers
    bridge.close()


def test_a_bridge_never_opened_closes(qtbot: QtBot) -> None:
    bridge = fake_bridge()
    assert bridge.close()
    bridge.open(None)
    assert bridge._thread is None


def test_closing_is_bounded_even_when_the_session_hangs(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs, go_on = threading.Event(), threading.Event()

    class Hanging(FakeSession):
        def warm(self, python: str | None) -> None:
            hangs.set()
            assert go_on.wait(60)

    monkeypatch.setattr(engine, "CLOSE_MS", 50)
    bridge = EngineBridge(Hanging, FakeRequest, found_pythons)  # type: ignore[arg-type]
    bridge.open(None)
    qtbot.waitUntil(hangs.is_set, timeout=20_000)
    assert not bridge.close()
    assert stranded()
    # Whoever had the bridge drops it. The reader has not heard yet that it is to end, and must still hear it.
    del bridge
    gc.collect()
    go_on.set()
    thread, _ = engine._stranded.pop()
    assert thread.wait(20_000)
    assert not stranded()


def test_a_lookup_hands_on_answer_and_error(qtbot: QtBot) -> None:
    good = Lookup(lambda: 7, "good")
    qtbot.waitUntil(lambda: good.poll() == 7, timeout=20_000)

    def fail() -> int:
        raise OSError("no")

    bad = Lookup(fail, "bad")
    bad.close(1.0)
    with pytest.raises(OSError, match="no"):
        bad.poll()


def test_the_answer_is_the_catalogue(qtbot: QtBot) -> None:
    bridge = fake_bridge()
    with qtbot.waitSignal(bridge.catalogueReady, timeout=20_000) as told:
        bridge.open(None)
    assert told.args == [CATALOGUE, None]
    bridge.close()


def test_a_turn_reaches_the_session_and_a_refusal_comes_back_while_the_run_goes_on(qtbot: QtBot) -> None:
    session = FakeSession(endless=True)
    bridge = fake_bridge(session)
    batches: list[Batch] = []
    bridge.batchReady.connect(batches.append)
    bridge.open(None)
    bridge.turn("workers", 3)  # nothing runs: nobody hears it
    bridge.start(RunConfig(tasks=None))
    qtbot.waitUntil(lambda: bool(batches), timeout=20_000)
    bridge.turn("params.share", 0.5)
    with qtbot.waitSignal(bridge.turnRefused, timeout=20_000) as told:
        bridge.turn("workers", 13)
    assert told.args == ["workers", "13 workers bring bad luck; turn to another number."]
    assert session.turns == [("params.share", 0.5), ("workers", 13)]
    seen = len(batches)
    qtbot.waitUntil(lambda: len(batches) > seen, timeout=20_000)
    assert bridge.close()
