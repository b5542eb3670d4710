"""One round of a cell: what its batches say, when it has taken too long, and what is wrong with it. Pure."""

from workers.contract.batch import Batch
from workers.contract.phase import RunPhase
from workers.contract.sweep import CellResult, Round

STARTUP_S = 20.0
"""How long workers may take to be ready."""
GRACE_S = 10.0
"""How long what is under way when the time is up may run on, at least."""
STOP_S = 3.0
"""After this a run that was asked to stop is ended."""
_SAID = 300


class RoundWatch:
    """Takes the batches of a run and makes a round of them."""

    def __init__(self, before: CellResult, round_s: float, call_s: float, now: float) -> None:
        """`before`: the cell as it was. `call_s`: how long a task takes, as far as known. `now`: seconds of the caller's clock."""
        self._before = before
        chunk_s = call_s * before.cell.chunksize
        self._deadline = now + STARTUP_S + round_s + max(GRACE_S, 5 * chunk_s)
        self._limit_s = self._deadline - now
        self._asked_ns: int | None = None
        self._clock_ns: int | None = None
        self._last: Batch | None = None
        self._failure = ""
        self._stuck = ""
        self._stops = 0
        self._cpu: dict[object, float] = {}
        self._rss = 0

    def take(self, batch: Batch) -> None:
        """What has come."""
        self._last = batch
        if batch.started is not None:
            self._asked_ns = batch.started.asked_ns
        self._clock_ns = batch.clock_start_ns or self._clock_ns
        for line in batch.texts:
            if line.stream == "failure" and not self._failure:
                self._failure = line.text.strip().splitlines()[-1][:_SAID] if line.text.strip() else ""
        for mark in batch.marks:
            if mark.kind in ("deadlock", "standstill") and not self._stuck:
                self._stuck = mark.text[:_SAID]
        if batch.processes:
            for sample in batch.processes:
                self._cpu[sample.identity] = sample.cpu_s
            self._rss = max(self._rss, sum(sample.rss or 0 for sample in batch.processes))

    def due(self, now: float) -> str:
        """What is to be done because of the time, or because nothing moves any more: "stop", "interrupt", or nothing."""
        if self._stops == 0 and (self._stuck or now >= self._deadline):
            self._stops, self._deadline = 1, now + STOP_S
            return "stop"
        if self._stops == 1 and now >= self._deadline:
            self._stops = 2
            return "interrupt"
        return ""

    def result(self) -> CellResult:
        """The cell with this round, or with why it has none."""
        last = self._last
        ended = last.ended if last is not None else None
        if last is None or ended is None:
            return CellResult(self._before.cell, self._before.rounds, "The run gave no answer.")
        if ended.phase is RunPhase.FAILED:
            return self._wrong(ended.error or "The run failed.")
        if self._stuck:
            return self._wrong(f"Nothing moved any more: {self._stuck}")
        if self._stops:
            return self._wrong(f"It did not end within {self._limit_s:.0f} s, and was stopped.")
        counts, clock, asked = last.counts, self._clock_ns, self._asked_ns
        if clock is None or asked is None:
            return self._wrong("Its clock never started.")
        if not counts.done:
            why = f"All {counts.failed:,} tasks failed: {self._failure or 'see a run of it'}" if counts.failed else ""
            return self._wrong(why or "It did not finish a single task.")
        elapsed = max((ended.ended_ns - clock) / 1e9, 1e-9)
        came = Round(
            counts.done / elapsed,
            round((clock - asked) / 1e9, 6),
            round(elapsed, 6),
            round((max(last.t_ns, ended.ended_ns) - asked) / 1e9, 6),
            counts.done,
            counts.failed,
            round(sum(self._cpu.values()), 3),
            self._rss,
        )
        if counts.failed:
            total = counts.done + counts.failed
            return self._before.with_round(
                came, f"{counts.failed:,} of {total:,} tasks failed: {self._failure or 'see a run of it'}"
            )
        return self._before.with_round(came)

    def _wrong(self, why: str) -> CellResult:
        return CellResult(self._before.cell, self._before.rounds, why)
