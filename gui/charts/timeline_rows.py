"""Which line of the timeline stands where: lanes grouped under their process, the pinned ones first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workers.insight.timeline_feed import Track


@dataclass(frozen=True)
class TimelineRow:
    """One line."""

    track: Track
    pid: str
    """The PID, in the first line of its process only."""
    opens: bool
    """Whether another process begins here."""
    pinned: bool


def arrange(tracks: Sequence[Track], pinned: Sequence[int]) -> list[TimelineRow]:
    """The pinned tracks in the order in which they were pinned, then the main process, then the others as they came."""
    first = [tracks[number] for number in pinned if number < len(tracks)]
    groups: dict[tuple[str, int], list[Track]] = {}
    for track in sorted(tracks, key=_rank):
        # By the first lane: where processes follow each other, a line stays where it is.
        info = track.lanes[0].info
        groups.setdefault((info.host, info.pid), []).append(track)
    rest = [[track for track in group if track.number not in pinned] for group in groups.values()]
    return [*_rows(first, True), *(row for group in rest for row in _rows(group, False))]


def _rank(track: Track) -> tuple[bool, int]:
    return track.lanes[0].info.role != "main", track.number


def _rows(tracks: Iterable[Track], pinned: bool) -> list[TimelineRow]:
    rows: list[TimelineRow] = []
    for track in tracks:
        opens = not rows or rows[-1].track.pid != track.pid
        rows.append(TimelineRow(track, str(track.pid) if opens else "", opens, pinned))
    return rows
