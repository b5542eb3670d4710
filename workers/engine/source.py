"""Takes a workload's file apart: its functions and what they use, as a person would have written them into a script.

Annotations go, and with them the imports that only they need. What only a run has, goes or is replaced:
`canvas` and `paint` (a script has no window to paint into), `scratch` (a temporary directory), `sharing.lock(...)` and the like,
and `sys.modules["__main__"].__name__`, which is `__name__` where the main program's file is this one.
"""

import ast
import builtins
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeGuard

from workers.contract.errors import ConfigError
from workers.engine.imports import Imports, bound_by_import

_OURS = re.compile(r"[ \t]*#\s*(type:\s*ignore|noqa)\b.*$", re.MULTILINE)
_PAINTING = ("canvas", "paint")
_SHARED = {
    "lock": "Lock",
    "rlock": "RLock",
    "semaphore": "Semaphore",
    "queue": "Queue",
    "pool": "Semaphore",
    "counter": "counter",
    "array": "array",
}
_MAIN_NAME = "sys.modules['__main__'].__name__"
SCRATCH = '''
@cache
def scratch():
    """A directory for the files of this program, gone when it ends."""
    path = mkdtemp()
    atexit.register(rmtree, path)
    return path
'''
MANAGERS_QUEUE = '''
def managers_queue(bound):
    """A queue in the process of a manager, which ends with this program."""
    global manager
    manager = Manager()
    return manager.Queue(bound)
'''


class At(Protocol):
    """Where a line and a column are in the bytes of a statement."""

    def __call__(self, line: int, column: int) -> int:
        """Offset in bytes."""


@dataclass
class Part:
    """One statement at the top of the file, as the script has it."""

    binds: set[str]
    text: str
    uses: set[str]
    raises: bool = False


