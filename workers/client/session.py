"""RunSession: one window's or command's line to its runs. Everything is driven by `step`, which never waits.

It carries out what the pure lifecycle decides, and gathers what has come into one Batch: spans from the rings, text from the
channel, samples from /proc, messages from the host, counts from the board. All calls come from one thread.
"""

import platform
import signal
import time
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import replace

from workers.client import ending
from workers.client.breaking import break_worker
from workers.client.drain import Drain
from workers.client.exits import ExitMarks
from workers.client.guardian import Guardian
from workers.client.host import HostProcess
from workers.client.interpreters import probe, resolve
from workers.client.limits import check_workers
from workers.client.memory import MemoryWatch, Verdict, limit_of
from workers.client.picture import PictureReader
from workers.client.rundir import SPARE_BYTES, RunDirectory, bytes_needed, lanes_at_most, ring_records, sweep_stale
from workers.client.sampler import Sampler, Sweep, make_sampler
from workers.client.spare import Spare
from workers.client.stacks import of_coroutines
from workers.client.stalls import Patience, Stalls
from workers.client.standstill import StandstillWatch
from workers.client.text import Said, TextReader
from workers.client.unreadable import as_texts, because
from workers.client.wait_graph import Facts
from workers.client.watch import DeadlockWatch
from workers.contract.batch import (
    Batch,
    Counts,
    Identity,
    LaneInfo,
    Mark,
    ProcessEvent,
    ProcessSample,
    RaceFilm,
    RunEnded,
    RunStarted,
    TextLine,
    ThreadSample,
)
from workers.contract.config import RunConfig, Value
from workers.contract.ending import ASKED, SpareTrouble, StopStep
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.lanes import who
from workers.contract.marks import SHOWN, more
from workers.contract.memory import AUTOMATIC, RunMemory
from workers.contract.messages import Clock, Ended, Hello, MessageError, Processes
from workers.contract.phase import RunPhase
from workers.contract.waits import Standstill, WaitGraph
from workers.engine import lifecycle
from workers.engine.lifecycle import Do
from workers.telemetry.clock import now

MOST_HOLDS = 100
"""So many pauses, and ends of them, are marked; the rest is counted."""
SIGNALS = {Do.INTERRUPT: signal.SIGINT, Do.TERMINATE: signal.SIGTERM, Do.KILL: signal.SIGKILL}


class _Run:
    """What belongs to the run under way."""

    def __init__(self, config: RunConfig, host: HostProcess, machine: str, memory_limit: int) -> None:
        self.config = config
        self.host = host
        self.machine = machine
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
        self.stalls = Stalls(host.pid)
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
        self._closed = False
        self.set_aside = 0
        """How many of its rings are not read any more."""

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


