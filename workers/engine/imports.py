"""Import statements gathered from several places, to be written once at the head of a script."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from workers.contract.errors import ConfigError


@dataclass
class Imports:
    """Imports from several places, to be written once. What is imported as what must not contradict itself."""

    origins: dict[str, tuple[str, str]] = field(default_factory=dict)
    """(module, name in it or empty for the module itself) for each name."""

    def add(self, statement: "ast.Import | ast.ImportFrom", only: Iterable[str] | None = None) -> None:
        """Add what a statement imports, or what of it binds the names `only`. Raises ConfigError for a contradiction."""
        for name, origin in bound_by_import(statement).items():
            if only is not None and name not in only:
                continue
            if self.origins.setdefault(name, origin) != origin:
                raise ConfigError(
                    f"No script can be made of this model and this workload: both import another {name!r}; rename one of them.",
                    "workload",
                )

    def take(self, text: str) -> None:
        """Add the import statements of a text."""
        for statement in ast.parse(text).body:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self.add(statement)

    def lines(self) -> list[str]:
        """The statements, modules first, each group by name."""
        modules, froms = [], dict[str, list[str]]()
        for name, (module, inner) in self.origins.items():
            if inner:
                froms.setdefault(module, []).append(inner if inner == name else f"{inner} as {name}")
            else:
                plain = module.partition(".")[0] == name
                modules.append(f"import {module}" if plain else f"import {module} as {name}")
        return sorted(modules) + [
            f"from {module} import {', '.join(sorted(froms[module]))}" for module in sorted(froms)
        ]


def bound_by_import(node: ast.Import | ast.ImportFrom) -> dict[str, tuple[str, str]]:
    """(module, name in it or empty for the module itself) for each name that a statement binds."""
    if isinstance(node, ast.Import):
        return {item.asname or item.name.partition(".")[0]: (item.name, "") for item in node.names}
    return {item.asname or item.name: (node.module or "", item.name) for item in node.names}
