"""What functions a file of the user's has, as it was found without importing it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class FunctionInfo:
    """One function at the top of a file."""

    name: str
    signature: str
    """As written: "(n: int, base=10) -> str"."""
    line: int
    is_async: bool
    is_generator: bool
    doc: str
    """The first line of its docstring."""
    source: str
    """Its text, with decorators."""
    least: int = 0
    """How many arguments it cannot do without."""


@dataclass(frozen=True)
class FileFunctions:
    """A file with what can be called in it."""

    path: str
    """Absolute."""
    sha256: str
    """Of its bytes, in hexadecimal: what is trusted is this."""
    source: str
    functions: tuple[FunctionInfo, ...]

    def named(self, name: str) -> FunctionInfo | None:
        """The function of this name, if there is one."""
        return next((item for item in self.functions if item.name == name), None)

    def plain(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return asdict(self)

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> "FileFunctions":
        """From decoded JSON of `plain()`. Raises KeyError or TypeError where it is not such."""
        functions = tuple(FunctionInfo(**item) for item in data["functions"])
        return cls(**{**data, "functions": functions})


@dataclass(frozen=True)
class InputsSeen:
    """Inputs as they were looked at."""

    kind: str
    """As `workers.contract.inputs.Inputs.kind`."""
    count: int | None
    """How many there are; None where only calling a generator would tell."""
    first: tuple[str, ...]
    """The first few, as texts."""
