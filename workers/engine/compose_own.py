"""Composes the script of a run of the user's own function: the function and what it uses go into it, so that it runs alone.

Names that both have are called otherwise in the script's own part. Where the function cannot be taken out of its file (it imports
from its package, it asks for its own name, it does something at its top), the script imports it from there, by its path, and says
so. Nothing of the user's is imported here.
"""

import ast
import os
import textwrap
from functools import cached_property
from typing import Any

from workers.contract.errors import ConfigError
from workers.contract.functions import FunctionInfo
from workers.contract.inputs import Inputs
from workers.engine.compose import Script, quoted, tuple_text
from workers.engine.functions import found
from workers.engine.imports import Imports
from workers.engine.renames import asked_in, bound_in, renamed
from workers.engine.source import Part, Source
from workers.givens import inputs_of, path_of
from workers.userfile import parse, read

RUN, GENERATOR = "own_function_of_theirs", "own_inputs_of_theirs"
"""Stand-ins for what the user calls otherwise."""
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

    def _hidden(self) -> bool:
        """A lambda, a closure, what a decorator made: pickled is a function by the name that it has itself."""
        info = self._function
        if self._model.info.workers_are in ("threads", "coroutines", "none"):
            return False
        return info is None or info.source.lstrip().startswith("@")

    def _taken_apart(self, flavour: str) -> Source:
        return Source(self._parsed[0], os.path.basename(self._path), flavour, self._config.workers)

    def text(self) -> str:
        """All of it."""
        inputs, _ = self._given
        run, first = self._run, self._run.partition(".")[0]
        names = [first, *([inputs.generator] if inputs.generator else [])]
        taken = self._taken(names)
        # What is ours is written first, with stand-ins for what is theirs; then whatever both have is called otherwise in ours.
        self._run, self._generator = RUN, GENERATOR
        tasks, reading = self._inputs()
        functions, statements = self._models_part(False)
        own = [*reading, *self._work(False), self._collect(False)]
        main = self._main(tasks, statements)
        self._run, self._generator = run, inputs.generator
        parts, theirs = taken or ([self._imported(names)], type(self._imports)())
        bound = {name for part in parts for name in part.binds} | theirs.origins.keys()
        others = self._others([*own, *functions, main], bound, theirs)
        self._imports.take("\n".join(theirs.lines()))

        def ours(text: str) -> str:
            return renamed(text, others).replace(RUN, run).replace(GENERATOR, inputs.generator)

        return self._put_together(parts, list(map(ours, own)), list(map(ours, functions)), ours(main))

    def _others(self, texts: list[str], bound: set[str], theirs: Imports) -> dict[str, str]:
        """What names of ours are to be called where the user's part binds them too: theirs stay as they are written."""
        whole = "\n\n".join(texts)
        used = bound_in(whole) | asked_in(whole) | self._imports.origins.keys()
        others: dict[str, str] = {}
        for name in sorted(bound & used):
            origin = self._imports.origins.get(name)
            if origin is not None and theirs.origins.get(name) == origin:
                continue
            if origin is None and name not in bound_in(whole):
                self._imports.take("import builtins")
                others[name] = f"builtins.{name}"
                continue
            other = f"script_{name}"
            while other in bound | used:
                other += "_"
            others[name] = other
            if origin is not None:
                self._imports.origins[other] = self._imports.origins.pop(name)
        return others

    def _docstring(self) -> str:
        inputs = " ".join(str(self._config.params["inputs"]).split())
        inputs = inputs if len(inputs) <= 80 else f"{inputs[:77]}..."
        given = f", for each of {inputs}" if inputs else ""
        words = [self._model.info.summary, f"A task: {self._run} of {os.path.basename(self._path)}{given}."]
        lines = "\n\n".join(textwrap.fill(text, 100) for text in words).replace("\\", "\\\\").replace('"""', r"\"\"\"")
        return f'"""{lines}\n"""'

    # ---- the function --------------------------------------------------------------------------------------------
    def _taken(self, names: list[str]) -> tuple[list[Part], Imports] | None:
        """The parts of the file that the function needs, and what they import; None where they must stay in it."""
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
        imports = Imports()
        try:
            parts = self._source.chosen(names, imports)
        except ConfigError:
            return None
        folder = os.path.dirname(self._path)
        for module, _ in imports.origins.values():
            first = module.partition(".")[0]
            if any(os.path.exists(os.path.join(folder, first + end)) for end in (".py", os.sep + "__init__.py")):
                return None  # a file beside it
        return parts, imports

    def _imported(self, names: list[str]) -> Part:
        """The statements that get the names from the file: by its path, so that the script itself can be called as it likes."""
        folder, file = os.path.split(self._path)
        packages: list[str] = []
        while os.path.basename(folder).isidentifier() and os.path.isfile(os.path.join(folder, "__init__.py")):
            folder, name = os.path.split(folder)
            packages.insert(0, name)
        lines = [
            f"# {file} is imported from where it is: what it needs cannot be taken out of it.",
            f"sys.path.append({quoted(folder)})",
        ]
        self._imports.take("from importlib.util import module_from_spec, spec_from_file_location\nimport sys")
        module = "own_file"
        for depth in range(1, len(packages) + 1):
            path = os.path.join(folder, *packages[:depth], "__init__.py")
            module = ".".join(packages[:depth])
            lines += _loading(module, path)
        if file != "__init__.py":
            module = ".".join([*packages, os.path.splitext(file)[0]]) if packages else module
            lines += _loading(module, self._path)
        lines += [f"{name} = own_file.{name}" for name in names]
        return Part({*names, "own_spec", "own_file"}, "\n".join(lines), set())

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
        """Nothing: what clashes has been called otherwise."""


def _loading(name: str, path: str) -> list[str]:
    """Statements that import a file as the module `name`, whatever else could be called so."""
    return [
        f"own_spec = spec_from_file_location({quoted(name)}, {quoted(path)})",
        f"own_file = sys.modules[{quoted(name)}] = module_from_spec(own_spec)",
        "own_spec.loader.exec_module(own_file)",
    ]


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
