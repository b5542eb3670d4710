"""What a RunStore adds up as it goes, beside its columns: the ledger of time, latencies, waits, and the depth of the queue."""

from typing import TYPE_CHECKING

import numpy as np

from workers.contract.batch import Batch
from workers.insight.depth import Depth
from workers.insight.latency import Latency
from workers.insight.ledger import Ledger
from workers.insight.waits import Waits

if TYPE_CHECKING:
    from workers.insight.accounts import Accounts
    from workers.insight.store import RunStore

FOLLOW_ROWS = 250_000
"""So many spans may have come since the last time: adding up all that came in a minute at once would be felt."""
UPKEEP_EVERY = 6
"""Batches: ten times a second, so that nobody who asks has a whole second's to wait for."""
MOST_LANES = 256
"""Where more than these wrote in that time, each with little, it is left until somebody asks."""
SETTLED_AT_ONCE = 64


class Figures:
    """Taking in a batch is cheap: spans are added up when somebody asks (`follow`), many at once."""

    def __init__(self, asked_ns: int) -> None:
        """`asked_ns` is when the run was asked for."""
        self.ledger = Ledger(asked_ns)
        self.latency = Latency()
        self.waits = Waits()
        self.depth = Depth()
        self.followed = 0
        """So many of the run's spans are in the sums."""
        self.accounts: tuple[int, Accounts] | None = None
        """Of which revision, and the accounts: see `accounts.latest`."""
        self._batches = 0

    def take(self, batch: Batch, store: "RunStore") -> None:
        """Take in a batch that `store` has taken in."""
        self.accounts = None
        self.ledger.take(batch, store)
        self.depth.take(batch.t_ns, batch.counts.submitted)
        pending = store.spans.forgotten + len(store.spans) - self.followed
        self._batches += 1
        if pending > FOLLOW_ROWS:
            self.follow(store)
        elif pending and self._batches % UPKEEP_EVERY == 0 and store.ended is None:
            self._keep_up(store, pending)

    def _keep_up(self, store: "RunStore", pending: int) -> None:
        """Add up a little at a time what would be felt when somebody asks."""
        (lane,) = store.spans.part(("lane",), max(0, len(store.spans) - pending))
        if np.count_nonzero(np.bincount(lane)) > MOST_LANES:
            return
        self.follow(store)
        if len(self.ledger.unsettled) > SETTLED_AT_ONCE:
            # It needs this module in its turn.
            from workers.insight.accounts import Accounts

            Accounts(store).settle_some(2 * SETTLED_AT_ONCE)

    def follow(self, store: "RunStore") -> "Figures":
        """Add up everything that has come."""
        self.followed = store.spans.forgotten + len(store.spans)
        self.ledger.fold(store)
        for part in (self.latency, self.waits, self.depth):
            part.follow(store)
        return self
