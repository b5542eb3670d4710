"""How soon the window answers: Run, Stop and its closing, with real processes."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gui.window import MainWindow
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase

ROUNDS = 5
PRIMES = RunConfig("process_pool", "count_primes", 2, None, params={"limit": 2_000_000})


@pytest.fixture
def window(qtbot: QtBot, idle_cores: None) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.controller.catalogue is not None, timeout=20_000)
    return made


def middle_of(benchmark: Any, took_s: Callable[[], float]) -> float:
    """Median of some rounds, in seconds."""
    found: list[float] = []
    benchmark.pedantic(lambda: found.append(took_s()), rounds=ROUNDS)
    middle = benchmark.extra_info["median_s"] = median(found)
    print(f"median {middle:.3f} s of {[round(each, 3) for each in found]}")  # noqa: T201
    return middle


def started_s(qtbot: QtBot, window: MainWindow, config: RunConfig) -> float:
    """Seconds from the request to the first task that ended or is under way."""
    begun = time.monotonic()
    window.start(config)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING and window.store.counts.submitted > 0, timeout=20_000)
    return time.monotonic() - begun


def ended_s(qtbot: QtBot, window: MainWindow, how: str) -> float:
    """Seconds from the request to stop until every process of the run is gone."""
    begun = time.monotonic()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        getattr(window, how)()
    return time.monotonic() - begun


def test_first_data_are_soon_on_screen(benchmark: Any, qtbot: QtBot, window: MainWindow) -> None:
    """A learner should see it move within a blink of pressing Run."""

    def once() -> float:
        qtbot.wait(300)  # a spare host comes up
        took = started_s(qtbot, window, RunConfig("thread_pool", "sleep", 2, None, params={"ms": 5.0}))
        ended_s(qtbot, window, "interrupt")
        return took

    assert middle_of(benchmark, once) < 0.2


@pytest.mark.parametrize(("how", "most_s"), [("stop", 1.0), ("interrupt", 0.3)])
def test_all_are_gone_in_time(benchmark: Any, qtbot: QtBot, window: MainWindow, how: str, most_s: float) -> None:
    def once() -> float:
        started_s(qtbot, window, PRIMES)
        return ended_s(qtbot, window, how)

    assert middle_of(benchmark, once) < most_s


def test_closing_in_mid_run_is_quick(benchmark: Any, qtbot: QtBot, window: MainWindow) -> None:
    def once() -> float:
        window.show()
        started_s(qtbot, window, PRIMES)
        begun = time.monotonic()
        window.close()
        return time.monotonic() - begun

    assert middle_of(benchmark, once) < 0.5
