"""Finds the lessons of a folder: `KEY.md`, and `KEY.LANGUAGE.md` for its translations. One that is broken is named, the rest load.

What lies in a folder may be anything: only regular files are opened, and how much is read of how many is bounded.
"""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from workers.contract.errors import ConfigError, unknown_name
from workers.contract.info import BrokenFile, Catalogue
from workers.lessons.model import BASE_LANGUAGE, Lesson, LessonError, Setup
from workers.lessons.parse import Source, lesson, take_apart, translated

SHIPPED = Path(__file__).parents[2] / "resources" / "lessons"
FILE_BYTES = 256 << 10
MOST_FILES = 500
MOST_NAMES = 20_000
"""So many names of a folder are looked at, whatever they are."""
_FILE = re.compile(r"(?P<key>[^.]+)(?:\.(?P<language>[A-Za-z]{2,3}(?:_[A-Za-z]{2,4})?))?\.md")


@dataclass(frozen=True)
class Library:
    """All lessons that could be read, and what could not."""

    lessons: dict[tuple[str, str], Lesson]
    """By key and language."""
    broken: tuple[BrokenFile, ...]
    unread: tuple[BrokenFile, ...] = ()
    """Folders that could not be read; they stand in `broken` as well."""

    def ordered(self) -> list[str]:
        """Every lesson, in the order in which they are to be shown."""
        first = {key: self.find(key) for key in {key for key, _ in self.lessons}}
        return sorted(first, key=lambda key: (first[key].order, key))

    def languages(self, key: str) -> list[str]:
        """In which languages there is a lesson; its own first."""
        found = sorted(language for other, language in self.lessons if other == key)
        return sorted(found, key=lambda language: language != BASE_LANGUAGE)

    def find(self, key: str, language: str = BASE_LANGUAGE) -> Lesson:
        """The lesson in that language, or where there is no translation in the one it has. Raises ConfigError where there is none."""
        for wanted in (language, *(self.languages(key))):
            if (key, wanted) in self.lessons:
                return self.lessons[key, wanted]
        for broken in self.broken_of(key):
            raise ConfigError(f"The lesson {key!r} is broken: {broken.error}", "lesson")
        raise unknown_name("lesson", key, {other for other, _ in self.lessons}, "lesson")

    def broken_of(self, key: str) -> list[BrokenFile]:
        """The files of a lesson, or of its translations, that are broken."""
        return [item for item in self.broken if Path(item.path).name.split(".")[0] == key]

    def missing(self, key: str, language: str) -> str:
        """That a translation is missing, in one sentence; empty where it is there."""
        shown = self.find(key, language)
        if shown.language == language:
            return ""
        return f"The lesson {key!r} has no translation {language}: it is shown in {shown.language}."


def load(folders: Iterable[Path] = (SHIPPED,)) -> Library:
    """The lessons of these folders; where two have the same key, that of the first one counts."""
    lessons: dict[tuple[str, str], Lesson] = {}
    broken: list[BrokenFile] = []
    unread: list[BrokenFile] = []
    for folder in folders:
        taken = {key for key, _ in lessons}
        try:
            with os.scandir(folder) as names:
                found = (folder / item.name for item in islice(names, MOST_NAMES) if item.name.endswith(".md"))
                paths = sorted(islice(found, MOST_FILES + 1))
        except OSError as error:
            unread.append(BrokenFile(str(folder), f"The folder {folder} cannot be read: {error.strerror or error}."))
            broken.append(unread[-1])
            continue
        if len(paths) > MOST_FILES:
            del paths[MOST_FILES:]
            broken.append(
                BrokenFile(
                    str(folder), f"The folder {folder} has more than {MOST_FILES} lessons: the rest are left out."
                )
            )
        sources = _sources(paths, broken)
        bases = {key: source for (key, language), source in sources.items() if language == BASE_LANGUAGE}
        spoilt = {Path(item.path).name for item in broken if Path(item.path).parent == folder}
        # A base before its translations, so that what is wrong in it is said of it.
        for (key, language), source in sorted(sources.items(), key=lambda item: item[0][1] != BASE_LANGUAGE):
            if key in taken or (language != BASE_LANGUAGE and f"{key}.md" in spoilt):
                continue
            try:
                whole = translated(bases[key], source) if language != BASE_LANGUAGE and key in bases else source
                lessons[key, language] = lesson(key, language, whole)
            except LessonError as error:
                broken.append(BrokenFile(source.name, str(error)))
                spoilt.add(Path(source.name).name)
    return Library(lessons, tuple(broken), tuple(unread))


def _sources(paths: list[Path], broken: list[BrokenFile]) -> dict[tuple[str, str], Source]:
    sources: dict[tuple[str, str], Source] = {}
    for path in paths:
        named = _FILE.fullmatch(path.name)
        try:
            if named is None:
                raise LessonError(str(path), 1, "a lesson's file is named KEY.md, or KEY.zh_CN.md for a translation.")
            source = take_apart(str(path), _read(path))
            sources[named["key"], named["language"] or BASE_LANGUAGE] = source
        except LessonError as error:
            broken.append(BrokenFile(str(path), str(error)))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            broken.append(BrokenFile(str(path), f"{path}, line {line}: it is not UTF-8."))
        except OSError as error:
            broken.append(BrokenFile(str(path), f"{path} cannot be read: {error.strerror or error}."))
    return sources


def _read(path: Path) -> str:
    """The text of a file. Raises OSError, UnicodeDecodeError or LessonError.

    A FIFO would wait for its writer and a device might do anything: neither is opened.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("it is no regular file")
    # Should it have become one since, nobody waits.
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with open(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError("it is no regular file")
        data = file.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        raise LessonError(str(path), 1, f"a lesson has at most {FILE_BYTES >> 10} KiB, and this file has more.")
    return data.decode("utf-8-sig")


def check(chosen: Lesson, setup: Setup, catalogue: Catalogue) -> None:
    """See that this interpreter can run it. Raises ConfigError, with file and line, for an unknown model or an unfit value."""
    try:
        catalogue.resolve(setup.config)
    except ConfigError as error:
        raise ConfigError(
            f"{chosen.file}, line {setup.line}, configuration {setup.name!r}: {error}", error.field
        ) from None
