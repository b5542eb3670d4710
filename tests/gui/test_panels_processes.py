import csv
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from gui.figures import UNKNOWN
from gui.panels.process_model import COLUMNS
from gui.panels.process_tree import MOST_ENDED
from gui.panels.processes import CSV_HEADER, ProcessTable
from gui.theme import DARK, ThemeSource
from gui.words import THIN
from tests.helpers.runs import run
from tests.helpers.scripted import (
    HOST_PID,
    applied,
    process_per_task_run,
    process_pool_run,
    starting,
    thread_pool_run,
)
from workers.contract.batch import Batch, ProcessEvent
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore


@pytest.fixture
def table(qtbot):
    made = ProcessTable(ThemeSource())
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def rows(table, parent=QModelIndex(), depth=0):  # noqa: B008
    model = table.model()
    for i in range(model.rowCount(parent)):
        first = model.index(i, 0, parent)
        yield depth, [first.siblingAtColumn(column).data() for column in range(len(COLUMNS))], first
        yield from rows(table, first, depth + 1)


def column(table, name, depth=None):
    return [cells[COLUMNS.index(name)] for level, cells, _ in rows(table) if depth in (None, level)]


def find(table, pid):
    return next(index for _, cells, index in rows(table) if cells[0] == str(pid))


def test_children_and_threads_stand_under_their_process(table):
    table.show_store(applied(process_pool_run(3, processes=2, start_method="forkserver", end=False)))
    tree = [(depth, cells[0], cells[2]) for depth, cells, _ in rows(table)]
    assert tree == [
        (0, str(HOST_PID), "main"),
        (1, str(HOST_PID + 1), "resource tracker"),
        (1, str(HOST_PID + 2), "forkserver"),
        (2, str(HOST_PID + 3), "worker"),
        (3, str(HOST_PID + 3), "main thread"),
        (2, str(HOST_PID + 4), "worker"),
        (3, str(HOST_PID + 4), "main thread"),
        (1, str(HOST_PID), "main thread"),
    ]
    assert table.isExpanded(find(table, HOST_PID))
    assert table.isExpanded(find(table, HOST_PID + 2))
    assert not table.isExpanded(find(table, HOST_PID + 3))


def test_cells_say_what_the_store_says(table):
    store = applied(thread_pool_run(3, threads=4, per_second=1000, end=False))
    table.show_store(store)
    found = {cells[0]: cells for depth, cells, _ in rows(table) if depth == 1}
    host = next(cells for depth, cells, _ in rows(table) if depth == 0)
    assert host[1:] == ["900", "main", "running", "6", "97", "12.0 MiB", f"3{THIN}000", "640", ""]
    worker = found[str(HOST_PID + 2)]
    assert worker[1:6] == [str(HOST_PID), "worker thread", "running", "", "24"] or worker[5] == "23"
    assert worker[7] == "750"
    assert found[str(HOST_PID + 1)][2] == "helper thread"


def test_unknown_values_have_a_dash_and_a_reason(table):
    store = RunStore()
    for batch in process_pool_run(3, end=False):
        store.apply(replace(batch, processes=tuple(one._replace(rss=None, switches=None) for one in batch.processes)))
    store.apply(Batch(store.now_ns, RunPhase.RUNNING, store.counts, events=(ProcessEvent(99, store.now_ns, "born"),)))
    table.show_store(store)
    worker = find(table, HOST_PID + 3)
    for name in ("memory", "switches"):
        cell = worker.siblingAtColumn(COLUMNS.index(name))
        assert cell.data() == UNKNOWN
        assert "does not tell" in cell.data(Qt.ItemDataRole.ToolTipRole)
    unsampled = find(table, 99).siblingAtColumn(COLUMNS.index("state"))
    assert unsampled.data() == UNKNOWN
    assert "Not sampled yet" in unsampled.data(Qt.ItemDataRole.ToolTipRole)


def test_memory_tells_the_shares_in_its_tooltip(table):
    store = RunStore()
    for batch in process_pool_run(1, end=False):
        store.apply(replace(batch, processes=tuple(one._replace(pss=10 << 20, uss=8 << 20) for one in batch.processes)))
    table.show_store(store)
    tip = find(table, HOST_PID).siblingAtColumn(COLUMNS.index("memory")).data(Qt.ItemDataRole.ToolTipRole)
    assert "PSS 10.0 MiB" in tip
    assert "USS 8.0 MiB" in tip


