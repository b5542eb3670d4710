import csv
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from gui.charts.card import Card
from gui.charts.overlays import MOST_LINES
from gui.charts.scales import TopKeeper, nice_step, ticks
from gui.charts.throughput import LAG_S, POINTS, ThroughputChart
from gui.theme import DARK, ThemeSource
from gui.words import THIN
from tests.helpers.fake_session import CATALOGUE
from tests.helpers.scripted import START_NS, applied, process_pool_run, starting, thread_pool_run
from workers.contract.batch import Batch, Counts, LaneInfo, Mark, RunEnded
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore


@pytest.fixture
def theme():
    return ThemeSource()


@pytest.fixture
def chart(qtbot, theme):
    made = ThroughputChart(theme)
    qtbot.addWidget(made)
    made.resize(700, 200)
    made.show()
    return made


def count_redraws(chart, monkeypatch):
    calls = []
    draw = type(chart)._redraw
    monkeypatch.setattr(type(chart), "_redraw", lambda self: (calls.append(1), draw(self))[1])
    return calls


def test_before_any_run_it_says_what_will_appear_and_how(chart):
    chart.show_store(RunStore())
    assert "Press Run" in chart._note.text
    assert chart._note.isVisible()
    assert chart.series() == {}
    assert chart.headline() == ("", "")


def test_while_workers_come_up_the_phase_stands_in_place_of_the_curve(chart):
    store = applied([starting(RunConfig())])
    chart.show_store(store)
    assert "launched" in chart._note.text
    store.apply(Batch(START_NS, RunPhase.WARMING, Counts()))
    chart.refresh()
    assert "workers come up" in chart._note.text
    assert chart.series() == {}


def test_a_run_that_failed_before_its_clock_says_why(chart):
    ended = RunEnded(RunPhase.FAILED, START_NS, "The interpreter is gone.", False)
    chart.show_store(applied([starting(RunConfig()), Batch(START_NS, RunPhase.FAILED, Counts(), ended=ended)]))
    assert "The interpreter is gone." in chart._note.text


def test_live_series_is_what_the_store_says_with_time_relative_to_now(chart):
    store = applied(thread_pool_run(8, per_second=100, end=False))
    chart.show_store(store)
    x, done = chart.series()["done"]
    t, expected, _ = store.throughput.rates(store.elapsed_s - 60, store.elapsed_s - LAG_S, 0.5, POINTS)
    assert np.array_equal(done, expected)
    assert np.allclose(x, t - store.elapsed_s)
    assert x[-1] <= 0
    assert x[0] >= -60
    assert np.allclose(done[x > -5], 100, atol=2.01)
    assert chart.headline() == ("100", "tasks/s")


def test_old_seconds_leave_the_window(chart):
    store = applied(thread_pool_run(70, per_second=50, end=False))
    chart.show_store(store)
    x, _ = chart.series()["done"]
    assert -60 <= x[0] < -59.8
    assert len(x) <= POINTS + 1
    assert chart._plot.getViewBox().viewRange()[0] == [-60.0, 0.0]


def test_finished_shows_the_whole_run_from_zero_and_its_mean(chart):
    chart.show_store(applied(thread_pool_run(3, per_second=100)))
    x, _ = chart.series()["done"]
    assert x[0] >= 0
    assert x[-1] == pytest.approx(3.0)
    assert chart._plot.getViewBox().viewRange()[0] == [0.0, 3.0]
    assert chart.headline() == ("100", "tasks/s on average")


def test_a_finished_run_is_held_until_the_next_starts(chart):
    store = applied(thread_pool_run(2, per_second=100))
    chart.show_store(store)
    before = chart.series()["done"]
    chart.refresh()
    assert all(np.array_equal(a, b) for a, b in zip(before, chart.series()["done"], strict=True))
    store.apply(starting(RunConfig()))
    chart.refresh()
    assert chart.series() == {}


