"""--function and --inputs on the command line: run, preflight, script, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.end2end.test_terminal import ROOT, here, summary, threadmill
from tests.helpers.own_files import write
from workers.cli.own_function import _file
from workers.contract.errors import ConfigError

SCHEMA = json.loads((ROOT / "resources" / "schema" / "preflight.v1.json").read_text())
KNOWN = "tests/data/functions/known.py"


def test_a_run_of_a_function() -> None:
    data = summary("--function", f"{KNOWN}:locked", "--inputs", "range(8)", "--quiet")
    assert data["tasks"]["done"] == 8
    assert data["config"]["params"]["file"] == str(ROOT / KNOWN)
    assert int(data["checksum"], 16) == sum(n * n for n in range(8))


def test_a_module_is_found_from_here_and_named_in_the_table() -> None:
    done = threadmill(
        "run", "--function", "tests.data.functions.known:locked", "--inputs", ":numbers", "--tasks", "12", "--quiet"
    )
    assert done.returncode == 0, done.stderr
    assert "known.py:locked" in done.stdout
    assert "12 done" in done.stdout


def test_preflight_as_json_and_as_a_table(tmp_path: Path) -> None:
    target = tmp_path / "found.json"
    done = threadmill("preflight", "--function", f"{KNOWN}:locked", "--inputs", "range(3)", "--json", str(target))
    assert done.returncode == 0, done.stderr
    assert "global_state" in done.stdout
    data = json.loads(target.read_text())
    jsonschema.validate(data, SCHEMA)
    assert data["config"] == {"file": str(ROOT / KNOWN), "function": "locked", "inputs": "range(3)"}
    assert data["inputs"] == 3
    assert data["shared_state"] is True


def test_a_script_on_stdout(tmp_path: Path) -> None:
    done = threadmill(
        "script", "--function", f"{KNOWN}:both", "--inputs", "[(1, 2)]", "--tasks", "3", "--model", "process_pool"
    )
    assert done.returncode == 0, done.stderr
    path = tmp_path / "own.py"
    path.write_text(done.stdout)
    ran = subprocess.run([sys.executable, "-I", str(path)], capture_output=True, text=True, timeout=60)
    assert ran.stdout.startswith("3 of 3 tasks done in"), ran.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--inputs", "[1]"], "--inputs belongs to --function"),
        (["--function", KNOWN], "Say which function of known.py: --function"),
        (["--function", "no.such.module:f"], "There is no file no.such.module, and no module no.such.module here"),
        (["--function", "no.py:f"], "There is no file"),
        (["--function", f"{KNOWN}:loop", "--inputs", "range("], "are none of these"),
    ],
)
def test_what_is_refused_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(ROOT)
    done = here(capsys, "run", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_bad_file_is_one_sentence_and_exit_code_two(tmp_path: Path) -> None:
    path = write(tmp_path, "syntax", "def work(n):\n    return n +\n")
    done = threadmill("preflight", "--function", f"{path}:work", "--inputs", "[1]")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "threadmill: syntax.py, line 2: invalid syntax; mend the line and try again.\n"


def test_a_module_is_found_here_and_in_the_directories_of_pythonpath(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("here", "there", "away"):
        (tmp_path / place / "pack").mkdir(parents=True)
    (tmp_path / "there" / "pack" / "mine.py").touch()
    (tmp_path / "away" / "pack" / "mine.py").touch()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'there'}::{tmp_path / 'away'}")
    assert _file("pack.mine") == str(tmp_path / "there" / "pack" / "mine.py")
    (tmp_path / "here" / "pack" / "mine.py").touch()
    assert _file("pack.mine") == str(tmp_path / "here" / "pack" / "mine.py")
    monkeypatch.delenv("PYTHONPATH")
    with pytest.raises(ConfigError, match=r"no module pack\.yours here or in a directory of PYTHONPATH"):
        _file("pack.yours")
