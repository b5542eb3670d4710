"""Files that are called like a Python and say what a test wants; each notes how often it was asked."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from workers.contract.info import PythonInfo

TRANSCRIPT = Path(__file__).parents[1] / "data" / "python3.14t.txt"
PLAIN = PythonInfo("", "3.13.1", "cpython", True, ("fork", "spawn", "forkserver"), 64)


def answer(**changes: Any) -> str:
    """What introspect.py prints under an interpreter that is PLAIN but for the changes."""
    return json.dumps({**asdict(PLAIN), **changes})


def free_threaded_answer() -> str:
    """What it prints under python3.14t, from the transcript."""
    return TRANSCRIPT.read_text().splitlines()[-1]


def fake_python(path: Path, says: str = "", then: str = "") -> Path:
    """An executable at `path` that prints `says`, whatever it is asked, and goes on with the shell command `then`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.with_name(f".{path.name}.says")
    text.write_text(f"{says}\n" if says else "")
    path.write_text(f"#!/bin/sh\necho asked >> '{path}.asked'\n/bin/cat '{text}'\n{then}\n")
    path.chmod(0o755)
    return path


def times_asked(path: Path) -> int:
    """How often a fake was run."""
    notes = Path(f"{path}.asked")
    return len(notes.read_text().splitlines()) if notes.exists() else 0


def venv_of(python: Path, folder: Path) -> Path:
    """What `venv` makes of an interpreter, as far as finding it goes: a link to it beside a pyvenv.cfg. Returns the link."""
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text(f"home = {python.parent}\n")
    link = folder / "bin" / python.name
    link.symlink_to(python)
    return link