def test_exits_are_codes_or_names_of_signals(table):
    store = applied(process_pool_run(2, processes=4, end=False))
    codes = (0, 3, -9, None)
    ends = tuple(ProcessEvent(HOST_PID + 3 + i, store.now_ns, "exited", exit_code=code) for i, code in enumerate(codes))
    store.apply(Batch(store.now_ns + 1, RunPhase.RUNNING, store.counts, events=ends))
    table.show_store(store)
    exits = [find(table, HOST_PID + 3 + i).siblingAtColumn(COLUMNS.index("exit")) for i in range(4)]
    assert [cell.data() for cell in exits] == ["0", "code 3", "SIGKILL", UNKNOWN]
    assert exits[3].data(Qt.ItemDataRole.ToolTipRole)
    assert exits[1].data(Qt.ItemDataRole.ForegroundRole) == QColor(table._theme_source.theme.bad)


def test_sorted_on_raw_values_both_ways(table):
    store = applied(process_pool_run(3, processes=12, end=False))
    for i, row in enumerate(store.processes.values()):
        row.tasks = 7 * (i * 5 % 13) * 100
    table.show_store(store)
    tasks = COLUMNS.index("tasks")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.sortByColumn(tasks, order)
        shown = [int(text.replace(THIN, "")) for text in column(table, "tasks", 1) if text]
        numbers = shown[:12]
        assert numbers == sorted(numbers, reverse=order == Qt.SortOrder.DescendingOrder) or shown == sorted(
            shown, reverse=order == Qt.SortOrder.DescendingOrder
        )
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    pids = [int(pid) for pid in column(table, "pid", 1)]
    assert pids == sorted(pids, reverse=True)
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert column(table, "pid", 1)[:12] == [str(HOST_PID + 3 + i) for i in range(12)]


def test_selection_and_expansion_are_kept(table):
    store = RunStore()
    table.show_store(store)
    batches = list(process_per_task_run(40, seconds=4, life_s=1.0, end=False))
    for batch in batches[:12]:
        store.apply(batch)
    table.update_now()
    pid = HOST_PID + 3
    table.selectionModel().select(
        find(table, pid), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    )
    table.collapse(find(table, HOST_PID))
    for batch in batches[12:]:
        store.apply(batch)
        table.update_now()
    assert [index.data() for index in table.selectionModel().selectedRows(0)] == [str(pid)]
    assert not table.isExpanded(find(table, HOST_PID))


def test_new_rows_are_marked_for_a_second_and_ended_ones_marked_then_greyed(table):
    store = applied(process_pool_run(2, end=False))
    store.apply(Batch(store.now_ns, RunPhase.RUNNING, store.counts, events=(ProcessEvent(99, store.now_ns, "born"),)))
    table.show_store(store)

    def look(pid):
        index = find(table, pid)
        roles = Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole
        return tuple(index.data(role) for role in roles)

    background, font, _ = look(99)
    assert background is not None
    assert font.bold()
    assert look(HOST_PID + 3)[0] is None
    store.apply(Batch(store.now_ns + 1_100_000_000, RunPhase.RUNNING, store.counts))
    table.update_now()
    assert look(99)[0] is None
    store.apply(
        Batch(
            store.now_ns,
            RunPhase.RUNNING,
            store.counts,
            events=(ProcessEvent(99, store.now_ns, "exited", exit_code=0),),
        )
    )
    table.update_now()
    background, font, foreground = look(99)
    assert background is not None
    assert not font.strikeOut()  # grey and the word say it, and a PID must be read
    assert foreground == QColor(table._theme_source.theme.muted)
    assert find(table, 99).siblingAtColumn(3).data() == "ended"
    store.apply(Batch(store.now_ns + 1_100_000_000, RunPhase.RUNNING, store.counts))
    table.update_now()
    assert look(99)[0] is None
    assert look(99)[2] == QColor(table._theme_source.theme.muted)


def test_3000_processes_are_capped_and_the_earlier_ones_counted(table):
    store = applied(process_per_task_run(3000, killed_every=100, end=False))
    table.show_store(store)
    ended = sum(row.ended for row in store.processes.values())
    assert ended > 2900
    shown = [cells for depth, cells, _ in rows(table) if depth == 1 and cells[3] == "ended"]
    assert len(shown) == MOST_ENDED
    last = list(rows(table))[-1]
    assert last[0] == 0
    assert last[1][0] == f"and {ended - MOST_ENDED:,} earlier".replace(",", THIN)
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        for place in range(len(COLUMNS)):
            table.sortByColumn(place, order)
            assert table.model().index(table.model().rowCount() - 1, 0).data().startswith("and")


