"""The window in Chinese: every text is translated, and what is compiled is what was written."""

import re
import string
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from gui.controls.live import running_workers
from gui.run_names import RunNames
from gui.sentences import SENTENCES
from gui.translations import (
    NAMES,
    TRANSLATIONS,
    catalogue_texts,
    compare_texts,
    findings_texts,
    install,
    language_wanted,
    sentence,
    sweep_texts,
    told,
    uninstall,
)
from tests.helpers.runs import catalogue_of
from tests.helpers.translating import ROOT, Text, read, window_texts
from workers.client import ending
from workers.client.proc_files import STATES
from workers.client.stalls import Patience
from workers.client.wait_words import Edge, describe_deadlock
from workers.contract.batch import LaneInfo
from workers.contract.config import RunConfig
from workers.contract.ending import ASKED, StopStep
from workers.contract.info import ModelInfo, WorkloadInfo, refuse, unmet
from workers.contract.marks import more
from workers.engine.births import describe_exit

CJK = re.compile("[\u4e00-\u9fff]")
NARROW = re.compile("[\u4e00-\u9fff] ?[,;:?!]")
"""Punctuation of Latin width after a Chinese character."""
STEPS = (
    (ASKED, (7, 8), "SIGINT"),
    ("SIGINT", (7,), "SIGTERM"),
    ("SIGTERM", tuple(range(20)), "SIGKILL"),
    ("SIGKILL", (7, 8), ""),
)


@pytest.fixture(autouse=True)
def nothing_installed(qapp: QCoreApplication) -> Iterator[None]:
    yield
    uninstall(qapp)


def messages(language: str) -> dict[Text, list[str]]:
    """What a .ts says: every text with its forms. Fails for what is unfinished."""
    found = {}
    for context in ET.parse(TRANSLATIONS / f"{language}.ts").getroot().iter("context"):
        for item in context.iter("message"):
            plural = item.get("numerus") == "yes"
            name, source = context.findtext("name", ""), item.findtext("source", "")
            assert item.find("translation[@type]") is None, f"{language}.ts: {name}: {source!r} is not translated"
            forms = item.findall("translation/numerusform") if plural else item.findall("translation")
            found[Text(name, source, item.findtext("comment", ""), plural)] = [form.text or "" for form in forms]
    return found


