"""A session that carries out rounds of a sweep without processes, in a time of its own; and reports of sweeps that never were."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.helpers.fake_catalogue import CATALOGUE
from tests.helpers.scripted import PYTHON
from workers.contract.batch import Batch, Counts, Mark, RunEnded, RunStarted, TextLine
from workers.contract.config import RunConfig
from workers.contract.ending import SpareTrouble
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.phase import RunPhase
from workers.contract.sweep import Cell, CellResult, Round, SweepPlan, SweepState
from workers.sweep.facts import Facts
from workers.sweep.report import Report, report
from workers.sweep.runner import SweepRunner
from workers.sweep.store import SweepStore

STARTUP_S = 0.25
FACTORS = {"sequential": 80.0, "thread_pool": 100.0, "process_pool": 150.0, "asyncio_tasks": 120.0}


@dataclass
class SweepSession:
    """Plays a round in three steps: asked for, running, ended. `rate` says how many tasks a second a run reaches."""

    rate: Callable[[RunConfig], float] = lambda config: config.workers * FACTORS[config.model]
    errors: Mapping[str, str] = field(default_factory=dict)
    """Models whose runs fail, and with what."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Models that `start` refuses."""
    failing: frozenset[str] = frozenset()
    """Models all of whose tasks fail."""
    endless: frozenset[str] = frozenset()
    """Models whose runs do not end before they are interrupted."""
    stuck: frozenset[str] = frozenset()
    """Models that deadlock."""
    spare_pid: int | None = None
    spare_trouble: SpareTrouble | None = None
    now_s: float = 1_000.0
    configs: list[RunConfig] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    _config: RunConfig | None = None
    _step: int = 0
    _asked_s: float = 0.0
    _told: str = ""
    """What this run was asked: stop, interrupt."""

    def clock(self) -> float:
        return self.now_s

    def learn(self, catalogue: Catalogue) -> None:
        self.calls.append("learn")

    def warm(self, python: str | None) -> None:
        self.calls.append("warm")

    def tend(self) -> None:
        self.calls.append("tend")

    def start(self, config: RunConfig) -> None:
        assert self._config is None, "a run is under way"
        if config.model in self.refused:
            raise ConfigError(self.refused[config.model], "model")
        self.configs.append(config)
        self._config, self._step, self._asked_s, self._told = config, 0, self.now_s, ""

    def step(self) -> Batch | None:
        config = self._config
        if config is None:
            return None
        self._step += 1
        if self._step == 1:
            return self._batch(RunPhase.STARTING, started=RunStarted(config, PYTHON, int(self._asked_s * 1e9)))
        self.now_s += STARTUP_S if self._step == 2 else config.seconds or 1.0
        over = self._step == 3 or self._told != ""
        if config.model in self.stuck and not self._told:
            return self._batch(RunPhase.RUNNING, marks=(Mark("deadlock", 1, 0, "Deadlock: each waits for the other"),))
        if config.model in self.endless and self._told != "interrupt":
            return self._batch(RunPhase.RUNNING)
        if self._step == 2 and not over:
            return self._batch(RunPhase.RUNNING)
        return self._end(config)

    def _end(self, config: RunConfig) -> Batch:
        self._config = None
        error = self.errors.get(config.model)
        phase = RunPhase.FAILED if error else RunPhase.FINISHED
        seconds = self.now_s - self._asked_s - STARTUP_S
        done = max(1, round(self.rate(config) * seconds))
        bad = config.model in self.failing
        texts = (TextLine(0, 1, 1, "failure", "Traceback\nValueError: no"),) if bad else ()
        counts = Counts(done, 0 if bad else done, done if bad else 0)
        ended = RunEnded(phase, int(self.now_s * 1e9), error, self._told != "")
        return self._batch(phase, counts=counts, ended=ended, texts=texts)

    def _batch(self, phase: RunPhase, counts: Counts = Counts(), **more: object) -> Batch:  # noqa: B008
        clock = int((self._asked_s + STARTUP_S) * 1e9) if self._step > 1 else None
        return Batch(int(self.now_s * 1e9), phase, counts, clock, **more)  # type: ignore[arg-type]

    def stop(self) -> None:
        self.calls.append("stop")
        self._told = "stop"

    def interrupt(self) -> None:
        self.calls.append("interrupt")
        self._told = "interrupt"

    def close(self) -> None:
        self.calls.append("close")
        self._config = None


class Answer:
    """A catalogue at the second poll, or what is wrong."""

    def __init__(self, python: str | None, answer: Catalogue | Exception = CATALOGUE) -> None:
        self.polls, self.closed, self._answer = 0, False, answer

    def poll(self) -> Catalogue | None:
        self.polls += 1
        if self.polls < 2:
            return None
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def close(self) -> None:
        self.closed = True


def runner(
    plan: SweepPlan, session: SweepSession, store: Callable[..., SweepStore | None] | None = None, **more: object
) -> SweepRunner:
    """A runner over a scripted session; without `store` nothing is kept."""
    return SweepRunner(
        plan,
        session,
        Answer,
        store or (lambda plan, pythons: None),
        clock=session.clock,
        cap=lambda kind: 1_000,
        **more,
    )  # type: ignore[arg-type]


def carry(
    made: SweepRunner, until: Callable[[SweepState], bool] = lambda state: False, most: int = 20_000
) -> SweepState:
    """Step until it is over, or `until` holds."""
    for _ in range(most):
        if not made.state.active or until(made.state):
            return made.state
        made.step()
    raise AssertionError(f"it does not end: {made.state}")


def results(rates: Mapping[Cell, tuple[float, ...]], startup_s: float = STARTUP_S) -> tuple[CellResult, ...]:
    """Cells with these throughputs, one a round."""
    return tuple(
        CellResult(cell, tuple(Round(rate, startup_s, 1.0, 1.3, max(1, round(rate))) for rate in rounds))
        for cell, rounds in rates.items()
    )


def report_of(
    rates: Mapping[Cell, tuple[float, ...]],
    plan: SweepPlan | None = None,
    phase: str = "done",
    facts: Facts | None = None,
) -> Report:
    """The report of a sweep that measured this."""
    cells = tuple(rates)
    plan = plan or SweepPlan(
        RunConfig(workload="count_primes"),
        tuple(dict.fromkeys(cell.model for cell in cells)),
        tuple(sorted({cell.workers for cell in cells})),
    )
    state = SweepState(plan, results(rates), phase=phase, pythons={"": "3.11.7"}, spent_s=12.0)
    return report(state, CATALOGUE, facts or Facts(), 2)
