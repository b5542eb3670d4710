"""A standstill that was never broken: since when nothing had gone on, how long, and who stood where."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workers.insight.store import RunStore

UNRECORDED = "stands at something that is not recorded"
"""What `workers.client.standstill` says of a lane whose wait is for nothing of ours."""


@dataclass(frozen=True)
class Stillness:
    """See the module."""

    from_ns: int
    seconds: float
    """Until Stop was asked for, the end, or now."""
    where: str
    """Which lanes stood where, as a sentence."""
    unrecorded: bool
    """Whether one of them stood at something that is not ours."""


def stillness(store: "RunStore") -> Stillness | None:
    """What is known of it; None where there is none, or a deadlock explains it."""
    said = store.stood
    if said is None or (store.deadlock and not store.broken):
        return None
    from_ns = said.t_ns - round(said.seconds * 1e9)
    stop = next((mark.t_ns for mark in store.marks if mark.kind == "stop" and mark.t_ns >= from_ns), None)
    until = stop if stop is not None else store.ended.ended_ns if store.ended is not None else store.now_ns
    where = said.text.partition(": ")[2] if said.text.startswith("No progress for ") else said.text
    return Stillness(from_ns, max(said.seconds, (until - from_ns) / 1e9), where, UNRECORDED in said.text)