def test_the_living_stand_before_the_ended(table):
    table.show_store(applied(list(process_per_task_run(200, seconds=4, life_s=0.1, end=False))[:-3]))
    states = [state for state in column(table, "state", 1) if state]
    assert states[0] != "ended"
    assert states == sorted(states, key=lambda state: state == "ended")


def test_what_has_ended_and_settled_is_not_looked_at_again(table, monkeypatch):
    store = applied(process_per_task_run(600, seconds=4, end=False))
    table.show_store(store)
    store.apply(Batch(store.now_ns + 2_000_000_000, RunPhase.RUNNING, store.counts))
    table.update_now()
    calls = []
    words = table._model._words
    whole = words.process_cells
    monkeypatch.setattr(words, "process_cells", lambda row: calls.append(1) or whole(row))
    store.apply(Batch(store.now_ns + 100_000_000, RunPhase.RUNNING, store.counts))
    table.update_now()
    assert len(calls) < 20


def test_refresh_follows_four_times_a_second_at_most_and_at_once_at_the_end(table, monkeypatch, qtbot):
    store = applied(process_pool_run(2, end=False))
    table.show_store(store)
    calls = []
    update = table._model.update
    monkeypatch.setattr(table._model, "update", lambda given: calls.append(1) or update(given))
    for _ in range(50):
        table.refresh()
    assert calls == []
    for _ in range(50):
        store.apply(Batch(store.now_ns + 1_000_000, RunPhase.RUNNING, store.counts))
        table.refresh()
    assert len(calls) <= 1
    # Nobody asks any more: the last state is shown all the same.
    qtbot.waitUntil(lambda: table._drawn[2] == store.revision, timeout=20_000)
    before = len(calls)
    for batch in list(process_pool_run(2))[-1:]:
        store.apply(batch)
    table.refresh()
    assert len(calls) == before + 1
    assert set(column(table, "state")) == {"ended"}


def test_a_new_run_clears_the_table(table):
    store = applied(process_per_task_run(50, seconds=2))
    table.show_store(store)
    store.apply(starting(RunConfig()))
    table.refresh()
    assert list(rows(table)) == []
    for batch in list(process_pool_run(1))[1:]:
        store.apply(batch)
    table.update_now()
    assert column(table, "pid", 0) == [str(HOST_PID)]


def test_a_pid_used_again_has_two_rows(table):
    store = applied(process_pool_run(2, end=False))
    now = store.now_ns
    store.apply(
        Batch(
            now,
            RunPhase.RUNNING,
            store.counts,
            events=(
                ProcessEvent(HOST_PID + 3, now - 10, "exited", exit_code=0),
                ProcessEvent(HOST_PID + 3, now, "born"),
            ),
        )
    )
    table.show_store(store)
    assert [cells[0] for _, cells, _ in rows(table) if cells[2] == "worker"].count(str(HOST_PID + 3)) == 2


def test_parents_that_go_in_circles_do_no_harm(table):
    store = applied(process_pool_run(1, end=False))
    store.processes[HOST_PID + 3].ppid = HOST_PID + 4
    store.processes[HOST_PID + 4].ppid = HOST_PID + 3
    store.processes[HOST_PID].ppid = HOST_PID
    table.show_store(store)
    assert {str(HOST_PID + 3), str(HOST_PID + 4), str(HOST_PID)} <= set(column(table, "pid"))


def test_keyboard_copies_the_selected_rows_with_tabs(table, qtbot):
    table.show_store(applied(process_pool_run(2, processes=2, end=False)))
    table.setFocus()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for pid in (HOST_PID + 4, HOST_PID + 3):
        table.selectionModel().select(find(table, pid), flags)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == list(table._model.titles)
    assert [line.split("\t")[0] for line in lines[1:]] == [str(HOST_PID + 3), str(HOST_PID + 4)]
    assert all(len(line.split("\t")) == len(COLUMNS) for line in lines)


def test_all_that_is_remembered_is_saved(table, tmp_path):
    store = applied(process_per_task_run(700, seconds=3, killed_every=50))
    table.show_store(store)
    table.save_csv(tmp_path / "a.csv")
    read = list(csv.DictReader((tmp_path / "a.csv").read_text().splitlines()))
    assert tuple(read[0]) == CSV_HEADER
    assert len([row for row in read if not row["tid"]]) == 701
    killed = next(row for row in read if row["exit_code"] == "-9")
    assert killed["parent_pid"] == str(HOST_PID)
    assert killed["state"] == "ended"
    with pytest.raises(OSError, match="was not saved"):
        table.save_csv(tmp_path / "missing" / "a.csv")


