"""Recording: a finished run as it is kept, and its way into bytes and back. Whatever comes back has been checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.contract import strict_json
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.spans import SpanKind
from workers.recordings import schema
from workers.recordings.errors import RecordingError
from workers.recordings.layout import Columns, pack, unpack

ENDING = ".threadmill"
LONGEST_NAME = 120
_FARTHEST_NS = 10**18


@dataclass(frozen=True)
class Recording:
    """One kept run."""

    head: Mapping[str, Any]
    """See `resources/schema/kept.v1.json`."""
    summary: Mapping[str, Any]
    """As `workers.insight.summary` makes it, without what was printed and with the first processes and lanes only."""
    columns: Columns
    """See `workers.recordings.layout.BLOCKS`."""

    @property
    def id(self) -> str:
        """Unique, and in the order of time."""
        return str(self.head["id"])

    @property
    def config(self) -> RunConfig:
        """What was run."""
        return RunConfig.from_plain(self.summary["config"])

    @property
    def config_plain(self) -> dict[str, Any]:
        """The same as in the JSON."""
        return dict(self.summary["config"])

    def changed(self, **head: Any) -> "Recording":
        """A copy with another name, pinned or not, or with another id."""
        return replace(self, head={**self.head, **head})

    def to_bytes(self) -> bytes:
        """As a file. Raises ValueError where it is too large or not as the schema says."""
        for name, value, rule in (("head", self.head, "kept.v1"), ("summary", self.summary, "run.v1")):
            problem = schema.fault(dict(value), rule)
            if problem:
                raise ValueError(f"its {name}: {problem}")
        texts = {
            name: json.dumps(dict(value), allow_nan=False, separators=(",", ":")).encode()
            for name, value in (("head", self.head), ("summary", self.summary))
        }
        return pack(texts, self.columns)

    @classmethod
    def from_bytes(cls, raw: bytes, file: str) -> "Recording":
        """From a file called `file`. Raises RecordingError, and nothing else, whatever `raw` is."""
        texts, columns = unpack(raw, file)
        head, summary = (
            _read(texts[name], name, rule, file) for name, rule in (("head", "kept.v1"), ("summary", "run.v1"))
        )
        try:
            RunConfig.from_plain(summary["config"])
        except (ConfigError, TypeError) as error:
            reason = f"its configuration cannot be: {str(error).rstrip('.')}"
            raise RecordingError(file, texts["summary"][0], reason) from None
        problem = _column_fault(columns, len(head["lanes"]))
        if problem:
            raise RecordingError(file, texts["summary"][0] + len(texts["summary"][1]), problem)
        return cls(head, summary, columns)


def read_summary(raw: bytes, file: str) -> dict[str, Any]:
    """What `threadmill run --json` wrote. Raises RecordingError."""
    return _read((0, raw), "content", "run.v1", file)


def _read(text: tuple[int, bytes], name: str, rule: str, file: str) -> dict[str, Any]:
    start, raw = text
    try:
        value = strict_json.read(raw)
    except strict_json.BadJson as error:
        raise RecordingError(file, start + error.offset, f"its {name}: {error}") from None
    problem = schema.fault(value, rule)
    if not problem and not all(_sound(part) for part in _strings(value)):
        problem = "it holds half a character"
    if problem:
        raise RecordingError(file, start, f"its {name}: {problem}")
    return dict(value)


def _strings(value: Any) -> list[str]:
    found, rest = [], [value]
    while rest:
        item = rest.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            found += item
            rest += item.values()
        elif isinstance(item, list):
            rest += item
    return found


def _sound(text: str) -> bool:
    """Whether it can be written down: half of a surrogate pair cannot."""
    return text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text)


def _column_fault(columns: Mapping[str, NDArray[Any]], lanes: int) -> str:
    """What of the columns contradicts itself; empty where nothing does."""
    edges, accounts = columns["account_edges"], columns["accounts"]
    start, end, lane, kind = (columns[f"span_{name}"] for name in ("start", "end", "lane", "kind"))
    if not (np.isfinite(edges).all() and np.isfinite(accounts).all()):
        return "accounts hold what is no number"
    if len(edges) != (len(accounts) + 1 if len(accounts) else 0) or (np.diff(edges) <= 0).any() or (accounts < 0).any():
        return "accounts contradict their times"
    if accounts.size and (accounts.max() > 1e9 or np.abs(edges).max() > 1e9):
        return "accounts are out of range"
    for name in ("throughput", "queue", "service"):
        if columns[name].size and not 0 <= columns[name].min() <= columns[name].max() <= 2**50:
            return f"{name} counts what cannot be"
    if not len(start) == len(end) == len(lane) == len(kind):
        return "spans have columns of different lengths"
    if len(lane) and not 0 <= lane.min() <= lane.max() < lanes:
        return "spans are of lanes that there are not"
    if len(kind) and kind.max() > max(SpanKind):
        return "spans are of a kind that there is not"
    if len(start) and ((end < start).any() or start.min() < -_FARTHEST_NS or end.max() > _FARTHEST_NS):
        return "spans end before they begin"
    return ""
