"""Which spans of a lane lie inside which: a wait for a lock inside a task, a pickling inside a wait for a queue."""

import numpy as np
from numpy.typing import NDArray

from workers.contract.spans import SpanKind

KINDS = 16
"""Kinds are told apart up to this; what a later version records beyond is UNKNOWN."""
UNKNOWN = KINDS - 1
NOBODY = KINDS
"""The parent of what lies in no other span."""

_DEPTHS = {
    SpanKind.TASK: 0,
    SpanKind.CUT: 0,
    SpanKind.START_UP: 0,
    SpanKind.JOIN: 1,
    SpanKind.RESULT: 1,
    SpanKind.QUEUE: 1,
}
DEPTH = np.full(KINDS + 1, 2, np.uint8)
"""By kind: what may lie in what. A span lies only in those of a smaller depth; what is not named here lies innermost."""
for _kind, _depth in _DEPTHS.items():
    DEPTH[_kind] = _depth


def parents(
    lane: NDArray[np.int64], kind: NDArray[np.uint8], start: NDArray[np.int64], end: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """For each span the kind of the innermost one of these around it, or NOBODY.

    Spans come in order of lane and end. All lanes are asked at once: each has a stretch of one long axis to itself.
    """
    found = np.full(len(kind), NOBODY, np.uint8)
    depth = DEPTH[kind]
    if not len(kind) or depth.min() == depth.max():
        return found
    base = int(start.min())
    length = int(end.max()) - base + 1
    begin, over = lane * length + (start - base), lane * length + (end - base)
    for outer_depth in (0, 1):
        outer, inner = np.flatnonzero(depth == outer_depth), np.flatnonzero(depth > outer_depth)
        if not len(outer) or not len(inner):
            continue
        at = np.searchsorted(begin[outer], begin[inner], "right") - 1
        around = outer[np.maximum(at, 0)]
        inside = (at >= 0) & (over[inner] <= over[around])
        found[inner[inside]] = kind[around[inside]]
    return found
