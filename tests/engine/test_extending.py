"""Third-party models and workloads: they run like our own, and a broken one is named, skipped and harms nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.plugins import MODEL, WORKLOAD, Environment, drop, folder
from tests.helpers.processes import alive, wait_until
from tests.helpers.pythons import other_python
from tests.helpers.runs import run
from workers.client import catalogue as asking
from workers.client.catalogue import fetch
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.registry import keys

ROOT = Path(__file__).parents[2]


def broken(catalogue: Catalogue) -> dict[str, str]:
    """Error by place; and all that is ours is there."""
    assert catalogue.models.keys() >= set(keys("models"))
    assert catalogue.workloads.keys() >= set(keys("workloads"))
    return {item.path: item.error for item in catalogue.broken}


# ---- files in the folder ---------------------------------------------------------------------------------------------
def test_a_model_and_a_workload_in_the_folder() -> None:
    drop("models", "theirs", MODEL)
    drop("workloads", "their_work", WORKLOAD)
    catalogue = fetch(None)
    assert broken(catalogue) == {}
    assert (catalogue.models["theirs"].title, catalogue.workloads["their_work"].title) == ("Theirs", "Theirs")
    store = run(RunConfig("theirs", "their_work", 1, tasks=5), catalogue)
    assert store.counts.done == 5
    assert store.checksum == run(RunConfig("thread_pool", "their_work", 2, tasks=5), catalogue).checksum


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_worker_processes_have_it_too(method: str) -> None:
    """Also what a file of the folder imports from the folder, by the package's own name."""
    drop("workloads", "_shared", "WORD = 'shared'\n")
    drop("workloads", "theirs", f"from workers.workloads._shared import WORD\n{WORKLOAD}")
    catalogue = fetch(None)
    assert "_shared" not in catalogue.workloads
    for model in ("process_pool", "process_per_task"):
        store = run(RunConfig(model, "theirs", 2, tasks=4, options={"start_method": method}), catalogue)
        assert store.counts.done == 4, list(store.texts)
        assert {line.text for line in store.texts} == {"RAN workers.workloads.theirs False"}


@pytest.mark.parametrize("model", ["interpreter_pool", "process_pool"])
def test_under_another_interpreter(model: str) -> None:
    drop("workloads", "theirs", WORKLOAD)
    python = other_python("3.14")
    store = run(RunConfig(model, "theirs", 2, tasks=4, python=python), fetch(python))
    assert store.counts.done == 4, list(store.texts)


def test_more_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THREADMILL_PLUGINS", str(tmp_path / "more"))
    drop("models", "more", MODEL, tmp_path / "more")
    drop("models", "theirs", MODEL)
    assert fetch(None).models.keys() >= {"more", "theirs"}


NO_RUN = MODEL[: MODEL.index("def run")]
BROKEN = {
    "syntax": ("def (", "SyntaxError: invalid syntax (syntax.py, line 1)"),
    "raises": ("\n\n1 / 0\n", "ZeroDivisionError: division by zero (line 3)"),
    "missing": ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module' (line 1)"),
    "exits": ("import sys\nsys.exit(3)", "ImportError: it ended with sys.exit(3) while it was imported"),
    "interrupts": ("raise KeyboardInterrupt", "KeyboardInterrupt: (line 1)"),
    "no_info": ("def run(ctx):\n    pass\n", "workers.models.no_info has no INFO that is a ModelInfo."),
    "no_run": (NO_RUN, "workers.models.no_run has no run that is a function."),
    "a_workload": (WORKLOAD, "workers.models.a_workload has no INFO that is a ModelInfo."),
    "number": (MODEL.replace('"Theirs", family', "3, family"), "workers.models.number: INFO.title must be a text, not 3."),
    "unreadable": ("class E(Exception):\n    def __str__(self):\n        raise ValueError\nraise E\n", "cannot be read: ValueError"),
    "bells": ("raise ValueError('a\\x1b[31m\\nb\\ud800')", "ValueError: a [31m b (line 1)"),
    "not-a-name": (MODEL, "its name 'not-a-name' must be made of letters, digits and underscores"),
    "thread_pool": (MODEL, "there is a model 'thread_pool' already (models/thread_pool.py); give this one another name"),
    "leaves_a_thread": ("import threading\nthreading.Thread(target=threading.Event().wait).start()", "has no INFO"),
}  # fmt: skip
DEADLY = {
    "leaves": ("import os\nos._exit(4)", "its import ended the process, which ended with exit code 4"),
    "crashes": ("import ctypes\nctypes.string_at(0)", "its import ended the process, which was killed by SIGSEGV"),
}


