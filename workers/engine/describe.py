"""Entry of a short-lived process that says, as JSON on stdout, what this interpreter is and what can be run under it.

`boot.py describe SKIP`: SKIP is a JSON table of what not to load, each with the reason. It says a line of JSON for each file
before it loads it, so that whoever reads knows which one never ended or ended the process, and then one with the catalogue.
"""

import json
import os
import sys

from workers import registry
from workers.contract.info import OPTIONAL_MODULES, PythonInfo
from workers.engine.introspect import facts, has_module
from workers.engine.sandbox import processes_lack


def describe_python() -> PythonInfo:
    """This interpreter."""
    found = facts(OPTIONAL_MODULES)
    found.update({name: tuple(found[name]) for name in ("start_methods", "modules")})
    return PythonInfo(**found)


def main(arguments: list[str]) -> int:
    """Print the catalogue. What plug-ins print while they are imported goes to stderr, by whatever way they print it."""
    skip = json.loads(arguments[0]) if arguments else {}
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        sys.stdout = sys.stderr

        def say(word: str, value: object) -> None:
            out.write(json.dumps({word: value}) + "\n")
            out.flush()

        found = registry.catalogue(
            describe_python(), has_module, skip, lambda place: say("loading", place), processes_lack()
        )
        say("catalogue", found.plain())
    return 0
