"""Lesson files: what a good one becomes, and what is said of a bad one."""

import dataclasses
import os
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.accounts import Lane, constructed, tasks
from tests.helpers.runs import catalogue_of
from tests.helpers.scripted import HOST_PID, START_NS, applied, starting
from workers.contract.batch import Batch, Counts, TextLine
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.lessons.facts import FACTS, MOST_SAID, facts, known
from workers.lessons.library import SHIPPED, Library, check, load
from workers.lessons.model import LEVELS, PLACES
from workers.lessons.proof import fill, judge, parse_condition

LIBRARY = load()
SHARES = ("gil_share", "running_share", "ready_share")
GOOD = """+++
title = "One"
chapter = "Threads"
level = "beginner"
point = "T0"

[question]
text = "What?"
answers = [
  {text = "This.", right = true, hint = "Yes."},
  {text = "That.", hint = "No."},
]

[look]
at = "processTable"
text = "A row."

[configs.first]
title = "First"
model = "thread_pool"
workload = "sleep"
workers = 2
tasks = 4
params = {ms = 5.0}

[configs.first.proof]
"overlap == 2" = "two at once"
"elapsed_s < sum_s * 2" = "quick"
+++
# before
Text.

# after
It was {overlap}.
"""
OTHER = """+++
title = "一"
chapter = "线程"

[question]
text = "什么?"
answers = [{text = "这个。", hint = "对。"}, {text = "那个。", hint = "不对。"}]

[configs.first]
title = "第一"

[configs.first.proof]
"overlap == 2" = "同时两个"
+++
# before
文字。

# after
是 {overlap}。
"""


def read(folder: Path, text: str, name: str = "one.md") -> Library:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return load([folder])


def test_every_shipped_file_loads() -> None:
    assert LIBRARY.broken == ()
    assert len(LIBRARY.lessons) == len(list(SHIPPED.glob("*.md")))


@pytest.mark.parametrize("key", LIBRARY.ordered())
def test_both_languages_have_the_same_structure(key: str) -> None:
    assert LIBRARY.languages(key) == ["en", "zh_CN"]
    english, chinese = LIBRARY.find(key), LIBRARY.find(key, "zh_CN")
    assert english.structure() == chinese.structure()
    assert LIBRARY.missing(key, "zh_CN") == ""
    assert len(english.setups) >= 2, "there is a contrast"
    for field in ("title", "chapter", "before", "after", "look_text"):
        assert getattr(english, field) != getattr(chinese, field), field
    said = [condition.text for setup in chinese.setups for condition in setup.proof]
    for text in (chinese.title, chinese.question.text, chinese.look_text, chinese.before, chinese.after, *said):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text), text
    for setup in english.setups:
        if setup.config.python is None:
            check(english, setup, catalogue_of())


def test_a_whole_lesson(tmp_path: Path) -> None:
    library = read(tmp_path, GOOD)
    assert library.broken == ()
    lesson = library.find("one")
    assert (lesson.title, lesson.level, lesson.look) == ("One", "beginner", "processTable")
    assert [answer.right for answer in lesson.question.answers] == [True, False]
    assert lesson.setups[0].config.params == {"ms": 5.0}
    assert lesson.setup("first") is lesson.setup() is lesson.setups[0]
    assert lesson.setup("second") is None
    assert (lesson.before, lesson.after) == ("Text.", "It was {overlap}.")


