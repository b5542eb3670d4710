"""Where models and workloads are found: our own files, folders of the user's, entry points of what is installed.

Finding a file imports nothing. Used in hosts and workers, where the variable names the user's folders.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

VARIABLE = "THREADMILL_PLUGINS"
"""Environment variable: folders, each with a `models` and a `workloads` folder in it, separated as PATH is."""
OWN = os.path.dirname(__file__)


@dataclass(frozen=True)
class Found:
    """One model or workload, not yet loaded."""

    key: str
    module: str
    place: str
    """What to call it when there is something to say of it."""
    fault: str = ""
    """Why it cannot be used, where that is known before it is loaded."""


def folders(kind: str) -> list[str]:
    """The user's folders of a kind ("models" or "workloads"), whether they exist or not."""
    return [os.path.join(part, kind) for part in os.environ.get(VARIABLE, "").split(os.pathsep) if part]


def files(kind: str) -> list[Found]:
    """Every file of a kind, by key. Of files with the same key the first is used; our own come before the user's."""
    places = {key: f"{kind}/{key}.py" for key in _keys(os.path.join(OWN, kind))}
    clashes = []
    for folder in folders(kind):
        for key in _keys(folder):
            path = os.path.join(folder, f"{key}.py")
            if key in places:
                clashes.append(_clash(key, "", path, kind, places[key]))
            else:
                places[key] = path
    found = [Found(key, f"workers.{kind}.{key}", place, _unfit(key)) for key, place in places.items()]
    return sorted(found + clashes, key=lambda item: (item.key, bool(item.fault)))


def module_of(kind: str, key: str) -> str | None:
    """The module of the file with this key; None where there is none that can be used. Looks at no other file: every worker asks."""
    if _unfit(key) or key.startswith("_"):
        return None
    there = any(
        os.path.isfile(os.path.join(folder, f"{key}.py")) for folder in (os.path.join(OWN, kind), *folders(kind))
    )
    return f"workers.{kind}.{key}" if there else None


def entry_points(kind: str) -> list[Found]:
    """Those that installed distributions of this interpreter announce in the group threadmill.KIND, file keys left to files.

    Looks at every installed distribution: tens of milliseconds where there are many.
    """
    taken = {item.key: item.place for item in files(kind)}
    found = []
    for key, value, place, damage in sorted(_announced(f"threadmill.{kind}")):
        if damage:
            found.append(Found(key, value, place, damage))
            continue
        if key in taken:
            found.append(_clash(key, value, place, kind, taken[key]))
            continue
        taken[key] = place
        fault = _unfit(key) or _unfit_module(value)
        found.append(Found(key, value, place, fault))
    return found


def _announced(group: str) -> Iterator[tuple[str, str, str, str]]:
    """(name, value, what to call it, what is wrong with it) of each entry point of a group."""
    import importlib.metadata  # here, for workers whose model and workload are files do without

    try:
        points = list(importlib.metadata.entry_points(group=group))
    except Exception:  # noqa: BLE001  one damaged entry_points.txt spoils the whole question: ask one by one
        points = []
        for distribution in importlib.metadata.distributions():
            try:
                if group in (distribution.read_text("entry_points.txt") or ""):
                    points += distribution.entry_points.select(group=group)
            except Exception as error:  # noqa: BLE001  whatever a damaged file makes of the parser
                place = f"entry points of {distribution.name}"
                yield "", "", place, f"entry_points.txt is damaged ({type(error).__name__}: {error})"
    for point in points:
        owner = f" of {point.dist.name}" if point.dist is not None else ""
        yield point.name, point.value, f"{point.value} (entry point {point.name}{owner})", ""


def _keys(folder: str) -> list[str]:
    """Of the Python files there, those for others to import left out."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    found = (name.removesuffix(".py") for name in names if name.endswith(".py") and not name.startswith("_"))
    return [key for key in found if os.path.isfile(os.path.join(folder, f"{key}.py"))]


def _clash(key: str, module: str, place: str, kind: str, winner: str) -> Found:
    return Found(key, module, place, f"there is a {kind[:-1]} {key!r} already ({winner}); give this one another name")


def _unfit(key: str) -> str:
    return "" if key.isidentifier() else f"its name {key!r} must be made of letters, digits and underscores"


def _unfit_module(value: str) -> str:
    if all(part.isidentifier() for part in value.split(".")):
        return ""
    return f"it must name a module, such as package.module, not {value!r}"
