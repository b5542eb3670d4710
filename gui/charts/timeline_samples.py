"""TimelineSamples: what was sampled beside the spans of one timeline, taken in and made ready as often as can be afforded."""

import time

from gui.charts.timeline_band import TimelineBand
from gui.charts.timeline_dress import Frame
from gui.theme import Theme
from workers.insight.sampled import Sampled
from workers.insight.store import RunStore
from workers.insight.timeline_feed import Track

_DUTY = 10
"""Taking in samples may take one part in so many of the time."""
_PATIENCE = 3
"""Frames in a row that may have no time for the bands."""


class TimelineSamples:
    """`look` and then `take`, each frame."""

    def __init__(self) -> None:
        self.sampled = Sampled()
        self.band = TimelineBand()
        self._of: object = None
        self._rests_until = 0.0
        self._waits = False
        self._hurried = 0

    def look(self, store: RunStore, live: bool) -> None:
        """Take in samples; of very many lanes not ten times a second."""
        state = (store, store.started, store.ended is None)
        self._waits = False
        if state == self._of and time.monotonic() < self._rests_until:
            return
        self._of, before, begun = state, self.sampled.revision, time.monotonic()
        self.sampled.look(store)
        # What was taken in just now is made ready with the next frame: the two together would be felt.
        self._waits = live and self.sampled.revision != before
        self._rests_until = time.monotonic() + _DUTY * (time.monotonic() - begun)

    def take(
        self, tracks: tuple[Track, ...], frame: Frame, ratio: float, theme: Theme, moving: bool, hurry: bool
    ) -> None:
        """Have the bands of these rows ready, some in each frame. `hurry`: this one has taken long enough."""
        hurry = (hurry or self._waits) and self._hurried < _PATIENCE
        self._hurried = self._hurried + 1 if hurry else 0
        self.band.take(self.sampled, tracks, frame, ratio, theme, moving, hurry)