@pytest.mark.parametrize("seconds", [0.02, 0.06, 0.3])
def test_a_very_short_run_has_a_curve_all_the_same(chart, seconds):
    chart.show_store(applied(thread_pool_run(seconds, per_second=200, tick_s=0.01)))
    x, done = chart.series()["done"]
    assert len(x) >= 2
    assert np.isfinite(done).all()
    assert done.max() > 0


def test_failed_tasks_have_a_dashed_curve_with_its_name_beside(chart):
    chart.show_store(applied(thread_pool_run(3, per_second=100, failed_every=10)))
    assert set(chart.series()) == {"done", "failed"}
    assert chart._failed.isVisible()
    assert chart._failed_name.isVisible()
    assert chart._failed_name.toPlainText() == "failed"
    chart.show_store(applied(thread_pool_run(3, per_second=100)))
    assert set(chart.series()) == {"done"}
    assert not chart._failed.isVisible()


def test_figures_count_what_is_done_and_failures_stand_apart(chart):
    chart.show_store(applied(thread_pool_run(4, per_second=100, failed_every=2)))
    assert chart.headline() == ("50", "tasks/s on average")
    assert dict(chart._figures._figures)["mean"] == "50"
    chart.show_store(applied(thread_pool_run(8, per_second=100, failed_every=2, end=False)))
    number, unit = chart.headline()
    assert (float(number), unit) == (pytest.approx(50, abs=2), "tasks/s")


def test_captions_and_the_head_of_a_finished_run_say_titles(chart):
    chart.names.catalogue = CATALOGUE
    chart.show_store(applied(thread_pool_run(3, threads=2, per_second=100, end=False)))
    assert chart.which.text == ""
    assert chart.caption().startswith("Throughput  ·  Thread pool × 2  ·  Count primes  ·  ")
    chart.show_store(applied(thread_pool_run(3, threads=2, per_second=100)))
    assert chart.which.text == "Thread pool × 2  ·  Count primes  ·  3.0 s"


def test_larger_type_is_followed_at_once(chart):
    chart.show_store(applied(thread_pool_run(3)))
    font = chart.font()
    font.setPixelSize(26)
    chart.setFont(font)
    assert chart._bottom.style["tickFont"].pixelSize() == 24
    assert chart._left.style["tickFont"].pixelSize() == 24


def test_everything_drawn_is_finite(chart):
    for batch in thread_pool_run(3, per_second=30, failed_every=3, tick_s=0.03):
        chart.store.apply(batch)
        chart.refresh()
        for x, y in chart.series().values():
            assert np.isfinite(x).all()
            assert np.isfinite(y).all()


def test_refresh_does_nothing_when_nothing_changed(chart, monkeypatch):
    chart.show_store(applied(thread_pool_run(2, end=False)))
    calls = count_redraws(chart, monkeypatch)
    for _ in range(20):
        chart.refresh()
    assert calls == []


def test_batches_within_half_a_pixel_of_time_share_a_frame(chart, monkeypatch):
    store = applied(thread_pool_run(2, end=False))
    chart.show_store(store)
    calls = count_redraws(chart, monkeypatch)
    for _ in range(100):
        store.apply(Batch(store.now_ns + 1_000_000, RunPhase.RUNNING, store.counts))
        chart.refresh()
    # 100 ms at 700 pixels a minute is a little over one pixel.
    assert 1 <= len(calls) <= 4


def test_size_and_theme_are_followed(chart, theme, monkeypatch):
    chart.show_store(applied(thread_pool_run(2, end=False)))
    calls = count_redraws(chart, monkeypatch)
    theme.set(DARK)
    assert len(calls) == 1
    assert chart._plot.backgroundBrush().color().name().upper() == DARK.card
    chart.resize(500, 200)
    assert len(calls) == 2


def test_the_range_of_time_is_not_set_each_frame(chart, monkeypatch):
    chart.show_store(RunStore())
    view = chart._plot.getViewBox()
    calls = []
    monkeypatch.setattr(view, "setRange", lambda *a, **k: calls.append(k))
    for batch in thread_pool_run(20, per_second=100, tick_s=0.05, end=False):
        chart.store.apply(batch)
        chart.refresh()
    assert len(calls) <= 3


