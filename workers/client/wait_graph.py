"""The waits of a run at one instant: who needs whom (for the rule), and the graph that is drawn of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workers.client.standing import KINDS, Standing
from workers.contract.lanes import who
from workers.contract.waits import WaitEdge, WaitGraph, WaitNode
from workers.telemetry import table as places
from workers.telemetry.table import Table
from workers.telemetry.waiting import AWAIT, GET, PUT, TAKE

ANYONE, FREE = "anyone", "free worker"
"""Hubs of the rule: any lane that runs a task, or task not begun; any worker."""
FEEDER = "feeder"
"""Who hands over tasks, where it is not known to wait."""
LANES_SHOWN = 100
COULD_SHOWN = 16
"""A graph of more is a blot; words and rule know all of them."""
TASKS_NAMED = 8


@dataclass(frozen=True)
class Facts:
    """What is known of the run besides its lanes."""

    workers: int
    """How many the pool has."""
    under_way: int
    """Tasks handed over and not ended."""
    submitted: int
    more: bool
    """Whether there may be tasks that have not been handed over."""


@dataclass
class Waits:
    """One look: where everybody stands."""

    facts: Facts
    lanes: Sequence[Standing]
    table: Table
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """What places are called, by key."""

    def __post_init__(self) -> None:
        self.by_key = {lane.key: lane for lane in self.lanes}
        self._by_number = {lane.number: lane for lane in self.lanes}
        self.submitted_here = self._results_not_begun()
        self.unbegun = self._unbegun()
        self._add_lanes()
        tasks = (*self.submitted_here.values(), *self.unbegun)
        feeder = next((lane.key for lane in self.lanes if lane.lane.role == "main"), FEEDER)
        busy = tuple(lane.key for lane in self.lanes if lane.busy)
        self.needs[ANYONE] = (*busy, *tasks, *((feeder,) if self.facts.more else ()))
        for task in tasks:
            self.needs[task] = (FREE,)
        workers = [lane.key for lane in self.lanes if lane.lane.role == "worker"]
        if len(workers) >= self.facts.workers:
            self.needs[FREE] = tuple(workers)

    def thing(self, lane: Standing) -> str:
        """The key of what the lane waits for."""
        key = f"{KINDS.get(self.table.kind(lane.place), 'lock')}:{lane.place}"
        self.names.setdefault(key, self.table.name(lane.place))
        return key

    def state(self, lane: Standing) -> str:
        """What there is to say of what the lane waits for."""
        if lane.way == PUT:
            bound = self.table.bound(lane.place)
            return f"full, {bound} of {bound}"
        if lane.way == GET:
            return "empty"
        return "not begun" if lane.place in self.submitted_here else ""

    def holder(self, lane: Standing) -> Standing | None:
        """Who holds the lock that the lane waits for, or runs what it waits for the result of; None where not known."""
        return self._by_number.get(self.table.holder(lane.place))

    def could(self, lane: Standing) -> tuple[str, ...]:
        """The lanes and tasks that could end the lane's wait: it alone is not enough for one in the same way at the same place."""
        if lane.place in self.submitted_here:
            return (self.submitted_here[lane.place],)
        holder = self.holder(lane)
        if lane.way == AWAIT or self.table.kind(lane.place) in (places.LOCK, places.OTHER):
            return (holder.key,) if holder is not None else ()
        alike = self.table.kind(lane.place) == places.QUEUE
        lanes = [
            other.key
            for other in self.lanes
            if other.busy and not (alike and other.place == lane.place and other.way == lane.way)
        ]
        return (*lanes, *self.submitted_here.values(), *self.unbegun)

    def _add_lanes(self) -> None:
        for lane in self.lanes:
            if lane.waits and not lane.limited:
                needs = self._needed_by(lane)
                if needs is not None:
                    self.needs[lane.key] = needs
            elif lane.stands:
                busy = tuple(other.key for other in self.lanes if other.busy)
                self.needs[lane.key] = (*busy, *self.submitted_here.values(), *self.unbegun)

    def _needed_by(self, lane: Standing) -> tuple[str, ...] | None:
        """None: it may go on, as far as is known."""
        kind = self.table.kind(lane.place)
        if kind == places.OTHER or self.table.open(lane.place):
            return None
        if kind in (places.QUEUE, places.SEMAPHORE):
            return (ANYONE,)
        if lane.place in self.submitted_here:
            return (self.submitted_here[lane.place],)
        holder = self.holder(lane)
        return (holder.key,) if holder is not None else None

    def _results_not_begun(self) -> dict[int, str]:
        """What tasks have submitted and wait for, and no worker has begun: place -> key."""
        awaited = {lane.place for lane in self.lanes if lane.waits and lane.way == AWAIT}
        return {place: f"task:of {place}" for place in sorted(awaited) if self.table.holder(place) == 0}

    def _unbegun(self) -> tuple[str, ...]:
        """The run's tasks that were handed over and not begun; workers take them in order."""
        begun = {lane.task for lane in self.lanes if lane.task >= 0}
        count = self.facts.under_way - len(begun)
        found: list[str] = []
        number = self.facts.submitted
        while len(found) < min(count, TASKS_NAMED) and number > 0:
            number -= 1
            if number not in begun:
                found.append(f"task:{number}")
        return tuple(reversed(found))


