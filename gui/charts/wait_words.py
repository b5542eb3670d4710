"""WaitWords: the wait-for graph in words: what nodes are called, what stands on edges, what is told of a node."""

import re

from PySide6.QtCore import QObject

from gui.charts.durations import duration
from gui.charts.wait_picture import MORE, WaitPicture
from gui.figures import grouped
from gui.lane_words import in_words
from gui.run_names import SEPARATOR
from workers.contract.lanes import taken_apart
from workers.contract.waits import WaitEdge, WaitGraph, WaitNode
from workers.insight.store import RunStore

LONGEST, LONGEST_TOLD = 32, 120
"""Characters of a name in the picture, and in what is told of a node."""
_FULL = re.compile(r"full, (\d+) of (\d+)")
_PARTLY = re.compile(r"(\d+) of (\d+)")


def fill_of(node: WaitNode) -> tuple[int, int] | None:
    """How many items a queue holds, and how many it may; None where that is not known."""
    found = _PARTLY.search(node.state)
    return (int(found[1]), int(found[2])) if found else None


def brief(text: str, longest: int = LONGEST) -> str:
    """A name in one line, cut short where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


class WaitWords(QObject):
    """Puts nodes and edges into words."""

    # ---- nodes ----------------------------------------------------------------------------------------------------
    def title(self, node: WaitNode) -> str:
        """The larger line of a node."""
        if node.kind == MORE:
            return self.tr("… {n} more …").format(n=grouped(int(node.name)))
        found = taken_apart(node.name)
        return brief(in_words(found[2] if found else node.name))

    def line(self, node: WaitNode) -> str:
        """The smaller line: PID and thread of a lane, the state of everything else; empty where there is nothing to say."""
        if node.kind != "lane":
            return brief(self.state(node))
        found = taken_apart(node.name)
        pid = self.tr("PID {pid}").format(pid=node.pid) if node.pid else ""
        if found and found[0] == "thread":
            thread = self.tr("TID {tid}").format(tid=found[1])
            return SEPARATOR.strip().join((pid, thread)).replace("·", " · ") if pid else thread
        return pid

    def name(self, node: WaitNode) -> str:
        """The whole name, as sentences have it."""
        if node.kind == MORE:
            return self.title(node)
        return brief(in_words(node.name), LONGEST_TOLD)

    def state(self, node: WaitNode) -> str:
        """What there is to say of it now."""
        full = _FULL.fullmatch(node.state)
        if full:
            return self.tr("full, {n} of {most}").format(n=grouped(int(full[1])), most=grouped(int(full[2])))
        known = {"empty": self.tr("empty"), "not begun": self.tr("not begun")}
        return known.get(node.state, node.state)

    def stuck(self) -> str:
        """On the badge."""
        return self.tr("stuck")

    # ---- edges ----------------------------------------------------------------------------------------------------
    def edge(self, edge: WaitEdge, source: WaitNode, target: WaitNode, at_ns: int) -> str:
        """What stands on an edge at that instant."""
        if edge.kind == "held":
            return self.tr("held by")
        if edge.kind == "could":
            if source.kind == "result":
                return self.tr("comes from")
            full = _FULL.match(source.state) is not None or source.state.startswith("full")
            return self.tr("could take") if full else self.tr("could put")
        if edge.kind == MORE:
            return ""
        if source.kind == "task":
            return self.tr("needs a free worker")
        seconds = (at_ns - edge.since_ns) / 1e9
        if edge.since_ns <= 0 or seconds < 0:
            return self.tr("waits")
        return self.tr("waits {time}").format(time=duration(seconds, brief=True))

    def crowd(self, count: int, edge: WaitEdge, at_ns: int) -> str:
        """What stands on the edge that `count` nodes have in common."""
        seconds = (at_ns - edge.since_ns) / 1e9
        if edge.kind != "waits" or edge.since_ns <= 0 or seconds < 0:
            return ""
        return self.tr("%n wait, up to {time}", "", count).format(time=duration(seconds, brief=True))

    def lines(self, picture: WaitPicture, at_ns: int) -> list[str]:
        """All edges on show, a line each."""
        named = {node.key: node for node in picture.nodes}
        return [
            " → ".join(filter(None, (self.name(source), self.edge(edge, source, target, at_ns), self.name(target))))
            for edge in picture.edges
            for source, target in ((named[edge.source], named[edge.target]),)
        ]

    # ---- what is told -----------------------------------------------------------------------------------------------
    def details(self, node: WaitNode, picture: WaitPicture, store: RunStore, at_ns: int) -> str:
        """A node: who, what it waits for and since when, what it holds, and whether it is stuck."""
        named = {other.key: other for other in picture.nodes}
        parts = [self.name(node)]
        if node.key in picture.stuck:
            parts.append(self.stuck())
        if node.kind != "lane" and node.state:
            parts.append(self.state(node))
        zero = store.clock_start_ns or 0
        waits = picture.waits_of(node.key)
        if node.kind == "task" and waits:
            free = ", ".join(self.name(named[edge.target]) for edge in waits)
            parts.append(self.tr("needs a free worker: {who}").format(who=free))
        elif waits:
            parts += [self._waiting(edge, named[edge.target], zero, at_ns) for edge in waits]
        elif node.kind == "lane":
            parts.append(self.tr("waits for nothing"))
        held = [
            self.name(named[edge.source]) for edge in picture.edges if edge.target == node.key and edge.kind == "held"
        ]
        if held:
            parts.append(self.tr("holds {what}").format(what=", ".join(held)))
        asked = [named[edge.source] for edge in picture.edges if edge.target == node.key and edge.kind == "waits"]
        if asked and node.kind != "lane":
            parts.append(self.tr("waited for by {who}").format(who=", ".join(map(self.name, asked))))
        return SEPARATOR.join(parts + self._givers(node, picture, named))

    def _waiting(self, edge: WaitEdge, target: WaitNode, zero_ns: int, at_ns: int) -> str:
        what = self.name(target)
        if edge.since_ns <= 0:
            return self.tr("waits for {what}").format(what=what)
        long = duration(max(0, at_ns - edge.since_ns) / 1e9, brief=True)
        if not zero_ns or edge.since_ns < zero_ns:
            return self.tr("waits {long} for {what}").format(what=what, long=long)
        when = duration((edge.since_ns - zero_ns) / 1e9, brief=True)
        return self.tr("waits {long} for {what}, since {when}").format(what=what, when=when, long=long)

    def _givers(self, node: WaitNode, picture: WaitPicture, named: dict[str, WaitNode]) -> list[str]:
        """Who could end the waits for a lock, a queue or a result."""
        found: dict[str, list[str]] = {}
        for edge in picture.edges:
            if edge.source == node.key and edge.kind in ("held", "could"):
                word = self.edge(edge, node, named[edge.target], 0)
                found.setdefault(word, []).append(self.name(named[edge.target]))
        return [f"{word} {', '.join(names)}" for word, names in found.items()]

    def summary(self, graph: WaitGraph, picture: WaitPicture, over: bool) -> str:
        """The line below the picture while no node is chosen."""
        lanes = {node.key for node in graph.nodes if node.kind == "lane"}
        waiting = len(lanes & {edge.source for edge in graph.edges if edge.kind == "waits"})
        stuck = len(lanes & set(graph.stuck))
        parts = []
        if over:
            parts.append(self.tr("as it stood before the run ended"))
        parts.append(self.tr("%n waiting", "", waiting))
        if stuck:
            parts.append(self.tr("%n stuck for ever", "", stuck))
        if picture.left_out:
            parts.append(self.tr("%n node(s) not shown", "", picture.left_out))
        parts.append(self.tr("Tab or a click chooses a node"))
        return SEPARATOR.join(parts)

    # ---- offers ---------------------------------------------------------------------------------------------------
    def offer(self, source: WaitNode, target: WaitNode) -> str:
        """To break off a wait."""
        return self.tr("Break the wait of {who} for {what}: its task fails, the others go on").format(
            who=self.name(source), what=self.name(target)
        )


def breakable(graph: WaitGraph, words: WaitWords, key: str = "") -> list[tuple[str, str]]:
    """The waits that can be broken off, (key of the lane, what to say of it): of the stuck, or of the lane `key` alone."""
    named = {node.key: node for node in graph.nodes}
    found: dict[str, str] = {}
    for edge in graph.edges:
        here = edge.source == key if key else edge.source in graph.stuck
        if edge.breakable and here and edge.source in named and edge.target in named:
            found.setdefault(edge.source, words.offer(named[edge.source], named[edge.target]))
    return list(found.items())
