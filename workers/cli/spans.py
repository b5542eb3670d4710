"""Writes spans as they arrive, by HEADER. Times count from the start of the clock."""

import csv
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from workers.contract.batch import Batch, Spans
from workers.contract.errors import ConfigError
from workers.contract.lanes import short, who
from workers.contract.spans import SpanKind, holder_of, lock_of
from workers.insight.store import RunStore

OF_TASKS = (SpanKind.TASK, SpanKind.CUT, SpanKind.LOCK, SpanKind.IO, SpanKind.PICKLE, SpanKind.UNPICKLE)
"""The other waits are the lane's, not a task's; but for those that say what a task waited for."""
HEADER = ("host", "pid", "tid", "lane", "task", "kind", "start_s", "end_s", "waited_for", "held_by")
NAMED = (SpanKind.LOCK, SpanKind.QUEUE, SpanKind.RESULT)


class SpanWriter:
    """A CSV file of spans; without a path it writes nothing. What comes before the clock has started waits."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._stack = ExitStack()
        self._writer: Any = None
        self._early: list[Spans] = []
        self.problem: str | None = None
        """Why writing was given up; the run goes on."""

    def __enter__(self) -> "SpanWriter":
        """Open the file and write the header."""
        if self._path is not None:
            try:
                self._open()
            except OSError as error:
                raise ConfigError(f"{self._path} cannot be written: {error.strerror}.") from None
        return self

    def _open(self) -> None:
        if self._path is not None:
            self._writer = csv.writer(self._stack.enter_context(open(self._path, "w", newline="", encoding="utf-8")))  # noqa: SIM115
            self._writer.writerow(HEADER)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        try:
            self._stack.close()
        except OSError as problem:
            self.problem = f"{self._path} could not be written: {problem.strerror}; it is not complete."

    def write(self, batch: Batch, store: RunStore) -> None:
        """Write the batch's spans; `store` has taken it in already."""
        if self._writer is None or self.problem is not None:
            return
        if batch.spans is not None:
            self._early.append(batch.spans)
        zero = store.clock_start_ns
        if zero is None:
            return
        try:
            self._write(store, zero)
        except OSError as error:
            self.problem = f"{self._path} could not be written: {error.strerror}; it is not complete."
        self._early.clear()

    def _write(self, store: RunStore, zero: int) -> None:
        for spans in self._early:
            for lane, kind, task, start, end, number in zip(
                spans.lane.tolist(),
                spans.kind.tolist(),
                spans.task.tolist(),
                spans.start.tolist(),
                spans.end.tolist(),
                spans.queued_us.tolist(),
                strict=True,
            ):
                info = store.lanes[lane].info
                inside = kind in OF_TASKS or (kind in NAMED and lock_of(number) > 0)
                which = task if inside and task >= 0 else ""
                over = max(0, end - zero) if kind == SpanKind.START_UP else end - zero  # see SpanKind.START_UP
                row = (info.host, info.pid, info.tid, short(info), which, SpanKind(kind).word)
                named = _named(number, store) if kind in NAMED else ("", "")
                self._writer.writerow((*row, f"{(start - zero) / 1e9:.9f}", f"{over / 1e9:.9f}", *named))


def _named(number: int, store: RunStore) -> tuple[str, str]:
    """What a wait was for, and who had it; empty where that is not known."""
    holder = holder_of(number) - 1
    known = 0 <= holder < len(store.lanes)
    return store.lock_names.get(lock_of(number), ""), who(store.lanes[holder].info) if known else ""
