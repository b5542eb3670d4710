"""F39 to F41: a sub-interpreter that runs when its process ends, numpy in one, and models that a Python does not have."""

import json
import sys
from pathlib import Path

import pytest

from tests.faults.invariants import broken
from tests.faults.table import fault
from tests.helpers.extended import HEAD, Extended
from tests.helpers.fake_pythons import free_threaded_answer
from tests.helpers.own_files import config_of as own_config
from tests.helpers.pythons import other_python
from tests.helpers.runs import catalogue_of, is_running, session
from workers.client.preflight import fetch_preflight
from workers.client.probe import read_info
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError

NUMPY = '''
"""As numpy does, which no Python that the tests run hosts under has."""
try:
    from concurrent import interpreters
except ImportError:
    interpreters = None
if interpreters is not None and interpreters.get_current() != interpreters.get_main():
    raise ImportError("module numpy._core._multiarray_umath does not support loading in subinterpreters")
def work(n):
    return n
'''


@fault(
    "F39",
    injected="Stop, and Interrupt now, while sub-interpreters compute without end",
    expected="the host leaves by os._exit once all is told: no fatal error of the interpreter, nothing left",
)
@pytest.mark.parametrize("how", ["stop", "interrupt"])
def test_the_host_ends_while_sub_interpreters_run(how: str, extended: Extended) -> None:
    python = other_python("3.14")
    extended.add("workloads", "endless", HEAD + "def run(number):\n    while True:\n        number += 1\n")
    catalogue = extended.catalogue(python)
    with broken(catalogue, RunConfig("sequential", "sleep", 1, tasks=2, params={"ms": 0.0}, python=python)) as it:
        it.start(RunConfig("interpreter_pool", "endless", 2, tasks=None, python=python), is_running)
        if how == "stop":
            store = it.stopped()
        else:
            it.session.interrupt()
            store = it.over()
        assert store.ended is not None
        assert store.ended.error is None
        said = [line.text for line in store.texts]
        assert not any("Fatal Python error" in text or "Traceback" in text for text in said), said
        assert store.counts.lost >= 2


@fault(
    "F40",
    injected="a workload that says it does not work in a sub-interpreter, and a function whose module raises there what numpy raises",
    expected="refused with the reason before anything starts; the pre-flight says it of the function",
)
def test_numpy_in_a_sub_interpreter(extended: Extended, tmp_path: Path) -> None:
    python = other_python("3.14")
    head = HEAD.replace('bound="waiting"', 'bound="waiting", subinterpreters=False')
    extended.add("workloads", "with_numpy", head + "def run(number):\n    return number\n")
    catalogue = extended.catalogue(python)
    with session(catalogue) as opened, pytest.raises(ConfigError, match="cannot run in a sub-interpreter"):
        opened.start(RunConfig("interpreter_pool", "with_numpy", 2, tasks=2, python=python))
    file = tmp_path / "mine.py"
    file.write_text(NUMPY)
    found = fetch_preflight(own_config(str(file), "work", "range(3)").changed(python=python))
    line = next(line for line in found.lines if line.id == "subinterpreter_safe")
    assert line.ok is False
    assert "does not support loading in subinterpreters" in line.text


@fault(
    "F41",
    injected="the interpreter pool under every Python before 3.14, a library that is not installed, a Python that is none",
    expected="each is refused before the start with what it lacks; nothing is started",
)
def test_a_model_that_the_python_does_not_have() -> None:
    with session() as opened:
        if sys.version_info < (3, 14):
            with pytest.raises(ConfigError, match=r"it needs Python 3\.14 or later"):
                opened.start(RunConfig("interpreter_pool", "sleep", 1, tasks=1))
        with pytest.raises(ConfigError, match="There is no interpreter at"):
            opened.start(RunConfig("sequential", "sleep", 1, tasks=1, python="/no/such/python"))
    python = other_python("3.14")
    loky = catalogue_of(python).models["loky"]
    assert loky.unavailable or python == sys.executable
    if loky.unavailable:
        with session(catalogue_of(python)) as opened, pytest.raises(ConfigError, match="loky is not installed"):
            opened.start(RunConfig("loky", "sleep", 1, tasks=1, python=python))


@fault(
    "F41",
    injected="the answers of a free-threaded Python (recorded: none is at hand), with its GIL off and with it on again",
    expected="what it was built for and what holds are told apart; in a run the workers themselves say whether the GIL is on",
)
def test_a_gil_that_is_on_again() -> None:
    off = read_info(json.loads(free_threaded_answer()))
    on = read_info({**json.loads(free_threaded_answer()), "gil": True})
    assert (off.free_threaded, off.gil, on.free_threaded, on.gil) == (True, False, True, True)
    assert (off.label, on.label) == ("3.14.6, GIL off", "3.14.6, GIL on")
    with broken() as it:
        it.start(RunConfig("thread_pool", "sleep", 2, tasks=4, params={"ms": 50.0}), None)
        assert it.finished(4).gil is True