class Source:
    """A workload's file, taken apart. `flavour` is where its locks come from: "threading", "multiprocessing" or "asyncio"."""

    def __init__(self, text: str, key: str, flavour: str, workers: int) -> None:
        """Raises SyntaxError where the text is no Python."""
        self._key = key
        self._flavour = flavour
        self._workers = workers
        self._text = text
        self._tree = ast.parse(text)
        self._imports: dict[str, ast.Import | ast.ImportFrom] = {}
        self._parts: list[Part] = []
        self._made_of: set[str] = set()
        self._take_apart()

    def has(self, name: str) -> bool:
        """Whether the file defines `name`, as more than a formality."""
        return any(name in part.binds for part in self._parts)

    def hands_back(self, name: str) -> bool:
        """Whether a function does no more than to return what it is given."""
        for node in self._tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == name and node.args.args:
                rest = [ast.unparse(item) for item in node.body if not _is_text(item)]
                return rest == [f"return {node.args.args[0].arg}"]
        return False

    def chosen(self, roots: Iterable[str], imports: Imports) -> list[Part]:
        """The parts that `roots` need, in the order of the file; adds to `imports` what they import. Raises ConfigError."""
        wanted, found = list(roots), set[int]()
        while wanted:
            name = wanted.pop()
            for number, part in enumerate(self._parts):
                if name in part.binds and number not in found:
                    found.add(number)
                    wanted += part.uses
        parts = [self._parts[number] for number in sorted(found)]
        bound = {name for part in parts for name in part.binds}
        for name in sorted({name for part in parts for name in part.uses} - bound):
            if name == "scratch" and self._is_ours(name):
                imports.take(
                    "import atexit\nfrom functools import cache\nfrom shutil import rmtree\nfrom tempfile import mkdtemp"
                )
                parts.insert(0, Part({"scratch"}, SCRATCH.strip(), set()))
            elif name == "managers_queue" and name not in self._imports:
                imports.take("from multiprocessing import Manager")
                parts.insert(0, Part({"managers_queue", "manager"}, MANAGERS_QUEUE.strip(), set()))
            elif name in self._imports:
                if self._is_ours(name):
                    raise ConfigError(
                        f"No script can be made of {self._key}: its work uses {name!r}, which only a run has.",
                        "workload",
                    )
                imports.add(self._imports[name], [name])
        used = {name for part in parts for name in part.uses}
        for line in sorted(self._made_of):
            if line.rpartition(" ")[2].partition(".")[0] in used:
                imports.take(line)
        return parts

    def _is_ours(self, name: str) -> bool:
        statement = self._imports.get(name)
        if isinstance(statement, ast.ImportFrom):
            return statement.level > 0 or (statement.module or "").partition(".")[0] == "workers"
        return statement is not None and any(item.name.partition(".")[0] == "workers" for item in statement.names)

    def _take_apart(self) -> None:
        body = self._tree.body
        for node in body:
            for name in bound_by_import(node) if isinstance(node, (ast.Import, ast.ImportFrom)) else ():
                assert isinstance(node, (ast.Import, ast.ImportFrom))
                self._imports[name] = node
        for number, node in enumerate(body):
            if isinstance(node, (ast.Import, ast.ImportFrom)) or _is_text(node):
                continue
            text = self._rewritten(node)
            if not text:
                continue
            if number + 1 < len(body) and isinstance(node, (ast.Assign, ast.AnnAssign)) and _is_text(body[number + 1]):
                text = _as_comment(body[number + 1]) + text
            tree = ast.parse(text)
            uses = {item.id for item in ast.walk(tree) if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Load)}
            uses |= {name for item in ast.walk(tree) if isinstance(item, ast.Global) for name in item.names}
            raises = any(isinstance(item, ast.Raise) for item in ast.walk(tree))
            self._parts.append(Part(_binds(node), text, uses, raises))

    # ---- rewriting -----------------------------------------------------------------------------------------------
    def _rewritten(self, node: ast.stmt) -> str:
        """The text of a statement without what a script does not need; empty for a `setup` of which nothing is left."""
        lines = self._text.encode().splitlines(keepends=True)
        first: int = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", ()))])
        data = b"".join(lines[first - 1 : node.end_lineno])
        starts = [0]
        for line in lines[first - 1 : node.end_lineno]:
            starts.append(starts[-1] + len(line))

        def at(line: int, column: int) -> int:
            return starts[line - first] + column

        for start, end, new in sorted(self._edits(node, at), reverse=True):
            data = data[:start] + new.encode() + data[end:]
        text = _OURS.sub("", data.decode()).rstrip()
        return "" if isinstance(node, ast.FunctionDef) and node.name == "setup" and _only_yields(text) else text

    def _edits(self, top: ast.stmt, at: At) -> Iterator[tuple[int, int, str]]:
        fields = {item for node in ast.walk(top) if isinstance(node, ast.ClassDef) for item in node.body}
        for node in ast.walk(top):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield self._header(node, at)
            elif isinstance(node, ast.AnnAssign):
                start, end = (
                    at(node.target.end_lineno or 0, node.target.end_col_offset or 0),
                    _end(node.annotation, at),
                )
                if node in fields:
                    if not {item.id for item in ast.walk(node.annotation) if isinstance(item, ast.Name)} <= set(
                        dir(builtins)
                    ):
                        yield start, end, ": object"
                elif node.value is None:
                    yield at(node.lineno, node.col_offset), end, "pass"
                else:
                    yield start, end, ""
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                function = node.value.func
                if isinstance(function, ast.Name) and function.id in _PAINTING and self._is_ours(function.id):
                    yield at(node.lineno, 0), at(node.end_lineno or 0, 0) + self._length(node.end_lineno or 0), ""
            elif isinstance(node, ast.Attribute) and ast.unparse(node) == _MAIN_NAME:
                yield at(node.lineno, node.col_offset), _end(node, at), "__name__"
        if isinstance(top, ast.FunctionDef) and top.name == "share" and len(top.args.args) > 1:
            yield from self._sharing(top, top.args.args[1].arg, at)

    def _length(self, line: int) -> int:
        return len(self._text.encode().splitlines(keepends=True)[line - 1])

    def _header(self, node: "ast.FunctionDef | ast.AsyncFunctionDef", at: At) -> tuple[int, int, str]:
        """From `def` to the colon, without annotations; of `share`, also without what makes locks."""
        arguments = node.args
        for item in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
            if item is not None:
                item.annotation = None
        names = ast.unparse(arguments)
        if node.name == "share" and node.col_offset == 0 and len(arguments.args) > 1:
            names = arguments.args[0].arg
        word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
        first = node.body[0]
        line = min([first.lineno, *(item.lineno for item in getattr(first, "decorator_list", ()))])
        indent = " " * first.col_offset
        return (
            at(node.lineno, node.col_offset),
            at(line, first.col_offset),
            f"{word} {node.name}({names}):\n{indent}",
        )

    def _sharing(self, top: ast.FunctionDef, name: str, at: At) -> Iterator[tuple[int, int, str]]:
        """`sharing.lock("a")` and so on become what a person writes. Raises ConfigError for what cannot."""
        known, done = set[ast.AST](), set[ast.AST]()
        for node in ast.walk(top):
            made = node.func if isinstance(node, ast.Call) else None
            if isinstance(made, ast.Attribute) and isinstance(made.value, ast.Name) and made.value.id == name:
                assert isinstance(node, ast.Call)
                if made.attr in _SHARED:
                    inner = [item for argument in node.args for item in ast.walk(argument)]
                    done |= {made, *inner}
                    known |= {made.value, *(item.value for item in inner if _asks_workers(item, name))}
                    texts = [ast.get_source_segment(self._text, item) or "" for item in node.args]
                    texts = [text.replace(f"{name}.workers", str(self._workers)) for text in texts]
                    kind = made.attr
                    if any(item.arg == "manager" and ast.unparse(item.value) == "True" for item in node.keywords):
                        kind = "managers_queue" if self._flavour == "multiprocessing" else kind
                    yield at(node.lineno, node.col_offset), _end(node, at), self._made(kind, texts)
            elif (least := _at_least(node, name)) is not None:
                assert isinstance(node, ast.Call)
                asked = [item for item in node.args if _asks_workers(item, name)]
                done |= set(asked)
                known |= {item.value for item in asked}
                yield at(node.lineno, node.col_offset), _end(node, at), str(max(least, self._workers))
            elif node not in done and _asks_workers(node, name):
                known.add(node.value)
                yield at(node.lineno, node.col_offset), _end(node, at), str(self._workers)
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and node.id == name and node not in known:
                raise ConfigError(
                    f"No script can be made of {self._key}: line {node.lineno} uses {name!r} in a way that only a run can.",
                    "workload",
                )

    def _made(self, kind: str, arguments: list[str]) -> str:
        value = arguments[0] if arguments else "0"
        if kind == "counter":
            if self._flavour == "multiprocessing":
                self._made_of.add("from multiprocessing import RawValue")
                return f'RawValue("q", {value})'
            self._made_of.add("from types import SimpleNamespace")
            return f"SimpleNamespace(value={value})"
        if kind == "array":
            if self._flavour == "multiprocessing":
                self._made_of.add("from multiprocessing import RawArray")
                return f'RawArray("q", {value})'
            return f"[0] * {value}"
        if kind == "managers_queue":
            return f"managers_queue({value})"
        if kind == "queue" and self._flavour == "threading":
            self._made_of.add("from queue import Queue")
            return f"Queue({value})"
        if kind == "pool":
            value = str(self._workers)
        word = "Lock" if kind == "rlock" and self._flavour == "asyncio" else _SHARED[kind]
        inner = value if kind in ("semaphore", "queue", "pool") else ""
        if self._flavour == "asyncio":
            self._made_of.add("import asyncio")
            return f"asyncio.{word}({inner})"
        self._made_of.add(f"from {self._flavour} import {word}")
        return f"{word}({inner})"