class RunSession:
    """Start runs, stop them, and step: at most one run at a time, each in a host of its own."""

    def __init__(self) -> None:
        """Starts the guardian."""
        self._machine = platform.node() or "localhost"
        sweep_stale()
        self._guardian = Guardian()
        self._state = lifecycle.State()
        self._run: _Run | None = None
        self._spare = Spare(lambda path: self._new_host(path, SPARE_BYTES))
        self._catalogues: dict[str, Catalogue] = {}
        self._started: RunStarted | None = None
        self._marks: list[Mark] = []
        self._events: list[ProcessEvent] = []
        self._stop_step: StopStep | None = None
        self._own_cpu = (time.thread_time(), time.perf_counter(), 0.0)
        self.memory_limit_mb = AUTOMATIC
        """What a run may take that starts from now on: see `workers.contract.memory`."""

    @property
    def phase(self) -> RunPhase:
        """Where the run stands."""
        return self._state.phase

    @property
    def guardian_pid(self) -> int:
        """PID of the process that cleans up if this one is killed."""
        return self._guardian.pid

    @property
    def spare_pid(self) -> int | None:
        """PID of the warm host, if there is one."""
        return self._spare.pid

    @property
    def spare_trouble(self) -> SpareTrouble | None:
        """Why there is none, where it ended again and again."""
        return self._spare.trouble

    # ---- commands ------------------------------------------------------------------------------------------------
    def learn(self, catalogue: Catalogue) -> None:
        """Remember what can be run under an interpreter, so that `start` need not ask again."""
        self._catalogues[catalogue.python.executable] = catalogue

    def warm(self, python: str | None) -> None:
        """Have a host of this interpreter ready: saves its start-up, 70-160 ms, when a run is asked for."""
        self._spare.warm(resolve(python))

    def tend(self) -> None:
        """See how the warm host fares. One that ended by itself is started again, at most three times in five minutes."""
        self._guardian.look()
        self._spare.look()

    def warm_again(self, python: str | None) -> None:
        """Try once more, whatever came of it before."""
        self._spare.forgive()
        self.warm(python)

    def start(self, config: RunConfig) -> None:
        """Start a run. Raises ConfigError where it cannot be.

        Names and values are checked against the interpreter's catalogue where it was learned, which also says what the
        model's workers are, and so how many are too many. Without one, the host says what is wrong.
        """
        if self.phase.active:
            raise ConfigError("A run is under way; stop it first.")
        try:
            self._start(config)
        except OSError as error:  # no descriptor or no memory is left
            raise ConfigError(f"The run could not be started: {error.strerror or error}.", "workers") from None

    def _start(self, config: RunConfig) -> None:
        path = resolve(config.python)
        catalogue = self._catalogues.get(path)
        if catalogue is not None:
            config = catalogue.resolve(config)
        lanes = lanes_at_most(config)
        check_workers(
            max(config.workers, int(config.options.get("pool_size", 0))),
            catalogue.models[config.model].workers_are if catalogue else "processes",
        )
        python = catalogue.python if catalogue else probe(path)
        asked = now()
        spare = self._spare.take(path)
        if spare is not None and not spare.directory.fits(lanes):
            spare.close()
            spare = None
        try:
            host = spare or self._new_host(path, bytes_needed(lanes))
        except OSError as error:
            raise ConfigError(str(error), "workers") from None
        try:
            self._run = _Run(config, host, self._machine, limit_of(self.memory_limit_mb))
        except OSError as error:
            host.close()
            raise ConfigError(f"The run could not be started: {error.strerror or error}.", "workers") from None
        self._events = [ProcessEvent(host.pid, host.born_ns, "born", "host")]
        self._marks = []
        self._started = RunStarted(config, python, asked)
        self._do(lifecycle.Asked(host.pid))

    def stop(self) -> None:
        """Stop in steps; everything is gone within a second."""
        self._do(lifecycle.StopAsked())

    def turn(self, field: str, value: Value) -> None:
        """Change something while the run goes on: "workers", or "params.NAME" or "options.NAME" of those that are live.

        Raises ConfigError where there is no run, or it cannot be changed, or not to that.
        """
        run = self._run
        if run is None:
            raise ConfigError("Nothing runs that could be changed; start a run first.", field)
        if self.phase not in (RunPhase.WARMING, RunPhase.RUNNING):
            ends = self.phase is RunPhase.STOPPING
            raise ConfigError(
                f"The run is {self.phase}: {'it cannot be changed any more' if ends else 'wait until it runs'}.", field
            )
        catalogue = self._catalogues.get(run.host.python)
        if catalogue is None:
            raise ConfigError("What this run can change is not known.", field)
        value = catalogue.check_turn(run.config, field, value)
        if field == "workers":
            check_workers(int(value), catalogue.models[run.config.model].workers_are)
        run.host.turn({field: value})

    def wait_graph(self) -> WaitGraph:
        """Who waits for what in the run under way, as of a tenth of a second ago; empty where nobody does."""
        return self._run.watch.graph if self._run is not None else WaitGraph()

    def break_wait(self, key: str) -> None:
        """Break off the wait of a lane, by the key of its node: DeadlockBroken is raised in its task, the others go on.

        Raises ConfigError where that lane waits for nothing, or for what cannot be broken off.
        """
        run = self._run
        lane = None
        if run is not None and run.drain.anybody_waits():
            lane = next((lane for lane in run.drain.standing() if lane.key == key and lane.waits), None)
        if run is None or lane is None:
            raise ConfigError("That wait is over; there is nothing to break off.", "waits")
        name = run.drain.places.name(lane.place)
        if not lane.breakable:
            raise ConfigError(
                f"The wait of {who(lane.lane)} for {name} cannot be broken off; stop the run instead.", "waits"
            )
        run.drain.break_off(lane)
        text = f"the wait of {who(lane.lane)} for {name} was broken off: its task fails, and gives back what it held"
        self._marks.append(Mark("broken", lane.lane.pid, now(), text, lane.lane.tid))

    def break_worker(self, identity: Identity, how: str, tid: int = 0) -> None:
        """Break a process of the run under way, in one of `workers.contract.breaking.WAYS`; what becomes of the run shows as ever.

        `tid` is the thread of it that is meant, where the lane is to do it to itself; 0: one that has a task.
        Raises ConfigError where nothing runs, it is none of the run's processes (any more), or it cannot be broken in that way.
        """
        run = self._run
        if run is None or self.phase not in (RunPhase.WARMING, RunPhase.RUNNING):
            raise ConfigError("No run is under way whose workers could be broken.")
        self._marks.append(break_worker(run.drain, run.sampler, run.host.pid, identity, how, tid))

    def interrupt(self) -> None:
        """End everything now."""
        self._do(lifecycle.InterruptAsked())

    def close(self) -> None:
        """End the run, the spare and the guardian. Takes a few tens of milliseconds."""
        run, self._run = self._run, None
        if run is not None:
            self._state = lifecycle.State()
        with ExitStack() as closing:
            for close in (self._guardian.close, self._spare.close, *((run.close,) if run is not None else ())):
                closing.callback(close)

    # ---- the tick ------------------------------------------------------------------------------------------------
    def step(self) -> Batch | None:
        """What has come since the last call; None where no run is under way.

        Whatever cannot be read of a run ends it: its last batch says so, and the next run can be started.
        """
        run = self._run
        if run is None:
            return None
        self._guardian.look()
        texts: list[TextLine] = []
        try:
            run.host.directory.board.look()
            self._hear(run, texts)
            self._look_at_counts(run)
            final = self._look_after(run)
            return self._gather(run, texts, final)
        except Exception as error:  # noqa: BLE001 - told, with its traceback
            return self._break_off(run, texts, error)

    def _break_off(self, run: _Run, texts: list[TextLine], error: Exception) -> Batch:
        """The last batch of a run that cannot be read: its processes are ended, and what went wrong stands among its texts."""
        self._run = None
        pid, errors = run.host.pid, [error]
        reason = because(error, pid)
        if not self.phase.active:  # all was over but for the last look
            reason = self._state.error or reason
            self._state = replace(self._state, phase=RunPhase.FAILED, error=reason)
        self._state, _ = lifecycle.advance(self._state, lifecycle.Unreadable(reason), now())
        try:
            run.close()
        except Exception as second:  # noqa: BLE001 - likewise
            errors.append(second)
        t_ns = now()
        texts += as_texts(errors, pid, t_ns)
        counts = self._counts(run, True)
        for worker in sorted(run.living):
            self._events.append(ProcessEvent(worker, t_ns, "exited"))
        self._events.append(ProcessEvent(pid, t_ns, "exited", "host", run.host.exit_code))
        started, self._started = self._started, None
        events, self._events = self._events, []
        marks, self._marks = self._marks, []
        stop_step, self._stop_step = self._stop_step, None
        return Batch(
            t_ns=t_ns,
            phase=self.phase,
            counts=counts,
            clock_start_ns=run.clock_start_ns,
            started=started,
            events=tuple(events),
            texts=tuple(texts),
            marks=tuple(marks),
            ended=RunEnded(self.phase, t_ns, reason, self._state.stopped, run.outcome),
            stop_step=stop_step,
            own_cpu_share=self._cost(),
        )

    def _look_at_counts(self, run: _Run) -> None:
        """Say where the counts are not what the host has written there."""
        board = run.host.directory.board
        if board.cut_short and run.host.exit_code is None and not self._state.ended:
            self._end_badly(run, because("the file of its counts was cut short", run.host.pid))
        if board.overwritten and not run.overwritten:
            run.overwritten = True
            text = "the counts of the run were overwritten: what cannot be is left out"
            self._marks.append(Mark("protocol", run.host.pid, now(), text))

    def _hear(self, run: _Run, texts: list[TextLine]) -> None:
        """Take the host's messages and raw output."""
        gone = run.host.exit_code is not None  # asked first, so that its last words are not missed
        messages = []
        try:
            messages = run.host.messages() if run.understood else []
        except MessageError as error:
            run.understood = False
            self._marks.append(Mark("protocol", run.host.pid, now(), f"the host sent {error}; it was ended"))
            self._end_badly(
                run,
                f"The host, PID {run.host.pid}, sent what is no message of ours ({error}) and was ended; "
                "what had arrived by then is kept: start the run again.",
            )
        for message in messages:
            match message:
                case Hello():
                    self._do(lifecycle.HostReady())
                case Clock(t_ns):
                    run.clock_start_ns = t_ns
                    self._do(lifecycle.ClockStarted())
                case Processes(born, exited):
                    self._processes(run, born, exited)
                case Ended(_, reason, outcome):
                    run.outcome, run.farewell = outcome, True
                    if not reason:
                        self._spare.forgive()  # hosts work
                    self._do(lifecycle.HostEnded(reason))
        lines = run.host.read_output()
        for asker in (run.watch.stacks, run.standstill.stacks):
            asker.hear(lines)
        for line in lines:
            texts.append(TextLine(now(), run.host.pid, run.host.pid, "stderr", line))
        if gone:
            self._do(lifecycle.HostGone(run.host.reason()))

    def _end_badly(self, run: _Run, error: str) -> None:
        """End the run at once, with this error; in the middle of Stop it is Stop that ended it."""
        run.farewell = True  # why it ended is known
        self._do(lifecycle.HostEnded(error))
        run.host.signal(signal.SIGKILL)

    def _processes(self, run: _Run, born: list[list[object]], exited: list[list[object]]) -> None:
        for pid, t_ns, role in born:
            assert isinstance(pid, int)
            assert isinstance(t_ns, int)  # `decode` has checked that
            self._events.append(ProcessEvent(pid, t_ns, "born", str(role)))
            run.living.add(pid)
            if role not in ("worker", "manager"):
                run.helpers.add(pid)
            run.sampler.watch(pid, str(role))
        for pid, t_ns, code in exited:
            assert isinstance(pid, int)
            assert isinstance(t_ns, int)
            run.living.discard(pid)
            self._exited(run, ProcessEvent(pid, t_ns, "exited", exit_code=code if isinstance(code, int) else None))

    def _exited(self, run: _Run, event: ProcessEvent) -> None:
        self._events.append(event)
        if event.pid not in run.helpers:
            self._marks += run.exits.of(event)

    def _look_after(self, run: _Run) -> bool:
        """Let time pass. True once nobody is left and this is the last batch."""
        state = self._state
        if state.host_gone and state.phase.active and time.monotonic() >= run.group_checked:
            run.group_checked = time.monotonic() + 0.02
            if not run.host.group_alive():
                self._do(lifecycle.GroupGone())
        self._do(lifecycle.Tick())
        if state.phase is RunPhase.RUNNING:
            text = run.watch.look(run.drain, self._facts(run))
            if text:
                run.host.explain()
                run.explained = True
                self._marks.append(Mark("deadlock", run.host.pid, now(), text))
        return not self._state.phase.active

    def _gather(self, run: _Run, texts: list[TextLine], final: bool) -> Batch:
        unread = run.drain.unread
        if final:
            run.host.directory.board.look()
        spans, lanes = run.drain.read(final)
        if run.drain.unread and not unread:
            self._marks.append(Mark("unrecorded", run.host.pid, now(), "too few descriptors: not every lane is shown"))
        for found in run.drain.take_set_aside():
            run.set_aside += 1
            if run.set_aside <= SHOWN:
                whose = found.lane
                pid, tid = (whose.pid, whose.tid) if whose is not None else (run.host.pid, 0)
                self._marks.append(Mark("unrecorded", pid, now(), str(found), tid))
        self._follow_lanes(run, lanes)
        said = run.text.read()
        films: list[RaceFilm] = []
        while said:
            texts += said.texts
            self._marks += said.marks
            films += said.films
            said = run.text.read() if final else Said()
        processes: tuple[ProcessSample, ...] = ()
        threads: tuple[ThreadSample, ...] = ()
        machine_busy_s = None
        if not final and time.monotonic() >= run.next_sweep:
            run.next_sweep = time.monotonic() + run.sampler.period_s
            processes, threads = run.sampler.sweep()
            machine_busy_s = run.sampler.machine_busy_s()
        if not final:
            self._marks += run.stalls.look(processes, run.host.directory.board.get("beat"), now())
        counts = self._counts(run, final)
        if self.phase is RunPhase.RUNNING:
            self._lose_patience(run, counts)
        memory = self._memory(run, processes, counts)
        picture = run.picture.read(counts.done, final)
        waits, standstill = self._new_waits(run), None
        if self.phase is RunPhase.RUNNING:
            standstill = self._standstill(run, counts, texts, (processes, threads))
        stacks = [*run.watch.stacks.take(final), *run.standstill.stacks.take(final)]
        if run.explained:
            stacks += of_coroutines(texts)
        ended = None
        if final:
            ended = self._end(run)
        started, self._started = self._started, None
        events, self._events = self._events, []
        all_marks, self._marks = self._marks, []
        stop_step, self._stop_step = self._stop_step, None
        return Batch(
            t_ns=now(),
            phase=self.phase,
            counts=counts,
            clock_start_ns=run.clock_start_ns,
            started=started,
            lanes=lanes,
            spans=spans,
            processes=processes,
            threads=threads,
            events=tuple(events),
            texts=tuple(texts),
            marks=tuple(all_marks),
            films=tuple(films),
            picture=picture,
            ended=ended,
            stop_step=stop_step,
            waits=waits,
            standstill=standstill,
            stacks=tuple(stacks),
            lock_names=run.drain.take_names(),
            semaphores=run.drain.take_semaphores(),
            machine_busy_s=machine_busy_s,
            memory=memory,
            own_cpu_share=self._cost(),
        )

    def _memory(self, run: _Run, processes: tuple[ProcessSample, ...], counts: Counts) -> RunMemory | None:
        """Look at what the run has, where it was sampled just now; pause it, let it go on or end it."""
        if not processes or self.phase is RunPhase.STARTING or run.host.exit_code is not None:
            return None
        watch = run.memory
        verdict = watch.look(processes, counts.submitted - counts.done - counts.failed)
        if verdict is Verdict.END:
            self._end_badly(run, watch.words(verdict))
        elif verdict is not None:
            run.host.hold(watch.held)
            run.holds += 1
            if run.holds <= MOST_HOLDS:
                self._marks.append(
                    Mark("paused" if watch.held else "resumed", run.host.pid, now(), watch.words(verdict))
                )
        return watch.last

    def _lose_patience(self, run: _Run, counts: Counts) -> None:
        """End a run that only waits for processes that were stopped."""
        config, start_ns = run.config, run.clock_start_ns
        late = config.seconds is not None and start_ns is not None and now() >= start_ns + int(config.seconds * 1e9)
        handed_out = config.tasks is not None and counts.submitted >= config.tasks
        over = late or handed_out or bool(run.host.directory.board.get("spent"))
        error = run.patience.look(run.stalls.stopped, counts.done + counts.failed, over, now())
        if error:
            self._end_badly(run, error)

    def _facts(self, run: _Run) -> Facts:
        board, config = run.host.directory.board, run.config
        submitted = board.get("submitted")
        return Facts(
            max(config.workers, int(config.options.get("pool_size", 0)), board.get("active")),
            submitted - board.get("done") - board.get("failed"),
            submitted,
            config.tasks is None or submitted < config.tasks,
        )

    def _new_waits(self, run: _Run) -> WaitGraph | None:
        """The graph, where it is another one than was told last."""
        graph = run.watch.graph
        if replace(graph, t_ns=0) == replace(run.told_waits, t_ns=0):
            return None
        run.told_waits = graph
        return graph

    def _standstill(self, run: _Run, counts: Counts, texts: list[TextLine], samples: Sweep) -> Standstill | None:
        """What is to be said of nothing having progressed; it is marked, and stacks are asked for."""
        # Why nothing progresses is said already.
        known = run.watch.stuck or bool(run.stalls.pids) or run.memory.held
        said = run.standstill.look(run.drain, counts, len(texts), samples, known)
        if said is not None:
            self._marks.append(Mark("standstill", run.host.pid, said.t_ns, said.text))
            run.host.explain()
            run.explained = True
        return said

    def _follow_lanes(self, run: _Run, lanes: Iterable[LaneInfo]) -> None:
        for lane in lanes:
            if lane.text_dropped:
                run.text_dropped[lane.number] = lane.text_dropped
            if lane.ended_ns is None:
                run.sampler.watch(lane.pid, "host" if lane.pid == run.host.pid else "worker")
                run.sampler.lane(lane.pid, lane.tid, lane.role)

    def _counts(self, run: _Run, final: bool) -> Counts:
        board = run.host.directory.board
        submitted, done, failed = board.get("submitted"), board.get("done"), board.get("failed")
        return Counts(
            submitted,
            done,
            failed,
            max(0, submitted - done - failed) if final else 0,
            board.get("active"),
            sum(run.text_dropped.values()),
        )

    def _end(self, run: _Run) -> RunEnded:
        """Nobody is left: note how they ended, and remove what the run had."""
        state = self._state
        t_ns = now()
        killed = -int(signal.SIGKILL) if state.step >= 3 or state.stopped else None
        for pid in sorted(run.living):
            code = run.sampler.exit_code(pid)  # of one that had ended before, which the host could not tell any more
            self._exited(run, ProcessEvent(pid, t_ns, "exited", exit_code=killed if code is None else code))
        self._marks += run.exits.rest(run.host.pid, t_ns)
        if run.holds > MOST_HOLDS:
            self._marks.append(Mark("paused", run.host.pid, t_ns, more(run.holds - MOST_HOLDS)))
        if run.set_aside > SHOWN:
            self._marks.append(Mark("unrecorded", run.host.pid, t_ns, more(run.set_aside - SHOWN)))
        self._events.append(ProcessEvent(run.host.pid, t_ns, "exited", "host", run.host.exit_code))
        closed = run.host.directory.board.get("closed")
        error = state.error or None
        crashed = any(line.startswith("Fatal Python error") for line in run.host.output)  # its stack was shown
        if error and not run.farewell and not crashed:
            output = run.host.last_words()
            error = f"{error} Its last output: {output[-1][:200]}" if output else error
        run.close()
        self._run = None
        return RunEnded(self.phase, closed or t_ns, error, state.stopped, run.outcome)

    # ---- instructions --------------------------------------------------------------------------------------------
    def _do(self, event: lifecycle.Event) -> None:
        at = now()
        self._state, instructions = lifecycle.advance(self._state, event, at)
        run = self._run
        if run is None:
            return
        for do in instructions:
            if do in ending.NAMES and not (do is Do.KILL and self._state.host_gone):
                # Before the signal, while those are there whom it reaches.
                taken = self._stop_step = ending.step(do, self._state, run.host.pid, at)
                kind = "stop" if taken.step == ASKED else "signal"
                self._marks.append(Mark(kind, run.host.pid, taken.t_ns, ending.words(taken)))
            if do is Do.LAUNCH:
                lanes = lanes_at_most(run.config)
                run.host.launch(run.config, ring_records(lanes), run.memory.limit, lanes)
            elif do is Do.SEND_STOP:
                # Where the directory is gone the signals that may follow look like anybody's, and end the run all the same.
                with suppress(OSError):
                    run.host.directory.say_stopping()
                run.host.send_stop()
            elif do in SIGNALS:
                run.host.signal(SIGNALS[do])

    def _new_host(self, path: str, needed: int) -> HostProcess:
        directory = RunDirectory(needed)
        try:
            return HostProcess(path, self._guardian, directory)
        except OSError:
            directory.discard()
            raise

    def _cost(self) -> float:
        """CPU share of this thread over the last second or more."""
        cpu, wall, share = self._own_cpu
        elapsed = time.perf_counter() - wall
        if elapsed >= 1.0:
            used = time.thread_time()
            share = (used - cpu) / elapsed
            self._own_cpu = (used, time.perf_counter(), share)
        return share
