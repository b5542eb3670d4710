"""The mode Compare with a scripted session: runs are kept, listed, compared, and laid behind others."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QListWidget, QPushButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from gui.charts.compare import CompareChart
from gui.charts.ghost import Ghost, cover
from gui.charts.timeline_ghost import TimelineGhost
from gui.compare import Compare
from gui.ghosts import CHOSEN, LAST, NONE
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_session import FakeSession
from tests.helpers.recorded import pool, recorded
from tests.helpers.scripted import thread_pool_run
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.split import NAMES
from workers.recordings.recording import Recording
from workers.recordings.shelf import Shelf

RUN = RunConfig("thread_pool", "count_primes", 2, 50)


def kept(count: int = 3) -> list[str]:
    """So many runs on the shelf, the oldest first."""
    made = [
        recorded(ended_at=1_000.0),
        pool(ended_at=2_000.0, partial="stopped"),
        recorded(ended_at=3_000.0, name="mine"),
    ]
    return [Shelf().keep(one) for one in made[:count]]


def comparing(qtbot: QtBot, window: MainWindow, runs: int) -> Compare:
    """The window in its mode Compare, with so many runs in the list."""
    window.actions_.modes["compare"].trigger()
    assert window.compare is not None
    settled(qtbot, window)
    assert window.findChild(QListWidget, "historyList").count() == runs
    return window.compare


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Nothing is being read or written."""
    qtbot.waitUntil(lambda: window.kept.looked and not window.kept.busy, timeout=20_000)


