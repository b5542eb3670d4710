"""How two runs differ: what was changed, what came of it, and why one should be careful with it. Keys and numbers; words.py says them.

One run each says nothing on chance, and nothing here pretends to: there is no test and no interval.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workers.insight.split import NAMES
from workers.recordings.capture import TURNS, partial_of, totals
from workers.recordings.recording import Recording

SECTIONS = ("changed", "result", "findings", "accounts", "latency", "processes", "losses")
"""In this order: what is short and says most comes first."""
PERCENTILES = ("p50", "p90", "p99", "max")


@dataclass(frozen=True)
class Side:
    """One of the two."""

    summary: Mapping[str, Any]
    totals: Mapping[str, Any]
    key: str = ""
    """Its id, or the file that it came from."""
    name: str = ""
    partial: str = ""
    machine: Mapping[str, Any] | None = None
    """None: not known."""
    program: str = ""

    @classmethod
    def of(cls, recording: Recording) -> "Side":
        """A kept run."""
        head = recording.head
        return cls(
            recording.summary,
            head["totals"],
            recording.id,
            head["name"],
            head["partial"],
            head["machine"],
            head["program"],
        )

    @classmethod
    def of_summary(cls, summary: Mapping[str, Any], key: str) -> "Side":
        """What `threadmill run --json` wrote to the file `key`."""
        return cls(summary, totals(summary), key, "", partial_of(summary))


@dataclass(frozen=True)
class Line:
    """One thing in which they may differ."""

    section: str
    """One of SECTIONS."""
    key: str
    """What it is, such as "throughput", "account.gil" or "latency.service.p50"; see words.py."""
    a: Any
    b: Any
    """Numbers, texts or None for what is not known."""
    unit: str = ""
    """per_s, s, bytes, count, or empty for texts."""
    sense: str = ""
    """How more and less are called: speed, time or amount; empty for texts."""
    whole: tuple[float, float] | None = None
    """Of which A's and B's are a part."""
    detail: str = ""
    """The name of a parameter, the title of a finding."""

    @property
    def difference(self) -> float | None:
        """B less A; None where one is not known, or they are texts."""
        return None if not self.unit or self.a is None or self.b is None else self.b - self.a

    @property
    def relative(self) -> float | None:
        """The difference as a part of A; None where that is not known, or A is nothing."""
        return None if self.difference is None or not self.a else self.difference / self.a

    @property
    def shares(self) -> tuple[float, float] | None:
        """What part of its whole each is, from 0 to 1."""
        if self.whole is None or not all(self.whole) or self.a is None or self.b is None:
            return None
        return self.a / self.whole[0], self.b / self.whole[1]

    @property
    def direction(self) -> str:
        """faster, slower, longer, shorter, more, less, same, changed, new, gone or unknown: B against A."""
        if self.section == "findings":
            return "new" if self.b else "gone"
        if not self.unit:
            return "same" if self.a == self.b else "changed"
        if self.difference is None:
            return "unknown"
        if not self.difference:
            return "same"
        words = {"speed": ("slower", "faster"), "time": ("shorter", "longer")}.get(self.sense, ("less", "more"))
        return words[self.difference > 0]


@dataclass(frozen=True)
class Caution:
    """Why one should be careful, or need not be."""

    key: str
    """See words.py."""
    values: tuple[str, ...] = ()
    grave: bool = True
    """Whether the runs can hardly be compared because of it."""


@dataclass(frozen=True)
class Diff:
    """All of it."""

    a: Side
    b: Side
    cautions: tuple[Caution, ...]
    lines: tuple[Line, ...]


def compare(a: Side, b: Side) -> Diff:
    """B against A."""
    parts = (_changed, _result, _findings, _accounts, _latency, _processes, _losses)
    return Diff(a, b, tuple(_cautions(a, b)), tuple(line for part in parts for line in part(a, b)))


WORK = ("workload", "params", "tasks", "seconds", "seed")
"""What decides which work is done; all else decides how."""


def _flat(side: Side) -> dict[str, Any]:
    """The configuration by key, tables taken apart."""
    config, python = side.summary["config"], side.summary["python"]
    flat = {name: config[name] for name in ("model", "workload", "workers", "tasks", "seconds", "seed")}
    for table in ("options", "params"):
        flat |= {f"{table}.{name}": value for name, value in config[table].items()}
    flat["python"] = python["version"]
    flat["executable"] = python["executable"]
    more = {name: value for name, value in config.items() if name not in (*flat, "options", "params", "python")}
    return flat | {name: str(value)[:200] for name, value in more.items() if value is not None}


def _changed(a: Side, b: Side) -> Iterator[Line]:
    left, right = _flat(a), _flat(b)
    for key in dict.fromkeys((*left, *right)):
        if left.get(key) != right.get(key):
            table, _, name = key.partition(".")
            yield Line("changed", table, left.get(key), right.get(key), detail=name)


def _result(a: Side, b: Side) -> Iterator[Line]:
    for key, name, unit, sense in (
        ("throughput", "throughput_per_s", "per_s", "speed"),
        ("elapsed", "elapsed_s", "s", "time"),
        ("startup", "startup_s", "s", "time"),
    ):
        yield Line("result", key, a.summary[name], b.summary[name], unit, sense)
    yield Line("result", "done", a.summary["tasks"]["done"], b.summary["tasks"]["done"], "count", "amount")


def _accounts(a: Side, b: Side) -> Iterator[Line]:
    mine, other = a.summary.get("accounts"), b.summary.get("accounts")
    walls = (a.summary.get("wall_s") or 0.0, b.summary.get("wall_s") or 0.0)
    yield Line("accounts", "wall", walls[0], walls[1], "s", "time")
    for name in NAMES:
        one, two = (None if table is None else table[name] for table in (mine, other))
        if one or two:
            yield Line("accounts", f"account.{name}", one, two, "s", "amount", walls)


def _latency(a: Side, b: Side) -> Iterator[Line]:
    for kind in ("queue", "service"):
        for mark in PERCENTILES:
            one, two = (side.summary["latency_s"][kind][mark] for side in (a, b))
            yield Line("latency", f"latency.{kind}.{mark}", one, two, "s", "time")


def _processes(a: Side, b: Side) -> Iterator[Line]:
    mine, other = a.totals["cpu_s"], b.totals["cpu_s"]
    yield Line("processes", "processes", a.totals["processes"], b.totals["processes"], "count", "amount")
    for role in dict.fromkeys((*mine, *other)):
        yield Line("processes", "cpu", mine.get(role, 0.0), other.get(role, 0.0), "s", "amount", detail=role)
    each = [sum(side.totals["cpu_s"].values()) / max(1, side.totals["processes"]) for side in (a, b)]
    yield Line("processes", "cpu_each", each[0], each[1], "s", "amount")
    yield Line("processes", "rss", a.totals["rss"], b.totals["rss"], "bytes", "amount")


def _losses(a: Side, b: Side) -> Iterator[Line]:
    for key in ("lost", "failed"):
        yield Line("losses", key, a.summary["tasks"][key], b.summary["tasks"][key], "count", "amount")
    mine, other = (side.summary["telemetry"]["dropped"] for side in (a, b))
    yield Line("losses", "dropped", mine, other, "count", "amount")


def _findings(a: Side, b: Side) -> Iterator[Line]:
    mine, other = ({item["id"]: item for item in side.summary.get("findings", ())} for side in (a, b))
    for key in dict.fromkeys((*mine, *other)):
        if (key in mine) is not (key in other):
            item = mine.get(key) or other[key]
            yield Line("findings", "finding", key in mine, key in other, detail=item.get("title") or item["text"])


def _cautions(a: Side, b: Side) -> Iterator[Caution]:
    mine, other = a.summary["config"], b.summary["config"]
    unlike = [name for name in WORK if mine[name] != other[name]]
    if unlike:
        yield Caution("other_work", tuple(unlike))
    for letter, side in (("A", a), ("B", b)):
        if side.partial:
            yield Caution(side.partial, (letter,))
        turned = _turned(side)
        if turned:
            yield Caution("turned", (letter, ", ".join(turned)))
    if a.machine is None or b.machine is None:
        hosts = [{row["host"] for row in side.summary["processes"]} for side in (a, b)]
        if hosts[0] != hosts[1]:
            yield Caution("machine", (", ".join(sorted(hosts[0])), ", ".join(sorted(hosts[1]))))
    elif a.machine != b.machine:
        yield Caution("machine", (_machine(a.machine), _machine(b.machine)))
    versions = [side.summary["python"]["version"] for side in (a, b)]
    if versions[0] != versions[1]:
        yield Caution("python", (versions[0], versions[1]))
    if a.summary["gil"] is not None and b.summary["gil"] is not None and a.summary["gil"] != b.summary["gil"]:
        yield Caution("gil", ("A", "B") if a.summary["gil"] else ("B", "A"))
    if a.program and b.program and a.program != b.program:
        yield Caution("program", (a.program, b.program))
    for letter, side in (("A", a), ("B", b)):
        if side.summary["telemetry"]["dropped"]:
            yield Caution("dropped", (letter, f"{side.summary['telemetry']['dropped']:,}"))
    if not any(_changed(a, b)):
        yield Caution("same_setup", grave=False)
    yield _checksums(a, b, not unlike)
    yield Caution("one_each", grave=False)


def _turned(side: Side) -> list[str]:
    """What of a run was changed while it went on: the last few changes."""
    as_begun = f"{side.summary['config']['workers']} worker"
    marks = [mark for mark in side.summary["marks"] if mark["kind"] in TURNS]
    # Turned to what it was already is no change, unless it had been another before.
    if all(mark["text"].startswith(as_begun) for mark in marks):
        return []
    return [str(mark["text"]) for mark in marks][-3:]


def _checksums(a: Side, b: Side, same_work: bool) -> Caution:
    mine, other = a.summary["checksum"], b.summary["checksum"]
    if mine is None or other is None:
        return Caution("checksum_unknown", grave=False)
    if mine == other:
        return Caution("checksum_same", grave=False)
    return Caution("checksum_other", grave=True) if same_work else Caution("checksum_other_work", grave=False)


def _machine(machine: Mapping[str, Any]) -> str:
    return f"{machine['name']}, {machine['cores']} cores, {machine['system']}"
