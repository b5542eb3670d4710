"""Opens the settings page, lets it have what holds now, and takes what is chosen there."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.memory import Memory
from gui.settings_page import SettingsPage


class SettingsDoor(QObject):
    """One page at a time.

    Signals:
        themeChosen(str): "system", "light" or "dark".
        changed(): something is to be written down.
        lessonsChanged(): the person's own lessons stand elsewhere.
        historyChanged(int): so many MB for the single spans of a run.
        runsChanged(int, int): so many finished runs are kept, in so many MB.
        memoryLimitChanged(int): so many MB for a run; 0: what is chosen by itself.
    """

    themeChosen = Signal(str)
    changed = Signal()
    lessonsChanged = Signal()
    historyChanged = Signal(int)
    runsChanged = Signal(int, int)
    memoryLimitChanged = Signal(int)

    def __init__(self, window: QWidget, appearance: Appearance, memory: Memory) -> None:
        super().__init__(window)
        self._window, self._appearance, self._memory = window, appearance, memory
        self._page: SettingsPage | None = None
        appearance.changed.connect(self._follow)

    def open(self) -> None:
        """Show the page."""
        if self._page is not None:
            self._page.raise_()
            self._page.activateWindow()
            return
        settings, looks = self._memory.settings, self._appearance
        self._page = page = SettingsPage(
            looks.choice,
            looks.scale,
            settings.language,
            settings.lessons_folder,
            self._window,
            history_mb=settings.history_mb,
            runs=(settings.runs_kept, settings.runs_mb),
            memory_limit_mb=settings.memory_limit_mb,
        )
        page.themeChosen.connect(self.themeChosen)
        page.scaleChosen.connect(looks.set_scale)
        page.languageChosen.connect(self._choose_language)
        page.lessonsFolderChosen.connect(self._choose_lessons)
        page.historyChosen.connect(self._choose_history)
        page.runsChosen.connect(self._choose_runs)
        page.memoryLimitChosen.connect(self._choose_memory_limit)
        page.destroyed.connect(self._forget)
        page.show()

    def _forget(self) -> None:
        self._page = None

    def _follow(self) -> None:
        if self._page is not None:
            self._page.show_theme(self._appearance.choice)
            self._page.show_scale(self._appearance.scale)

    def _choose_language(self, language: str) -> None:
        self._memory.settings.language = language
        self.changed.emit()

    def _choose_lessons(self, folder: str) -> None:
        self._memory.settings.lessons_folder = folder
        self.lessonsChanged.emit()
        self.changed.emit()

    def _choose_history(self, mb: int) -> None:
        self._memory.settings.history_mb = mb
        self.historyChanged.emit(mb)
        self.changed.emit()

    def _choose_runs(self, count: int, mb: int) -> None:
        self._memory.settings.runs_kept, self._memory.settings.runs_mb = count, mb
        self.runsChanged.emit(count, mb)
        self.changed.emit()

    def _choose_memory_limit(self, mb: int) -> None:
        self._memory.settings.memory_limit_mb = mb
        self.memoryLimitChanged.emit(mb)
        self.changed.emit()
