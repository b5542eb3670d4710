"""What of a wait-for graph is drawn: all of it where it is small, else what is stuck and what that waits for. Pure data, no Qt."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workers.contract.waits import WaitEdge, WaitGraph, WaitNode

MOST = 40
"""Nodes that are drawn."""
LEAST_CROWD = 5
"""So many nodes that wait for the same and are waited for by the same stand together in one frame, with one edge for all."""
CROWD = "crowd"
"""Kind of such a frame, and the beginning of its key."""
MORE = "more"
"""Key and kind of the node that stands for the rest of a circle."""


@dataclass(frozen=True)
class Crowd:
    """Nodes of one kind whose edges lead to the same and come from the same."""

    key: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class WaitPicture:
    """The nodes and edges on show."""

    nodes: tuple[WaitNode, ...] = ()
    edges: tuple[WaitEdge, ...] = ()
    stuck: frozenset[str] = frozenset()
    ring: tuple[str, ...] = ()
    """The stuck ones in the order in which each waits for the next, where they form one circle."""
    left_out: int = 0
    """Nodes that are not drawn."""
    crowds: tuple[Crowd, ...] = ()

    def node(self, key: str) -> WaitNode | None:
        """The node with this key, where it is on show."""
        return next((node for node in self.nodes if node.key == key), None)

    def waits_of(self, key: str) -> tuple[WaitEdge, ...]:
        """What this node waits for."""
        return tuple(edge for edge in self.edges if edge.source == key and edge.kind == "waits")

    def frames(self) -> dict[str, str]:
        """Of every node in a crowd, the crowd's key."""
        return {key: crowd.key for crowd in self.crowds for key in crowd.members}

    def merged(self) -> tuple[WaitEdge, ...]:
        """The edges as they are drawn: one for all of a crowd, the one that began first."""
        frame = self.frames()
        found: dict[tuple[str, str, str], WaitEdge] = {}
        for edge in self.edges:
            source, target = frame.get(edge.source, edge.source), frame.get(edge.target, edge.target)
            before = found.get((source, target, edge.kind))
            if before is None or 0 < edge.since_ns < before.since_ns:
                found[source, target, edge.kind] = replace(edge, source=source, target=target)
        return tuple(found.values())

    def is_stuck(self, edge: WaitEdge) -> bool:
        """Whether an edge is part of the deadlock; also one of `merged`."""
        stuck = self.stuck | {crowd.key for crowd in self.crowds if crowd.members[0] in self.stuck}
        return edge.source in stuck and edge.target in stuck


def picture_of(graph: WaitGraph, most: int = MOST) -> WaitPicture:
    """Choose what to draw. Edges to nodes that the graph does not have are left out, and so are nodes without an edge."""
    known = {node.key: node for node in graph.nodes}
    edges = tuple(edge for edge in graph.edges if edge.source in known and edge.target in known)
    used = dict.fromkeys(key for edge in edges for key in (edge.source, edge.target))
    ring = _ring([key for key in graph.stuck if key in used], edges)
    if len(used) <= most:
        return _part(known, edges, used, graph, ring, 0)
    if len(ring) > most:
        # What is left out of a circle stands in it as one node, so that it is still seen to be closed.
        kept = ring[: most - 1]
        more = WaitNode(MORE, MORE, str(len(ring) - len(kept)))
        inside = [
            edge for edge in edges if edge.source in kept[:-1] and edge.target in kept and edge.source != kept[-1]
        ]
        inside = [edge for edge in inside if kept.index(edge.target) == kept.index(edge.source) + 1]
        links = (WaitEdge(kept[-1], MORE, MORE), WaitEdge(MORE, kept[0], MORE))
        nodes = (*(known[key] for key in kept), more)
        closed = (*kept, MORE)
        return WaitPicture(nodes, (*inside, *links), frozenset(closed), closed, len(used) - len(kept))
    kept = tuple(_nearest(graph, used, edges))[:most]
    return _part(known, edges, kept, graph, ring, len(used) - len(kept))


def _part(
    known: dict[str, WaitNode],
    edges: tuple[WaitEdge, ...],
    kept: Iterable[str],
    graph: WaitGraph,
    ring: tuple[str, ...],
    left_out: int,
) -> WaitPicture:
    keys = set(kept)
    nodes = tuple(node for node in known.values() if node.key in keys)
    inside = tuple(edge for edge in edges if edge.source in keys and edge.target in keys)
    stuck = frozenset(graph.stuck) & keys
    return WaitPicture(nodes, inside, stuck, ring, left_out, _crowds(nodes, inside, stuck, ring))


def _crowds(
    nodes: tuple[WaitNode, ...], edges: tuple[WaitEdge, ...], stuck: frozenset[str], ring: tuple[str, ...]
) -> tuple[Crowd, ...]:
    beside: dict[str, list[tuple[str, str, bool]]] = {}
    for edge in edges:
        beside.setdefault(edge.source, []).append((edge.kind, edge.target, True))
        beside.setdefault(edge.target, []).append((edge.kind, edge.source, False))
    alike: dict[object, list[str]] = {}
    for node in nodes:
        if node.key not in ring:
            alike.setdefault((node.kind, node.key in stuck, tuple(sorted(beside[node.key]))), []).append(node.key)
    large = [tuple(keys) for keys in alike.values() if len(keys) >= LEAST_CROWD]
    return tuple(Crowd(f"{CROWD}:{keys[0]}", keys) for keys in large)


def _nearest(graph: WaitGraph, used: Iterable[str], edges: tuple[WaitEdge, ...]) -> list[str]:
    """The stuck ones and what they wait for, from near to far; without a deadlock those that have waited longest."""
    after: dict[str, list[str]] = {}
    for edge in edges:
        after.setdefault(edge.source, []).append(edge.target)
    since = {edge.source: edge.since_ns for edge in reversed(edges) if edge.kind == "waits" and edge.since_ns}
    used = list(used)
    starts = [key for key in graph.stuck if key in used]
    if not starts:
        # Each with what it waits for, so that no lane stands without its reason.
        starts = sorted((key for key in used if key in since), key=since.__getitem__) or used
        found: dict[str, None] = {}
        for key in starts:
            found.update(dict.fromkeys(_reached([key], after)))
        return list(found)
    return _reached(starts, after)


def _reached(starts: list[str], after: dict[str, list[str]]) -> list[str]:
    found = dict.fromkeys(starts)
    queue = list(starts)
    for key in queue:
        new = [other for other in after.get(key, ()) if other not in found]
        found.update(dict.fromkeys(new))
        queue += new
    return list(found)


def _ring(stuck: list[str], edges: tuple[WaitEdge, ...]) -> tuple[str, ...]:
    """The stuck ones that form one circle, from the first of them on; empty where they form none.

    Those that lead nowhere are not in it: a task not begun that could take from a full queue as well.
    """
    inside = set(stuck)
    while True:
        after: dict[str, set[str]] = {}
        for edge in edges:
            if edge.source in inside and edge.target in inside:
                after.setdefault(edge.source, set()).add(edge.target)
        if after.keys() == inside:
            break
        inside = set(after)
    kept = [key for key in stuck if key in inside]
    if len(kept) < 2 or any(len(after[key]) != 1 for key in kept):
        return ()
    ring, key = [kept[0]], kept[0]
    while (key := next(iter(after[key]))) not in ring:
        ring.append(key)
    return tuple(ring) if key == kept[0] and len(ring) == len(kept) else ()
