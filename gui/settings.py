"""What the window remembers: one JSON file, checked on reading, replaced as a whole on writing. Never executed, never pickled."""

import base64
import binascii
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from workers.client.places import config_dir
from workers.client.private_file import write_private
from workers.contract import strict_json
from workers.contract.config import RunConfig
from workers.contract.memory import AUTOMATIC
from workers.contract.memory import problem_of as limit_problem
from workers.insight.history import DEFAULT_MB, problem_of
from workers.recordings.bounds import DEFAULT_MB as DEFAULT_RUNS_MB
from workers.recordings.bounds import DEFAULT_RUNS, LEAST_MB, MOST_MB, MOST_RUNS

VERSION = 1
SIZE_LIMIT = 1 << 20
THEMES = ("system", "light", "dark")
LANGUAGES = ("system", "en", "zh_CN")
MODES = ("explore", "lessons", "own", "compare")
MOST_RECENT = 10


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
    def from_plain(cls, data: object) -> "Settings":
        """From decoded JSON. Raises ValueError with the reason where it is not what `plain` writes."""
        if not isinstance(data, dict):
            raise ValueError("not a table")
        if data.get("version") != VERSION:
            raise ValueError(f"version {data.get('version')!r}, not {VERSION}")
        made = cls()
        unknown = sorted(set(data) - set(made.plain()))
        if unknown:
            raise ValueError(f"unknown entry {unknown[0]!r}")
        made.theme = data.get("theme", made.theme)
        if made.theme not in THEMES:
            raise ValueError(f"theme {made.theme!r}")
        scale = data.get("scale", made.scale)
        if isinstance(scale, bool) or not isinstance(scale, (int, float)) or not 0.5 <= scale <= 4:
            raise ValueError(f"scale {scale!r}")
        made.scale = float(scale)
        try:
            made.geometry = base64.b64decode(data.get("geometry", ""), validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise ValueError("geometry is not base64") from None
        sizes = data.get("splitter", [])
        if (
            not isinstance(sizes, list)
            or len(sizes) > 16
            or not all(type(size) is int and 0 <= size < 100_000 for size in sizes)
        ):
            raise ValueError("splitter sizes")
        made.splitter = sizes
        if data.get("config") is not None:
            made.config = RunConfig.from_plain(data["config"])
        for name, choices in (("language", LANGUAGES), ("mode", MODES), ("script", (None, True, False))):
            value = data.get(name, getattr(made, name))
            if value not in choices or type(value) not in {type(choice) for choice in choices}:
                raise ValueError(f"{name} {value!r}")
            setattr(made, name, value)
        for name in ("lessons_folder", "lesson"):
            value = data.get(name, "")
            if not isinstance(value, str) or len(value) > 4096:
                raise ValueError(f"{name} {value!r}")
            setattr(made, name, value)
        own = data.get("own", {})
        if not isinstance(own, dict) or not all(isinstance(item, str) for pair in own.items() for item in pair):
            raise ValueError("own function")
        made.own = {name: own[name] for name in ("file", "function", "inputs") if name in own}
        sweep = data.get("sweep", {})
        if not isinstance(sweep, dict) or not all(
            isinstance(item, str) and len(item) <= 4096 for pair in sweep.items() for item in pair
        ):
            raise ValueError("sweep")
        made.sweep = sweep
        recent = data.get("recent", [])
        if not isinstance(recent, list) or not all(isinstance(item, str) and len(item) <= 4096 for item in recent):
            raise ValueError("recent files")
        made.recent = recent[:MOST_RECENT]
        side = data.get("side", 0)
        if type(side) is not int or not 0 <= side < 100_000:
            raise ValueError(f"side {side!r}")
        made.side = side
        progress = data.get("progress", {})
        if not isinstance(progress, dict):
            raise ValueError("progress is no table")
        made.progress = progress
        made.history_mb = data.get("history_mb", made.history_mb)
        problem = problem_of(made.history_mb)
        if problem:
            raise ValueError(problem)
        made.memory_limit_mb = data.get("memory_limit_mb", made.memory_limit_mb)
        problem = limit_problem(made.memory_limit_mb)
        if problem:
            raise ValueError(problem)
        for name, least, most in (("runs_kept", 0, MOST_RUNS), ("runs_mb", LEAST_MB, MOST_MB)):
            number = data.get(name, getattr(made, name))
            if type(number) is not int or not least <= number <= most:
                raise ValueError(f"{name} {number!r}")
            setattr(made, name, number)
        return made


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
            settings = Settings.from_plain(strict_json.read(raw))
        except (ValueError, RecursionError, TypeError):
            self._put_aside()
            return Settings()
        self._look_ahead()
        return settings

    def _look_ahead(self) -> None:
        """Say now that nothing can be kept: at the end nobody would read it."""
        place = next((parent for parent in self.path.parents if parent.exists()), self.path.parent)
        if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
            self.problem = QCoreApplication.translate(
                "SettingsFile", "Settings cannot be kept in {0}: it cannot be written."
            ).format(place)

    def _put_aside(self) -> None:
        kept = self.path.with_name(self.path.name + ".bak")
        try:
            os.replace(self.path, kept)
        except OSError as error:
            self.problem = QCoreApplication.translate(
                "SettingsFile", "The settings were damaged and could not be kept ({0}); the defaults hold."
            ).format(error.strerror)
        else:
            self.problem = QCoreApplication.translate(
                "SettingsFile", "The settings were damaged: the defaults hold, the old file is kept as {0}."
            ).format(kept.name)

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
