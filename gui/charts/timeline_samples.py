"""TimelineSamples: what was sampled beside the spans of one timeline, taken in and made ready as often as can be afforded."""

import time

from gui.charts.timeline_band import TimelineBand
from workers.insight.sampled import Sampled
from workers.insight.store import RunStore

_DUTY = 10
"""Taking in samples may take one part in so many of the time."""


class TimelineSamples:
    """`look`, then `band.show`, in each frame; and between two of them `band.make_some`."""

    def __init__(self) -> None:
        self.sampled = Sampled()
        self.band = TimelineBand()
        self._of: object = None
        self._rests_until = 0.0

    def look(self, store: RunStore) -> None:
        """Take in samples; of very many lanes not ten times a second."""
        state = (store, store.started, store.ended is None)
        if state == self._of and time.monotonic() < self._rests_until:
            return
        self._of, begun = state, time.monotonic()
        self.sampled.look(store)
        self._rests_until = time.monotonic() + _DUTY * (time.monotonic() - begun)
