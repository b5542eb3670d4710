"""Marks of processes' ends, made here of what the host reports anyway: nobody sends them."""

from workers.contract.batch import Mark, ProcessEvent
from workers.contract.marks import more
from workers.engine.births import describe_exit

MOST_EXITS = 200
"""A process per task makes thousands."""


class ExitMarks:
    """Of one run: the first MOST_EXITS ends that went well, and as many that did not; the rest is counted."""

    def __init__(self) -> None:
        self._seen = {True: 0, False: 0}

    def of(self, event: ProcessEvent) -> list[Mark]:
        """The mark of an end, if it is to be shown."""
        well = event.exit_code == 0
        self._seen[well] += 1
        if self._seen[well] > MOST_EXITS:
            return []
        how = "has ended; how, is not known" if event.exit_code is None else describe_exit(event.exit_code)
        return [Mark("exit", event.pid, event.t_ns, f"PID {event.pid} {how}", event.pid)]

    def rest(self, pid: int, t_ns: int) -> list[Mark]:
        """What stands for those left out, once the run is over; in the name of process `pid`."""
        left = sum(max(0, seen - MOST_EXITS) for seen in self._seen.values())
        return [Mark("exit", pid, t_ns, more(left))] if left else []
