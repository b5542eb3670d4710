"""A session and a catalogue without processes: scripted batches, one for each step. For tests of the bridge and the window."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gui.bridge.engine import EngineBridge
from tests.helpers.scripted import PYTHON, process_pool_run, starting, thread_pool_run
from workers.contract.batch import Batch, RunEnded
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue, ModelInfo, Param, PythonInfo, WorkloadInfo
from workers.contract.phase import RunPhase

START_METHOD = Param(
    "start_method", "fork", "Start method", "How a new process comes to be.", choices=("fork", "spawn", "forkserver")
)
CHUNK = Param("chunksize", 1, "Chunk size", "Tasks handed over at a time.", minimum=1, maximum=10_000)
JOIN = Param("join", "all", "Join", "Wait for each thread, or for all at the end.", choices=("each", "all"))
DAEMON = Param("daemon", False, "Daemon", "Threads that end with the process.")


def _model(title: str, family: str, summary: str, *params: Param, workers_are: str, unavailable: str = "") -> ModelInfo:
    return ModelInfo(title, family, summary, params, workers_are, unavailable)


CATALOGUE = Catalogue(
    PYTHON,
    {
        "sequential": _model("Sequential", "main", "One task after the other, in the main thread.", workers_are="none"),
        "thread_per_task": _model(
            "Thread per task",
            "threads",
            "Every task gets a thread of its own, which ends with it.",
            JOIN,
            DAEMON,
            workers_are="threads",
        ),
        "thread_pool": _model(
            "Thread pool",
            "threads",
            "Workers share one interpreter, and so one GIL: waiting overlaps, computing in pure Python takes turns.",
            workers_are="threads",
        ),
        "process_per_task": _model(
            "Process per task",
            "processes",
            "Every task gets a process of its own, which ends with it.",
            START_METHOD,
            workers_are="processes",
        ),
        "pool_apply": _model(
            "Pool.apply",
            "processes",
            "Waits for each result before the next task.",
            START_METHOD,
            workers_are="processes",
        ),
        "pool_apply_async": _model(
            "Pool.apply_async",
            "processes",
            "Results come back through a callback in the main process.",
            START_METHOD,
            workers_are="processes",
        ),
        "process_pool": _model(
            "Process pool",
            "processes",
            "Each worker is a process with a GIL of its own: computing overlaps, arguments and results are pickled.",
            START_METHOD,
            CHUNK,
            workers_are="processes",
        ),
        "sub_interpreters": _model(
            "Sub-interpreters",
            "threads",
            "One GIL for each interpreter.",
            workers_are="threads",
            unavailable="needs 3.14",
        ),
    },
    {
        "count_primes": WorkloadInfo(
            "Count primes",
            "Counts primes below a limit, in Python.",
            "CPU in Python",
            (
                Param("limit", 20_000, "Up to", "Where counting ends.", minimum=1, maximum=10_000_000),
                Param("fail_every", 0, "Fail every", "Raise in every n-th task; 0 for never.", minimum=0),
            ),
        ),
        "sha256": WorkloadInfo(
            "SHA-256",
            "Hashes a block; the C code releases the GIL.",
            "CPU in C",
            (Param("size", 256, "Block", "How much is hashed.", unit="KiB", minimum=1, maximum=65_536),),
        ),
        "sleep": WorkloadInfo(
            "Sleep",
            "Sleeps.",
            "waiting",
            (Param("seconds", 0.05, "For", "How long.", unit="s", minimum=0.0, maximum=60.0),),
        ),
        "echo": WorkloadInfo("Echo", "Sends bytes to a server and waits for them.", "waiting"),
    },
)


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
            return replace(self.answer, python=replace(PYTHON, executable=self.python, version="3.14.0", gil=False))
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
    calls: list[str] = field(default_factory=list)
    configs: list[RunConfig] = field(default_factory=list)
    _script: Iterator[Batch] | None = None
    _last: Batch | None = None

    def learn(self, catalogue: Catalogue) -> None:
        self.calls.append("learn")

    def warm(self, python: str | None) -> None:
        self.calls.append("warm")

    def start(self, config: RunConfig) -> None:
        self.calls.append("start")
        if config.seed == 667:
            raise RuntimeError("a fault of ours")
        if config.seed == 666:
            raise ConfigError("No room for the run's directory.", "workers")
        self.configs.append(config)
        seconds = 3600.0 if self.endless else self.seconds
        per_second = max(1.0, (config.tasks or 200) / self.seconds)
        if CATALOGUE.models[config.model].workers_are == "processes":
            self._script = process_pool_run(seconds, config.workers, per_second, self.failed_every, self.tick_s)
        else:
            self._script = thread_pool_run(seconds, config.workers, per_second, self.failed_every, self.tick_s)
        self.phase = RunPhase.STARTING

    def step(self) -> Batch | None:
        if self._script is None:
            return None
        if self.phase is RunPhase.STOPPING and self._last is not None:
            return self._end(self._last)
        batch = next(self._script)
        if batch.started is not None:
            batch = starting(self.configs[-1], batch.started.asked_ns)
        self.phase, self._last = batch.phase, batch
        if self.error and batch.counts.done > 20:
            return self._end(batch)
        if batch.ended is not None:
            self._script = None
        return batch

    def _end(self, last: Batch) -> Batch:
        self._script = None
        self.phase = RunPhase.FAILED if self.error else RunPhase.FINISHED
        return Batch(
            last.t_ns,
            self.phase,
            replace(last.counts, lost=3),
            last.clock_start_ns,
            ended=RunEnded(self.phase, last.t_ns, self.error or None, not self.error),
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
    """Two interpreters."""
    return [PYTHON, replace(PYTHON, executable="/opt/python3.14/bin/python3.14t", version="3.14.0", gil=False)]


def fake_bridge(session: FakeSession | None = None, answer: Catalogue | Exception = CATALOGUE) -> EngineBridge:
    """A bridge to a scripted session."""
    played = session or FakeSession()
    return EngineBridge(lambda: played, lambda python: FakeRequest(python, answer), found_pythons)  # type: ignore[arg-type,return-value]
