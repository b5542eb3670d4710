"""Reads the rings of a run: every record once, checked, with the lane it belongs to."""

import mmap
import os
from dataclasses import dataclass, field, replace

try:
    import fcntl
except ImportError:  # see workers.telemetry.ring
    fcntl = None  # type: ignore[assignment]

import numpy as np
from numpy.typing import NDArray

from workers.client.standing import Places, Standing
from workers.contract.batch import LaneInfo, Spans
from workers.contract.spans import AWAITED, HOLDER_SHIFT, SpanKind
from workers.telemetry import header, ring
from workers.telemetry.clock import now
from workers.telemetry.table import SEMAPHORE
from workers.telemetry.waiting import HOW, KINDS


@dataclass
class _Source:
    """One ring file, mapped, and the lane that writes it at present."""

    fd: int
    map: mmap.mmap
    words: NDArray[np.int64]
    records: NDArray[np.int64]
    tail: int = 0
    lane: LaneInfo | None = None
    seen: bytes = b""
    """Its header as it was at the last look, but for the words that the reader writes."""
    over_ns: int = 0
    """When the lane before that one ended; 0 for the first."""
    lanes: list[tuple[int, int]] = field(default_factory=list)
    """(since when the ring has been its, its number plus 1) of each of its lanes, in that order."""


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
        """Whether a ring could not be opened."""
        self.places = Places(directory)
        self._named: set[int] = {0}
        self._names: dict[int, str] = {}
        self._semaphores: set[int] = set()

    def read(self, final: bool = False) -> tuple[Spans | None, tuple[LaneInfo, ...]]:
        """New spans and new or changed lanes. `final`: everybody is gone, so what does not check never will and is given up."""
        self._open_new()
        blocks: list[tuple[int, NDArray[np.int64]]] = []
        changed: list[LaneInfo] = []
        for source in self._sources:
            self._read(source, final, blocks, changed)
        spans = _spans(blocks)
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
        spans.queued_us[waits] = locks | holders << HOLDER_SHIFT
        for number in set(np.unique(locks).tolist()) - self._named:
            self._named.add(number)
            self._names[number] = self.places.name(number)
            if self.places.table.kind(number) == SEMAPHORE:
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
        return any(source.lane is not None and source.words[header.WAITING] for source in self._sources)

    def standing(self) -> tuple[Standing, ...]:
        """Where each living lane stands now. The words are read one after the other: look twice before you conclude."""
        return tuple(
            _standing(source.lane, number, source.words)
            for number, source in enumerate(self._sources, 1)
            if source.lane is not None
        )

    def break_off(self, standing: Standing) -> None:
        """Have the lane break off that wait. One that has ended meanwhile is not touched."""
        self._sources[standing.number - 1].words[header.BREAK] = standing.since_ns

    def ask(self, standing: Standing, word: int) -> None:
        """Have the lane do that to itself in a task (see `workers.contract.breaking`). One that has ended meanwhile is not touched."""
        source = self._sources[standing.number - 1]
        if source.lane is not None and source.lane.number == standing.lane.number:
            source.words[header.ASKED] = word

    def close(self) -> None:
        """Unmap everything."""
        self.places.close()
        for source in self._sources:
            # numpy's views must go before the map can be closed.
            source.words = source.records = np.empty(0, np.int64)
            source.map.close()
            os.close(source.fd)
        self._sources.clear()

    def _open_new(self) -> None:
        while True:
            try:
                fd = os.open(ring.ring_path(self._directory, len(self._sources)), os.O_RDWR | os.O_CLOEXEC)
            except FileNotFoundError:
                return
            except OSError:
                self.unread = True  # no descriptors left: what this lane records is not seen
                return
            mapped = mmap.mmap(fd, ring.file_size(self._capacity))
            records = np.frombuffer(mapped, np.int64, self._capacity * 5, header.HEADER).reshape(-1, 5)
            self._sources.append(_Source(fd, mapped, np.frombuffer(mapped, np.int64, header.WORDS), records))

    def _read(
        self, source: _Source, final: bool, blocks: list[tuple[int, NDArray[np.int64]]], changed: list[LaneInfo]
    ) -> None:
        words = source.words
        state = int(words[header.STATE])
        if state == header.FREE:
            return
        # Asked before the records are read: a lane that ends after this is drained whole the next time.
        over = state == header.ENDED or not _locked(source.fd)
        seen = words.tobytes()
        seen = seen[: header.TAIL * 8] + seen[header.IDENT * 8 :]
        if seen == source.seen and not over and not final and source.tail == words[header.HEAD]:
            return  # most lanes wait most of the time; all that follows takes ten times as long
        source.seen = seen
        if source.lane is None:
            source.lane = self._enter(source)
        head = int(words[header.HEAD])
        delivered = source.lane.delivered
        if head > source.tail:
            block = self._take(source, head, give_up=over or final)
            if len(block):
                blocks.append((source.lane.number, block))
                delivered += len(block)
        drops = int(words[header.DROPS])
        lane = replace(
            source.lane,
            recorded=head + drops,
            delivered=delivered,
            dropped=drops + (head - delivered if over or final else 0),
            cpu_ns=int(words[header.CPU]),
            process_cpu_ns=int(words[header.PROCESS_CPU]),
            ready_cpu_ns=int(words[header.READY_CPU]),
            run_queue_ns=int(words[header.RUN_QUEUE]),
            ready_run_queue_ns=int(words[header.READY_RUN_QUEUE]),
            text_dropped=int(words[header.TEXT_DROPS]),
            checksum=int(words[header.CHECKSUM]),
            gil={header.GIL_ON: True, header.GIL_OFF: False}.get(int(words[header.GIL])),
            interpreter=int(words[header.INTERPRETER]),
            waiting_for=self.places.name(place := int(words[header.WAITING])),
            waiting_kind=self.places.kind(place),
            waiting_since_ns=int(words[header.WAIT_SINCE]) if place else 0,
            pickled=_three(words, header.PICKLED),
            unpickled=_three(words, header.UNPICKLED),
            unseen_ns=int(words[header.UNSEEN]),
        )
        task = int(words[header.CURRENT]) - 1
        if task != lane.task:
            lane = replace(lane, task=task, task_since_ns=min(int(words[header.TASK_SINCE]), now()) if task >= 0 else 0)
        if over or final:
            ended = int(words[header.LEFT]) or now()
            lane = replace(lane, ended_ns=ended, died=state == header.LIVE and not final)
            source.over_ns = ended
            # Its thread was ended in the middle of something, and could not say so itself.
            unended = self._unended(words, place, ended)
            if len(unended):
                blocks.append((lane.number, unended))
            if place:
                lane = replace(lane, waiting_for="", waiting_kind="", waiting_since_ns=0)
        if lane != source.lane:
            changed.append(lane)
        source.lane = lane
        if over or final:
            self._free(source)

    def _unended(self, words: NDArray[np.int64], place: int, ended_ns: int) -> NDArray[np.int64]:
        """Records of what lasted until its lane was ended: a wait, with who had what it waited for, a sleep, the task. Shape (n, 5)."""
        rows: list[tuple[int, int, int, int, int]] = []
        task, how = int(words[header.CURRENT]) - 1, int(words[header.WAIT_HOW])
        since = min(int(words[header.WAIT_SINCE]), ended_ns)
        if place:
            holder = int(words[header.HELD_BY]) or max(0, self.places.table.holder(place))
            which = (place | holder << HOLDER_SHIFT) << header.QUEUED_SHIFT
            rows.append((KINDS.get(how & HOW, SpanKind.LOCK) | which, task, since, ended_ns, 0))
        elif how >> header.STANDS_SHIFT:
            rows.append((how >> header.STANDS_SHIFT, 0, since, ended_ns, 0))
        if task >= 0:
            asleep, until = int(words[header.NAP_SINCE]), int(words[header.NAP])
            if until and asleep:
                which = AWAITED << header.QUEUED_SHIFT if asleep < 0 else 0
                rows.append((SpanKind.IO | which, task, min(abs(asleep), ended_ns), min(until, ended_ns), 0))
            rows.append((int(SpanKind.CUT), task, min(int(words[header.TASK_SINCE]), ended_ns), ended_ns, 0))
        return np.array(rows, np.int64).reshape(-1, 5)

    def _enter(self, source: _Source) -> LaneInfo:
        words = source.words
        name = (
            source.map[header.NAME_AT : header.NAME_AT + header.NAME_BYTES].split(b"\0", 1)[0].decode(errors="replace")
        )
        lane = LaneInfo(
            self._lanes,
            self._host,
            int(words[header.PID]),
            int(words[header.TID]),
            int(words[header.PPID]),
            name,
            header.ROLES[int(words[header.ROLE]) % len(header.ROLES)],
            int(words[header.STARTED]),
            ident=int(words[header.IDENT]),
        )
        self._lanes += 1
        source.lanes.append((source.over_ns, self._lanes))
        return lane

    def _take(self, source: _Source, head: int, give_up: bool) -> NDArray[np.int64]:
        """Records tail..head that check, up to the first that does not; with `give_up` all that check."""
        low, high = source.tail % self._capacity, head % self._capacity
        records = source.records
        block = records[low:high].copy() if low < high else np.concatenate((records[low:], records[:high]))
        # Column by column: along the short axis numpy takes ten times as long.
        whole = block[:, 0] ^ block[:, 1]
        for column in range(2, 5):
            whole ^= block[:, column]
        good = whole == np.arange(source.tail, head)
        if give_up:
            source.tail = head
            block = block[good]
        elif not good.all():
            # On weakly ordered machines the head may be seen before the record: it will be there the next time.
            count = int(good.argmin())
            block = block[:count]
            source.tail += count
        else:
            source.tail = head
        source.words[header.TAIL] = source.tail
        return block

    def _free(self, source: _Source) -> None:
        """Hand the ring to the next lane."""
        source.words[header.HEAD : header.CHECKSUM + 1] = 0
        source.words[header.WAITING : header.NAP + 1] = 0
        source.words[header.TAIL] = source.words[header.BREAK] = source.words[header.ASKED] = 0
        source.tail = 0
        source.lane, source.seen = None, b""
        source.words[header.STATE] = header.FREE