def _end(node: ast.expr, at: At) -> int:
    return at(node.end_lineno or 0, node.end_col_offset or 0)


def _asks_workers(node: ast.AST, name: str) -> TypeGuard[ast.Attribute]:
    """Whether it is `sharing.workers`."""
    asks = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    return asks and isinstance(node, ast.Attribute) and node.attr == "workers"


def _at_least(node: ast.AST, name: str) -> int | None:
    """The number in `max(2, sharing.workers)`; None for anything else."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "max" or len(node.args) != 2 or node.keywords:
        return None
    least, workers = node.args
    if isinstance(least, ast.Constant) and type(least.value) is int and _asks_workers(workers, name):
        return least.value
    return None


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _as_comment(node: ast.stmt) -> str:
    assert isinstance(node, ast.Expr)
    assert isinstance(node.value, ast.Constant)
    lines = str(node.value.value).strip().splitlines()
    return "".join(f"# {part}".rstrip() + "\n" for line in lines for part in textwrap.wrap(line.strip(), 98) or [""])


def _only_yields(text: str) -> bool:
    """Whether a `setup` does no more than to yield the parameters it was given."""
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    rest = [ast.unparse(item) for item in function.body if not _is_text(item)]
    return rest == [f"yield {function.args.args[0].arg}"]


def _binds(node: ast.stmt) -> set[str]:
    """The names that a statement at the top of a file binds there."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    names = set()
    for item in ast.walk(node):
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store):
            names.add(item.id)
        elif isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(item.name)
        elif isinstance(item, (ast.Import, ast.ImportFrom)):
            names |= set(bound_by_import(item))
    return names
