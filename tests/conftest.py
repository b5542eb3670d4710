"""For every test: no process, thread, run file or child of it may be left."""

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

# Where the environment wants no bytecode beside the sources, each of the thousands of processes that are started would compile
# anew all that it imports, and pytest rewrite all tests in each of its own: it goes elsewhere. First of all, for what follows.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    sys.dont_write_bytecode = False
    sys.pycache_prefix = os.environ.setdefault(
        "PYTHONPYCACHEPREFIX", str(Path(__file__).parents[1] / ".bytecode_cache")
    )

import pytest

from tests.helpers.extended import extended, shared_copy
from tests.helpers.processes import follow_started, ours, run_files, wait_until

# Windows of tests are not shown, whether there is a display or not; set the variable to see them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

__all__ = ["extended", "shared_copy"]

follow_started()


@pytest.fixture(autouse=True)
def _config_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of a test are its own."""
    monkeypatch.setenv("THREADMILL_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """Compare what there is before and after, with time for the kernel to tell (2.5 s)."""
    processes, files, threads = ours(), run_files(), set(threading.enumerate())
    yield
    assert wait_until(lambda: ours() <= processes, 2.5), f"processes left: {ours() - processes}"
    assert wait_until(lambda: run_files(of_the_dead=False) <= files, 2.5), f"files left: {run_files() - files}"
    # Those of windows that were killed: their guardians may be slow on a busy machine.
    assert wait_until(lambda: run_files() <= files, 20.0), f"files left: {run_files() - files}"
    assert wait_until(lambda: _threads() <= threads, 2.5), f"threads left: {_threads() - threads}"


def _threads() -> set[threading.Thread]:
    # A QThread that ran Python is remembered as a dummy after its end, before Python 3.13 for ever.
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}
