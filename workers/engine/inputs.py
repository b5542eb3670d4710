"""Entry of a short-lived process that says what inputs are: how many, and the first few.

`boot.py inputs FILE EXPR`: one line of JSON on stdout: {"inputs": {"kind", "count", "first"}}, count null for a generator's (which is
not called), or {"refused": sentence, "field": what is at fault}. Nothing of the user's is imported.
"""

import json
import reprlib
import sys

from workers.contract.errors import ConfigError
from workers.engine.functions import functions_in
from workers.givens import inputs_of

SHOWN = 3


def main(arguments: list[str]) -> int:
    """Print the answer."""
    path, text = arguments
    said: dict[str, object]
    try:
        inputs, values = inputs_of(text, path)
        if inputs.kind == "generator":
            found = functions_in(path).named(inputs.generator)
            if found is None:
                raise ConfigError(
                    f"There is no function {inputs.generator} in the file to take inputs from.", "params.inputs"
                )
            if found.least:
                raise ConfigError(
                    f"{inputs.generator} needs arguments; give a generator function that needs none.", "params.inputs"
                )
        first = [reprlib.repr(value)[:40] for value in values[:SHOWN]] if values is not None else []
        said = {"inputs": {"kind": inputs.kind, "count": None if values is None else len(values), "first": first}}
    except ConfigError as error:
        said = {"refused": str(error), "field": error.field}
    sys.stdout.write(json.dumps(said) + "\n")
    return 0
