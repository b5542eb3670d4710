from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from gui.charts import timeline_plot
from gui.charts.timeline import TimelineView
from gui.charts.timeline_inks import inks, look
from gui.charts.timeline_paint import IDLE, UNDER_WAY, table
from gui.charts.timeline_plot import Canvas, TimelinePlot
from gui.charts.timeline_range import TimelineRange
from gui.theme import DARK, LIGHT, ThemeSource
from tests.helpers.accounts import Lane, constructed, tasks
from tests.helpers.scripted import HOST_PID, START_NS, applied, process_pool_run, starting, thread_pool_run
from workers.contract.batch import Batch, Counts, LaneInfo, Spans
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.insight.accounts import NAMES, Accounts
from workers.insight.sampled import STEP_NS
from workers.insight.sampled import WAITS as SAMPLED_WAITS
from workers.insight.store import RunStore
from workers.insight.timeline_feed import TimelineFeed

MS = 1_000_000
S = 1_000_000_000


@pytest.fixture
def view(qtbot):
    made = TimelineView(ThemeSource())
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def press(view, key, modifier=Qt.KeyboardModifier.NoModifier, text=""):
    QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, modifier, text))


def lanes(count, **more):
    return tuple(
        replace(LaneInfo(i, "here", HOST_PID, HOST_PID + 1 + i, 1, f"worker {i}", "worker", START_NS), **more)
        for i in range(count)
    )


def batch(t_ns, rows=(), lanes=(), phase=RunPhase.RUNNING):
    """`rows`: (lane, kind, failed, task, start, end, queued_us), times in ms after the start."""
    columns = list(zip(*rows, strict=True)) or [()] * 7
    types = (np.int32, np.uint8, bool, np.int64, np.int64, np.int64, np.int64)
    made = [np.array(column, dtype) for column, dtype in zip(columns, types, strict=True)]
    made[4], made[5] = START_NS + made[4] * MS, START_NS + made[5] * MS
    return Batch(
        t_ns, phase, Counts(active=2), clock_start_ns=START_NS, lanes=lanes, spans=Spans(*made) if rows else None
    )


WAITS = [
    (0, SpanKind.TASK, False, 7, 0, 100, 0),
    (1, SpanKind.LOCK, False, 8, 20, 60, 3 | 1 << 16),
    (1, 200, False, 8, 70, 80, 0),
    (1, SpanKind.TASK, True, 8, 10, 90, 0),
    (0, SpanKind.QUEUE, False, 0, 100, 150, 0),
]


@pytest.fixture
def waits(view):
    """Two lanes; in the second a task that waited for a lock that the first one held, and for something unheard of."""
    store = applied([starting(RunConfig("thread_pool", "sleep", 2)), batch(START_NS + 200 * MS, WAITS, lanes(2))])
    store.lock_names = {3: "the till"}
    view.show_store(store)
    view.range.show(START_NS, START_NS + 200 * MS)
    view.nudge()
    return store


def test_before_any_run_it_says_what_will_appear_and_how(view):
    view.show_store(RunStore())
    assert "Press Run" in view.note
    assert view.series() == {}
    for key in (Qt.Key.Key_F, Qt.Key.Key_W, Qt.Key.Key_Left, Qt.Key.Key_P, Qt.Key.Key_PageDown, Qt.Key.Key_H):
        press(view, key)


def test_lanes_stand_under_their_process_and_all_of_a_run_that_is_over_is_shown(view):
    view.show_store(applied(process_pool_run(2, processes=2)))
    assert [row.pid for row in view.rows] == [str(HOST_PID), str(HOST_PID + 3), str(HOST_PID + 4)]
    assert view.shown == (START_NS, START_NS + 2 * S)
    view.show_store(applied(thread_pool_run(2, threads=3)))
    assert [row.pid for row in view.rows] == [str(HOST_PID), "", "", ""]
    assert view.plot.single
    drawn = view.series()
    name = f"{HOST_PID}/{HOST_PID + 2} worker 0 task"
    x, share = drawn[name]
    busy = share.sum() * (x[1] - x[0])
    assert busy == pytest.approx(view.store.lanes[1].busy_ns / 1e9, rel=1e-3)
    view.course.fit()
    assert view.shown[0] < START_NS  # with its start-up
    view.course.fit()
    assert view.shown[0] == START_NS


