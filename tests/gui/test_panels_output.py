"""The output panel, from stores that are made by hand."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.flow import FlowLayout
from gui.lane_colours import LANES, lane_colour
from gui.panels.output import OutputPanel
from gui.panels.output_log import ERROR, EVENT, LONGEST_LINE, PRINTED
from gui.panels.output_text import LINES_AT_ONCE, MOST_LINES, SLACK
from gui.theme import DARK, LIGHT, ThemeSource
from gui.words import THIN
from tests.gui.test_looks import _contrast
from tests.helpers.scripted import HOST_PID, START_NS, applied, starting, thread_pool_run
from workers.contract.batch import Batch, Counts, Frame, LaneInfo, Mark, Stack, TextLine
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.waits import WaitGraph
from workers.insight.store import TEXT_LIMIT, RunStore

TRACEBACK = 'Traceback (most recent call last):\n  File "x.py"\nValueError: 7\n'
MAIN, ONE, TWO = 100, 201, 202


@pytest.fixture
def panel(qtbot):
    made = OutputPanel(ThemeSource())
    qtbot.addWidget(made)
    made.resize(760, 240)
    made.show()
    return made


@pytest.fixture
def store():
    """A run of a pool: the main process and two workers."""
    made = applied([starting(RunConfig())])
    names = ((MAIN, "main"), (ONE, "ForkPoolWorker-1"), (TWO, "ForkPoolWorker-2"))
    lanes = tuple(LaneInfo(i, "here", pid, pid, 1, name, "worker", START_NS) for i, (pid, name) in enumerate(names))
    made.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), clock_start_ns=START_NS, lanes=lanes))
    return made


def line(at, text, pid=ONE, stream="stdout", tid=None):
    return TextLine(START_NS + round(at * 1e9), pid, tid or pid, stream, text)


def event(at, kind, text, pid=MAIN, tid=0):
    return Mark(kind, pid, START_NS + round(at * 1e9), text, tid)


def say(store, *texts, marks=(), **counts):
    store.apply(
        Batch(
            store.now_ns + 1_000_000,
            RunPhase.RUNNING,
            replace(store.counts, **counts),
            texts=tuple(texts),
            marks=tuple(marks),
        )
    )


def lines(panel):
    return panel.text.toPlainText().split("\n")


def colours(panel, number):
    """The colours of the parts of a line, by their text."""
    found = {}
    at = panel.text.document().findBlockByNumber(number).begin()
    while not at.atEnd():
        found[at.fragment().text().strip()] = at.fragment().charFormat().foreground().color()
        at += 1
    return found


def test_a_line_has_time_process_and_lane_in_the_order_of_printing(panel, store):
    panel.show_store(store)
    # The second was noted a little before the first, but reached the terminal after it: that is what one would have seen.
    say(store, line(1.2345, "hello\n"), line(1.234, "there", TWO), line(1.3, "x", MAIN, tid=177))
    panel.refresh()
    assert lines(panel) == [
        "[  1.234 s] ▌ 201  ForkPoolWorker-1   hello",
        "[  1.234 s] ▌ 202  ForkPoolWorker-2   there",
        "[  1.300 s] ▌ 100  thread 177         x",
    ]


def test_each_lane_has_a_colour_beside_its_name(panel, store):
    panel.show_store(store)
    say(store, line(1, "a"), line(2, "b", TWO), line(3, "c"))
    panel.refresh()
    for number, order in ((0, 0), (1, 1), (2, 0)):
        found = colours(panel, number)
        who = next(text for text in found if text.startswith("▌"))
        assert found[who] == QColor(lane_colour(LIGHT, order))
        assert found["abc"[number]] == QColor(LIGHT.text)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_colours_of_lanes_can_be_read_and_are_not_that_of_failures(theme):
    assert len(set(LANES[theme.name])) == len(LANES[theme.name]) >= 6
    for colour in LANES[theme.name]:
        assert _contrast(colour, theme.card) >= 4.5
        assert colour != theme.bad


def test_failures_have_their_whole_traceback_a_sign_and_the_bar(panel, store):
    panel.show_store(store)
    say(store, line(2, TRACEBACK, stream="failure"), line(3, "fine"), line(4, "careful", stream="stderr"))
    panel.refresh()
    found = lines(panel)
    assert found[0].endswith("✗ Traceback (most recent call last):")
    assert found[2].split() == ["▌", "ValueError:", "7"]
    assert found[2].index("ValueError") == found[0].index("Traceback")
    assert found[4].endswith("! careful")
    assert colours(panel, 2)["ValueError: 7"] == QColor(LIGHT.bad)


def test_events_stand_between_the_lines_whatever_their_kind(panel, store):
    panel.show_store(store)
    marks = (event(2, "never heard of", "something happened"), event(1, "callback", "task 0: callback in PID 100"))
    say(store, line(0.5, "a"), line(1.5, "c"), marks=marks)
    panel.refresh()
    assert [text.split("  ")[-1].strip() for text in lines(panel)] == [
        "a",
        "· task 0: callback in PID 100",
        "c",
        "· something happened",
    ]


def test_only_what_is_new_is_added_and_nothing_when_nothing_came(panel, store, monkeypatch):
    panel.show_store(store)
    for i in range(5):
        say(store, line(i, f"line {i}"))
        panel.refresh()
        panel.refresh()
    assert [text.split("  ")[-1].strip() for text in lines(panel)] == [f"line {i}" for i in range(5)]
    monkeypatch.setattr(panel.text, "pieces", lambda entry: pytest.fail("wrote"))
    say(store)
    panel.refresh()


def test_very_long_lines_entries_and_names_are_cut(panel, store):
    lane = LaneInfo(3, "here", 300, 300, 1, "a name that nobody can read\nin one line", "worker", START_NS)
    store.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), lanes=(lane,)))
    panel.show_store(store)
    say(store, line(1, "x" * 100_000, 300), line(2, "\n".join(map(str, range(5000))), stream="failure"))
    panel.refresh()
    assert max(map(len, lines(panel))) < LONGEST_LINE + 60
    assert "  a name that nobod…   xxx" in lines(panel)[0]
    assert len(lines(panel)) < 220
    assert any(f"4{THIN}800 line" in text for text in lines(panel))


def test_a_flood_is_bounded_counted_and_written_in_parts(panel, store, qtbot):
    panel.show_store(store)
    say(store, *(line(i / 1000, f"n{i}") for i in range(3 * TEXT_LIMIT)))
    panel.refresh()
    assert len(lines(panel)) <= LINES_AT_ONCE + 2
    assert f"25{THIN}000 earlier line" in lines(panel)[0]
    qtbot.waitUntil(lambda: lines(panel)[-1].endswith(f"n{3 * TEXT_LIMIT - 1}"), timeout=20_000)
    assert len(lines(panel)) == MOST_LINES + 1
    # It goes on, and somebody reads further up: their line stays where it is while the first ones go.
    bar = panel.text.verticalScrollBar()
    bar.setValue(3000)
    seen = panel.text.firstVisibleBlock().text()
    for part in range(3):
        say(store, *(line(40 + part, f"more {part} {i}") for i in range(LINES_AT_ONCE)))
        panel.refresh()
        qtbot.waitUntil(lambda part=part: lines(panel)[-1].endswith(f"more {part} {LINES_AT_ONCE - 1}"), timeout=20_000)
    assert len(lines(panel)) <= MOST_LINES + SLACK + 1
    assert f"25{THIN}600 earlier line" in lines(panel)[0]
    assert panel.text.firstVisibleBlock().text() == seen


def test_losses_are_counted_and_said_once_a_second(panel, store):
    panel.show_store(store)
    say(store, line(1, "a"))
    store.now_ns += 2_000_000_000
    for lost in (10, 20, 1204):
        say(store, text_dropped=lost)
        panel.refresh()
    assert len([text for text in lines(panel) if "lost" in text]) == 1
    store.now_ns += 1_000_000_000
    panel.refresh()
    said = [text for text in lines(panel) if "lost" in text]
    assert "✗ 10 line" in said[0]
    assert f"✗ 1{THIN}194 line" in said[1]


def test_filter_by_process(panel, store):
    panel.show_store(store)
    say(store, line(1, "a"), line(2, "b", TWO), line(3, "c", MAIN))
    panel.refresh()
    panel._listed_at = 0.0
    say(store, line(4, "d", TWO))
    panel.refresh()
    box = panel.filter.processes
    assert [box.itemText(i) for i in range(box.count())] == [
        "All processes",
        "201  ForkPoolWorker-1",
        "202  ForkPoolWorker-2",
        "100  main",
    ]
    box.setCurrentIndex(2)
    assert [text[-1] for text in lines(panel)] == ["b", "d"]
    say(store, line(5, "e"), line(6, "f", TWO))
    panel.refresh()
    assert [text[-1] for text in lines(panel)] == ["b", "d", "f"]
    box.setCurrentIndex(0)
    assert [text[-1] for text in lines(panel)] == list("abcdef")


def test_filter_by_kind_and_by_text(panel, store, qtbot):
    panel.show_store(store)
    say(store, line(1, "Alpha"), line(2, TRACEBACK, stream="failure"), marks=[event(3, "master", "alpha is done")])
    panel.refresh()
    kinds = panel.filter.kinds
    kinds[PRINTED].setChecked(False)
    assert "Traceback" in lines(panel)[0]
    kinds[ERROR].setChecked(False)
    assert [text[-13:] for text in lines(panel)] == ["alpha is done"]
    kinds[EVENT].setChecked(False)
    assert panel.text.toPlainText() == ""
    assert "filter" in panel.text.empty_note()
    for box in kinds.values():
        box.setChecked(True)
    panel.focus_filter()
    assert panel.filter.text.hasFocus()
    qtbot.keyClicks(panel.filter.text, "ALPHA")
    assert len(lines(panel)) == 2
    qtbot.keyClick(panel.filter.text, Qt.Key.Key_Escape)
    assert len(lines(panel)) == 5
    panel.filter.text.setText("worker-1")
    assert len(lines(panel)) == 4


def test_a_filter_looks_through_ten_thousand_lines_in_parts(panel, store, qtbot):
    panel.show_store(store)
    say(store, *(line(i / 1000, f"n{i}", ONE if i % 2 else TWO) for i in range(TEXT_LIMIT)))
    panel.refresh()
    panel.filter.text.setText("n9")
    assert len(lines(panel)) <= LINES_AT_ONCE + 2
    qtbot.waitUntil(lambda: lines(panel)[-1].endswith("n9999"), timeout=20_000)
    assert len(lines(panel)) == 1 + 10 + 100 + 1000


def test_a_new_run_begins_empty_with_all_processes(panel, store):
    panel.show_store(store)
    say(store, line(1, "old"))
    panel.refresh()
    panel.filter.processes.setCurrentIndex(1)
    panel.filter.kinds[EVENT].setChecked(False)
    store.apply(starting(RunConfig()))
    panel.refresh()
    assert panel.text.toPlainText() == ""
    assert panel.filter.processes.currentData() is None
    assert not panel.filter.kinds[EVENT].isChecked()
    store.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), clock_start_ns=START_NS))
    say(store, line(1, "new", 7))
    panel.refresh()
    assert lines(panel) == ["[  1.000 s] ▌   7  main   new"]


def test_it_follows_the_end_unless_somebody_reads_further_up(panel, store):
    panel.show_store(store)
    bar = panel.text.verticalScrollBar()
    for i in range(60):
        say(store, line(i, f"line {i}"))
        panel.refresh()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(3)
    say(store, line(61, "more"))
    panel.refresh()
    assert bar.value() == 3


def test_the_last_line_is_whole_when_the_horizontal_scroll_bar_comes(qtbot, panel, store):
    panel.resize(420, 160)
    panel.show_store(store)
    say(store, *(line(i, str(i)) for i in range(60)))
    panel.refresh()
    text = panel.text
    assert not text.horizontalScrollBar().isVisible()
    say(store, line(99, "x" * 400))
    panel.refresh()
    qtbot.waitUntil(text.horizontalScrollBar().isVisible, timeout=20_000)
    bar = text.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=20_000)
    box = text.blockBoundingGeometry(text.document().lastBlock()).translated(text.contentOffset())
    assert box.bottom() <= text.viewport().height() + 1


def test_colours_change_with_the_theme_and_nothing_is_lost(panel):
    panel.show_store(applied(thread_pool_run(3, failed_every=50)))
    before = panel.text.toPlainText()
    assert f"▌{HOST_PID}  worker 0" in before
    panel.text._theme_source.set(DARK)
    assert panel.text.toPlainText() == before
    failed = next(i for i, text in enumerate(lines(panel)) if "✗" in text)
    assert QColor(DARK.bad) in colours(panel, failed).values()


def test_all_is_saved_whether_it_has_been_written_by_now_or_not(panel, store, tmp_path):
    panel.show_store(store)
    say(store, *(line(i / 1000, f"n{i}") for i in range(1000)))
    panel.refresh()
    panel.save_text(tmp_path / "a.txt")
    found = (tmp_path / "a.txt").read_text().splitlines()
    assert len(found) == 1000 > len(lines(panel))
    assert found[-1].endswith("n999")
    with pytest.raises(OSError, match="was not saved"):
        panel.save_text(tmp_path / "missing" / "a.txt")


def test_it_is_plain_read_only_and_everything_is_named(panel):
    panel.show_store(RunStore())
    panel.grab()
    assert panel.objectName() == "outputPanel"
    assert isinstance(panel.text, QPlainTextEdit)
    assert panel.text.isReadOnly()
    for part in (panel, panel.text, panel.filter.processes, panel.filter.text, *panel.filter.kinds.values()):
        assert part.objectName()
        assert part.accessibleName()


def test_the_row_becomes_two_where_there_is_no_room(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    flow = FlowLayout(row, gap=10, head_alone=True)
    parts = [QWidget() for _ in range(3)]
    for part in parts:
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    assert flow.heightForWidth(320) == 20
    assert flow.heightForWidth(319) == 20 + 5 + 20
    assert flow.heightForWidth(150) == 20 * 3 + 5 * 2
    row.resize(300, 80)
    row.show()
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (0, 25), (110, 25)]


def test_stacks_stand_under_their_own_names_and_those_in_the_deadlock_at_the_end(panel):
    """What the system writes has no names, and the main thread last: where it opens, those in the deadlock are to be seen."""
    made = applied([starting(RunConfig())])
    lanes = tuple(
        LaneInfo(i, "here", MAIN, tid, 1, name, "main" if i == 0 else "worker", START_NS, ident=0x7F00 + i)
        for i, (tid, name) in enumerate(((MAIN, "main"), (ONE, "worker_0"), (TWO, "worker_1")))
    )
    graph = WaitGraph(START_NS, stuck=("lane:1", "lock:1"), words="Deadlock: x.")
    raw = line(1, "Thread 0x7f00 (most recent call first):", pid=MAIN, stream="stderr")
    stacks = tuple(
        Stack(MAIN, 0x7F00 + i, "", (Frame("/a/locks.py", 10 + i, "acquire"), Frame("/a/work.py", 7, "run")))
        for i in (0, 1, 2)
    )
    made.apply(
        Batch(START_NS, RunPhase.RUNNING, Counts(), START_NS, lanes=lanes, waits=graph, texts=(raw,), stacks=stacks)
    )
    panel.show_store(made)
    panel.show_stacks()
    said = panel.text.toPlainText().splitlines()
    assert "thread 201 (worker_0), in the deadlock, stands here, the innermost call last:" in said[-3]
    assert "worker_0" in said[-3].split("thread")[0]
    assert 'File "/a/locks.py", line 11, in acquire' in said[-1]
    before = "\n".join(said[:-3])
    assert "thread 202 (worker_1) stands here" in before
    assert "in the deadlock" not in before
    made.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), START_NS, stacks=stacks))
    panel.refresh()
    assert panel.text.toPlainText().splitlines() == said
