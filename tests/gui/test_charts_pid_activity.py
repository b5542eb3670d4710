import csv
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from gui.charts.pid_activity import LOWEST_ROW, PidActivityChart
from gui.charts.pid_rows import RowFinder
from gui.charts.strips import ABSENT, KNOWN, UNKNOWN, Palette, Samples, Segments, cells, mix, paint, shared_cells
from gui.charts.throughput import ThroughputChart
from gui.charts.time_area import RIGHT
from gui.theme import DARK, ThemeSource
from tests.helpers.scripted import (
    HOST_PID,
    START_NS,
    applied,
    process_per_task_run,
    process_pool_run,
    starting,
    thread_pool_run,
)
from workers.contract.batch import Batch, Counts, ProcessEvent
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

S = 1_000_000_000
COLORS = Palette(card=0xFFFFFF, track=0xF5F5F5, idle=0xE6E9ED, running=0x3A8DDE, run_queue=0xE0A21B, hatch=0x999999)


@pytest.fixture
def chart(qtbot):
    made = PidActivityChart(ThemeSource())
    qtbot.addWidget(made)
    made.resize(700, 240)
    made.show()
    return made


def samples(t, cpu, queue=None):
    queue = [np.nan] * len(t) if queue is None else queue
    return Samples(np.array(t, np.int64), np.array(cpu, np.float32), np.array(queue, np.float32))


# ---- from samples to columns of time ------------------------------------------------------------------------------
def test_a_sample_stands_for_the_time_since_the_one_before():
    edges = np.array([0, 1, 2, 3, 4]) * S
    found = cells(samples([1 * S, 3 * S], [1.0, 0.25], [0.0, 0.5]), edges, 0, None, 3 * S)
    assert found.state.tolist() == [KNOWN, KNOWN, KNOWN, ABSENT]
    # The first begins one period before its end: nothing is known of what was earlier.
    assert found.cpu[:3].tolist() == pytest.approx([1.0, 0.25, 0.25])
    assert found.run_queue[:3].tolist() == pytest.approx([0.0, 0.5, 0.5])


def test_wide_columns_hold_the_mean_of_what_they_cover():
    t = np.arange(1, 101) * S // 10
    share = np.tile([1.0, 0.0], 50)
    found = cells(samples(t, share), np.array([0, 5, 10]) * S, 0, None, 10 * S)
    assert found.cpu.tolist() == pytest.approx([0.5, 0.5])


def test_before_birth_and_after_the_end_is_absent_and_alive_without_a_sample_is_unknown():
    edges = np.arange(0, 11) * S
    found = cells(samples([4 * S, 5 * S], [0.5, 0.5]), edges, 2 * S, 8 * S, 10 * S)
    assert found.state.tolist() == [ABSENT, ABSENT, UNKNOWN, KNOWN, KNOWN, UNKNOWN, UNKNOWN, UNKNOWN, ABSENT, ABSENT]