def test_the_model_keeps_the_rules_of_qt(qtbot):
    # The tester walks the whole model at every change: a small run, or it takes minutes.
    table = ProcessTable(ThemeSource())
    qtbot.addWidget(table)
    for model in (table._model, table._sorted):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, table)
    store = RunStore()
    table.show_store(store)
    for batch in (
        *process_per_task_run(12, seconds=2, life_s=0.5, killed_every=5),
        *process_pool_run(1, start_method="forkserver"),
    ):
        store.apply(batch)
        table.update_now()
    table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    assert table.model().rowCount() == 1


def test_themes_are_followed(table):
    store = applied(process_pool_run(2, end=False))
    end = ProcessEvent(HOST_PID + 3, store.now_ns, "exited", exit_code=1)
    store.apply(Batch(store.now_ns, RunPhase.RUNNING, store.counts, events=(end,)))
    table.show_store(store)
    table._theme_source.set(DARK)
    index = find(table, HOST_PID + 3).siblingAtColumn(COLUMNS.index("exit"))
    assert index.data(Qt.ItemDataRole.ForegroundRole) == QColor(DARK.bad)


def test_columns_share_the_width_without_a_scroll_bar(table, qtbot):
    table.show_store(applied(process_per_task_run(100, seconds=2)))
    table.resize(860, 200)
    # The view takes in the new widths with the next round of its event loop.
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0, timeout=20_000)
    assert table.accessibleName()


def test_before_any_run_it_is_empty_and_says_so(table):
    table.show_store(RunStore())
    assert list(rows(table)) == []
    table.grab()


def test_the_first_click_on_numbers_sorts_the_largest_first_and_the_arrow_stands_beside_the_title(qtbot, table):
    table.show_store(applied(process_pool_run(3, processes=3, end=False)))
    header = table.header()
    for name, order, arrow in (("cpu", Qt.SortOrder.DescendingOrder, "▾"), ("role", Qt.SortOrder.AscendingOrder, "▴")):
        section = COLUMNS.index(name)
        place = QPoint(header.sectionViewportPosition(section) + 20, header.height() // 2)
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (section, order)
        title = table.model().headerData(section, Qt.Orientation.Horizontal)
        assert title == f"{table._model.titles[section]} {arrow}"


@pytest.mark.parametrize("size", [13, 26])
def test_no_column_is_narrower_than_its_title(table, size):
    table.resize(440, 200)
    font = table.font()
    font.setPixelSize(size)
    table.setFont(font)
    table.header().setFont(font)
    table._fit_columns()
    metrics = table.header().fontMetrics()
    for section, title in enumerate(table._model.titles):
        if not table.isColumnHidden(section):
            assert table.columnWidth(section) > metrics.horizontalAdvance(f"{title} ▾")
    assert not any(table.isColumnHidden(section) for section in (0, 2, 5, 7))
    assert (table.horizontalScrollBar().maximum() > 0) is (size == 26)


def test_columns_stay_where_they_are_when_the_scroll_bar_comes(qtbot, table):
    table.resize(900, 400)
    table.show_store(applied(process_pool_run(3, processes=2, end=False)))
    before = [table.columnWidth(i) for i in range(len(COLUMNS))]
    assert not table.verticalScrollBar().isVisible()
    table.show_store(applied(process_pool_run(3, processes=60, end=False)))
    qtbot.waitUntil(table.verticalScrollBar().isVisible, timeout=20_000)
    assert [table.columnWidth(i) for i in range(len(COLUMNS))] == before


def test_larger_type_is_followed_at_once(table):
    table.show_store(applied(process_pool_run(3, processes=2, end=False)))
    row, width = table.visualRect(find(table, HOST_PID)).height(), table.columnWidth(0)
    font = table.font()
    font.setPixelSize(26)
    table.setFont(font)
    table.executeDelayedItemsLayout()
    assert table.visualRect(find(table, HOST_PID)).height() > row
    assert table.columnWidth(0) > width


def test_an_old_file_stays_whole_when_saving_fails(table, tmp_path, monkeypatch):
    table.show_store(applied(process_pool_run(3, processes=2)))
    target = tmp_path / "a.csv"
    target.write_text("old")
    monkeypatch.setattr("os.replace", lambda a, b: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space left on device"):
        table.save_csv(target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_the_coroutines_of_a_loop_are_one_thread(table):
    store = run(RunConfig("asyncio_tasks", "sleep", 4, tasks=40, params={"ms": 12.0}))
    table.show_store(store)
    threads = [(cells[2], cells[COLUMNS.index("tasks")]) for depth, cells, _ in rows(table) if depth == 1]
    assert ("main thread", "40") in threads
