"""Serialisation: what was pickled to get from one process to another, and how long that took."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workers.insight.store import RunStore


@dataclass(frozen=True)
class Serialisation:
    """Of one lane, or of all together. A message is pickled in one lane and unpickled in another."""

    messages: int
    """How many were pickled."""
    bytes: int
    """How long they were together."""
    pickle_s: float
    unpickle_s: float

    @property
    def seconds(self) -> float:
        """Pickling and unpickling."""
        return self.pickle_s + self.unpickle_s


def of_lane(store: "RunStore", number: int) -> Serialisation:
    """What one lane pickled and unpickled."""
    info = store.lanes[number].info
    return Serialisation(info.pickled[0], info.pickled[1], info.pickled[2] / 1e9, info.unpickled[2] / 1e9)


def of_run(store: "RunStore") -> Serialisation | None:
    """Of all lanes; None where tasks went to other processes or interpreters by a way that is not seen (loky, joblib, sub-interpreters)."""
    messages = size = pickling = unpickling = 0
    for row in store.lanes:
        info = row.info
        if info.pickled[0] or info.unpickled[0]:
            messages += info.pickled[0]
            size += info.pickled[1]
            pickling += info.pickled[2]
            unpickling += info.unpickled[2]
    main = next((row.info.pid for row in store.lanes if row.info.role == "main"), 0)
    away = [row.info for row in store.lanes if row.tasks and (row.info.pid != main or row.info.interpreter)]
    # Results had to be sent home. loky unpickles what it gets as multiprocessing does, and pickles in its own way.
    if away and not any(info.pickled[0] for info in away) and not _inherits(store):
        return None
    return Serialisation(messages, size, pickling / 1e9, unpickling / 1e9)


def _inherits(store: "RunStore") -> bool:
    """Whether each worker process ran a single task: it had that from its birth, not in a message."""
    return all(row.tasks <= 1 for row in store.lanes)
