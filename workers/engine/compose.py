"""Composes a script: what the workload does, how the model spreads it, and a few lines that print what came of it.

docstring, imports, the workload's functions, `work` and `collect`, the model's functions, and under
`if __name__ == "__main__":` the tasks, what they share, the model's statements, the sum
"""

import ast
import multiprocessing
import sys
import textwrap
from collections.abc import Mapping
from itertools import islice
from random import Random
from typing import Any

from workers import registry
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import fill, refuse, unmet
from workers.engine.guard_text import GuardText
from workers.engine.imports import Imports
from workers.engine.introspect import has_module
from workers.engine.source import Part, Source
from workers.plugin import ScriptParts

MOST_DRAWN = 20_000
"""Up to here the tasks' arguments are looked at, to see whether they can be written in one line."""
INDENT = " " * 4
RESERVED = {"collect", "init", "params", "sums", "tasks", "work"}


def compose(config: RunConfig) -> str:
    """The script of a configuration. Raises ConfigError, in one sentence, where there can be none."""
    model, workload = registry.load_model(config.model), registry.load_workload(config.workload)
    lacking = model.info.unavailable or unmet(model.info.requires, sys.version_info[:3], has_module)
    refusal = refuse(model.info, workload.info)
    if lacking or refusal:
        raise ConfigError(
            refusal or f"{model.info.title} cannot run here: {lacking}.", "workload" if refusal else "model"
        )
    if model.script is None:
        raise ConfigError(f"{model.info.title} brings no script: its file has no function `script`.", "model")
    own = workload.bind is not None
    if config.tasks is None and not own:
        raise ConfigError("A script does a number of tasks and ends: say how many.", "tasks")
    config = config.changed(
        options=fill(model.info.params, config.options, f"option of {config.model}", "options"),
        params=fill(workload.info.params, config.params, f"parameter of {config.workload}", "params"),
    )
    if own:
        from workers.engine.compose_own import OwnScript  # which is made of what stands here

        return OwnScript(config, model, workload).text()
    return Script(config, model, workload).text()