def test_a_translation_takes_from_the_other_what_it_does_not_say(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    library = read(tmp_path, OTHER, "one.zh_CN.md")
    assert library.broken == ()
    lesson = library.find("one", "zh_CN")
    assert lesson.structure() == library.find("one").structure()
    assert [condition.text for condition in lesson.setups[0].proof] == ["同时两个", "quick"]
    assert lesson.question.answers[0].right


def test_a_missing_translation_is_one_sentence_and_shows_the_other(tmp_path: Path) -> None:
    library = read(tmp_path, GOOD)
    assert library.find("one", "zh_CN").language == "en"
    assert library.missing("one", "zh_CN") == "The lesson 'one' has no translation zh_CN: it is shown in en."


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("+++\ntitle", "title", 1, "begins with a line +++"),
        ('+++\n# before', "# before", 33, "has no end"),
        ('level = "beginner"', "level = beginner", 4, "is no TOML"),
        ('level = "beginner"', 'level = "easy"', 4, f"must be one of {', '.join(LEVELS)}"),
        ('title = "One"', "title = 1", 2, "title must be a text"),
        ('title = "One"\n', "", 1, "title must be a text; it is missing"),
        ('point = "T0"', 'pont = "T0"', 5, "has no field 'pont'"),
        ("right = true", "right = false", 9, "exactly one of the answers"),
        ('{text = "That.", hint = "No."}', '{text = "That."}', 9, "hint must be a text"),
        ('at = "processTable"', 'at = "procesTable"', 15, f"must be one of {', '.join(PLACES)}"),
        ("workers = 2", "workers = 0", 22, "must be at least 1"),
        ("workers = 2", 'workers = "two"', 22, "must be a whole number"),
        ("tasks = 4", "task = 4", 23, "no field 'task'"),
        ('"overlap == 2"', '"overlaps == 2"', 27, "Unknown fact 'overlaps': did you mean overlap"),
        ('"overlap == 2"', '"overlap is 2"', 27, "must be FACT SIGN VALUE"),
        ('"overlap == 2"', '"overlap == two?"', 27, "neither a value nor a fact"),
        ("sum_s * 2", "sums_s * 2", 28, "Unknown fact 'sums_s'"),
        ("[configs.first.proof]", "[configs.first.prof]", 26, "no field 'prof'"),
        ("# after", "# afterwards", 33, "the sections are"),
        ("# before\nText.", "Text.", 30, "must stand under"),
        ("It was {overlap}.", "It was {overlop}.", 34, "Unknown fact 'overlop': did you mean overlap?"),
        ("It was {overlap}.", "It was {banana}.", 34, "Unknown fact 'banana': the nearest is in_main; a lesson's report"),
        ("It was {overlap}.", "", 34, "`# after` is missing or empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_and_line_and_the_rest_loads(
    old: str, new: str, line: int, words: str, tmp_path: Path
) -> None:
    assert GOOD.count(old) == 1, "the example must be broken in one place"
    read(tmp_path, GOOD, "two.md")
    library = read(tmp_path, GOOD.replace(old, new))
    assert library.ordered() == ["two"]
    (broken,) = library.broken
    assert broken.error.startswith(f"{tmp_path / 'one.md'}, line {line}: ")
    assert words in broken.error
    assert not broken.error.endswith(("?.", ".."))
    with pytest.raises(ConfigError, match="The lesson 'one' is broken"):
        library.find("one")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('title = "一"', 'title = "一"\nlevel = "advanced"', 3, "level must be as in"),
        ('title = "第一"', 'title = "第一"\nworkers = 3', 11, "workers must be as in"),
        ("[configs.first]", "[configs.second]", 9, "has no configuration 'second'"),
        ('"overlap == 2"', '"overlap == 3"', 13, "proves no 'overlap == 3'"),
        (', {text = "那个。", hint = "不对。"}', "", 7, "must have 2 answers"),
        ('hint = "不对。"', 'right = true, hint = "不对。"', 7, "right answer must be the same"),
    ],
)
def test_a_translation_that_would_run_something_else_is_broken(
    old: str, new: str, line: int, words: str, tmp_path: Path
) -> None:
    assert OTHER.count(old) == 1
    read(tmp_path, GOOD)
    text = OTHER.replace(old, new)
    if "second" in new:
        text = text.replace("[configs.first.proof]", "[configs.second.proof]")
    library = read(tmp_path, text, "one.zh_CN.md")
    assert library.languages("one") == ["en"]
    (broken,) = library.broken
    assert f"one.zh_CN.md, line {line}: " in broken.error
    assert words in broken.error


