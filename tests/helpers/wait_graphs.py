"""Wait-for graphs as the engine would report them: philosophers, full queues, a pool that waits on itself, a crowd at one lock."""

from tests.helpers.scripted import START_NS
from workers.contract.waits import WaitEdge, WaitGraph, WaitNode

SINCE_NS = START_NS + 1_200_000_000
NOW_NS = START_NS + 4_400_000_000


def lane(number: int, thread: bool = False) -> WaitNode:
    """Worker `number`, from 1."""
    name = f"thread {12043 + number} (worker {number})" if thread else f"PID {12043 + number} (worker {number})"
    return WaitNode(f"lane:{number}", "lane", name, pid=12041 if thread else 12043 + number, lane=number)


def graph(nodes: list[WaitNode], edges: list[WaitEdge], stuck: tuple[str, ...] = ()) -> WaitGraph:
    """The graph at NOW_NS."""
    return WaitGraph(NOW_NS, tuple(nodes), tuple(edges), stuck, "Deadlock: none of them can go on." if stuck else "")


def waits(source: str, target: str, breakable: bool = True, since_ns: int = SINCE_NS) -> WaitEdge:
    """An edge from who waits."""
    return WaitEdge(source, target, "waits", since_ns, breakable)


def philosophers(count: int, thread: bool = False, onlookers: int = 0) -> WaitGraph:
    """Each holds a fork and waits for the next one; `onlookers` wait for the first fork and hold nothing."""
    lanes = [lane(i, thread) for i in range(1, count + onlookers + 1)]
    forks = [WaitNode(f"lock:{i}", "lock", f"fork {i}") for i in range(1, count + 1)]
    edges, stuck = [], []
    for i in range(1, count + 1):
        after = i % count + 1
        edges += [waits(f"lane:{i}", f"lock:{after}"), WaitEdge(f"lock:{after}", f"lane:{after}", "held")]
        stuck += [f"lane:{i}", f"lock:{after}"]
    edges += [waits(f"lane:{count + i}", "lock:1") for i in range(1, onlookers + 1)]
    return graph([*lanes, *forks], edges, tuple(stuck))


def itself() -> WaitGraph:
    """A lane that waits for the lock that it holds."""
    nodes = [lane(1), WaitNode("lock:1", "lock", "the till")]
    return graph(nodes, [waits("lane:1", "lock:1"), WaitEdge("lock:1", "lane:1", "held")], ("lane:1", "lock:1"))


def full_queues(in_line: int = 0) -> WaitGraph:
    """Two lanes put into each other's full queue; so many tasks not begun could take from them, too."""
    nodes = [lane(1), lane(2)]
    nodes += [WaitNode(f"queue:{i}", "queue", f"inbox of {who}", "full, 1 of 1") for i, who in ((1, "A"), (2, "B"))]
    edges = [waits("lane:1", "queue:2"), WaitEdge("queue:2", "lane:2", "could")]
    edges += [waits("lane:2", "queue:1"), WaitEdge("queue:1", "lane:1", "could")]
    tasks = [WaitNode(f"task:{i}", "task", f"task {i}", "not begun") for i in range(2, 2 + in_line)]
    edges += [WaitEdge(f"queue:{i}", task.key, "could") for i in (1, 2) for task in tasks]
    stuck = ("lane:1", "queue:2", "lane:2", "queue:1", *(task.key for task in tasks))
    return graph([*nodes, *tasks], edges, stuck)


def pool_on_itself(workers: int = 2) -> WaitGraph:
    """All workers wait for the results of tasks that no worker is free to begin."""
    numbers = range(1, workers + 1)
    nodes = [lane(i, True) for i in numbers]
    nodes += [WaitNode(f"result:{workers + i}", "result", f"result of task {workers + i}") for i in numbers]
    nodes += [WaitNode(f"task:{workers + i}", "task", f"task {workers + i}", "not begun") for i in numbers]
    edges = []
    for i in numbers:
        edges += [waits(f"lane:{i}", f"result:{workers + i}")]
        edges += [WaitEdge(f"result:{workers + i}", f"task:{workers + i}", "could")]
        edges += [WaitEdge(f"task:{workers + i}", f"lane:{j}", "waits") for j in numbers]
    return graph(nodes, edges, tuple(node.key for node in nodes))


def third_task() -> WaitGraph:
    """Two lanes wait for an item that only a task not begun could put."""
    nodes = [lane(1), lane(2), WaitNode("queue:1", "queue", "results", "empty")]
    nodes += [WaitNode("task:2", "task", "task 2", "not begun")]
    edges = [waits("lane:1", "queue:1"), waits("lane:2", "queue:1"), WaitEdge("queue:1", "task:2", "could")]
    edges += [WaitEdge("task:2", f"lane:{i}", "waits") for i in (1, 2)]
    return graph(nodes, edges, tuple(node.key for node in nodes))


def crowd(count: int) -> WaitGraph:
    """`count` lanes wait for one lock whose holder works, and two more for a queue that is partly full. No deadlock."""
    nodes = [lane(i) for i in range(1, count + 4)]
    nodes += [WaitNode("lock:1", "lock", "counter"), WaitNode("queue:1", "queue", "orders", "empty")]
    edges = [waits(f"lane:{i}", "lock:1", False, SINCE_NS + i * 100_000_000) for i in range(1, count + 1)]
    edges += [WaitEdge("lock:1", f"lane:{count + 1}", "held")]
    edges += [waits(f"lane:{count + 2}", "queue:1", False), WaitEdge("queue:1", f"lane:{count + 3}", "could")]
    return graph(nodes, edges)
