"""Lessons: ties the list, the page and the runs together. It knows no window: what it wants done, it says by signals.

The window tells it of every run (`begin_run`, `show_phase`, `run_started`, `run_ended`, `refused`) and of the interpreters
(`set_catalogue`, `set_pythons`); a run that the page asked for is told from the others.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.lesson_places import Places
from gui.lesson_runs import LessonRuns, Run
from gui.lesson_shelf import Shelf
from gui.panels.lessons.list import Entry, LessonList
from gui.panels.lessons.page import LessonPage
from gui.panels.lessons.progress import Progress, Stage
from gui.panels.lessons.view import View
from workers.contract.config import RunConfig
from workers.contract.info import Catalogue, PythonInfo
from workers.contract.phase import RunPhase
from workers.lessons.model import BASE_LANGUAGE, Lesson

if TYPE_CHECKING:
    from workers.insight.store import RunStore


class Lessons(QObject):
    """The lessons of the window.

    Signals:
        runAsked(object): this RunConfig is to be run.
        stopAsked(): the run is to be stopped: it is in a deadlock, and would not end.
        exploreAsked(object): this RunConfig is to be shown in Explore.
        lookAsked(str): the part of the window of that object name is to be shown.
        configShown(object): the RunConfig that the page is about, or None.
        lessonShown(str): the key of the lesson shown.
        progressChanged(): somebody got further: `progress.plain()` is to be kept.
        problem(str): something that cannot be, in a sentence.
    """

    runAsked = Signal(object)
    stopAsked = Signal()
    exploreAsked = Signal(object)
    lookAsked = Signal(str)
    configShown = Signal(object)
    lessonShown = Signal(str)
    progressChanged = Signal()
    problem = Signal(str)

    def __init__(
        self,
        list_: LessonList,
        page: LessonPage,
        progress: Progress,
        folders: Sequence[Path] = (),
        language: str = BASE_LANGUAGE,
        cores: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`folders` are the person's own; ours come after them. `cores`: None for those that this process may use."""
        super().__init__(parent)
        if cores is None:
            from workers.client.limits import usable_cores

            cores = usable_cores()
        self.list, self.page, self.progress = list_, page, progress
        self.places = Places(cores)
        self.shelf = Shelf(folders, language, self)
        self.runs = LessonRuns(self)
        self._wanted = ""
        """The lesson to show once they have been read."""
        self._key = ""
        self._config: RunConfig | None = None
        self._connect()

    # ---- the lessons -------------------------------------------------------------------------------------------------
    @property
    def key(self) -> str:
        """Of the lesson shown; empty before there is one."""
        return self._key

    def load(self) -> None:
        """Read the lessons; the list fills by itself. Without `show_lesson` the first one that is not understood is shown."""
        self.shelf.load()

    def set_folders(self, folders: Sequence[Path]) -> None:
        """The person's own folders are others: read all anew."""
        if tuple(folders) != self.shelf.folders:
            self.shelf.folders = tuple(folders)
            self.load()

    def show_lesson(self, key: str) -> None:
        """Show a lesson; once they have been read, where they have not. One that is not there is told as a problem."""
        if not self.shelf.read:
            self._wanted = key
        elif self.shelf.find(key) is None:
            self.problem.emit(self.shelf.why_not(key))
        else:
            self._key = key
            self.list.choose(key)
            self._refresh()
            self.lessonShown.emit(key)

    def step(self, by: int) -> None:
        """Show the next lesson (1) or the one before (-1)."""
        lesson = self.shelf.beside(self._key, by)
        if lesson is not None:
            self.show_lesson(lesson.key)
            self.page.focus()

    def run(self) -> None:
        """Do what the page's main button does, where it can be pressed."""
        self.page.press()

    def close(self) -> None:
        """Let go of what is under way; bounded."""
        self.shelf.close()
        self.runs.close()

    # ---- what the window tells ---------------------------------------------------------------------------------------
    def set_catalogue(self, catalogue: Catalogue, python: str | None) -> None:
        """What the interpreter in use can run; its path, or None for our own."""
        self.places.set_catalogue(catalogue, python)
        self._show_stages()

    def set_pythons(self, pythons: Sequence[PythonInfo]) -> None:
        """The interpreters of this machine."""
        self.places.set_pythons(pythons)
        self._show_stages()

    def begin_run(self, config: RunConfig) -> None:
        """This is about to be run. Whatever is not what the page asked for is none of its business."""
        self.runs.begin(config)
        self._refresh()

    def run_started(self, store: "RunStore") -> None:
        """A run has begun."""
        self.runs.started(store)

    def run_ended(self, store: "RunStore", summary: object) -> None:
        """It is over; `summary` is None where it was stopped before it began."""
        self.runs.ended(store, summary)

    def refused(self, field: str, sentence: str) -> None:
        """What was asked for cannot be run."""
        self.runs.refused(sentence)

    def show_phase(self, phase: RunPhase) -> None:
        """A run is in another phase."""
        self.runs.show_phase(phase)

    # ---- what the person does ----------------------------------------------------------------------------------------
    def _answer(self, place: int) -> None:
        self.progress.answer(self._key, place)
        self._further(self._key)

    def _number(self, number: int) -> None:
        """A digit in the list: the answer of that number, or the beginning of what is looked for."""
        if not self.page.question.choose(number - 1):
            self.list.begin(str(number))

    def _skip(self) -> None:
        self.progress.skip(self._key)
        self._further(self._key)
        self.page.focus()

    def _ask_run(self, name: str) -> None:
        lesson = self._lesson()
        setup = lesson.setup(name) if lesson is not None else None
        if lesson is None or setup is None or not self.progress.of(lesson.key).ready:
            return
        config, obstacle = self.places.config(lesson, setup)
        if obstacle is None and self.runs.ask(Run(lesson, setup, config)):
            self.places.lend(config)
            self._refresh()
            self.runAsked.emit(config)

    def _choose_python(self, name: str) -> None:
        lesson = self._lesson()
        setup = lesson.setup(name) if lesson is not None else None
        obstacle = self.places.config(lesson, setup)[1] if lesson is not None and setup is not None else None
        if lesson is not None and obstacle is not None and obstacle.python:
            self.places.choose(lesson, obstacle.python)
            self._refresh()
            self.page.focus()

    def _begin_anew(self) -> None:
        self.progress.forget(self._key)
        self.runs.forget(self._key)
        self._further(self._key)
        self.page.focus()

    def _look(self) -> None:
        lesson = self._lesson()
        if lesson is not None:
            self.lookAsked.emit(lesson.look)

    def _explore(self) -> None:
        if self._config is not None:
            self.exploreAsked.emit(self._config)

    def _showed(self, key: str, name: str, held: bool) -> None:
        self.progress.ran(key, name, held)
        self._further(key)

    # ---- showing -----------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        """The list anew, and the page."""
        order = self.shelf.order
        lessons = [lesson for lesson in map(self.shelf.find, order) if lesson is not None]
        self.list.show_lessons(
            [
                Entry(lesson, self.shelf.chapter(lesson.key), self._stage(lesson), self.progress.of(lesson.key).skipped)
                for lesson in lessons
            ],
            self.shelf.broken,
        )
        for lesson in lessons:
            self.runs.judge_anew(lesson)
        known = [key for key in (self._wanted, self._key) if key in order]
        fresh = (lesson.key for lesson in lessons if self._stage(lesson) is not Stage.UNDERSTOOD)
        self._wanted = ""
        chosen = known[0] if known else next(fresh, next(iter(order), ""))
        if chosen:
            self.show_lesson(chosen)
        elif self.shelf.read:
            self._key = ""
            self.page.show_nothing(self.tr("There is no lesson that can be read."))
            self._show_config(None)

    def _show_stages(self) -> None:
        """What can be run has changed, and with it what is understood."""
        for lesson in filter(None, map(self.shelf.find, self.shelf.order)):
            self.list.show_stage(lesson.key, self._stage(lesson), self.progress.of(lesson.key).skipped)
        self._refresh()

    def _further(self, key: str) -> None:
        """A lesson was taken further: show it, and have it kept."""
        lesson = self.shelf.find(key)
        if lesson is not None:
            self.list.show_stage(key, self._stage(lesson), self.progress.of(key).skipped)
        self._refresh()
        self.progressChanged.emit()

    def _refresh(self) -> None:
        """Bring the page up to what is known."""
        lesson = self._lesson()
        if lesson is None:
            return
        view = self._view(lesson)
        self.page.show_view(view)
        shown = lesson.setup(view.running or view.latest or view.to_run().name)
        if shown is not None:
            self._show_config(self.places.config(lesson, shown)[0])

    def _show_config(self, config: RunConfig | None) -> None:
        if config != self._config:
            self._config = config
            self.configShown.emit(config)

    def _view(self, lesson: Lesson) -> View:
        taken, seen, run = self.progress.of(lesson.key), self.runs.seen(lesson.key), self.runs.run
        mine = run is not None and run.lesson.key == lesson.key
        placed = {setup.name: self.places.config(lesson, setup) for setup in lesson.setups}
        before, after = self.shelf.beside(lesson.key, -1), self.shelf.beside(lesson.key, 1)
        view = View(
            lesson,
            self.shelf.missing(lesson),
            # A file may have fewer answers than it had when it was answered.
            taken.answer if taken.answer is not None and taken.answer < len(lesson.question.answers) else None,
            taken.skipped,
            self._stage(lesson),
            dict(seen.results),
            seen.latest,
            run.setup.name if run is not None and mine else "",
            mine and self.runs.deadlocked,
            self.runs.busy or (run is not None and not mine),
            seen.note,
            seen.bad,
            {name: obstacle for name, (_, obstacle) in placed.items() if obstacle is not None},
            previous=before.title if before is not None else "",
            next=after.title if after is not None else "",
        )
        return replace(view, place=self.places.words(placed[view.to_run().name][0]))

    def _lesson(self) -> Lesson | None:
        return self.shelf.find(self._key)

    def _stage(self, lesson: Lesson) -> Stage:
        obstacles = {setup.name: self.places.config(lesson, setup)[1] for setup in lesson.setups}
        never = [name for name, obstacle in obstacles.items() if obstacle is not None and obstacle.lasting]
        return self.progress.stage(lesson.key, list(obstacles), never)

    # ---- putting together --------------------------------------------------------------------------------------------
    def _connect(self) -> None:
        page = self.page
        self.list.chosen.connect(self.show_lesson)
        self.list.opened.connect(page.focus)
        self.list.numbered.connect(self._number)
        page.answered.connect(self._answer)
        page.skipped.connect(self._skip)
        page.runAsked.connect(self._ask_run)
        page.lookAsked.connect(self._look)
        page.exploreAsked.connect(self._explore)
        page.pythonAsked.connect(self._choose_python)
        page.overAsked.connect(self._begin_anew)
        page.stepAsked.connect(self.step)
        self.shelf.ready.connect(self._fill)
        self.shelf.problem.connect(self.problem)
        self.runs.changed.connect(self._refresh)
        self.runs.showed.connect(self._showed)
        self.runs.stopAsked.connect(self.stopAsked)
