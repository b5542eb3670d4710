"""A session and a catalogue without processes: scripted batches, one for each step. For tests of the bridge and the window."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gui.bridge.engine import EngineBridge
from tests.helpers.fake_catalogue import CATALOGUE, FREE, NEWER, catalogue_of
from tests.helpers.scripted import PYTHON, process_pool_run, starting, thread_pool_run
from workers.contract.batch import Batch, Identity, LaneInfo, Mark, Picture, RunEnded
from workers.contract.config import RunConfig, Value
from workers.contract.ending import SpareTrouble
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue, PythonInfo
from workers.contract.phase import RunPhase
from workers.contract.waits import Standstill, WaitGraph


class FakeRequest:
    """Answers at the second poll, like the real one: not at once."""

    def __init__(self, python: str | None, answer: Catalogue | Exception = CATALOGUE) -> None:
        self.python, self.answer, self.polls, self.closed = python, answer, 0, False
        if python is not None and "missing" in python:
            raise ConfigError(
                f"There is no interpreter at {python}; `threadmill list pythons` shows those found.", "python"
            )

    def poll(self) -> Catalogue | None:
        self.polls += 1
        if self.polls < 2:
            return None
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.python is not None:
            return catalogue_of(NEWER if self.python == NEWER.executable else replace(FREE, executable=self.python))
        return self.answer

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeSession:
    """Plays a script, a batch a step."""

    seconds: float = 1.0
    tick_s: float = 0.1
    failed_every: int = 0
    endless: bool = False
    error: str = ""
    """The run ends FAILED with it."""
    phase: RunPhase = RunPhase.IDLE
    outcome: dict[str, Value] = field(default_factory=dict)
    """What the workload reports at the end."""
    gil: bool | None = None
    """What the workers say of their GIL."""
    picture: Picture | None = None
    """What the tasks have painted from the first step on."""
    deadlock: str = ""
    """Who waits for whom, said once the clock runs."""
    waits: WaitGraph | None = None
    """Who waits for what, said with it; a wait that is broken off makes it an empty one."""
    standstill: Standstill | None = None
    """Said at the same time."""
    checksum: int = 0
    """Of each lane."""
    turns: list[tuple[str, object]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    broken: list[tuple[int, str, int]] = field(default_factory=list)
    """(PID, how, TID) of each worker that was to be broken."""
    configs: list[RunConfig] = field(default_factory=list)
    spare_pid: int | None = None
    spare_trouble: SpareTrouble | None = None
    """Why no host stands ready; another try makes it none."""
    _script: Iterator[Batch] | None = None
    _last: Batch | None = None
    _marks: list[Mark] = field(default_factory=list)
    _extra_told: bool = False
    _unbroken: bool = True

    def learn(self, catalogue: Catalogue) -> None:
        self.calls.append("learn")

    def warm(self, python: str | None) -> None:
        self.calls.append("warm")

    def tend(self) -> None:
        self.calls.append("tend")

    def warm_again(self, python: str | None) -> None:
        self.calls.append("warm again")
        self.spare_trouble = None

    def start(self, config: RunConfig) -> None:
        self.calls.append("start")
        if config.seed == 667:
            raise RuntimeError("a fault of ours")
        if config.seed == 666:
            raise ConfigError("No room for the run's directory.", "workers")
        self.configs.append(config)
        # Ten minutes are a minute and a half here, longer than any test waits.
        seconds = 600.0 if self.endless else self.seconds
        per_second = max(1.0, (config.tasks or 200) / self.seconds)
        if CATALOGUE.models[config.model].workers_are == "processes":
            self._script = process_pool_run(seconds, config.workers, per_second, self.failed_every, self.tick_s)
        else:
            self._script = thread_pool_run(seconds, config.workers, per_second, self.failed_every, self.tick_s)
        self.phase = RunPhase.STARTING
        self._extra_told = False

    def turn(self, field: str, value: Value) -> None:
        self.turns.append((field, value))
        if value == 13:
            raise ConfigError("13 workers bring bad luck; turn to another number.", field)
        text = f"{value} workers" if field == "workers" else f"{field.partition('.')[2]} {value}"
        self._marks.append(
            Mark("workers" if field == "workers" else "turn", 1, self._last.t_ns if self._last else 0, text)
        )

    def break_wait(self, key: str) -> None:
        self.calls.append(f"break {key}")
        if self.waits is None or key not in self.waits.stuck:
            raise ConfigError(f"{key} waits for nothing; look at the graph again.")
        self.waits, self._unbroken = WaitGraph(self.waits.t_ns + 1), False

    def break_worker(self, identity: Identity, how: str, tid: int = 0) -> None:
        self.broken.append((identity.pid, how, tid))
        if identity.create_time != 1000.0 + identity.pid / 10:
            raise ConfigError(f"PID {identity.pid} is no process of this run any more; nothing was sent to it.")
        text = f"PID {identity.pid} was sent SIGKILL on request"
        self._marks.append(Mark("break", identity.pid, self._last.t_ns if self._last else 0, text))

    def step(self) -> Batch | None:
        if self._script is None:
            return None
        if self.phase is RunPhase.STOPPING and self._last is not None:
            return self._end(self._last)
        batch = next(self._script)
        if batch.started is not None:
            batch = starting(self.configs[-1], batch.started.asked_ns)
            if self.configs[-1].python == FREE.executable and batch.started is not None:
                batch = replace(batch, started=replace(batch.started, python=FREE))
        batch = self._with_more(batch)
        self.phase, self._last = batch.phase, batch
        if self.error and batch.counts.done > 20:
            return self._end(batch)
        if batch.ended is not None:
            self._script = None
        return batch

    def _with_more(self, batch: Batch) -> Batch:
        """What the script does not have: answers to turns, and what the test put in."""
        marks, self._marks = self._marks, []
        if batch.clock_start_ns is not None and not self._extra_told:
            self._extra_told = True
            if self.deadlock:
                marks.append(Mark("deadlock", 1, batch.t_ns, self.deadlock))
            batch = replace(batch, picture=self.picture, waits=self.waits, standstill=self.standstill)
        if not self._unbroken:
            self._unbroken = True
            marks.append(Mark("broken", 1, batch.t_ns, "the wait was broken off"))
            batch = replace(batch, waits=self.waits)
        lanes: tuple[LaneInfo, ...] = tuple(
            replace(lane, gil=self.gil if lane.role == "worker" else None, checksum=self.checksum)
            for lane in batch.lanes
        )
        if batch.ended is not None:
            batch = replace(batch, ended=replace(batch.ended, outcome=self.outcome))
        return replace(batch, lanes=lanes, marks=(*batch.marks, *marks))

    def _end(self, last: Batch) -> Batch:
        self._script = None
        self.phase = RunPhase.FAILED if self.error else RunPhase.FINISHED
        return Batch(
            last.t_ns,
            self.phase,
            replace(last.counts, lost=3),
            last.clock_start_ns,
            ended=RunEnded(self.phase, last.t_ns, self.error or None, not self.error, self.outcome),
        )

    def stop(self) -> None:
        self.calls.append("stop")
        self.phase = RunPhase.STOPPING

    def interrupt(self) -> None:
        self.calls.append("interrupt")
        self.phase = RunPhase.STOPPING

    def close(self) -> None:
        self.calls.append("close")
        self._script = None


def found_pythons() -> list[PythonInfo]:
    """Two interpreters, one of them free-threaded."""
    return [PYTHON, FREE]


def fake_bridge(session: FakeSession | None = None, answer: Catalogue | Exception = CATALOGUE) -> EngineBridge:
    """A bridge to a scripted session."""
    played = session or FakeSession()
    return EngineBridge(lambda: played, lambda python: FakeRequest(python, answer), found_pythons)  # type: ignore[arg-type,return-value]
