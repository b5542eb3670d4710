"""Watches for deadlocks: the same core of waits, seen again and again and tried in vain meanwhile. Then it asks those in it for stacks."""

import time

from workers.client.drain import Drain
from workers.client.stacks import StackAsker
from workers.client.wait_graph import ANYONE, FREE, Facts, Waits, draw, things
from workers.client.wait_words import describe
from workers.client.waits import core
from workers.contract.waits import WaitGraph
from workers.telemetry.clock import now

LOOK_S = 0.1
LOOKS = 5
"""How often the same core must be seen: holders and waits are read one after the other, not at one instant."""
HUBS = (ANYONE, FREE)


class DeadlockWatch:
    """Of one run. `look` as often as there is time."""

    def __init__(self) -> None:
        self.graph = WaitGraph()
        """The waits of the last look."""
        self.stacks = StackAsker()
        self._next = 0.0
        self._seen = 0
        self._since_ns = 0
        self._last: frozenset[tuple[str, int, int]] = frozenset()
        self._told: frozenset[tuple[str, int, int]] = frozenset()

    @property
    def stuck(self) -> bool:
        """Whether a deadlock stands now."""
        return bool(self.graph.stuck)

    def look(self, drain: Drain, facts: Facts) -> str:
        """What is to be said of a deadlock that has just become certain; mostly nothing."""
        if time.monotonic() < self._next:
            return ""
        self._next = time.monotonic() + LOOK_S
        self.stacks.step()
        if not drain.anybody_waits():
            self._last, self._seen = frozenset(), 0
            if self.graph.nodes:
                self.graph = WaitGraph(now())
            return ""
        waits = Waits(facts, drain.standing(), drain.places.table)
        t_ns = now()
        caught = core(waits.needs, HUBS)
        lanes = [waits.by_key[key] for key in caught if key in waits.by_key]
        found = frozenset((lane.key, lane.place, lane.since_ns) for lane in lanes if lane.waits or lane.stands)
        found |= frozenset((key, 0, 0) for key in caught if key.startswith("task:"))
        if found != self._last:
            self._last, self._seen, self._since_ns = found, 0, t_ns
        elif found:
            self._seen += 1
        # Each of them has been there all the while, so none could serve another one; and each has tried again, in vain.
        tried = all(lane.tried_ns > self._since_ns for lane in lanes if lane.waits or lane.stands)
        if not found or self._seen < LOOKS or not (tried or found == self._told):
            self.graph = draw(waits, t_ns)
            return ""
        words = describe(waits, caught)
        self.graph = draw(waits, t_ns, things(waits, caught), words)
        if found == self._told:
            return ""
        self._told = found
        self.stacks.ask([lane for lane in lanes if lane.waits])
        return words
