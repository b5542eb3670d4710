"""Every GUI test has settings of its own and leaves no widget and no QThread; processes are looked after one level up."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from pytestqt.qtbot import QtBot

from gui.bridge import engine
from gui.settings import SettingsFile
from gui.window import MainWindow
from tests.helpers.fake_session import FakeSession, fake_bridge
from workers.contract.config import RunConfig


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    monkeypatch.setenv("THREADMILL_CONFIG_DIR", str(folder))
    return folder


@pytest.fixture(autouse=True, scope="session")
def what_others_left() -> None:
    """Windows of tests that came before these."""
    gc.collect()


@pytest.fixture(autouse=True, scope="module")
def what_was_there_before() -> None:
    """The collector need not go through numpy and the rest of it after each test: that took a quarter of the suite's time.

    Each test has collected what it left, so nothing is frozen that should go.
    """
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left(qapp: QCoreApplication, qtbot: QtBot) -> Iterator[None]:
    """Set up after qtbot, so that it is torn down before it; the widgets are then closed here, in order."""
    yield
    # pytest-qt delivers no deferred deletes, so widgets would pile up and die in random order when the interpreter ends.
    for widget in qapp.topLevelWidgets():  # type: ignore[attr-defined]
        if isinstance(widget, MainWindow):
            widget.close()
    while engine._stranded:  # a busy machine may take longer to end a reader than a window waits for it
        assert engine._stranded.pop()[0].wait(20_000), "a reader does not end"
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
    running = [item for item in gc.get_objects() if type(item) is QThread and item.isRunning()]
    assert not running, "a QThread is still running"


@pytest.fixture
def session() -> FakeSession:
    return FakeSession()


MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def make_window(qtbot: QtBot, session: FakeSession) -> MakeWindow:
    """Windows with a scripted session, shown, with their catalogue there."""

    def make(config: RunConfig | None = None, wait: bool = True, **more: object) -> MainWindow:
        if "bridge" not in more:
            more["bridge"] = fake_bridge(session)
        window = MainWindow(config, **more)  # type: ignore[arg-type]
        qtbot.addWidget(window)
        window.resize(1280, 780)
        window.show()
        if wait:
            qtbot.waitUntil(lambda: window.controller.catalogue is not None, timeout=20_000)
        return window

    return make


@pytest.fixture
def settings_file(own_settings: Path) -> SettingsFile:
    return SettingsFile(own_settings / "settings.json")
