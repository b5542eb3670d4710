"""What stands in a ring, as the contract has it: the lane, where it stands, and its records as spans."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from workers.client.standing import Places, Standing
from workers.contract.batch import LaneInfo, Spans
from workers.contract.spans import AWAITED, HOLDER_SHIFT, SpanKind
from workers.telemetry import header
from workers.telemetry.waiting import HOW, KINDS

Words: TypeAlias = "memoryview[int]"
"""Of a header."""


def entered(data: bytes, words: Words, number: int, host: str) -> LaneInfo:
    """The lane that has entered the ring whose header this is, as lane `number` of the run on the machine `host`."""
    name = data[header.NAME_AT : header.NAME_AT + header.NAME_BYTES].split(b"\0", 1)[0].decode(errors="replace")
    return LaneInfo(
        number,
        host,
        words[header.PID],
        words[header.TID],
        words[header.PPID],
        name,
        header.ROLES[words[header.ROLE]],
        words[header.STARTED],
        ident=words[header.IDENT],
    )


def as_of(words: Words, lane: LaneInfo, places: Places, t_ns: int) -> LaneInfo:
    """The lane as its header says it at `t_ns`; what has become of its records is not for the header to say."""
    place, task = words[header.WAITING], words[header.CURRENT] - 1
    lane = replace(
        lane,
        cpu_ns=words[header.CPU],
        process_cpu_ns=words[header.PROCESS_CPU],
        ready_cpu_ns=words[header.READY_CPU],
        run_queue_ns=words[header.RUN_QUEUE],
        ready_run_queue_ns=words[header.READY_RUN_QUEUE],
        text_dropped=words[header.TEXT_DROPS],
        checksum=words[header.CHECKSUM],
        gil={header.GIL_ON: True, header.GIL_OFF: False}.get(words[header.GIL]),
        interpreter=words[header.INTERPRETER],
        waiting_for=places.name(place),
        waiting_kind=places.kind(place),
        waiting_since_ns=words[header.WAIT_SINCE] if place else 0,
        pickled=_three(words, header.PICKLED),
        unpickled=_three(words, header.UNPICKLED),
        unseen_ns=words[header.UNSEEN],
    )
    if task != lane.task:
        lane = replace(lane, task=task, task_since_ns=min(words[header.TASK_SINCE], t_ns) if task >= 0 else 0)
    return lane


def standing(words: Words, lane: LaneInfo, number: int) -> Standing:
    """Where the lane stands. `number` is its ring's and 1."""
    place, how, since, tried = (
        words[word] for word in (header.WAITING, header.WAIT_HOW, header.WAIT_SINCE, header.TRIED)
    )
    how &= (1 << header.STANDS_SHIFT) - 1
    return Standing(
        lane,
        number,
        words[header.CURRENT] - 1,
        bool(words[header.INNER]),
        place,
        how,
        since,
        tried if tried > since else 0,
        words[header.NAP],
    )


def unended(words: Words, places: Places, ended_ns: int) -> NDArray[np.int64]:
    """Records of what lasted until its lane was ended: a wait, with who had what it waited for, a sleep, the task. Shape (n, 5)."""
    rows: list[tuple[int, int, int, int, int]] = []
    place, task, how = words[header.WAITING], words[header.CURRENT] - 1, words[header.WAIT_HOW]
    since = min(words[header.WAIT_SINCE], ended_ns)
    if place:
        holder = max(0, words[header.HELD_BY] or places.holder(place))
        which = (place | holder << HOLDER_SHIFT) << header.QUEUED_SHIFT
        rows.append((KINDS.get(how & HOW, SpanKind.LOCK) | which, task, since, ended_ns, 0))
    elif how >> header.STANDS_SHIFT:
        rows.append((how >> header.STANDS_SHIFT, 0, since, ended_ns, 0))
    if task >= 0:
        asleep, until = words[header.NAP_SINCE], words[header.NAP]
        if until and asleep:
            which = AWAITED << header.QUEUED_SHIFT if asleep < 0 else 0
            rows.append((SpanKind.IO | which, task, min(abs(asleep), ended_ns), min(until, ended_ns), 0))
        rows.append((int(SpanKind.CUT), task, min(words[header.TASK_SINCE], ended_ns), ended_ns, 0))
    return np.array(rows, np.int64).reshape(-1, 5)


def as_spans(blocks: Sequence[tuple[int, NDArray[np.int64]]]) -> Spans | None:
    """Records as spans; `blocks` are (number of the lane, its records, shape (5, n))."""
    if not blocks:
        return None
    meta, task, start, end, _ = blocks[0][1] if len(blocks) == 1 else np.concatenate([block for _, block in blocks], 1)
    return Spans(
        lane=np.repeat(np.array([number for number, _ in blocks], np.int32), [block.shape[1] for _, block in blocks]),
        kind=(meta & 0xFF).astype(np.uint8),
        failed=(meta & header.FAILED_BIT) != 0,
        task=task,
        start=start,
        end=end,
        queued_us=meta >> header.QUEUED_SHIFT,
    )


def _three(words: Words, at: int) -> tuple[int, int, int]:
    return words[at], words[at + 1], words[at + 2]