class Script:
    """One script in the making."""

    def __init__(self, config: RunConfig, model: registry.Model, workload: registry.Workload) -> None:
        self._config = config
        self._model = model
        self._workload = workload
        lanes = model.info.workers_are
        self._awaits = lanes == "coroutines"
        """Whether tasks are coroutines: without a `run_async` they block the loop, and share the locks of threads."""
        flavour = "multiprocessing" if lanes == "processes" else "asyncio" if self._awaits else "threading"
        self._run, self._async = self._called()
        self._blocks = self._awaits and not self._async
        """Whether a task keeps the event loop until it is done."""
        self._source = self._taken_apart("threading" if self._blocks else flavour)
        kind = str(config.options.get("primitive", "none"))
        self._guard = None if kind == "none" else GuardText(kind, int(config.options.get("permits", 1)), flavour)
        self._imports = Imports()
        self._own_start = multiprocessing.get_all_start_methods()[0]
        self._start_method = str(config.options.get("start_method", "") or self._own_start)
        self._shares = workload.share is not None
        # The pool that tasks submit to is the model's own, which its part of the script calls so.
        self._own_pool = workload.info.own_pool and flavour == "threading"
        self._shared_name = "pool" if self._own_pool else "shared"
        names = ([self._guard.name] if self._guard else []) + ([self._shared_name] if self._shares else [])
        self._names = names
        self._pooled = False
        self._wraps = self._hidden()
        """Whether `work` stands before the function for its name alone."""

    def _called(self) -> tuple[str, bool]:
        """The name of the function that a task calls, and whether it is a coroutine function."""
        if self._awaits and self._workload.run_async is not None:
            return "run_async", True
        return "run", False

    def _taken_apart(self, flavour: str) -> Source:
        """The file that has the function."""
        text = registry.workload_source(self._config.workload)
        return Source(text, self._config.workload, flavour, self._config.workers)

    def text(self) -> str:
        """All of it."""
        tasks = self._tasks()
        parts = self._source.chosen(self._roots(tasks), self._imports)
        fails = any(part.raises for part in self._source.chosen([self._run], Imports()))
        functions, statements = self._models_part(fails)
        own = [*self._work(fails), self._collect(fails)]
        return self._put_together(parts, own, functions, self._main(tasks, statements))

    def _put_together(self, parts: list[Part], own: list[str], functions: list[str], main: str) -> str:
        self._refuse_clashes(parts)
        blocks = [*constants_first(parts), *own, *functions]
        head = [self._docstring(), "\n".join(self._imports.lines())]
        body = "\n\n\n".join(blocks)
        script = "\n\n".join(head) + "\n\n" + ("\n" if not is_constant(blocks[0]) else "") + body
        script += '\n\n\nif __name__ == "__main__":\n' + textwrap.indent(main, INDENT) + "\n"
        ast.parse(script)
        return script

    def _plain(self) -> bool:
        """Whether a result is its own checksum."""
        return self._workload.checksum is None or self._source.hands_back("checksum")

    def _roots(self, tasks: str) -> list[str]:
        """The names in the workload's file that the script needs."""
        roots = [self._run, *([] if self._plain() else ["checksum"])]
        roots += [
            name
            for name in ("share", "report", "setup")
            if self._source.has(name) and not (name == "share" and self._own_pool)
        ]
        if "arguments(" in tasks:
            roots.append("arguments")
            self._imports.take("from itertools import islice\nfrom random import Random")
        return roots

    def _docstring(self) -> str:
        task = self._workload.info.summary
        if task[1:2].islower():
            task = task[:1].lower() + task[1:]
        words = [self._model.info.summary, f"A task: {task}"]
        lines = "\n\n".join(textwrap.fill(text, 100) for text in words).replace("\\", "\\\\").replace('"""', r"\"\"\"")
        return f'"""{lines}\n"""'

    def _tasks(self) -> str:
        """An expression for the list of the tasks' arguments: in a line where there is one for it, else from `arguments`."""
        count = self._config.tasks or 0
        written = f"list(islice(arguments(params, Random({self._config.seed})), {count}))"
        if self._source.has("setup") or count > MOST_DRAWN:
            return written
        drawn = list(islice(self._workload.arguments(dict(self._config.params), Random(self._config.seed)), count))
        if not drawn or any(not isinstance(value, (bool, int, float, str)) for args in drawn for value in args):
            return written
        if len(set(drawn)) == 1 and len({tuple(map(type, args)) for args in drawn}) == 1:
            return f"[{tuple_text(map(_literal, drawn[0]))}]{f' * {len(drawn)}' if len(drawn) > 1 else ''}"
        first, *rest = (list(column) for column in zip(*drawn, strict=True))
        if first == list(range(len(drawn))) and all(len(set(column)) == 1 for column in rest):
            return f"[{tuple_text(['number', *(_literal(column[0]) for column in rest)])} for number in range({len(drawn)})]"
        return written

    def _models_part(self, fails: bool) -> tuple[list[str], list[str]]:
        """The model's functions, and its statements."""
        text = self._models_text("work" if self._stands_before(fails) else self._run)
        functions, statements = [], []
        for node, piece in pieces(text):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                self._imports.add(node)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                functions.append(piece.strip("\n"))
            else:
                statements.append(piece)
        return functions, statements

    def _models_text(self, call: str) -> str:
        """What the model's file writes, with the name of the function that a task calls."""
        prefix = "".join(f"{name}, " for name in self._names)
        names = self._names
        script_parts = ScriptParts(
            self._config.workers,
            self._count(),
            self._config.options,
            self._start_method,
            call,
            prefix,
            "work" if names else call,
            tuple_text(names) if names else "",
        )
        assert self._model.script is not None
        text = textwrap.dedent(self._model.script(script_parts)).strip("\n")
        self._pooled = script_parts.initialized and bool(names)
        return text

    def _work(self, fails: bool) -> list[str]:
        """What stands between the model and the workload's function: the primitive, what is shared, what a failure is."""
        given = [self._shared_name] if self._shares else []
        inner = f"{self._run}({', '.join([*given, '*args'])})"
        if self._alone():
            self._imports.take("import asyncio")
            inner = f"asyncio.run({inner})"
        elif self._async:
            inner = f"await {inner}"
        if not (self._stands_before(fails) or self._pooled):
            return []
        blocks = []
        if self._pooled:
            listed = ", ".join(self._names)
            blocks.append(
                f'def init(*given):\n    """In each worker process: keep what all tasks share."""\n'
                f"    global {listed}\n    {listed if len(self._names) > 1 else tuple_text(self._names)} = given"
            )
        taken = ", ".join([*([] if self._pooled else self._names), "*args"])
        doc = "Do one task."
        body = self._guard.passing(inner) if self._guard else [f"return {inner}"]
        if self._guard:
            self._imports.take(self._guard.imports())
            doc = f"Do one task, once the {self._guard.kind} lets it through."
        if self._alone():
            doc += " It awaits, and so has an event loop of its own."
        if self._blocks:
            doc += " It awaits nothing, and so blocks all others."
        if self._wraps:
            doc += " Processes find it by its name, which what it calls may not have."
        if fails:
            body = ["try:", *(INDENT + line for line in body), "except Exception as error:", f"{INDENT}return error"]
            doc += " A failure is a result, too."
        head = f"{'async ' if self._awaits else ''}def work({taken}):"
        blocks.append("\n".join([head, f'    """{doc}"""', *(INDENT + line for line in body)]))
        return blocks

    def _stands_before(self, fails: bool) -> bool:
        """Whether the model calls `work`, and that the function."""
        return bool(self._guard or fails or self._blocks or self._alone() or self._wraps)

    def _hidden(self) -> bool:
        """Whether what is called may have no name that other processes find it by."""
        return False

    def _alone(self) -> bool:
        """Whether a coroutine function is called where there is no event loop."""
        return self._async and not self._awaits

    def _count(self) -> int:
        """How many tasks there are."""
        return self._config.tasks or 0

    def _collect(self, fails: bool) -> str:
        self._imports.take("import reprlib")
        sum_of = "0" if self._workload.checksum is None else "result" if self._plain() else "checksum(result)"
        add = f"sums.append({sum_of})"
        lines = [
            "def collect(result):",
            '    """Print a result and add it to the sum."""',
            '    print("result:", reprlib.repr(result), flush=True)',
        ]
        if fails:
            lines += ["    if not isinstance(result, Exception):", f"        {add}"]
        else:
            lines.append(f"    {add}")
        return "\n".join(lines)

    def _start_up(self) -> list[str]:
        """The statements that come first: start method, switch interval."""
        before: list[str] = []
        options = self._config.options
        if self._start_method == "spawn" and "start_method" in options:
            self._imports.take("from multiprocessing import freeze_support")
            before.append("freeze_support()  # a frozen program's child ends here; in any other it does nothing")
        if self._start_method != self._own_start and "start_method" in options:
            self._imports.take("from multiprocessing import set_start_method")
            before.append(f'set_start_method("{self._start_method}")')
        if options.get("switch_ms", 5.0) != 5.0:
            self._imports.take("import sys")
            before.append(f"sys.setswitchinterval({float(options['switch_ms']) / 1000:g})")
        return before

    def _main(self, tasks: str, statements: list[str]) -> str:
        """What stands under the guard."""
        before = self._start_up()
        setup = self._source.has("setup")
        shares = self._shares and not self._own_pool
        if setup or "arguments(" in tasks or shares or self._workload.report:
            before.append(f"params = {_table(self._config.params)}")
        before.append("sums = []")
        lines = [f"tasks = {tasks}"]
        if self._guard:
            lines += self._guard.making()
        if shares:
            lines.append("shared = share(params)")
        lines += ["", "\n".join(statements).strip("\n"), ""]
        if self._workload.report:
            lines.append(f"print(report(params, {'shared' if self._shares else None}, len(sums)))")
        text = "\n".join(lines)
        if setup:
            text = "with setup(params) as params:\n" + textwrap.indent(text, INDENT)
        after = 'print(f"{len(sums)} of {len(tasks)} tasks done")\nprint(f"checksum {sum(sums) % 2**62:016x}")'
        return "\n".join(before) + "\n" + text + "\n" + after

    def _refuse_clashes(self, parts: list[Part]) -> None:
        clash = sorted((RESERVED | set(self._names)) & {name for part in parts for name in part.binds})
        if clash:
            raise ConfigError(
                f"No script can be made of {self._config.workload}: it has a {clash[0]!r} of its own; call that otherwise.",
                "workload",
            )


