"""What a lane is called: one name for it, in the window, the terminal and the JSON alike.

`short` stands where PID and TID stand beside it; `who` stands alone. `short` is part of `who`, so that one is found again by the other.
"""

import re

from workers.contract.batch import LaneInfo

LONGEST = 80
_WHO = re.compile(r"(PID|thread) (\d+) \((.+)\)", re.DOTALL)


def called(name: str, tid: int, interpreter: int = 0) -> str:
    """A lane by the name that it has given itself, in one line; by its thread where it has given none."""
    found = " ".join(name.split())[:LONGEST] or f"thread {tid}"
    return f"{found}, interpreter {interpreter}" if interpreter else found


def short(lane: LaneInfo) -> str:
    """Such as "worker_0", "ForkProcess-1", "coroutine 2"."""
    return called(lane.name, lane.tid, lane.interpreter)


def who(lane: LaneInfo) -> str:
    """Such as "thread 512 (worker_0)", "PID 41 (ForkProcess-1)": with the number by which charts and tables find it.

    Coroutines of one event loop have PID and thread in common: only their names tell them apart.
    """
    name = short(lane)
    if lane.name.startswith("coroutine"):
        return name
    if lane.tid == lane.pid:
        return f"PID {lane.pid} ({name})"
    return f"thread {lane.tid} ({name})" if lane.name.strip() else name


def taken_apart(text: str) -> tuple[str, int, str] | None:
    """("PID" or "thread", its number, the short name) of what `who` gave; None where it gave the short name alone."""
    found = _WHO.fullmatch(text)
    return (found[1], int(found[2]), found[3]) if found else None
