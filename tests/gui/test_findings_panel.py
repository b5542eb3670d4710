"""What this run says: the card with the findings."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from gui.findings_place import FindingsSheet
from gui.findings_strip import FindingsStrip
from gui.panels import findings as module
from gui.panels.finding_words import FindingWords
from gui.panels.findings import PATIENCE, FindingsPanel
from gui.stage import OUTPUT, PROCESSES, TIMELINE
from gui.translations import install, uninstall
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.scripted import applied, starting, thread_pool_run
from workers.contract.batch import Picture
from workers.contract.config import RunConfig
from workers.insight.findings import LOOKS, Evidence, Figure, Finding, Words
from workers.insight.findings_words import WORDS
from workers.insight.store import RunStore
from workers.lessons.model import PLACES

GIL = Words("{n} threads, the speed of one", "They waited.", "Use {n} processes.", "Wrong if others ran.", "timeline")


def finding(key: str, n: int = 4, change: dict[str, object] | None = None) -> Finding:
    return Finding(key, GIL, {"n": str(n)}, (Figure("gil_share", 0.7, "share"),), 0.5, change)


class Script:
    """What is found, look by look."""

    def __init__(self) -> None:
        self.found: tuple[Finding, ...] = ()
        self.looks = 0

    def __call__(self, evidence: Evidence) -> tuple[Finding, ...]:
        self.looks += 1
        return self.found


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    made = Script()
    monkeypatch.setattr(module, "findings", made)
    return made


@pytest.fixture
def panel(qtbot: QtBot) -> FindingsPanel:
    made = FindingsPanel()
    qtbot.addWidget(made)
    made.resize(340, 400)
    made.show()
    return made


def test_calm_words_where_there_is_nothing_to_say(panel: FindingsPanel, script: Script) -> None:
    assert panel.note.text().startswith("Press Run")
    panel.show_store(applied([starting(RunConfig())]))
    assert panel.note.text().startswith("Nothing to say so far")
    assert script.looks == 0
    panel.show_store(applied(thread_pool_run(1.0)))
    assert script.looks == 1
    assert panel.note.text().startswith("Nothing stands out")
    assert panel.accessibleDescription() == panel.note.text()


def test_a_finding_is_told_and_asks(qtbot: QtBot, panel: FindingsPanel, script: Script) -> None:
    script.found = (finding("gil_bound", change={"model": "process_pool"}), finding("slow_lane"))
    panel.show_store(applied(thread_pool_run(1.0)))
    assert panel.shown == ("gil_bound", "slow_lane")
    item = panel._items["gil_bound"]
    assert [label.text() for label in item.findChildren(QLabel)] == [
        "4 threads, the speed of one", "They waited.", "waiting for the GIL 70\u00a0%", "Use 4 processes.",
        "Wrong if others ran.",
    ]  # fmt: skip
    assert "Use 4 processes." in panel.accessibleDescription()
    assert item._wrong.isHidden()
    qtbot.keyClick(item.fold, Qt.Key.Key_Space)
    assert not item._wrong.isHidden()
    with qtbot.waitSignal(panel.lookAsked) as look:
        qtbot.keyClick(item.look, Qt.Key.Key_Space)
    assert look.args == ["timeline"]
    with qtbot.waitSignal(panel.tryAsked) as tried:
        qtbot.keyClick(item.do, Qt.Key.Key_Space)
    assert tried.args == [{"model": "process_pool"}]
    assert panel._items["slow_lane"].do.isHidden()
    for child in panel.findChildren(QPushButton):
        assert child.accessibleName(), child.objectName()


def test_while_it_runs_nothing_jumps_and_at_the_end_the_order_is_right(panel: FindingsPanel, script: Script) -> None:
    batches = iter(thread_pool_run(3.0))
    live = applied([next(batches) for _ in range(6)])
    script.found = (finding("gil_bound"),)
    panel.show_store(live)
    kept = panel._items["gil_bound"]

    def look(*found: Finding) -> tuple[str, ...]:
        script.found = found
        live.apply(next(batches))
        panel.update_now()
        return panel.shown

    # New ones come below, whatever their rank; figures change in place.
    assert look(finding("tiny_tasks"), finding("gil_bound", 5)) == ("gil_bound", "tiny_tasks")
    assert panel._items["gil_bound"] is kept
    assert kept.words().startswith("5 threads")
    for _ in range(PATIENCE - 1):
        assert look(finding("tiny_tasks")) == ("gil_bound", "tiny_tasks")
    assert look(finding("tiny_tasks")) == ("tiny_tasks",)
    live.apply(next(batches))
    looks = script.looks
    panel.refresh()
    assert script.looks == looks  # not within a second
    script.found = (finding("gil_bound"), finding("tiny_tasks"))
    for batch in batches:
        live.apply(batch)
    panel.refresh()
    assert panel.shown == ("gil_bound", "tiny_tasks")
    places = [panel._column.indexOf(item) for item in panel._items.values()]
    assert places == sorted(places)
    script.found = ()
    panel.show_store(RunStore())
    assert panel.shown == ()


def test_figures_have_names_and_units(qapp: QCoreApplication) -> None:
    words = FindingWords()
    texts = [words.figure(Figure(*one)).replace("\u202f", " ") for one in (
        ("pickling_of_tomorrow", 3.0, "ratio"), ("bytes_per_task", 2048.0, "bytes"), ("elapsed_s", 0.0123, "s"),
        ("tasks", 12000.0, "count"), ("cores_used", 1.25, "cores"),
    )]  # fmt: skip
    assert texts == [
        "pickling of tomorrow 3", "bytes a task 2.0\u00a0KiB", "length of the run 12.3\u00a0ms", "tasks 12 000", "cores used 1.2",
    ]  # fmt: skip


def test_no_line_of_figures_begins_with_the_dot_that_ends_the_one_before(qapp: QCoreApplication) -> None:
    values = {"share": "30 %", "seconds": "2 s", "elapsed": "4 s"}
    evidence = Figure("startup_s", 2.0, "s"), Figure("elapsed_s", 4.0, "s")
    figures = FindingWords().told(Finding("startup", WORDS["startup"], values, evidence)).figures
    assert "·" in figures
    assert " ·" not in figures, "lines are broken at spaces"


def test_in_chinese(qapp: QCoreApplication, panel: FindingsPanel) -> None:
    install(qapp, "zh_CN")
    try:
        told = FindingWords().told(
            Finding(
                "startup",
                WORDS["startup"],
                {"share": "30 %", "seconds": "2 s", "elapsed": "4 s"},
                (Figure("startup_s", 2.0, "s"),),
            )
        )
    finally:
        uninstall(qapp)
    assert "30 %" in told.title
    assert all(max(text) >= "\u4e00" for text in (told.title, told.text, told.next, told.wrong_if, told.figures))


def test_in_the_window(make_window: MakeWindow, qtbot: QtBot, script: Script) -> None:
    script.found = (finding("gil_bound", change={"workers": 2, "model": "process_pool"}),)
    window = make_window()
    window.resize(1600, 900)
    panel = window.findChild(FindingsPanel, "findingsPanel")
    assert panel.isVisible()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("thread_pool", "count_primes", 4, 100))
    qtbot.waitUntil(lambda: panel.shown == ("gil_bound",), timeout=5_000)
    assert window.stage.tabs is not None
    window.stage.show_tab(PROCESSES)
    panel._items["gil_bound"].look.click()
    assert window.stage.tabs.currentIndex() == TIMELINE
    assert window.findChild(QWidget, "timeline").isVisible()
    panel._items["gil_bound"].do.click()
    config = window.panel.config()
    assert (config.model, config.workers) == ("process_pool", 2)
    window.actions_.findings.trigger()
    qtbot.waitUntil(panel.area.hasFocus, timeout=3_000)
    window.workspace.choose("lessons")
    assert not panel.isVisible()


def test_where_the_column_is_away_a_strip_says_the_first_and_a_sheet_all(
    make_window: MakeWindow, qtbot: QtBot, script: Script
) -> None:
    script.found = (finding("gil_bound", change={"workers": 2}), finding("slow_lane", 7))
    window = make_window()
    window.resize(1280, 800)
    panel, strip = window.findChild(FindingsPanel), window.findChild(FindingsStrip)
    sheet = window.findChild(FindingsSheet)
    assert strip.isVisible()
    assert not panel.isVisible()
    assert strip.line.more.startswith("Press Run")
    assert strip.all.isHidden()
    before = strip.geometry()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("thread_pool", "count_primes", 4, 100))
    qtbot.waitUntil(lambda: strip.line.strong == "4 threads, the speed of one", timeout=5_000)
    assert strip.all.text().startswith("All 2")
    assert strip.geometry() == before, "nothing moves for a finding"
    assert window.stage.tabs is not None
    window.stage.show_tab(PROCESSES)
    charts = window.stage.sizes()
    # All of them, by the keyboard, and away again: Esc does not reach Stop.
    window.actions_.findings.trigger()
    qtbot.waitUntil(panel.area.hasFocus, timeout=3_000)
    assert sheet.isAncestorOf(panel)
    assert panel.isVisible()
    assert panel.shown == ("gil_bound", "slow_lane")
    assert window.stage.sizes() == charts
    qtbot.waitUntil(lambda: panel.area.verticalScrollBar().maximum() == 0, timeout=3_000)
    order = [
        button for item in panel._items.values() for button in (item.look, item.do, item.fold) if button.isVisible()
    ]
    for button in order:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert window.focusWidget() is button
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert strip.all.hasFocus()
    # It goes when the keyboard goes elsewhere, and before somebody is shown what lies below it.
    for leave in (window.panel.workers.spin.setFocus, panel.first.look.click):
        qtbot.keyClick(strip.all, Qt.Key.Key_Space)
        assert sheet.isVisible()
        leave()
        assert sheet.isHidden()
        assert not panel.isVisible()
    assert window.stage.tabs.currentIndex() == TIMELINE
    window.stage.show_tab(PROCESSES)
    qtbot.keyClick(strip.look, Qt.Key.Key_Space)
    assert window.stage.tabs.currentIndex() == TIMELINE
    qtbot.keyClick(strip.do, Qt.Key.Key_Space)
    assert window.panel.config().workers == 2
    # Where the column comes, the panel is in it, above the script; the strip goes.
    qtbot.keyClick(strip.all, Qt.Key.Key_Space)
    window.resize(1600, 900)
    assert sheet.isHidden()
    assert strip.isHidden()
    assert panel.isVisible()
    assert window.findChild(QSplitter, "sideRows").indexOf(panel) == 0
    window.resize(1280, 800)
    assert strip.isVisible()
    assert not panel.isVisible()
    window.workspace.choose("lessons")
    assert strip.isHidden()
    assert not panel.isVisible()


def test_whatever_a_finding_or_a_lesson_points_at_comes_into_sight(
    make_window: MakeWindow, qtbot: QtBot, session: FakeSession
) -> None:
    session.picture = Picture(96, 64, bytes(96 * 64))
    window = make_window()
    window.resize(1280, 800)
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RunConfig("process_pool", "mandelbrot", 2, 100))
    window.stage.show_film(True)
    glow = window.findChild(QWidget, "glow")
    assert {words.look for words in WORDS.values()} <= set(LOOKS)
    tabs = window.stage.tabs
    for name in sorted({*LOOKS, *PLACES}):
        part = window.findChild(QWidget, name)
        assert part is not None, name
        tabs.setCurrentIndex(OUTPUT if name != "outputPanel" else PROCESSES)
        glow.hide()
        window.stage.look(name)
        assert part.isVisible(), name
        assert glow.isVisible(), name
        middle = part.mapTo(window, part.rect().center())
        assert glow.geometry().contains(middle), name
        assert glow.width() < window.width() - 200, "it says where, not somewhere"
    # The race film of a run without any, and a picture that is to come: it shows where.
    window.stage.show_film(False)
    for name in ("raceFilm", "pictureView"):
        window.stage.show_picture(False)
        glow.hide()
        window.stage.look(name)
        assert glow.isVisible(), name


@pytest.mark.parametrize(("mode", "width"), [("explore", 1280), ("explore", 1600), ("lessons", 1280)])
def test_tab_goes_round_the_window_and_everything_it_reaches_has_a_name(
    make_window: MakeWindow, qtbot: QtBot, script: Script, mode: str, width: int
) -> None:
    script.found = (finding("gil_bound", change={"workers": 2}), finding("slow_lane", 7))
    window = make_window()
    window.resize(width, 800)
    window.workspace.choose(mode)
    window.stage.show_film(True)
    reached: set[str] = set()
    begin = window.top.modes.findChild(QPushButton, f"mode{mode.capitalize()}")
    tabs = range(window.stage.tabs.count())
    for step, tab in enumerate((*tabs, *tabs)):  # before a run and after it
        if step == len(tabs):
            with qtbot.waitSignal(window.runFinished, timeout=20_000):
                window.start(RunConfig("thread_pool", "count_primes", 4, 100))
            if mode == "explore":  # they are shown with the next frame
                panel = window.findChild(FindingsPanel, "findingsPanel")
                qtbot.waitUntil(lambda panel=panel: panel.shown == ("gil_bound", "slow_lane"), timeout=20_000)
            if (mode, width) == ("explore", 1600):  # and so are their buttons, which Tab would pass over otherwise
                for name in ("findingLook_gil_bound", "findingFold_slow_lane"):
                    button = window.findChild(QWidget, name)
                    assert button is not None
                    qtbot.waitUntil(button.isVisible, timeout=20_000)
        window.stage.tabs.setCurrentIndex(tab)
        begin.setFocus()
        for _ in range(100):
            now = window.focusWidget()
            assert now.accessibleName(), now.objectName()
            reached.add(now.objectName())
            qtbot.keyClick(now, Qt.Key.Key_Tab)
            if window.focusWidget() is begin:
                break
        else:
            pytest.fail(f"Tab does not come back from {window.focusWidget().objectName()}")
    wanted = {
        "accountLanes", "accountBars", "timeline", "timelineSearch", "processTable", "latencyPlot", "outputText",
        "outputFilter", "filmStage", "tabBar", "tabMenu",
    }  # fmt: skip
    if mode == "lessons":
        wanted |= {"sideTabBar", "lessonList", "lessonFilter"}
    elif width == 1280:
        wanted |= {"stripLook", "stripTry", "stripAll"}
    else:
        wanted |= {"findingsArea", "findingLook_gil_bound", "findingFold_slow_lane"}
    assert wanted - reached == set()
