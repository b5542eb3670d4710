"""What a run says in words, as one list in the order in which it was said: what lanes print, failures, events, losses. No widgets."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from gui.lane_words import short
from gui.translations import sentence
from workers.contract.batch import Mark, Stack, TextLine
from workers.insight.placed_stacks import heading, placed
from workers.insight.store import MARK_LIMIT, TEXT_LIMIT, RunStore

PRINTED, ERROR, EVENT = "printed", "error", "event"
KINDS = (PRINTED, ERROR, EVENT)
MOST_ENTRIES = TEXT_LIMIT + MARK_LIMIT
MOST_LANES = 20_000
LONGEST_LINE = 2_000
LONGEST_ENTRY = 200
"""Lines of one entry; of a longer one the beginning and the end are shown."""
LONGEST_NAME = 18
LOSSES_EVERY_NS = 1_000_000_000
Key = TypeVar("Key")
Item = TypeVar("Item")
_CONTROL = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""ANSI sequences and what else a terminal would act on; a new line and a tabulator stay."""


class Entry(NamedTuple):
    """Something that was said. A tuple, for a flood brings thousands in a frame."""

    t_ns: int
    pid: int
    tid: int
    kind: str
    """One of KINDS."""
    sign: str
    """Stands before the text, so that its kind is not told by the colour alone."""
    text: str
    order: int = 0
    """The number of its lane, in order of the first word, from 0."""
    lost: int = 0
    """So many lines were lost; there is no text then."""

    def body(self) -> list[str]:
        """Its lines, without what a terminal would act on, each of bounded length."""
        lines = clean(self.text.rstrip("\n")).split("\n")
        return [line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + " …" for line in lines]


@dataclass(frozen=True)
class Filter:
    """What is to be shown."""

    pid: int | None = None
    """Of this process alone."""
    kinds: frozenset[str] = frozenset(KINDS)
    text: str = ""
    """Only what has this in its name or text; capitals do not matter."""

    def fits(self, entry: Entry, name: str) -> bool:
        """Whether an entry, said by the lane called `name`, is to be shown."""
        if entry.kind not in self.kinds or (self.pid is not None and entry.pid != self.pid):
            return False
        return not self.text or self.text.casefold() in f"{entry.pid} {name} {clean(entry.text)}".casefold()


