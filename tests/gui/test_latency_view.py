"""Latency: histograms, marks and lanes."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from gui.charts.durations import duration, size
from gui.charts.latency import LatencyView
from gui.charts.latency_data import MOST_LANES, grouped_counts, read, slow
from gui.charts.latency_histogram import label_places
from gui.charts.timeline_dress import TimelineLegend
from gui.theme import DARK, LIGHT, ThemeSource
from tests.helpers.accounts import Lane, constructed, tasks
from tests.helpers.scripted import HOST_PID, applied, starting
from workers.contract.config import RunConfig
from workers.insight.latency import bucket_edges_s
from workers.insight.store import RunStore


def run_of(lanes: int, slow_one: int = -1) -> RunStore:
    """Ten tasks a lane of 10 ms, in one lane of 40 ms."""
    made = []
    for i in range(lanes):
        length = 40 if i == slow_one else 10
        made.append(Lane(HOST_PID + i, spans=tasks(*((k * 50, k * 50 + length) for k in range(10)), queued_ms=2.0)))
    return constructed(made, 600)


@pytest.fixture
def view(qtbot: QtBot) -> LatencyView:
    made = LatencyView(ThemeSource())
    qtbot.addWidget(made)
    made.resize(760, 220)
    made.show()
    return made


def test_without_tasks_it_says_why(view: LatencyView) -> None:
    view.show_store(RunStore())
    assert "Press Run" in view._note.text
    view.show_store(applied([starting(RunConfig())]))
    assert "host process" in view._note.text
    view.show_store(constructed([Lane(HOST_PID)], 100))
    assert view._note.text == "No task of this run ended."
    assert view.series() == {}


def test_all_tasks_are_counted_where_they_belong_and_one_slow_lane_is_seen(view: LatencyView) -> None:
    view.show_store(run_of(4, slow_one=2))
    for kind, total in (("queue", 40), ("service", 40)):
        ends, counts = view.series()[kind]
        assert counts.sum() == total
        assert len(ends) == len(counts)
    ends, counts = view.series()["service"]
    assert counts.tolist() == [30, 10]
    assert ends == pytest.approx([0.010, 0.040], rel=0.05)
    assert view.data is not None
    service = view.data.spreads[1]
    assert dict(service.marks) == pytest.approx({"p50": 0.01, "p90": 0.04, "p99": 0.04, "max": 0.04}, rel=0.05)
    assert slow(service) == {2}
    assert slow(view.data.spreads[0]) == set()
    _, wider = grouped_counts(service.counts, 5)
    assert wider.sum() == 40
    assert len(bucket_edges_s()) == len(service.counts) + 1


def test_of_many_lanes_those_that_differ_are_shown(view: LatencyView) -> None:
    many = run_of(MOST_LANES + 6, slow_one=MOST_LANES + 3)
    data = read(many)
    assert data is not None
    assert MOST_LANES + 3 in {lane.lane for lane in data.spreads[1].lanes}
    view.show_store(many)
    assert view.rest.text().startswith("6 more")
    assert view.rest.isVisible()


def test_keys_and_mouse_tell_numbers(qtbot: QtBot, view: LatencyView) -> None:
    view.show_store(run_of(4, slow_one=2))
    plot = view.plot
    assert "Task time: p50 10.0 ms" in plot.accessibleDescription()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(plot, key)
    assert f"lane 2, PID {HOST_PID}, TID {HOST_PID + 2}" in plot.accessibleDescription()
    assert "Task time: shortest 40.0 ms, median 40.0 ms, longest 40.0 ms" in plot.accessibleDescription()
    assert "half as long again" in plot.accessibleDescription()
    box = plot._box(1)
    assert "of 40 tasks" in plot.words_at(QPointF(plot._x(box, 0.0101), box.bottom() - 5))
    assert "From the beginning of a task" in plot.words_at(QPointF(box.left() + 5, 3))
    assert f"TID {HOST_PID}" in plot.words_at(QPointF(8, plot._row_top(0) + 4))
    view._theme_source.set(DARK)
    image = view.grab().toImage()
    assert len({image.pixel(x, 90) for x in range(0, image.width(), 3)}) > 2


def test_durations_and_sizes() -> None:
    assert [duration(s) for s in (0, 0.0000123, 0.02351, 0.9996, 4.2)] == [
        "0 s",
        "12.3 µs",
        "23.5 ms",
        "1.00 s",
        "4.20 s",
    ]
    assert [duration(s, brief=True) for s in (0.02351, 4.21, 0.176)] == ["24 ms", "4.2 s", "176 ms"]
    assert [size(n) for n in (12, 35020, 3 * 2**20)] == ["12 B", "34.2 KiB", "3.00 MiB"]


def test_percentiles_that_lie_close_together_are_all_named_and_none_lies_over_another(qtbot: QtBot) -> None:
    data = read(run_of(4))
    assert data is not None
    spread = data.spreads[1]
    assert len({round(seconds, 3) for _, seconds in spread.marks}) == 1  # all at one place
    image = QImage(300, 120, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    placed = label_places(painter, QRectF(10, 10, 280, 90), spread, data)
    painter.end()
    assert [name for name, _ in placed] == ["p50", "p90", "p99"]
    assert not any(a.intersects(b) for i, (_, a) in enumerate(placed) for _, b in placed[:i])


def test_no_lane_is_cut_in_half(view: LatencyView) -> None:
    view.show_store(run_of(12))
    row = view.plot._line() + 2
    assert view.plot._lanes_room() % row == 0
    assert view.plot.verticalScrollBar().maximum() == round(12 * row - view.plot._lanes_room())


def test_the_timelines_legend_goes_on_in_the_next_line(qtbot: QtBot, view: LatencyView) -> None:
    """What is drawn is explained, also where the words do not fit beside each other."""
    items = (
        ("running", "solid", "task"),
        ("lock", "rising", "waiting for a lock"),
        ("run_queue", "solid", "waiting for a core"),
    )
    colours = []
    for height in (18, 40):
        image = QImage(190, height, QImage.Format.Format_RGB32)
        image.fill(LIGHT.card)
        painter = QPainter(image)
        TimelineLegend().draw(painter, QRectF(0, 0, 190, height), items, LIGHT, view.font(), 1.0)
        painter.end()
        colours.append({image.pixelColor(x, y).name().upper() for x in range(190) for y in range(height)})
    assert LIGHT.kinds["run_queue"].upper() not in colours[0]
    assert LIGHT.kinds["run_queue"].upper() in colours[1]