def test_it_follows_the_run_is_held_by_space_and_collects_behind(view):
    batches = list(thread_pool_run(3, end=False))
    store = applied(batches[:15])
    view.show_store(store)
    assert view.shown[1] >= store.now_ns
    assert view.range.length == 60 * S
    press(view, Qt.Key.Key_W)
    assert view.range.follows
    assert view.range.length == 36 * S
    press(view, Qt.Key.Key_Space)
    held, known = view.shown, view.feed.timeline.spans
    assert "held" in view.bar.says.text
    for step in batches[15:]:
        store.apply(step)
        view.refresh()
    assert view.shown == held
    assert view.feed.timeline.spans > known
    press(view, Qt.Key.Key_Escape)
    assert view.range.follows
    assert view.shown[1] >= store.now_ns


def test_the_moving_picture_is_the_one_drawn_anew():
    batches = list(thread_pool_run(3, per_second=300, end=False))
    store, feed = RunStore(), TimelineFeed()
    colours = table(inks(LIGHT))
    plot, step = TimelinePlot(), 20 * MS
    canvas = None
    for item in batches:
        store.apply(item)
        deltas = feed.follow(store)
        if len(feed.tracks) == 5:
            canvas = canvas or Canvas(tuple(feed.tracks), 100, 9, 11, (0,))
            plot.follow(canvas, colours, feed.timeline, deltas, store.now_ns, step)
    fresh = TimelinePlot()
    fresh.follow(canvas, colours, feed.timeline, [], store.now_ns, step)
    np.testing.assert_array_equal(plot._pixels, fresh._pixels)
    assert len(np.unique(fresh._pixels)) > 3


def test_what_is_coarse_first_becomes_what_it_would_have_been_at_once(monkeypatch):
    store = applied(thread_pool_run(3, per_second=5000))
    feed, colours = TimelineFeed(), table(inks(DARK))
    feed.follow(store)
    canvas = Canvas(tuple(feed.tracks), 301, 9, 11, (0,))
    start, end = START_NS, START_NS + 3 * S
    wanted, plot = TimelinePlot(), TimelinePlot()
    wanted.stand(canvas, colours, feed.timeline, start, end)
    assert not wanted.single
    monkeypatch.setattr(timeline_plot, "AT_ONCE", 200)
    monkeypatch.setattr(timeline_plot, "MORE", 200)
    plot.stand(canvas, colours, feed.timeline, start, end)
    assert plot.unfinished
    for _ in canvas.tracks[1:]:  # the main thread has no spans
        assert plot.unfinished
        plot.stand(canvas, colours, feed.timeline, start, end)
    assert not plot.unfinished
    np.testing.assert_array_equal(plot._pixels, wanted._pixels)


def test_single_spans_are_rectangles_and_what_lies_inside_is_drawn_over(view, waits):
    frame, colours = view.frame, view._colours.reshape(-1, 36)
    assert view.plot.single
    strip = view.plot._pixels.reshape(2, -1, view.plot._pixels.shape[1])[:, 2]
    column = {ms: round(frame.x(START_NS + ms * MS) - frame.left) for ms in (5, 15, 40, 75, 85, 120, 180)}
    for row, ms, code in ((0, 40, 0), (0, 120, 6), (1, 5, IDLE), (1, 15, 16), (1, 40, 5), (1, 75, 15), (1, 85, 16)):
        assert strip[row, column[ms]] in colours[code], (row, ms)
    assert look(15) != look(SpanKind.TASK)


def test_a_span_is_told_in_words_and_the_arrows_go_to_the_next(view, waits, qtbot):
    frame = view.frame

    def click(row, ms):
        at = QPoint(round(frame.x(START_NS + ms * MS)), round(frame.strip_of(row).center().y()))
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)

    click(1, 40)
    said = view.choice.said
    assert "waiting for the till, held by thread 12042 (worker 0)" in said
    assert "40.0 ms" in said
    assert "in task 8" in said
    press(view, Qt.Key.Key_H)
    assert view.choice.said.startswith("task 7")
    click(1, 85)
    assert "failed" in view.choice.said
    assert "waiting for a lock 40.0 ms" in view.choice.said
    press(view, Qt.Key.Key_Right)
    assert view.choice.span.kind == SpanKind.LOCK
    press(view, Qt.Key.Key_Right)
    assert view.choice.span.kind == 15
    press(view, Qt.Key.Key_Right)
    assert "No later span" in view.choice.said
    press(view, Qt.Key.Key_Left)
    assert view.choice.span.kind == SpanKind.LOCK
    assert view.choice.words_at(QPointF(frame.x(START_NS + 40 * MS), frame.strip_of(0).center().y())).startswith(
        "task 7"
    )
    assert view.accessibleDescription()


