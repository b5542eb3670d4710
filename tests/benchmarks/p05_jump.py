"""P5: how long until a picture stands after a jump or a zoom in the timeline, with ten million spans stored in 64 lanes."""

from collections.abc import Iterator

import numpy as np

from gui.app import make_application
from gui.charts.timeline import TimelineView
from gui.theme import ThemeSource
from tests.benchmarks.figures import Figure, Scale
from tests.benchmarks.pairs import clock
from tests.benchmarks.scene import LANES, PER_SECOND, Scene, block
from tests.helpers.scripted import START_NS
from workers.insight.store import RunStore

LIMIT_MS = 16.0
STORED, JUMPS = 10_000_000, 40
SIZE = (1600, 1000)


def filled(stored: int, rng: np.random.Generator) -> tuple[TimelineView, RunStore, Scene]:
    """A view with so many spans, and what goes on."""
    per_lane, pieces = stored // LANES, 50
    length = stored * 1_000_000_000 // PER_SECOND
    store, scene = RunStore(), Scene(rng)
    store.apply(scene.begin())
    view = TimelineView(ThemeSource(), limit=stored + 2_000_000)
    view.resize(*SIZE)
    view.show_store(store)
    for i in range(pieces):
        lane, kind, start, end = block(rng, per_lane // pieces, START_NS + length // pieces * i, length // pieces)
        n = len(lane)
        view.feed.timeline.append(lane, kind, start, end, np.arange(n), np.zeros(n, bool))
    scene.now_ns = START_NS + length
    view.show()
    return view, store, scene


def measure(scale: Scale) -> Iterator[Figure]:
    """The worst and the usual of some jumps in each round, from the whole run to a few milliseconds."""
    application = make_application()
    rng = np.random.default_rng(2)
    view, store, scene = filled(scale.pick(STORED, 1_000_000), rng)
    coming = scene.frames()
    for _ in range(30):
        store.apply(next(coming))
        view.refresh()
        application.processEvents()
    worst: list[float] = []
    usual: list[float] = []
    whole: list[float] = []
    jumps = scale.pick(JUMPS, 12)
    for _ in range(scale.pick(6, 2)):
        until_fine: list[float] = []
        took = [jump(view, store, rng, i, scale.cpu, until_fine) for i in range(jumps)]
        worst.append(max(took))
        usual.append(float(np.median(took)))
        whole.append(float(np.median(until_fine)))
    stored = view.feed.timeline.spans
    yield Figure(
        f"{stored:,} spans stored, the slowest of {jumps} jumps",
        "ms",
        tuple(worst),
        LIMIT_MS,
        peer="a frame of 60 Hz",
        clock=scale.clock,
        note="Until something stands: of many spans a coarse picture, which the next frames make fine.",
    )
    yield Figure(
        f"{stored:,} spans stored, until it is as fine as it will be (median)",
        "ms",
        tuple(whole),
        peer="-",
        clock=scale.clock,
    )
    yield Figure(
        f"{stored:,} spans stored, a jump (median)",
        "ms",
        tuple(usual),
        LIMIT_MS,
        peer="a frame of 60 Hz",
        clock=scale.clock,
    )
    view.close()


def jump(
    view: TimelineView,
    store: RunStore,
    rng: np.random.Generator,
    number: int,
    cpu: bool = False,
    until_fine: list[float] | None = None,
) -> float:
    """ms until something stands; those until nothing becomes finer go into `until_fine`."""
    now = clock(cpu)
    length = store.now_ns - START_NS
    wide = length if number % 4 == 0 else int(length ** (0.6 + 0.4 * rng.random()))
    start = START_NS + int(rng.integers(0, length - wide + 1))
    begun = now()
    view.range.show(start, start + wide)
    view.nudge()
    view.repaint()
    took = (now() - begun) * 1e3
    while view.plot.unfinished:
        view.nudge()
    if until_fine is not None:
        until_fine.append((now() - begun) * 1e3)
    return took
