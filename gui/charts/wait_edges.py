"""The edges of the wait-for graph: from border to border, around what is in their way, with a word on each."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from gui.charts.wait_layers import Layout
from gui.charts.wait_picture import WaitPicture
from gui.charts.wait_shapes import Fonts
from gui.theme import Theme
from workers.contract.waits import WaitEdge

STEP = 3.0
"""From one point of a line to the next."""
BENDS = (0.12, -0.12, 0.25, -0.25, 0.5, -0.5)
"""How high a bow may be, tried one after the other."""
HEAD = 0.72
"""Length of an arrow's head, in heights of type."""
_LINES = {"could": Qt.PenStyle.DashLine, "more": Qt.PenStyle.DotLine}


@dataclass(frozen=True)
class Drawn:
    """An edge as it runs."""

    edge: WaitEdge
    line: QPolygonF
    stuck: bool
    early: bool
    """Whether its word stands near its beginning: many come to the same end."""


def routed(picture: WaitPicture, layout: Layout, box: Callable[[str], QRectF], em: float) -> list[Drawn]:
    """Where every edge runs. `box`: the rectangle of a node."""
    edges = _once(picture.merged(), layout)
    pairs = {(edge.source, edge.target) for edge in edges}
    coming: dict[str, int] = {}
    for edge in edges:
        coming[edge.target] = coming.get(edge.target, 0) + 1
    middle = QPointF(layout.width / 2, layout.height / 2)
    if picture.ring:
        centres = [box(key).center() for key in picture.ring if key in layout.places]
        middle = QPointF(sum(p.x() for p in centres) / len(centres), sum(p.y() for p in centres) / len(centres))
    frames = picture.frames()
    found = []
    for edge in edges:
        source, target = box(edge.source), box(edge.target)
        way = layout.through.get((edge.source, edge.target), [])
        both = (edge.target, edge.source) in pairs
        in_ring = edge.source in picture.ring and edge.target in picture.ring
        early = coming[edge.target] > 2 and not is_way_back(way)
        path = _path(
            source, target, [QPointF(*point) for point in way], layout.round and in_ring, both, early, middle, em
        )
        line = _between(path, source, target)
        if picture.ring and not in_ring:
            # Not behind a node that it has nothing to do with: it would seem to end there.
            others = [box(key) for key in layout.places if key not in (edge.source, edge.target, *frames)]
            others = [rect for rect in others if not rect.intersects(target) and not rect.intersects(source)]
            bent = (_between(_bent(source, target, share), source, target) for share in BENDS)
            line = next((way for way in (line, *bent) if not _meets(way, others)), line)
        if line.count() > 1:
            found.append(Drawn(edge, line, picture.is_stuck(edge), early))
    return found


def _bent(source: QRectF, target: QRectF, share: float) -> QPainterPath:
    """A bow from the one to the other, as high as this share of its length."""
    start, end = source.center(), target.center()
    path = QPainterPath(start)
    path.quadTo((start + end) / 2 + QPointF((end - start).y(), -(end - start).x()) * share, end)
    return path


def _meets(line: QPolygonF, boxes: list[QRectF]) -> bool:
    return any(rect.contains(point) for point in _points(line) for rect in boxes)


def _once(edges: tuple[WaitEdge, ...], layout: Layout) -> list[WaitEdge]:
    """Of edges that share a way back as many as show it whole: each of their nodes at one of them, not each with each."""
    shared: dict[tuple[tuple[float, float], ...], list[WaitEdge]] = {}
    found = []
    for edge in edges:
        way = layout.through.get((edge.source, edge.target), [])
        if is_way_back(way):
            shared.setdefault(tuple(way[1:3]), []).append(edge)
        else:
            found.append(edge)
    for group in shared.values():
        known = {(edge.source, edge.target): edge for edge in group}
        sources, targets = (list(dict.fromkeys(keys)) for keys in zip(*known, strict=True))
        count = max(len(sources), len(targets))
        found += [known[sources[i % len(sources)], targets[i % len(targets)]] for i in range(count)]
    return found


def is_way_back(way: list[tuple[float, float]]) -> bool:
    """Whether these are the corners of a way back below all nodes: right, down, left, up."""
    return len(way) == 4 and way[0][0] == way[1][0]


