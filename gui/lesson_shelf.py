"""The lessons as the window knows them: read in a thread of its own, in their order, in one language as far as it goes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from gui.lookup import Lookup
from workers.contract.info import BrokenFile
from workers.lessons.model import BASE_LANGUAGE, Lesson

if TYPE_CHECKING:
    from workers.lessons.library import Library

POLL_MS = 15
CLOSE_S = 2.0


class Shelf(QObject):
    """Reads the lessons' files.

    Signals:
        ready(): they have been read, or read anew.
        problem(str): they could not be; why.
    """

    ready = Signal()
    problem = Signal(str)

    def __init__(self, folders: Sequence[Path], language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folders, self.language = tuple(folders), language
        self._library: Library | None = None
        self._order: list[str] = []
        self._reading: Lookup[Library] | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self._look_up)

    @property
    def read(self) -> bool:
        """Whether they have been read."""
        return self._library is not None

    @property
    def broken(self) -> Sequence[BrokenFile]:
        """Files that are no lessons."""
        return self._library.broken if self._library is not None else ()

    @property
    def order(self) -> Sequence[str]:
        """The key of every lesson, in the order in which they are to be shown."""
        return self._order

    def load(self) -> None:
        """Read them: tens of milliseconds, and numpy where it is not there yet."""
        folders = self.folders

        def read() -> "Library":
            from workers.lessons.library import SHIPPED, load

            return load((*folders, SHIPPED))

        self._reading = Lookup(read, "lessons")
        self._poll.start()

    def close(self) -> None:
        """Let go of what is being read; bounded."""
        self._poll.stop()
        if self._reading is not None:
            self._reading.close(CLOSE_S)
            self._reading = None

    def find(self, key: str) -> Lesson | None:
        """A lesson in the language chosen, or where there is no translation in the one it has; None where there is none."""
        return self._library.find(key, self.language) if self._library is not None and key in self._order else None

    def why_not(self, key: str) -> str:
        """Why there is no such lesson, in a sentence."""
        from workers.contract.errors import ConfigError

        try:
            if self._library is not None:
                self._library.find(key)
        except ConfigError as error:
            return str(error)
        return ""

    def beside(self, key: str, by: int) -> Lesson | None:
        """The lesson after (1) or before (-1) that one."""
        place = self._order.index(key) + by if key in self._order else -1
        return self.find(self._order[place]) if 0 <= place < len(self._order) else None

    def chapter(self, key: str) -> str:
        """Its chapter in the language chosen; for a lesson that has no translation, as another one of the chapter calls it."""
        library = self._library
        if library is None:
            return ""
        base = library.find(key).chapter
        for other in self._order:
            if library.find(other).chapter == base and (other, self.language) in library.lessons:
                return library.lessons[other, self.language].chapter
        return base

    def missing(self, lesson: Lesson) -> str:
        """That there is no translation, in a sentence; empty where there is one."""
        if lesson.language == self.language:
            return ""
        # Qt knows no English without a country.
        name = "English" if lesson.language == BASE_LANGUAGE else QLocale(lesson.language).nativeLanguageName()
        return self.tr("This lesson is not translated yet: it is shown in {0}.").format(name or lesson.language)

    def _look_up(self) -> None:
        reading = self._reading
        if reading is None:
            self._poll.stop()
            return
        try:
            library = reading.poll()
        except Exception as error:  # noqa: BLE001  told to whoever sits there; the rest of the window works
            self._reading = None
            self.problem.emit(self.tr("The lessons could not be read: {0}").format(error))
            return
        if library is not None:
            self._reading = None
            self._library, self._order = library, _by_chapter(library)
            self.ready.emit()


def _by_chapter(library: "Library") -> list[str]:
    """Every lesson in its order, but those of a chapter together, where the first of them stands."""
    order = library.ordered()
    chapters = list(dict.fromkeys(library.find(key).chapter for key in order))
    return sorted(order, key=lambda key: chapters.index(library.find(key).chapter))
