"""Gives names in a piece of Python other names, and leaves all else as it is written: comments, texts, attributes, keywords."""

import ast
import io
import re
import tokenize
from collections.abc import Mapping

BRACES = re.compile(r"\{[^{}]*\}")


def renamed(text: str, names: Mapping[str, str]) -> str:
    """`text`, statements or one expression, with each of `names` called otherwise."""
    if not names:
        return text
    lines = text.splitlines(keepends=True)
    keywords = {
        (node.lineno, _column(lines, node.lineno, node.col_offset))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.keyword) and node.arg is not None
    }
    edits: list[tuple[int, int, int, str]] = []
    before = ""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        (line, column), (_, end) = token.start, token.end
        if token.type == tokenize.NAME and token.string in names and before != ".":
            if (line, column) not in keywords:
                edits.append((line, column, end, names[token.string]))
        elif token.type == tokenize.STRING and line == token.end[0] and _formatted(token.string):
            # Before 3.12 an f-string is one token.
            edits.append((line, column, end, BRACES.sub(lambda found: _inside(found[0], names), token.string)))
        before = token.string
    for line, column, end, new in reversed(edits):
        old = lines[line - 1]
        lines[line - 1] = old[:column] + new + old[end:]
    return "".join(lines)


def bound_in(text: str) -> set[str]:
    """Every name that a program binds anywhere."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Global):
            found.update(node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
    return found


def asked_in(text: str) -> set[str]:
    """Every name that a program asks for."""
    return {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}


def _column(lines: list[str], line: int, offset: int) -> int:
    """Characters before `offset` bytes of a line."""
    return len(lines[line - 1].encode()[:offset].decode())


def _formatted(text: str) -> bool:
    return "f" in text[: text.index(text[-1])].lower()


def _inside(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"(?<![\w.])[^\W\d]\w*", lambda found: names.get(found[0], found[0]), text)
