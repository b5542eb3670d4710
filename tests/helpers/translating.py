"""What the window says, read from its sources: every text that is handed to Qt for translation, and those that are not but should be."""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
GUI = ROOT / "gui"
ALL_SHOWN = {
    "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setAccessibleName", "setAccessibleDescription", "setWindowTitle",
    "setPlaceholderText", "setTitle", "setTabText", "setPlainText", "addTab", "addAction", "addMenu", "drawText",
    "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QListWidgetItem", "QTreeWidgetItem",
    "information", "warning", "critical", "question", "getOpenFileName", "getSaveFileName", "getExistingDirectory",
}  # fmt: skip
"""Calls whose texts people read."""
FIRST_SHOWN = {
    "addItem", "Section", "Heading", "Name", "Row", "Running", "say", "show_text", "show_note", "show_badge", "TextItem", "emit",
}  # fmt: skip
"""Calls of which they read the first one."""
ALLOWED = {"bad", "Threadmill", "PID ", "MiB"}
"""Names, units, and what is not shown after all."""
_TRANSLATE = ("translate", "QT_TRANSLATE_NOOP")


class Text(NamedTuple):
    """One text, as Qt looks it up."""

    context: str
    source: str
    comment: str = ""
    plural: bool = False


class Found(NamedTuple):
    """What stands in some sources."""

    texts: list[Text]
    faults: list[str]
    """`file:line: what is wrong`."""


def window_texts() -> Found:
    """All of the window's sources."""
    return read((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in sorted(GUI.rglob("*.py")))


def read(sources: Iterable[tuple[str, str]]) -> Found:
    """Those of the given sources, each with its name."""
    found, bases = Found([], []), set()
    for name, source in sources:
        tree = ast.parse(source)
        for kind in ast.walk(tree):
            if isinstance(kind, ast.ClassDef):
                bases |= {base.id for base in kind.bases if isinstance(base, ast.Name)}
        for node, owner in _calls(tree, ""):
            try:
                text = _asked(node, owner)
                if text is None:
                    _bare(node)
            except ValueError as error:
                found.faults.append(f"{name}:{node.lineno}: {error}")
                continue
            if text is not None:
                found.texts.append(text)
    # Qt for Python looks in the class of the object first, and there takes the number put in for a translation found.
    for text in found.texts:
        if text.plural and text.context in bases:
            found.faults.append(f"{text.context}: {text.source!r} has a plural, and subclasses would not find it")
    return found


def for_lupdate(texts: Iterable[Text]) -> str:
    """A source from which lupdate takes these texts: what it makes of Python it does not know is not what Qt looks up."""
    lines = []
    for text in dict.fromkeys(texts):
        more = (text.comment, 1) if text.plural else (text.comment,) if text.comment else ()
        arguments = ", ".join(json.dumps(part, ensure_ascii=False) for part in (text.context, text.source, *more))
        lines.append(f"QCoreApplication.translate({arguments})\n")
    return "".join(lines)


def _calls(node: ast.AST, owner: str) -> Iterator[tuple[ast.Call, str]]:
    """Every call, with the class in which it stands: that is the context of `self.tr`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, owner
        yield from _calls(child, child.name if isinstance(child, ast.ClassDef) else owner)


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _asked(call: ast.Call, owner: str) -> Text | None:
    """What a call asks Qt to translate; None where it is another call. Raises ValueError where nobody could find out."""
    name = _name(call)
    if name == "tr" and isinstance(call.func, ast.Attribute):
        if not isinstance(call.func.value, ast.Name) or call.func.value.id != "self" or not owner:
            raise ValueError(
                "tr() of something else than self: its context is not known; use QCoreApplication.translate"
            )
        parts = [owner, *map(_literal, call.args[:2])]
    elif name in _TRANSLATE or (name == "tr" and isinstance(call.func, ast.Name)):
        if len(call.args) < 2 or None in map(_literal, call.args[:2]):
            if name == "tr":
                raise ValueError("tr() without a literal context and text")
            return None  # told() and sentence(), a painter's translate()
        parts = list(map(_literal, call.args[:3]))
    else:
        return None
    if any(part is None for part in parts) or len(parts) < 2:
        raise ValueError("what is translated must be a literal text")
    if parts[1] == "":
        raise ValueError("there is nothing to translate")
    context, source, comment = (str(part) for part in (*parts, "")[:3])
    place = 2 if name == "tr" and isinstance(call.func, ast.Attribute) else 3
    return Text(context, source, comment, len(call.args) > place)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _bare(call: ast.Call) -> None:
    """Raise ValueError where a call that shows something is given words that are not translated."""
    name = _name(call)
    for argument in call.args if name in ALL_SHOWN else call.args[:1] if name in FIRST_SHOWN else ():
        for words in _pieces(argument):
            if sum(letter.isalpha() for letter in words) > 1 and words not in ALLOWED:
                raise ValueError(f"{name}({words!r}) is not translated")


def _pieces(node: ast.expr) -> Iterator[str]:
    """The words that a value is made of, as far as they stand here; what calls return is theirs."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_pieces(node.body), *_pieces(node.orelse))
    elif isinstance(node, ast.BinOp):
        yield from (*_pieces(node.left), *_pieces(node.right))
    elif isinstance(node, ast.BoolOp | ast.JoinedStr):
        for value in node.values:
            yield from _pieces(value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        yield from _pieces(node.func.value)
