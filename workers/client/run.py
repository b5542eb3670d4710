"""The run under way: all that belongs to it, where it stands, and what the lifecycle has it do."""

import signal
from contextlib import ExitStack, suppress

from workers.client import ending
from workers.client.drain import Drain
from workers.client.exits import ExitMarks
from workers.client.host import HostProcess
from workers.client.memory import MemoryWatch
from workers.client.picture import PictureReader
from workers.client.rundir import lanes_at_most, ring_records
from workers.client.sampler import Sampler, make_sampler
from workers.client.stalls import Patience, Stalls
from workers.client.standstill import StandstillWatch
from workers.client.text import TextReader
from workers.client.watch import DeadlockWatch
from workers.contract.batch import Mark, ProcessEvent, RunStarted
from workers.contract.config import RunConfig, Value
from workers.contract.ending import ASKED, StopStep
from workers.contract.info import PythonInfo
from workers.contract.phase import RunPhase
from workers.contract.waits import WaitGraph
from workers.engine import lifecycle
from workers.engine.lifecycle import Do
from workers.telemetry.clock import now

SIGNALS = {Do.INTERRUPT: signal.SIGINT, Do.TERMINATE: signal.SIGTERM, Do.KILL: signal.SIGKILL}


class Run:
    """One run, from when it was asked for to its last batch. Not thread-safe."""

    def __init__(
        self, config: RunConfig, host: HostProcess, machine: str, memory_limit: int, python: PythonInfo, asked_ns: int
    ) -> None:
        """`memory_limit` in bytes; `asked_ns`: when it was asked for. Raises OSError where no descriptor or memory is left."""
        self.config = config
        self.host = host
        self.drain = Drain(host.directory.path, ring_records(lanes_at_most(config)), machine)
        try:
            self.text = TextReader(host.directory.path)
        except OSError:
            self.drain.close()
            raise
        self.sampler: Sampler = make_sampler(machine)
        self.sampler.watch(host.pid, "host")
        self.next_sweep = 0.0
        self.clock_start_ns: int | None = None
        self.text_dropped: dict[int, int] = {}
        self.living: set[int] = set()
        """Worker processes that were born and have not been seen to end."""
        self.helpers: set[int] = set()
        """Processes that multiprocessing has started for itself: how they end tells nothing."""
        self.group_checked = 0.0
        self.watch = DeadlockWatch()
        self.told_waits = WaitGraph()
        self.standstill = StandstillWatch()
        self.stalls = Stalls(host.pid, config)
        self.patience = Patience(config)
        self.explained = False
        """Whether coroutines were asked where they stand: they answer among what lanes say."""
        self.exits = ExitMarks()
        self.picture = PictureReader(host.directory.path)
        self.outcome: dict[str, Value] = {}
        self.memory = MemoryWatch(memory_limit)
        self.holds = 0
        """How often it was paused, or went on after that."""
        self.understood = True
        """Whether what the host has sent so far were messages of ours. Afterwards nothing of it is read any more."""
        self.farewell = False
        """Whether the host said how the run ended."""
        self.overwritten = False
        """Whether it was said that counts of it were."""
        self.set_aside = 0
        """How many of its rings are not read any more."""
        self._closed = False

        # What the next batch is to have.
        self.started: RunStarted | None = RunStarted(config, python, asked_ns)
        self.events = [ProcessEvent(host.pid, host.born_ns, "born", "host")]
        self.marks: list[Mark] = []
        self.stop_step: StopStep | None = None
        self.state, _ = lifecycle.advance(lifecycle.State(), lifecycle.Asked(host.pid), now())

    @property
    def phase(self) -> RunPhase:
        """Where it stands."""
        return self.state.phase

    def mark(self, kind: str, text: str, pid: int | None = None, tid: int = 0, t_ns: int | None = None) -> None:
        """A moment for the next batch: of the host and of now, where nothing else is said."""
        self.marks.append(Mark(kind, self.host.pid if pid is None else pid, now() if t_ns is None else t_ns, text, tid))

    def exited(self, event: ProcessEvent) -> None:
        """A process of it has ended."""
        self.events.append(event)
        if event.pid not in self.helpers:
            self.marks += self.exits.of(event)

    # ---- instructions --------------------------------------------------------------------------------------------
    def do(self, event: lifecycle.Event) -> None:
        """Something has happened: carry out what is to be done about it."""
        at = now()
        self.state, instructions = lifecycle.advance(self.state, event, at)
        for do in instructions:
            if do in ending.NAMES and not (do is Do.KILL and self.state.host_gone):
                # Before the signal, while those are there whom it reaches.
                taken = self.stop_step = ending.step(do, self.state, self.host.pid, at)
                self.mark("stop" if taken.step == ASKED else "signal", ending.words(taken), t_ns=taken.t_ns)
            if do is Do.LAUNCH:
                lanes = lanes_at_most(self.config)
                self.host.launch(self.config, ring_records(lanes), self.memory.limit, lanes)
            elif do is Do.SEND_STOP:
                # Where the directory is gone the signals that may follow look like anybody's, and end the run all the same.
                with suppress(OSError):
                    self.host.directory.say_stopping()
                self.host.send_stop()
            elif do in SIGNALS:
                self.host.signal(SIGNALS[do])

    def end_badly(self, error: str) -> None:
        """End it at once, with this error; in the middle of Stop it is Stop that ended it."""
        self.farewell = True  # why it ended is known
        self.do(lifecycle.HostEnded(error))
        self.host.signal(signal.SIGKILL)

    def close(self) -> None:
        """End its processes and let go of everything, whatever of it fails. Raises what that was; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        with ExitStack() as closing:
            for close in (self.host.close, self.sampler.close, self.picture.close, self.text.close, self.drain.close):
                closing.callback(close)
            for asker in (self.watch.stacks, self.standstill.stacks):
                closing.callback(asker.forget)
