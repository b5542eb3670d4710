"""Where the time went: the rows, the bars, over time and the table."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.charts.account_data import MOST, every, over_time, read
from gui.charts.accounts import LANES, OVER_TIME, TABLE, AccountsView
from gui.charts.kinds import COLOURS, PATTERNS, ink, occurring, plain
from gui.theme import DARK, LIGHT, Theme, ThemeSource
from tests.helpers.accounts import Lane, constructed, tasks
from tests.helpers.scripted import HOST_PID, applied, starting, thread_pool_run
from workers.contract.config import RunConfig
from workers.contract.spans import SpanKind
from workers.insight.accounts import NAMES, Accounts
from workers.insight.store import RunStore


@pytest.fixture
def store() -> RunStore:
    """Two threads: one computes, one sleeps and then waits for a lock; and the main thread."""
    waits = [(SpanKind.IO, 0.0, 400.0, 0), (SpanKind.LOCK, 400.0, 600.0, 1), *tasks((0, 1000))]
    return constructed(
        [
            Lane(HOST_PID, role="main"),
            Lane(HOST_PID + 1, spans=tasks((0, 500), (500, 1000)), cpu=1.0),
            Lane(HOST_PID + 2, spans=waits),
        ],
        1000,
        config=RunConfig("process_queue", "sleep", 2, None, options={"queue_bound": 5}),
    )


@pytest.fixture
def view(qtbot: QtBot) -> AccountsView:
    made = AccountsView(ThemeSource())
    qtbot.addWidget(made)
    made.resize(760, 240)
    made.show()
    return made


# ---- what is shown ------------------------------------------------------------------------------------------------
def test_rows_are_the_run_and_its_lanes_and_add_up(store: RunStore) -> None:
    data = read(store, Accounts(store))
    assert [(row.kind, row.order, row.counts) for row in data.rows] == [
        ("run", 2, True), ("thread", 1, True), ("thread", 2, True), ("main", 1, False),
    ]  # fmt: skip
    assert data.run.seconds == pytest.approx(data.rows[1].seconds + data.rows[2].seconds)
    assert data.rows[2].seconds[NAMES.index("lock")] == pytest.approx(0.2, rel=0.01)


def test_over_time_has_all_of_the_time_and_no_more_intervals_than_asked_for(store: RunStore) -> None:
    accounts = Accounts(store)
    for most in (400, 7):
        over = over_time(store, accounts, most)
        assert 0 < len(over.lanes) <= most
        widths = np.diff(over.edges_s)
        assert (over.lanes * widths[:, None]).sum(axis=0) == pytest.approx(list(accounts.of_run().seconds.values()))
        assert over.edges_s[0] == pytest.approx(-0.05)
        assert over.edges_s[-1] == pytest.approx(1.0)


def test_of_many_lanes_the_last_are_one_row() -> None:
    many = constructed([Lane(HOST_PID + i, spans=tasks((0, 100))) for i in range(MOST + 36)], 100)
    accounts = Accounts(many)
    data = read(many, accounts)
    assert (len(data.rows), data.rows[-1].kind, data.rows[-1].order) == (MOST + 2, "more", 36)
    assert data.run.seconds == pytest.approx(sum(row.seconds for row in data.rows[1:]))
    assert len(every(many, accounts).rows) == MOST + 37


# ---- the view -----------------------------------------------------------------------------------------------------
def test_before_a_run_it_says_what_will_appear(view: AccountsView) -> None:
    view.show_store(RunStore())
    assert "Press Run" in view._note.text
    assert view.series() == {}
    assert not view.save_action.isEnabled()
    with pytest.raises(OSError, match="nothing to save"):
        view.save_csv("/nowhere")
    view.show_store(applied([starting(RunConfig())]))
    assert "host process" in view._note.text


def test_series_are_what_the_accounts_say_and_the_legend_has_what_occurs(view: AccountsView, store: RunStore) -> None:
    view.show_store(store)
    accounts = Accounts(store)
    series = view.series()
    for name, (rows, seconds) in series.items():
        assert rows.tolist() == [0, 1, 2, 3]
        assert seconds[0] == pytest.approx(accounts.of_run().seconds[name])
        assert seconds[1] == pytest.approx(accounts.of_lane(1).seconds[name])
    assert view.legend.names == ("running", "lock", "io", "startup", "idle", "unknown")
    assert view.facts.text == "Tasks waiting to be begun: at most 2 (room for 5, the next waits for a place)"
    view.show_page(OVER_TIME)
    ends, lanes = view.series()["running"]
    assert len(ends) == len(lanes) > 10


def test_a_hidden_tab_has_its_series_too_and_draws_nothing(qtbot: QtBot, store: RunStore) -> None:
    hidden = AccountsView(ThemeSource())
    qtbot.addWidget(hidden)
    hidden.show_store(store)
    assert hidden.data is None
    assert "running" in hidden.series()


def test_it_follows_a_run_four_times_a_second_and_its_end_at_once(qtbot: QtBot, view: AccountsView) -> None:
    batches = list(thread_pool_run(2.0))
    live = applied(batches[:5])
    view.show_store(live)
    before = view.data
    live.apply(batches[5])
    view.refresh()
    assert view.data is before  # not yet
    qtbot.waitUntil(lambda: view.data is not before, timeout=5_000)
    for batch in batches[6:]:
        live.apply(batch)
    view.refresh()
    assert live.ended is not None
    assert view.data is not None
    assert view.data.run.wall_s == pytest.approx(Accounts(live).of_run().wall_s)


def test_mouse_and_keys_tell_exact_numbers(qtbot: QtBot, view: AccountsView, store: RunStore) -> None:
    view.show_store(store)
    bars = view.bars
    assert bars.accessibleDescription().startswith("Whole run: the sum of 2 lane")
    box = dict(bars._parts(2))["lock"]
    assert "lock: 0.200 s, 19 % of 1.050 s" in bars.words_at(box.center())
    assert bars.words_at(QPointF(2, box.center().y())).startswith(f"lane 2, PID {HOST_PID}, TID {HOST_PID + 2}:")
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(bars, key)
    assert bars._at == (2, "io")
    assert "sleep, IO: 0.400 s" in bars.accessibleDescription()
    view.show_page(OVER_TIME)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(view.areas, key)
    assert "running: 1.00 lanes, 0.050 s" in view.areas.accessibleDescription()
    # The switch by keys.
    qtbot.keyClick(view.switch, Qt.Key.Key_Right)
    assert view.switch.place == TABLE


def test_the_table_is_copied_and_saved(view: AccountsView, store: RunStore, tmp_path: Path, qtbot: QtBot) -> None:
    view.show_store(store)
    view.show_page(TABLE)
    assert not view.legend.isVisible()
    qtbot.mouseClick(view.findChild(QPushButton, "copyAccountsButton"), Qt.MouseButton.LeftButton)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0][:4] == ["PID", "lane", "time", "running"]
    assert len(lines) == 5
    assert lines[3][:2] == [str(HOST_PID), "lane 2"]
    path = tmp_path / "accounts"
    view.choose_file = lambda suggestion: str(path)  # type: ignore[method-assign]
    with qtbot.waitSignal(view.saved) as saved:
        view.save_action.trigger()
    assert saved.args == [f"{path}.csv"]
    with open(f"{path}.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["kind"], row["name"]) for row in rows[1:3]] == [("thread", "lane 1"), ("thread", "lane 2")]
    assert float(rows[0]["wall_s"]) == pytest.approx(2.1)
    assert float(rows[2]["lock_s"]) == pytest.approx(0.2, rel=0.01)
    view.choose_file = lambda suggestion: "/nowhere/at/all.csv"  # type: ignore[method-assign]
    with qtbot.waitSignal(view.failed):
        view.save_action.trigger()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_page_is_painted_in_any_size(view: AccountsView, store: RunStore, theme: Theme) -> None:
    view._theme_source.set(theme)
    view.show_store(store)
    for width, height in ((300, 120), (760, 240)):
        view.resize(width, height)
        for page in (LANES, OVER_TIME, TABLE):
            view.show_page(page)
            image = view.grab().toImage()
            # More than one plain colour.
            body = view.pages.geometry().translated(view._body.pos())
            across, down = range(body.left() + 4, body.right() - 4, 3), range(body.top() + 4, body.bottom() - 4, 3)
            assert len({image.pixel(x, y) for x in across for y in down}) > 1, (width, page)
    for child in view.findChildren(QWidget):
        if (
            child.focusPolicy() != Qt.FocusPolicy.NoFocus
            and child.isVisibleTo(view)
            and child.objectName()[:3] != "qt_"
        ):
            assert child.accessibleName(), child
            assert child.objectName(), child


def test_no_two_kinds_differ_by_colour_alone_where_both_are_waits() -> None:
    waits = ("gil", "run_queue", "lock", "queue", "io", "ipc", "unknown")
    assert len({PATTERNS[name] for name in waits}) == len(waits)
    assert set(COLOURS) | {"unknown"} == set(NAMES)
    for theme in (LIGHT, DARK):
        assert all(ink(name, theme) != plain(name, theme) for name in NAMES)
    assert occurring([0.0] * len(NAMES)) == ("unknown",)


def test_a_table_without_room_shows_shares_and_keeps_its_seconds(
    view: AccountsView, store: RunStore, qtbot: QtBot
) -> None:
    view.resize(1_400, 300)
    view.show_store(store)
    view.show_page(TABLE)
    table = view.table
    wide = [table.model().index(2, column).data() for column in range(table.model().columnCount())]
    assert any(" s  " in text for text in wide)
    assert table.header().length() <= table.viewport().width()
    view.resize(round(table.header().length() * 0.8), 300)
    qtbot.waitUntil(lambda: table.model().brief, timeout=20_000)
    narrow = [table.model().index(2, column).data() for column in range(table.model().columnCount())]
    assert narrow[:3] == wide[:3]
    assert all(" s  " not in text for text in narrow)
    assert "% of" in table.model().index(2, 5).data(Qt.ItemDataRole.ToolTipRole), "the seconds are a hover away"
    assert table.header().length() <= table.viewport().width()
    table.copy()
    assert " s  " in QGuiApplication.clipboard().text(), "what is copied has the seconds"
    view.resize(1_400, 300)
    qtbot.waitUntil(lambda: not table.model().brief, timeout=20_000)