def draw(waits: Waits, t_ns: int, stuck: tuple[str, ...] = (), words: str = "") -> WaitGraph:
    """The graph: those who wait, what for, and who could end it."""
    nodes: dict[str, WaitNode] = {}
    edges: list[WaitEdge] = []
    served: set[str] = set()
    waiting = [lane for lane in waits.lanes if lane.waits]
    first = [lane for lane in waiting if lane.key in stuck]
    for lane in (first + [lane for lane in waiting if lane.key not in stuck])[:LANES_SHOWN]:
        _add_lane(nodes, lane)
        thing = waits.thing(lane)
        nodes[thing] = WaitNode(thing, thing.partition(":")[0], waits.names[thing], waits.state(lane))
        edges.append(WaitEdge(lane.key, thing, "waits", lane.since_ns, lane.breakable))
        if thing not in served:
            served.add(thing)
            held = waits.table.kind(lane.place) == places.LOCK and lane.way == TAKE
            for key in waits.could(lane)[:COULD_SHOWN]:
                _add(nodes, waits, key)
                edges.append(WaitEdge(thing, key, "held" if held else "could"))
    return WaitGraph(t_ns, tuple(nodes.values()), tuple(edges), tuple(key for key in stuck if key in nodes), words)


def _add_lane(nodes: dict[str, WaitNode], lane: Standing) -> None:
    nodes.setdefault(lane.key, WaitNode(lane.key, "lane", who(lane.lane), "", lane.lane.pid, lane.lane.number))


def _add(nodes: dict[str, WaitNode], waits: Waits, key: str) -> None:
    if key in waits.by_key:
        _add_lane(nodes, waits.by_key[key])
    else:
        nodes.setdefault(key, WaitNode(key, "task", task_name(waits, key), "not begun"))


def task_name(waits: Waits, key: str) -> str:
    """What a task that has not begun is called."""
    of = next((place for place, task in waits.submitted_here.items() if task == key), 0)
    return waits.table.name(of).removeprefix("the result of ") if of else f"task {key.partition(':')[2]}"


def things(waits: Waits, keys: Iterable[str]) -> tuple[str, ...]:
    """The keys of a core as the graph has them: lanes, each before what it waits for, then tasks; no hubs."""
    found: dict[str, None] = {}
    for key in keys:
        lane = waits.by_key.get(key)
        if lane is not None and lane.waits:
            found[key] = None
            found[waits.thing(lane)] = None
        elif key.startswith("task:"):
            found[key] = None
    return tuple(found)
