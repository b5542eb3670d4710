"""Parts of the lessons that need no run: progress, figures, the list, how a text is shown."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from gui.panels.lessons.figures import compared, figure, title, titles, written
from gui.panels.lessons.lines import in_lines
from gui.panels.lessons.list import Entry, LessonList
from gui.panels.lessons.markdown import MarkdownView, open_link
from gui.panels.lessons.painter import BROKEN, KEY, RowPainter
from gui.panels.lessons.progress import MOST_LESSONS, Progress, Stage
from gui.theme import DARK, LIGHT, Theme, ThemeSource
from workers.contract.info import BrokenFile
from workers.lessons.facts import FACTS
from workers.lessons.library import load
from workers.lessons.proof import judge, parse_condition

SHIPPED = load()


# ---- progress ----------------------------------------------------------------------------------------------------------
def test_a_lesson_is_understood_with_an_answer_a_run_and_its_contrast() -> None:
    progress, names = Progress(), ["one", "other", "third"]
    assert progress.stage("k", names) is Stage.FRESH
    progress.answer("k", 1)
    assert progress.stage("k", names) is Stage.ANSWERED
    progress.ran("k", "one", True)
    progress.ran("k", "other", False)
    assert progress.stage("k", names) is Stage.ANSWERED
    progress.ran("k", "other", True)
    progress.ran("k", "other", False)  # a busy machine takes nothing back
    assert progress.stage("k", names) is Stage.UNDERSTOOD
    progress.skip("k")
    assert progress.of("k").answer is None
    assert progress.stage("k", names) is Stage.UNDERSTOOD
    progress.forget("k")
    assert progress.stage("k", names) is Stage.FRESH


def test_progress_goes_through_json_and_keeps_lessons_that_are_gone() -> None:
    progress = Progress()
    progress.answer("of-long-ago", 2)
    progress.ran("of-long-ago", "a", True)
    again = Progress.from_plain(json.loads(json.dumps(progress.plain())))
    assert again.plain() == progress.plain()
    assert Progress.from_plain({}).plain() == {}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"k": 1},
        {"": {}},
        {"k" * 300: {}},
        {"k": {"answer": -1}},
        {"k": {"answer": True}},
        {"k": {"answer": "0"}},
        {"k": {"skipped": 1}},
        {"k": {"runs": {"a": 1}}},
        {"k": {"runs": {str(i): True for i in range(65)}}},
        {"k": {"more": 1}},
        {str(i): {} for i in range(MOST_LESSONS + 1)},
    ],
)
def test_progress_that_is_none_is_refused(data: object) -> None:
    with pytest.raises(ValueError):
        Progress.from_plain(data)


# ---- figures -----------------------------------------------------------------------------------------------------------
def test_every_fact_has_a_name_for_people() -> None:
    assert set(FACTS) - set(titles()) == set()
    assert title("outcome.forks_taken") == "Forks taken"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("elapsed_s", 0.2034, "0.20 s"),
        ("elapsed_s", 0.00123, "0.0012 s"),
        ("sum_s", 1234.5, "1 234 s"),
        ("throughput_per_s", 8.13, "8.1/s"),
        ("idle_share", 0.834, "83 %"),
        ("lock_wait_s", 0.0, "0 s"),
        ("main_pid", 12041, "12041"),
        ("done", 12041, "12 041"),
        ("cores_used", 0.7, "0.70"),
        ("deadlock", True, "yes"),
        ("deadlock_text", "who", "who"),
        ("done", None, "–"),
    ],
)
def test_figures_are_written_for_people(name: str, value: bool | int | float | str | None, shown: str) -> None:
    assert figure(name, value).replace("\N{NARROW NO-BREAK SPACE}", " ") == shown
    assert written("elapsed_s", 0.2034) == "0.20"  # the sentence has the unit


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("overlap > 4", "8 > 4"),
        ("overlap < 4", "8, not < 4"),
        ("overlap == 8", "8"),
        ("elapsed_s < sum_s * 0.5", "0.20 s < 0.5 × 1.60 s"),
        ("deadlock == false", "no"),
        ("locks_waited > 0", "the run did not tell"),
    ],
)
def test_what_a_proof_compared_is_said_with_its_numbers(expression: str, words: str) -> None:
    facts = {"overlap": 8, "elapsed_s": 0.2, "sum_s": 1.6, "deadlock": False}
    verdict = judge((parse_condition(expression, "x"),), facts).verdicts[0]
    assert compared(verdict, facts) == words


# ---- the list ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def listed(qtbot: QtBot) -> LessonList:
    made = LessonList(ThemeSource())
    qtbot.addWidget(made)
    lessons = [SHIPPED.find(key) for key in SHIPPED.ordered()]
    stages = {"mutex": Stage.UNDERSTOOD, "join": Stage.ANSWERED}
    entries = [
        Entry(lesson, lesson.chapter, stages.get(lesson.key, Stage.FRESH), lesson.key == "join") for lesson in lessons
    ]
    path = "/home/somebody/lessons/bad.md"
    made.show_lessons(entries, [BrokenFile(path, f"{path}, line 3: title must be a text; it is missing.")])
    made.resize(296, 700)
    made.show()
    return made


def test_words_of_the_text_filter_and_a_point_is_that_point(listed: LessonList) -> None:
    assert len(listed.shown()) == len(SHIPPED.ordered())
    listed.filter.setText("t1")
    assert {SHIPPED.find(key).point for key in listed.shown()} <= {"T1"}
    listed.filter.setText("T9")
    assert listed.shown() == ["io-or-cpu"]
    listed.filter.setText("primes disk")  # both stand in its text, not in its title
    assert "io-or-cpu" in listed.shown()
    assert len(listed.shown()) < 5
    heads = [
        item for item in listed.list.rows() if not item.data(KEY) and not item.data(BROKEN) and not item.isHidden()
    ]
    assert len(heads) < 5


def test_the_keyboard_filters_walks_and_opens(qtbot: QtBot, listed: LessonList) -> None:
    chosen: list[str] = []
    listed.list.setFocus()
    listed.choose(listed.shown()[0])
    listed.chosen.connect(chosen.append)
    qtbot.keyClick(listed.list, Qt.Key.Key_Down)
    assert chosen == listed.shown()[1:2]
    qtbot.keyClick(listed.list, Qt.Key.Key_Up)
    assert listed.key() == listed.shown()[0]
    with qtbot.waitSignal(listed.opened, timeout=20_000):
        qtbot.keyClick(listed.list, Qt.Key.Key_Return)
    qtbot.keyClick(listed.list, Qt.Key.Key_P)  # letters go to the filter
    assert listed.filter.text() == "p"
    listed.focus_filter()
    qtbot.keyClicks(listed.filter, "T9")
    with qtbot.waitSignal(listed.opened, timeout=20_000):
        qtbot.keyClick(listed.filter, Qt.Key.Key_Return)
    assert listed.key() == "io-or-cpu"
    assert listed.filter.text() == ""
    qtbot.keyClicks(listed.filter, "no such words")
    assert listed.shown() == []
    qtbot.keyClick(listed.filter, Qt.Key.Key_Escape)
    assert len(listed.shown()) == len(SHIPPED.ordered())


def test_progress_is_in_words_too_and_a_broken_file_is_one_line(listed: LessonList) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    said = {item.data(KEY): str(item.data(role)) for item in listed.list.rows()}
    assert "T5" in said["mutex"]
    assert said["mutex"].endswith("understood")
    assert said["join"].endswith("question skipped")
    assert said["io-or-cpu"].endswith("beginner, not begun")
    assert listed.count.text().startswith("1 of ")
    listed.show_stage("io-or-cpu", Stage.UNDERSTOOD, False)
    assert listed.count.text().startswith("2 of ")
    broken = listed.list.rows()[-1]
    assert broken.data(BROKEN)
    assert broken.text() == "bad.md, line 3: title must be a text; it is missing."
    assert broken.toolTip().startswith("/home/somebody/")
    assert not listed.choose("")
    assert listed.list.sizeHintForRow(listed.list.count() - 1) > listed.list.fontMetrics().height()


def test_looking_for_a_word_leads_to_the_title_that_has_it(qtbot: QtBot, listed: LessonList) -> None:
    listed.choose("queues")  # its text has "FIFO"
    listed.focus_filter()
    qtbot.keyClicks(listed.filter, "IO")
    assert "queues" in listed.shown()
    qtbot.keyClick(listed.filter, Qt.Key.Key_Down)
    assert listed.key() == "io-or-cpu"
    qtbot.keyClick(listed.filter, Qt.Key.Key_Down)  # from there on in order
    assert listed.key() == listed.shown()[listed.shown().index("io-or-cpu") + 1]
    with qtbot.waitSignal(listed.opened, timeout=20_000):
        qtbot.keyClick(listed.filter, Qt.Key.Key_Return)
    assert listed.key() != "io-or-cpu"


def test_broken_files_are_told_at_the_top_and_nothing_is_cut_without_dots(qtbot: QtBot, listed: LessonList) -> None:
    assert listed.broken.isVisible()
    assert listed.broken.text() == "✕ 1 file could not be read"
    listed.broken.click()
    rows = listed.list.rows()
    assert listed.list.viewport().rect().intersects(listed.list.visualItemRect(rows[-1]))
    font = listed.font()
    lines = in_lines("one two " * 600, font, 150, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(line.split(" ")[0] in ("one", "two") for line in lines[:2])  # broken between words
    assert in_lines("x" * 50, font, 100, 9)[-1][-1] == "x"
    assert in_lines("short", font, 150, 3) == ["short"]
    first = SHIPPED.find("mutex")
    long = replace(first, key="long", title="y" * 5_000)
    listed.show_lessons([Entry(item, "", Stage.FRESH) for item in (first, long)], [])
    assert not listed.broken.isVisible()
    height = listed.list.visualItemRect(listed.list.rows()[-1]).height()
    assert height < 8 * listed.list.fontMetrics().height()


def test_a_row_has_room_for_the_type_of_the_chosen_one(listed: LessonList) -> None:
    bold = QFont(listed.list.font())
    bold.setWeight(QFont.Weight.DemiBold)
    for width in (220, 296, 400):
        listed.resize(width, 700)
        for item in listed.list.rows():
            if item.data(KEY):
                painter = listed.list.itemDelegate()
                assert isinstance(painter, RowPainter)
                index = listed.list.indexFromItem(item)
                lines = len(painter._lines(index, bold, QFontMetrics(listed.list.font())))
                need = lines * QFontMetrics(bold).lineSpacing()
                assert listed.list.sizeHintForIndex(index).height() >= need


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_chosen_row_has_the_accent(qtbot: QtBot, listed: LessonList, theme: Theme) -> None:
    source = ThemeSource(theme)
    made = LessonList(source)
    qtbot.addWidget(made)
    lesson = SHIPPED.find("mutex")
    made.show_lessons([Entry(lesson, lesson.chapter, Stage.UNDERSTOOD)], [])
    made.choose("mutex")
    made.resize(296, 200)
    made.show()
    picture = made.list.grab().toImage()
    colours = {picture.pixelColor(x, y).name().upper() for y in range(picture.height()) for x in (1, 16, 17, 18)}
    assert {theme.accent, theme.good} <= colours


# ---- texts -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    made = MarkdownView(ThemeSource(), "text", "A text")
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show()
    return made


def test_facts_are_filled_in_as_plain_text(view: MarkdownView) -> None:
    hostile = "<b>no</b> *stars* [link](https://example.org) {done}"
    view.show_text("{done} of {tasks}: `{deadlock_text}` {gil}", {"done": 1234, "tasks": 2, "deadlock_text": hostile})
    assert view.toPlainText().replace("\N{NARROW NO-BREAK SPACE}", " ") == f"1 234 of 2: {hostile} –"
    assert "href" not in view.toHtml()


def test_a_text_takes_no_resource_and_no_html_and_is_as_high_as_it_needs(view: MarkdownView, tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    picture.write_bytes(b"no picture")
    view.show_text(f"One ![image]({picture}) <script>two</script>\n\n    code = 1\n    more = 2\n\nThree")
    assert view.loadResource(2, QUrl.fromLocalFile(str(picture))) is None
    assert "code = 1" in view.toPlainText()
    assert view.height() >= view.document().size().height() > 60
    assert view.verticalScrollBar().maximum() == 0
    narrow = view.height()
    view.resize(120, view.height())
    assert view.height() > narrow
    view.show_text("")
    assert view.height() == 0


def test_only_web_addresses_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "gui.panels.lessons.markdown.QDesktopServices.openUrl", lambda url: opened.append(url.toString())
    )
    for address in ("https://docs.python.org/3/", "file:///etc/passwd", "javascript:alert(1)"):
        open_link(QUrl(address))
    assert opened == ["https://docs.python.org/3/"]
