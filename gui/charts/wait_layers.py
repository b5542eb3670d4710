"""Layers: who waits at the left, what is waited for to the right of it. For graphs that are no single circle. Pure, no Qt."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Size = tuple[float, float]
Point = tuple[float, float]
Edge = tuple[str, str]
SWEEPS = 4
APART = 10.0
"""Between nodes of one layer."""
BUS = 28.0
"""From the outermost node to the way back, and from one such way to the next."""
_BEND = "~"
"""Begins the key of a place that an edge passes on its way over a layer."""


@dataclass
class Layout:
    """Centres of nodes, and what encloses them."""

    places: dict[str, Point]
    width: float
    height: float
    round: bool = False
    """Whether the edges of a circle bend outwards."""
    sizes: dict[str, Size] = field(default_factory=dict)
    """Of the frames around crowds."""
    through: dict[tuple[str, str], list[Point]] = field(default_factory=dict)
    """Points that an edge passes on its way, where it has to go around something."""

    def fits(self, room: Size) -> float:
        """The scale at which it just fits."""
        return min(room[0] / max(1.0, self.width), room[1] / max(1.0, self.height))


def layered(
    kinds: Mapping[str, str], edges: Sequence[Edge], sizes: Mapping[str, Size], room: Size, gap: Size
) -> Layout:
    """The layout of a graph. `kinds`: key -> lane, lock, queue, result, task. `room` and `gap` as in `wait_layout.arrange`."""
    forward, back = _parted(kinds, list(dict.fromkeys(edges)))
    rank = _ranks(list(kinds), forward)
    layers, ways = _filled(list(kinds), forward, rank)
    _ordered(layers, ways)
    # Those that go back to the same nodes share a way: any of them would do.
    groups: dict[frozenset[str], list[str]] = {}
    for source in dict.fromkeys(source for source, _ in back):
        groups.setdefault(frozenset(target for other, target in back if other == source), []).append(source)
    best = _placed(layers, ways, sizes, room, gap, len(groups))
    for i, (targets, sources) in enumerate(groups.items(), 1):
        low = best.height - BUS * (len(groups) - i) - 2
        right = max(best.places[key][0] + sizes[key][0] / 2 for key in sizes if key in best.places) + BUS * i - 8
        left = min(best.places[key][0] - sizes[key][0] / 2 for key in sizes if key in best.places) - BUS * i + 8
        for source in sources:
            for target in targets:
                (_, start), (_, end) = best.places[source], best.places[target]
                best.through[source, target] = [(right, start), (right, low), (left, low), (left, end)]
    return best


def _parted(kinds: Mapping[str, str], edges: list[Edge]) -> tuple[list[Edge], list[Edge]]:
    """Edges that go to the right, and those that close a circle and have to come back."""
    waiting = {source for source, _ in edges}
    # A task that waits for a worker which itself waits leads back to it.
    back = [(s, t) for s, t in edges if kinds[s] == "task" and kinds[t] == "lane" and t in waiting]
    rest = [edge for edge in edges if edge not in set(back)]
    after: dict[str, list[str]] = {}
    for source, target in rest:
        after.setdefault(source, []).append(target)
    targets = {target for _, target in rest}
    done: set[str] = set()
    for start in sorted(kinds, key=lambda key: key in targets):
        path: list[str] = []
        stack = [(start, 0)] if start not in done else []
        while stack:
            key, i = stack.pop()
            if i == 0:
                path.append(key)
            following = after.get(key, [])
            while i < len(following) and (following[i] in done or following[i] in path):
                if following[i] in path:
                    back.append((key, following[i]))
                i += 1
            if i < len(following):
                stack += [(key, i + 1), (following[i], 0)]
            else:
                path.pop()
                done.add(key)
    closing = set(back)
    return [edge for edge in rest if edge not in closing], back


def _ranks(keys: list[str], forward: list[Edge]) -> dict[str, int]:
    """In which layer each stands: behind all that waits for it."""
    rank = dict.fromkeys(keys, 0)
    for _ in keys:
        moved = False
        for source, target in forward:
            if rank[target] <= rank[source]:
                rank[target], moved = rank[source] + 1, True
        if not moved:
            break
    sources = {target for _, target in forward}
    for key in keys:
        nexts = [rank[target] for source, target in forward if source == key]
        if key not in sources and nexts:
            rank[key] = min(nexts) - 1
    return rank


def _filled(
    keys: list[str], forward: list[Edge], rank: Mapping[str, int]
) -> tuple[list[list[str]], dict[Edge, list[str]]]:
    """The layers, with a place for every edge that goes over one, and for each edge the keys it passes, its ends included."""
    layers: list[list[str]] = [[] for _ in range(max(rank.values(), default=0) + 1)]
    for key in keys:
        layers[rank[key]].append(key)
    ways = {}
    for n, (source, target) in enumerate(forward):
        way = [source]
        for between in range(rank[source] + 1, rank[target]):
            way.append(f"{_BEND}{n}:{between}")
            layers[between].append(way[-1])
        ways[source, target] = [*way, target]
    return [layer for layer in layers if layer], ways


def _ordered(layers: list[list[str]], ways: Mapping[Edge, list[str]]) -> None:
    """Put each layer into the order of what it is connected with, to and fro."""
    beside: dict[str, list[str]] = {}
    for way in ways.values():
        for one, other in itertools.pairwise(way):
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
    for sweep in range(SWEEPS):
        order = range(1, len(layers)) if sweep % 2 == 0 else range(len(layers) - 2, -1, -1)
        for i in order:
            next_to = layers[i - 1] if sweep % 2 == 0 else layers[i + 1]
            share = {key: (place + 0.5) / len(next_to) for place, key in enumerate(next_to)}
            own = {key: (place + 0.5) / len(layers[i]) for place, key in enumerate(layers[i])}
            middle = {}
            for key in layers[i]:
                near = [share[other] for other in beside.get(key, ()) if other in share]
                middle[key] = sum(near) / len(near) if near else own[key]
            layers[i].sort(key=middle.__getitem__)


def _placed(
    layers: list[list[str]],
    ways: Mapping[Edge, list[str]],
    sizes: Mapping[str, Size],
    room: Size,
    gap: Size,
    returns: int,
) -> Layout:
    """`returns`: ways back, below all of it."""
    size_of = {key: sizes.get(key, (0.0, 4.0)) for layer in layers for key in layer}
    wides = [max(size_of[key][0] for key in layer) for layer in layers]
    row = max(size[1] for size in size_of.values())
    if max(map(len, layers)) * (row + APART) <= room[1] - BUS * returns:
        # With room for it they stand in rows.
        size_of = {key: (size[0], row) for key, size in size_of.items()}
    needs = [sum(size_of[key][1] + APART for key in layer) for layer in layers]
    margin = BUS * returns
    height = max(needs)
    # With room to spare they stand further apart.
    height = min(height * 1.7, max(height, room[1] - margin))
    gaps = max(1, len(layers) - 1)
    need = sum(wides) + gap[0] * gaps + 2 * margin
    between = gap[0] * min(1.7, max(1.0, 1 + (room[0] - need) / (gap[0] * gaps)))
    places: dict[str, Point] = {}
    x = margin
    for layer, wide, needed in zip(layers, wides, needs, strict=True):
        spare = min((height - needed) / len(layer), APART * 2.5)
        y = (height - needed - spare * len(layer)) / 2
        for key in layer:
            high = size_of[key][1] + APART + spare
            places[key] = (x + wide / 2, y + high / 2)
            y += high
        x += wide + between
    edge_of = {key: wide / 2 for layer, wide in zip(layers, wides, strict=True) for key in layer}
    through = {}
    for edge, (source, *between_keys, target) in ways.items():
        # Past all of its layer first: a wide neighbour may be in the way.
        (start, top), (end, low) = places[source], places[target]
        leave = [(start + edge_of[source], top)] if size_of[source][0] < 2 * edge_of[source] - 4 else []
        arrive = [(end - edge_of[target], low)] if size_of[target][0] < 2 * edge_of[target] - 4 else []
        through[edge] = [*leave, *(places[key] for key in between_keys), *arrive]
    kept = {key: place for key, place in places.items() if key in sizes}
    return Layout(kept, x - between + margin, height + margin, through=through)