def test_every_broken_file_is_named_with_its_error_and_the_rest_load() -> None:
    places = {key: str(drop("models", key, text)) for key, (text, _) in (BROKEN | DEADLY).items()}
    drop("models", "whole", MODEL)
    catalogue = fetch(None)
    assert "whole" in catalogue.models
    found = broken(catalogue)
    assert found.keys() == set(places.values())
    for key, (_, words) in (BROKEN | DEADLY).items():
        assert words in found[places[key]], key
        assert found[places[key]].isprintable()
    assert catalogue.models["thread_pool"].title == "Thread pool"


def test_what_a_file_prints_does_not_mix_with_the_answer() -> None:
    drop("models", "theirs", f"import os\nprint('x')\nos.write(1, b'noise')\nos.system('echo more')\n{MODEL}")
    assert "theirs" in fetch(None).models


def test_an_import_that_never_ends_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FILE_S", 2.0)
    place = drop("workloads", "endless", "while True:\n    pass\n")
    drop("workloads", "whole", WORKLOAD)
    catalogue = fetch(None)
    assert "whole" in catalogue.workloads
    assert broken(catalogue) == {str(place): "its import did not end within 2 s"}


def test_the_deadline_names_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "DEADLINE_S", 2.0)
    place = drop("workloads", "endless", "while True:\n    pass\n")
    with pytest.raises(ConfigError) as caught:
        fetch(None)
    assert f"it was loading {place}: mend or remove that" in str(caught.value)


def test_what_a_file_starts_at_its_import_is_ended(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    start = f"import pathlib, subprocess\npathlib.Path({str(note)!r}).write_text(str(subprocess.Popen(['sleep', '60']).pid))\n"
    drop("models", "theirs", start + MODEL)
    assert "theirs" in fetch(None).models
    assert wait_until(lambda: not alive(int(note.read_text())))


# ---- what a model needs ----------------------------------------------------------------------------------------------
def needing(need: str) -> str:
    return MODEL.replace('workers_are="none"', f'workers_are="none", requires=("{need}",)')


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("python>=3.99", "it needs Python 3.99 or later"),
        ("no_such_module", "no_such_module is not installed for this interpreter"),
        ("no_such.module", "no_such.module is not installed"),
    ],
)
def test_a_model_that_lacks_something_is_listed_with_the_reason_and_not_run(need: str, words: str) -> None:
    drop("models", "needy", needing(need))
    catalogue = fetch(None)
    assert words in catalogue.models["needy"].unavailable
    with pytest.raises(ConfigError, match="Theirs cannot run under Python") as caught:
        run(RunConfig("needy", "sleep"), catalogue)
    assert words in str(caught.value)