def test_the_newest_sample_is_held_for_a_moment_only_while_alive():
    edges = np.arange(0, 12) * (S // 10)
    alive = cells(samples([S // 2], [1.0]), edges, 0, None, S // 2 + 200_000_000)
    assert alive.state[5:8].tolist() == [KNOWN, KNOWN, ABSENT]
    stale = cells(samples([S // 2], [1.0]), edges, 0, None, S)
    assert stale.state[5:10].tolist() == [UNKNOWN] * 5


def test_a_life_too_short_for_the_sampler_has_its_mean():
    found = cells(Samples.of_life(2 * S, 3 * S, 0.6), np.arange(0, 5) * S, 2 * S, 3 * S, 4 * S)
    assert found.state.tolist() == [ABSENT, ABSENT, KNOWN, ABSENT]
    assert found.cpu[2] == pytest.approx(0.6)
    assert np.isfinite(found.run_queue).all()


def test_nothing_but_finite_numbers_whatever_the_samples():
    edges = np.arange(0, 5) * S
    for t, share in (([], []), ([S], [0.0]), ([S, S], [1.0, 1.0]), ([2 * S, S], [1.0, 1.0]), ([S, 2 * S], [64.0, 1.0])):
        found = cells(samples(t, share), edges, None, None, 4 * S)
        assert np.isfinite(found.cpu).all()
        assert np.isfinite(found.run_queue).all()


# ---- from columns to pixels ---------------------------------------------------------------------------------------
def test_cells_are_filled_from_the_bottom_running_below_waiting_above():
    edges = np.arange(0, 13) * S
    found = cells(samples(np.arange(1, 13) * S, [0.5] * 12, [0.25] * 12), edges, 0, None, 12 * S)
    image = paint([found], height=20, gap=4, radius=0, shift=0, colors=COLORS)
    assert image.shape == (24, 12)
    column = image[:, 6]
    assert (column[:5] == COLORS.idle).all()
    assert (column[5:10] == COLORS.run_queue).all()
    assert (column[10:20] == mix(COLORS.idle, COLORS.running, 0.5 + 0.5 * 127 / 255)).all()
    assert (column[20:] == COLORS.card).all()


def test_a_little_is_not_nothing_and_more_than_a_core_is_full():
    edges = np.arange(0, 3) * S
    found = cells(samples([S, 2 * S], [0.01, 3.0]), edges, 0, None, 2 * S)
    image = paint([found], 20, 0, 0, 0, COLORS)
    assert image[19, 0] != COLORS.idle
    assert image[18, 0] == COLORS.idle
    assert (image[:, 1] == COLORS.running).all()


def test_unknown_is_hatched_and_differs_from_idle_and_absent():
    found = cells(samples([], []), np.arange(0, 13) * S, 0, 6 * S, 12 * S)
    image = paint([found], 12, 0, 0, 0, COLORS)
    assert set(np.unique(image[:, :6]).tolist()) == {COLORS.hatch, COLORS.track}
    assert np.unique(image[:, 6:]).tolist() == [COLORS.track]
    assert COLORS.idle not in image


def test_ends_are_rounded():
    found = cells(samples(np.arange(1, 41) * S, [1.0] * 40), np.arange(0, 41) * S, 0, None, 40 * S)
    image = paint([found, found], 20, 4, 4, 0, COLORS)
    for y, x in ((0, 0), (0, -1), (19, 0), (19, -1), (24, 0), (43, -1)):
        assert image[y, x] != COLORS.running
    assert image[10, 0] == COLORS.running


# ---- the chart ----------------------------------------------------------------------------------------------------
def test_before_any_run_it_says_what_will_appear_and_how(chart):
    chart.show_store(RunStore())
    assert "Press Run" in chart._note
    assert chart.series() == {}


def test_threads_of_one_process_get_a_row_each_and_helpers_none(chart):
    store = applied(thread_pool_run(3, threads=4, end=False))
    chart.show_store(store)
    keys = [row.key for row in chart._rows]
    assert keys == [str(HOST_PID), *(f"{HOST_PID}/{HOST_PID + 2 + i}" for i in range(4))]
    assert [figure[1] for figure in chart._figures] == ["main", "worker 0", "worker 1", "worker 2", "worker 3"]


def test_processes_with_one_worker_lane_have_no_thread_rows_and_helper_processes_do_have_rows(chart):
    chart.show_store(applied(process_pool_run(3, processes=2, start_method="forkserver", end=False)))
    assert [figure[1] for figure in chart._figures] == ["main", "tracker", "forkserver", "worker", "worker"]


def test_series_is_what_the_store_says_relative_to_now(chart):
    store = applied(process_pool_run(3, processes=2, end=False))
    chart.show_store(store)
    assert set(chart.series()) == {str(pid) for pid in store.processes}
    for pid, row in store.processes.items():
        x, share = chart.series()[str(pid)]
        assert np.allclose(x, (row.history["t"] - store.now_ns) / 1e9)
        assert np.allclose(share, row.history["cpu"])
        assert (x <= 0).all()


def test_finished_series_run_from_the_start_of_the_clock(chart):
    store = applied(process_pool_run(3, processes=2))
    chart.show_store(store)
    x, share = chart.series()[str(HOST_PID + 3)]
    inside = store.processes[HOST_PID + 3].history["t"] >= START_NS
    assert np.allclose(x, (store.processes[HOST_PID + 3].history["t"][inside] - START_NS) / 1e9)
    assert len(share) == inside.sum()
    assert "whole run" in chart._legend._note
    assert chart.which.text == "process_pool × 2  ·  count_primes  ·  3.0 s"


def test_more_than_one_core_is_told_truthfully(chart):
    store = RunStore()
    for batch in thread_pool_run(3, threads=2, end=False):
        samples = tuple(sample._replace(cpu_s=sample.cpu_s * 2) for sample in batch.processes)
        store.apply(replace(batch, processes=samples))
    chart.show_store(store)
    assert chart._figures[0][2] == "194 %"
    assert chart.series()[str(HOST_PID)][1].max() == pytest.approx(1.94, abs=0.01)


def test_a_process_that_ends_while_the_run_goes_on_is_greyed_with_a_word(chart):
    store = RunStore()
    for batch in process_per_task_run(3, seconds=9, life_s=0.7, end=False):
        store.apply(batch)
    chart.show_store(store)
    worker = next(figure for figure in chart._figures if figure[1] == "worker")
    assert worker[2] == "ended"
    assert worker[4]
    chart.show_store(applied(process_per_task_run(3, seconds=3, life_s=0.7)))
    assert not any(figure[4] for figure in chart._figures)


def test_64_rows_are_drawn_where_they_fit_and_scroll_where_not(qtbot, chart):
    store = applied(process_pool_run(3, processes=63, end=False))
    chart.resize(700, 64 * LOWEST_ROW + 60)
    chart.show_store(store)
    assert len(chart._rows) == 64
    assert not chart._bar.isVisible()
    assert chart.focusPolicy() == Qt.FocusPolicy.NoFocus
    chart.resize(700, 200)
    fit = len(chart._rows)
    assert fit == int((200 - chart._top() - chart._foot()) // LOWEST_ROW)
    assert chart._rows[0].process.role == "host"
    assert f"rows 1 to {fit} of 64" in chart._legend._note
    assert chart._bar.isVisible()
    # Nothing is out of reach: the data is that of all rows, and the last one can be brought into sight.
    assert len(chart.series()) == 64
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_PageDown)
    assert chart._rows[0].key == str(HOST_PID + 2 + fit)
    assert f"rows {fit + 1} to {2 * fit} of 64" in chart._legend._note
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart._rows[-1].key == str(HOST_PID + 65)
    wheel = QWheelEvent(
        QPointF(300, 90), chart.mapToGlobal(QPointF(300, 90)), QPoint(0, 0), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = chart._bar.value()
    QApplication.sendEvent(chart, wheel)
    assert chart._bar.value() == before - 2
    chart.show_store(applied(process_pool_run(3, processes=30, end=False)))
    assert chart._bar.value() == 0


def test_threads_too_short_for_two_samples_get_no_row_and_the_others_keep_their_number(chart):
    store = RunStore()
    for batch in thread_pool_run(3, threads=4, end=False):
        # The first worker thread is seen once, as one of a thread per task would be.
        late = batch.t_ns > START_NS
        store.apply(
            replace(batch, threads=tuple(one for one in batch.threads if not (late and one.tid == HOST_PID + 2)))
        )
    store.processes[HOST_PID].threads[HOST_PID + 2].history = type(store.processes[HOST_PID].history)(
        {"t": "i8", "cpu": "f4"}, 10
    )
    chart.show_store(store)
    assert [figure[1] for figure in chart._figures] == ["main", "worker 1", "worker 2", "worker 3"]


def test_rows_stay_where_they_are(chart):
    finder, shown = RowFinder(), []
    store = RunStore()
    for batch in process_pool_run(20, processes=30, wave=0.6, end=False):
        store.apply(batch)
        if store.clock_start_ns and store.elapsed_s > 1:
            shown.append(tuple(row.key for row in finder.find(store)))
    assert len(set(shown)) == 1


def test_lives_that_follow_each_other_share_a_row(chart):
    """A process per task, three at a time: three places, however many processes."""
    store, finder = RunStore(), RowFinder()
    most = 0
    for batch in process_per_task_run(300, seconds=6, life_s=0.0599, end=False):
        store.apply(batch)
        rows = finder.find(store)
        most = max(most, len(rows))
    assert most == 4
    assert [row.process.role for row in rows] == ["host", "worker", "worker", "worker"]
    assert sum(len(row.lives) for row in rows) == len(store.all_processes())
    for row in rows[1:]:
        ends = [life.ended_ns for life in row.lives[:-1]]
        assert all(end <= life.born_ns for end, life in zip(ends, row.lives[1:], strict=True))
    chart.show_store(store)
    assert len(chart.series()) == len(store.all_processes())
    # The label is that of who lives there now.
    living = {row.pid for row in store.all_processes() if not row.ended}
    assert living <= {row.process.pid for row in chart._rows}
    words = chart.words_at(QPointF(chart.width() - RIGHT - 10, chart._top() + chart._row_height + 5))
    assert "worker" in words


def test_an_end_that_was_noted_late_opens_no_further_row():
    """The host notices a process's end after it has started the next one; the last task's end tells better."""
    store = RunStore()
    for batch in process_per_task_run(100, seconds=6, life_s=0.055):
        late = tuple(
            replace(event, t_ns=event.t_ns + 60_000_000) if event.kind == "exited" else event for event in batch.events
        )
        store.apply(replace(batch, events=late))
    rows = RowFinder().find(store)
    assert len(rows) == 2
    segments = rows[1].segments(store.now_ns)
    assert (segments.died[:-1] <= segments.born[1:]).all()


def test_the_living_have_a_place_before_the_ended(chart):
    store = RunStore()
    for batch in process_pool_run(10, processes=3, end=False):
        gone = tuple(
            one for one in batch.processes if one.identity.pid != HOST_PID + 3 or batch.t_ns < START_NS + 2 * S
        )
        ended = START_NS + 2 * S
        events = batch.events
        if batch.t_ns - 100_000_000 < ended <= batch.t_ns:
            events = (*events, ProcessEvent(HOST_PID + 3, ended, "exited", "worker", 0))
        store.apply(replace(batch, processes=gone, events=events))
    assert [row.process.pid for row in RowFinder().find(store)] == [HOST_PID, HOST_PID + 4, HOST_PID + 5, HOST_PID + 3]


def test_a_shared_row_shows_cpu_per_time_and_its_pauses_as_idle():
    segments = Segments(
        *(np.array(column, kind) for column, kind in (
            ([0, 2 * S], "i8"), ([S, 3 * S], "i8"), ([1.0, 0.5], "f4"), ([0.0, 0.25], "f4"), ([0, 2 * S], "i8"), ([S, 4 * S], "i8"),
        ))
    )  # fmt: skip
    found = shared_cells(segments, np.arange(0, 6) * S, 5 * S)
    assert found.state.tolist() == [KNOWN, ABSENT, KNOWN, UNKNOWN, ABSENT]
    assert found.cpu.tolist() == pytest.approx([1.0, 0.0, 0.5, 0.0, 0.0])
    assert found.run_queue[2] == pytest.approx(0.25)
    wide = shared_cells(segments, np.array([0, 2, 4]) * S, 5 * S)
    assert wide.cpu.tolist() == pytest.approx([0.5, 0.5])
    assert segments.cpu_share(0, 4 * S) == pytest.approx(1.5 / 4)


def test_3000_short_processes_are_no_burden(chart):
    store = applied(process_per_task_run(3000, end=False))
    chart.show_store(store)
    assert len(store.all_processes()) == 3001
    assert len(chart._all) < 20
    for x, share in chart.series().values():
        assert np.isfinite(x).all()
        assert np.isfinite(share).all()
    chart.repaint()


def test_nothing_before_the_request_is_hatched(chart):
    """The host was kept ready long before anybody pressed Run."""
    store = RunStore()
    for batch in process_pool_run(3, processes=2, end=False):
        early = tuple(
            replace(event, t_ns=event.t_ns - 20 * S) if event.pid == HOST_PID else event for event in batch.events
        )
        store.apply(replace(batch, events=early))
    chart.show_store(store)
    assert store.started is not None
    before = chart._edges[1:] <= store.started.asked_ns
    assert (chart._cells[0].state[before] == ABSENT).all()


def test_time_labels_stand_at_the_same_places_as_under_the_curve(chart, qtbot):
    other = ThroughputChart(ThemeSource())
    qtbot.addWidget(other)
    for store in (applied(process_pool_run(3, end=False)), applied(process_pool_run(3))):
        for width in (900, 430):
            for made in (chart, other):
                made.resize(width, 240)
                made.show_store(store)
            assert chart._time_ticks(chart._window) == other._time_ticks(other._window)
            assert other._bottom._tickLevels == [other._time_ticks(other._window)]
            assert 1 <= len(chart._time_ticks(chart._window)) <= 8


def test_larger_type_is_followed_at_once(chart):
    chart.show_store(applied(process_pool_run(3, processes=2, end=False)))
    top = chart._top()
    font = chart.font()
    font.setPixelSize(26)
    chart.setFont(font)
    assert chart._top() > top
    assert chart._row_height >= 20


def test_refresh_does_nothing_when_nothing_changed(chart, monkeypatch):
    chart.show_store(applied(process_pool_run(2, end=False)))
    calls = []
    draw = PidActivityChart._redraw
    monkeypatch.setattr(PidActivityChart, "_redraw", lambda self: (calls.append(1), draw(self))[1])
    for _ in range(20):
        chart.refresh()
    assert calls == []
    store = chart.store
    for _ in range(60):
        store.apply(Batch(store.now_ns + 16_000_000, RunPhase.RUNNING, store.counts))
        chart.refresh()
    # Samples come ten times a second: more frames would show the same.
    assert len(calls) <= 11


def test_painted_pixels_have_the_colours_of_the_theme(chart):
    chart.show_store(applied(process_pool_run(5, processes=2)))
    strip = int(chart._columns().start) + 100
    image = chart.grab().toImage()
    y = int(chart._top()) + chart._row_height + chart._row_height - 10
    color = image.pixelColor(strip, y)
    wanted = QColor(chart.theme.kinds["running"])
    assert abs(color.blue() - wanted.blue()) < 12
    chart._theme_source.set(DARK)
    assert chart.grab().toImage().pixelColor(strip, y) != color


def test_words_under_the_mouse(chart):
    chart.show_store(applied(process_pool_run(5, processes=2)))
    inside = QPointF(chart._columns().start + 200, chart._top() + chart._row_height + 5)
    words = chart.words_at(inside)
    assert f"PID {HOST_PID + 3}, worker" in words
    assert "CPU 95 % of one core" in words
    assert "waiting for a core 3 %" in words
    assert chart.words_at(QPointF(5, chart._top() + 5)) == f"PID {HOST_PID}, main"
    assert chart.words_at(QPointF(5, 2)) == ""
    assert chart.words_at(QPointF(5, 239)) == ""


def test_an_unknown_run_queue_is_said_to_be_unknown(chart):
    store = RunStore()
    for batch in process_pool_run(3):
        store.apply(replace(batch, processes=tuple(sample._replace(run_queue_s=None) for sample in batch.processes)))
    chart.show_store(store)
    assert "does not tell" in chart.words_at(QPointF(chart._columns().start + 200, chart._top() + 5))


def test_rows_appear_while_workers_are_still_coming_up(chart):
    store = RunStore()
    chart.show_store(store)
    store.apply(starting(RunConfig()))
    chart.refresh()
    assert "launched" in chart._note
    for batch in list(process_pool_run(1, tick_s=0.05))[1:4]:
        store.apply(batch)
        chart.refresh()
    assert store.phase is RunPhase.WARMING
    assert chart._rows


def test_a_new_run_takes_the_place_of_the_old_one(chart):
    store = applied(process_pool_run(2))
    chart.show_store(store)
    store.apply(starting(RunConfig()))
    chart.refresh()
    assert chart.series() == {}
    store.apply(Batch(START_NS, RunPhase.IDLE, Counts()))


def test_pictures_and_data_are_saved_and_read_back(chart, tmp_path):
    chart.show_store(applied(process_pool_run(3)))
    chart.save_png(tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).height() == 2 * (chart.height() + 46)
    chart.save_svg(tmp_path / "a.svg")
    assert QSvgRenderer(str(tmp_path / "a.svg")).isValid()
    chart.save_csv(tmp_path / "a.csv")
    rows = list(csv.reader((tmp_path / "a.csv").read_text().splitlines()))
    assert rows[0] == ["series", "time (s)", "CPU (share of one core)"]
    assert {row[0] for row in rows[1:]} == set(chart.series())
    assert len(rows) - 1 == sum(len(x) for x, _ in chart.series().values())
