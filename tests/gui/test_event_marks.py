"""Events of a run on the strips of the activity chart, and as lines over the throughput curve."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.charts.event_marks import ELSEWHERE
from gui.charts.mark_glyphs import SIGNS, outline
from gui.charts.pid_activity import PidActivityChart
from gui.charts.strip_marks import MOST_LINES, as_tooltip
from gui.charts.throughput import ThroughputChart
from gui.charts.time_area import RIGHT
from gui.theme import DARK, LIGHT, ThemeSource
from tests.helpers.scripted import HOST_PID, START_NS, applied, process_per_task_run, process_pool_run, thread_pool_run
from workers.contract.batch import Batch, Mark
from workers.contract.marks import KINDS
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

S = 1_000_000_000
MakeChart = Callable[..., PidActivityChart]


@pytest.fixture
def make_chart(qtbot: QtBot) -> MakeChart:
    def make(store: RunStore, width: int = 900) -> PidActivityChart:
        made = PidActivityChart(ThemeSource())
        qtbot.addWidget(made)
        made.resize(width, 260)
        made.show()
        made.show_store(store)
        return made

    return make


def with_marks(store: RunStore, *marks: Mark) -> RunStore:
    """One more batch, with nothing but these."""
    store.apply(Batch(store.now_ns, store.phase, store.counts, store.clock_start_ns, marks=marks))
    return store


def mark(kind: str, seconds: float, pid: int = HOST_PID, tid: int = 0, text: str = "") -> Mark:
    return Mark(kind, pid, START_NS + round(seconds * S), text, tid)


def seen(chart: PidActivityChart) -> dict[str, list[tuple[str, int]]]:
    """What stands on each strip, by its name: (kind, how many)."""
    return {
        row.key: [(cluster.kind, cluster.count) for _, cluster in clusters]
        for row, clusters in zip(chart._rows, chart.marks.shown, strict=True)
        if clusters
    }


def test_the_signs_are_those_of_kinds_that_there_are_and_no_two_have_one_shape() -> None:
    assert set(SIGNS) - {"killed", "other"} <= set(KINDS)
    assert set(KINDS) >= ELSEWHERE
    shapes = [shape for shape, _ in SIGNS.values()]
    assert len(set(shapes)) == len(shapes)  # never told by colour alone
    for shape in shapes:
        box = outline(shape).boundingRect()
        assert not box.isEmpty()
        assert max(abs(box.left()), abs(box.right()), abs(box.top()), abs(box.bottom())) < 1.25


def test_an_event_stands_on_the_strip_of_its_process_or_thread_at_its_time(make_chart: MakeChart) -> None:
    store = with_marks(
        applied(thread_pool_run(2.0, threads=2)),
        mark("callback", 1.0),
        mark("lost", 0.5, tid=HOST_PID + 3),
        mark("bell", 1.5, text="a kind of a third party"),
        mark("turn", 1.2, text="size 3"),
        mark("sent", 1.0, pid=4),  # a process that no strip is there for
    )
    chart = make_chart(store)
    threads = f"{HOST_PID}/{HOST_PID + 3}"
    assert seen(chart) == {str(HOST_PID): [("callback", 1), ("other", 1)], threads: [("lost", 1)]}
    x = chart.marks.shown[0][0][0]
    left = chart._columns().start
    assert x == pytest.approx(left + (chart.width() - left - RIGHT) / 2, abs=1.5)
    assert chart.accessibleDescription() == "Events: lost: 1, callback: 1, sent: 1, other: 1."
    # The word of a kind that is not known here is the one it came with.
    assert "1.500 s  bell: a kind of a third party" in chart.words_at(QPointF(chart.marks.shown[0][1][0], 30))


def test_events_closer_than_a_sign_share_one_and_the_gravest_gives_the_shape(make_chart: MakeChart) -> None:
    burst = [mark("callback", 1.0 + i / 1e6, text=f"task {i}") for i in range(2 * MOST_LINES)]
    chart = make_chart(with_marks(applied(process_pool_run(2.0)), *burst, mark("lost", 1.00001), mark("sent", 1.5)))
    assert seen(chart)[str(HOST_PID)] == [("lost", 2 * MOST_LINES + 1), ("sent", 1)]
    words = chart.words_at(QPointF(chart.marks.shown[0][0][0] + 2, 30)).split("\n")
    assert str(2 * MOST_LINES + 1) in words[0]
    assert words[1] == "1.000 s  callback: task 0"
    assert len([line for line in words if "task" in line]) == MOST_LINES
    assert f"PID {HOST_PID}, main" in words


def test_what_a_worker_wrote_is_shown_letter_by_letter(make_chart: MakeChart) -> None:
    chart = make_chart(
        with_marks(applied(process_pool_run(2.0)), mark("callback", 1.0, text="<b>a</b>\n & b" + "!" * 999))
    )
    words = chart.words_at(QPointF(chart.marks.shown[0][0][0], 30))
    assert "callback: <b>a</b> & b!!!" in words
    assert max(len(line) for line in words.split("\n")) <= 140
    assert "&lt;b&gt;a&lt;/b&gt; &amp; b" in as_tooltip(words)


def test_marks_that_come_during_a_run_are_shown_at_once_and_a_new_run_begins_without(make_chart: MakeChart) -> None:
    store = applied(process_pool_run(2.0, end=False))
    chart = make_chart(store)
    assert seen(chart) == {}
    assert chart.accessibleDescription() == ""
    worker = HOST_PID + 3
    later = store.now_ns + 200_000_000
    for kind in ("sent", "received"):
        news = Mark(kind, worker, later, "42")
        store.apply(Batch(later, RunPhase.RUNNING, store.counts, START_NS, marks=(news,)))
        chart.refresh()
        later += 1_500_000_000
    assert seen(chart)[str(worker)] == [("sent", 1), ("received", 1)]
    applied(process_pool_run(1.0, end=False), store)
    chart.refresh()
    assert seen(chart) == {}


def test_how_processes_ended_is_told_and_those_that_ended_well_are_quiet(make_chart: MakeChart) -> None:
    store = applied(process_per_task_run(8, 2.0, 0.2, killed_every=4))
    chart = make_chart(store)
    ends = [pair for found in seen(chart).values() for pair in found]
    assert sorted(ends) == [("exit", 1)] * 6 + [("killed", 1)] * 2
    assert chart.accessibleDescription() == "Events: exit ≠ 0: 2, exit 0: 6."  # the main process's own end is no event
    strip, x = next(
        (i, x) for i, found in enumerate(chart.marks.shown) for x, cluster in found if cluster.kind == "killed"
    )
    height = chart._row_height
    assert "s  SIGKILL" in chart.words_at(QPointF(x, chart._top() + (strip + 0.5) * height))
    assert SIGNS["exit"][1] == "quiet"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_signs_and_legend_are_painted_and_cost_nothing_where_there_are_none(
    make_chart: MakeChart, theme: object
) -> None:
    def picture(*marks: Mark) -> QImage:
        chart = make_chart(with_marks(applied(thread_pool_run(2.0)), *marks), 600)
        chart._theme_source.set(theme)  # type: ignore[arg-type]
        if not marks:
            assert not any(chart.marks.shown)
        return chart.grab().toImage()

    plain, marked = picture(), picture(mark("lost", 1.0), mark("callback", 0.5))
    different = {
        (x, y)
        for x in range(plain.width())
        for y in range(60)
        if plain.pixel(x, y) != marked.pixel(x, y)
    }  # fmt: skip
    assert any(y < 16 for _, y in different), "no legend"
    assert any(y > 20 for _, y in different), "no sign"


def test_lost_tasks_and_a_deadlock_are_lines_over_the_curve_and_never_many(qtbot: QtBot) -> None:
    chart = ThroughputChart(ThemeSource())
    qtbot.addWidget(chart)
    chart.resize(900, 260)
    chart.show()
    many = [mark("lost", 0.1 + i / 10) for i in range(12)]
    chart.show_store(with_marks(applied(thread_pool_run(3.0)), *many, mark("deadlock", 2.0), mark("callback", 1.0)))
    shown = [text.toPlainText() for line, text in chart._marks._items if line.isVisible()]
    assert sorted(shown) == ["4 workers", "deadlock", "lost", "lost", "lost"]
    for (line, _), grave in zip(chart._marks._items, chart._marks._dressed, strict=True):
        assert line.pen.color().name().upper() == (LIGHT.bad if grave else LIGHT.muted)
