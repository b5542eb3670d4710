"""A copy of the package `workers` with files of a test's own: models and workloads that do what ours never would."""

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

WORKLOADS = {
    "raises_some": "def run(number):\n    if number % 3 == 0:\n        raise ValueError(f'number {number} is bad')\n",
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
    """The copy. `add` puts a file into it; `catalogue` asks what is there then."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(self, kind: str, key: str, text: str) -> None:
        """Write workers/KIND/KEY.py."""
        (self.root / "workers" / kind / f"{key}.py").write_text(text)

    def before_boot(self, code: str) -> None:
        """Have every host and worker of the copy, from here on, execute `code` before anything of ours."""
        boot = self.root / "workers" / "engine" / "boot.py"
        boot.write_text(boot.read_text().replace("\ndef mount()", f"\n{code}\n\ndef mount()", 1))

    def workload(self, key: str) -> "Extended":
        """Add one of WORKLOADS."""
        self.add("workloads", key, HEAD + WORKLOADS[key])
        return self

    def catalogue(self, python: str | None = None) -> Catalogue:
        """What hosts of the copy offer."""
        return fetch(python)


@pytest.fixture
def extended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Extended:
    """Hosts are booted from a copy of the package from here on."""
    root = tmp_path / "copy"
    shutil.copytree(Path(workers.__file__).parent, root / "workers", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(interpreters.boot, "__file__", str(root / "workers" / "engine" / "boot.py"))
    return Extended(root)
