"""What a lane does for every task, written for speed: two closures over one ring, with no attribute to look up and no call too many.

A task of 5 us notices every tenth of a microsecond here; docs/BENCHMARKS.md (P1, P3) says what is left. So a record is packed in two
places instead of one, and the words of the header are written one by one, the cheapest way there is.
"""

import mmap
import struct
import sys
from collections.abc import Callable
from time import process_time_ns, thread_time_ns
from typing import Any, TypeAlias

from workers.telemetry.breaking import obey
from workers.telemetry.clock import now
from workers.telemetry.header import (
    ASKED,
    CHECKSUM,
    CHECKSUM_MASK,
    CHECKSUM_UNKNOWN,
    CPU,
    CURRENT,
    DROPS,
    GIL,
    GIL_OFF,
    GIL_ON,
    HEAD,
    HEADER,
    PROCESS_CPU,
    QUEUED_SHIFT,
    RECORD,
    TAIL,
    TASK_SINCE,
    WORDS,
)

CPU_EVERY_NS = 1_000_000
"""Reading CPU times takes 2 us: after that much time at most, so it stays below a five-hundredth."""

Words: TypeAlias = "memoryview[int] | list[int]"
Emit: TypeAlias = Callable[[int, int, int, int], None]
"""emit(meta, task, start_ns, end_ns)"""
Checksum: TypeAlias = Callable[[Any], int | None]
Fail: TypeAlias = Callable[[BaseException, int, int, int], None]
"""fail(error, task, submitted_ns, start_ns) records a task that raised, and raises what is to be raised instead."""
Carry: TypeAlias = Callable[[Callable[..., Any], Checksum | None, Fail, int, int, tuple[Any, ...]], Any]
"""carry(work, checksum, fail, task, submitted_ns, args) runs `work(*args)`, records it and returns its result."""

_gil_enabled: Callable[[], bool] = getattr(sys, "_is_gil_enabled", lambda: True)


def writers(buffer: mmap.mmap | bytearray, words: Words, capacity: int) -> tuple[Emit, Carry]:
    """(emit, carry) of a ring. Only one thread may use them."""
    pack = struct.Struct("@5q").pack_into
    head = 0
    limit = capacity
    at, past = HEADER, HEADER + capacity * RECORD
    cpu_due = 0

    def emit(meta: int, task: int, start: int, end: int) -> None:
        nonlocal head, limit, at
        if head >= limit:
            limit = words[TAIL] + capacity
            if head >= limit:
                words[DROPS] += 1
                return
        pack(buffer, at, meta, task, start, end, head ^ meta ^ task ^ (start ^ end))
        at += RECORD
        if at == past:
            at = HEADER
        words[HEAD] = head = head + 1

    def carry(
        work: Callable[..., Any],
        checksum: Checksum | None,
        fail: Fail,
        task: int,
        submitted_ns: int,
        args: tuple[Any, ...],
    ) -> Any:
        nonlocal head, limit, at, cpu_due
        words[TASK_SINCE] = start = now()
        words[CURRENT] = task + 1
        try:
            result = work(*args)
            end = now()
            if end >= cpu_due:
                cpu_due = end + CPU_EVERY_NS
                read_cpu(words)
                # Never for each task: a tiny one must not pay for what is hardly ever asked.
                if words[ASKED]:
                    obey(words)
                    end = now()
            if checksum is not None:
                words[CHECKSUM] = added(words[CHECKSUM], checksum(result))
        except BaseException as error:
            fail(error, task, submitted_ns, start)
            raise  # what no pool may swallow: SystemExit and the like
        if head >= limit:
            limit = words[TAIL] + capacity
        if head < limit:
            meta = (start - submitted_ns) // 1000 << QUEUED_SHIFT if start > submitted_ns else 0
            pack(buffer, at, meta, task, start, end, head ^ meta ^ task ^ (start ^ end))
            at += RECORD
            if at == past:
                at = HEADER
            words[HEAD] = head = head + 1
        else:
            words[DROPS] += 1
        words[CURRENT] = 0
        return result

    return emit, carry


def added(before: int, value: int | None) -> int:
    """The lane's sum with one more; CHECKSUM_UNKNOWN from the first on that is not known."""
    return CHECKSUM_UNKNOWN if value is None or before < 0 else (before + value) & CHECKSUM_MASK


def read_cpu(words: Words) -> None:
    """Note in a ring's header the CPU time that the calling thread and its process have used so far."""
    words[CPU] = thread_time_ns()
    words[PROCESS_CPU] = process_time_ns()
    # Looked at again and again: importing an extension that needs the GIL switches it back on.
    words[GIL] = GIL_ON if _gil_enabled() else GIL_OFF


def unrecorded() -> tuple[Words, Emit, Carry]:
    """(words, emit, carry) of a lane without a ring: it knows that it is busy, and what it records goes nowhere."""
    words = [0] * WORDS
    return words, *writers(bytearray(HEADER + RECORD), words, 1)