def pieces(text: str) -> list[tuple[ast.stmt, str]]:
    """The statements at the top of a text, each with the comments and empty lines before it."""
    lines = text.splitlines()
    found, after = [], 0
    for node in ast.parse(text).body:
        end = node.end_lineno or node.lineno
        found.append((node, "\n".join(lines[after:end])))
        after = end
    return found


def constants_first(parts: list[Part]) -> list[str]:
    """The parts as blocks: neighbours that are one-line constants stand together."""
    blocks: list[str] = []
    for part in parts:
        if blocks and is_constant(part.text) and is_constant(blocks[-1]):
            blocks[-1] += "\n" + part.text
        else:
            blocks.append(part.text)
    return blocks


def is_constant(text: str) -> bool:
    """Whether a statement is neither a function nor a class."""
    return not text.startswith(("def ", "async def ", "class ", "@"))


def tuple_text(items: Any) -> str:
    """A tuple of these texts, as it is written."""
    listed = list(items)
    return f"({listed[0]},)" if len(listed) == 1 else f"({', '.join(listed)})"


def _literal(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10_000:
        return f"{value:_}"
    return quoted(value) if isinstance(value, str) else repr(value)


def quoted(text: str) -> str:
    """A text as it is written in Python, in double quotes where that is easy to read."""
    return f'"{text}"' if text.isprintable() and '"' not in text and "\\" not in text else repr(text)


def _table(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f"{quoted(name)}: {_literal(value)}" for name, value in values.items()) + "}"
