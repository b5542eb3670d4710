"""Which processes a run has had, and what is known of each: births and ends as the host says them, samples of what is there."""

from collections import deque

from workers.contract.batch import ProcessEvent, ProcessSample, ThreadSample
from workers.insight.rows import ProcessRow, ThreadRow, note

ENDED_PROCESS_LIMIT = 10_000

STOPPED = "stopped"
"""What the sampler calls the state of a process that a signal has stopped, and why it is said to stand still."""


class Processes:
    """The rows of a run's processes."""

    def __init__(self) -> None:
        self.rows: dict[int, ProcessRow] = {}
        """By PID, the living and the ended; a PID used again replaces the ended one, which moves to `past`."""
        self.past: deque[ProcessRow] = deque(maxlen=ENDED_PROCESS_LIMIT)
        self.forgotten = 0
        self.clock_start_ns: int | None = None

    def start_clock(self, t_ns: int) -> None:
        """The clock of the run starts: what each has used by now is not the run's, where it does not know better itself."""
        self.clock_start_ns = t_ns
        for row in self.rows.values():
            row.clock_start_ns = t_ns
            if not row.knows_clock:
                row.cpu_at_clock_s = row.cpu_s

    def end(self, t_ns: int) -> None:
        """The run is over, and with it whoever is not known to have ended."""
        for row in self.rows.values():
            row.ended_ns = row.ended_ns or t_ns
            row.cpu_share = 0.0

    def all(self) -> list[ProcessRow]:
        """Every process that is still remembered, in order of birth; the host first."""
        rows = [*self.past, *self.rows.values()]
        return sorted(rows, key=lambda row: (row.role != "host", row.started_ns or 0, row.pid))

    @property
    def stalled(self) -> list[ProcessRow]:
        """Those that stand still at present, in order of birth."""
        found = (row for row in self.rows.values() if row.stalled and not row.ended)
        return sorted(found, key=lambda row: (row.started_ns or 0, row.pid))

    def row(self, pid: int, role: str) -> ProcessRow:
        """Of this process; a new one where there is none."""
        row = self.rows.get(pid)
        if row is None:
            row = self.rows[pid] = ProcessRow(pid, role, clock_start_ns=self.clock_start_ns)
            self._trim()
        return row

    def _trim(self) -> None:
        # A process per task makes thousands: the ended ones beyond the limit are forgotten, oldest first, and counted.
        if len(self.rows) > ENDED_PROCESS_LIMIT:
            ended = [pid for pid, row in self.rows.items() if row.ended][: ENDED_PROCESS_LIMIT // 4]
            for pid in ended:
                del self.rows[pid]
            self.forgotten += len(ended)

    def _retire(self, pid: int) -> None:
        if len(self.past) == self.past.maxlen:
            self.forgotten += 1
        self.past.append(self.rows.pop(pid))

    def event(self, event: ProcessEvent) -> None:
        """It was born, or has ended."""
        if event.kind == "born":
            old = self.rows.get(event.pid)
            if old is not None and old.ended:
                self._retire(event.pid)
            row = self.row(event.pid, event.role)
            row.started_ns, row.role = event.t_ns, event.role
        else:
            row = self.row(event.pid, event.role)
            row.ended_ns, row.exit_code = event.t_ns, event.exit_code
            row.cpu_share = 0.0

    def sample(self, sample: ProcessSample) -> None:
        """What the sampler saw of a process."""
        identity = sample.identity
        old = self.rows.get(identity.pid)
        if old is not None and old.create_time and old.create_time != identity.create_time:
            self._retire(identity.pid)
        row = self.row(identity.pid, sample.role)
        row.role, row.ppid, row.host, row.create_time = sample.role, sample.ppid, identity.host, identity.create_time
        if row.started_ns is None:
            row.started_ns = sample.t_ns
        note(row, sample)
        if sample.state == STOPPED:
            row.stalled = STOPPED
        elif row.stalled == STOPPED:
            row.stalled = ""
        row.sample = sample
        row.cpu_s = max(row.cpu_s, sample.cpu_s)

    def threads(self, samples: tuple[ThreadSample, ...], sampled: set[int]) -> None:
        """What it saw of their threads; `sampled`: the processes that it looked at."""
        seen: dict[int, set[int]] = {pid: set() for pid in sampled}
        for sample in samples:
            process = self.rows.get(sample.pid)
            if process is None:
                continue
            seen.setdefault(sample.pid, set()).add(sample.tid)
            row = process.threads.get(sample.tid)
            if row is None:
                process.threads[sample.tid] = ThreadRow(sample)
                continue
            note(row, sample)
            row.sample = sample
        for pid, tids in seen.items():
            process = self.rows.get(pid)
            if process is not None:
                gone = [tid for tid in process.threads if tid not in tids]
                for tid in gone:
                    process.threads[tid].ended = True
                # A thread per task makes thousands: keep the ended ones of the last moments only.
                for tid in gone[: max(0, len(gone) - 256)]:
                    del process.threads[tid]
