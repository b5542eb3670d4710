"""The ring: delivered + dropped == recorded, in order, whatever the sizes and the pace of the reader."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.client.drain import OVERWRITTEN, Drain
from workers.contract.spans import HOLDER_SHIFT, SpanKind, holder_of
from workers.telemetry import header, ring
from workers.telemetry.clock import now
from workers.telemetry.table import LockTable

INT64 = st.integers(-(2**62), 2**62)
PACE = st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=30)


def enter(directory: str, capacity: int, name: str = "lane") -> ring.Ring:
    claimed = ring.Rings(directory, capacity).claim()
    claimed.enter(name, "worker", now())
    return claimed


@given(st.sampled_from([4, 16, 64]), PACE, INT64)
@settings(deadline=None)
def test_every_record_is_delivered_or_counted(capacity: int, pace: list[tuple[int, bool]], value: int) -> None:
    with TemporaryDirectory() as directory:
        lane = enter(directory, capacity)
        drain = Drain(directory, capacity, "here")
        tasks, infos, written = [], [], 0
        for count, read in pace:
            for _ in range(count):
                lane.emit(5 << header.QUEUED_SHIFT, written, value, value + 1)
                written += 1
            if read:
                spans, lanes = drain.read()
                infos += lanes
                tasks += spans.task.tolist() if spans else []
        lane.close()
        spans, lanes = drain.read()
        tasks += spans.task.tolist() if spans else []
        last = lanes[-1]
        drain.close()
    assert last.recorded == written
    assert last.delivered + last.dropped == written
    assert last.delivered == len(tasks)
    assert tasks == sorted(tasks)
    assert last.ended_ns is not None
    assert not last.died


@given(st.integers(0, 10), st.integers(0, 39), st.integers(0, 255))
@settings(deadline=None)
def test_a_damaged_record_is_never_delivered(record: int, byte: int, value: int) -> None:
    with TemporaryDirectory() as directory:
        lane = enter(directory, 16)
        for number in range(11):
            lane.emit(0, number, 1000 + number, 2000 + number)
        path = Path(ring.ring_path(directory, 0))
        data = bytearray(path.read_bytes())
        at = header.HEADER + record * header.RECORD + byte
        changed = data[at] != value
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes([value]))
        lane.close()
        drain = Drain(directory, 16, "here")
        spans, lanes = drain.read()
        drain.close()
    assert spans is not None
    good = [number for number in range(11) if number != record or not changed]
    assert spans.task.tolist() == good
    assert lanes[0].delivered + lanes[0].dropped == lanes[0].recorded == 11


NUMBERS = st.sampled_from([0, 1, 2, 3, -1, 255, 1024, 1025, 2**31, 2**53, 2**62, -(2**62), 2**63 - 1, -(2**63)]) | INT64


@given(st.dictionaries(st.integers(0, header.WORDS - 1), NUMBERS, min_size=1))
@settings(deadline=None)
def test_whatever_is_written_over_a_header_it_is_read_or_set_aside_once(damage: dict[int, int]) -> None:
    with TemporaryDirectory() as directory:
        lane = enter(directory, 16)
        lane.emit(0, 1, 1000, 2000)
        drain = Drain(directory, 16, "here")
        drain.read()
        with Path(ring.ring_path(directory, 0)).open("r+b") as file:
            for word, value in damage.items():
                file.seek(word * 8)
                file.write(value.to_bytes(8, sys.byteorder, signed=True))
        found = []
        for final in (False, False, True):
            drain.read(final)
            found += drain.take_set_aside()
            assert len(drain.standing()) <= 1
            assert drain.anybody_waits() in (False, True)
        drain.close()
        lane.abandon()
    assert len(found) <= 1
    assert all(one.why == OVERWRITTEN and one.lane is not None and one.lane.pid == os.getpid() for one in found)


@given(st.integers(2, 6), st.integers(1, 200))
@settings(deadline=None, max_examples=20)
def test_one_ring_per_thread_and_rings_are_used_again(threads: int, records: int) -> None:
    with TemporaryDirectory() as directory:
        drain = Drain(directory, 64, "here")
        for _ in range(3):
            gate = threading.Barrier(threads)

            def work() -> None:
                lane = enter(directory, 64, threading.current_thread().name)
                gate.wait(10)  # noqa: B023 - joined before the next round
                for number in range(records):
                    lane.emit(0, number, 1, 2)
                gate.wait(10)  # noqa: B023
                lane.close()

            workers = [threading.Thread(target=work) for _ in range(threads)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join(10)
            _, lanes = drain.read()
            ended = [lane for lane in lanes if lane.ended_ns is not None]
            assert sum(lane.recorded for lane in ended) == threads * records
            assert all(lane.delivered + lane.dropped == lane.recorded for lane in ended)
        files = len(list(Path(directory).glob("*.ring")))
        drain.close()
    assert files <= threads + ring.LOOKS


KILLED = """
import os, sys
from workers.telemetry.clock import now
from workers.telemetry.ring import Rings
lane = Rings(sys.argv[1], 64).claim()
lane.enter("lane", "worker", now())
for number in range(10):
    lane.emit(0, number, 1, 2)
os.kill(os.getpid(), 9)
"""


def test_what_was_written_before_a_kill_is_read(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], cwd=Path(__file__).parents[2]) as process:
        assert process.wait(20) == -9
        pid = process.pid
    drain = Drain(str(tmp_path), 64, "here")
    spans, lanes = drain.read()
    drain.close()
    assert spans is not None
    assert spans.task.tolist() == list(range(10))
    assert (lanes[0].pid, lanes[0].died) == (pid, True)


def test_a_holder_whose_ring_has_another_lane_by_now_is_still_named(tmp_path: Path) -> None:
    LockTable(str(tmp_path), create=True).close()
    waiter, holder = enter(str(tmp_path), 64), enter(str(tmp_path), 64)
    drain = Drain(str(tmp_path), 64, "here")
    drain.read()
    began = now()
    holder.words[header.LEFT] = now()
    holder.close()
    drain.read()
    again = enter(str(tmp_path), 64)
    assert again.number == 1
    after = now()
    for start in (began, after):
        waiter.emit(int(SpanKind.LOCK) | (3 | 2 << HOLDER_SHIFT) << header.QUEUED_SHIFT, 0, start, now())
    spans, _ = drain.read()
    assert spans is not None
    assert [holder_of(number) - 1 for number in spans.queued_us.tolist()] == [1, 2]
    drain.close()
    waiter.close()
    again.close()


def test_private(tmp_path: Path) -> None:
    lane = enter(str(tmp_path), 64)
    assert os.stat(ring.ring_path(str(tmp_path), 0)).st_mode & 0o777 == 0o600
    lane.close()
    assert np.dtype(np.int64).itemsize * 5 == header.RECORD
