"""Composes the script of a run of the user's own function: the function and what it uses go into it, so that it runs alone.

Where they cannot be taken out of their file (it imports from its package, it asks for its own name, it does something at its top,
or has names that the script needs), the script imports the function from there and says so. Nothing of the user's is imported here.
"""

import ast
import os
import sys
import textwrap
from functools import cached_property
from typing import Any

from workers.contract.errors import ConfigError
from workers.contract.functions import FunctionInfo
from workers.contract.inputs import Inputs
from workers.engine.compose import Script, quoted, tuple_text
from workers.engine.functions import found
from workers.engine.source import Part, Source
from workers.givens import inputs_of, path_of
from workers.userfile import parse, read

OWN_NAMES = {"collect", "done", "init", "inputs", "perf_counter", "began", "tasks", "work", "again", "read_inputs"}
READ_CSV = '''
def read_inputs():
    """The values of a column."""
    with open({path}, newline="", encoding="utf-8-sig") as file:
        return [{value} for row in csv.DictReader(file{more})]
'''
READ_JSONL = '''
def read_inputs():
    """The value of each line."""
    with open({path}, encoding="utf-8-sig") as file:
        return [json.loads(line) for line in file if line.strip()]
'''
AGAIN = '''
def again():
    """What {name} yields, again and again."""
    while True:
        yield from {name}()
'''


