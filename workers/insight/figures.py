"""What a RunStore adds up as it goes, beside its columns: the ledger of time, latencies, waits, and the depth of the queue."""

from collections.abc import Callable
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
"""Batches in which no thread was sampled, after which what came is added up all the same."""
MOST_LANES = 256
"""Where more than these wrote in that time, each with little, it is left until somebody asks."""
SETTLED_AT_ONCE = 64


class Figures:
    """Taking in a batch is cheap: spans are added up a part at a time, and what is left of them when somebody asks (`follow`)."""

    def __init__(self, asked_ns: int) -> None:
        """`asked_ns` is when the run was asked for."""
        self.ledger = Ledger(asked_ns)
        self.latency = Latency()
        self.waits = Waits()
        self.depth = Depth()
        self.followed = 0
        """So many of the run's spans are in the sums."""
        self.accounts: Accounts | None = None
        """The last ones that were made: see `accounts.latest` and `accounts.current`."""
        self._quiet = 0
        """Batches without samples since the last upkeep began."""
        self._due: list[Callable[[RunStore], object]] = []
        """What is left of the upkeep under way."""
        self._upto = 0
        """So many spans had come when it began."""

    def take(self, batch: Batch, store: "RunStore") -> None:
        """Take in a batch that `store` has taken in."""
        self.ledger.take(batch, store)
        self.depth.take(batch.t_ns, batch.counts.submitted)
        pending = store.spans.forgotten + len(store.spans) - self.followed
        if pending > FOLLOW_ROWS:
            self.follow(store)
        elif store.ended is None:
            self._keep_up(batch, store, pending)

    def _keep_up(self, batch: Batch, store: "RunStore", pending: int) -> None:
        """Add up a part in each batch, ten times a second all of it: at once it would be felt, and later by whoever asks."""
        self._quiet = 0 if batch.threads else self._quiet + 1
        if not self._due and (batch.threads or (pending and self._quiet >= UPKEEP_EVERY)):
            self._quiet, self._upto = 0, self.followed + pending
            (lane,) = store.spans.part(("lane",), max(0, len(store.spans) - pending))
            if len(lane) == 0 or np.count_nonzero(np.bincount(lane)) <= MOST_LANES:
                # The cheap ones first and last: others have more to do when samples have come, and when they have been entered.
                self._due = [self.waits.follow, self.depth.follow, self.ledger.enter_spans]
                self._due += [self.latency.follow, self.ledger.enter_samples, self._kept_up]
        if self._due:
            self._due.pop(0)(store)

    def _kept_up(self, store: "RunStore") -> None:
        self.followed = max(self.followed, self._upto)
        if len(self.ledger.unsettled) > SETTLED_AT_ONCE:
            # It needs this module in its turn.
            from workers.insight.accounts import Accounts

            Accounts(store, standing=True).settle_some(2 * SETTLED_AT_ONCE)

    def follow(self, store: "RunStore") -> "Figures":
        """Add up everything that has come."""
        self.followed = store.spans.forgotten + len(store.spans)
        self.ledger.fold(store)
        for part in (self.latency, self.waits, self.depth):
            part.follow(store)
        return self
