"""What a file does at its top: each worker process that is not forked does all of it again."""

import ast

_HARMLESS = (
    "sys.path.append",
    "sys.path.insert",
    "logging.basicConfig",
    "warnings.filterwarnings",
    "warnings.simplefilter",
    "random.seed",
    "matplotlib.use",
    "os.environ.setdefault",
    "locale.setlocale",
    "faulthandler.enable",
    "atexit.register",
    "setattr",
)
_STARTS = (
    "Process",
    "Pool",
    "ThreadPool",
    "ProcessPoolExecutor",
    "ThreadPoolExecutor",
    "InterpreterPoolExecutor",
    "Manager",
    "Thread",
    "Parallel",
)


def unguarded(tree: ast.Module) -> tuple[int, str] | None:
    """(line, text) of the first statement at the top that does work and stands outside of the guard; None where there is none."""
    for node in tree.body:
        found = _works(node)
        if found is not None:
            return found.lineno, " ".join(ast.unparse(found).split())[:60]
    return None


def guarded(tree: ast.Module) -> bool:
    """Whether it has an `if __name__ == "__main__":`."""
    return any(isinstance(node, ast.If) and "__main__" in ast.unparse(node.test) for node in tree.body)


def _works(node: ast.stmt) -> ast.stmt | None:
    if isinstance(node, ast.Expr):
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if isinstance(call, ast.Call) and ast.unparse(call.func) not in _HARMLESS:
            return node
    elif isinstance(node, ast.If):
        if "__main__" not in ast.unparse(node.test):
            return _first([*node.body, *node.orelse])
    elif isinstance(node, ast.Try):
        return _first([*node.body, *node.orelse, *node.finalbody])
    elif isinstance(node, (ast.For, ast.While, ast.With)):
        if _starts(node):
            return node
        return _first(node.body)
    elif isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and _starts(node.value):
        return node
    return None


def _first(body: list[ast.stmt]) -> ast.stmt | None:
    return next((found for node in body if (found := _works(node)) is not None), None)


def _starts(node: ast.AST) -> bool:
    """Whether it makes threads or processes."""
    return any(
        isinstance(part, ast.Call) and ast.unparse(part.func).rpartition(".")[2] in _STARTS for part in ast.walk(node)
    )
