"""What a window keeps from one start to the next: where it stood, how it looked, what was chosen."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.settings import Settings, SettingsFile
from workers.contract.config import RunConfig

USUAL_WIDTH, USUAL_HEIGHT = 1440, 900


class Memory:
    """The settings, read once and written on change. `problem` is one sentence where something was wrong with them."""

    def __init__(self, file: SettingsFile, theme: str | None = None) -> None:
        """`theme` holds this time only, and is not remembered."""
        self._file = file
        self._settings = file.load()
        self._theme_for_now = theme

    @property
    def problem(self) -> str:
        """What is wrong with the file, if anything."""
        return self._file.problem

    @property
    def settings(self) -> Settings:
        """All of them; what is changed here is written by the next `keep` or `write`."""
        return self._settings

    @property
    def theme(self) -> str:
        """The theme to start with."""
        return self._theme_for_now or self._settings.theme

    @property
    def scale(self) -> float:
        """The size to start with."""
        return self._settings.scale

    @property
    def splitter(self) -> list[int]:
        """Heights of the cards; empty for the usual ones."""
        return self._settings.splitter

    @property
    def config(self) -> RunConfig | None:
        """The last choice."""
        return self._settings.config

    def theme_chosen(self) -> None:
        """From now on the theme is one that the person chose, and is remembered."""
        self._theme_for_now = None

    def place(self, window: QWidget) -> None:
        """Put the window where it was, or where it has room: all of a small screen."""
        if self._settings.geometry and window.restoreGeometry(QByteArray(self._settings.geometry)):
            return
        room = QGuiApplication.primaryScreen().availableSize()
        window.resize(min(USUAL_WIDTH, room.width() - 16), min(USUAL_HEIGHT, room.height() - 40))
        if room.width() < USUAL_WIDTH or room.height() < USUAL_HEIGHT:
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def keep(self, window: QWidget, theme: str, scale: float, splitter: list[int], config: RunConfig | None) -> bool:
        """Write everything down. False where that failed; empty values leave what was there."""
        if not self._theme_for_now:
            self._settings.theme = theme
        self._settings.scale = scale
        self._settings.geometry = bytes(window.saveGeometry().data())
        self._settings.splitter = splitter if any(splitter) else self._settings.splitter
        self._settings.config = config or self._settings.config
        return self.write()

    def write(self) -> bool:
        """Write down what is in `settings`. False where that failed."""
        return self._file.save(self._settings)
