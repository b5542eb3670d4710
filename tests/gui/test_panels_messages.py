from dataclasses import replace

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPlainTextEdit

from gui.panels.messages import LONGEST_LINE, MOST_AT_ONCE, MOST_LINES, MessagesPanel
from gui.theme import DARK, LIGHT, ThemeSource
from gui.words import THIN
from tests.helpers.scripted import START_NS, applied, starting, thread_pool_run
from workers.contract.batch import Batch, Counts, Mark, TextLine
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import TEXT_LIMIT, RunStore

TRACEBACK = 'Traceback (most recent call last):\n  File "x.py"\nValueError: 7\n'


@pytest.fixture
def panel(qtbot):
    made = MessagesPanel(ThemeSource())
    qtbot.addWidget(made)
    made.resize(700, 200)
    made.show()
    return made


@pytest.fixture
def store():
    made = applied([starting(RunConfig())])
    made.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), clock_start_ns=START_NS))
    return made


def say(store, *lines, marks=(), **counts):
    texts = tuple(TextLine(START_NS + round(at * 1e9), 12345, 12345, stream, text) for at, stream, text in lines)
    store.apply(
        Batch(store.now_ns + 1_000_000, RunPhase.RUNNING, replace(store.counts, **counts), texts=texts, marks=marks)
    )


def lines(panel):
    return panel.toPlainText().split("\n")


def color(panel, line):
    block = panel.document().findBlockByNumber(line)
    return block.begin().fragment().charFormat().foreground().color()


def test_a_line_has_its_time_and_process(panel, store):
    panel.show_store(store)
    say(store, (1.234, "stdout", "hello\n"), (-0.05, "stdout", "early"))
    panel.refresh()
    assert lines(panel) == ["[ −0.050 s] 12345  early", "[  1.234 s] 12345  hello"]


def test_only_what_is_new_is_added(panel, store):
    panel.show_store(store)
    for i in range(5):
        say(store, (i, "stdout", f"line {i}"))
        panel.refresh()
        panel.refresh()
    assert [line.split("  ")[-1] for line in lines(panel)] == [f"line {i}" for i in range(5)]


def test_failures_are_coloured_and_marked_with_their_whole_traceback(panel, store):
    panel.show_store(store)
    say(store, (2, "failure", TRACEBACK), (3, "stdout", "fine"), (4, "stderr", "careful"))
    panel.refresh()
    found = lines(panel)
    assert found[0].endswith("✗ Traceback (most recent call last):")
    assert found[2].strip() == "ValueError: 7"
    assert found[4].endswith("! careful")
    assert color(panel, 0) == QColor(LIGHT.bad)
    assert color(panel, 2) == QColor(LIGHT.bad)
    assert color(panel, 3) == QColor(LIGHT.text)


def test_marks_are_muted_and_stand_in_the_order_of_time(panel, store):
    panel.show_store(store)
    say(
        store,
        (1, "stdout", "a"),
        (3, "stdout", "c"),
        marks=(Mark("signal", 77, START_NS + 2_000_000_000, "SIGTERM sent"),),
    )
    panel.refresh()
    assert lines(panel)[1] == "[  2.000 s] 77  · SIGTERM sent"
    assert color(panel, 1) == QColor(LIGHT.muted)


def test_html_and_terminal_sequences_are_text_or_nothing(panel, store):
    panel.show_store(store)
    say(store, (1, "stdout", "<b>bold</b> <img src=x>"), (2, "stdout", "\x1b[31mred\x1b[0m\x07\u2029end\r\n"))
    panel.refresh()
    assert lines(panel)[0].endswith("<b>bold</b> <img src=x>")
    assert lines(panel)[1].endswith("  redend")


def test_very_long_lines_and_entries_are_cut(panel, store):
    panel.show_store(store)
    say(store, (1, "stdout", "x" * 100_000), (2, "failure", "\n".join(str(i) for i in range(5000))))
    panel.refresh()
    assert max(map(len, lines(panel))) < LONGEST_LINE + 40
    assert len(lines(panel)) < 220
    assert any(f"4{THIN}800 lines" in line for line in lines(panel))


