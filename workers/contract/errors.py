"""Errors that are answers to a person: one sentence that names the thing and the remedy."""

from collections.abc import Iterable


class ConfigError(ValueError):
    """A run was asked for that cannot be: unknown name, value out of range, missing interpreter."""

    def __init__(self, message: str, field: str = "") -> None:
        """`field` names the part of the configuration at fault ("model", "workers", "params.limit" ...)."""
        super().__init__(message)
        self.field = field


class DeadlockBroken(Exception):
    """A wait was broken off on request, so that others can go on. Raised where the task waits, as a database does with a victim."""


def unknown_name(kind: str, name: str, known: Iterable[str], field: str) -> ConfigError:
    """Say that `name` is no `kind`, with the nearest valid names (all of them where nothing is near)."""
    from difflib import get_close_matches  # here, for workers, which load this module too

    names = sorted(known)
    near = get_close_matches(name.lower(), names, n=3, cutoff=0.5)
    if near:
        remedy = f"did you mean {' or '.join(near)}?"
    elif names:
        remedy = f"choose one of {', '.join(names)}."
    else:
        remedy = "there is none to choose."
    return ConfigError(f"Unknown {kind} {name!r}: {remedy}", field)
