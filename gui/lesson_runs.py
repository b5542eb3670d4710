"""The runs of lessons: which of the window's runs is one, how it ended, and what it showed."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.lookup import Lookup
from gui.panels.lessons.view import Result
from gui.translations import sentence
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.lessons.model import Lesson, Setup

if TYPE_CHECKING:
    from workers.insight.store import RunStore

POLL_MS, WATCH_MS = 10, 100
PATIENCE_MS = 2_500
"""How long a deadlock is left standing, so that it can be looked at and the stacks of those in it arrive."""
CLOSE_S = 2.0


@dataclass(frozen=True)
class Run:
    """A configuration that was asked for."""

    lesson: Lesson
    setup: Setup
    config: RunConfig

    def names(self, fact: str) -> bool:
        """Whether its proof is about that."""
        return any(fact in (condition.fact, condition.than) for condition in self.setup.proof)


@dataclass
class Seen:
    """What the runs of one lesson showed since the window was opened."""

    results: dict[str, Result] = field(default_factory=dict)
    """By configuration."""
    latest: str = ""
    note: str = ""
    """What became of a run that showed nothing."""
    bad: bool = False


class LessonRuns(QObject):
    """Knows which run is a lesson's, and judges it once it is over.

    Signals:
        changed(): something is to be shown anew.
        showed(str, str, bool): a run is judged: the lesson's key, the configuration, whether its proof held.
        stopAsked(): the run is in a deadlock, and would not end.
    """

    changed = Signal()
    showed = Signal(str, str, bool)
    stopAsked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy = self.deadlocked = False
        self._seen: dict[str, Seen] = {}
        self._asked: Run | None = None
        self._run: Run | None = None
        self._store: RunStore | None = None
        self._judging: tuple[Lookup[Result], Run, object] | None = None
        self._poll, self._watch, self.patience = QTimer(self), QTimer(self), QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._watch.setInterval(WATCH_MS)
        self.patience.setInterval(PATIENCE_MS)
        self.patience.setSingleShot(True)
        self._poll.timeout.connect(self._look_up)
        self._watch.timeout.connect(self._look_for_deadlock)
        self.patience.timeout.connect(self.stopAsked)

    @property
    def run(self) -> Run | None:
        """The lesson's run that was asked for, is under way or being judged."""
        return self._run or self._asked

    def seen(self, key: str) -> Seen:
        """What the runs of a lesson showed."""
        return self._seen.setdefault(key, Seen())

    def forget(self, key: str) -> None:
        """Begin a lesson anew."""
        self._seen.pop(key, None)

    def ask(self, run: Run) -> bool:
        """This is going to be asked for. False where another run is under way."""
        if self.busy or self.run is not None:
            return False
        self.seen(run.lesson.key).note = ""
        self._asked = run
        return True

    # ---- what the window tells ---------------------------------------------------------------------------------------
    def begin(self, config: RunConfig) -> None:
        """This is about to be run; what was asked for and is not this does not come."""
        if self._asked is not None and config != self._asked.config:
            self._asked = None

    def started(self, store: "RunStore") -> None:
        """A run has begun."""
        self._run, self._asked = self._asked, None
        self._store, self.deadlocked = store, False
        if self._run is not None:
            self._watch.start()
        self.changed.emit()

    def ended(self, store: "RunStore", summary: object) -> None:
        """It is over; `summary` is None where it was stopped before it began."""
        self._watch.stop()
        self.patience.stop()
        run, ended, self._asked = self.run, store.ended, None
        if run is None:
            return
        self._run = run
        if summary is None or ended is None:
            self._give_up(self.tr("Stopped before it started."))
        elif ended.phase is RunPhase.FAILED and not run.names("error"):
            reason = sentence(ended.error or "") or self.tr("it did not say why.")
            self._give_up(self.tr("The run failed: {0} It can be run again.").format(reason), bad=True)
        elif ended.stopped and not store.deadlock and not run.names("stopped"):
            self._give_up(self.tr("Stopped before its end, so it shows nothing yet. Run it again."))
        else:
            self._judge(run, store)

    def refused(self, sentence: str) -> None:
        """What was asked for cannot be run."""
        if self._asked is not None:
            self._run, self._asked = self._asked, None
            self._give_up(sentence, bad=True)

    def show_phase(self, phase: RunPhase) -> None:
        """A run, of a lesson or not, is in another phase."""
        if phase.active != self.busy:
            self.busy = phase.active
            self.changed.emit()

    def judge_anew(self, lesson: Lesson) -> None:
        """The same facts, in the words of another language."""
        from workers.lessons.proof import judge

        results = self.seen(lesson.key).results
        for name, result in results.items():
            setup = lesson.setup(name)
            proof = judge(setup.proof, result.facts) if setup is not None else result.proof
            if proof != result.proof:
                results[name] = Result(name, result.facts, proof)

    def close(self) -> None:
        """Let go of what is under way; bounded."""
        for timer in (self._poll, self._watch, self.patience):
            timer.stop()
        if self._judging is not None:
            self._judging[0].close(CLOSE_S)
            self._judging = None

    # ---- inside ------------------------------------------------------------------------------------------------------
    def _judge(self, run: Run, store: "RunStore") -> None:
        """Facts of a long run take a tenth of a second and more: not in the window's thread."""

        def judge() -> Result:
            from workers.lessons.facts import facts
            from workers.lessons.proof import judge as judged

            found = facts(store)
            return Result(run.setup.name, found, judged(run.setup.proof, found))

        self._store = store
        self._judging = Lookup(judge, "lesson-proof"), run, store.started
        self._poll.start()

    def _look_up(self) -> None:
        if self._judging is None:
            self._poll.stop()
            return
        lookup, run, started = self._judging
        # The next run empties the store, whoever reads it meanwhile.
        stale = self._store is None or self._store.started is not started
        result = None
        try:
            result = lookup.poll()
        except Exception as error:  # noqa: BLE001  whatever it was, it is said, and the lesson goes on
            words = self.tr("What the run showed could not be found out: {0}").format(error)
        else:
            if result is None:
                return
            words = ""
        self._judging = None
        if self._run is not run:
            return  # it is about another run already
        if stale:
            self._give_up(self.tr("The next run came too soon to conclude anything from this one."))
        elif result is None:
            self._give_up(words, bad=True)
        else:
            self._take(run, result)

    def _take(self, run: Run, result: Result) -> None:
        seen = self.seen(run.lesson.key)
        seen.results[result.name], seen.latest, seen.note = result, result.name, ""
        self._run = self._store = None
        self.showed.emit(run.lesson.key, result.name, result.held)

    def _give_up(self, note: str, bad: bool = False) -> None:
        if self._run is not None:
            seen = self.seen(self._run.lesson.key)
            seen.note, seen.bad = note, bad
        self._run = self._store = None
        self.changed.emit()

    def _look_for_deadlock(self) -> None:
        if self._store is not None and self._store.deadlock and not self.deadlocked:
            self.deadlocked = True
            self.patience.start()
            self.changed.emit()