class OutputLog:
    """The last words of one run, bounded. `take` brings in what is new; entries are numbered from 0, the first ones are forgotten."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget all of it."""
        self._run: object = None
        self.entries: list[Entry] = []
        self.forgotten = 0
        """How many were said before the first one that is kept."""
        self.pids: dict[int, None] = {}
        """Who has said something, in order of the first word."""
        self.names: dict[tuple[int, int], str] = {}
        """Names of lanes by (pid, tid)."""
        self.name_width = self.pid_width = 4
        self._texts = self._marks = self._lanes = 0
        """How many of the store's were taken."""
        self._lost = self._lost_at = 0
        self._stacks: dict[tuple[int, int, str], Stack] = {}
        """Those that have been written."""
        self._order: dict[tuple[int, int], int] = {}
        self._orders = 0

    @property
    def end(self) -> int:
        """The number that the next entry will have."""
        return self.forgotten + len(self.entries)

    def since(self, number: int) -> list[Entry]:
        """The entries from this number on."""
        return self.entries[max(0, number - self.forgotten) :]

    def take(self, store: RunStore) -> bool:
        """Bring in what is new. True where another run has begun, and all before it is forgotten."""
        anew = store.started is not self._run
        if anew:
            self.clear()
            self._run = store.started
        self._take_names(store)
        lost = store.counts.text_dropped - self._lost
        if store.texts_seen != self._texts or store.marks_seen != self._marks:
            self._take_new(store)
        self._take_stacks(store)
        if lost > 0 and (store.ended is not None or store.now_ns - self._lost_at >= LOSSES_EVERY_NS):
            # Once a second: each loss on its own would be a flood, too.
            self._lost, self._lost_at = store.counts.text_dropped, store.now_ns
            pid = store.lanes[0].info.pid if store.lanes else 0
            self.entries.append(Entry(store.now_ns, pid, pid, ERROR, "✗", "", self._ordered(pid, pid), lost))
        excess = len(self.entries) - MOST_ENTRIES
        if excess > 0:
            del self.entries[:excess]
            self.forgotten += excess
        return anew

    def _take_new(self, store: RunStore) -> None:
        texts, marks = store.texts_seen - self._texts, store.marks_seen - self._marks
        self._texts, self._marks = store.texts_seen, store.marks_seen
        missed = max(0, texts - len(store.texts)) + max(0, marks - len(store.marks))
        if missed:
            # The store has forgotten some itself: what comes before that gap is not shown beside what comes after it.
            self.forgotten += len(self.entries) + missed
            self.entries.clear()
        new_texts, new_marks = newest(store.texts, texts), newest(store.marks, marks)
        for item in merged(new_texts, new_marks):
            tid = item.tid or item.pid
            self.pids.setdefault(item.pid)
            order = self._ordered(item.pid, tid)
            if isinstance(item, Mark):
                entry = Entry(item.t_ns, item.pid, tid, EVENT, "·", sentence(item.text), order)
            else:
                failure = item.stream == "failure"
                sign = "✗" if failure else "!" if item.stream == "stderr" else ""
                entry = Entry(item.t_ns, item.pid, tid, ERROR if failure else PRINTED, sign, item.text, order)
            self.entries.append(entry)
            self.pid_width = max(self.pid_width, len(str(item.pid)))
        _bound(self.pids)

    def _take_stacks(self, store: RunStore) -> None:
        """Where everybody stands, each under its own name: what the system writes has none. Those in a deadlock come last, at the end."""
        if store.stacks == self._stacks:
            return
        new = {key for key, stack in store.stacks.items() if self._stacks.get(key) != stack}
        self._stacks = dict(store.stacks)
        for stack, lane, stuck in reversed(placed(store)):
            if lane is None or (stack.pid, stack.ident, stack.name) not in new:
                continue
            lines = [sentence(heading(lane, stuck))]
            lines += [
                f'  File "{frame.file}", line {frame.line}, in {frame.function}' for frame in reversed(stack.frames)
            ]
            order = self._ordered(stack.pid, lane.tid)
            self.entries.append(
                Entry(store.now_ns, stack.pid, lane.tid, PRINTED, "!" if stuck else "", "\n".join(lines), order)
            )

    def _take_names(self, store: RunStore) -> None:
        for row in store.lanes[self._lanes :]:
            info = row.info
            # Coroutines run in their loop's thread, which has a name already.
            if (info.pid, info.tid) not in self.names:
                name = clean(short(info))
                if len(name) > LONGEST_NAME:
                    name = name[: LONGEST_NAME - 1] + "…"
                self.names[info.pid, info.tid] = name
                self.name_width = max(self.name_width, len(name))
        self._lanes = len(store.lanes)
        _bound(self.names)

    def _ordered(self, pid: int, tid: int) -> int:
        order = self._order.get((pid, tid))
        if order is None:
            order = self._order[pid, tid] = self._orders
            self._orders += 1
            _bound(self._order)
        return order


def newest(items: deque[Item], count: int) -> list[Item]:
    """The last `count` of them, or as many as there are."""
    return list(islice(reversed(items), count))[::-1]


def merged(texts: list[TextLine], marks: list[Mark]) -> Iterator[TextLine | Mark]:
    """Both by time; texts stay in the order in which they came, which is that in which they were printed."""
    waiting = sorted(marks, key=lambda mark: mark.t_ns)
    at = 0
    for text in texts:
        while at < len(waiting) and waiting[at].t_ns < text.t_ns:
            yield waiting[at]
            at += 1
        yield text
    yield from waiting[at:]


def clean(text: str) -> str:
    """`text` without what a terminal would act on."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def _bound(known: "dict[Key, Any]") -> None:
    """A thread or process per task makes more than anybody will look for: the first ones go."""
    while len(known) > MOST_LANES:
        del known[next(iter(known))]