class OwnScript(Script):
    """A script with a function of the user's in it."""

    @cached_property
    def _path(self) -> str:
        return str(self._config.params["file"])

    @cached_property
    def _parsed(self) -> tuple[str, ast.Module]:
        return parse(self._path, read(self._path))

    @cached_property
    def _function(self) -> FunctionInfo | None:
        """The function, if the file defines it as one."""
        text, tree = self._parsed
        return next((item for item in found(tree, text) if item.name == self._config.params["function"]), None)

    @cached_property
    def _given(self) -> tuple[Inputs, Any]:
        return inputs_of(str(self._config.params["inputs"]), self._path)

    def _called(self) -> tuple[str, bool]:
        name = str(self._config.params["function"])
        if not name:
            raise ConfigError(f"Say which function of {os.path.basename(self._path)} to call.", "params.function")
        return name, self._function is not None and self._function.is_async

    def _taken_apart(self, flavour: str) -> Source:
        return Source(self._parsed[0], os.path.basename(self._path), flavour, self._config.workers)

    def text(self) -> str:
        """All of it."""
        inputs, _ = self._given
        self._generator = inputs.generator
        names = [self._run.partition(".")[0], *([inputs.generator] if inputs.generator else [])]
        taken = OWN_NAMES | set(self._names) | _bound_in(self._models_text("work"))
        parts = self._taken(names, taken)
        if parts is None:
            known = {name: f"own_{name}" if name in taken else name for name in names}
            parts = [self._imported(known)]
            first, dot, rest = self._run.partition(".")
            self._run = known[first] + dot + rest
            self._generator = known.get(self._generator, "")
        tasks, reading = self._inputs()
        functions, statements = self._models_part(False)
        own = [*reading, *self._work(False), self._collect(False)]
        return self._put_together(parts, own, functions, self._main(tasks, statements))

    def _docstring(self) -> str:
        inputs = " ".join(str(self._config.params["inputs"]).split())
        inputs = inputs if len(inputs) <= 80 else f"{inputs[:77]}..."
        given = f", for each of {inputs}" if inputs else ""
        words = [self._model.info.summary, f"A task: {self._run} of {os.path.basename(self._path)}{given}."]
        lines = "\n\n".join(textwrap.fill(text, 100) for text in words).replace("\\", "\\\\").replace('"""', r"\"\"\"")
        return f'"""{lines}\n"""'

    # ---- the function --------------------------------------------------------------------------------------------
    def _taken(self, names: list[str], reserved: set[str]) -> list[Part] | None:
        """The parts of the file that the function needs; None where they must stay in it."""
        _, tree = self._parsed
        for node in tree.body:
            relative = isinstance(node, ast.ImportFrom) and (node.level or node.names[0].name == "*")
            effect = not _binds_or_says(node)
            if relative or effect:
                return None
        mentioned = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        if mentioned & {"__file__", "__name__", "__package__", "__spec__", "globals"} - _guards(tree):
            return None
        if not all(self._source.has(name) for name in names):
            return None
        imports = type(self._imports)()
        try:
            parts = self._source.chosen(names, imports)
        except ConfigError:
            return None
        bound = {name for part in parts for name in part.binds}
        if (bound | imports.origins.keys()) & reserved:
            return None
        folder = os.path.dirname(self._path)
        for module, _ in imports.origins.values():
            first = module.partition(".")[0]
            if any(os.path.exists(os.path.join(folder, first + end)) for end in (".py", os.sep + "__init__.py")):
                return None  # a file beside it
        self._imports.take("\n".join(imports.lines()))
        return parts

    def _imported(self, names: dict[str, str]) -> Part:
        """The statement that gets the names from the file, each as what it is to be called here."""
        folder, file = os.path.split(self._path)
        stem, ending = os.path.splitext(file)
        package: list[str] = []
        while os.path.isfile(os.path.join(folder, "__init__.py")):
            folder, name = os.path.split(folder)
            package.insert(0, name)
        listed = ", ".join(name if name == here else f"{name} as {here}" for name, here in names.items())
        why = f"{file} is imported from where it is: what it needs cannot be taken out of it."
        if stem.isidentifier() and ending == ".py" and stem not in sys.stdlib_module_names:
            self._imports.take("import sys")
            module = ".".join([*package, stem])
            text = f"# {why}\nsys.path.append({quoted(folder)})\nfrom {module} import {listed}"
        else:
            self._imports.take("from importlib.util import module_from_spec, spec_from_file_location\nimport sys")
            text = (
                f"# {why}\n"
                f'own_spec = spec_from_file_location("own_file", {quoted(self._path)})\n'
                'own_file = sys.modules["own_file"] = module_from_spec(own_spec)\n'
                f"sys.path.append({quoted(folder)})\n"
                "own_spec.loader.exec_module(own_file)\n"
                + "\n".join(f"{here} = own_file.{name}" for name, here in names.items())
            )
        return Part(set(names.values()), text, set())

    # ---- the inputs ----------------------------------------------------------------------------------------------
    def _count(self) -> int:
        if self._config.tasks is not None:
            return self._config.tasks
        inputs, values = self._given
        if inputs.kind == "generator":
            raise ConfigError(
                f"How many inputs {inputs.generator} yields is not known before it is called: say how many tasks.",
                "tasks",
            )
        return 1 if values is None else len(values)

    def _inputs(self) -> tuple[str, list[str]]:
        """An expression for the tasks, and the functions that it needs."""
        inputs, values = self._given
        count, asked = self._count(), self._config.tasks
        if inputs.kind == "none":
            return f"[()] * {count}" if count != 1 else "[()]", []
        item = self._as_arguments(values)
        blocks = []
        if inputs.kind == "generator":
            self._imports.take("from itertools import islice")
            blocks.append(AGAIN.format(name=self._generator).strip())
            return f"[{item} for item in islice(again(), {count})]", blocks
        if inputs.kind in ("literal", "range"):
            source = " ".join(str(self._config.params["inputs"]).split())
        else:
            blocks.append(self._reading(inputs, values).strip())
            source = "read_inputs()"
        if asked is None or asked == len(values):
            return f"[{item} for item in {source}]", blocks
        self._imports.take("from itertools import islice")
        if asked > len(values):
            self._imports.take("from itertools import cycle")
            source = f"cycle({source})"
        return f"[{item} for item in islice({source}, {asked})]", blocks

    def _reading(self, inputs: Inputs, values: Any) -> str:
        path = quoted(path_of(inputs, self._path))
        if inputs.kind == "jsonl":
            self._imports.take("import json")
            return READ_JSONL.format(path=path)
        self._imports.take("import csv")
        field = f"row[{quoted(inputs.column)}]"
        kind = type(values[0])
        value = field if kind is str else f"{kind.__name__}({field})"
        return READ_CSV.format(path=path, value=value, more=', delimiter="\\t"' if path.endswith('.tsv"') else "")

    def _as_arguments(self, values: Any) -> str:
        """How an input becomes arguments, as `givens.spreading` does it: the whole of it, or its items."""
        info = self._function
        if info is None:
            return "(item,)"
        names = _parameters(info)
        if info.least <= 1 and (names or "*" in info.signature):
            return "(item,)"
        if not names:
            return "()"
        if values is not None and len(values) and isinstance(values[0], dict):
            return tuple_text(f"item[{quoted(name)}]" for name in names if name in values[0])
        return "tuple(item)"

    # ---- around it -----------------------------------------------------------------------------------------------
    def _collect(self, fails: bool) -> str:
        return 'def collect(result):\n    """Here is the place to do something with a result."""\n    done.append(1)'

    def _main(self, tasks: str, statements: list[str]) -> str:
        self._imports.take("from time import perf_counter")
        lines = [*self._start_up(), "done = []", f"tasks = {tasks}"]
        if self._guard:
            lines += self._guard.making()
        lines += ["began = perf_counter()", "", "\n".join(statements).strip("\n"), ""]
        lines.append('print(f"{len(done)} of {len(tasks)} tasks done in {perf_counter() - began:.3f} s")')
        return "\n".join(lines)

    def _refuse_clashes(self, parts: list[Part]) -> None:
        """Nothing: what clashes is imported."""


def _bound_in(text: str) -> set[str]:
    """Every name that a program binds anywhere."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
    return found


def _binds_or_says(node: ast.stmt) -> bool:
    """Whether a statement at the top only gives something a name, or is the guarded part, or a text."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return "__main__" in ast.unparse(node.test) or "TYPE_CHECKING" in ast.unparse(node.test)
    return isinstance(
        node,
        (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign),
    )


def _guards(tree: ast.Module) -> set[str]:
    """`__name__` where only the guard of the main program asks for it."""
    asked = sum(isinstance(node, ast.Name) and node.id == "__name__" for node in ast.walk(tree))
    guards = sum(isinstance(node, ast.If) and "__main__" in ast.unparse(node.test) for node in tree.body)
    return {"__name__"} if asked == guards else set()


def _parameters(info: FunctionInfo) -> list[str]:
    """The names of what it can be given by position."""
    node = ast.parse(f"def f{info.signature}: pass").body[0]
    assert isinstance(node, ast.FunctionDef)
    return [item.arg for item in (*node.args.posonlyargs, *node.args.args)]
