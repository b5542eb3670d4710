"""The picture that tasks paint: its card, its colours, saving and copying it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from gui.charts.colours import INK, STOPS, oklab, ramp
from gui.charts.picture import PictureView, coloured
from gui.theme import DARK, LIGHT, Theme, ThemeSource
from gui.window import MainWindow
from tests.gui.conftest import MakeWindow
from tests.helpers.fake_session import FakeSession
from workers.contract.batch import Batch, Counts, Picture
from workers.contract.config import RunConfig
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

PIXELS = np.arange(24, dtype=np.uint8).reshape(4, 6) * 10
PICTURE = Picture(6, 4, PIXELS.tobytes())
RUN = RunConfig("process_pool", "mandelbrot", 2, 100)


def with_picture(picture: Picture) -> RunStore:
    store = RunStore()
    store.apply(Batch(1, RunPhase.RUNNING, Counts(), picture=picture))
    return store


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    made = PictureView(ThemeSource())
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show_store(with_picture(PICTURE))
    made.show()
    return made


def run_to_end(qtbot: QtBot, window: MainWindow, config: RunConfig = RUN) -> None:
    with qtbot.waitSignal(window.runFinished, timeout=20_000):
        window.start(config)


def test_the_card_is_there_only_when_the_run_has_a_picture(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession
) -> None:
    window = make_window()
    view = window.findChild(PictureView, "pictureView")
    assert view is not None
    run_to_end(qtbot, window, RUN.changed(workload="count_primes"))
    assert not view.isVisible()
    sizes = window.stage.sizes()
    session.picture = PICTURE
    run_to_end(qtbot, window)
    assert view.isVisible()
    assert np.array_equal(view.pixels(), PIXELS)
    assert view.accessibleName()
    assert window.stage.sizes()[2] >= sizes[2]
    assert window.stage.usual_sizes() == sizes
    session.picture = None
    run_to_end(qtbot, window, RUN.changed(workload="count_primes"))
    assert not view.isVisible()
    assert window.stage.sizes() == sizes


def test_a_second_run_of_the_same_keeps_the_place(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.picture = PICTURE
    window = make_window()
    view = window.findChild(PictureView, "pictureView")
    assert view is not None
    run_to_end(qtbot, window)
    seen: list[bool] = []
    window.controller.arrived.connect(lambda _: seen.append(view.isVisible()))
    run_to_end(qtbot, window)
    assert seen
    assert all(seen)


def test_it_follows_the_run(view: PictureView) -> None:
    store = with_picture(PICTURE)
    view.show_store(store)
    more = Picture(6, 4, bytes(24))
    store.apply(Batch(2, RunPhase.RUNNING, Counts(), picture=more))
    view._at = 0.0
    view.refresh()
    assert not view.pixels().any()


def test_pixels_stay_square_and_the_picture_keeps_its_shape(view: PictureView) -> None:
    area = view.area()
    assert area.width() == 300
    assert area.height() == 200
    picture = view.grab().toImage()
    square = area.width() // 6
    for row, column in ((0, 1), (1, 3), (3, 4)):
        middle = area.top() + row * square + square // 2, area.left() + column * square + square // 2
        wanted = view.colours().pixelColor(column, row)
        for off in (-square // 2 + 3, 0, square // 2 - 3):
            assert picture.pixelColor(middle[1] + off, middle[0]) == wanted


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_colours_are_even_to_the_eye(theme: Theme) -> None:
    table = ramp(theme.name)
    assert len(table) == 256
    assert f"#{table[0] & 0xFFFFFF:06X}" == INK[theme.name]
    labs = np.array([oklab(f"#{colour & 0xFFFFFF:06X}") for colour in table[1:]])
    lightness = labs[:, 0] if theme.dark else -labs[:, 0]
    assert (np.diff(lightness) > -0.004).all()  # rounding to 8 bits
    assert lightness[-1] - lightness[0] > 0.5
    steps = np.linalg.norm(np.diff(labs, axis=0), axis=1)
    assert steps.max() < 4 * steps.mean()
    assert len(STOPS["light"]) == len(STOPS["dark"])


def test_another_theme_is_another_picture_of_the_same(view: PictureView) -> None:
    light = view.colours().copy()
    view._theme.set(DARK)
    assert view.colours() != light
    assert np.array_equal(view.pixels(), PIXELS)


def test_a_large_picture_costs_no_frame(view: PictureView) -> None:
    store = with_picture(PICTURE)
    view.show_store(store)
    view._took = 60.0  # as if colouring took a minute
    store.apply(Batch(2, RunPhase.RUNNING, Counts(), picture=Picture(6, 4, bytes(24))))
    view.refresh()
    assert view.pixels().any()
    store.apply(Batch(3, RunPhase.RUNNING, Counts()))
    view._took = 0.0
    view.refresh()
    assert not view.pixels().any()


def test_without_a_picture_there_is_nothing_to_save(qtbot: QtBot, tmp_path: Path) -> None:
    view = PictureView(ThemeSource())
    qtbot.addWidget(view)
    assert view.pixels().shape == (0, 0)
    assert coloured(view.pixels(), LIGHT).isNull()
    with pytest.raises(OSError, match="no picture"):
        view.save_png(tmp_path / "x.png")
    view.copy()


def test_saved_and_copied_from_the_menu(
    qtbot: QtBot, make_window: MakeWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = make_window()
    actions = window.actions_
    assert not actions.save_picture.isEnabled()
    session.picture = PICTURE
    run_to_end(qtbot, window)
    assert actions.save_picture.isEnabled()
    button = window.findChild(QToolButton, "pictureMenu")
    assert button is not None
    assert button.accessibleName()
    assert set(button.menu().actions()) == {actions.save_picture, actions.copy_picture}
    monkeypatch.setattr(window.tab_actions, "choose_file", lambda title, name, pattern: str(tmp_path / "mine"))
    actions.save_picture.trigger()
    saved = QImage(str(tmp_path / "mine.png"))
    assert (saved.width(), saved.height()) == (1200, 800)
    view = window.findChild(PictureView, "pictureView")
    assert view is not None
    assert saved.pixelColor(300, 100) == view.colours().pixelColor(1, 0)
    actions.copy_picture.trigger()
    assert QGuiApplication.clipboard().image().width() == 1200
    monkeypatch.setattr(window.tab_actions, "choose_file", lambda title, name, pattern: str(tmp_path / "no" / "file"))
    actions.save_picture.trigger()
    assert "was not saved" in window.foot.status.text()


def test_the_keyboard_reaches_it(qtbot: QtBot, make_window: MakeWindow, session: FakeSession) -> None:
    session.picture = PICTURE
    window = make_window()
    run_to_end(qtbot, window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    view = window.findChild(PictureView, "pictureView")
    assert view is not None
    assert view.hasFocus()
