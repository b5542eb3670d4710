"""Run by path, under any interpreter: `PYTHON -P .../workers/engine/boot.py ENTRY ...`. ENTRY is a module of this folder.

Its top level puts the package `workers`, and nothing else of the window's environment, into sys.modules. multiprocessing
runs this file again as `__mp_main__` in every spawned or forkserver child, before anything is unpickled there, so the
children have the package too.
"""

import importlib
import importlib.util
import os
import sys


def mount() -> None:
    """Make `workers` importable without putting its parent directory on sys.path."""
    if "workers" in sys.modules:
        return
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    spec = importlib.util.spec_from_file_location(
        "workers", os.path.join(root, "__init__.py"), submodule_search_locations=[root]
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["workers"] = module
    spec.loader.exec_module(module)


mount()

if __name__ == "__mp_main__":
    # A forkserver runs this before it forks: what is imported here is there in every child.
    importlib.import_module("workers.engine.worker")

if __name__ == "__main__":
    importlib.import_module("workers.engine.lifeline").hang_on_asker()
    sys.exit(importlib.import_module("workers.engine." + sys.argv[1]).main(sys.argv[2:]))
