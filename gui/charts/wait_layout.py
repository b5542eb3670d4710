"""Where the nodes of a wait-for graph stand: a circle on a circle, everything else in layers from left to right. Pure, no Qt.

Lengths are in pixels at the size in which nothing is zoomed; y grows downwards.
"""

import math
from collections.abc import Mapping, Sequence

from gui.charts.wait_layers import Layout, Point, Size, layered
from gui.charts.wait_picture import Crowd, WaitPicture

DIAGONAL = 0.65
"""Of the room that a word needs beside or below, so much on both sides is enough on a slope."""
ROUND = 0.85
"""A circle that looks like one goes before rows as long as it is this large beside them."""


def arrange(picture: WaitPicture, sizes: Mapping[str, Size], room: Size, gap: Size) -> Layout:
    """The layout that can be shown largest in `room`. `gap`: between nodes, room for what is written on an edge, across and down."""
    many = (1,) if not picture.crowds else range(1, 1 + max(len(crowd.members) for crowd in picture.crowds))
    found = [_arranged(picture, sizes, room, gap, columns) for columns in many]
    return max(found, key=lambda layout: min(1.0, layout.fits(room)))


def _arranged(picture: WaitPicture, sizes: Mapping[str, Size], room: Size, gap: Size, columns: int) -> Layout:
    """`columns`: of the nodes in a crowd."""
    frames = {crowd.key: Crowded(crowd, sizes, columns) for crowd in picture.crowds}
    sizes = {**sizes, **{key: frame.size for key, frame in frames.items()}}
    layout = _of_frames(picture, sizes, room, gap)
    for key, frame in frames.items():
        layout.places.update(frame.places(layout.places[key]))
    layout.sizes = {key: frame.size for key, frame in frames.items()}
    return layout


