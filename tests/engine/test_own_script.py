"""Scripts of a function of the user's own, whatever it and its file are called."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.own_files import config_of, write
from tests.helpers.runs import run
from workers.client.script import refuse_place
from workers.contract.errors import ConfigError
from workers.engine.compose import compose
from workers.engine.renames import renamed

ROOT = Path(__file__).parents[2]
NAMES = """
from queue import Queue as ThreadPoolExecutor
from time import perf_counter

tasks = [3]
done = {"began": 1}
init = lock = pool = 2


def len(values):
    return 7


def collect(n):
    return n + tasks[0] + done["began"] + init + lock + pool


def work(n):
    assert ThreadPoolExecutor and perf_counter() and len([]) == 7
    return collect(n)
"""

NAMELESS = """
twice = lambda n: 2 * n


def make(factor):
    def inner(n):
        return factor * n
    return inner


def loud(function):
    def outer(n):
        return function(n)
    return outer


made = make(3)


@loud
def told(n):
    return n
"""


@pytest.mark.parametrize(
    ("model", "options"),
    [
        ("sequential", {}),
        ("thread_pool", {"primitive": "Lock"}),
        ("thread_queue", {}),
        ("process_pool", {}),
        ("process_queue", {"primitive": "Lock"}),
        ("asyncio_tasks", {}),
    ],
)
def test_names_that_script_and_file_share(tmp_path: Path, model: str, options: dict[str, object]) -> None:
    """The function is in the script as it is written; what the script has of its own is called otherwise."""
    text = compose(config_of(write(tmp_path, "mine", NAMES), "work", "range(4)", model, options=options))
    assert "def work(n):\n    assert ThreadPoolExecutor and perf_counter()" in text
    assert "cannot be taken out" not in text
    assert "4 of 4 tasks done in " in carried_out(tmp_path / "alone.py", text)


def test_generator_and_method_of_such_names(tmp_path: Path) -> None:
    source = "class tasks:\n    @staticmethod\n    def work(n):\n        return n\n\n\ndef again():\n    yield 5\n"
    text = compose(config_of(write(tmp_path, "mine", source), "tasks.work", ":again", tasks=3))
    assert "yield from again()" in text
    assert "3 of 3 tasks done in " in carried_out(tmp_path / "alone.py", text)


@pytest.mark.parametrize("function", ["twice", "made", "told"])
@pytest.mark.parametrize("model", ["process_pool", "process_queue"])
def test_processes_find_what_has_no_name_of_its_own(tmp_path: Path, function: str, model: str) -> None:
    """As in the run and as pre-flight says: workers get it from its file, whatever it is called itself."""
    file = write(tmp_path, "mine", NAMELESS)
    config = config_of(file, function, "range(4)", model, options={"start_method": "spawn"})
    assert run(config).counts.done == 4
    assert "4 of 4 tasks done in " in carried_out(tmp_path / "alone.py", compose(config))


def test_only_names_are_renamed() -> None:
    text = 'def work(tasks):\n    # tasks\n    return f"tasks {len(tasks)}", x.tasks, call(tasks=tasks), "tasks"\n'
    assert renamed(text, {"tasks": "others"}) == (
        'def work(others):\n    # tasks\n    return f"tasks {len(others)}", x.tasks, call(tasks=others), "tasks"\n'
    )


@pytest.mark.parametrize("model", ["thread_pool", "process_pool"])
def test_a_script_called_as_the_file_it_imports(tmp_path: Path, model: str) -> None:
    """By path: neither the script itself nor a module beside it is taken for the user's file."""
    (tmp_path / "own").mkdir()
    file = write(tmp_path / "own", "pure", "NAME = __name__\n\n\ndef work(n):\n    return n\n")
    options = {"start_method": "spawn"} if model == "process_pool" else {}
    text = compose(config_of(file, "work", "range(4)", model, options=options))
    assert "what it needs cannot be taken out of it" in text
    assert "4 of 4 tasks done in " in carried_out(tmp_path / "pure.py", text)
    assert "4 of 4 tasks done in " in carried_out(tmp_path / "other.py", text), "beside a module of that name"


def test_a_file_in_a_package_is_imported_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "parts" / "kit").mkdir(parents=True)
    (tmp_path / "parts" / "kit" / "__init__.py").write_text("HALF = 2\n")
    write(tmp_path / "parts" / "kit", "near", "def half(n):\n    return n // 2\n")
    file = write(
        tmp_path / "parts" / "kit",
        "mine",
        "from . import HALF\nfrom .near import half\n\n\ndef work(n):\n    return half(n) * HALF\n",
    )
    text = compose(config_of(file, "work", "range(4)"))
    assert "4 of 4 tasks done in " in carried_out(tmp_path / "kit.py", text)


def test_places_where_a_script_does_not_belong(tmp_path: Path) -> None:
    file = write(tmp_path, "mine", "import zlib\n\n\ndef work(n):\n    return zlib.crc32(bytes(n))\n")
    config = config_of(file, "work", "@values.csv:number")
    text = compose(config)
    with pytest.raises(ConfigError, match=r"The script needs .*mine\.py itself and would overwrite it; give"):
        refuse_place(file, config)
    with pytest.raises(ConfigError, match=r"The script needs .*values\.csv itself"):
        refuse_place(str(tmp_path / "values.csv"), config)
    with pytest.raises(
        ConfigError, match=r"The script imports concurrent and would find itself as .*concurrent\.py; give"
    ):
        refuse_place(str(tmp_path / "concurrent.py"), config, text)
    refuse_place(str(tmp_path / "script.py"), config, text)
    (tmp_path / "csv.py").touch()
    with pytest.raises(
        ConfigError, match=r"The script imports csv and would find .*csv\.py instead; save it in another"
    ):
        refuse_place(str(tmp_path / "script.py"), config, text)


def test_the_command_leaves_the_function_file_as_it_is(tmp_path: Path) -> None:
    source = "def work(n):\n    return n\n"
    file = write(tmp_path, "mine", source)
    command = [sys.executable, "-m", "workers.cli", "script", "--function", f"{file}:work", "--inputs", "range(3)"]
    done = subprocess.run([*command, "-o", file], capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "would overwrite it" in done.stderr
    assert Path(file).read_text() == source


def carried_out(path: Path, text: str) -> str:
    """What the script prints under plain Python, from where it is saved."""
    path.write_text(text)
    done = subprocess.run([sys.executable, str(path)], cwd=path.parent, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, ""), f"{done.stderr}\n{text}"
    return done.stdout
