"""The memory limit of a run: at 80 % of it no new tasks are handed out until memory falls, at 95 % the run is ended.

Looked at with each sweep of the sampler, ten times a second. What grows faster than that is held up in each process by the limit
that its host has set (RLIMIT_DATA, `workers.engine.limits`), and chosen by the kernel before the window is, should it come to that.
"""

import time
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from workers.client.limits import available_memory
from workers.contract.batch import ProcessSample
from workers.contract.memory import AUTOMATIC, END, GO_ON, LEAST_MB, PAUSE, SHARE, RunMemory

IDLE_S = 1.0
"""Paused for so long with no task under way: nobody is left who could give memory back, and waiting is of no use."""


class Verdict(Enum):
    """What is to be done."""

    PAUSE = auto()
    GO_ON = auto()
    END = auto()


def limit_of(mb: int) -> int:
    """The limit in bytes that a run gets which starts now; `mb`: what was set, AUTOMATIC for SHARE of what is free."""
    return max(LEAST_MB << 20, int(available_memory() * SHARE)) if mb == AUTOMATIC else mb << 20


class MemoryWatch:
    """Of one run. `look` with each sweep of the sampler."""

    def __init__(self, limit: int) -> None:
        """`limit` in bytes."""
        self.limit = limit
        self.last: RunMemory | None = None
        self._held = False
        self._may_hold = True
        self._idle_since: float | None = None
        self._largest: tuple[int, ProcessSample] | None = None

    @property
    def held(self) -> bool:
        """Whether the run is paused."""
        return self._held

    def look(self, samples: Sequence[ProcessSample], under_way: int) -> Verdict | None:
        """What is to be done now, if anything. `under_way`: tasks handed out that have not ended."""
        if not samples:
            return None
        shares = list(_shares(samples))
        used = sum(share for share, _ in shares)
        self._largest = max(shares, key=lambda item: item[0])
        verdict = self._judge(used, under_way, time.monotonic())
        self.last = RunMemory(used, self.limit, self._held)
        return verdict

    def _judge(self, used: int, under_way: int, at: float) -> Verdict | None:
        if used >= END * self.limit:
            return Verdict.END
        if used < GO_ON * self.limit:
            self._may_hold = True
        if not self._held:
            if used < PAUSE * self.limit or not self._may_hold:
                return None
            self._held, self._idle_since = True, None
            return Verdict.PAUSE
        self._idle_since = None if under_way else self._idle_since or at
        idle = self._idle_since is not None and at - self._idle_since >= IDLE_S
        if used >= GO_ON * self.limit and not idle:
            return None
        # Who keeps memory for later gives none back by waiting: it goes on, and pauses again only when it has fallen in between.
        self._held, self._may_hold = False, not idle
        return Verdict.GO_ON

    # ---- in words ------------------------------------------------------------------------------------------------
    def words(self, verdict: Verdict) -> str:
        """One sentence on what was done and why."""
        used, limit = _mib(self.last.used if self.last else 0), _mib(self.limit)
        if verdict is Verdict.PAUSE:
            return f"paused: the run's memory is at {used} of {limit} MiB; no new tasks until it falls"
        if verdict is Verdict.GO_ON and self._may_hold:
            return f"goes on: the run's memory has fallen to {used} of {limit} MiB"
        if verdict is Verdict.GO_ON:
            return f"goes on: no task is left that could give memory back, {used} of {limit} MiB"
        assert self._largest is not None
        bytes_, process = self._largest
        return (
            f"Ended at {used} of {limit} MiB of memory; PID {process.identity.pid} ({process.role}) had the most, {_mib(bytes_)} MiB: "
            "let tasks take less, or raise the memory limit."
        )


def _shares(samples: Sequence[ProcessSample]) -> Iterator[tuple[int, ProcessSample]]:
    """What counts of each: its own pages and its part of those that it shares.

    The kernel is asked for that of a few at a time. Until it has told of a newborn, what it has beyond the host counts: it may be a
    fork of it. Where it tells of nobody, all of it does.
    """
    told = any(sample.pss is not None for sample in samples)
    inherited = max((sample.rss or 0 for sample in samples if sample.role == "host"), default=0) if told else 0
    for sample in samples:
        if sample.pss is not None:
            yield sample.pss, sample
        else:
            yield max(0, (sample.rss or 0) - (inherited if sample.role != "host" else 0)), sample


def _mib(count: int) -> str:
    return f"{count / (1 << 20):,.0f}"
