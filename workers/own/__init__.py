"""The user's own file, importable in every process of a run as `workers.own.NAME`, which no other module can be called.

So a file `random.py` stays `workers.own.random` and shadows nothing; what is defined in it can be pickled, for a worker that
unpickles it imports this package first. Its folder stands at the end of `sys.path`, so that its own imports of files beside it
work. A file in a package is `workers.own.PACKAGE.NAME`, and its relative imports work. THREADMILL_OWN_FILE has its path.
"""

import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Sequence
from types import CodeType, ModuleType

VARIABLE = "THREADMILL_OWN_FILE"


def place(path: str) -> tuple[str, list[str]]:
    """The module name of a file, and the folders that its imports need: that of its outermost package, and its own."""
    own = os.path.dirname(path)
    folder, parts = own, [os.path.splitext(os.path.basename(path))[0].replace(".", "_")]
    if parts == ["__init__"]:
        parts = []
    while os.path.basename(folder).isidentifier() and os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        parts.insert(0, name)
    return ".".join([__name__, *(parts or ["__init__"])]), list(dict.fromkeys([folder, own]))


def mount(path: str) -> str:
    """Make the file importable, here and in processes to come. Returns its module name."""
    os.environ[VARIABLE] = path
    name, folders = place(path)
    __path__[:] = folders[:1]
    for folder in folders:
        if folder not in sys.path:
            sys.path.append(folder)
    _finder.name, _finder.path = name, path
    if _finder not in sys.meta_path:
        sys.meta_path.insert(0, _finder)
    return name


class _Loader(importlib.machinery.SourceFileLoader):
    """Leaves no __pycache__ beside the user's file, and never takes an old one for the file as it is now."""

    def get_code(self, fullname: str) -> CodeType | None:
        return self.source_to_code(self.get_data(self.path), self.path)


class _Finder:
    """Finds the one file, whatever it is called."""

    name = path = ""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        inside = [os.path.dirname(self.path)] if os.path.basename(self.path) == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=_Loader(name, self.path), submodule_search_locations=inside
        )


_finder = _Finder()
if os.environ.get(VARIABLE):
    mount(os.environ[VARIABLE])
