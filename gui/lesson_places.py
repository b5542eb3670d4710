"""Where a lesson's configuration runs: which interpreter it wants, whether that is here, and why it cannot run where it cannot."""

import os
import re
import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from gui.gil import version
from gui.panels.lessons.view import Obstacle
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue, PythonInfo
from workers.lessons.model import Lesson, Setup

translate = QCoreApplication.translate
_VERSION = re.compile(r"(?:python)?(3\.\d+)(t?)")


class Places:
    """Knows the interpreters and what those asked so far can run."""

    def __init__(self, cores: int) -> None:
        self._cores = cores
        self._catalogues: dict[str | None, Catalogue] = {}
        self._pythons: Sequence[PythonInfo] | None = None
        self._python: str | None = None
        """The interpreter in use; None for our own."""
        self._chosen: dict[str, str] = {}
        """By lesson: the interpreter that was chosen for its sake."""
        self._lent: str | None = None
        """The interpreter that a lesson's run was sent to: it is in use for that alone."""

    def set_pythons(self, pythons: Sequence[PythonInfo]) -> None:
        """The interpreters found."""
        self._pythons = pythons

    def set_catalogue(self, catalogue: Catalogue, python: str | None) -> None:
        """What `python` can run: it is in use from now on, unless a lesson's run brought it in."""
        self._catalogues[python] = catalogue
        if python is None or python != self._lent:
            self._python = python

    def choose(self, lesson: Lesson, python: str) -> None:
        """Run this lesson under that interpreter from now on."""
        self._chosen[lesson.key] = python

    def lend(self, config: RunConfig) -> None:
        """This is run next."""
        self._lent = config.python if config.python != self._python else None

    def config(self, lesson: Lesson, setup: Setup) -> tuple[RunConfig, Obstacle | None]:
        """What to run, and what is in its way."""
        config = setup.run_config(self._cores)
        wanted = self._chosen.get(lesson.key) or config.python
        if wanted is None:
            config = config.changed(python=self._python)
            return config, self._unfit(lesson, setup, self._python)
        if os.sep in wanted:
            python = None if wanted == sys.executable else wanted
            return config.changed(python=python), self._unfit(lesson, setup, python)
        if self._pythons is None:
            return config, Obstacle(translate("LessonPlaces", "Looking for Python {0} …").format(wanted))
        found = next((info for info in self._pythons if _is(info, wanted)), None)
        if found is None:
            words = translate(
                "LessonPlaces",
                "This needs Python {0}, and none was found here. Install it, then start Threadmill again.",
            )
            return config, Obstacle(words.format(wanted), lasting=True)
        python = None if found.executable == sys.executable else found.executable
        return config.changed(python=python), self._unfit(lesson, setup, python)

    def words(self, config: RunConfig) -> str:
        """That it runs under another interpreter than the one in use, in a sentence; else nothing."""
        if config.python == self._python:
            return ""
        found = next(
            (info for info in self._pythons or () if info.executable == (config.python or sys.executable)), None
        )
        return (
            translate("LessonPlaces", "It runs under Python {0}.").format(version(found) if found else config.python)
            if found
            else ""
        )

    def _unfit(self, lesson: Lesson, setup: Setup, python: str | None) -> Obstacle | None:
        catalogue = self._catalogues.get(python)
        if catalogue is None:
            return None  # the window asks before it runs
        model = catalogue.models.get(setup.config.model)
        if model is not None and model.unavailable:
            from workers.client.interpreters import who_has

            words = translate("LessonPlaces", "{0} cannot run under Python {1}: {2}.").format(
                model.title, version(catalogue.python), model.unavailable
            )
            has = who_has(model.requires, self._pythons or ()) if model.requires else None
            if has is None:
                return Obstacle(words, lasting=self._pythons is not None)
            return Obstacle(words, has.executable, version(has))
        from workers.lessons.library import check

        try:
            check(lesson, setup, catalogue)
        except ConfigError as error:
            return Obstacle(str(error), lasting=True)
        return None


def _is(info: PythonInfo, wanted: str) -> bool:
    """Whether an interpreter is the version that a lesson names, such as 3.14 or 3.14t."""
    named = _VERSION.fullmatch(wanted)
    if named is None:
        return os.path.basename(info.executable) == wanted
    return info.version.startswith(f"{named[1]}.") and info.free_threaded == bool(named[2])
