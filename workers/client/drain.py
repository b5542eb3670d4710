"""Reads the rings of a run: every record once, checked, with the lane it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from workers.client.ring_file import RingFile, sound, words_of
from workers.client.ring_words import Words, as_of, as_spans, entered, standing, unended
from workers.client.shared_file import CutShort
from workers.client.standing import Places, Standing
from workers.contract.batch import LaneInfo, Spans
from workers.contract.spans import HOLDER_SHIFT, SpanKind
from workers.telemetry import header, ring
from workers.telemetry.clock import now
from workers.telemetry.table import SEMAPHORE, SLOTS

CUT_SHORT, OVERWRITTEN = "was cut short", "was overwritten"
MOST_READ = 1 << 15
"""No run has more rings: three times as many as workers that can be asked for."""


@dataclass(frozen=True)
class SetAside:
    """A ring that is read no more: what stands there no lane can have written."""

    number: int
    """Of its file."""
    why: str
    """CUT_SHORT or OVERWRITTEN."""
    lane: LaneInfo | None
    """Whose it was, where that is known."""

    def __str__(self) -> str:
        lane = self.lane
        if lane is None:
            return f"ring {self.number} is not read: it {self.why}"
        return f"what PID {lane.pid}, thread {lane.tid}, records is no longer shown: its ring {self.number} {self.why}"


@dataclass
class _Source:
    """One ring file, and the lane that writes it at present."""

    file: RingFile
    tail: int = 0
    lane: LaneInfo | None = None
    seen: bytes = b""
    """Its header as it was at the last look."""
    over_ns: int = 0
    """When the lane before that one ended; 0 for the first."""
    lanes: list[tuple[int, int]] = field(default_factory=list)
    """(since when the ring has been its, its number plus 1) of each of its lanes, in that order."""
    aside: bool = False
    """Whether it is read no more."""


class Drain:
    """All rings of one run. Not thread-safe."""

    def __init__(self, directory: str, capacity: int, host: str) -> None:
        """`capacity` is the rings' number of records, `host` the name of this machine."""
        self._directory = directory
        self._capacity = capacity
        self._host = host
        self._sources: list[_Source] = []
        self._lanes = 0
        self.unread = False
        """Whether a ring was not opened: there are no descriptors left, or far too many rings."""
        self._set_aside: list[SetAside] = []
        self.places = Places(directory)
        self._named: set[int] = {0}
        self._names: dict[int, str] = {}
        self._semaphores: set[int] = set()

    def read(self, final: bool = False) -> tuple[Spans | None, tuple[LaneInfo, ...]]:
        """New spans and new or changed lanes. `final`: everybody is gone, so what does not check never will and is given up."""
        self._open_new()
        blocks: list[tuple[int, NDArray[np.int64]]] = []
        changed: list[LaneInfo] = []
        for number, source in enumerate(self._sources):
            if source.aside:
                continue
            try:
                good = self._read(source, final, blocks, changed)
                why = OVERWRITTEN
            except CutShort:
                good, why = False, CUT_SHORT
            if not good:
                self._put_aside(number, source, why, changed)
        spans = as_spans(blocks)
        if spans is not None:
            self._know_locks(spans)
        return spans, tuple(changed)

    def take_names(self) -> dict[int, str]:
        """Names of the locks and queues that were waited for, by number: those not handed out before."""
        names, self._names = self._names, {}
        return names

    def take_semaphores(self) -> frozenset[int]:
        """The numbers of those that are semaphores, so that nobody alone holds them: those not handed out before."""
        found, self._semaphores = frozenset(self._semaphores), set()
        return found

    def take_set_aside(self) -> tuple[SetAside, ...]:
        """The rings that have been set aside since the last call."""
        found, self._set_aside = tuple(self._set_aside), []
        return found

    def _know_locks(self, spans: Spans) -> None:
        """Put lanes in the place of rings, and note which locks and queues there are."""
        kind = spans.kind  # two comparisons: np.isin takes ten times as long, and this is asked for every span
        named = ((kind == SpanKind.QUEUE) | (kind == SpanKind.RESULT)) & (spans.queued_us > 0)
        waits = (kind == SpanKind.LOCK) | named
        if not waits.any():
            return
        numbers = spans.queued_us[waits]
        holders = self._lanes_then(numbers >> HOLDER_SHIFT, spans.start[waits])
        locks = numbers & ((1 << HOLDER_SHIFT) - 1)
        locks[locks > SLOTS] = 0
        spans.queued_us[waits] = locks | holders << HOLDER_SHIFT
        for number in set(np.unique(locks).tolist()) - self._named:
            self._named.add(number)
            self._names[number] = self.places.name(number)
            if self.places.kind_of(number) == SEMAPHORE:
                self._semaphores.add(number)

    def _lanes_then(self, rings: NDArray[np.int64], t_ns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Numbers plus 1 of the lanes that these rings (their numbers plus 1) belonged to at these instants; 0 for none.

        A ring is used again, and a wait is read when it is over: its holder's may have another lane by then.
        """
        lanes = np.zeros(len(rings), np.int64)
        for number in np.unique(rings).tolist():
            if 0 < number <= len(self._sources) and (known := self._sources[number - 1].lanes):
                chosen = rings == number
                since, which = (np.array(column, np.int64) for column in zip(*known, strict=True))
                lanes[chosen] = which[np.searchsorted(since, t_ns[chosen], "right") - 1]
        return lanes

    def anybody_waits(self) -> bool:
        """Whether any lane waits for what stands in the table: cheaper than to ask where all of them stand."""
        return any(words[header.WAITING] for _, _, words in self._living())

    def standing(self) -> tuple[Standing, ...]:
        """Where each living lane stands now. They are asked one after the other: look twice before you conclude."""
        return tuple(standing(words, lane, number) for number, lane, words in self._living())

    def _living(self) -> Iterator[tuple[int, LaneInfo, Words]]:
        """(number plus 1 of its ring, lane, words of the header) of each lane that lives."""
        for number, source in enumerate(self._sources, 1):
            if source.lane is None:
                continue
            try:
                words = words_of(source.file.header())
            except CutShort:
                continue  # the next `read` sets it aside
            if self._sound(source, words):
                yield number, source.lane, words

    def _sound(self, source: _Source, words: Words) -> bool:
        if not sound(words, source.tail, self._capacity, now()):
            return False
        return not words[header.WAITING] or self.places.there

    def break_off(self, standing: Standing) -> None:
        """Have the lane break off that wait. One that has ended meanwhile is not touched."""
        source = self._sources[standing.number - 1]
        if source.lane is not None:
            source.file.put(header.BREAK, standing.since_ns)

    def ask(self, standing: Standing, word: int) -> None:
        """Have the lane do that to itself in a task (see `workers.contract.breaking`). One that has ended meanwhile is not touched."""
        source = self._sources[standing.number - 1]
        if source.lane is not None and source.lane.number == standing.lane.number:
            source.file.put(header.ASKED, word)

    def close(self) -> None:
        """Let go of everything."""
        self.places.close()
        for source in self._sources:
            source.file.close()
        self._sources.clear()

    def _open_new(self) -> None:
        while len(self._sources) < MOST_READ:
            try:
                file = RingFile(ring.ring_path(self._directory, len(self._sources)), self._capacity)
            except FileNotFoundError:
                return
            except OSError:
                self.unread = True  # no descriptors left: what this lane records is not seen
                return
            self._sources.append(_Source(file))
        self.unread = True

    def _put_aside(self, number: int, source: _Source, why: str, changed: list[LaneInfo]) -> None:
        """Read this ring no more. What its lane had recorded by the last look and is not here is lost."""
        lane, source.lane, source.aside = source.lane, None, True
        self._set_aside.append(SetAside(number, why, lane))
        if lane is not None:
            lost = lane.recorded - lane.delivered
            changed.append(
                replace(
                    lane, dropped=lost, ended_ns=now(), task=-1, waiting_for="", waiting_kind="", waiting_since_ns=0
                )
            )

    def _read(
        self, source: _Source, final: bool, blocks: list[tuple[int, NDArray[np.int64]]], changed: list[LaneInfo]
    ) -> bool:
        """Take in what is new in a ring. False where it says what cannot be; raises CutShort."""
        data = source.file.header()
        words = words_of(data)
        if words[header.STATE] == header.FREE:  # which nobody but its reader makes it
            return source.lane is None
        over = words[header.STATE] == header.ENDED or not source.file.locked()
        if over or final:
            # Looked at again: what was recorded between the look and the lane's end must not be missed.
            data = source.file.header()
            words = words_of(data)
        if not over and not final and source.tail == words[header.HEAD]:
            if data == source.seen:
                return True  # most lanes wait most of the time; all that follows takes ten times as long
            if _but_tail(data) == _but_tail(source.seen):
                source.seen = data
                return True
        if not self._sound(source, words):
            # Looked at again: words are written one by one, and on some machines seen in another order.
            data = source.file.header()
            words = words_of(data)
            if not self._sound(source, words):
                return False
        source.seen = data
        if source.lane is None:
            source.lane = entered(data, words, self._lanes, self._host)
            self._lanes += 1
            source.lanes.append((source.over_ns, self._lanes))
        head = words[header.HEAD]
        delivered = source.lane.delivered
        if head > source.tail:
            block = self._take(source, head, give_up=over or final)
            if block.size:
                blocks.append((source.lane.number, block))
                delivered += block.shape[1]
        drops = words[header.DROPS]
        lane = replace(
            as_of(words, source.lane, self.places, now()),
            recorded=head + drops,
            delivered=delivered,
            dropped=drops + (head - delivered if over or final else 0),
        )
        if over or final:
            ended = words[header.LEFT] or now()
            lane = replace(lane, ended_ns=ended, died=words[header.STATE] == header.LIVE and not final)
            source.over_ns = ended
            # Its thread was ended in the middle of something, and could not say so itself.
            rest = unended(words, self.places, ended)
            if len(rest):
                blocks.append((lane.number, rest.T))
            if words[header.WAITING]:
                lane = replace(lane, waiting_for="", waiting_kind="", waiting_since_ns=0)
        if lane != source.lane:
            changed.append(lane)
        source.lane = lane
        if over or final:
            source.file.free()
            source.tail = 0
            source.lane, source.seen = None, b""
        return True

    def _take(self, source: _Source, head: int, give_up: bool) -> NDArray[np.int64]:
        """Records tail..head that check, up to the first that does not; with `give_up` all that check. Shape (5, n)."""
        # Column by column, and these apart from each other: all that follows is then several times as fast.
        block = np.ascontiguousarray(source.file.records(source.tail, head).T)
        whole = block[0] ^ block[1]
        for column in block[2:]:
            whole ^= column
        good = whole == np.arange(source.tail, head)
        if give_up:
            source.tail = head
            block = block[:, good]
        elif not good.all():
            # On weakly ordered machines the head may be seen before the record: it will be there the next time.
            count = int(good.argmin())
            block = block[:, :count]
            source.tail += count
        else:
            source.tail = head
        source.file.put(header.TAIL, source.tail)
        return block


def _but_tail(data: bytes) -> bytes:
    """A header without the words that the reader writes."""
    return data[: header.TAIL * 8] + data[header.IDENT * 8 :]
