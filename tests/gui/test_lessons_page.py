"""A lesson from the question to what its runs showed, with scripted runs; no process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.lessons import Lessons
from gui.panels.lessons.buttons import AnswerButton, WordyButton
from gui.panels.lessons.list import LessonList
from gui.panels.lessons.page import LessonPage
from gui.panels.lessons.progress import Progress, Stage
from gui.panels.lessons.words import Words
from gui.style import sheet
from gui.theme import LIGHT, ThemeSource
from tests.helpers.fake_catalogue import CATALOGUE, NEWER
from tests.helpers.scripted import PYTHON, applied, thread_pool_run
from workers.contract.batch import Mark, RunEnded
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

LESSON = """+++
title = "Two threads"
chapter = "Own"
level = "beginner"
point = "own"
order = 1
[question]
text = "What will happen?"
answers = [
  {text = "This.", right = true, hint = "For that reason."},
  {text = "That.", hint = "It was not thought of this."},
]
[look]
at = "pidActivityChart"
text = "Look at the bars."
[configs.one]
title = "Two of them"
model = "thread_pool"
workload = "sleep"
workers = 2
tasks = 10
[configs.one.proof]
"done == 10" = "all were done"
"overlap <= 2" = "never more than two"
[configs.other]
title = "One of them"
model = "MODEL"
workload = "sleep"
workers_per_core = 3
tasks = 10
PYTHON
[configs.other.proof]
"done > 5" = "most were done"
[reading]
"The *docs*" = "https://docs.python.org/3/"
+++
# before
Before.
# after
{done} tasks, {deadlock_text}.
"""


@dataclass
class Scene:
    """The lessons, and what they asked for."""

    lessons: Lessons
    box: QWidget
    asked: list[RunConfig] = field(default_factory=list)
    stops: list[bool] = field(default_factory=list)
    shown: list[RunConfig | None] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def page(self) -> LessonPage:
        return self.lessons.page

    def note(self) -> str:
        return self.page.foot.note.text()

    def buttons(self) -> list[str]:
        foot = self.page.foot
        return [button.text() for button in (foot.main, *foot.others) if not button.isHidden()]

    def begin(self) -> RunStore:
        """What the window does when a run is asked for, up to its start."""
        store = RunStore()
        self.lessons.begin_run(self.asked[-1])
        self.lessons.show_phase(RunPhase.STARTING)
        self.lessons.run_started(store)
        return store

    def end(self, qtbot: QtBot, store: RunStore, **changes: Any) -> None:
        """The run ends; `changes` are of how it ended."""
        applied(thread_pool_run(seconds=0.1, threads=2), store)
        assert store.ended is not None
        store.ended = replace(store.ended, **changes)
        self.lessons.show_phase(RunPhase.FINISHED)
        self.lessons.run_ended(store, {})
        qtbot.waitUntil(lambda: self.lessons.runs.run is None, timeout=20_000)


Make = Callable[..., Scene]


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    made: list[Scene] = []

    def build(text: str = LESSON, model: str = "sequential", python: str = "", **more: Any) -> Scene:
        (tmp_path / "own.md").write_text(text.replace("MODEL", model).replace("PYTHON", python), encoding="utf-8")
        source = ThemeSource()
        box = QWidget()
        box.setStyleSheet(sheet(LIGHT))
        listed, page = LessonList(source), LessonPage(source)
        row = QHBoxLayout(box)
        row.addWidget(listed)
        row.addWidget(page)
        page.setFixedWidth(more.pop("width", 360))
        progress = more.pop("progress", Progress())
        stage = Scene(Lessons(listed, page, progress, [tmp_path], cores=2, parent=box, **more), box)
        for signal, kept in (
            (stage.lessons.runAsked, stage.asked),
            (stage.lessons.configShown, stage.shown),
            (stage.lessons.problem, stage.problems),
        ):
            signal.connect(kept.append)
        stage.lessons.stopAsked.connect(lambda: stage.stops.append(True))
        made.append(stage)
        qtbot.addWidget(box)
        box.resize(700, 620)
        box.show()
        stage.lessons.load()
        qtbot.waitUntil(lambda: stage.lessons.shelf.read, timeout=20_000)
        return stage

    yield build
    for stage in made:
        stage.lessons.close()


def test_from_the_question_to_understanding_in_three_clicks(qtbot: QtBot, make: Make) -> None:
    stage = make()
    lessons, page = stage.lessons, stage.page
    assert lessons.key == "own"  # the first that is not understood
    main = page.foot.main
    assert not main.isEnabled()
    assert main.toolTip() == stage.note() == "Answer the question first, or skip it."
    with qtbot.waitSignal(lessons.progressChanged, timeout=20_000):
        qtbot.mouseClick(page.question.answers[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(main, Qt.MouseButton.LeftButton)
    assert stage.asked == [RunConfig("thread_pool", "sleep", 2, 10)]
    assert not page.question.answers[0].isEnabled()
    store = stage.begin()
    assert stage.buttons()[0] == "Running …"
    assert "Two of them" in stage.note()
    assert page.explained.look.isVisible()
    stage.end(qtbot, store)
    words = [part.text() for part in page.question.findChildren(Words)]
    assert "Your guess: not this time" in words
    assert {"That.", "It was not thought of this.", "This.", "For that reason."} <= set(words)
    shown = [part.text() for part in page.result.findChildren(Words)]
    assert {"Two of them", "All were done", "Tasks done: 10", "Never more than two"} <= set(shown)
    assert page.explained.after.toPlainText() == "10 tasks, ."
    assert not page.comparison.isVisible()
    assert stage.buttons() == ["Run the contrast: One of them"]
    assert lessons.progress.stage("own", ["one", "other"]) is Stage.ANSWERED
    qtbot.mouseClick(main, Qt.MouseButton.LeftButton)
    assert stage.asked[1].workers == 6  # three for each of two cores
    assert stage.shown[-1] == stage.asked[1]
    stage.end(qtbot, stage.begin())
    assert page.comparison.isVisible()
    assert {"A   Two of them", "B   One of them"} <= {part.text() for part in page.comparison.findChildren(Words)}
    assert lessons.progress.stage("own", ["one", "other"]) is Stage.UNDERSTOOD
    assert stage.note().startswith("✓ Understood")
    assert stage.buttons()[0].startswith("Next lesson: ")
    assert lessons.list.count.text().startswith("1 of ")
    main.click()
    assert lessons.key != "own"
    lessons.step(-1)
    assert lessons.key == "own"
    assert page.comparison.isVisible()  # what was seen is still there
    page.explained.over.click()
    assert lessons.progress.plain() == {}
    assert stage.buttons() == ["Run: Two of them"]
    assert not main.isEnabled()


def test_all_of_it_by_keyboard(qtbot: QtBot, make: Make) -> None:
    stage = make()
    page = stage.page
    stage.box.activateWindow()
    stage.lessons.list.opened.emit()
    assert page.question.answers[0].hasFocus()
    qtbot.keyClick(page, Qt.Key.Key_9)  # there is no such answer
    assert stage.lessons.progress.of("own").answer is None
    qtbot.keyClick(page, Qt.Key.Key_2)
    qtbot.keyClick(page, Qt.Key.Key_1)
    assert stage.lessons.progress.of("own").answer == 0
    qtbot.keyClick(page.question.answers[0], Qt.Key.Key_Return)  # chosen already: on to the run
    assert len(stage.asked) == 1
    store = stage.begin()
    qtbot.keyClick(page, Qt.Key.Key_Return)
    assert len(stage.asked) == 1  # one is under way
    stage.end(qtbot, store)
    page.focus()
    assert page.foot.main.hasFocus()
    qtbot.keyClick(page.foot.main, Qt.Key.Key_Return)
    assert len(stage.asked) == 2


def test_the_keyboard_is_back_at_the_main_button_after_the_run(qtbot: QtBot, make: Make) -> None:
    stage = make()
    stage.box.activateWindow()
    stage.page.question.skip.click()
    assert stage.page.foot.main.hasFocus()
    qtbot.keyClick(stage.page.foot.main, Qt.Key.Key_Space)
    store = stage.begin()
    assert not stage.page.foot.main.hasFocus()
    stage.end(qtbot, store)
    assert stage.page.foot.main.hasFocus()
    assert "You skipped the question." in [part.text() for part in stage.page.question.findChildren(Words)]


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ({"stopped": True}, "Stopped before its end"),
        (
            {"phase": RunPhase.FAILED, "error": "No <b>room</b>."},
            "The run failed: No <b>room</b>. It can be run again.",
        ),
    ],
)
def test_a_run_that_was_stopped_or_failed_is_not_judged(
    qtbot: QtBot, make: Make, ended: dict[str, Any], words: str
) -> None:
    stage = make()
    stage.page.question.answers[0].click()
    stage.page.foot.main.click()
    stage.end(qtbot, stage.begin(), **ended)
    assert words in stage.note()
    assert not stage.page.result.isVisible()
    assert stage.lessons.progress.of("own").runs == {}
    assert stage.page.foot.main.isEnabled()
    stage.page.foot.main.click()
    assert len(stage.asked) == 2
    assert words not in stage.note()


def test_a_run_that_is_to_fail_is_judged(qtbot: QtBot, make: Make) -> None:
    stage = make(LESSON.replace('"done == 10"', "\"error == 'It raised ValueError.'\""))
    stage.page.question.answers[0].click()
    stage.page.foot.main.click()
    stage.end(qtbot, stage.begin(), phase=RunPhase.FAILED, error="It raised ValueError.")
    assert "Error: It raised ValueError." in [part.text() for part in stage.page.result.findChildren(Words)]
    assert stage.lessons.progress.of("own").runs == {"one": True}
    stage.page.foot.main.click()
    stage.end(qtbot, stage.begin())
    table = [part.text() for part in stage.page.comparison.findChildren(Words)]
    assert "Error" not in table  # too long for a column
    assert "Most at once" in table


def test_what_is_refused_withdrawn_or_not_ours_is_told_apart(qtbot: QtBot, make: Make) -> None:
    stage = make()
    stage.page.question.answers[0].click()
    stage.page.foot.main.click()
    stage.lessons.refused("workers", "There is no room.")
    assert stage.note() == "There is no room."
    stage.page.foot.main.click()
    stage.lessons.run_ended(RunStore(), None)
    assert stage.note() == "Stopped before it started."
    # One that Explore began: nothing can be run meanwhile, and nothing is concluded from it.
    stage.page.foot.main.click()
    stage.lessons.begin_run(RunConfig())
    stage.lessons.show_phase(RunPhase.STARTING)
    store = RunStore()
    stage.lessons.run_started(store)
    assert "Another run is under way" in stage.note()
    assert not stage.page.foot.main.isEnabled()
    stage.end(qtbot, store)
    assert stage.lessons.progress.of("own").runs == {}
    assert stage.page.foot.main.isEnabled()


def test_another_lesson_is_looked_at_while_one_runs(qtbot: QtBot, make: Make) -> None:
    stage = make()
    stage.page.question.answers[0].click()
    stage.page.foot.main.click()
    store = stage.begin()
    stage.lessons.show_lesson("mutex")
    stage.page.question.answers[0].click()
    assert not stage.page.foot.main.isEnabled()
    stage.end(qtbot, store)
    assert stage.lessons.progress.of("own").runs == {"one": True}
    assert stage.page.foot.main.isEnabled()
    stage.lessons.show_lesson("own")
    assert stage.page.result.isVisible()


def test_a_deadlock_is_said_ended_and_judged(qtbot: QtBot, make: Make) -> None:
    stage = make()
    stage.page.question.answers[0].click()
    stage.page.foot.main.click()
    stage.lessons.runs.patience.setInterval(0)
    store = stage.begin()
    store.deadlock = "Deadlock: one waits for the other."
    qtbot.waitUntil(lambda: stage.stops == [True], timeout=20_000)
    assert stage.note().startswith("A deadlock")
    batches = list(thread_pool_run(seconds=0.1, threads=2))
    deadlock = Mark("deadlock", 1, batches[-2].t_ns, store.deadlock)
    for batch in (*batches[:-2], replace(batches[-2], marks=(deadlock,))):
        store.apply(batch)
    store.apply(replace(batches[-1], ended=RunEnded(RunPhase.FINISHED, batches[-1].t_ns, None, True)))
    stage.lessons.show_phase(RunPhase.FINISHED)
    stage.lessons.run_ended(store, {})
    qtbot.waitUntil(lambda: stage.lessons.runs.run is None, timeout=20_000)
    assert stage.page.result.isVisible()
    assert "one waits for the other" in stage.page.explained.after.toPlainText()


def test_a_run_that_did_not_show_it_says_so_and_may_be_run_again(qtbot: QtBot, make: Make) -> None:
    stage = make(LESSON.replace('"done == 10"', '"done == 11"'))
    stage.page.question.answers[0].click()
    stage.page.foot.main.click()
    stage.end(qtbot, stage.begin())
    shown = [part.text() for part in stage.page.result.findChildren(Words)]
    assert "Tasks done: 10, not = 11" in shown
    assert any("did not show all" in text for text in shown)
    assert stage.lessons.progress.of("own").runs == {"one": False}
    stage.page.explained.again[0].click()
    assert len(stage.asked) == 2


# ---- interpreters, languages, files ------------------------------------------------------------------------------------
def test_a_model_that_this_python_lacks_is_run_by_another_one(make: Make) -> None:
    stage = make(LESSON.replace('"thread_pool"', '"sub_interpreters"'))
    lessons, page = stage.lessons, stage.page
    lessons.set_catalogue(CATALOGUE, None)
    page.question.skip.click()
    assert "it needs Python 3.14 or later" in stage.note()
    assert page.foot.there.isHidden()  # nobody knows yet who has it
    assert stage.buttons() == ["Run: Two of them", "Run the contrast: One of them"]
    assert [page.foot.main.isEnabled(), page.foot.others[0].isEnabled()] == [False, True]
    lessons.set_pythons([PYTHON, NEWER])
    assert page.foot.there.text() == "Use Python 3.15.0"
    page.foot.there.click()
    assert stage.note() == "It runs under Python 3.15.0."
    page.foot.main.click()
    assert stage.asked[-1].python == NEWER.executable


def test_a_lesson_names_its_python(make: Make) -> None:
    stage = make(LESSON.replace("tasks = 10\n[configs.one.proof]", 'tasks = 10\npython = "3.15"\n[configs.one.proof]'))
    stage.page.question.skip.click()
    assert stage.note() == "Looking for Python 3.15 …"
    stage.lessons.set_pythons([PYTHON])
    assert "needs Python 3.15, and none was found here" in stage.note()
    assert not stage.page.foot.main.isEnabled()
    stage.lessons.set_pythons([PYTHON, NEWER])
    stage.page.foot.main.click()
    assert stage.asked[-1].python == NEWER.executable
    # The window now has that interpreter; a lesson that names none stays with the usual one.
    stage.lessons.set_catalogue(replace(CATALOGUE, python=NEWER), NEWER.executable)
    stage.lessons.run_ended(RunStore(), None)
    lesson = stage.lessons.shelf.find("own")
    assert lesson is not None
    assert stage.lessons.places.config(lesson, lesson.setups[1])[0].python is None


def test_what_no_python_here_can_run_is_no_dead_end(qtbot: QtBot, make: Make) -> None:
    stage = make(python='python = "3.15"')
    stage.lessons.set_pythons([PYTHON])
    qtbot.keyClick(stage.lessons.list.list, Qt.Key.Key_2)  # digits answer from the list too
    assert stage.lessons.progress.of("own").answer == 1
    stage.page.foot.main.click()
    stage.end(qtbot, stage.begin())
    assert stage.note().startswith("✓ Understood, as far as it can be run here. This needs Python 3.15")
    assert stage.buttons()[0].startswith("Next lesson: ")
    assert stage.page.foot.main.isEnabled()
    assert stage.lessons.list.count.text().startswith("1 of ")
    stage.lessons.set_pythons([PYTHON, NEWER])  # now it can: there is more to understand
    assert stage.lessons.list.count.text().startswith("0 of ")
    assert stage.buttons()[0].startswith("Run the contrast")


def test_a_guess_that_was_skipped_is_not_claimed(qtbot: QtBot, make: Make) -> None:
    stage = make()
    stage.page.question.skip.click()
    for _ in range(2):
        stage.page.foot.main.click()
        stage.end(qtbot, stage.begin())
    assert stage.note() == "✓ Understood: a run and its contrast."
    # The table is made anew after each run; the old one is there until it is deleted.
    qtbot.waitUntil(
        lambda: any(words.isVisible() for words in stage.page.comparison.findChildren(Words, "lessonBold")),
        timeout=20_000,
    )


def test_an_unknown_model_is_one_sentence_and_the_rest_works(make: Make) -> None:
    stage = make(model="thread_pol")
    stage.lessons.set_catalogue(CATALOGUE, None)
    stage.page.question.skip.click()
    assert stage.page.foot.main.isEnabled()
    view = stage.page._view
    assert view is not None
    assert "own.md, line " in view.obstacles["other"].reason
    assert "did you mean thread_pool" in view.obstacles["other"].reason


def test_a_lesson_without_a_translation_is_shown_in_english(qtbot: QtBot, make: Make) -> None:
    stage = make(language="zh_CN")
    stage.lessons.show_lesson("own")
    assert stage.page.missing.text() == "This lesson is not translated yet: it is shown in English."
    stage.lessons.show_lesson("mutex")
    assert stage.page.missing.isHidden()
    assert stage.page.title.text() == "修改同一份数据必须加锁"
    stage.lessons.show_lesson("no-such-lesson")
    assert "no-such-lesson" in stage.problems[-1]
    assert stage.lessons.key == "mutex"


def test_a_broken_lesson_is_a_line_and_another_folder_is_read_anew(qtbot: QtBot, make: Make, tmp_path: Path) -> None:
    stage = make("+++\ntitle = \n+++")
    assert "own.md, line 2" in stage.lessons.list.list.rows()[-1].text()
    assert stage.lessons.key not in ("", "own")
    empty = tmp_path / "empty"
    empty.mkdir()
    stage.lessons.set_folders([empty])
    qtbot.waitUntil(lambda: not stage.lessons.shelf.broken, timeout=20_000)
    assert "own.md" not in stage.lessons.list.list.rows()[-1].text()


def test_nothing_is_cut_off_in_a_narrow_page(qtbot: QtBot, make: Make) -> None:
    for language in ("en", "zh_CN"):
        stage = make(width=300, language=language)
        page = stage.page
        for key in stage.lessons.shelf.order:
            stage.lessons.show_lesson(key)
            qtbot.waitUntil(lambda page=page: not cut_off(page), timeout=20_000)


def cut_off(page: LessonPage) -> list[str]:
    """Texts that have less room than they need."""
    texts = [part for part in page.findChildren(Words) if part.isVisibleTo(page) and part.text()]
    parts: list[Words | AnswerButton | WordyButton] = [
        *texts,
        *page.question.answers,
        page.foot.main,
        page.question.skip,
        *page.explained.again,
    ]
    return [
        part.text()
        for part in parts
        if part.height() < part.heightForWidth(part.width())
        or part.mapTo(page, part.rect().topRight()).x() >= page.width()
    ]


def test_everything_that_can_be_pressed_has_a_name(qtbot: QtBot, make: Make) -> None:
    stage = make()
    stage.page.question.answers[0].click()
    stage.page.foot.main.click()
    stage.end(qtbot, stage.begin())
    for button in stage.box.findChildren(QAbstractButton):
        if button.isVisibleTo(stage.box):
            assert button.objectName()
            assert button.accessibleName(), button.objectName()
    with qtbot.waitSignal(stage.lessons.lookAsked, timeout=20_000) as told:
        stage.page.explained.show_me.click()
    assert told.args == ["pidActivityChart"]
    with qtbot.waitSignal(stage.lessons.exploreAsked, timeout=20_000) as told:
        stage.page.explained.explore.click()
    assert told.args == [stage.asked[0]]