def test_changes_of_the_worker_count_are_marked(chart):
    store = applied(thread_pool_run(4, end=False))
    store.apply(
        Batch(
            store.now_ns, RunPhase.RUNNING, store.counts, marks=(Mark("workers", 1, store.now_ns - 10**9, "6 workers"),)
        )
    )
    chart.show_store(store)
    lines = [(line.value(), text.toPlainText()) for line, text in chart._marks._items if line.isVisible()]
    assert (pytest.approx(-1.0), "6 workers") in lines


def test_dropped_events_are_told_and_marked(chart):
    store = applied(thread_pool_run(2, end=False))
    chart.show_store(store)
    lane = store.lanes[0].info
    for _ in range(3):
        store.apply(
            Batch(store.now_ns + 600_000_000, RunPhase.RUNNING, store.counts, lanes=(replace(lane, dropped=1204),))
        )
        chart.refresh()
    assert f"1{THIN}204 events dropped" in chart._drops.told
    band = chart._drops._items[0]
    assert band.isVisible()
    assert band.getRegion()[0] < band.getRegion()[1] < 0
    chart.show_store(applied(thread_pool_run(2, end=False)))
    assert chart._drops.told == ""


def test_dropping_events_of_a_lane_without_tasks_draws_nothing_odd(chart):
    store = applied(thread_pool_run(1, end=False))
    store.apply(
        Batch(
            store.now_ns + 10,
            RunPhase.RUNNING,
            store.counts,
            lanes=(LaneInfo(9, "here", 1, 1, 0, "x", "worker", START_NS),),
        )
    )
    chart.show_store(store)
    assert chart.series()["done"][1].size


def test_pictures_and_data_are_saved_and_read_back(chart, tmp_path):
    chart.show_store(applied(process_pool_run(3, failed_every=20)))
    chart.save_png(tmp_path / "a.png")
    image = QImage(str(tmp_path / "a.png"))
    assert image.width() == 2 * (chart.width() + 28)
    colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colors) >= 3
    chart.save_svg(tmp_path / "a.svg")
    renderer = QSvgRenderer(str(tmp_path / "a.svg"))
    assert renderer.isValid()
    assert "Throughput" in (tmp_path / "a.svg").read_text()
    chart.save_csv(tmp_path / "a.csv")
    rows = list(csv.reader((tmp_path / "a.csv").read_text().splitlines()))
    assert rows[0] == ["series", "time (s)", "rate (tasks/s)"]
    for name, (x, y) in chart.series().items():
        read = np.array([[float(a), float(b)] for series, a, b in rows[1:] if series == name])
        assert np.allclose(read[:, 0], x, atol=1e-6)
        assert np.allclose(read[:, 1], y, rtol=1e-5)


@pytest.mark.parametrize("kind", ["png", "svg", "csv"])
def test_a_file_that_cannot_be_written_is_one_clear_sentence(chart, tmp_path, kind):
    with pytest.raises(OSError, match="was not saved: No such file or directory") as caught:
        getattr(chart, f"save_{kind}")(tmp_path / "missing" / f"a.{kind}")
    assert list(tmp_path.iterdir()) == []
    assert caught.value.errno