def test_from_a_wait_to_the_task_in_which_the_lock_was_held(view):
    waits = [
        (1, SpanKind.LOCK, False, 8, 20, 60, 3 | 1 << 16),
        (1, SpanKind.TASK, False, 8, 10, 90, 0),
        (1, SpanKind.LOCK, False, 9, 120, 160, 3 | 1 << 16),
        (1, SpanKind.TASK, False, 9, 110, 190, 0),
        # Who held it slept then, had waited for it itself, and is at its next task now.
        (0, SpanKind.LOCK, False, 7, 5, 18, 3 | 2 << 16),
        (0, SpanKind.IO, False, 7, 18, 55, 0),
        (0, SpanKind.TASK, False, 7, 0, 60, 0),
        (0, SpanKind.IO, False, 10, 115, 125, 0),
    ]
    here = list(lanes(2))
    here[0] = replace(here[0], task=10, task_since_ns=START_NS + 100 * MS)
    view.show_store(
        applied([starting(RunConfig("thread_pool", "sleep", 2)), batch(START_NS + 200 * MS, waits, tuple(here))])
    )
    for start, words in ((20, "task 7"), (120, "task 10, under way")):
        found = view.feed.timeline.at(1, START_NS + (start + 1) * MS)
        assert found.kind == SpanKind.LOCK
        view.choice.choose(found)
        press(view, Qt.Key.Key_H)
        assert view.choice.said.startswith(words)
        assert view.choice.track == 0


def test_an_interval_is_selected_with_its_sums(view, waits, qtbot):
    frame = view.frame
    at = [QPoint(round(frame.x(START_NS + ms * MS)), round(frame.top + 5)) for ms in (0, 100)]
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, at[0])
    for point in (at[0] + QPoint(30, 0), at[1]):
        qtbot.mouseMove(view, point)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, at[1])
    view.choice.select(START_NS, START_NS + 100 * MS)  # to the nanosecond
    said = view.choice.said
    assert "100 ms × 2" in said
    assert "task 65 % (130 ms)" in said
    assert "waiting for a lock 20 % (40.0 ms)" in said
    assert "no span 10 % (20.0 ms)" in said
    press(view, Qt.Key.Key_Escape)
    assert view.choice.stretch is None
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.choice.stretch == (START_NS, START_NS + 150 * MS)
    assert "150 ms × 1" in view.choice.said


def test_what_was_chosen_last_is_told_and_esc_goes_back_to_what_it_hid(view, waits, qtbot):
    """An answer gives way to an interval, an interval to a span that is clicked, searched or jumped to; both stay chosen."""
    frame = view.frame

    def at(ms, row=0):
        return QPoint(round(frame.x(START_NS + ms * MS)), round(frame.top + row * frame.pitch + 5))

    def drag(low, high):
        for point in (low, low + QPoint(30, 0), high):
            if point == low:
                qtbot.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, point)
            qtbot.mouseMove(view, point)
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, high)

    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(75))
    press(view, Qt.Key.Key_H)
    assert "then press H" in view.choice.said
    drag(at(0), at(100))
    stretch = view.choice.stretch
    assert "lane(s)" in view.choice.said
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(75))
    assert view.choice.said.startswith("task")
    assert view.choice.stretch == stretch
    drag(at(0), at(100))
    assert "lane(s)" in view.choice.said
    view.choice.search("8")
    assert view.choice.said.startswith("task 8")
    press(view, Qt.Key.Key_Escape)
    assert "lane(s)" in view.choice.said
    press(view, Qt.Key.Key_Escape)
    assert view.choice.stretch is None


