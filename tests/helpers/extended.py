"""Copies of the package `workers` with more files: models and workloads that do what ours never would."""

import shutil
from pathlib import Path

import pytest

import workers
from workers.client import interpreters
from workers.client.catalogue import fetch
from workers.contract.info import Catalogue

HEAD = """
import os, random, re, signal, sys, threading, time
from workers.plugin import *

INFO = WorkloadInfo(title="Test", summary="For a test.", bound="waiting")

def arguments(params, random):
    number = 0
    while True:
        yield (number,)
        number += 1
"""

BAD_TASKS = """
BAD = {1: "result", 3: "odd", 5: "arguments", 7: "exit", 9: "interrupt"}
SORTS = ("result", "result odd", "exit interrupt", " ".join(BAD.values()))
INFO = WorkloadInfo(
    title="Test", summary="For a test.", bound="waiting", params=(Param("bad", "result", "Bad", "What is.", choices=SORTS),)
)

def arguments(params, random):
    number = 0
    while True:
        kind = BAD.get(number, "")
        kind = kind if kind in params["bad"].split() else ""
        yield kind, (lambda: kind) if kind == "arguments" else number
        number += 1

class Odd:
    def __reduce__(self):
        return int, ("no number",)

def run(kind, number):
    if kind == "exit":
        sys.exit(5)
    if kind == "interrupt":
        raise KeyboardInterrupt("of my own")
    return (lambda: number) if kind == "result" else Odd() if kind == "odd" else number
"""

WORKLOADS = {
    "raises_some": "def run(number):\n    if number % 3 == 0:\n        raise ValueError(f'number {number} is bad')\n",
    "bad_arguments": "def arguments(params, random):\n    number = 0\n    while True:\n"
    "        yield ((lambda: number) if number == 1 else number,)\n        number += 1\n\ndef run(number):\n    pass\n",
    "bad_tasks": BAD_TASKS,
    "unpicklable": "def run(number):\n    return (lambda: number) if number == 1 else number\n",
    "exits": "def run(number):\n    if number == 1:\n        sys.exit(5)\n",
    "interrupts_itself": "def run(number):\n    if number == 1:\n        raise KeyboardInterrupt('of my own')\n",
    "rings_bells": "def run(number):\n    print('\\x1b[31mred\\x07')\n",
    "hard_exit": "def run(number):\n    if number == 3:\n        os._exit(0)\n    time.sleep(0.01)\n",
    "segfaults": "def run(number):\n    if number == 3:\n        import ctypes\n        ctypes.string_at(0)\n    time.sleep(0.01)\n",
    "prints": "def run(number):\n    print('hello', number)\n    print('part', end='')\n    print(' and rest', number, file=sys.stdout)\n"
    "    print('oops', number, file=sys.stderr)\n",
    "floods": "def run(number):\n    for line in range(2000):\n        print('x' * 200, line)\n",
    "holds_gil": "def run(number):\n    re.match(r'(a+)+$', 'a' * 60 + 'b')\n",
    "stubborn": "def run(number):\n    end = time.monotonic() + 60\n    while time.monotonic() < end:\n        try:\n"
    "            time.sleep(1)\n        except BaseException:\n            pass\n",
    "modules": "def run(number):\n    print('MODULES', ' '.join(sorted({name.split('.')[0] for name in sys.modules})))\n"
    "    print('PATH', os.pathsep.join(sys.path))\n    print('MAIN', sys.modules['__main__'].__name__)\n",
    "draws": "def arguments(params, random):\n    while True:\n        yield (random.random(),)\n\n"
    "def run(number):\n    print(repr(number))\n",
}


class Extended:
    """The package with more files. `add` puts one of a test's own into a copy for this test; `catalogue` asks what is there then.

    WORKLOADS are in a copy that all tests of this process share, and what it offers is asked once for each interpreter.
    """

    def __init__(self, shared: "Shared", place: Path, patch: pytest.MonkeyPatch) -> None:
        self._shared, self._place, self._patch = shared, place, patch
        self._own: Path | None = None
        self._booted_from(shared.root)

    @property
    def root(self) -> Path:
        """Where this test's own copy is. It has what the shared one has."""
        if self._own is None:
            shutil.copytree(self._shared.root, self._place)
            self._own = self._place
            self._booted_from(self._own)
        return self._own

    def _booted_from(self, root: Path) -> None:
        self._patch.setattr(interpreters.boot, "__file__", str(root / "workers" / "engine" / "boot.py"))

    def add(self, kind: str, key: str, text: str) -> None:
        """Write workers/KIND/KEY.py."""
        (self.root / "workers" / kind / f"{key}.py").write_text(text)

    def before_boot(self, code: str) -> None:
        """Have every host and worker of the copy, from here on, execute `code` before anything of ours."""
        boot = self.root / "workers" / "engine" / "boot.py"
        boot.write_text(boot.read_text().replace("\ndef mount()", f"\n{code}\n\ndef mount()", 1))

    def workload(self, key: str) -> "Extended":
        """Use one of WORKLOADS."""
        assert key in WORKLOADS, key
        return self

    def catalogue(self, python: str | None = None) -> Catalogue:
        """What hosts of the copy offer."""
        return fetch(python) if self._own else self._shared.catalogue(python)


class Shared:
    """A copy of the package with WORKLOADS. It has our bytecode too, which would else be made anew for each copy."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._answers: dict[str | None, Catalogue] = {}
        shutil.copytree(Path(workers.__file__).parent, root / "workers")
        for key, text in WORKLOADS.items():
            (root / "workers" / "workloads" / f"{key}.py").write_text(HEAD + text)

    def catalogue(self, python: str | None) -> Catalogue:
        """What its hosts offer."""
        if python not in self._answers:
            self._answers[python] = fetch(python)
        return self._answers[python]


@pytest.fixture(scope="session")
def shared_copy(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    return Shared(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def extended(shared_copy: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Extended:
    """Hosts are booted from a copy of the package from here on."""
    return Extended(shared_copy, tmp_path / "copy", monkeypatch)
