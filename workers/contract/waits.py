"""Who waits for what, and who could give it: the wait-for graph of a run at one instant."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WaitNode:
    """A lane, or something that lanes wait for."""

    key: str
    """Unique in its graph: "lane:3", "lock:1", "queue:2", "task:7"."""
    kind: str
    """lane, lock, queue, result (of a task, which a lane waits for), task (handed over and not begun yet)."""
    name: str
    """As charts and messages call it: "PID 41 (worker 1)", "fork 2", "inbox of A"."""
    state: str = ""
    """What there is to say of it now, in a few words: "full, 1 of 1", "empty", "not begun"; empty where nothing."""
    pid: int = 0
    """Of a lane; 0 of others."""
    lane: int = 0
    """The number of a lane; 0 of others."""


@dataclass(frozen=True)
class WaitEdge:
    """From who waits to what it waits for, or from that to a lane or task that could end the wait."""

    source: str
    """The key of a node."""
    target: str
    """The key of a node."""
    kind: str
    """waits (a lane for a lock, a queue, a result; a task for a free worker), held (of a lock: by that lane), could (of a queue
    or a result: be served by that lane or task, any one of which would do)."""
    since_ns: int = 0
    """Of waits: when it began; 0 where not known."""
    breakable: bool = False
    """Whether `RunSession.break_wait(source)` can end this wait."""


@dataclass(frozen=True)
class WaitGraph:
    """The waits of one instant."""

    t_ns: int = 0
    nodes: tuple[WaitNode, ...] = ()
    edges: tuple[WaitEdge, ...] = ()
    stuck: tuple[str, ...] = ()
    """Keys of the nodes in a deadlock, in its order where it is a circle; none where there is no deadlock."""
    words: str = ""
    """The deadlock in words; empty where there is none."""


@dataclass(frozen=True)
class Standstill:
    """Nothing has progressed for a while, and it cannot be known that it never will: "no progress for n s"."""

    t_ns: int
    seconds: float
    """Since when no task has ended, no lane worked, and nothing was printed."""
    text: str
    """In one sentence: how long, and which lanes stand where as far as that is known."""