def test_files_that_cannot_be_lessons(tmp_path: Path) -> None:
    (tmp_path / "bytes.md").write_bytes(b"+++\n\xff")
    (tmp_path / "A b.md").write_text(GOOD)
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "notes.txt").write_text("no lesson, and none of our business")
    errors = {Path(item.path).name: item.error for item in load([tmp_path]).broken}
    assert set(errors) == {"bytes.md", "A b.md", "folder.md"}
    assert "line 2: it is not UTF-8" in errors["bytes.md"]
    assert "named by small letters" in errors["A b.md"]
    assert "cannot be read" in errors["folder.md"]
    (missing,) = load([tmp_path / "nowhere"]).broken
    assert missing.error == f"The folder {tmp_path / 'nowhere'} cannot be read: No such file or directory."


def test_only_regular_files_are_read_and_of_these_no_more_than_a_lesson_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "fifo.md")
    (tmp_path / "endless.md").symlink_to("/dev/zero")
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(3 << 30)  # nothing but holes
    read(tmp_path, GOOD, "linked.txt")
    (tmp_path / "one.md").symlink_to("linked.txt")
    library = load([tmp_path])
    assert library.ordered() == ["one"]
    errors = {Path(item.path).name: item.error for item in library.broken}
    assert set(errors) == {"fifo.md", "endless.md", "huge.md"}
    assert errors["fifo.md"].endswith("fifo.md cannot be read: it is no regular file.")
    assert errors["endless.md"].endswith("endless.md cannot be read: it is no regular file.")
    assert errors["huge.md"].endswith("huge.md, line 1: a lesson has at most 256 KiB, and this file has more.")
    monkeypatch.setattr("workers.lessons.library.MOST_FILES", 3)
    assert len(load([tmp_path]).broken) >= 3
    assert "has more than 3 lessons: the rest are left out." in load([tmp_path]).broken[0].error


def test_the_first_folder_wins(tmp_path: Path) -> None:
    read(tmp_path / "mine", GOOD)
    read(tmp_path / "theirs", GOOD.replace('"One"', '"Another"'))
    assert load([tmp_path / "mine", tmp_path / "theirs"]).find("one").title == "One"


def test_an_unknown_lesson() -> None:
    with pytest.raises(ConfigError, match="Unknown lesson 'mutx': did you mean mutex"):
        LIBRARY.find("mutx")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("thread_pool", "thread_pol", "Unknown model 'thread_pol': did you mean thread_pool"),
        ('"sleep"', '"slep"', "Unknown workload 'slep': did you mean sleep"),
        ("ms = 5.0", "mss = 5.0", "did you mean ms"),
    ],
)
def test_what_the_interpreter_does_not_know(old: str, new: str, words: str, tmp_path: Path) -> None:
    lesson = read(tmp_path, GOOD.replace(old, new)).find("one")
    with pytest.raises(ConfigError, match="line 18, configuration 'first': ") as raised:
        check(lesson, lesson.setups[0], catalogue_of())
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("expression", "facts", "held"),
    [
        ("overlap == 1", {"overlap": 1}, True),
        ("overlap != 1", {"overlap": 1}, False),
        ("elapsed_s < sum_s * 0.5", {"elapsed_s": 1.0, "sum_s": 3.0}, True),
        ("elapsed_s >= sum_s", {"elapsed_s": 1.0, "sum_s": 3.0}, False),
        ("gil == true", {"gil": True}, True),
        ("gil == true", {}, False),
        ("elapsed_s < sum_s", {"elapsed_s": 1.0}, False),
        ("deadlock_text > 3", {"deadlock_text": "x"}, False),
        ("outcome.word == 'yes'", {"outcome.word": "yes"}, True),
        ("outcome.lost_updates > 0", {"outcome.lost_updates": 3}, True),
    ],
)
def test_conditions(expression: str, facts: dict[str, bool | int | float | str], held: bool) -> None:
    proof = judge((parse_condition(expression, "it is so"),), facts)
    assert proof.held is held
    assert proof.text.startswith("Yes: it is so" if held else "No: it is so")


