"""Which files of the user's may be imported: those that were shown and trusted, by the hash of their contents.

`trusted.json` in the configuration directory; a changed file has another hash, and is asked for again.
"""

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from workers.client.places import config_dir
from workers.client.private_file import write_private
from workers.contract import strict_json

VERSION = 1
MOST = 500
"""Files that are remembered; the oldest are forgotten, and asked for again."""
SIZE_LIMIT = 1 << 20
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass
class Trust:
    """The files that are trusted. A file that cannot be written is no reason to ask twice in one session."""

    path: Path
    known: dict[str, str] = field(default_factory=dict)
    """Name of the file when it was trusted, by hash; the latest last."""
    problem: str = ""
    """Why what is remembered could not be read or written, in a sentence."""

    def trusts(self, sha256: str) -> bool:
        """Whether a file with this hash may be imported."""
        return sha256 in self.known

    def add(self, sha256: str, name: str) -> None:
        """Trust it from now on, and write that down."""
        self.known.pop(sha256, None)
        self.known[sha256] = name[:1000]
        while len(self.known) > MOST:
            del self.known[next(iter(self.known))]
        self._write()

    def forget(self) -> None:
        """Trust nothing any more."""
        self.known.clear()
        self._write()

    def _write(self) -> None:
        data = json.dumps({"version": VERSION, "files": self.known}, indent=1)
        try:
            write_private(self.path, data)
        except OSError as error:
            self.problem = f"{self.path} cannot be written ({error.strerror}): files will be asked for again."


def trusted(path: Path | None = None) -> Trust:
    """What is remembered. A damaged file is kept as .bak, and nothing is trusted."""
    path = path or config_dir() / "trusted.json"
    found = Trust(path)
    try:
        with open(path, "rb") as file:
            found.known = _checked(file.read(SIZE_LIMIT + 1))
    except FileNotFoundError:
        pass
    except OSError as error:
        found.problem = f"{path} cannot be read ({error.strerror}): files will be asked for again."
    except (ValueError, RecursionError) as error:
        found.problem = (
            f"{path.name} was damaged ({error}): it is kept as {path.name}.bak, and files will be asked for again."
        )
        try:
            os.replace(path, f"{path}.bak")
        except OSError:
            pass  # it stays where it is, and is not believed
    return found


def _checked(raw: bytes) -> dict[str, str]:
    """The table in it. Raises ValueError with the reason where there is none."""
    if len(raw) > SIZE_LIMIT:
        raise ValueError("too long")
    data = strict_json.read(raw)
    if not isinstance(data, dict) or data.get("version") != VERSION or set(data) != {"version", "files"}:
        raise ValueError(f"not version {VERSION}")
    files = data["files"]
    if not isinstance(files, dict) or len(files) > MOST:
        raise ValueError("its table of files")
    for key, name in files.items():
        if not _HASH.fullmatch(key) or not isinstance(name, str) or len(name) > 1000:
            raise ValueError(f"its entry {key[:80]!r}")
    return files
