"""The terminal is told to end, from the first moment of a command to its report; and what it runs cannot be read."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from tests.faults.table import fault
from tests.helpers.processes import tree, wait_until
from workers.cli.main import main
from workers.cli.signals import signals_caught, signals_taken
from workers.client.drain import Drain
from workers.contract.batch import LaneInfo, Spans

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "resources" / "schema" / "run.v1.json").read_text())
ENDLESS = ("run", "--model", "process_pool", "--workload", "sleep", "--param", "ms=2", "--tasks", "10000000")
NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def started() -> "Iterator[list[subprocess.Popen[str]]]":
    """Processes that a test that fails takes along."""
    found: list[subprocess.Popen[str]] = []
    yield found
    for process in found:
        if process.poll() is None:
            process.kill()
            process.communicate(timeout=10)


@fault(
    "F34",
    "Ctrl+C in the terminal, twice",
    injected="SIGINT to a run in the terminal, and another one as soon as it says that it stops",
    expected="table and JSON of what had come, exit code 130; the last line of the progress says that it was stopped",
)
def test_a_second_ctrl_c_leaves_the_report(tmp_path: Path, started: "list[subprocess.Popen[str]]") -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "workers.cli", *ENDLESS, "--json", str(tmp_path / "run.json")], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    started.append(process)
    assert wait_until(lambda: len(tree(process.pid)) >= 5, 60.0), "host, guardian and two workers"
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    assert process.stdout is not None
    err = ""
    while "asked to stop" not in err and "SIGKILL" not in err:
        line = process.stderr.readline()
        assert line, f"it does not say that it stops: {err}"
        err += line
    process.send_signal(signal.SIGINT)
    err, out = err + process.stderr.read(), process.stdout.read()
    assert process.wait(60) == 130, err
    process.stderr.close()
    process.stdout.close()
    assert "Traceback" not in err
    assert re.search(r"^stopped\b", err, re.MULTILINE), err
    assert "finished" not in err
    assert ": stopped" in " ".join(out.split())
    data = json.loads((tmp_path / "run.json").read_text())
    jsonschema.validate(data, SCHEMA)
    assert data["ended_by"] == "stopped"


@pytest.fixture(params=NUMBERS, ids=lambda number: number.name)
def number(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    """A signal that this process does not ignore, as it would in the background."""
    before = signal.signal(request.param, signal.SIG_DFL)
    yield request.param
    signal.signal(request.param, before)


def test_signals_are_collected_in_a_run_and_wait_for_its_report(number: signal.Signals) -> None:
    with signals_taken() as came:
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
        with signals_caught() as collected:
            assert collected is came
            for _ in range(3):
                os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)  # the report is being written
        assert came == [number] * 5
        came._patience = 0.0  # it still is, seconds later: whoever waits for it may end that
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)


STARTS = """
import os, signal, sys
module = sys.argv.pop(1)

class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job would ignore it
from gui.__main__ import main
sys.exit(main())
"""
"""`threadmill`, to which SIGINT comes while it imports the module that its first argument names."""


@fault(
    "F34",
    "Ctrl+C while a command starts",
    injected="SIGINT in the middle of the imports: of the first module of ours, of rich, of the session",
    expected="exit code 130 and not a word; no traceback",
)
@pytest.mark.parametrize("module", ["gui.display", "rich.console", "workers.client.session"])
def test_ctrl_c_while_it_starts(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STARTS, module, "run", "--tasks", "1"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@fault(
    "F58",
    "what a run records cannot be read",
    injected="an exception of the reader in the middle of a run in the terminal",
    expected="one sentence, the table and the JSON of what had come, marked as failed; exit code 1",
)
def test_the_terminal_reports_what_had_come(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read, seen = Drain.read, 0

    def fails(self: Drain, final: bool = False) -> tuple[Spans | None, tuple[LaneInfo, ...]]:
        nonlocal seen
        if seen >= 20:
            raise FileNotFoundError(2, "No such file or directory", "locks")
        spans, lanes = read(self, final)
        seen += len(spans.lane) if spans is not None else 0
        return spans, lanes

    monkeypatch.setattr(Drain, "read", fails)
    path = tmp_path / "run.json"
    assert main([*ENDLESS, "--json", str(path)]) == 1
    said = capsys.readouterr()
    assert "threadmill: What the run records cannot be read any more (FileNotFoundError" in said.err
    assert ": failed" in " ".join(said.out.split())
    data = json.loads(path.read_text())
    jsonschema.validate(data, SCHEMA)
    assert (data["phase"], data["ended_by"]) == ("failed", "failed")
    assert data["telemetry"]["delivered"] >= 20