def _standing(lane: LaneInfo, number: int, words: NDArray[np.int64]) -> Standing:
    place, how, since, tried = (
        int(words[word]) for word in (header.WAITING, header.WAIT_HOW, header.WAIT_SINCE, header.TRIED)
    )
    how &= (1 << header.STANDS_SHIFT) - 1
    return Standing(
        lane,
        number,
        int(words[header.CURRENT]) - 1,
        bool(words[header.INNER]),
        place,
        how,
        since,
        tried if tried > since else 0,
        int(words[header.NAP]),
    )


def _three(words: NDArray[np.int64], at: int) -> tuple[int, int, int]:
    return int(words[at]), int(words[at + 1]), int(words[at + 2])


def _locked(fd: int) -> bool:
    """Whether a living lane holds the ring."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    fcntl.flock(fd, fcntl.LOCK_UN)
    return False


def _spans(blocks: list[tuple[int, NDArray[np.int64]]]) -> Spans | None:
    if not blocks:
        return None
    rows = np.concatenate([block for _, block in blocks])
    meta = rows[:, 0]
    return Spans(
        lane=np.repeat(np.array([number for number, _ in blocks], np.int32), [len(block) for _, block in blocks]),
        kind=(meta & 0xFF).astype(np.uint8),
        failed=(meta & header.FAILED_BIT) != 0,
        task=rows[:, 1].copy(),
        start=rows[:, 2].copy(),
        end=rows[:, 3].copy(),
        queued_us=meta >> header.QUEUED_SHIFT,
    )
