"""A function of the user's own, as a run: under every kind of worker, with every kind of input, and from bad files."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.own_files import BROKEN, KNOWN, config_of, write
from tests.helpers.pythons import other_python
from tests.helpers.runs import run
from workers.client.preflight import fetch_functions, fetch_preflight
from workers.contract.errors import ConfigError
from workers.contract.phase import RunPhase
from workers.engine.compose import compose

CLASSES = """
from dataclasses import dataclass
from helper import double


@dataclass
class Point:
    x: int
    y: int


def points():
    for number in range(4):
        yield Point(number, 2 * number)


def work(point):
    return Point(double(point.x), point.y)
"""


def test_inputs_are_run_once_where_nothing_else_ends_the_run() -> None:
    store = run(config_of(KNOWN, "locked", "range(5)"))
    assert (store.phase, store.counts.done) == (RunPhase.FINISHED, 5)
    assert store.checksum == sum(n * n for n in range(5))


def test_inputs_begin_anew_where_there_are_fewer_than_tasks() -> None:
    store = run(config_of(KNOWN, "locked", ":numbers", tasks=25))
    assert store.counts.done == 25
    assert store.checksum == 2 * sum(n * n for n in range(10)) + sum(n * n for n in range(5))


@pytest.mark.parametrize(
    ("model", "options", "python"),
    [
        ("process_pool", {"start_method": "spawn"}, ""),
        ("process_pool", {"start_method": "forkserver"}, ""),
        ("process_per_task", {"start_method": "spawn"}, ""),
        ("interpreter_pool", {}, "3.14"),
    ],
)
def test_what_a_file_defines_can_be_sent_to_every_kind_of_worker(
    tmp_path: Path, model: str, options: dict[str, object], python: str
) -> None:
    """The file is called as a module of the standard library, and imports one beside it that imports the real one."""
    file = write(tmp_path, "random", CLASSES)
    write(tmp_path, "helper", "import random\n\n\ndef double(n):\n    return 2 * n + random.Random(0).randrange(1)\n")
    config = config_of(file, "work", ":points", model, options=options)
    store = run(config.changed(python=other_python(python)) if python else config)
    assert (store.counts.done, store.counts.failed) == (4, 0), list(store.texts)
    assert store.checksum == run(config_of(file, "work", ":points")).checksum


def test_async_functions_are_awaited_together_and_alone() -> None:
    together = run(config_of(KNOWN, "anap", "range(6)", "asyncio_tasks"))
    alone = run(config_of(KNOWN, "anap", "range(6)", "thread_pool"))
    assert together.counts.done == alone.counts.done == 6
    assert together.checksum == alone.checksum == sum(range(6))


def test_a_result_without_a_stable_text_has_no_checksum(tmp_path: Path) -> None:
    store = run(config_of(write(tmp_path, "objects", "def work(n):\n    return object()\n"), "work"))
    assert (store.counts.done, store.checksum) == (6, None)


def test_inputs_from_files_are_numbers_where_they_are_numbers() -> None:
    store = run(config_of(KNOWN, "locked", "@values.csv:number"))
    assert store.checksum == 1 + 4 + 9
    both = run(config_of(KNOWN, "pair", "@values.jsonl", tasks=1))
    assert both.checksum == 2, "it can be called with one argument, so it is given the whole input"


def test_several_arguments_are_taken_from_tuples_and_tables(tmp_path: Path) -> None:
    assert run(config_of(KNOWN, "both", "[(2, 3), [4, 5]]")).checksum == 26
    file = write(tmp_path, "both", Path(KNOWN).read_text())
    (tmp_path / "rows.jsonl").write_text('{"y": 5, "x": 2}\n{"x": 1, "y": 1, "z": 3}\n')
    assert run(config_of(file, "both", "@rows.jsonl")).checksum == 11


def refusal(file: str, function: str = "work", inputs: str = "@values.csv:number") -> str:
    with pytest.raises(ConfigError) as refused:
        fetch_preflight(config_of(file, function, inputs))
    return str(refused.value)


def test_a_bad_file_ends_the_run_with_the_same_sentence(tmp_path: Path) -> None:
    text, words = BROKEN["deletes"]
    store = run(config_of(write(tmp_path, "deletes", text), "work", "@values.csv:number"))
    assert store.phase is RunPhase.FAILED
    assert store.ended is not None
    assert (store.ended.error or "").startswith(words)
    assert (tmp_path / "values.csv").exists()


def test_files_that_are_none(tmp_path: Path) -> None:
    latin = write(tmp_path, "latin", b'x = 1\n\n\ndef work(n):\n    return "\xe9"\n')
    assert refusal(latin).startswith("latin.py, line 5: this is not UTF-8; save the file as UTF-8")
    assert refusal(str(tmp_path)) == f"{tmp_path} is a directory; give a Python file in it."
    assert refusal(str(tmp_path / "no.py")) == f"There is no file {tmp_path / 'no.py'}; check its name and folder."
    assert refusal("no.py") == "Give the whole path of no.py, from / on."


def test_a_million_lines_at_import_do_not_drown_the_window(tmp_path: Path) -> None:
    text = 'for number in range(1_000_000):\n    print("line", number)\n\n\ndef work(n):\n    return n\n'
    store = run(config_of(write(tmp_path, "prints", text), "work"), seconds=90)
    assert store.counts.done == 6
    said = [line.text for line in store.texts]
    assert len(said) < 2_000
    assert any("printed 999,000 more lines while it was imported" in line for line in said)


def test_a_task_that_would_delete_the_inputs_fails_and_they_stay(tmp_path: Path) -> None:
    text = 'import os\n\n\ndef work(n):\n    os.remove("values.csv")\n'
    store = run(config_of(write(tmp_path, "deletes", text), "work", "@values.csv:number", "process_pool"))
    assert (store.counts.failed, (tmp_path / "values.csv").read_text()[:6]) == (3, "number")
    assert any("prevented" in line.text and "line 5" in line.text for line in store.texts)


def test_functions_are_found_without_importing(tmp_path: Path) -> None:
    text = "import no_such_package\n\n\n@deco\ndef work(n: int, *, m=2) -> int:\n    '''Works.'''\n    yield n\n\n\nasync def wait(): ...\n"
    found = fetch_functions(write(tmp_path, "mine", text))
    assert [(item.name, item.signature, item.line) for item in found.functions] == [
        ("work", "(n: int, *, m=2) -> int", 4),
        ("wait", "()", 10),
    ]
    assert [(item.is_async, item.is_generator, item.doc) for item in found.functions] == [
        (False, True, "Works."),
        (True, False, ""),
    ]


@pytest.mark.parametrize(
    ("model", "function", "inputs", "tasks"),
    [
        ("process_pool", "counting", "@values.csv:number", 7),
        ("asyncio_processes", "loop", "range(3)", None),
        ("asyncio_tasks", "anap", ":numbers", 12),
        ("thread_pool", "anap", "[1] * 3", None),
        ("shared_memory", "both", "[(1, 2), (3, 4)]", 5),
    ],
)
def test_the_script_runs_alone(tmp_path: Path, model: str, function: str, inputs: str, tasks: int | None) -> None:
    text = compose(config_of(KNOWN, function, inputs, model, tasks=tasks))
    assert "threadmill" not in text
    count = tasks or 3
    assert f"{count} of {count} tasks done in " in carried_out(tmp_path, text)


def test_what_cannot_be_taken_out_of_its_file_is_imported(tmp_path: Path) -> None:
    """It imports a file beside it, and is called as a module of the standard library."""
    (tmp_path / "own").mkdir()
    file = write(tmp_path / "own", "random", CLASSES)
    write(tmp_path / "own", "helper", "def double(n):\n    return 2 * n\n")
    text = compose(config_of(file, "work", ":points", tasks=4))
    assert "spec_from_file_location" in text
    assert "4 of 4 tasks done in " in carried_out(tmp_path, text)


def carried_out(folder: Path, text: str) -> str:
    """What the script prints under plain Python."""
    path = folder / "script.py"
    path.write_text(text)
    done = subprocess.run([sys.executable, "-I", str(path)], cwd=folder, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout
