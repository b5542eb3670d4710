"""The race film: its story, its words, and the view that turns its pages."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.charts.film import FilmView
from gui.charts.film_stage import _in_a_row
from gui.charts.film_story import told
from gui.charts.film_words import FilmWords
from gui.theme import DARK, LIGHT, ThemeSource
from tests.helpers.scripted import START_NS, starting
from workers.contract.batch import Batch, Counts, RaceFilm, RaceStep
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

CONFIG = RunConfig("thread_pool", "shared_counter", 2, 10)


def film(steps: Sequence[tuple[int, str, str, int]], lost: int, pids: bool = False) -> RaceFilm:
    """From (microsecond, lane, op, value)."""
    tids = {name: 7 + i for i, name in enumerate(dict.fromkeys(name for _, name, _, _ in steps))}
    made = tuple(
        RaceStep(START_NS + t * 1000, tids[name] if pids else 5, tids[name], name, op, value)
        for t, name, op, value in steps
    )
    return RaceFilm("counter", lost, made)


WHOLE = film(
    [(0, "A", "read", 100), (5, "B", "read", 4710), (9, "B", "write", 4711), (20_000, "A", "write", 101)], 4611
)
CUT = film([(0, "A", "read", 7), (12, "A", "write", 8)], 4)
EARLY = film([(0, "B", "read", 3), (1, "A", "read", 3), (2, "B", "write", 4), (3, "A", "write", 4)], 1)


def batch(*films: RaceFilm) -> Batch:
    return Batch(START_NS, RunPhase.RUNNING, Counts(), START_NS, films=films)


def store_with(*films: RaceFilm) -> RunStore:
    store = RunStore()
    store.apply(starting(CONFIG))
    store.apply(batch(*films))
    return store


@pytest.fixture
def view(qtbot: QtBot) -> FilmView:
    made = FilmView(ThemeSource())
    qtbot.addWidget(made)
    made.resize(330, 200)
    made.show()
    made.show_store(store_with(CUT, WHOLE, EARLY))
    return made


# ---- the story ----------------------------------------------------------------------------------------------------
def test_a_story_follows_who_holds_what_and_whose_number_is_out_of_date() -> None:
    story = told(WHOLE)
    assert story.names() == ("A", "B")
    assert [scene.counter for scene in story.scenes] == [100, 4710, 4711, 101]
    assert [scene.held for scene in story.scenes] == [(100, None), (100, 4710), (100, 4711), (101, 4711)]
    assert [scene.stale for scene in story.scenes] == [(False, False), (True, False), (True, False), (False, False)]
    assert [scene.since for scene in story.scenes] == [0, 0, 4611, 0]
    assert [scene.gone for scene in story.scenes] == [None, None, None, 4711]
    assert story.whole


def test_who_overwrites_comes_first_whoever_read_first() -> None:
    story = told(EARLY)
    assert story.names() == ("A", "B")
    assert story.scenes[-1].gone == 4
    # What B read before A did is not out of date as long as nobody has written.
    assert [scene.stale for scene in story.scenes] == [(False, False), (False, False), (True, False), (False, False)]


def test_lanes_of_one_name_are_told_apart() -> None:
    same = [(0, "A", "read", 1), (1, "B", "read", 1), (2, "B", "write", 2), (3, "A", "write", 2)]
    for pids, names in ((True, ("x (PID 7)", "x (PID 8)")), (False, ("x (TID 7)", "x (TID 8)"))):
        made = film(same, 1, pids)
        steps = tuple(RaceStep(s.t_ns, s.pid, s.tid, "x", s.op, s.value) for s in made.steps)
        assert told(RaceFilm("counter", 1, steps)).names() == names


def test_a_film_without_steps_is_none() -> None:
    with pytest.raises(ValueError, match="steps"):
        told(RaceFilm("counter", 1, ()))


def test_each_step_in_words(qapp: object) -> None:
    words = FilmWords()
    assert [
        line.replace("(s)", "s").replace("\u2009", " ").replace("\u202f", " ") for line in words.lines(told(WHOLE))
    ] == [
        "+0 µs  A reads 100.",
        "+5.0 µs  B reads 4 710.",
        "+9.0 µs  B writes 4 711. 4 611 additions since A read.",
        "+20.000 ms  A writes 101 over 4 711: 4 611 updates are gone.",
    ]
    assert words.lines(told(CUT))[1:] == [
        "+12 µs  A writes 8 over 11: 4 update(s) are gone.",
        "Who wrote 11 was not recorded.",
    ]


# ---- the view -----------------------------------------------------------------------------------------------------
def test_it_begins_with_the_first_film_that_is_whole_and_keys_turn_the_pages(qtbot: QtBot, view: FilmView) -> None:
    assert view.place == (1, 0)
    for key, place in (
        (Qt.Key.Key_Left, (1, 0)),
        (Qt.Key.Key_Right, (1, 1)),
        (Qt.Key.Key_End, (1, 3)),
        (Qt.Key.Key_Right, (1, 3)),
        (Qt.Key.Key_Left, (1, 2)),
        (Qt.Key.Key_Home, (1, 0)),
        (Qt.Key.Key_Up, (0, 0)),
        (Qt.Key.Key_Up, (0, 0)),
        (Qt.Key.Key_Right, (0, 1)),
        (Qt.Key.Key_Down, (1, 0)),
    ):
        qtbot.keyClick(view.stage, key)
        assert view.place == place, key
    qtbot.mouseClick(view.findChild(QToolButton, "filmNext"), Qt.MouseButton.LeftButton)
    assert view.place == (1, 1)
    qtbot.mouseClick(view.findChild(QToolButton, "filmPrevious"), Qt.MouseButton.LeftButton)
    assert view.place == (1, 0)


def test_it_plays_to_the_end_and_from_the_start_again_and_stops_when_told(qtbot: QtBot, view: FilmView) -> None:
    play = view.findChild(QToolButton, "filmPlay")
    qtbot.keyClick(view.stage, Qt.Key.Key_Space)
    assert view.playing
    assert play.accessibleName() == "Pause"
    qtbot.mouseClick(play, Qt.MouseButton.LeftButton)
    assert not view.playing
    view._timer.setInterval(0)
    view.play()
    qtbot.waitUntil(lambda: not view.playing, timeout=20_000)
    assert view.place == (1, 3)
    assert play.accessibleName() == "Play"
    view._timer.setInterval(100_000)
    view.play()
    assert view.place == (1, 0)
    view.hide()  # nobody watches
    assert not view.playing


def test_films_that_come_later_can_be_chosen_and_the_one_on_show_stays(qtbot: QtBot, view: FilmView) -> None:
    store = store_with(WHOLE)
    view.show_store(store)
    choice = view.findChild(QComboBox, "filmChoice")
    assert choice.isHidden()
    view._turn(2)
    store.apply(batch(CUT, EARLY))
    view.refresh()
    assert view.place == (0, 2)
    assert choice.isVisibleTo(view)
    assert [choice.itemText(i)[:7] for i in range(choice.count())] == ["Film 1:", "Film 2:", "Film 3:"]
    choice.activated.emit(1)
    assert view.place == (1, 0)
    store.apply(starting(CONFIG))  # another run
    view.refresh()
    assert view.lines() == []
    assert not view.findChild(QToolButton, "filmPlay").isEnabled()
    store.apply(batch(EARLY))
    view.refresh()
    assert view.place == (0, 0)
    assert len(view.lines()) == 4


def test_all_of_it_can_be_read_without_seeing_it(view: FilmView) -> None:
    view._turn(3)
    assert view.stage.accessibleName().startswith("A writes 101 over")
    assert view.accessibleDescription().split("\n") == view.lines()
    assert len(view.lines()) == 4
    for child in view.findChildren(QWidget):
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus and child.isVisibleTo(view):
            assert child.accessibleName(), child
            assert child.objectName(), child


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize(("width", "height", "pixels"), [(330, 200, 13), (900, 300, 13), (420, 300, 20)])
def test_every_step_is_painted_in_any_size(view: FilmView, theme: object, width: int, height: int, pixels: int) -> None:
    view.setStyleSheet(f"* {{ font-size: {pixels}px; }}")
    view.stage._theme.set(theme)  # type: ignore[arg-type]
    view.resize(width, height)
    assert (view.width(), view.height()) == (width, height)  # it asks for no more room than it is promised
    pictures: list[QImage] = []
    for step in range(4):
        view._turn(step)
        pictures.append(view.stage.grab().toImage())
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[:i])


@pytest.mark.parametrize("lanes", [1, 2])
@pytest.mark.parametrize("width", [240, 400, 590])
def test_in_a_row_nothing_covers_anything(lanes: int, width: int) -> None:
    room = QRectF(6, 6, width, 50)
    boxes, counter = _in_a_row(room, lanes, width * 0.28, 40, 13)
    parts = [*boxes, counter]
    assert len(boxes) == lanes
    assert all(room.adjusted(-1, -1, 1, 1).contains(part) for part in parts)
    assert not any(one.intersects(other) for i, one in enumerate(parts) for other in parts[i + 1 :])


@pytest.mark.parametrize("height", [60, 110, 150])
def test_the_words_of_a_low_film_stand_below_the_picture(view: FilmView, height: int) -> None:
    bottoms, tops = [0.0], []
    stage = view.stage
    stage._draw_parts = lambda painter, story, boxes, counter, *_: bottoms.extend(  # type: ignore[method-assign]
        part.bottom() for part in (*boxes, counter)
    )
    stage._draw_sentence = lambda painter, story, rect, scale: tops.append(rect.top())  # type: ignore[method-assign]
    view.setMinimumSize(1, 1)
    view.resize(590, height)
    stage.setFixedSize(590, height - 40)
    stage.grab()
    assert tops
    assert max(bottoms) <= tops[-1]


def test_the_step_on_show_is_saved(view: FilmView, tmp_path: Path) -> None:
    path = tmp_path / "film.png"
    view.save_png(path)
    first = QImage(str(path))
    assert first.width() > 2 * view.stage.width()
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    view.copy_picture()
    assert QGuiApplication.clipboard().image() != first
    assert "Step 2" in view.caption()
    with pytest.raises(OSError, match="was not saved"):
        view.save_svg(tmp_path / "no" / "film.svg")
