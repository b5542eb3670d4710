"""What interpreters said of themselves, kept between starts: one JSON file, checked on reading, replaced as a whole on writing."""

import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workers.client.places import cache_dir
from workers.client.private_file import write_private
from workers.client.probe import read_info
from workers.contract import strict_json
from workers.contract.info import PythonInfo

VERSION = 1
SIZE_LIMIT = 1 << 20
FRESH_S = 24 * 3600.0
"""Modules may be installed later: an older answer is asked for again."""
FAILED_FRESH_S = 600.0
"""What did not answer may have been busy."""
FORGOTTEN_S = 30 * FRESH_S

Answer = PythonInfo | str
"""What it is, or in one sentence why it is of no use."""


class ProbeCache:
    """Answers by path; each holds only for the very file that gave it."""

    def __init__(self, path: Path | None = None) -> None:
        """Read the file. One that is missing or damaged is an empty cache."""
        self.path = path or cache_dir() / "pythons.json"
        self._entries: dict[str, dict[str, Any]] = {}
        self._changed = False
        try:
            with self.path.open("rb") as file:
                raw = file.read(SIZE_LIMIT + 1)
            data = strict_json.read(raw) if len(raw) <= SIZE_LIMIT else None
        except (OSError, ValueError, RecursionError):
            return  # it is rewritten when there is something to keep
        if isinstance(data, dict) and data.get("version") == VERSION and isinstance(data.get("pythons"), dict):
            self._entries = {path: entry for path, entry in data["pythons"].items() if isinstance(entry, dict)}

    def get(self, python: str) -> Answer | None:
        """What was answered, or None where it must be asked (again)."""
        entry = self._entries.get(python)
        if entry is None or entry.get("stamp") != _stamp(python):
            return None
        error, asked = entry.get("error"), entry.get("asked")
        fresh = FAILED_FRESH_S if error is not None else FRESH_S
        if not isinstance(asked, (int, float)) or not 0 <= time.time() - asked < fresh:
            return None
        if error is not None:
            return error if isinstance(error, str) else None
        try:
            return read_info(entry.get("info"))
        except ValueError:
            return None

    def put(self, python: str, answer: Answer) -> None:
        """Remember an answer; `save` writes it."""
        kept = {"error": answer} if isinstance(answer, str) else {"info": asdict(answer)}
        self._entries[python] = {"stamp": _stamp(python), "asked": time.time(), **kept}
        self._changed = True

    def save(self) -> None:
        """Write the file where something changed, without what has not been asked for a month."""
        if not self._changed:
            return
        now = time.time()
        kept = {
            path: entry
            for path, entry in self._entries.items()
            if isinstance(asked := entry.get("asked"), (int, float)) and now - asked < FORGOTTEN_S
        }
        text = json.dumps({"version": VERSION, "pythons": kept}, indent=1)
        try:
            write_private(self.path, text)
        except OSError:
            return  # a cache that cannot be kept costs the next start half a second, and is worth no word
        self._changed = False


def _stamp(python: str) -> list[object]:
    """What changes when another Python stands at this path, or this one would answer otherwise."""
    real = os.path.realpath(python)
    try:
        state = os.stat(real)
    except OSError:
        return [real]
    return [real, state.st_size, state.st_mtime_ns, os.environ.get("PYTHON_GIL", "")]
