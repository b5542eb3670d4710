"""The one clock: it rests, it shares its frames out, it survives a broken part."""

import time

import pytest
from pytestqt.qtbot import QtBot

from gui import frame_clock
from gui.frame_clock import FrameClock


class Part:
    def __init__(self, log: list[str], name: str, seconds: float = 0.0, visible: bool = True) -> None:
        self.log, self.name, self.seconds, self.visible = log, name, seconds, visible

    def refresh(self) -> None:
        end = time.perf_counter() + self.seconds
        while time.perf_counter() < end:
            pass
        self.log.append(self.name)

    def isVisible(self) -> bool:
        return self.visible


@pytest.fixture
def log() -> list[str]:
    return []


def test_every_visible_part_in_every_frame_while_they_are_cheap(qtbot: QtBot, log: list[str]) -> None:
    clock = FrameClock(lambda: False)
    clock.parts = [Part(log, "a"), Part(log, "hidden", visible=False), Part(log, "b")]
    clock._tick()
    clock._tick()
    assert log == ["a", "b", "a", "b"]
    clock.refresh_all()
    assert log[4:] == ["a", "hidden", "b"]


def test_a_costly_part_pushes_the_others_into_the_next_frame(qtbot: QtBot, log: list[str]) -> None:
    clock = FrameClock(lambda: False)
    clock.parts = [Part(log, "costly", 0.005), Part(log, "b"), Part(log, "c")]
    clock._tick()
    assert log == ["costly"]
    clock._tick()
    assert log == ["costly", "b", "c", "costly"]


def test_it_rests_after_the_afterglow_and_never_wakes_once_closed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, log: list[str]
) -> None:
    monkeypatch.setattr(frame_clock, "AFTERGLOW_S", 0.05)
    clock = FrameClock(lambda: False)
    clock.parts = [Part(log, "a")]
    numbers: list[int] = []
    clock.numbers.connect(lambda: numbers.append(1))
    assert not clock.running
    clock.wake()
    assert clock.running
    qtbot.waitUntil(lambda: not clock.running, timeout=20_000)
    assert log
    clock.close()
    clock.wake()
    assert not clock.running


def test_it_goes_on_while_a_run_is_on(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, log: list[str]) -> None:
    monkeypatch.setattr(frame_clock, "AFTERGLOW_S", 0.0)
    active = [True]
    clock = FrameClock(lambda: active[0])
    with qtbot.waitSignal(clock.numbers, timeout=20_000):
        clock.wake()
    assert clock.running
    active[0] = False
    qtbot.waitUntil(lambda: not clock.running, timeout=20_000)


def test_a_broken_part_is_dropped_and_the_others_stay(qtbot: QtBot, log: list[str]) -> None:
    clock = FrameClock(lambda: False)
    broken = Part(log, "broken")

    def fail() -> None:
        raise RuntimeError("cannot draw")

    broken.refresh = fail  # type: ignore[method-assign]
    clock.parts = [Part(log, "a"), broken, Part(log, "c")]
    with pytest.raises(RuntimeError):
        clock._tick()
    clock._tick()
    assert broken not in clock.parts
    assert set(log) == {"a", "c"}