def test_search_finds_tasks_and_lanes_and_says_when_there_is_none(view, waits, qtbot):
    press(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = view.bar.field
    assert QApplication.focusWidget() in (field, None)  # an inactive window has no focus
    for text, words in (("8", "task 8"), ("WORKER 0", ""), ("99", "No task and no lane"), ("nobody", "“nobody”")):
        field.setText(text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert words in view.choice.said
        if text == "WORKER 0":
            assert view.choice.track == 0
    assert not view.range.follows


def test_esc_is_left_to_stop_where_there_is_nothing_to_go_back_from(view):
    view.show_store(applied(thread_pool_run(1, end=False)))

    def taken():
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(view, event)
        return event.isAccepted()

    assert not taken()
    press(view, Qt.Key.Key_Space)
    assert taken()
    press(view, Qt.Key.Key_Escape)
    assert not taken()


def test_many_lanes_scroll_and_a_pinned_one_stays_at_the_top(view):
    store = applied([starting(RunConfig("thread_pool", "sleep", 80)), batch(START_NS + S, (), lanes(80))])
    view.show_store(store)
    assert view.frame.rows < 80
    assert view.lines.scroller.isVisible()
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_PageDown)
    chosen = view.choice.track
    assert chosen == view.frame.rows
    assert chosen in [row.track.number for row in view.lines.in_sight()]
    press(view, Qt.Key.Key_P)
    assert view.rows[0].track.number == chosen
    assert len(view.rows) == 80
    over_names = QPointF(20, view.frame.top + 20)
    before = view.lines.scroller.value()
    QApplication.sendEvent(
        view,
        QWheelEvent(
            over_names,
            over_names,
            QPoint(),
            QPoint(0, -240),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
    assert view.lines.scroller.value() == before + 4


def test_a_task_under_way_is_drawn_found_and_counted_until_its_span_takes_its_place(view):
    going = lanes(2)[0], replace(lanes(2)[1], task=9, task_since_ns=START_NS + 101 * MS)
    wait = (1, SpanKind.LOCK, False, 9, 110, 120, 3)
    store = applied([starting(RunConfig("thread_pool", "sleep", 2)), batch(START_NS + 200 * MS, [*WAITS, wait], going)])
    view.show_store(store)
    view.range.show(START_NS, START_NS + 400 * MS)
    view.nudge()
    place = [row.track.number for row in view.lines.in_sight()].index(1)

    def code_at(ms):
        image, strip = view.grab().toImage(), view.frame.strip_of(place)
        colours = {
            image.pixel(round(view.frame.x(START_NS + ms * MS)) + dx, round(strip.center().y())) & 0xFFFFFF
            for dx in range(6)
        }
        looks = inks(view.theme).items()
        return [code for code, ink in looks if colours == {ink.fill, ink.line if ink.pattern != "solid" else ink.fill}]

    def point(ms):
        return QPointF(view.frame.x(START_NS + ms * MS), view.frame.strip_of(place).center().y())

    assert code_at(137) == [UNDER_WAY]
    assert SpanKind.LOCK in code_at(112), "what it waited for is known already"
    assert UNDER_WAY not in code_at(237), "it goes no further than now"
    view.choice.pick(point(150))
    assert (view.choice.span.number, view.choice.span.end) == (9, START_NS + 200 * MS)
    assert "under way" in view.choice.said
    assert "so far" in view.choice.said
    sums = view.feed.sums([1], START_NS + 100 * MS, START_NS + 200 * MS, store.now_ns)
    assert sums == {SpanKind.TASK: 89 * MS, SpanKind.LOCK: 10 * MS}
    store.apply(batch(START_NS + 300 * MS))
    view.refresh()
    assert view.choice.span.end == START_NS + 300 * MS
    assert code_at(237) == [UNDER_WAY]
    view.choice.clear()
    view.choice.search("9")
    assert view.choice.span.under_way

    over = replace(going[1], task=-1, task_since_ns=0)
    store.apply(batch(START_NS + 320 * MS, [(1, SpanKind.TASK, False, 9, 100, 310, 0)], (over,)))
    view.refresh()
    assert (view.choice.span.start, view.choice.span.end) == (START_NS + 100 * MS, START_NS + 310 * MS)
    assert not view.choice.span.under_way
    assert SpanKind.TASK in code_at(237)


def test_a_wait_under_way_looks_like_a_wait_and_is_counted_as_one(view):
    stuck = replace(
        lanes(2)[1], task=9, task_since_ns=START_NS + 101 * MS, waiting_for="fork 1", waiting_kind="lock",
        waiting_since_ns=START_NS + 120 * MS,
    )  # fmt: skip
    store = applied(
        [starting(RunConfig("thread_pool", "sleep", 2)), batch(START_NS + 400 * MS, WAITS[:1], (lanes(2)[0], stuck))]
    )
    view.show_store(store)
    view.range.show(START_NS, START_NS + 400 * MS)
    view.nudge()
    place = [row.track.number for row in view.lines.in_sight()].index(1)
    strip = view.frame.strip_of(place)
    image, ink = view.grab().toImage(), inks(view.theme)[SpanKind.LOCK]
    right = [view.frame.x(START_NS + 390 * MS) + dx for dx in range(6)]
    assert {image.pixel(round(x), round(strip.center().y())) & 0xFFFFFF for x in right} == {ink.fill, ink.line}
    sums = view.feed.sums([1], START_NS + 110 * MS, START_NS + 400 * MS, store.now_ns)
    assert sums == {SpanKind.LOCK: 280 * MS, SpanKind.TASK: 10 * MS}
    queue = replace(stuck, waiting_kind="queue", waiting_for="inbox of A")
    store.apply(batch(START_NS + 410 * MS, lanes=(queue,)))
    view.refresh()
    assert view.feed.sums([1], START_NS, START_NS + 400 * MS, store.now_ns)[SpanKind.QUEUE] == 280 * MS


def test_the_moving_picture_of_a_task_under_way_is_the_one_that_stands(view):
    going = replace(lanes(2)[1], task=9, task_since_ns=START_NS + 101 * MS)
    store = applied([starting(RunConfig("thread_pool", "sleep", 2)), batch(START_NS + 200 * MS, WAITS, lanes(2))])
    feed = TimelineFeed()
    colours = table(inks(LIGHT))
    moving, step = TimelinePlot(), 4 * MS
    for t, rows, changed in (
        (200, (), ()),
        (210, (), (going,)),
        (300, [(1, SpanKind.LOCK, False, 9, 220, 260, 3)], ()),
        (420, (), ()),
        (
            500,
            [(1, SpanKind.TASK, False, 9, 100, 480, 0)],
            (replace(going, task=10, task_since_ns=START_NS + 490 * MS),),
        ),
    ):
        store.apply(batch(START_NS + t * MS, rows, changed))
        deltas = feed.follow(store)
        canvas = Canvas(tuple(feed.tracks), 160, 12, 14, (0xFFFFFF,))
        moving.follow(canvas, colours, feed.timeline, deltas, store.now_ns, step)
    raster = moving._raster
    shown = moving._pixels.reshape(2, 14, 160)[:, :12, raster.places(raster.first, raster.last)]
    fresh = TimelinePlot()
    fresh.follow(canvas, colours, feed.timeline, [], store.now_ns, step)
    there = fresh._raster
    wanted = fresh._pixels.reshape(2, 14, 160)[:, :12, there.places(there.first, there.last)]
    np.testing.assert_array_equal(shown, wanted)


def sharing(run_queue):
    """Two threads under a task for two seconds, each on a core a quarter of the time and asleep on a futex else."""
    both = [
        Lane(HOST_PID + 1 + i, spans=tasks((0, 2_000)), cpu=0.25, run_queue=run_queue, sleeps_in="futex")
        for i in range(2)
    ]
    return constructed([Lane(HOST_PID, role="main", run_queue=run_queue and 0.0), *both], 2_000)


def test_waits_for_the_gil_and_for_a_core_have_a_band_of_their_own_that_is_called_sampled(view):
    store = sharing(0.125)
    view.show_store(store)
    view.range.show(START_NS + S // 2, START_NS + 3 * S // 2)
    view.nudge()
    made = Accounts(store)
    rows = [row.track for row in view.lines.in_sight()]
    bands = view.samples.sampled.bands(rows, START_NS + S // 2, START_NS + 3 * S // 2, 100)
    assert np.diff(bands.edges).tolist() == [STEP_NS] * (len(bands.edges) - 1)
    for row, track in enumerate(rows):
        seconds = made.columns(bands.edges, [track.last.info.number])[0]
        for i, name in enumerate(SAMPLED_WAITS):
            np.testing.assert_allclose(bands.shares[i, row] * STEP_NS / 1e9, seconds[:, NAMES.index(name)], atol=1e-9)
    worker = 1
    assert bands.shares[0, worker, 1:-1] == pytest.approx(0.375, abs=0.02)
    assert bands.shares[1, worker, 1:-1] == pytest.approx(0.125, abs=0.02)
    assert bands.shares[:, 0].max() < 0.01, "the main thread only looked on"
    view.pieces()
    image, strip = view.grab().toImage(), view.frame.strip_of(worker)
    x = round(view.frame.x(START_NS + S)) + 7
    column = [image.pixel(x, int(strip.bottom()) + dy) & 0xFFFFFF for dy in range(view.frame.band)]
    gil, queue = (int(view.theme.kinds[name][1:], 16) for name in SAMPLED_WAITS)
    assert (column[0], column[-1]) == (queue, gil)
    assert [item[2] for item in view.painter.sampled_items() if "sampled" in item[2]]
    view.choice.select(START_NS + S // 2, START_NS + 3 * S // 2)
    waits = view.samples.sampled.sums(rows, START_NS + S // 2, START_NS + 3 * S // 2)
    assert waits == pytest.approx({"gil": 0.75 * S, "run_queue": 0.25 * S}, rel=0.05)
    assert view.choice.said.count("sampled") == 2
    assert view.choice.words_at(QPointF(x, strip.center().y())).count("sampled") == 2


def test_where_they_are_not_known_nothing_is_drawn_and_the_legend_says_it(view):
    view.show_store(sharing(None))
    assert view.frame.band == 0
    assert view.samples.sampled.sums([row.track for row in view.rows], START_NS, START_NS + S) == {}
    assert "not known" in view.painter.sampled_items()[0][2]


def test_a_run_that_begins_between_two_frames_is_not_asked_for_the_lanes_of_the_one_before(view):
    store = sharing(0.125)
    view.show_store(store)
    tracks = [row.track for row in view.rows]
    assert view.samples.band.unfinished
    store.apply(replace(batch(START_NS + 3 * S), started=replace(store.started, asked_ns=START_NS + 3 * S)))
    assert not store.lanes
    view.samples.band.make_some()
    assert view.samples.sampled.bands(tracks, START_NS, START_NS + S, 100) is None
    assert view.samples.sampled.sums(tracks, START_NS, START_NS + S) == {}


def test_a_picture_for_which_there_is_no_room_is_not_waited_for(view):
    view.show_store(sharing(0.125))
    view.plot._coarse = [0]
    view.setFixedHeight(60)
    view.nudge()
    assert view.frame is None
    assert view.unfinished
    assert view.pieces()


def test_of_a_run_that_has_begun_no_bands_are_made_of_the_lanes_before_it(view):
    store = sharing(0.125)
    view.show_store(store)
    assert view.samples.band.unfinished
    store.apply(replace(batch(START_NS + 3 * S), started=replace(store.started, asked_ns=START_NS + 3 * S)))
    view.refresh()
    assert not view.rows
    assert not view.samples.band.unfinished


def test_threads_that_follow_each_other_share_a_line():
    rows = [(i, SpanKind.TASK, False, i, i // 2 * 10, i // 2 * 10 + 9, 0) for i in range(20)]
    infos = [
        replace(info, started_ns=START_NS + i // 2 * 10 * MS, ended_ns=START_NS + (i // 2 * 10 + 12) * MS)
        for i, info in enumerate(lanes(20))
    ]
    feed = TimelineFeed()
    store = applied([starting(RunConfig("thread_per_task", "sleep", 2)), batch(START_NS + S, rows, tuple(infos))])
    feed.follow(store)
    assert [len(track.lanes) for track in feed.tracks] == [10, 10]
    assert [feed.timeline.count(track.number, 0, START_NS + S) for track in feed.tracks] == [10, 10]


def test_what_is_not_shown_is_said(view):
    view.feed.limit = 200
    batches = list(thread_pool_run(4, per_second=2000, end=False))
    store = RunStore()
    store.apply(batches[0])
    store.spans.limit = 3000
    applied(batches[1:], store)
    assert store.spans.forgotten
    dropping = replace(store.lanes[1].info, recorded=50, dropped=50)
    view.show_store(store)
    store.apply(batch(store.now_ns + 10 * MS, (), (dropping,)))
    view.refresh()
    said = view.bar.says.text
    assert f"{store.spans.forgotten:,}".replace(",", "\u202f") in said or str(store.spans.forgotten) in said
    assert "dropped" in said
    assert "was thinned to keep within 512 MB" in said
    assert view.feed.drops[-1].count == 50
    drop = view.feed.drops[-1]
    row = [row.track.number for row in view.lines.in_sight()].index(drop.track)
    point = QPointF(view.frame.x(drop.end_ns), view.frame.strip_of(row).center().y())
    assert "50" in view.choice.words_at(point)
    assert view.grab().width() == 900


def test_a_range_zooms_where_it_is_asked_and_reveals_what_is_too_small():
    shown = TimelineRange()
    shown.show(0, 1000_000)
    shown.zoom(0.5, 0.25)
    assert (shown.start, shown.end) == (125_000, 625_000)
    shown.pan(0.1)
    assert (shown.start, shown.end) == (175_000, 675_000)
    shown.reveal(10 * S, 10 * S + 100_000)
    assert shown.start < 10 * S < 10 * S + 100_000 < shown.end
    assert shown.length == 500_000
    shown.reveal(10 * S, 10 * S + 10)
    assert shown.length == 2_000
    shown.zoom(1e-9, 0.5)
    assert shown.length == 2_000