def test_an_old_file_stays_whole_when_saving_fails(chart, tmp_path, monkeypatch):
    target = tmp_path / "a.csv"
    target.write_text("old")
    monkeypatch.setattr("os.replace", lambda a, b: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space left on device"):
        chart.save_csv(target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_the_card_saves_what_was_chosen_and_tells_what_failed(qtbot, theme, tmp_path):
    chart = ThroughputChart(theme)
    card = Card.around(theme, chart)
    qtbot.addWidget(card)
    chart.show_store(applied(thread_pool_run(2)))
    asked = []
    card.choose_file = lambda *a: asked.append(a) or str(tmp_path / "picture")
    for kind in ("png", "svg", "csv"):
        with qtbot.waitSignal(card.saved) as caught:
            card.save_actions[kind].trigger()
        assert caught.args == [str(tmp_path / f"picture.{kind}")]
        assert (tmp_path / f"picture.{kind}").stat().st_size > 100
    assert asked[0][1] == "throughput.png"
    card.choose_file = lambda *a: ""
    with qtbot.assertNotEmitted(card.saved, wait=0):
        card.save_actions["png"].trigger()
    card.choose_file = lambda *a: str(tmp_path / "no" / "a.png")
    with qtbot.waitSignal(card.failed) as caught:
        card.save_actions["png"].trigger()
    assert "was not saved" in caught.args[0]


def test_the_menu_has_a_name_and_can_be_reached_by_keyboard(qtbot, theme):
    card = Card.around(theme, ThroughputChart(theme))
    qtbot.addWidget(card)
    button = card.findChild(object, "throughputChartMenu")
    assert button.accessibleName()
    assert button.focusPolicy().value & 1
    assert card.objectName() == "throughputChartCard"


@pytest.mark.parametrize(("span", "step"), [(1, 0.2), (250, 50), (60, 20), (0.7, 0.2), (1e6, 200_000), (3, 1)])
def test_steps_are_round(span, step):
    assert nice_step(span, 5) == pytest.approx(step)


def test_ticks_lie_within():
    assert ticks(0, 2.5, 1) == [0, 1, 2]
    assert ticks(-60, 0, 20) == [-60, -40, -20, 0]


def test_the_top_grows_at_once_and_shrinks_only_after_a_while():
    keeper = TopKeeper(patience_s=3)
    assert keeper.fit(118, 0)
    assert keeper.top == 150
    assert not keeper.fit(110, 1)
    assert keeper.fit(170, 2)
    assert keeper.top == 200
    assert not keeper.fit(20, 3)
    assert not keeper.fit(190, 5)
    assert not keeper.fit(20, 6)
    assert not keeper.fit(20, 8)
    assert keeper.fit(20, 9.1)
    assert keeper.top < 30


def test_words_of_marks_that_lie_close_do_not_cover_each_other(qtbot: QtBot) -> None:
    chart = ThroughputChart(ThemeSource())
    qtbot.addWidget(chart)
    chart.resize(800, 260)
    chart.show()
    store = applied(thread_pool_run(5.0, end=False))
    times = [START_NS + round(s * 1e9) for s in (3.0, 3.3, 3.6, 3.9, 4.2)]
    marks = tuple(Mark("turn", 1, t, f"share 0.{i}") for i, t in enumerate(times))
    store.apply(Batch(store.now_ns + 1, store.phase, store.counts, store.clock_start_ns, marks=marks))
    chart.show_store(store)
    qtbot.waitUntil(lambda: chart._plot.height() > 200, timeout=20_000)
    items = [(line, text) for line, text in chart._marks._items if line.isVisible()]
    assert len(items) == 6
    seen = [text for _, text in items if text.isVisible()]
    assert 1 < len(seen) <= MOST_LINES
    assert seen[-1].toPlainText() == "share 0.4"  # the newest goes first
    view = chart._plot.getPlotItem().getViewBox()
    heights = sorted(view.mapViewToScene(text.pos()).y() for text in seen)
    assert min(np.diff(heights)) > 0.7 * seen[0].boundingRect().height()  # each in a line of its own


@pytest.mark.parametrize("seconds", [0.1, 0.63, 1.02, 2.51, 7.0])
def test_the_mean_lies_between_the_highest_and_the_lowest(chart, seconds):
    for end in (False, True):
        chart.show_store(applied(thread_pool_run(seconds, per_second=13, end=end)))
        shown = {name: float(figure.replace(THIN, "")) for name, figure in chart._figures._figures}
        assert "mean" in shown
        assert ("highest" in shown) is ("lowest" in shown)
        assert shown.get("lowest", 0) <= shown["mean"] <= shown.get("highest", shown["mean"])
        if seconds < 1:
            assert "highest" not in shown
