"""What was found out about a function before it is run: a line for each question, with what to do about it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

IDS = (
    "importable",
    "picklable_arguments",
    "picklable_result",
    "main_guard",
    "call_time",
    "gil_released",
    "subinterpreter_safe",
    "native_threads",
    "global_state",
    "memory",
)
"""In the order in which they are shown."""


@dataclass(frozen=True)
class CheckLine:
    """One line of the card."""

    id: str
    """One of IDS."""
    ok: bool | None
    """Whether all is well; None where it is not known, or a figure that is neither good nor bad."""
    text: str
    """One sentence: what was found, with its number."""
    remedy: str = ""
    """What to do about it; empty where there is nothing to do."""
    value: float | None = None
    unit: str = ""
    """Of `value`: "s", "bytes", "threads", or empty for a share."""


@dataclass(frozen=True)
class Preflight:
    """All that was found out. Times are in seconds, sizes in bytes."""

    lines: tuple[CheckLine, ...]
    """One for each of IDS, in that order."""
    source: str
    """The function's text."""
    first_line: int
    """Where it begins in its file, from 1."""
    doc: str
    is_async: bool
    calls: int = 0
    """How many calls were measured."""
    call_s: float | None = None
    """Median wall time of a call."""
    call_low_s: float | None = None
    call_high_s: float | None = None
    """The fastest and the slowest call."""
    cpu_s: float | None = None
    """CPU time of a call."""
    argument_bytes: int | None = None
    """Pickled, of the largest input that was tried; None where it cannot be pickled or is not known."""
    result_bytes: int | None = None
    pickle_s: float | None = None
    """What it takes to pickle and unpickle the arguments and the result of a call, both ways."""
    gil_released: float | None = None
    """Share of a call's time in which another thread could run Python, 0 to 1."""
    waits: float | None = None
    """Share of a call's time in which it used no core, 0 to 1."""
    shared_state: bool = False
    """Whether it changes a global or uses a module's lock, which processes would stop sharing."""
    memory_bytes: int | None = None
    """What a worker process needs beyond an empty one."""
    native_threads: int | None = None
    """Threads that a native library keeps for a call."""
    subinterpreters: bool | None = None
    inputs: int | None = None
    """How many inputs there are; None for a generator's."""
    printed: tuple[str, ...] = ()
    """The first lines that it printed while it was looked at."""
    printed_lines: int = 0
    """How many there were of them."""
    stopped: str = ""
    """Which check never came back, in words; the ones after it are not known."""

    def line(self, key: str) -> CheckLine:
        """The line with this id. Raises KeyError where there is none."""
        for line in self.lines:
            if line.id == key:
                return line
        raise KeyError(key)

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return asdict(self)

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> "Preflight":
        """From decoded JSON of `plain()`. Raises KeyError or TypeError where it is not such."""
        lines = tuple(CheckLine(**item) for item in data["lines"])
        return cls(**{**data, "lines": lines, "printed": tuple(data["printed"])})
