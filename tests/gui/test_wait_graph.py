"""The wait-for graph: what is drawn of it, where, in which words, and what can be done with it by hand and by key."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.charts.wait_canvas import SMALLEST, WaitCanvas
from gui.charts.wait_graph import WaitGraphView
from gui.charts.wait_picture import MORE, MOST, picture_of
from gui.charts.wait_words import WaitWords, breakable
from gui.run_names import SEPARATOR
from gui.theme import DARK, LIGHT, ThemeSource
from tests.helpers import wait_graphs as graphs
from tests.helpers.scripted import START_NS, starting
from workers.contract.batch import Batch, Counts, LaneInfo, Mark, RunEnded, Spans
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.contract.spans import SpanKind
from workers.contract.waits import WaitEdge, WaitGraph
from workers.insight.store import RunStore

CONFIG = RunConfig("process_pool", "philosophers", 5, 10)
EVERY = {
    "itself": graphs.itself(),
    "two": graphs.philosophers(2),
    "five": graphs.philosophers(5),
    "sixteen": graphs.philosophers(16),
    "thirty": graphs.philosophers(30),
    "onlookers": graphs.philosophers(3, True, 3),
    "queues": graphs.full_queues(),
    "queues and tasks": graphs.full_queues(2),
    "pool": graphs.pool_on_itself(2),
    "wide pool": graphs.pool_on_itself(8),
    "third task": graphs.third_task(),
    "few": graphs.crowd(4),
    "crowd": graphs.crowd(16),
    "more than can be shown": graphs.crowd(60),
}


def batch(waits: WaitGraph | None = None, now_ns: int = graphs.NOW_NS, **more: object) -> Batch:
    return Batch(now_ns, RunPhase.RUNNING, Counts(), START_NS, waits=waits, **more)  # type: ignore[arg-type]


def store_with(waits: WaitGraph | None) -> RunStore:
    store = RunStore()
    store.apply(starting(CONFIG))
    store.apply(batch(waits))
    return store


@pytest.fixture
def view(qtbot: QtBot) -> WaitGraphView:
    made = WaitGraphView(ThemeSource())
    qtbot.addWidget(made)
    made.resize(900, 260)
    made.show()
    made.activateWindow()
    return made


def show(view: WaitGraphView, waits: WaitGraph | None) -> RunStore:
    store = store_with(waits)
    view.show_store(store)
    view.update_now()
    return store


# ---- what is drawn --------------------------------------------------------------------------------------------------
def test_a_circle_is_told_from_other_deadlocks() -> None:
    five = picture_of(graphs.philosophers(5))
    assert five.ring == graphs.philosophers(5).stuck
    assert len(five.ring) == 10
    assert picture_of(graphs.full_queues(2)).ring == ("lane:1", "queue:2", "lane:2", "queue:1")
    assert picture_of(graphs.pool_on_itself(2)).ring == ()
    assert picture_of(graphs.crowd(4)).ring == ()


def test_of_a_large_circle_the_rest_stands_as_one_node_and_it_stays_closed() -> None:
    picture = picture_of(graphs.philosophers(30))
    assert len(picture.nodes) == MOST
    assert picture.left_out == 60 - (MOST - 1)
    assert picture.ring[-1] == MORE
    after = {edge.source: edge.target for edge in picture.edges}
    key, seen = picture.ring[0], []
    while key not in seen:
        seen.append(key)
        key = after[key]
    assert len(seen) == MOST
    assert key == seen[0]


def test_of_a_large_graph_the_stuck_ones_and_what_they_wait_for_are_kept() -> None:
    crowd, two = graphs.crowd(60), graphs.philosophers(2)
    renamed = {"lane:1": "lane:101", "lane:2": "lane:102", "lock:1": "lock:101", "lock:2": "lock:102"}
    nodes = tuple(replace(node, key=renamed[node.key]) for node in two.nodes)
    edges = tuple(replace(edge, source=renamed[edge.source], target=renamed[edge.target]) for edge in two.edges)
    # A stuck one is also waited for by everybody: that is no reason to show them all.
    both = replace(
        crowd, nodes=crowd.nodes + nodes, edges=crowd.edges + edges, stuck=tuple(map(renamed.get, two.stuck))
    )  # type: ignore[arg-type]
    picture = picture_of(both)
    assert {node.key for node in picture.nodes} == set(renamed.values())
    assert picture.left_out == len(crowd.nodes)
    # Without a deadlock those that have waited longest come first, each with what it waits for.
    longest = picture_of(crowd)
    assert len(longest.nodes) == MOST
    assert longest.node("lane:1") is not None
    assert longest.node("lock:1") is not None
    assert longest.node("lane:60") is None


def test_edges_that_lead_nowhere_and_nodes_without_edges_are_not_drawn() -> None:
    two = graphs.philosophers(2)
    odd = replace(two, nodes=(*two.nodes, graphs.lane(9)), edges=(*two.edges, WaitEdge("lane:1", "lock:77", "waits")))
    assert picture_of(odd) == picture_of(two)
    assert picture_of(WaitGraph()).nodes == ()


@pytest.mark.parametrize("size", [(900, 190), (430, 170), (1200, 420)])
@pytest.mark.parametrize("name", EVERY)
def test_nothing_covers_anything_else(qtbot: QtBot, name: str, size: tuple[int, int]) -> None:
    canvas = WaitCanvas(ThemeSource(), WaitWords())
    qtbot.addWidget(canvas)
    canvas.resize(*size)
    canvas.show()
    picture = picture_of(EVERY[name])
    canvas.show_picture(picture, "", graphs.NOW_NS)
    boxes = [canvas.box(node.key) for node in picture.nodes]
    assert not any(one.intersects(other) for i, one in enumerate(boxes) for other in boxes[i + 1 :])
    # Every edge has its ends drawn, and all nodes are in sight unless they would be too small to read.
    drawn, merged = [item.edge for item in canvas._edges], picture.merged()
    assert {(edge.source, edge.kind) for edge in drawn} == {(edge.source, edge.kind) for edge in merged}
    assert {(edge.target, edge.kind) for edge in drawn} == {(edge.target, edge.kind) for edge in merged}
    assert len(drawn) <= 2 * MOST
    if canvas.scale > SMALLEST:
        inside = canvas.rect().adjusted(-1, -1, 1, 1)
        assert all(inside.contains(canvas.on_screen(node.key).toRect()) for node in picture.nodes)
    assert canvas.grab().toImage() != QImage()


def test_the_smallest_ones_and_sixteen_can_be_read_in_the_room_of_the_tab(qtbot: QtBot) -> None:
    for name in ("itself", "two", "five", "sixteen", "queues", "pool", "third task", "crowd"):
        canvas = WaitCanvas(ThemeSource(), WaitWords())
        qtbot.addWidget(canvas)
        canvas.resize(900, 200)
        canvas.show_picture(picture_of(EVERY[name]), "", graphs.NOW_NS)
        assert canvas.scale >= 0.75, name


def test_stuck_is_drawn_otherwise_and_so_is_each_theme(view: WaitGraphView) -> None:
    stuck = graphs.philosophers(3)
    pictures = []
    for theme, waits in ((LIGHT, stuck), (DARK, stuck), (LIGHT, replace(stuck, stuck=()))):
        view._theme_source.set(theme)
        show(view, waits)
        pictures.append(view.canvas.grab().toImage())
    assert pictures[0] != pictures[1]
    assert pictures[0] != pictures[2]


# ---- words ----------------------------------------------------------------------------------------------------------
def test_what_is_told_of_nodes_and_edges(qapp: object) -> None:
    words, five = WaitWords(), picture_of(graphs.philosophers(5))
    store = store_with(None)
    lines = words.lines(five, graphs.NOW_NS)
    assert lines[:2] == [
        "PID 12044 (worker 1) → waits 3.2 s → fork 2",
        "fork 2 → held by → PID 12045 (worker 2)",
    ]
    node = five.node("lane:2")
    assert node is not None
    told = words.details(node, five, store, graphs.NOW_NS)
    assert told.split(SEPARATOR) == [
        "PID 12045 (worker 2)",
        "stuck",
        "waits 3.2 s for fork 3, since 1.2 s",
        "holds fork 2",
    ]
    queues, pool = picture_of(graphs.full_queues()), picture_of(graphs.pool_on_itself(2))
    assert "inbox of B → could take → PID 12045 (worker 2)" in words.lines(queues, graphs.NOW_NS)
    assert "task 3 → needs a free worker → thread 12044 (worker 1)" in words.lines(pool, graphs.NOW_NS)
    assert "results → could put → task 2" in words.lines(picture_of(graphs.third_task()), graphs.NOW_NS)
    thread = pool.node("lane:1")
    assert thread is not None
    assert words.line(thread) == "PID 12041 · TID 12044"
    assert breakable(graphs.crowd(3), words) == []
    assert breakable(graphs.philosophers(2), words)[0] == (
        "lane:1",
        "Break the wait of PID 12044 (worker 1) for fork 2: its task fails, the others go on",
    )


def test_what_is_said_where_nothing_is_drawn(view: WaitGraphView) -> None:
    view.show_store(RunStore())
    view.update_now()
    assert view.canvas.accessibleDescription().startswith("Press Run")
    store = show(view, None)
    assert "No wait is known" in view.canvas.accessibleDescription()
    store.apply(batch(WaitGraph(graphs.NOW_NS)))
    view.update_now()
    assert view.canvas.accessibleDescription() == "Nobody waits just now."
    store.apply(
        Batch(graphs.NOW_NS, RunPhase.FINISHED, Counts(), START_NS, ended=RunEnded(RunPhase.FINISHED, 0, None, False))
    )
    view.update_now()
    assert view.canvas.accessibleDescription() == "Nobody waited when the run ended."
    assert view.series() == {}


def test_what_was_waited_for_stands_beside_it_during_a_run_and_after(qtbot: QtBot, view: WaitGraphView) -> None:
    store = store_with(WaitGraph(graphs.NOW_NS))
    infos = tuple(LaneInfo(i, "here", 7, 70 + i, 1, f"worker_{i}", "worker", START_NS) for i in range(2))
    now = START_NS + 4_000_000_000
    rows = [
        (1, SpanKind.LOCK, 0, 1000, 3 | 1 << 16),
        (1, SpanKind.LOCK, 1000, 1500, 3 | 1 << 16),
        (0, SpanKind.IO, 0, 900, 0),
    ]
    lane, kind, start, end, number = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    spans = Spans(
        lane.astype(np.int32), kind.astype(np.uint8), np.zeros(3, bool), np.arange(3), START_NS + start * 10**6,
        START_NS + end * 10**6, number,
    )  # fmt: skip
    store.apply(batch(lanes=infos, spans=spans, lock_names={3: "the till"}, now_ns=now))
    waiting = replace(infos[1], waiting_for="the till", waiting_kind="lock", waiting_since_ns=now - 2_000_000_000)
    store.apply(batch(lanes=(waiting,), now_ns=now))
    view.show_store(store)
    assert view.sums.isVisible()
    model = view.sums.model()
    shown = [[model.data(model.index(row, column)) for column in range(5)] for row in range(model.rowCount())]
    assert shown == [
        ["the till", "3", "3.50 s", "2.00 s", "worker_0"],
        ["sleep", "1", "900 ms", "900 ms", ""],
    ]
    store.apply(batch(lanes=(infos[1],), now_ns=now, ended=RunEnded(RunPhase.FINISHED, now, None, True)))
    view.show_store(store)
    assert view.sums.rows[0].seconds == pytest.approx(1.5)
    assert view.sums.isVisible()
    view.sums.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1] == "the till\t2\t1.50 s\t1.00 s\tworker_0"
    store.apply(batch(semaphores=frozenset({3}), now_ns=now))
    view.show_store(store)
    assert [(row.name, row.several) for row in view.sums.rows] == [("the till", True), ("", False)]
    assert model.data(model.index(0, 4)) == "others"
    view.resize(300, 260)
    assert view.sums.isVisible()  # nothing is drawn that it could stand in the way of
    view.show_store(store_with(graphs.philosophers(2)))
    assert not view.sums.isVisible()


def test_names_from_workers_are_plain_text_of_bounded_length(view: WaitGraphView) -> None:
    two = graphs.philosophers(2)
    evil = tuple(replace(n, name="<b>x</b>\n" * 500) if n.key == "lock:1" else n for n in two.nodes)
    show(view, replace(two, nodes=evil))
    assert view.canvas.box("lock:1").width() < 600
    view.canvas.choose("lock:1")
    assert "<b>x</b>" in view.line.text
    assert len(view.line.text) < 500
    assert "&lt;b&gt;" in view.line.toolTip()


# ---- following a run ------------------------------------------------------------------------------------------------
def test_it_is_arranged_anew_only_when_the_graph_has_changed(
    view: WaitGraphView, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = show(view, graphs.philosophers(2))
    arranged: list[bool] = []
    arrange = view.canvas._arrange
    monkeypatch.setattr(view.canvas, "_arrange", lambda: (arranged.append(True), arrange()))
    for i in range(5):
        store.apply(batch(None, graphs.NOW_NS + i * 700_000_000))
        view.update_now()
    assert arranged == []
    assert "waits 5.8 s" in view.canvas.accessibleDescription()  # but time goes on, in whole seconds
    store.apply(batch(graphs.philosophers(3)))
    view.update_now()
    assert arranged == [True]


def test_the_deadlock_stays_to_be_seen_when_the_run_is_over_unless_it_was_broken(view: WaitGraphView) -> None:
    for broken in (False, True):
        store = store_with(graphs.philosophers(2))
        marks = (Mark("broken", 1, graphs.NOW_NS, "broken"),) if broken else ()
        store.apply(batch(WaitGraph(graphs.NOW_NS + 1), marks=marks))
        ended = RunEnded(RunPhase.FINISHED, graphs.NOW_NS, None, True)
        store.apply(Batch(graphs.NOW_NS, RunPhase.FINISHED, Counts(), START_NS, ended=ended))
        view.show_store(store)
        view.update_now()
        assert bool(view.graph.stuck) is not broken
        if not broken:
            assert view.line.text.startswith("as it stood")
            view.canvas.choose("lane:1")
            assert not view.unlock.isVisible()  # nobody is there any more
            view.canvas.choose("")


# ---- by hand and by key ---------------------------------------------------------------------------------------------
def test_tab_walks_through_the_nodes_and_on_and_enter_goes_to_what_can_be_done(
    qtbot: QtBot, view: WaitGraphView
) -> None:
    show(view, graphs.philosophers(2))
    canvas = view.canvas
    canvas.setFocus()
    order = []
    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Tab)
        order.append(canvas.key)
    assert order == ["lane:1", "lane:2", "lock:1", "lock:2"]
    assert "fork 2" in view.line.text
    assert not view.timeline.isVisible()
    qtbot.keyClick(canvas, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.key == "lane:2"
    assert canvas.accessibleDescription().startswith("PID 12045 (worker 2)")
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert view.unlock.hasFocus()
    with qtbot.waitSignal(view.breakAsked, timeout=20_000) as asked:
        qtbot.keyClick(view.unlock, Qt.Key.Key_Space)
    assert asked.args == ["lane:2"]
    with qtbot.waitSignal(view.laneAsked, timeout=20_000) as lane:
        qtbot.mouseClick(view.timeline, Qt.MouseButton.LeftButton)
    assert lane.args == [2]
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.key == ""
    canvas.choose("lock:2")
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)  # after the last node: no trap
    assert not canvas.hasFocus() or canvas.key == "lock:2"


def test_zoom_and_move_by_key_wheel_and_hand(qtbot: QtBot, view: WaitGraphView) -> None:
    show(view, graphs.philosophers(5))
    canvas, ctrl = view.canvas, Qt.KeyboardModifier.ControlModifier
    canvas.setFocus()
    usual, place = canvas.scale, canvas.on_screen("lane:1").center()
    qtbot.keyClick(canvas, Qt.Key.Key_Plus, ctrl)
    assert canvas.scale > usual
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_0, ctrl)
    assert canvas.scale == usual
    assert canvas.on_screen("lane:1").center() == place
    at = canvas.on_screen("lane:3").center()
    wheel = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, wheel)
    assert canvas.scale > usual
    moved = canvas.on_screen("lane:3").center() - at
    assert abs(moved.x()) + abs(moved.y()) < 1  # what is under the mouse stays there
    before = canvas.on_screen("lane:1").center()
    start = QPoint(5, 5)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, QPoint(45, 15))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(45, 15))
    assert canvas.on_screen("lane:1").center() == before + QPointF(40, 10)
    assert canvas.key == ""  # a drag is no click
    for _ in range(60):
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert any(canvas.on_screen(node.key).intersects(canvas.rect().toRectF()) for node in canvas.picture.nodes)
    canvas.fit()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.on_screen("lock:2").center().toPoint())
    assert canvas.key == "lock:2"


def test_the_menu_of_a_stuck_lane_offers_to_break_its_wait(qtbot: QtBot, view: WaitGraphView) -> None:
    show(view, graphs.full_queues())
    view.canvas.choose("lane:1")
    menu = view.menu()
    texts = [action.text() for action in menu.actions()]
    assert texts[:2] == [
        "Show on the timeline",
        "Break the wait of PID 12044 (worker 1) for inbox of B: its task fails, the others go on",
    ]
    with qtbot.waitSignal(view.breakAsked, timeout=20_000) as asked:
        menu.actions()[1].trigger()
    assert asked.args == ["lane:1"]
    menu.close()


def test_it_is_saved_and_copied(view: WaitGraphView, tmp_path: Path) -> None:
    show(view, graphs.philosophers(2))
    view.save_png(tmp_path / "waits.png")
    assert not QImage(str(tmp_path / "waits.png")).isNull()
    view.save_svg(tmp_path / "waits.svg")
    assert "fork" in (tmp_path / "waits.svg").read_text()
    view.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()


def test_every_control_has_a_name(view: WaitGraphView) -> None:
    show(view, graphs.philosophers(2))
    view.canvas.choose("lane:1")
    for child in view.findChildren(QWidget):
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus and child.isVisibleTo(view):
            assert child.objectName(), child
            assert child.accessibleName(), child
    assert {button.objectName() for button in view.findChildren(QPushButton)} == {"waitTimeline", "waitBreak"}
