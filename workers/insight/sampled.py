"""Sampled: how much of their time lanes waited for the GIL or for a core, in steps of a tenth of a second or wider.

Not recorded but inferred from samples, as accounts have it (see there): what lies between two samples is spread evenly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from workers.insight.accounts import LATE_NS, Accounts, current
from workers.insight.cells import Floats
from workers.insight.timeline_feed import Track

if TYPE_CHECKING:
    from workers.insight.store import RunStore

WAITS = ("gil", "run_queue")
STEP_NS = 100_000_000
"""Ten samples a second: nothing finer is known."""
MOST_LANES = 200
"""Lanes looked at for one picture or sum: of tracks that many had after each other, the last ones in sight."""
_LOOKED_AT = 64
"""Processes asked whether run-queue waits are known on this machine."""


@dataclass(frozen=True)
class Bands:
    """Shares of time by track and step."""

    edges: NDArray[np.int64]
    """ns; n + 1 of them."""
    shares: Floats
    """Shape (len(WAITS), tracks, n), from 0 to 1; 0 where nothing is known."""


class Sampled:
    """What was sampled of the tracks of one timeline. `look` before anything is asked; it costs nothing where no sample came."""

    def __init__(self) -> None:
        self._accounts: Accounts | None = None
        self._seen: object = None
        self._store: RunStore | None = None
        self._run: object = None
        """Of the last look."""
        self.revision = 0
        """Changes with what is known."""
        self.known = False
        """Whether this system tells of run-queue waits, without which both cannot be told."""

    def look(self, store: "RunStore") -> None:
        """Take in what has come since the last time."""
        ledger = store.figures.ledger if store.figures is not None else None
        late = ledger is not None and (store.ended is not None or ledger.sampled_ns - ledger.entered_ns >= LATE_NS)
        sampled = 0 if ledger is None else ledger.sampled_ns if late else ledger.entered_ns
        seen = (store.started, sampled, store.ended is None)
        if seen == self._seen:
            return
        self._seen = seen
        self._store, self._run = store, store.started
        self.revision += 1
        self._accounts = current(store) if sampled else None
        self.known = self._accounts is not None and _tells(store)

    def bands(self, tracks: Sequence[Track], start_ns: int, end_ns: int, columns: int) -> Bands | None:
        """Of these tracks over [start_ns, end_ns), in `columns` steps at most; None where it is not known."""
        accounts = self._known_accounts()
        if accounts is None or end_ns <= start_ns:
            return None
        step = STEP_NS * max(1, -(-(end_ns - start_ns) // (max(1, columns) * STEP_NS)))
        # On a grid that stays where it is while the picture moves.
        edges = np.arange(start_ns // step, -(-end_ns // step) + 1, dtype=np.int64) * step
        chosen = self._lanes(tracks, start_ns, end_ns)
        shares = np.zeros((len(WAITS), len(tracks), len(edges) - 1))
        if chosen:
            seconds = accounts.columns(edges, [number for _, number in chosen], WAITS)
            for (row, _), mine in zip(chosen, seconds, strict=True):
                shares[:, row] += mine.T
            shares *= 1e9 / step
        return Bands(edges, np.clip(shares, 0.0, 1.0))

    def sums(self, tracks: Sequence[Track], start_ns: int, end_ns: int) -> dict[str, int]:
        """Nanoseconds of [start_ns, end_ns) by WAITS, over these tracks; empty where that is not known or there are too many."""
        accounts = self._known_accounts()
        if accounts is None:
            return {}
        chosen = self._lanes(tracks, start_ns, end_ns)
        if len(chosen) >= MOST_LANES:
            return {}
        edges = np.array([start_ns, end_ns], np.int64)
        seconds = accounts.columns(edges, [number for _, number in chosen], WAITS).sum(axis=(0, 1))
        return {name: round(float(value) * 1e9) for name, value in zip(WAITS, seconds, strict=True)}

    def _known_accounts(self) -> Accounts | None:
        """Those of the last look, or newer ones. None where nothing is known, or the store has another run by now, with other lanes."""
        if not self.known or self._accounts is None or self._store is None or self._store.started is not self._run:
            return None
        self._accounts = current(self._store)
        return self._accounts

    def _lanes(self, tracks: Sequence[Track], start_ns: int, end_ns: int) -> list[tuple[int, int]]:
        """(row, lane) of those that lived then, the last ones of each track first."""
        found: list[tuple[int, int]] = []
        each = max(1, MOST_LANES // max(1, len(tracks)))
        for row, track in enumerate(tracks):
            lived = (
                (row, lane.info.number)
                for lane in reversed(track.lanes)
                if lane.info.started_ns < end_ns and (lane.info.ended_ns is None or lane.info.ended_ns > start_ns)
            )
            found += islice(lived, each)
        return found[:MOST_LANES]


def _tells(store: "RunStore") -> bool:
    return any(
        thread.sample.run_queue_s is not None
        for process in islice(store.processes.values(), _LOOKED_AT)
        for thread in islice(process.threads.values(), _LOOKED_AT)
    )
