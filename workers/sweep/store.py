"""What a sweep has measured, on disk: one JSON file a sweep, replaced as a whole after every round, checked on reading.

A sweep is known by what it measures: workload and parameters, the contents of the files it calls, and the versions of its
interpreters. Where one of them has changed, what was measured is not of the same thing, and it begins anew. With other models,
workers or repeats it is the same one: cells that were measured count.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workers.client.places import cache_dir
from workers.client.private_file import write_private
from workers.contract import strict_json
from workers.contract.config import RunConfig
from workers.contract.sweep import MOST_CELLS, Cell, CellResult, SweepPlan

VERSION = 1
SIZE_LIMIT = 8 << 20
MOST_FILES = 40
"""Sweeps that are kept; the oldest go."""
MOST_READ = 64 << 20
"""Bytes of a file of the user's that its fingerprint is of."""


@dataclass(frozen=True)
class Kept:
    """What was there of a sweep."""

    results: Mapping[Cell, CellResult]
    problem: str = ""
    """Why there is nothing, where there was a file; a sentence."""

    def rounds(self, cells: Iterable[Cell]) -> int:
        """How many rounds were measured of these."""
        return sum(len(self.results[cell].rounds) for cell in cells if cell in self.results)


NOTHING = Kept({})


def sweeps_dir() -> Path:
    """Where they lie."""
    return cache_dir() / "sweeps"


def key_of(plan: SweepPlan, pythons: Mapping[str, str]) -> str:
    """The name of a sweep. `pythons`: versions, by interpreter."""
    base = plan.base
    work = [base.workload, dict(base.params), base.python, base.seed, plan.size_param, plan.halving]
    text = json.dumps([VERSION, work, dict(sorted(pythons.items())), _fingerprint(base)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _fingerprint(config: RunConfig) -> list[str]:
    """What the files are that the parameters name: a function's own, and the one with its inputs."""
    found = []
    for name, value in sorted(config.params.items()):
        if not isinstance(value, str) or not value:
            continue
        path = value.removeprefix("@")
        if value.startswith("@") and not os.path.isfile(path):
            path = path.rpartition(":")[0]
        if path and os.path.isfile(path):
            try:
                with open(path, "rb") as file:
                    found.append(f"{name} {hashlib.sha256(file.read(MOST_READ)).hexdigest()}")
            except OSError as error:
                found.append(f"{name} {error.errno}")
    return found


class SweepStore:
    """The file of one sweep."""

    def __init__(self, plan: SweepPlan, pythons: Mapping[str, str], folder: Path | None = None) -> None:
        self._plan, self._pythons = plan, dict(pythons)
        self._folder = folder or sweeps_dir()
        self.key = key_of(plan, pythons)
        self.path = self._folder / f"{self.key}.json"

    def load(self) -> Kept:
        """What was measured before. A damaged file is put aside, which `problem` says."""
        try:
            with self.path.open("rb") as file:
                raw = file.read(SIZE_LIMIT + 1)
        except FileNotFoundError:
            return NOTHING
        except OSError as error:
            return Kept({}, f"What was measured before could not be read ({error.strerror}): it begins anew.")
        try:
            if len(raw) > SIZE_LIMIT:
                raise ValueError("it is too large")
            return self._checked(strict_json.read(raw))
        except (ValueError, TypeError, RecursionError) as error:
            kept = self.path.with_suffix(".bak")
            try:
                os.replace(self.path, kept)
            except OSError:
                return Kept({}, f"What was measured before is damaged ({error}): it begins anew.")
            return Kept(
                {}, f"What was measured before is damaged ({error}): it begins anew, the old file is {kept.name}."
            )

    def _checked(self, data: object) -> Kept:
        if not isinstance(data, dict) or data.get("version") != VERSION or data.get("key") != self.key:
            raise ValueError("it is of another version or sweep")
        listed = data.get("results")
        if not isinstance(listed, list) or len(listed) > MOST_CELLS:
            raise ValueError("its results are no list")
        results = {result.cell: result for result in map(CellResult.from_plain, listed)}
        return Kept(results)

    def save(self, results: Sequence[CellResult]) -> str:
        """Write it; the old file stays whole until the new one is. Returns what went wrong, in a sentence, or nothing."""
        told = {
            "version": VERSION,
            "key": self.key,
            "plan": self._plan.plain(),
            "pythons": self._pythons,
            "results": [result.plain() for result in results if result.rounds or result.error],
        }
        text = json.dumps(told, allow_nan=False)
        if len(text) > SIZE_LIMIT:
            return "This sweep is too large to be kept: it cannot be continued later."
        try:
            write_private(self.path, text)
        except OSError as error:
            return f"What is measured cannot be kept ({error.strerror}): if it is interrupted, it begins anew."
        return ""

    def forget(self) -> None:
        """Remove what was measured before, and of other sweeps the oldest, where there are many."""
        self.path.unlink(missing_ok=True)
        try:
            files = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
            for path in files[MOST_FILES - 1 :]:
                path.unlink(missing_ok=True)
        except OSError:
            return  # somebody else is at it; the next sweep tries again


def kept_rounds(plan: SweepPlan, cells: Iterable[Cell], pythons: Mapping[str, str], folder: Path | None = None) -> int:
    """How many rounds of these cells are there already, so that it could go on."""
    return SweepStore(plan, pythons, folder).load().rounds(cells)
