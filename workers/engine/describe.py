"""Entry of a short-lived process that says, as JSON on stdout, what this interpreter is and what can be run under it."""

import json
import multiprocessing
import platform
import struct
import sys

from workers import registry
from workers.contract.info import Catalogue, PythonInfo


def describe_python() -> PythonInfo:
    """This interpreter."""
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    return PythonInfo(
        executable=sys.executable,
        version=platform.python_version(),
        implementation=sys.implementation.name,
        gil=gil,
        start_methods=tuple(multiprocessing.get_all_start_methods()),
        bits=8 * struct.calcsize("P"),
    )


def main(arguments: list[str]) -> int:
    """Print the catalogue. What plug-ins print while they are imported goes to stderr."""
    out, sys.stdout = sys.stdout, sys.stderr
    python = describe_python()
    models, workloads, broken = registry.catalogue(python.start_methods)
    json.dump(Catalogue(python, models, workloads, tuple(broken)).plain(), out)
    return 0
