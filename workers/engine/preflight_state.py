"""What a call changes outside of itself: globals of its module and of those beside it, and the locks there that it uses.

A fingerprint is of what things hold, not of where they are, and looks at a bounded number of them.
"""

import ast
import os
import sys
from collections.abc import Iterator
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

MOST = 20_000
"""Things that are looked at for one global."""
LOCKS = {
    ("_thread", "lock"): "lock",
    ("_thread", "RLock"): "lock",
    ("threading", "_RLock"): "lock",
    ("threading", "Condition"): "condition",
    ("threading", "Semaphore"): "semaphore",
    ("threading", "BoundedSemaphore"): "semaphore",
    ("threading", "Event"): "event",
    ("threading", "Barrier"): "barrier",
    ("queue", "Queue"): "queue",
    ("queue", "LifoQueue"): "queue",
    ("queue", "PriorityQueue"): "queue",
    ("_queue", "SimpleQueue"): "queue",
    ("asyncio.locks", "Lock"): "lock",
    ("asyncio.locks", "Semaphore"): "semaphore",
    ("random", "Random"): "random generator",
}
_STATELESS = (ModuleType, BuiltinFunctionType, MethodType, property, staticmethod, classmethod)


def own_modules(module: ModuleType) -> list[ModuleType]:
    """The module, and those beside it that it imported."""
    folder = os.path.dirname(getattr(module, "__file__", None) or "")
    found = [module]
    for other in list(sys.modules.values()):
        place = getattr(other, "__file__", None)
        if other is module or not place or not folder:
            continue
        if place.startswith(folder + os.sep) and "site-packages" not in place[len(folder) :]:
            found.append(other)
    return found


def fingerprints(module: ModuleType) -> dict[str, int]:
    """A number for each global, of its contents: "name", or "module.name" for a module beside it."""
    found = {}
    for other in own_modules(module):
        prefix = "" if other is module else f"{other.__name__.rpartition('.')[2]}."
        for name, value in list(vars(other).items()):
            if not name.startswith("__") and not isinstance(value, ModuleType):
                found[prefix + name] = _fingerprint(value, other)
    return found


def changed(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """The globals that came, went or hold something else."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _fingerprint(value: Any, module: ModuleType) -> int:
    made, seen = 17, set[int]()
    for number, part in enumerate(_parts(value, module, seen, 12)):
        made = hash((made, part))
        if number > MOST:
            break
    return made


def _parts(value: Any, module: ModuleType, seen: set[int], depth: int) -> Iterator[Any]:
    """What it is made of, as things that can be hashed."""
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str, bytes):
        yield kind, value
        return
    yield kind.__name__
    if isinstance(value, (bytearray, memoryview)):
        yield hash(bytes(value[: 1 << 16])), len(value)
        return
    if id(value) in seen or depth == 0 or isinstance(value, _STATELESS):
        return
    seen.add(id(value))
    if isinstance(value, type):
        if value.__module__ == module.__name__:
            for name, item in list(vars(value).items()):
                if not name.startswith("__"):
                    yield name
                    yield from _parts(item, module, seen, depth - 1)
        return
    if isinstance(value, FunctionType):
        inside = (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values(), *vars(value).values())
        cells = [cell.cell_contents for cell in value.__closure__ or () if _filled(cell)]
        for item in (*inside, *cells):
            yield from _parts(item, module, seen, depth - 1)
        return
    if isinstance(value, dict):
        yield len(value)
        for key, item in list(value.items()):
            yield from _parts(key, module, seen, depth - 1)
            yield from _parts(item, module, seen, depth - 1)
    elif isinstance(value, (set, frozenset)):
        yield len(value)
        yield sum(hash(item) for item in list(value) if _hashable(item))
    elif isinstance(value, (list, tuple)) or kind.__name__ == "deque":
        yield len(value)
        for item in list(value):
            yield from _parts(item, module, seen, depth - 1)
    elif kind.__name__ in ("ndarray", "array"):
        yield hash(bytes(memoryview(value).cast("B")[: 1 << 16])) if _contiguous(value) else kind.__name__
    yield from _parts(getattr(value, "__dict__", None), module, seen, depth - 1)
    for slot in getattr(kind, "__slots__", ()) if not isinstance(getattr(kind, "__slots__", ()), str) else ():
        yield from _parts(getattr(value, slot, None), module, seen, depth - 1)


def _filled(cell: Any) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _contiguous(value: Any) -> bool:
    try:
        return memoryview(value).c_contiguous
    except (TypeError, ValueError):
        return False


def caches(module: ModuleType, names: set[str]) -> list[str]:
    """Functions among `names` that keep their results (functools.cache)."""
    return sorted(name for name, value in vars(module).items() if name in names and hasattr(value, "cache_info"))


def reached(tree: ast.Module, name: str) -> set[str]:
    """The names that a function uses, and those that the functions of the file that it uses do."""
    bodies = {
        node.name: {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}
        | {item for part in ast.walk(node) if isinstance(part, ast.Global) for item in part.names}
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    }
    found, wanted = {name}, [name.partition(".")[0]]
    while wanted:
        for used in bodies.get(wanted.pop(), set()):
            if used not in found:
                found.add(used)
                wanted.append(used)
    return found


def locks(module: ModuleType, names: set[str]) -> dict[str, str]:
    """The locks and their kin among the globals of these names, and inside objects there, each with what it is."""
    found = {}
    for name in sorted(names):
        value = vars(module).get(name)
        word = _lock(value)
        if not word and not isinstance(value, (ModuleType, FunctionType, type)):
            inside = next(filter(None, map(_lock, list(getattr(value, "__dict__", {}).values()))), "")
            word = inside and f"{inside} inside"
        if word:
            found[name] = word
    return found


def _lock(value: object) -> str:
    return LOCKS.get((type(value).__module__, type(value).__name__), "")


def counted_up(tree: ast.Module, names: set[str]) -> set[str]:
    """The globals that functions among `names` assign anew."""
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in names:
            declared = {item for part in ast.walk(node) if isinstance(part, ast.Global) for item in part.names}
            for part in ast.walk(node):
                if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name) and part.target.id in declared:
                    found.add(part.target.id)
    return found


def line_of(tree: ast.Module, name: str) -> int | None:
    """The line at the top of the file that binds a name first."""
    for node in tree.body:
        for part in (
            ast.walk(node) if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) else ()
        ):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store) and part.id == name:
                return part.lineno
        if getattr(node, "name", None) == name:
            return node.lineno
    return None