def run(qtbot: QtBot, window: MainWindow, config: RunConfig = RUN) -> None:
    """One run, kept."""
    with qtbot.waitSignal(window.kept.kept, timeout=20_000):
        window.start(config)
    settled(qtbot, window)


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button.isEnabled(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_empty_it_says_what_will_be_there(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    compare = comparing(qtbot, window, 0)
    for name, kind in {
        "modeCompare": QPushButton,
        "historyList": QListWidget,
        "diffTable": QTreeView,
        "compareChart": QWidget,
    }.items():
        assert isinstance(window.findChild(kind, name), kind), name
    assert window.findChild(QWidget, "historyPanel").isVisible()
    assert "Every run that ends is kept here" in compare.chart.note.text
    assert not window.findChild(QWidget, "stage").isVisible()
    assert not window.actions_.compare["swap"].isEnabled()
    window.actions_.modes["explore"].trigger()
    assert window.findChild(QWidget, "stage").isVisible()
    assert not window.findChild(QWidget, "historyPanel").isVisible()


def test_each_run_is_kept_and_the_last_two_are_compared(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    run(qtbot, window)
    run(qtbot, window, RUN.changed(workers=4))
    compare = comparing(qtbot, window, 2)
    newest, oldest = (one.id for one in window.kept.runs)
    assert compare.keys == [oldest, newest]
    table = compare.diff.table.lines
    rows = [[table.text(row, column) for column in range(5)] for row in range(table.rowCount())]
    assert ["workers", "2", "4"] in [row[:3] for row in rows]
    assert rows[0][0] == "What was changed"
    assert "One run each" in compare.diff.cautions.text()
    assert set(compare.chart.series()) >= {"A throughput", "B throughput", "A accounts", "B service"}
    assert Shelf().load(newest).head["titles"]["model"] == "Thread pool"


def test_a_run_cut_short_is_kept_and_marked(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.error = "The host is gone."
    window = make_window()
    run(qtbot, window)
    session.error, session.endless = "", True
    window.start(RUN)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING and window.store.counts.done > 0, timeout=20_000)
    with qtbot.waitSignal(window.kept.kept, timeout=20_000):
        window.stop()
    settled(qtbot, window)
    assert [one.head["partial"] for one in window.kept.runs] == ["stopped", "failed"]


def test_a_run_ended_by_closing_is_kept_too(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.endless = True
    window = make_window()
    window.start(RUN)
    qtbot.waitUntil(lambda: window.phase is RunPhase.RUNNING and window.store.counts.done > 0, timeout=20_000)
    window.close()
    assert len(Shelf().look().runs) == 1


def test_nothing_is_kept_where_the_settings_say_so(qtbot: QtBot, make_window: MakeWindow, own_settings: Path) -> None:
    window = make_window()
    window.settings_door.open()
    page = window.findChild(QWidget, "settingsPage")
    page.runs.setValue(0)
    page.close()
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(RUN)
    compare = comparing(qtbot, window, 0)
    assert "not kept" in compare.chart.note.text
    window.close()
    assert Shelf().look().runs == ()
    assert json.loads((own_settings / "settings.json").read_text())["runs_kept"] == 0


def test_a_and_b_are_chosen_by_mouse_and_keys(qtbot: QtBot, make_window: MakeWindow) -> None:
    first, second, third = kept()
    window = make_window()
    compare = comparing(qtbot, window, 3)
    listed = compare.list.list
    assert compare.keys == [second, third]
    assert listed.hasFocus()
    listed.setCurrentRow(2)
    qtbot.keyClick(listed, Qt.Key.Key_A)
    assert compare.keys == [first, third]
    qtbot.keyClick(listed, Qt.Key.Key_Up)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert compare.keys == [first, second]
    qtbot.keyClick(listed, Qt.Key.Key_A)
    assert compare.keys == [second, first], "what was the other one changes places"
    middle = listed.visualItemRect(listed.item(0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert compare.keys == [second, third]
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, middle)
    assert compare.keys == [third, second]
    press(qtbot, window, "diffSwap")
    assert compare.keys == [second, third]
    settled(qtbot, window)
    assert "was stopped" in compare.diff.cautions.text()
    for letter, key in zip("AB", compare.keys, strict=True):
        item = next(item for item in listed.items_() if item.data(Qt.ItemDataRole.UserRole) == key)
        assert str(item.data(Qt.ItemDataRole.AccessibleTextRole)).startswith(letter)


def test_the_filter(qtbot: QtBot, make_window: MakeWindow) -> None:
    keys = kept()
    window = make_window()
    compare = comparing(qtbot, window, 3)
    window.actions_.filter_models.trigger()
    assert compare.list.filter.hasFocus()
    qtbot.keyClicks(compare.list.filter, "process stopped")
    assert compare.list.list.shown() == [keys[1]]
    qtbot.keyClick(compare.list.filter, Qt.Key.Key_Escape)
    assert len(compare.list.list.shown()) == 3


def test_rename_pin_delete_and_undo(qtbot: QtBot, make_window: MakeWindow) -> None:
    first, second, third = kept()
    window = make_window()
    compare = comparing(qtbot, window, 3)
    listed = compare.list.list
    listed.setCurrentRow(2)
    qtbot.keyClick(listed, Qt.Key.Key_P)
    settled(qtbot, window)
    assert [item.data(Qt.ItemDataRole.UserRole) for item in listed.items_()] == [first, third, second], (
        "pinned ones first"
    )
    assert listed.key() == first
    qtbot.keyClick(listed, Qt.Key.Key_F2)
    assert compare.list.name.isVisible()
    qtbot.keyClicks(compare.list.name, "slow")
    qtbot.keyClick(compare.list.name, Qt.Key.Key_Return)
    settled(qtbot, window)
    assert Shelf().load(first).head["name"] == "slow"
    assert not compare.list.name.isVisible()
    qtbot.keyClick(listed, Qt.Key.Key_F2)
    qtbot.keyClick(compare.list.name, Qt.Key.Key_Escape)
    assert not compare.list.name.isVisible()
    listed.setCurrentRow(1)
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    settled(qtbot, window)
    assert listed.count() == 2
    assert third not in compare.keys
    press(qtbot, window, "historyUndo")
    settled(qtbot, window)
    assert listed.count() == 3


def test_export_and_import(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = kept(1)
    window = make_window()
    compare = comparing(qtbot, window, 1)
    monkeypatch.setattr(compare, "choose_file", lambda *_: str(tmp_path / "out"))
    press(qtbot, window, "historyExport")
    settled(qtbot, window)
    assert Recording.from_bytes((tmp_path / "out.threadmill").read_bytes(), "out").id == key
    (tmp_path / "bad.threadmill").write_bytes(b"\x80\x04K\x01.")
    monkeypatch.setattr(compare, "choose_import", lambda: str(tmp_path / "bad.threadmill"))
    press(qtbot, window, "historyImport")
    settled(qtbot, window)
    assert "bad.threadmill cannot be used: at byte 0" in window.foot.status.text()
    (tmp_path / "other.threadmill").write_bytes(pool().to_bytes())
    monkeypatch.setattr(compare, "choose_import", lambda: str(tmp_path / "other.threadmill"))
    press(qtbot, window, "historyImport")
    settled(qtbot, window)
    assert len(window.kept.runs) == 2
    assert compare.keys[1] == next(one.id for one in window.kept.runs if one.id != key)


def test_a_damaged_file_is_said_and_the_rest_are_there(qtbot: QtBot, make_window: MakeWindow) -> None:
    kept(2)
    (Shelf().folder / "junk.threadmill").write_bytes(b"junk")
    window = make_window()
    comparing(qtbot, window, 2)
    assert "junk.threadmill cannot be used" in window.foot.status.text()
    assert (Shelf().folder / "junk.threadmill.bad").exists()


def test_run_a_again_and_copies(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(2)
    window = make_window()
    compare = comparing(qtbot, window, 2)
    press(qtbot, window, "diffCopy")
    text = QGuiApplication.clipboard().text()
    assert "What came of it" in text
    assert "tasks/s" not in text
    monkeypatch.setattr(compare.diff, "choose_file", lambda _: str(tmp_path / "c"))
    press(qtbot, window, "diffCsv")
    lines = (tmp_path / "c.csv").read_text().splitlines()
    assert lines[0].startswith("section,what,unit,a,b,difference,relative")
    assert any(line.startswith("What came of it,throughput,per_s,") for line in lines)
    compare.diff.table.selectAll()
    qtbot.keyClick(compare.diff.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "throughput\t" in QGuiApplication.clipboard().text()
    for save, name in (
        (compare.chart.save_png, "a.png"),
        (compare.chart.save_svg, "a.svg"),
        (compare.chart.save_csv, "a.csv"),
    ):
        save(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 300
    press(qtbot, window, "diffAgain")
    assert window.workspace.mode == "explore"
    assert window.panel.config().model == "thread_pool"
    assert window.panel.config().tasks == 40


def test_run_goes_to_explore(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    comparing(qtbot, window, 0)
    with qtbot.waitSignal(window.kept.kept, timeout=20_000):
        window.actions_.run.trigger()
        assert window.workspace.mode == "explore"
    settled(qtbot, window)


def test_the_last_run_as_a_ghost(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    run(qtbot, window)
    first = window.kept.runs[0].id
    throughput = window.findChild(QWidget, "throughputChart")
    window.actions_.ghosts["last"].trigger()
    settled(qtbot, window)
    assert window.ghosts.key == "", "the run on show is no ghost of its own"
    run(qtbot, window, RUN.changed(workers=4))
    assert (window.ghosts.mode, window.ghosts.key) == (LAST, first)
    assert "ghost" in throughput.series()
    assert "ghost: Thread pool × 2" in throughput.which.text
    x, y = throughput.series()["ghost"]
    assert 0 < x[0] <= x[-1] <= 1.0 + 1e-6
    assert np.all(y >= 0)
    data = window.findChild(QWidget, "accountsChart")
    data.update_now()
    assert [row.kind for row in data.data.rows[:2]] == ["run", "ghost"]
    behind = window.findChild(TimelineGhost, "timelineGhost")
    assert behind.words().startswith("ghost: Thread pool × 2")
    assert len(behind.lanes()) == 2
    window.stage.show_tab(1)
    assert behind.isVisible()
    behind.grab()
    window.actions_.ghosts["none"].trigger()
    assert "ghost" not in throughput.series()
    assert "ghost" not in throughput.which.text
    assert behind.isHidden()
    data.update_now()
    assert [row.kind for row in data.data.rows[:2]] != ["run", "ghost"]
    assert window.actions_.ghosts["none"].isChecked()


def test_who_asks_for_a_ghost_of_which_nothing_is_to_be_seen_is_told_why(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window()
    status = window.foot.status
    window.actions_.ghosts["last"].trigger()
    qtbot.waitUntil(lambda: "No ghost yet" in status.text(), timeout=20_000)
    window.actions_.ghosts["last"].trigger()
    assert window.ghosts.mode == NONE
    kept()
    window.kept.look()
    settled(qtbot, window)
    window.actions_.ghosts["last"].trigger()
    qtbot.waitUntil(lambda: "the ghost of the next run" in status.text(), timeout=20_000)
    assert status.text().startswith("mine")
    run(qtbot, window)
    window.actions_.ghosts["none"].trigger()
    window.foot.say("")
    window.actions_.ghosts["last"].trigger()
    settled(qtbot, window)
    assert "ghost" not in status.text(), "it can be seen"
    window.settings_door.runsChanged.emit(0, 200)
    for found in window.kept.runs:
        window.kept.delete(found.id)
    settled(qtbot, window)
    window.actions_.ghosts["none"].trigger()
    window.actions_.ghosts["last"].trigger()
    settled(qtbot, window)
    assert "no run is kept" in status.text()


def test_any_kept_run_can_be_the_ghost_and_is_gone_with_its_file(qtbot: QtBot, make_window: MakeWindow) -> None:
    first, _, third = kept()
    window = make_window()
    compare = comparing(qtbot, window, 3)
    compare.list.list.setCurrentRow(2)
    qtbot.keyClick(compare.list.list, Qt.Key.Key_G)
    settled(qtbot, window)
    assert (window.ghosts.mode, window.ghosts.key) == (CHOSEN, first)
    assert window.actions_.ghosts["chosen"].isChecked()
    compare.choose(third, "A")
    press(qtbot, window, "diffGhost")
    settled(qtbot, window)
    assert window.ghosts.key == third
    window.kept.delete(third)
    settled(qtbot, window)
    assert window.ghosts.key == ""
    window.actions_.modes["explore"].trigger()
    window.actions_.ghosts["chosen"].trigger()
    assert window.workspace.mode == "compare"


def test_in_large_type_it_has_room_in_a_small_window(qtbot: QtBot, make_window: MakeWindow) -> None:
    kept()
    window = make_window()
    window.setMinimumSize(1, 1)
    compare = comparing(qtbot, window, 3)
    for scale in (1.0, 1.5):
        window.appearance.set_scale(scale)
        window.resize(1280, 800)
        assert window.minimumSizeHint().width() <= 1280
        table = compare.diff.table
        qtbot.waitUntil(lambda table=table: table.header().length() <= table.viewport().width() + 2, timeout=20_000)
        model = table.lines
        rows = [row for row in range(model.rowCount()) if model.line(row) and model.line(row).key == "throughput"]
        assert model.text(rows[0], 4).endswith(("▲", "▼"))


def test_the_mode_is_remembered(qtbot: QtBot, make_window: MakeWindow, own_settings: Path) -> None:
    kept(1)
    window = make_window()
    comparing(qtbot, window, 1)
    window.close()
    assert json.loads((own_settings / "settings.json").read_text())["mode"] == "compare"
    again = make_window()
    settled(qtbot, again)
    assert again.findChild(QWidget, "compareChart").isVisible()
    assert again.findChild(QListWidget, "historyList").count() == 1


# ---- without a window ------------------------------------------------------------------------------------------------
def test_what_a_ghost_draws_is_what_was_counted() -> None:
    ghost = Ghost(recorded(thread_pool_run(2.0, 2, 100.0)), "x")
    t, rate = ghost.rates(0.5)
    assert rate[len(rate) // 2 :] == pytest.approx(100.0, rel=0.05)
    assert t[-1] == pytest.approx(2.0, abs=0.06)
    assert ghost.rates(0.5, 0.0, 1.0)[0][-1] <= 1.0
    assert len(ghost.rates(0.5, 5.0, 9.0)[0]) == 0, "it was over by then"
    assert ghost.seconds.sum() == pytest.approx(sum(ghost._recording.summary["accounts"].values()))
    assert len(ghost.seconds) == len(NAMES)


def test_how_much_of_a_stretch_spans_cover() -> None:
    spans = np.array([0, 10, 30]), np.array([5, 20, 40])
    assert cover(spans, np.array([0, 10, 20, 30, 50])).tolist() == [0.5, 1.0, 0.0, 0.5]
    assert cover(spans, np.array([-20, -10])).tolist() == [0.0]
    assert cover((np.zeros(0, np.int64), np.zeros(0, np.int64)), np.array([0, 1])).tolist() == [0.0]


def test_the_pictures_say_what_they_show(qtbot: QtBot, make_window: MakeWindow) -> None:
    kept(2)
    window = make_window()
    chart = comparing(qtbot, window, 2).chart
    assert isinstance(chart, CompareChart)
    for part in (chart.rates, chart.bars, chart.latency):
        assert part.accessibleName()
        assert part.accessibleDescription()
        part.setFocus()
        before = part.accessibleDescription()
        qtbot.keyClick(part, Qt.Key.Key_Right)
        qtbot.keyClick(part, Qt.Key.Key_Right)
        assert part.accessibleDescription() != before
        box, words = part.things()[0]
        assert part.words_at(box.center()) == words
        part.grab()
