"""Entry of a short-lived process that says what functions a file has. It reads the file and imports nothing of it.

`boot.py functions FILE`: one line of JSON on stdout: {"functions": FileFunctions}, or {"refused": sentence, "field": what is at fault}.
"""

import ast
import hashlib
import json
import sys
from collections.abc import Iterator

from workers.contract.errors import ConfigError
from workers.contract.functions import FileFunctions, FunctionInfo
from workers.userfile import parse, read


def functions_in(path: str) -> FileFunctions:
    """What the file has that could be called. Raises ConfigError, with the line, where it is no Python."""
    data = read(path)
    text, tree = parse(path, data)
    return FileFunctions(path, hashlib.sha256(data).hexdigest(), text, tuple(found(tree, text)))


def found(tree: ast.Module, text: str) -> Iterator[FunctionInfo]:
    """The functions at the top of the file; of several with one name the last, as it is at run time."""
    last = {node.name: node for node in _top(tree.body)}
    for node in sorted(last.values(), key=lambda node: node.lineno):
        yield _info(node, text)


def _top(body: list[ast.stmt]) -> "Iterator[ast.FunctionDef | ast.AsyncFunctionDef]":
    """Also those under `if` and `try` at the top; not what only the main program has."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node
        elif isinstance(node, ast.If) and "__main__" not in ast.unparse(node.test):
            yield from _top([*node.body, *node.orelse])
        elif isinstance(node, ast.Try):
            yield from _top([*node.body, *(item for handler in node.handlers for item in handler.body), *node.orelse])


def _info(node: "ast.FunctionDef | ast.AsyncFunctionDef", text: str) -> FunctionInfo:
    arguments = node.args
    first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
    returns = f" -> {ast.unparse(node.returns)}" if node.returns is not None else ""
    least = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    doc = (ast.get_docstring(node) or "").strip().splitlines()
    return FunctionInfo(
        name=node.name,
        signature=f"({ast.unparse(arguments)}){returns}",
        line=first,
        is_async=isinstance(node, ast.AsyncFunctionDef),
        is_generator=_yields(node),
        doc=doc[0] if doc else "",
        source="\n".join(text.splitlines()[first - 1 : node.end_lineno]) + "\n",
        least=least,
    )


def _yields(node: ast.AST) -> bool:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)) and _yields(child):
            return True
    return False


def main(arguments: list[str]) -> int:
    """Print the answer."""
    said: dict[str, object]
    try:
        said = {"functions": functions_in(arguments[0]).plain()}
    except ConfigError as error:
        said = {"refused": str(error), "field": error.field}
    sys.stdout.write(json.dumps(said) + "\n")
    return 0
