"""What the window remembers: one JSON file, checked on reading, replaced as a whole on writing. Never executed, never pickled."""

import base64
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from gui.settings_values import READERS
from workers.client.places import config_dir
from workers.client.private_file import write_private
from workers.contract import strict_json
from workers.contract.config import RunConfig
from workers.contract.memory import AUTOMATIC
from workers.insight.history import DEFAULT_MB
from workers.recordings.bounds import DEFAULT_MB as DEFAULT_RUNS_MB
from workers.recordings.bounds import DEFAULT_RUNS

VERSION = 1
SIZE_LIMIT = 1 << 20
NAMED = 3
"""So many bad values are named; the rest is counted."""
LONGEST_BAD = 60


@dataclass
class Settings:
    """The remembered values, with their defaults."""

    theme: str = "system"
    scale: float = 1.0
    geometry: bytes = b""
    """As QWidget.saveGeometry gives it; empty for none."""
    splitter: list[int] = field(default_factory=list)
    config: RunConfig | None = None
    """The last choice."""
    language: str = "system"
    mode: str = "explore"
    side: int = 0
    """Width of the right column; 0 for the usual one."""
    script: bool | None = None
    """Whether the script stands beside the charts; None: where there is room."""
    lessons_folder: str = ""
    """Where the person's own lessons stand; empty for nowhere."""
    lesson: str = ""
    """Key of the lesson shown last."""
    progress: dict[str, Any] = field(default_factory=dict)
    """How far each lesson was taken: see gui.panels.lessons.progress, which checks it."""
    own: dict[str, str] = field(default_factory=dict)
    """The person's own function that was chosen last: file, function and inputs."""
    sweep: dict[str, str] = field(default_factory=dict)
    """What was measured last: see gui.controls.sweep_form, which takes of it what makes sense."""
    recent: list[str] = field(default_factory=list)
    """Files of own functions that were used, the latest first."""
    history_mb: int = DEFAULT_MB
    """Memory for the single spans of a run: see workers.insight.history."""
    runs_kept: int = DEFAULT_RUNS
    """Finished runs that are kept on disk; 0 for none: see workers.recordings.shelf."""
    runs_mb: int = DEFAULT_RUNS_MB
    """What they may take together."""
    memory_limit_mb: int = AUTOMATIC
    """What a run may take of memory: see workers.contract.memory."""

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {
            "version": VERSION,
            "theme": self.theme,
            "scale": self.scale,
            "geometry": base64.b64encode(self.geometry).decode("ascii"),
            "splitter": list(self.splitter),
            "config": None if self.config is None else self.config.plain(),
            "language": self.language,
            "mode": self.mode,
            "side": self.side,
            "script": self.script,
            "lessons_folder": self.lessons_folder,
            "lesson": self.lesson,
            "progress": self.progress,
            "history_mb": self.history_mb,
            "own": self.own,
            "sweep": self.sweep,
            "recent": self.recent,
            "runs_kept": self.runs_kept,
            "runs_mb": self.runs_mb,
            "memory_limit_mb": self.memory_limit_mb,
        }

    @classmethod
    def from_plain(cls, data: object) -> tuple["Settings", list[str]]:
        """From decoded JSON: what is as `plain` writes it, defaults for the rest; and what is not, name and value.

        Raises ValueError where it is no table of ours at all.
        """
        if not isinstance(data, dict):
            raise ValueError("not a table")
        if data.get("version") != VERSION:
            raise ValueError(f"version {data.get('version')!r}, not {VERSION}")
        made, bad = cls(), []
        for name, value in data.items():
            if name == "version":
                continue
            try:
                setattr(made, name, READERS[name](value))
            except (KeyError, ValueError, TypeError):  # ConfigError is a ValueError
                bad.append(f"{name} {json.dumps(value, ensure_ascii=True)}"[:LONGEST_BAD])
        return made, bad


def settings_path() -> Path:
    """Where the file stands: in the configuration directory (see workers.client.places)."""
    return config_dir() / "settings.json"


class SettingsFile:
    """Reads and writes the settings. `problem` says in one sentence what was wrong with the file, if anything."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings_path()
        self.problem = ""

    def load(self) -> Settings:
        """The settings; the defaults where there is no file or a damaged one, which is kept as `.bak`."""
        try:
            with self.path.open("rb") as file:
                raw = file.read(SIZE_LIMIT + 1)
        except FileNotFoundError:
            self._look_ahead()
            return Settings()
        except OSError as error:
            self.problem = QCoreApplication.translate(
                "SettingsFile", "The settings could not be read ({0}); the defaults hold."
            ).format(error.strerror)
            return Settings()
        try:
            if len(raw) > SIZE_LIMIT:
                raise ValueError("larger than 1 MiB")
            settings, bad = Settings.from_plain(strict_json.read(raw))
        except (ValueError, RecursionError, TypeError):
            self._put_aside()
            return Settings()
        if bad:
            self._put_aside(bad)
        else:
            self._look_ahead()
        return settings

    def _look_ahead(self) -> None:
        """Say now that nothing can be kept: at the end nobody would read it."""
        place = next((parent for parent in self.path.parents if parent.exists()), self.path.parent)
        if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
            self.problem = QCoreApplication.translate(
                "SettingsFile", "Settings cannot be kept in {0}: it cannot be written."
            ).format(place)

    def _put_aside(self, bad: Sequence[str] = ()) -> None:
        """`bad`: which values could not be, where the others could."""
        kept = self.path.with_name(self.path.name + ".bak")
        try:
            os.replace(self.path, kept)
        except OSError as error:
            self.problem = QCoreApplication.translate(
                "SettingsFile", "The settings were damaged and could not be kept ({0}); the defaults hold."
            ).format(error.strerror)
            return
        if not bad:
            self.problem = QCoreApplication.translate(
                "SettingsFile", "The settings were damaged: the defaults hold, the old file is kept as {0}."
            ).format(kept.name)
            return
        named = QCoreApplication.translate("SettingsFile", ", ").join(bad[:NAMED])
        if len(bad) > NAMED:
            named = QCoreApplication.translate("SettingsFile", "{0} and {1} more").format(named, len(bad) - NAMED)
        self.problem = QCoreApplication.translate(
            "SettingsFile",
            "In the settings this cannot be: {0}. Defaults hold in its place, the rest as it was; the old file is kept as {1}.",
        ).format(named, kept.name)

    def save(self, settings: Settings) -> bool:
        """Write them; the old file stays whole until the new one is. False (and `problem`) where the system refused."""
        text = json.dumps(settings.plain(), indent=1)
        try:
            write_private(self.path, text)
        except OSError as error:
            self.problem = QCoreApplication.translate("SettingsFile", "The settings could not be saved: {0}.").format(
                error.strerror
            )
            return False
        return True