def _path(
    source: QRectF,
    target: QRectF,
    way: list[QPointF],
    round_: bool,
    both: bool,
    early: bool,
    middle: QPointF,
    em: float,
) -> QPainterPath:
    start, end = source.center(), target.center()
    path = QPainterPath(start)
    if is_way_back([(point.x(), point.y()) for point in way]):
        _bus(path, [*way, end], em)
        return path
    if round_ or both:
        between = (start + end) / 2
        out = between - middle
        length = math.hypot(out.x(), out.y())
        span = math.hypot((end - start).x(), (end - start).y())
        if both or length < 1:
            # There and back: each keeps to its right, far enough to be told apart.
            across = QPointF((end - start).y(), -(end - start).x()) / max(1.0, span)
            out, bend = across, max(0.16 * span, 2.4 * em)
        else:
            out, bend = out / length, 0.16 * span
        path.quadTo(between + out * bend, end)
        return path
    at = start
    for point in [*way, end]:
        half = (point.x() - at.x()) / 2
        if abs(half) < source.width() / 3 or abs((point - at).y()) < 2:
            path.lineTo(point)
        else:
            # Many that meet stay apart as long as they can, for their words.
            bend = half * (1.75 if early else 1.0)
            path.cubicTo(QPointF(at.x() + bend, at.y()), QPointF(point.x() - 2 * half + bend, point.y()), point)
        at = point
    return path


def _bus(path: QPainterPath, points: list[QPointF], em: float) -> None:
    """Straight pieces with round corners."""
    at = path.currentPosition()
    for corner, following in pairwise(points):
        for here, there in ((at, corner), (corner, following)):
            step, length = there - here, math.hypot((there - here).x(), (there - here).y())
            radius = min(em * 0.7, length / 2)
            if here is at:
                path.lineTo(there - step * (radius / max(length, 1e-6)))
            else:
                path.quadTo(here, here + step * (radius / max(length, 1e-6)))
        at = corner
    path.lineTo(points[-1])


def _between(path: QPainterPath, source: QRectF, target: QRectF) -> QPolygonF:
    """The path from where it leaves the one to where it comes to the other."""
    # Its own points, and more between them where they are far apart: `pointAtPercent` begins from the start each time.
    corners = _points(path.toSubpathPolygons()[0])
    steps = [corners[0]]
    for one, other in pairwise(corners):
        count = max(1, round(_far(one, other) / STEP))
        steps += [one + (other - one) * (i / count) for i in range(1, count + 1)]
    leaving, coming = source.adjusted(-2, -2, 2, 2), target.adjusted(-3, -3, 3, 3)
    first = next((i for i, point in enumerate(steps) if not leaving.contains(point)), len(steps))
    last = next((i for i in range(len(steps) - 1, -1, -1) if not coming.contains(steps[i])), -1)
    return QPolygonF(steps[first : last + 1])


def draw(painter: QPainter, drawn: Drawn, theme: Theme, em: float, strong: bool) -> None:
    """Paint the line and its head. `strong`: it belongs to the chosen node."""
    colour = theme.bad if drawn.stuck else theme.accent if strong else theme.muted
    wide = 2.6 if drawn.stuck else 1.8 if strong else 1.3
    points = _points(drawn.line)
    tip = points[-1]
    size = em * HEAD * (1.2 if drawn.stuck else 1.0)
    base_at = next((i for i in range(len(points) - 1, -1, -1) if _far(points[i], tip) >= size), 0)
    base = points[base_at]
    length = max(1e-6, _far(base, tip))
    along = (tip - base) / length
    across = QPointF(-along.y(), along.x())
    foot = tip - along * size
    pen = QPen(QColor(colour), wide, _LINES.get(drawn.edge.kind, Qt.PenStyle.SolidLine))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([*points[: base_at + 1], foot]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([tip, foot + across * size * 0.45, foot - across * size * 0.45]))


def draw_word(painter: QPainter, drawn: Drawn, text: str, theme: Theme, fonts: Fonts) -> None:
    """Write on the edge, on the card's colour so that no line runs through it."""
    if not text:
        return
    metrics = QFontMetricsF(fonts.small)
    lengths = sum(_far(one, other) for one, other in pairwise(_points(drawn.line)))
    before = (metrics.horizontalAdvance(text) / 2 + fonts.em) / max(1.0, lengths)
    middle = _at_share(drawn.line, min(before, 0.47) if drawn.early else 0.47)
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height())
    box.moveCenter(middle)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.card))
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(fonts.small)
    painter.setPen(QColor(theme.bad if drawn.stuck else theme.muted))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def _at_share(line: QPolygonF, share: float) -> QPointF:
    points = _points(line)
    lengths = [_far(one, other) for one, other in pairwise(points)]
    left = sum(lengths) * share
    for (one, other), length in zip(pairwise(points), lengths, strict=True):
        if length >= left and length > 0:
            return one + (other - one) * (left / length)
        left -= length
    return points[-1]


def _points(line: QPolygonF) -> list[QPointF]:
    return [line.at(i) for i in range(line.count())]


def _far(one: QPointF, other: QPointF) -> float:
    return math.hypot((one - other).x(), (one - other).y())