def test_the_terminal_says_why_and_names_the_interpreter_that_has_it() -> None:
    other = other_python("3.14")
    drop("models", "needy", needing("python>=3.14"))
    if sys.version_info >= (3, 14):
        pytest.skip("our own has it")
    done = threadmill("run", "--model", "needy", "--tasks", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "it needs Python 3.14 or later; run it with --python " in done.stderr
    items = {item["key"]: item for item in json.loads(threadmill("list", "models", "--json").stdout)}
    assert items["needy"]["unavailable"] == "it needs Python 3.14 or later"
    named = items["needy"]["available_under"]
    assert f"--python {named} (Python 3." in done.stderr
    assert items["sequential"]["available_under"] is None
    assert fetch(named).models["needy"].unavailable == fetch(other).models["needy"].unavailable == ""


def threadmill(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "workers.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT, stdin=subprocess.DEVNULL)


def test_the_terminal_names_what_is_broken_and_goes_on() -> None:
    place = drop("models", "raises", "1 / 0\n")
    for arguments in (["list", "models"], ["run", "--tasks", "1"]):
        done = threadmill(*arguments)
        assert done.returncode == 0
        assert f"threadmill: {place} is left out: ZeroDivisionError: division by zero (line 1)" in done.stderr


def test_doctor_shows_the_folder_and_what_is_in_it() -> None:
    drop("models", "theirs", MODEL)
    place = drop("workloads", "raises", "1 / 0\n")
    found = json.loads(threadmill("doctor", "--json").stdout)["plugins"]
    assert found["folders"] == [str(folder())]
    assert [Path(path).relative_to(folder()).as_posix() for path in found["files"]] == [
        "models/theirs.py",
        "workloads/raises.py",
    ]
    assert found["broken"] == [{"path": str(place), "error": "ZeroDivisionError: division by zero (line 1)"}]
    words = threadmill("doctor").stdout
    for word in ("plug-in folder", "models/theirs.py", "left out", "ZeroDivisionError"):
        assert word in words


# ---- entry points ----------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return Environment(tmp_path_factory.mktemp("environments") / "bare")


@pytest.fixture
def environment(bare: Environment) -> Iterator[Environment]:
    """With nothing installed yet."""
    yield bare
    bare.clear()


def test_entry_points_of_the_chosen_interpreter(environment: Environment) -> None:
    environment.install(
        "bursts",
        "[threadmill.models]\nbursts = bursts_model\n[threadmill.workloads]\ndice = bursts_work\n",
        bursts_model=MODEL,
        bursts_work=WORKLOAD,
    )
    catalogue = fetch(environment.python)
    assert broken(catalogue) == {}
    assert "bursts" not in fetch(None).models
    store = run(RunConfig("bursts", "dice", 1, tasks=3, python=environment.python), catalogue)
    assert store.counts.done == 3


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_need_not_look_for_entry_points(method: str, environment: Environment) -> None:
    environment.install("bursts", "[threadmill.workloads]\ndice = bursts_work\n", bursts_work=WORKLOAD)
    config = RunConfig("process_pool", "dice", 2, tasks=4, python=environment.python, options={"start_method": method})
    store = run(config, fetch(environment.python))
    assert store.counts.done == 4, list(store.texts)
    # A forked worker is a copy of the host, which did look.
    assert {line.text for line in store.texts} == {f"RAN bursts_work {method == 'fork'}"}


def test_broken_entry_points(environment: Environment) -> None:
    environment.install("good", "[threadmill.models]\nfine = fine_model\nsequential = fine_model\n", fine_model=MODEL)
    environment.install("gone", "[threadmill.models]\ngone = gone_model\n")
    environment.install("again", "[threadmill.models]\nfine = fine_model\nodd = fine_model:run\nmy-own = fine_model\n")
    catalogue = fetch(environment.python)
    assert "fine" in catalogue.models
    assert catalogue.models["sequential"].title == "Sequential"
    found = broken(catalogue)
    expected = {
        "(entry point sequential of good)": "there is a model 'sequential' already (models/sequential.py)",
        "gone_model (entry point gone of gone)": "ModuleNotFoundError: No module named 'gone_model'",
        "(entry point fine of ": "there is a model 'fine' already (fine_model (entry point fine of ",
        "(entry point odd of again)": "it must name a module, such as package.module, not 'fine_model:run'",
        "(entry point my-own of again)": "its name 'my-own' must be made of letters",
    }
    assert len(found) == len(expected)
    for place, words in expected.items():
        assert any(place in path and words in error for path, error in found.items()), (place, found)


@pytest.mark.parametrize("text", ["[threadmill.models]\nnonsense\n", "[other]\nnonsense\n"])
def test_a_damaged_distribution_spoils_no_other(text: str, environment: Environment) -> None:
    """It is only named where it means us."""
    environment.install("good", "[threadmill.models]\nfine = fine_model\n", fine_model=MODEL)
    environment.install("damaged", text)
    catalogue = fetch(environment.python)
    assert "fine" in catalogue.models
    named = [item for item in catalogue.broken if "damaged" in item.path + item.error]
    assert len(named) == ("threadmill" in text), catalogue.broken
    assert run(RunConfig("fine", "sleep", 1, tasks=2, python=environment.python), catalogue).counts.done == 2
