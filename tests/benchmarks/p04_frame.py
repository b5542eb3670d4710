"""P4: what one frame takes of the UI thread while 60,000 spans a second arrive from 64 lanes, with much and with little stored.

The window itself, with every chart that is in sight: a batch is taken in, the frame clock ticks, and Qt paints what has changed.
"""

import time
from collections.abc import Iterator

import numpy as np
from PySide6.QtWidgets import QApplication

from gui.app import make_application
from gui.bridge.engine import EngineBridge
from gui.stage import ACCOUNTS, TIMELINE
from gui.window import MainWindow
from tests.benchmarks.figures import Figure, Scale
from tests.benchmarks.pairs import clock
from tests.benchmarks.scene import Scene

LIMIT_MS, LIMIT_GROWTH = 8.0, 1.2
MUCH, LITTLE = 10_000_000, 10_000
SIZE = (1600, 1000)
FRAME_S = 1 / 60
SHOWN = {"timeline": TIMELINE, "accounts": ACCOUNTS}
BUDGET = "the 16.7 ms of a frame at 60 Hz"


class Silent(EngineBridge):
    """Starts no reader: what arrives is made here."""

    def open(self, python: str | None) -> bool:
        return False


class Watched:
    """A window with a run in it."""

    def __init__(self, application: QApplication, stored: int, cpu: bool) -> None:
        self.application = application
        self.now = clock(cpu)
        self.bridge = Silent()
        self.window = MainWindow(bridge=self.bridge)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.clock.close()  # it ticks when it is told to
        application.processEvents()
        scene = Scene(np.random.default_rng(1))
        self.bridge.batchReady.emit(scene.begin())
        timeline = self.timeline
        for batch in scene.stored(stored, max(1, stored // 100_000)):
            self.bridge.batchReady.emit(batch)
            timeline.feed.follow(self.window.store, 200_000)
        while timeline.feed.behind:
            timeline.feed.follow(self.window.store, 200_000)
        self.coming = scene.frames()
        self._due = 0.0

    @property
    def timeline(self):
        """The part."""
        from gui.charts.timeline import TimelineView

        found = self.window.findChild(TimelineView)
        assert found is not None
        return found

    @property
    def stored(self) -> int:
        """Spans that the timeline keeps."""
        return int(self.timeline.feed.timeline.spans)

    def show(self, tab: int) -> None:
        """Bring a tab to the front, and let everything settle."""
        assert self.window.stage.tabs is not None
        self.window.stage.tabs.setCurrentIndex(tab)
        for _ in range(90):
            self.frame()

    def frame(self) -> float:
        """ms of one frame, a sixtieth of a second after the last one: what is looked at by the clock is due as often as in life."""
        batch = next(self.coming)
        time.sleep(max(0.0, self._due - time.monotonic()))
        self._due = max(self._due + FRAME_S, time.monotonic())
        begun = self.now()
        self.bridge.batchReady.emit(batch)
        self.window.clock._tick()
        self.application.processEvents()
        return (self.now() - begun) * 1e3

    def close(self) -> None:
        """Put it away."""
        self.window.close()
        self.window.deleteLater()
        self.application.processEvents()


def measure(scale: Scale) -> Iterator[Figure]:
    """Rounds of frames, in turns with much and with little stored."""
    application = make_application()
    much = scale.pick(MUCH, 1_000_000)
    full = Watched(application, much, scale.cpu)
    rounds, frames = scale.pick(6, 2), scale.pick(240, 60)
    for name, tab in SHOWN.items():
        full.show(tab)
        little: list[int] = []
        high: list[float] = []
        middle: list[float] = []
        low: list[float] = []
        for _ in range(rounds):
            found = np.array([full.frame() for _ in range(frames)])
            # A new one each time: what arrives is soon more than what it began with.
            empty = Watched(application, LITTLE, scale.cpu)
            empty.show(tab)
            little.append(empty.stored)
            other = np.array([empty.frame() for _ in range(frames)])
            little.append(empty.stored)
            empty.close()
            high.append(float(np.percentile(found, 95)))
            middle.append(float(np.median(found)))
            low.append(float(np.percentile(other, 95)))
        what = f"throughput, activity and {name}"
        yield Figure(
            f"{what}: p95, {full.stored:,} spans stored", "ms", tuple(high), LIMIT_MS, peer=BUDGET,
            ours=f"{np.median(middle):.2f} ms p50", clock=scale.clock,
            note=f"{SIZE[0]} x {SIZE[1]}; a frame is a batch of 1,000 spans taken in, the frame clock's tick, and painting.",
        )  # fmt: skip
        yield Figure(
            f"{what}: p95 against {min(little):,} to {max(little):,} stored",
            "x",
            tuple(a / b for a, b in zip(high, low, strict=True)),
            LIMIT_GROWTH,
            peer="itself",
            clock=scale.clock,
            ours=f"{np.median(high):.2f} ms",
            theirs=f"{np.median(low):.2f} ms",
        )
    full.close()
