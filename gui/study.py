"""The lessons in the window: list, page and controller, connected to the runs, the right column and what is remembered."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.controller import RunController
from gui.lessons import Lessons
from gui.memory import Memory
from gui.modes import LESSONS
from gui.panels.lessons.list import LessonList
from gui.panels.lessons.page import LessonPage
from gui.panels.lessons.progress import Progress
from gui.theme import ThemeSource

if TYPE_CHECKING:
    from workers.contract.config import RunConfig


class Study(QObject):
    """Reads no lesson before somebody goes to them.

    Signals:
        configShown(object): the script is to be that of this RunConfig; None for none.
        runOffered(bool): whether Run would run something of the lesson.
    """

    configShown = Signal(object)
    runOffered = Signal(bool)

    def __init__(
        self, theme: ThemeSource, memory: Memory, language: str, controller: RunController, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._memory, self._controller = memory, controller
        self.problem = ""
        """What was wrong with the progress that was kept, in a sentence."""
        try:
            progress = Progress.from_plain(memory.settings.progress)
        except ValueError as error:
            progress = Progress()
            self.problem = self.tr("The progress of the lessons could not be read ({0}): it begins anew.").format(error)
        self.list, self.page = LessonList(theme), LessonPage(theme)
        self.lessons = Lessons(self.list, self.page, progress, _folders(memory), language, parent=self)
        self.config: RunConfig | None = None
        """What the lesson shown is about."""
        self.offered = False
        """Whether Run would run something of it."""
        self._loaded = False
        self._connect()

    def show_mode(self, mode: str) -> None:
        """Read the lessons when they are gone to for the first time."""
        if mode == LESSONS and not self._loaded:
            self._loaded = True
            if self._memory.settings.lesson:
                self.lessons.show_lesson(self._memory.settings.lesson)
            self.lessons.load()

    def show_lesson(self, key: str) -> None:
        """Show a lesson."""
        self.lessons.show_lesson(key)

    def take_folder(self) -> None:
        """The folder of the person's own lessons is another one."""
        self.lessons.set_folders(_folders(self._memory))

    def close(self) -> None:
        """Let go of what is under way; bounded."""
        self.lessons.close()

    def _connect(self) -> None:
        lessons, controller = self.lessons, self._controller
        lessons.configShown.connect(self._show_config)
        lessons.lessonShown.connect(self._keep_place)
        lessons.progressChanged.connect(self._keep_progress)
        self.page.foot.runOffered.connect(self._offer)
        if controller.catalogue is not None:
            lessons.set_catalogue(controller.catalogue, controller.python)
        controller.catalogueReady.connect(lambda found: lessons.set_catalogue(found, controller.python))
        controller.bridge.pythonsReady.connect(lessons.set_pythons)
        controller.phaseChanged.connect(lessons.show_phase)
        controller.refused.connect(lessons.refused)
        controller.runStarted.connect(lambda: lessons.run_started(controller.store))
        controller.runFinished.connect(lambda summary: lessons.run_ended(controller.store, summary))

    def _show_config(self, config: "RunConfig | None") -> None:
        self.config = config
        self.configShown.emit(config)

    def _offer(self, able: bool) -> None:
        self.offered = able
        self.runOffered.emit(able)

    def _keep_place(self, key: str) -> None:
        self._memory.settings.lesson = key

    def _keep_progress(self) -> None:
        self._memory.settings.progress = self.lessons.progress.plain()
        self._memory.write()


def _folders(memory: Memory) -> list[Path]:
    return [Path(memory.settings.lessons_folder)] if memory.settings.lessons_folder else []