class Crowded:
    """The grid in which a crowd stands."""

    def __init__(self, crowd: Crowd, sizes: Mapping[str, Size], columns: int) -> None:
        self._crowd = crowd
        self._columns = min(columns, len(crowd.members))
        self._wide = max(sizes[key][0] for key in crowd.members) + 8
        self._high = max(sizes[key][1] for key in crowd.members) + 8
        self._rows = math.ceil(len(crowd.members) / self._columns)
        self.size = (self._columns * self._wide + 8, self._rows * self._high + 8)

    def places(self, centre: Point) -> dict[str, Point]:
        """Where its nodes stand, row by row."""
        left, top = centre[0] - (self._columns - 1) * self._wide / 2, centre[1] - (self._rows - 1) * self._high / 2
        return {
            key: (left + i % self._columns * self._wide, top + i // self._columns * self._high)
            for i, key in enumerate(self._crowd.members)
        }


def _of_frames(picture: WaitPicture, sizes: Mapping[str, Size], room: Size, gap: Size) -> Layout:
    frame = picture.frames()
    kinds = {node.key: node.kind for node in picture.nodes if node.key not in frame}
    kinds.update({crowd.key: _kind(picture, crowd) for crowd in picture.crowds})
    edges = [(edge.source, edge.target) for edge in picture.merged()]
    ring = _turned(picture.ring, edges)
    others = [key for key in kinds if key not in ring]
    if not ring:
        return layered(kinds, edges, sizes, room, gap)
    if not others:
        return _circle(ring, sizes, room, gap)
    # Who waits for the circle without being in it stands beside it.
    inside = [(source, target) for source, target in edges if source in others and target in others]
    kinds = {key: kinds[key] for key in others}
    side = layered(kinds, inside, sizes, (room[0] / 2, room[1]), gap)
    circle = _circle(ring, sizes, (max(1.0, room[0] - side.width - gap[0]), room[1]), gap)
    height = max(side.height, circle.height)
    places = {key: (x, y + (height - side.height) / 2) for key, (x, y) in side.places.items()}
    left = side.width + gap[0]
    places.update({key: (x + left, y + (height - circle.height) / 2) for key, (x, y) in circle.places.items()})
    whole = Layout(places, left + circle.width, height, circle.round, through=side.through)
    if not any(target in ring for source, target in edges if source not in ring):
        # Nobody of them waits for the circle, they are what it leads to: to the right of it.
        whole.places = {key: (whole.width - x, y) for key, (x, y) in places.items()}
        whole.through = {edge: [(whole.width - x, y) for x, y in way] for edge, way in whole.through.items()}
    return whole


def _kind(picture: WaitPicture, crowd: Crowd) -> str:
    node = picture.node(crowd.members[0])
    return node.kind if node is not None else ""


def _turned(ring: tuple[str, ...], edges: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """A circle begins at the left: with what others outside of it wait for."""
    outside = [target for source, target in edges if source not in ring and target in ring]
    outside = outside or [source for source, target in edges if source in ring and target not in ring]
    at = ring.index(max(outside, key=outside.count)) if outside else 0
    return ring[at:] + ring[:at]


def _circle(ring: Sequence[str], sizes: Mapping[str, Size], room: Size, gap: Size) -> Layout:
    found = [_ellipse(ring, sizes, room, gap)]
    found += [_rows(ring, sizes, rows, room, gap) for rows in (2, 4, 6) if len(ring) >= 2 * rows or rows == 2]
    best = max(min(1.0, layout.fits(room)) for layout in found)
    return next(layout for layout in found if min(1.0, layout.fits(room)) >= best * (ROUND if layout.round else 1.0))


def _ellipse(ring: Sequence[str], sizes: Mapping[str, Size], room: Size, gap: Size) -> Layout:
    wide, high = max(sizes[key][0] for key in ring), max(sizes[key][1] for key in ring)
    n = len(ring)
    # Of the shape of the room, and no smaller than it if that is not too far apart.
    rx, ry = max(20.0, (room[0] - wide) / 2), max(20.0, (room[1] - high) / 2)
    rx, ry = min(rx, n * (wide + gap[0]) / 3.2), min(ry, n * (high + gap[1]) / 2.4)
    if n == 2:
        rx, ry = (wide + gap[0] * 1.5) / 2, gap[1] / 2
    for _ in range(36):
        points = _around(n, rx, ry)
        if all(
            _apart(points[i], points[j], sizes[ring[i]], sizes[ring[j]], gap if j - i in (1, n - 1) else (12.0, 8.0))
            for i in range(n)
            for j in range(i + 1, n)
        ):
            break
        rx, ry = rx * 1.1, ry * 1.1
    places = {key: (x + rx + wide / 2, y + ry + high / 2) for key, (x, y) in zip(ring, points, strict=True)}
    return Layout(places, 2 * rx + wide, 2 * ry + high, True)


def _apart(one: Point, other: Point, size: Size, other_size: Size, gap: Size) -> bool:
    across = abs(one[0] - other[0]) - (size[0] + other_size[0]) / 2
    down = abs(one[1] - other[1]) - (size[1] + other_size[1]) / 2
    if across >= gap[0] or down >= gap[1]:
        return True
    # Diagonally somewhat less of both will do.
    return across >= gap[0] * DIAGONAL and down >= gap[1] * DIAGONAL


def _around(n: int, rx: float, ry: float) -> list[Point]:
    """`n` points evenly along an ellipse, clockwise from the left."""
    fine = 720
    at = [(-rx * math.cos(a), -ry * math.sin(a)) for a in (2 * math.pi * i / fine for i in range(fine + 1))]
    lengths = [0.0]
    for i in range(fine):
        lengths.append(lengths[-1] + math.dist(at[i], at[i + 1]))
    points, i = [], 0
    for k in range(n):
        wanted = lengths[-1] * k / n
        while lengths[i + 1] < wanted:
            i += 1
        points.append(at[i if wanted - lengths[i] < lengths[i + 1] - wanted else i + 1])
    return points


def _rows(ring: Sequence[str], sizes: Mapping[str, Size], rows: int, room: Size, gap: Size) -> Layout:
    """A closed way through a grid: the top row to the right, the others to and fro, and up again at the left."""
    columns = max(2 if rows > 2 else 1, math.ceil(len(ring) / rows))
    way = [(column, 0) for column in range(columns)]
    for row in range(1, rows):
        inner = list(range(1 if rows > 2 and row < rows - 1 else 0, columns))
        way += [(column, row) for column in (reversed(inner) if row % 2 else inner)]
    way += [(0, row) for row in range(rows - 2, 0, -1)] if rows > 2 else []
    cells = _filled(way, len(ring))
    wide, high = max(sizes[key][0] for key in ring), max(sizes[key][1] for key in ring)
    across = _pitch(columns, wide, gap[0], room[0])
    down = _pitch(rows, high, gap[1], room[1])
    places = {
        key: (column * across + wide / 2, row * down + high / 2) for key, (column, row) in zip(ring, cells, strict=True)
    }
    return Layout(places, (columns - 1) * across + wide, (rows - 1) * down + high)


def _filled(way: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """`count` cells of a closed way: those in the midst of a straight piece are left out first, so that it keeps its corners."""
    spare = len(way) - count
    straight = [
        i
        for i, (column, row) in enumerate(way)
        if way[i - 1][0] == way[(i + 1) % len(way)][0] == column or way[i - 1][1] == way[(i + 1) % len(way)][1] == row
    ]
    # Not two beside each other, as far as that can be.
    out = set(straight[:: max(1, len(straight) // max(1, spare))][:spare]) if spare else set()
    left = [cell for i, cell in enumerate(way) if i not in out]
    return left[:count]


def _pitch(count: int, size: float, gap: float, room: float) -> float:
    """From one to the next: what is needed, or half as much again where there is room for it."""
    least = size + gap
    return min(max(least, (room - size) / max(1, count - 1)), least * 1.5)
