"""Writes spans as they arrive: host,pid,tid,lane,task,kind,start_s,end_s. Times count from the start of the clock."""

import csv
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from workers.contract.batch import Batch, Spans
from workers.contract.spans import SpanKind
from workers.insight.store import RunStore

HEADER = ("host", "pid", "tid", "lane", "task", "kind", "start_s", "end_s")


class SpanWriter:
    """A CSV file of spans; without a path it writes nothing. What comes before the clock has started waits."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._stack = ExitStack()
        self._writer: Any = None
        self._early: list[Spans] = []

    def __enter__(self) -> "SpanWriter":
        """Open the file and write the header."""
        if self._path is not None:
            self._writer = csv.writer(self._stack.enter_context(open(self._path, "w", newline="", encoding="utf-8")))
            self._writer.writerow(HEADER)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._stack.close()

    def write(self, batch: Batch, store: RunStore) -> None:
        """Write the batch's spans; `store` has taken it in already."""
        if self._writer is None:
            return
        if batch.spans is not None:
            self._early.append(batch.spans)
        zero = store.clock_start_ns
        if zero is None:
            return
        for spans in self._early:
            for lane, kind, task, start, end in zip(
                spans.lane.tolist(),
                spans.kind.tolist(),
                spans.task.tolist(),
                spans.start.tolist(),
                spans.end.tolist(),
                strict=True,
            ):
                info = store.lanes[lane].info
                row = (info.host, info.pid, info.tid, info.name, task, SpanKind(kind).word)
                self._writer.writerow((*row, f"{(start - zero) / 1e9:.9f}", f"{(end - zero) / 1e9:.9f}"))
        self._early.clear()
