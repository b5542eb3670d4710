"""Whose the stacks are that came in a deadlock or a standstill."""

from typing import TYPE_CHECKING

from workers.contract.batch import LaneInfo, Stack
from workers.contract.lanes import who

if TYPE_CHECKING:
    from workers.insight.store import RunStore


def placed(store: "RunStore") -> list[tuple[Stack, LaneInfo | None, bool]]:
    """Each with its lane, None where it is a thread that is none, and whether that is in the deadlock.

    Those in the deadlock come first, then other lanes, then threads that are none.
    """
    lanes = {(row.info.pid, row.info.ident): row.info for row in store.lanes if not _is_coroutine(row.info)}
    coroutines = {(row.info.pid, row.info.name): row.info for row in store.lanes if _is_coroutine(row.info)}
    stuck = set(store.deadlock_graph.stuck) if store.deadlock_graph is not None else set()
    found = []
    for stack in store.stacks.values():
        lane = coroutines.get((stack.pid, stack.name)) if stack.name else lanes.get((stack.pid, stack.ident))
        rank = 2 if lane is None else int(f"lane:{lane.number}" not in stuck)
        found.append((rank, lane.number if lane is not None else 0, stack, lane))
    return [(stack, lane, rank == 0) for rank, _, stack, lane in sorted(found, key=lambda item: item[:2])]


def heading(lane: LaneInfo, stuck: bool) -> str:
    """What stands above the frames of a lane's stack, the innermost one last."""
    if stuck:
        return f"{who(lane)}, in the deadlock, stands here, the innermost call last:"
    return f"{who(lane)} stands here, the innermost call last:"


def _is_coroutine(lane: LaneInfo) -> bool:
    return lane.name.startswith("coroutine")
