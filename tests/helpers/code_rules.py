"""What our own code must not have, found in its syntax tree: waits without a deadline, pickles that are read, errors that are swallowed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WAITS = frozenset(
    {
        "accept",
        "acquire",
        "communicate",
        "exception",
        "get",
        "get_sized",
        "join",
        "recv",
        "recv_bytes",
        "result",
        "select",
        "serve_forever",
        "shutdown",
        "wait",
    }
)
"""Methods that wait for ever where they are given neither a timeout nor anything else."""
UNTIL_NONE = WAITS - {"get"} | {"poll"}
"""Methods for which None means for ever."""
BLOCKING = frozenset({"get", "acquire"})
"""Methods whose first argument, True, means for ever where no timeout follows."""
PUTS = frozenset({"put"})
"""Methods that wait for room."""
LISTS = {"wait": 2, "as_completed": 2, "select": 4}
"""Functions that wait for any of a list: so many arguments with a timeout."""
PROCESSES = frozenset({"run", "call", "check_call", "check_output"})
SIGNALS = frozenset({"os.wait", "os.waitpid", "signal.pause", "signal.sigwait", "signal.sigwaitinfo"})
POOLS = ("Executor", "Pool", "Popen")
"""Leaving a `with` of one of these waits for its end."""
UNPICKLES = frozenset(
    f"{module}.{name}"
    for module in (
        "pickle",
        "_pickle",
        "cPickle",
        "dill",
        "cloudpickle",
        "joblib",
        "marshal",
        "shelve",
        "ForkingPickler",
    )
    for name in ("load", "loads", "Unpickler", "open")
)


@dataclass(frozen=True)
class Found:
    """One place in the code."""

    file: str
    line: int
    code: str
    """What is called, or the line of the `except`, as Python itself would write it."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.code}"


def waits(file: str, text: str) -> list[Found]:
    """Calls that may wait for ever. What hides behind `with lock:` is not seen: those are held for a few instructions."""
    tree = ast.parse(text)
    names = _imported(tree)
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _waits(node, names)]
    for node in ast.walk(tree):
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                call = item.context_expr
                if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(POOLS):
                    found.append(call)
    return _sorted(file, [(node.lineno, ast.unparse(node.func)) for node in found])


def unpickles(file: str, text: str) -> list[Found]:
    """Where a pickle is read; `Connection.recv` reads one too."""
    tree = ast.parse(text)
    names = _imported(tree)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and isinstance(node.ctx, ast.Load):
            full = _full(node, names)
            reads = any(full == name or full.endswith(f".{name}") for name in UNPICKLES)
            if reads or (isinstance(node, ast.Attribute) and node.attr == "recv"):
                found.append((node.lineno, ast.unparse(node)))
        elif isinstance(node, ast.keyword) and node.arg == "allow_pickle" and not _is(node.value, False):
            found.append((node.value.lineno, ast.unparse(node)))
    return _sorted(file, found)


def swallowed(file: str, text: str) -> list[Found]:
    """Bare `except`; `except BaseException` that does not raise again; `except Exception` that does nothing."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            kind = ast.unparse(node.type) if node.type is not None else ""
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            idle = all(isinstance(inner, ast.Pass | ast.Continue) for inner in node.body)
            if not kind or ("BaseException" in kind and not raises) or ("Exception" in kind.split(".") and idle):
                found.append((node.lineno, f"except {kind}".strip()))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress") and _broad(node.args):
            found.append((node.lineno, ast.unparse(node)))
    return _sorted(file, found)


def _broad(kinds: list[ast.expr]) -> bool:
    return any(ast.unparse(one).rpartition(".")[2] in ("Exception", "BaseException") for one in kinds)


def _waits(call: ast.Call, names: dict[str, str]) -> bool:
    """Whether the call may wait for ever."""
    func = call.func
    full = _full(func, names)
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    timeout = keywords.get("timeout", ast.Constant(None))
    forever = isinstance(timeout, ast.Constant) and timeout.value is None
    if full in SIGNALS or (full.startswith("subprocess.") and full.rpartition(".")[2] in PROCESSES):
        return forever
    arguments = call.args
    if isinstance(func, ast.Name) or full in (
        "select.select",
        "multiprocessing.connection.wait",
        "concurrent.futures.wait",
        "asyncio.wait",
    ):
        most = LISTS.get(full.rpartition(".")[2], 0) if "." in full else 0
        return bool(most) and forever and 0 < len(arguments) < most
    if not isinstance(func, ast.Attribute) or not forever:
        return False
    name = func.attr
    first = arguments[0] if arguments else None
    if name == "accept" and ast.unparse(func.value) == "event":
        return False  # of Qt: it says that the event was dealt with
    if name in PUTS:
        return len(arguments) == 1 and not keywords
    if name in WAITS and first is None and keywords.keys() <= {"timeout", "block", "blocking", "wait"}:
        return not any(_is(keywords.get(word), False) for word in ("block", "blocking", "wait"))
    if name in BLOCKING and len(arguments) == 1 and _is(first, True):
        return True
    return name in UNTIL_NONE and len(arguments) == 1 and _is(first, None)


def _is(node: ast.AST | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _imported(tree: ast.AST) -> dict[str, str]:
    """What each imported name stands for."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update({alias.asname or alias.name.split(".")[0]: alias.name for alias in node.names if alias.asname})
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return names


def _full(node: ast.AST, names: dict[str, str]) -> str:
    """The dotted name, with what its first part was imported as."""
    text = ast.unparse(node)
    first, dot, rest = text.partition(".")
    return names.get(first, first) + dot + rest


def _sorted(file: str, found: list[tuple[int, str]]) -> list[Found]:
    return [Found(file, line, code) for line, code in sorted(set(found))]


def sources(root: Path, *packages: str) -> Iterator[tuple[str, str]]:
    """(path below root, text) of every Python file of the packages."""
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")