def test_text_is_filled_from_the_facts() -> None:
    assert fill("{overlap} of {tasks}, {elapsed_s} s, {gil}, {lost}", {"overlap": 3, "tasks": 1200, "elapsed_s": 0.12345, "gil": True}) == (
        "3 of 1,200, 0.123 s, true, ?"
    )  # fmt: skip


def said(*lines: str, stream: str = "stdout") -> dict[str, object]:
    """The facts of a run whose tasks printed these lines."""
    texts = tuple(TextLine(START_NS + number, HOST_PID, HOST_PID, stream, line) for number, line in enumerate(lines))
    over = Batch(START_NS + 10**9, RunPhase.FINISHED, Counts(), clock_start_ns=START_NS, texts=texts)
    found = facts(applied([starting(RunConfig("thread_pool", "sleep", 1, tasks=1)), over]))
    return {name: value for name, value in found.items() if name.startswith("said.")}


def test_what_tasks_print_is_a_fact() -> None:
    assert said("process id: 12\n", "module name: __main__", "process id: 12") == {
        "said.process_id": 12,
        "said.module_name": "__main__",
    }
    assert said("process id: 9", "process id: 11", "name: b", "name: 1") == {
        "said.process_id": "9, 11",
        "said.name": "1, b",
    }
    assert said("no value:", ": no name", "task 1: a digit in the name", "a: " + "x" * 300) == {}
    assert said("process id: 12", stream="stderr") == {}
    many = str(said(*(f"number: {number}" for number in range(100)))["said.number"])
    assert many.startswith("0, 1, 2, ")
    assert many.endswith(f"{MOST_SAID - 1}, ...")
    assert len(said(*(f"{'a' * length}: 1" for length in range(1, 40)))) == MOST_SAID


def test_a_pid_is_shown_as_it_is() -> None:
    values = {"said.process_id": 12041, "main_pid": 12041, "tasks": 12041}
    assert fill("{said.process_id} {main_pid} {tasks}", values) == "12041 12041 12,041"
    assert known("said.process_id") == ""
    assert "Unknown fact" in known("said.process id")
    assert fill("{outcome.list_id}", {"outcome.list_id": 12041}) == "12041"


def test_what_the_time_of_workers_went_to_is_a_fact_where_it_is_known() -> None:
    main = Lane(tid=HOST_PID, role="main", cpu=0.01)

    def shares(**more: Any) -> dict[str, object]:
        workers = (Lane(tid=600 + i, started=0, spans=tasks((0, 2_000)), **more) for i in range(4))
        return {name: value for name, value in facts(constructed([main, *workers], 2_000)).items() if name in SHARES}

    threads = shares(cpu=0.2, run_queue=0.05, sleeps_in="futex")
    assert threads == pytest.approx({"gil_share": 0.75, "running_share": 0.2, "ready_share": 0.25}, abs=0.01)
    assert shares(cpu=0.2, sampled=False) == {}, "too short to be looked at"


def test_workers_per_core(tmp_path: Path) -> None:
    lesson = read(tmp_path, GOOD.replace("workers = 2", "workers_per_core = 3")).find("one")
    assert lesson.setups[0].run_config(4).workers == 12


def test_facts_are_documented_and_lessons_are_frozen() -> None:
    assert all(text and name.isidentifier() for name, text in FACTS.items())
    with pytest.raises(dataclasses.FrozenInstanceError):
        LIBRARY.find("mutex").title = "x"  # type: ignore[misc]
