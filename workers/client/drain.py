"""Reads the rings of a run: every record once, checked, with the lane it belongs to."""

import mmap
import os
from dataclasses import dataclass, replace

try:
    import fcntl
except ImportError:  # see workers.telemetry.ring
    fcntl = None  # type: ignore[assignment]

import numpy as np
from numpy.typing import NDArray

from workers.contract.batch import LaneInfo, Spans
from workers.telemetry import ring
from workers.telemetry.clock import now


@dataclass
class _Source:
    """One ring file, mapped, and the lane that writes it at present."""

    fd: int
    map: mmap.mmap
    words: NDArray[np.int64]
    records: NDArray[np.int64]
    tail: int = 0
    lane: LaneInfo | None = None


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

    def read(self, final: bool = False) -> tuple[Spans | None, tuple[LaneInfo, ...]]:
        """New spans and new or changed lanes. `final`: everybody is gone, so what does not check never will and is given up."""
        self._open_new()
        blocks: list[tuple[int, NDArray[np.int64]]] = []
        changed: list[LaneInfo] = []
        for source in self._sources:
            self._read(source, final, blocks, changed)
        return _spans(blocks), tuple(changed)

    def close(self) -> None:
        """Unmap everything."""
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
            records = np.frombuffer(mapped, np.int64, self._capacity * 5, ring.HEADER).reshape(-1, 5)
            self._sources.append(_Source(fd, mapped, np.frombuffer(mapped, np.int64, ring.WORDS), records))

    def _read(
        self, source: _Source, final: bool, blocks: list[tuple[int, NDArray[np.int64]]], changed: list[LaneInfo]
    ) -> None:
        words = source.words
        state = int(words[ring.STATE])
        if state == ring.FREE:
            return
        # Asked before the records are read: a lane that ends after this is drained whole the next time.
        over = state == ring.ENDED or not _locked(source.fd)
        if source.lane is None:
            source.lane = self._enter(source)
        head = int(words[ring.HEAD])
        delivered = source.lane.delivered
        if head > source.tail:
            block = self._take(source, head, give_up=over or final)
            if len(block):
                blocks.append((source.lane.number, block))
                delivered += len(block)
        drops = int(words[ring.DROPS])
        lane = replace(
            source.lane,
            recorded=head + drops,
            delivered=delivered,
            dropped=drops + (head - delivered if over or final else 0),
            cpu_ns=int(words[ring.CPU]),
            process_cpu_ns=int(words[ring.PROCESS_CPU]),
            ready_cpu_ns=int(words[ring.READY_CPU]),
            text_dropped=int(words[ring.TEXT_DROPS]),
        )
        if over or final:
            lane = replace(lane, ended_ns=now(), died=state == ring.LIVE and not final)
        if lane != source.lane:
            changed.append(lane)
        source.lane = lane
        if over or final:
            self._free(source)

    def _enter(self, source: _Source) -> LaneInfo:
        words = source.words
        name = source.map[ring.NAME_AT : ring.NAME_AT + ring.NAME_BYTES].split(b"\0", 1)[0].decode(errors="replace")
        lane = LaneInfo(
            self._lanes,
            self._host,
            int(words[ring.PID]),
            int(words[ring.TID]),
            int(words[ring.PPID]),
            name,
            ring.ROLES[int(words[ring.ROLE]) % len(ring.ROLES)],
            int(words[ring.STARTED]),
        )
        self._lanes += 1
        return lane

    def _take(self, source: _Source, head: int, give_up: bool) -> NDArray[np.int64]:
        """Records tail..head that check, up to the first that does not; with `give_up` all that check."""
        low, high = source.tail % self._capacity, head % self._capacity
        records = source.records
        block = records[low:high].copy() if low < high else np.concatenate((records[low:], records[:high]))
        good = np.bitwise_xor.reduce(block, axis=1) == np.arange(source.tail, head)
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
        source.words[ring.TAIL] = source.tail
        return block

    def _free(self, source: _Source) -> None:
        """Hand the ring to the next lane."""
        source.words[ring.HEAD : ring.READY_CPU + 1] = 0
        source.words[ring.TAIL] = 0
        source.tail = 0
        source.lane = None
        source.words[ring.STATE] = ring.FREE


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
        failed=(meta & ring.FAILED_BIT) != 0,
        task=rows[:, 1].copy(),
        start=rows[:, 2].copy(),
        end=rows[:, 3].copy(),
        queued_us=meta >> ring.QUEUED_SHIFT,
    )
