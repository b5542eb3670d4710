"""A deadlock in words: who waits for what, and why nobody will come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workers.client.standing import Standing
from workers.client.wait_graph import Waits, task_name
from workers.contract.batch import LaneInfo
from workers.contract.lanes import who
from workers.telemetry import table as places
from workers.telemetry.waiting import AWAIT, GET, PUT, TAKE

ITSELF = ", that is, for itself"
"""What a deadlock's words have in them where somebody waits for what only itself could release."""
_CAUSES = (
    ("which has not begun for want of a free worker", "pool"),
    (" the full queue ", "full"),
    (" the empty queue ", "empty"),
    (" could release one", "permits"),
    (ITSELF, "itself"),
    (" holds ", "locks"),
)
"""What a deadlock's words have in them -> what kind it is, the first that fits; what advice helps depends on it."""
SHOWN = 8
NAMED = 2
"""So many are named in a row; of more it is said how many they are."""
# One, or more than one.
_FOR = (" waits for ", " wait for ")
_TO_PUT = (" waits to put into the full queue ", " wait to put into the full queue ")
_TO_GET = (" waits for an item in the empty queue ", " wait for an item in the empty queue ")


@dataclass(frozen=True)
class Edge:
    """A lane and the lock that it waits for."""

    lane: LaneInfo
    lock: str


def describe(waits: Waits, core: Sequence[str]) -> str:
    """Those of a core (see `workers.client.waits`) in words."""
    lanes = [waits.by_key[key] for key in core if key in waits.by_key and waits.by_key[key].waits]
    circle = [Edge(lane.lane, waits.table.name(lane.place)) for lane in lanes if _is_held(waits, lane)]
    following = [*core[1:], *core[:1]]
    if len(circle) == len(core) and all(
        list(waits.needs[key]) == [after] for key, after in zip(core, following, strict=True)
    ):
        return describe_deadlock(circle)
    groups: dict[tuple[int, int], list[Standing]] = {}
    for lane in sorted(lanes, key=lambda lane: lane.lane.number):
        groups.setdefault((lane.place, lane.way), []).append(lane)
    parts = [_group(waits, group) for group in groups.values()]
    parts = _shortened(parts, f"and so on, for {len(parts)} things that are waited for")
    end = "It can never go on." if len(lanes) == 1 else "None of them can go on."
    return f"Deadlock: {'; '.join(parts)}. {end}"


def cause(words: str) -> str:
    """What kind of deadlock these words tell of: pool, full, empty, permits, itself or locks; empty where it is none of them."""
    return next((kind for part, kind in _CAUSES if part in words), "")


def describe_deadlock(cycle: Sequence[Edge]) -> str:
    """A circle of locks in words: who holds what and waits for what, and that nobody can go on."""
    if len(cycle) == 1:
        (edge,) = cycle
        return f"Deadlock: {who(edge.lane)} holds {edge.lock} and waits for {edge.lock}{ITSELF}. It can never go on."
    # Each holds what the one before it waits for.
    parts = [
        f"{who(edge.lane)} holds {before.lock} and waits for {edge.lock}"
        for before, edge in zip((cycle[-1], *cycle[:-1]), cycle, strict=True)
    ]
    parts = _shortened(parts, f"and so on, through {len(parts)} of them, back to the first")
    return f"Deadlock: {'; '.join(parts)}. None of them can go on."


def _shortened(parts: list[str], rest: str) -> list[str]:
    return parts if len(parts) <= SHOWN else [*parts[: SHOWN - 1], rest]


def _is_held(waits: Waits, lane: Standing) -> bool:
    return lane.way == TAKE and waits.table.kind(lane.place) == places.LOCK


def _group(waits: Waits, group: list[Standing]) -> str:
    """Those who wait in the same way for the same thing, and who could serve them."""
    first, many = group[0], len(group) > 1
    them, name = _listed([who(lane.lane) for lane in group], "workers"), waits.table.name(first.place)
    holder = waits.holder(first)
    if _is_held(waits, first):
        held = "?" if holder is None else who(holder.lane)
        return f"{them}{_FOR[many]}{name}, held by {held}"
    if first.place in waits.submitted_here:
        return f"{them}{_FOR[many]}{name}, which has not begun for want of a free worker"
    if first.way == AWAIT:
        worker = "?" if holder is None else who(holder.lane)
        return f"{them}{_FOR[many]}{name}, at which {worker} works"
    servers = _servers(waits, first, group)
    if first.way == PUT:
        return f"{them}{_TO_PUT[many]}{name}, and {servers} could take from it"
    if first.way == GET:
        return f"{them}{_TO_GET[many]}{name}, and {servers} could put one there"
    return f"{them}{_FOR[many]}{name}, and {servers} could release one"


def _servers(waits: Waits, lane: Standing, group: list[Standing]) -> str:
    keys = waits.could(lane)
    lanes = [who(waits.by_key[key].lane) for key in keys if key in waits.by_key]
    tasks = [task_name(waits, key) for key in keys if key not in waits.by_key]
    if lanes and set(keys) == {other.key for other in group}:
        return "only those that wait for it"
    in_line = f"{_listed(tasks, 'tasks in line')}, for which no worker is free," if tasks else ""
    if lanes and tasks:
        return f"only {_listed(lanes, 'workers')}, or else {in_line}"
    if lanes or tasks:
        return f"only {_listed(lanes, 'workers') if lanes else in_line}"
    return "only a task that is handed over once one of these has ended" if waits.facts.more else "nobody who is left"


def _listed(names: Iterable[str], what: str) -> str:
    found = list(dict.fromkeys(names))
    return " as well as ".join(found) if len(found) <= NAMED else f"{len(found)} {what}"
