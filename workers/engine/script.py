"""Entry of a short-lived process that writes a configuration down as a script.

`boot.py script CONFIG`: CONFIG is a RunConfig as JSON. It says one line of JSON on stdout: {"script": text}, or
{"refused": sentence, "field": what is at fault} where there is no script.
"""

import json
import os
import sys
import traceback

from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.engine.compose import compose


def main(arguments: list[str]) -> int:
    """Print the answer. What a model or workload prints while it is asked goes to stderr."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        config = RunConfig.from_json(arguments[0])
        try:
            said = {"script": compose(config)}
        except ConfigError as error:
            said = {"refused": str(error), "field": error.field}
        except Exception as error:  # noqa: BLE001 - a file that is anybody's: whatever it raises is its fault, and said
            traceback.print_exc()
            words = " ".join(f"{type(error).__name__}: {error}".split())[:300]
            said = {
                "refused": f"No script can be made of {config.model} and {config.workload}: {words}.",
                "field": "model",
            }
        out.write(json.dumps(said) + "\n")
    return 0
