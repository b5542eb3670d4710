"""RunSession: one window's or command's line to its runs. Everything is driven by `step`, which never waits.

A run (`run`) carries out what the pure lifecycle decides. At each step its host is heard (`hearing`), what is to become of it is judged
(`judging`), and what has come is gathered into one Batch (`gathering`): spans from the rings, text from the channel, samples from
/proc, messages from the host, counts from the board. All calls come from one thread.
"""

import platform
import time
from contextlib import ExitStack

from workers.client.breaking import break_worker
from workers.client.gathering import gather, give_up
from workers.client.guardian import Guardian
from workers.client.hearing import hear
from workers.client.host import HostProcess
from workers.client.interpreters import probe, resolve
from workers.client.judging import look_after, look_at_counts
from workers.client.limits import check_workers
from workers.client.memory import limit_of
from workers.client.run import Run
from workers.client.rundir import SPARE_BYTES, RunDirectory, bytes_needed, lanes_at_most, sweep_stale
from workers.client.spare import Spare
from workers.contract.batch import Batch, Identity, TextLine
from workers.contract.config import RunConfig, Value
from workers.contract.ending import SpareTrouble
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.lanes import who
from workers.contract.memory import AUTOMATIC
from workers.contract.phase import RunPhase
from workers.contract.waits import WaitGraph
from workers.engine import lifecycle
from workers.telemetry.clock import now


class RunSession:
    """Start runs, stop them, and step: at most one run at a time, each in a host of its own."""

    def __init__(self) -> None:
        """Starts the guardian."""
        self._machine = platform.node() or "localhost"
        sweep_stale()
        self._guardian = Guardian()
        self._run: Run | None = None
        self._phase = RunPhase.IDLE
        """How the last run ended."""
        self._spare = Spare(lambda path: self._new_host(path, SPARE_BYTES))
        self._catalogues: dict[str, Catalogue] = {}
        self._own_cpu = (time.thread_time(), time.perf_counter(), 0.0)
        self.memory_limit_mb = AUTOMATIC
        """What a run may take that starts from now on: see `workers.contract.memory`."""

    @property
    def phase(self) -> RunPhase:
        """Where the run stands."""
        return self._run.phase if self._run is not None else self._phase

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
            self._run = Run(config, host, self._machine, limit_of(self.memory_limit_mb), python, asked)
        except OSError as error:
            host.close()
            raise ConfigError(f"The run could not be started: {error.strerror or error}.", "workers") from None

    def stop(self) -> None:
        """Stop in steps; everything is gone within a second."""
        if self._run is not None:
            self._run.do(lifecycle.StopAsked())

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
        run.mark("broken", text, lane.lane.pid, lane.lane.tid)

    def break_worker(self, identity: Identity, how: str, tid: int = 0) -> None:
        """Break a process of the run under way, in one of `workers.contract.breaking.WAYS`; what becomes of the run shows as ever.

        `tid` is the thread of it that is meant, where the lane is to do it to itself; 0: one that has a task.
        Raises ConfigError where nothing runs, it is none of the run's processes (any more), or it cannot be broken in that way.
        """
        run = self._run
        if run is None or self.phase not in (RunPhase.WARMING, RunPhase.RUNNING):
            raise ConfigError("No run is under way whose workers could be broken.")
        run.marks.append(break_worker(run.drain, run.sampler, run.host.pid, identity, how, tid))

    def interrupt(self) -> None:
        """End everything now."""
        if self._run is not None:
            self._run.do(lifecycle.InterruptAsked())

    def close(self) -> None:
        """End the run, the spare and the guardian. Takes a few tens of milliseconds."""
        run, self._run = self._run, None
        if run is not None:
            self._phase = RunPhase.IDLE
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
            if hear(run, texts):
                self._spare.forgive()  # hosts work
            look_at_counts(run)
            final = look_after(run)
            batch = gather(run, texts, final, self._cost())
        except Exception as error:  # noqa: BLE001 - told, with its traceback
            self._run, self._phase = None, RunPhase.FAILED
            return give_up(run, texts, error, self._cost())
        if final:
            self._run, self._phase = None, run.phase
        return batch

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