def placeholders(text: str) -> list[str]:
    """What is filled in: `{0}` and `%n`."""
    fields = [str(name) for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    return sorted([*fields, *re.findall("%L?n", text)])


def wanted() -> set[Text]:
    catalogue = (Text("Catalogue", text) for text in catalogue_texts(catalogue_of()))
    said = (
        *(Text("Findings", text) for text in findings_texts()),
        *(Text("Sweep", text) for text in sweep_texts()),
        *(Text("Compare", text) for text in compare_texts()),
    )
    return {*window_texts().texts, *catalogue, *said}


def test_every_text_of_the_window_and_of_the_catalogue_is_translated() -> None:
    there, asked = messages("zh_CN"), wanted()
    assert len(asked) > 400, "the sources were not found"
    assert not asked - set(there), "not in zh_CN.ts: run .ci/translate.py and translate what it names"
    assert not set(there) - asked, "no longer in the window: run .ci/translate.py"
    for text, forms in there.items():
        for form in forms:
            assert form, f"{text} has an empty translation"
            assert placeholders(form) == placeholders(text.source), f"{text}: {form!r} fills in something else"
            assert not NARROW.search(form), f"{form!r}: full-width punctuation stands between Chinese characters"
    assert sum(bool(CJK.search(forms[0])) for forms in there.values()) > len(there) * 0.8


def test_english_has_forms_for_its_plurals_alone() -> None:
    plurals = {text for text in wanted() if text.plural}
    there = messages("en")
    assert set(there) == plurals, "run .ci/translate.py"
    for text, forms in there.items():
        assert len(forms) == 2, text
        for form in forms:
            assert placeholders(form) == placeholders(text.source)
            assert "(s)" not in form, f"{form!r} is no English"


@pytest.mark.parametrize("language", NAMES)
def test_what_is_compiled_is_what_was_written(language: str) -> None:
    compiled = QTranslator()
    assert compiled.load(str(TRANSLATIONS / f"{language}.qm"))
    for text, forms in messages(language).items():
        # Chinese has one form; English one for 1 and one for the rest.
        for number, form in zip((1, 2), forms, strict=False):
            got = compiled.translate(text.context, text.source, text.comment or None, number if text.plural else -1)
            assert got == form, "run .ci/translate.py"


def test_nothing_is_shown_that_is_not_translated() -> None:
    assert window_texts().faults == []


@pytest.mark.parametrize(
    ("line", "faulty"),
    [
        ('label.setText("Ready")', True),
        ('label.setText(self.tr("Ready"))', False),
        ('label.setText(f"Took {n} ms")', True),
        ('label.setText("Yes" if n else self.tr("No"))', True),
        ('QLabel("Ready {0}".format(n))', True),
        ('label.setText(f"{n} · {m}")', False),
        ('box.addItem(self.tr("Dark"), "dark")', False),
        ("self.tr(word)", True),
        ('other.tr("Ready")', True),
        ("painter.translate(4, 5)", False),
    ],
)
def test_the_reader_of_the_sources_sees_what_is_bare(line: str, faulty: bool) -> None:
    source = f"class Part(QWidget):\n    def show(self):\n        {line}\n"
    assert bool(read([("part.py", source)]).faults) is faulty


def test_the_reader_knows_contexts_and_plurals() -> None:
    source = (
        'class Part(QWidget):\n    def show(self):\n        self.tr("%n task(s)", "note", 3)\n'
        'def free():\n    return QCoreApplication.translate("Free", "text")\n'
    )
    assert read([("part.py", source + "class More(Part): pass\n")]).faults, "a plural of a class that has subclasses"
    assert read([("part.py", source)]).texts == [Text("Part", "%n task(s)", "note", True), Text("Free", "text")]


@pytest.mark.parametrize(
    ("setting", "environ", "language"),
    [
        ("zh_CN", {"LANG": "en_US.UTF-8"}, "zh_CN"),
        ("en", {"LANGUAGE": "zh_CN"}, "en"),
        ("system", {"LANGUAGE": "zh_CN"}, "zh_CN"),
        ("system", {"LANGUAGE": "zh_CN:en", "LANG": "en_GB.UTF-8"}, "zh_CN"),
        ("system", {"LANGUAGE": "en:zh_CN", "LANG": "zh_CN.UTF-8"}, "en"),
        ("system", {"LANGUAGE": "de:zh_CN"}, "zh_CN"),
        ("system", {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ("system", {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        ("system", {"LC_MESSAGES": "zh_SG.GB18030@pinyin", "LANG": "en_US"}, "zh_CN"),
        ("system", {"LANG": "zh-Hans-CN"}, "zh_CN"),
        # Traditional characters are another thing: English rather than the wrong ones.
        ("system", {"LANG": "zh_TW.UTF-8"}, "en"),
        ("system", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("damaged", {"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_systems(setting: str, environ: dict[str, str], language: str) -> None:
    assert language_wanted(setting, environ) == language


def test_installed_it_speaks_chinese_and_qt_does_too(qapp: QCoreApplication) -> None:
    assert install(qapp, "zh_CN") == "zh_CN"
    assert QCoreApplication.translate("Actions", "Run") == "\u8fd0\u884c"
    assert CJK.search(QCoreApplication.translate("QPlatformTheme", "Cancel"))
    # Names of third parties, and nothing at all, stay what they are.
    assert (told("My model"), told(""), sentence("It broke.")) == ("My model", "", "It broke.")
    names = RunNames()
    names.catalogue = catalogue_of()
    assert CJK.search(names.short(RunConfig()))
    assert CJK.search(running_workers(catalogue_of().models["sequential"], RunConfig(model="sequential")).words)
    assert install(qapp, "en") == "en"
    assert QCoreApplication.translate("Actions", "Run") == "Run"
    assert QCoreApplication.translate("SettingsPage", "%n lesson(s) found.", "", 1) == "1 lesson found."
    assert QCoreApplication.translate("SettingsPage", "%n lesson(s) found.", "", 3) == "3 lessons found."


def test_without_its_file_it_stays_english(
    qapp: QCoreApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.translations.TRANSLATIONS", tmp_path)
    assert install(qapp, "zh_CN") == "en"


def lose_patience(pids: tuple[int, ...]) -> str:
    """What is said of a run that was ended because these were stopped."""
    patience = Patience(RunConfig("process_pool", "sleep", 2, tasks=4))
    assert patience.look(pids, 3, True, 0) == ""
    return patience.look(pids, 3, True, 60_000_000_000)


def test_sentences_that_workers_say_again_and_again_are_known(qapp: QCoreApplication) -> None:
    install(qapp, "zh_CN")
    model = ModelInfo("Interpreter pool", "", "", workers_are="interpreters", shares=False)
    here = LaneInfo(0, "h", 7, 7, 1, "MainThread", "main", 0), LaneInfo(1, "h", 7, 8, 1, "Thread-1", "worker", 0)
    said = [
        unmet(["python>=3.14"], (3, 11), lambda name: True),
        unmet(["loky"], (3, 11), lambda name: False),
        refuse(model, WorkloadInfo("Shared counter", "", "", shares=True)),
        refuse(model, WorkloadInfo("JSON round trip", "", "", subinterpreters=False)),
        describe_deadlock([Edge(here[0], "A"), Edge(here[1], "B")]),
        describe_deadlock([Edge(here[0], "A")]),
        more(1),
        more(2),
        f"PID 7 {describe_exit(-9)} under its task",
        f"PID 7 {describe_exit(3)}",
        *(ending.words(StopStep(name, 0, pids, after, 150_000_000)) for name, pids, after in STEPS),
        *(lose_patience(pids) for pids in ((7,), (7, 8))),
    ]
    for text in said:
        put = sentence(text)
        assert CJK.search(put), text
        assert not re.search("waits for|share nothing|choose another|or later|killed|ended|shown", put), put
    assert "Interpreter pool" not in sentence(said[2]), "titles within a sentence are told too"


def test_marks_are_worded_as_the_models_word_them() -> None:
    """What stands between the placeholders of a mark's sentence is still in the source that says it."""
    said = "".join(path.read_text() for path in (ROOT / "workers").rglob("*.py"))
    said = re.sub(r'"\s+f?"', "", said)  # texts that go on in the next line
    for text in SENTENCES:
        for part in re.split(r"\{\d\}", text):
            # Short ones are put together of parts, and so are these, which other tests say.
            if len(part) > 24 and not re.search(
                "left to wait|for itself|is not known|pool_size before|SIGSTOP.*for ", part
            ):
                assert part in said, f"{text!r} is no longer said: change gui.sentences"


def test_limits_states_and_reports_are_known(qapp: QCoreApplication) -> None:
    install(qapp, "zh_CN")
    source = (ROOT / "workers/client/limits.py").read_text()
    for words in (
        "half the free memory (",
        "the most that can be told apart on a chart",
        "half the pids limit of this",
    ):
        assert words in source, "the sentence is another one by now: change SENTENCES"
        assert any(text.startswith(words) for text in SENTENCES)
    named = set()
    for path in (ROOT / "workers/workloads").glob("*.py"):
        report = path.read_text().partition("def report(")[2].partition("\ndef ")[0]
        named |= set(re.findall(r'"([a-z_]+)":', report))
    assert "lost_updates" in named
    for text in (*STATES.values(), *(name.replace("_", " ") for name in named)):
        assert CJK.search(told(text)), f"{text!r} is missing in gui.translations.WORDS"
