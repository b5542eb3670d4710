"""No progress: nothing ends, works or prints, and it cannot be known that it never will. A lock that is not ours gives this."""

import time
from collections import deque

from workers.client.drain import Drain
from workers.client.sampler import Sweep
from workers.client.stacks import StackAsker
from workers.client.standing import Standing
from workers.contract.batch import Counts
from workers.contract.lanes import who
from workers.contract.waits import Standstill
from workers.telemetry.clock import now

AFTER_S = 5.0
"""Longer than what a person takes for a hiccup of the machine, and than most requests to others take; then twice as long each time."""
BUSY_SHARE = 0.02
"""Of a core, for each process. The host's own looking about takes 0.5 %, a waiting lane's 0.01 %."""
WINDOW_S = 1.0
"""Over which that share is taken: the kernel counts in hundredths of a second."""
LOOK_S = 0.25
ANSWER_S = 2.0
"""How long after stacks were asked for what is printed may be those stacks."""
LOOP_NS = 1_000_000_000
"""An event loop that has not looked up for so long, twenty times its period, is blocked by a call that does not await."""
NAMED = 4


class StandstillWatch:
    """Of one run. `look` at each tick."""

    def __init__(self) -> None:
        self.stacks = StackAsker()
        self._since = time.monotonic()
        self._next = 0.0
        self._due = AFTER_S
        self._counts = (0, 0)
        self._cpu: dict[int, deque[tuple[int, float]]] = {}
        self._sleeps_in: dict[tuple[int, int], str] = {}
        self._deaf_until = 0.0

    def look(self, drain: Drain, counts: Counts, printed: int, samples: Sweep, deadlock: bool) -> Standstill | None:
        """What is to be said now; mostly nothing. `printed`: how many lines have come since the last call."""
        at = time.monotonic()
        ended = (counts.submitted, counts.done + counts.failed)
        heard = printed > 0 and at > self._deaf_until
        if heard or ended != self._counts or self._works(samples) or ended[0] == ended[1] or deadlock:
            self._counts, self._since, self._due = ended, at, AFTER_S
            return None
        if at < self._next:
            return None
        self._next = at + LOOK_S
        if self.stacks.asking:
            self.stacks.step()
            self._deaf_until = at + ANSWER_S
        if at - self._since < self._due:
            return None
        everybody = drain.standing()
        lanes = [lane for lane in everybody if lane.busy]
        host = next((lane for lane in everybody if lane.stands), None)
        if (not lanes and host is None) or any(self._will_go_on(lane, host) for lane in lanes):
            # What sleeps, or waits for the world outside, is progress to come.
            self._since, self._due = at, AFTER_S
            return None
        seconds, self._due = self._due, 2 * self._due
        self._deaf_until = at + ANSWER_S
        self.stacks.ask(lanes)
        where = [self._where(drain, lane) for lane in lanes] or [_nobody(ended[0] - ended[1])]
        if len(where) > NAMED:
            where = [*where[: NAMED - 1], f"and {len(where) - NAMED + 1} more"]
        return Standstill(now(), seconds, f"No progress for {seconds:.0f} s: {'; '.join(where)}.")

    def _works(self, samples: Sweep) -> bool:
        """Whether any process used its core to speak of, over the last second."""
        processes, threads = samples
        for thread in threads:
            self._sleeps_in[thread.pid, thread.tid] = thread.sleeps_in if thread.state != "running" else "running"
        works = False
        for sample in processes:
            seen = self._cpu.setdefault(sample.identity.pid, deque())
            seen.append((sample.t_ns, sample.cpu_s))
            while len(seen) > 2 and sample.t_ns - seen[1][0] >= WINDOW_S * 1e9:
                seen.popleft()
            wall = (sample.t_ns - seen[0][0]) / 1e9
            used = sample.cpu_s - seen[0][1]
            works |= used > BUSY_SHARE * max(wall, WINDOW_S)
        if processes:
            there = {sample.identity.pid for sample in processes}
            self._cpu = {pid: seen for pid, seen in self._cpu.items() if pid in there}
            self._sleeps_in = {key: where for key, where in self._sleeps_in.items() if key[0] in there}
        return works

    def _will_go_on(self, lane: Standing, host: Standing | None) -> bool:
        """Whether it sleeps, or waits for the world outside, by what was recorded or else by what the system says."""
        if lane.waits:
            return False
        if lane.lane.name.startswith("coroutine") and host is not None and now() - host.tried_ns < LOOP_NS:
            # Its thread sleeps in the event loop, whatever it waits for itself; the host knows whether for the world outside.
            return lane.nap_ns > 0 or host.nap_ns > 0
        return lane.nap_ns > 0 or self._sleeps_in.get((lane.lane.pid, lane.lane.tid), "") in ("io", "running")

    def _where(self, drain: Drain, lane: Standing) -> str:
        task = f"task {lane.task}" if lane.task >= 0 else "what a task has submitted"
        if lane.waits:
            return f"{who(lane.lane)}, {task}, waits for {drain.places.name(lane.place)}"
        return f"{who(lane.lane)}, {task}, stands at something that is not recorded"  # `insight.stillness` looks for these words


def _nobody(tasks: int) -> str:
    """Where the host waits for what no lane runs: a pool that has lost its workers without a word."""
    if tasks == 1:
        return "no worker has the task that is under way"
    return f"no worker has any of the {tasks} tasks that are under way"