def test_a_flood_is_bounded_and_written_in_parts(panel, store, qtbot):
    panel.show_store(store)
    say(store, *((i / 1000, "stdout", f"n{i}") for i in range(3 * TEXT_LIMIT)))
    panel.refresh()
    assert len(lines(panel)) <= MOST_AT_ONCE + 2
    assert f"25{THIN}000 earlier messages are not shown" in lines(panel)[0]
    qtbot.waitUntil(lambda: lines(panel)[-1].endswith(f"n{3 * TEXT_LIMIT - 1}"), timeout=20_000)
    assert panel.document().blockCount() <= MOST_LINES


def test_losses_are_counted_and_said_once_a_second(panel, store):
    panel.show_store(store)
    say(store, (1, "stdout", "a"))
    store.now_ns += 2_000_000_000
    for lost in (10, 20, 1204):
        say(store, text_dropped=lost)
        panel.refresh()
    said = [line for line in lines(panel) if "lines were lost" in line]
    assert len(said) == 1
    store.now_ns += 1_000_000_000
    panel.refresh()
    said = [line for line in lines(panel) if "lines were lost" in line]
    assert "10 lines were lost" in said[0]
    assert f"1{THIN}194 lines were lost" in said[1]


def test_a_new_run_begins_with_an_empty_panel(panel, store):
    panel.show_store(store)
    say(store, (1, "stdout", "old"))
    panel.refresh()
    store.apply(starting(RunConfig()))
    panel.refresh()
    assert panel.toPlainText() == ""
    store.apply(Batch(START_NS, RunPhase.RUNNING, Counts(), clock_start_ns=START_NS))
    say(store, (1, "stdout", "new"))
    panel.refresh()
    assert lines(panel) == ["[  1.000 s] 12345  new"]


def test_it_follows_the_end_unless_somebody_reads_further_up(panel, store):
    panel.show_store(store)
    bar = panel.verticalScrollBar()
    for i in range(60):
        say(store, (i, "stdout", f"line {i}"))
        panel.refresh()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(3)
    say(store, (61, "stdout", "more"))
    panel.refresh()
    assert bar.value() == 3


def test_colours_change_with_the_theme_and_nothing_is_lost(panel, qtbot):
    store = applied(thread_pool_run(3, failed_every=50))
    panel.show_store(store)
    before = panel.toPlainText()
    panel._theme_source.set(DARK)
    assert panel.toPlainText() == before
    failed = next(i for i, line in enumerate(lines(panel)) if "✗" in line)
    assert color(panel, failed) == QColor(DARK.bad)


def test_refresh_does_nothing_when_nothing_came(panel, store, monkeypatch):
    panel.show_store(store)
    say(store, (1, "stdout", "a"))
    panel.refresh()
    monkeypatch.setattr(panel, "_write", lambda *a: pytest.fail("wrote"))
    for _ in range(10):
        say(store)
        panel.refresh()


def test_it_is_plain_read_only_and_named(panel, tmp_path):
    assert isinstance(panel, QPlainTextEdit)
    assert panel.isReadOnly()
    assert panel.objectName() == "messagesPanel"
    assert panel.accessibleName()
    panel.show_store(RunStore())
    panel.grab()
    panel.save_text(tmp_path / "a.txt")
    with pytest.raises(OSError, match="was not saved"):
        panel.save_text(tmp_path / "missing" / "a.txt")


def test_the_last_line_is_whole_when_the_horizontal_scroll_bar_comes(qtbot, panel):
    panel.resize(300, 120)
    store = RunStore()
    store.apply(starting(RunConfig()))
    panel.show_store(store)
    lines = [TextLine(START_NS + i, 1, 1, "stdout", f"line {i}\n") for i in range(60)]
    store.apply(
        Batch(START_NS + 1_000_000_000, RunPhase.RUNNING, Counts(), clock_start_ns=START_NS, texts=tuple(lines))
    )
    panel.refresh()
    assert not panel.horizontalScrollBar().isVisible()
    long = TextLine(START_NS + 99, 1, 1, "stdout", "x" * 400 + "\n")
    store.apply(Batch(START_NS + 1_000_000_000, RunPhase.RUNNING, Counts(), clock_start_ns=START_NS, texts=(long,)))
    panel.refresh()
    qtbot.waitUntil(panel.horizontalScrollBar().isVisible, timeout=1000)
    bar = panel.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=1000)
    last = panel.document().lastBlock()
    box = panel.blockBoundingGeometry(last).translated(panel.contentOffset())
    assert box.bottom() <= panel.viewport().height() + 1
