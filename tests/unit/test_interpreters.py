"""Which Pythons are found, each once; what they answer; which one is meant by a name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.fake_pythons import answer, fake_python, free_threaded_answer, times_asked, venv_of
from tests.helpers.processes import alive, wait_until
from tests.helpers.pythons import other_python
from workers.cli.listing import gil_words, where_else
from workers.client import candidates as places
from workers.client import interpreters, probe
from workers.client.catalogue import fetch
from workers.client.interpreters import find, resolve, who_has
from workers.contract.errors import ConfigError
from workers.contract.info import ModelInfo, PythonInfo


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory of its own, an empty PATH (but for the shell's) and no other place of the system."""
    home = tmp_path / "home"
    home.mkdir()
    for name in (
        "PYENV_ROOT",
        "UV_PYTHON_INSTALL_DIR",
        "XDG_DATA_HOME",
        "CONDA_PREFIX",
        "MAMBA_ROOT_PREFIX",
        "THREADMILL_PYTHONS",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(places, "SYSTEM_ROOTS", ())
    monkeypatch.setattr(places, "HOMEBREW", (str(tmp_path / "brew"),))
    monkeypatch.setattr(places, "FRAMEWORKS", str(tmp_path / "Frameworks"))
    return tmp_path


def paths() -> list[str]:
    return [info.executable for info in find()]


@pytest.mark.parametrize(
    "place",
    [
        "path/python3.13",
        "home/.pyenv/versions/3.13.1/bin/python3.13",
        "home/.local/share/uv/python/cpython-3.13.1-linux-x86_64-gnu/bin/python3.13",
        "home/miniforge3/bin/python3.13",
        "home/miniforge3/envs/science/bin/python3.13",
        "elsewhere/env/bin/python3.13",
        "brew/bin/python3.13",
        "brew/opt/python-freethreading/bin/python3.13t",
    ],
)
def test_every_kind_of_place_is_looked_at(place: str, machine: Path) -> None:
    (machine / "home" / ".conda").mkdir()
    (machine / "home" / ".conda" / "environments.txt").write_text(f"\n{machine}/elsewhere/env\n/no/such/env\n")
    path = fake_python(machine / place, answer())
    assert paths() == [sys.executable, str(path)]


@pytest.mark.parametrize("name", ["Python", "PythonT"])
def test_framework_builds(name: str, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    path = fake_python(
        machine / "Frameworks" / f"{name}.framework" / "Versions" / "3.13" / "bin" / "python3.13", answer()
    )
    assert str(path) in list(places.candidates())


def test_environment_variables_move_the_places(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, below in (
        ("PYENV_ROOT", "a/versions/x/bin"),
        ("UV_PYTHON_INSTALL_DIR", "b/x/bin"),
        ("CONDA_PREFIX", "c/bin"),
    ):
        monkeypatch.setenv(name, str(machine / below.split("/")[0]))
        fake_python(machine / below / "python3.13", answer())
    assert len(paths()) == 4


def test_what_is_no_candidate_is_never_started(machine: Path) -> None:
    old = fake_python(machine / "path" / "python3.10", answer(version="3.10.1"))
    shim = fake_python(machine / "shims" / "python3.13", answer())
    config = fake_python(machine / "path" / "python3.13-config", answer())
    plain = machine / "path" / "python3.12"
    plain.write_text("not executable")
    (machine / "path" / "python3.11").mkdir()
    os.environ["PATH"] += os.pathsep + str(machine / "shims")
    assert paths() == [sys.executable]
    assert [times_asked(path) for path in (old, shim, config)] == [0, 0, 0]


def test_no_interpreter_twice(machine: Path) -> None:
    real = fake_python(machine / "home" / ".pyenv" / "versions" / "3.13.1" / "bin" / "python3.13", answer())
    (machine / "path").mkdir()
    link = machine / "path" / "python3.13"
    link.symlink_to(real)
    assert paths() == [sys.executable, str(link)]


def test_our_own_comes_first_and_once(machine: Path) -> None:
    (machine / "path").mkdir()
    (machine / "path" / "python3.11").symlink_to(os.path.realpath(sys.executable))
    fake_python(machine / "path" / "python3.12", answer(version="3.12.9"))
    assert paths() == [sys.executable, str(machine / "path" / "python3.12")]


def test_an_environment_counts_only_where_it_is_named(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = fake_python(machine / "base" / "python3.13", answer())
    link = venv_of(base, machine / "venv")
    monkeypatch.setenv("PATH", str(link.parent))
    assert paths() == [sys.executable, str(base)]
    monkeypatch.setenv("THREADMILL_PYTHONS", str(link))
    assert paths() == [sys.executable, str(base), str(link)]
    monkeypatch.delenv("THREADMILL_PYTHONS")
    other_name = link.with_name("python")
    other_name.symlink_to(base)
    assert [info.executable for info in find([str(link), str(other_name)])] == [sys.executable, str(base), str(link)]


def test_a_directory_of_pythons(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_python(machine / "mine" / "python3.14t", free_threaded_answer())
    fake_python(machine / "mine" / "python3.13", answer())
    monkeypatch.setenv("THREADMILL_PYTHONS", str(machine / "mine"))
    assert [os.path.basename(path) for path in paths()[1:]] == ["python3.13", "python3.14t"]
    assert resolve("3.14t") == str(machine / "mine" / "python3.14t")


def test_a_free_threaded_build_is_told_from_one_whose_gil_is_on(machine: Path) -> None:
    """From a transcript: there is no such build here, so this says nothing of how runs go under one."""
    fake_python(machine / "path" / "python3.14t", free_threaded_answer())
    fake_python(machine / "path" / "python3.15t", answer(version="3.15.0b1", gil=True, free_threaded=True))
    own, off, on = find()
    assert (off.version, off.gil, off.free_threaded, off.subinterpreters) == ("3.14.6", False, True, True)
    assert [gil_words(info) for info in (own, off, on)] == ["on", "off (free-threaded)", "on, though free-threaded"]


def test_the_version_of_a_free_threaded_build_is_read_by_a_real_one() -> None:
    """Of the transcript, what can be checked here: the `platform` of a real 3.14 understands the words of 3.14t."""
    words = "3.14.6 free-threading build (main, Jun 11 2026, 03:55:38) [Clang 22.1.3 ]"
    code = f"import platform, sys; sys.version = {words!r}; print(platform.python_version())"
    done = subprocess.run([other_python("3.14"), "-c", code], capture_output=True, text=True, timeout=30)
    assert done.stdout.strip() == "3.14.6"


@pytest.mark.parametrize(
    ("says", "then", "words"),
    [
        ("", "exit 3", "is no Python that works (exit code 3)"),
        ("hello", "", "is no Python that works"),
        ("{}", "", "is no Python that works"),
        ("[" * 20_000, "", "is no Python that works"),
        (answer(gil="yes"), "", "is no Python that works"),
        (answer(version="new"), "", "is no Python that works"),
        (answer(start_methods=[]), "", "is no Python that works"),
        (answer(modules=[3]), "", "is no Python that works"),
        (answer(bits=True), "", "is no Python that works"),
        (answer(more=1), "", "is no Python that works"),
        (answer(version="3.10.13"), "", "is Python 3.10.13; runs need 3.11 or later"),
        ("", "while :; do echo 0123456789012345678901234567890123456789; done", "sent more than was asked for"),
    ],
)
def test_what_is_no_python_says_so_and_is_left_out(
    says: str, then: str, words: str, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.client.question.LIMIT_BYTES", 100_000)
    path = fake_python(machine / "path" / "python3.13", says, then)
    with pytest.raises(ConfigError, match=r"python3\.13") as caught:
        probe.probe(str(path))
    assert words in str(caught.value)
    assert caught.value.field == "python"
    assert paths() == [sys.executable]


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("echo Unknown option: -P >&2; exit 2", "is older than Python 3.11; runs need 3.11 or later"),
        ("echo 'Try --help.' >&2; exit 1", "is no Python that can carry runs; it said: Try --help."),
        ("", "is no Python that can carry runs; it said: it answered nothing that can be read"),
        ("exit 0", "is no Python that can carry runs; it said: it answered nothing."),
    ],
)
def test_no_catalogue_comes_of_what_cannot_carry_runs(then: str, words: str, machine: Path) -> None:
    path = fake_python(machine / "python3.13", "" if then else "{}", then)
    with pytest.raises(ConfigError) as caught:
        fetch(str(path))
    assert str(path) in str(caught.value)
    assert words in str(caught.value)


def test_one_that_never_answers(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ended at the deadline, with what it has started."""
    monkeypatch.setattr(probe, "PROBE_S", 0.2)
    note = machine / "child"
    path = fake_python(machine / "path" / "python3.13", "", f"/bin/sleep 60 & echo $! > {note}; wait")
    os.environ["PATH"] += os.pathsep + "/bin"
    with pytest.raises(ConfigError, match="did not answer within"):
        probe.probe(str(path))
    assert wait_until(note.exists)
    assert wait_until(lambda: not alive(int(note.read_text())))


def test_noise_before_the_answer_does_no_harm(machine: Path) -> None:
    path = fake_python(machine / "path" / "python3.13", "a .pth file says hello\n" + answer())
    assert probe.probe(str(path)).version == "3.13.1"


@pytest.mark.parametrize("minor", ["3.12", "3.14"])
def test_a_real_one(minor: str) -> None:
    info = probe.probe(other_python(minor))
    new = minor == "3.14"
    assert info.version.startswith(minor)
    assert (info.gil, info.free_threaded, info.subinterpreters, info.bits) == (True, False, new, 64)
    assert info.start_methods[0] == ("forkserver" if new else "fork")


def test_modules_are_found_without_being_imported(tmp_path: Path) -> None:
    """In an environment with a `loky` that would tell, and a `.pth` file that prints."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True, timeout=60)
    site = next((tmp_path / "venv" / "lib").glob("python*")) / "site-packages"
    (site / "loky.py").write_text("raise SystemExit('imported')\n")
    (site / "noise.pth").write_text("import sys; print('noise')\n")
    info = probe.probe(str(tmp_path / "venv" / "bin" / "python"))
    assert info.modules == ("loky",)


# ---- which one is meant ----------------------------------------------------------------------------------------------
def test_names(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fake_python(machine / "path" / "python3.13", answer())
    tool = fake_python(machine / "path" / "mypython", answer())
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    venv = venv_of(path, machine / "venv")
    venv.with_name("python").symlink_to(path)
    monkeypatch.chdir(machine)
    expected = {
        None: sys.executable,
        own: sys.executable,
        "3.13": str(path),
        "python3.13": str(path),
        "mypython": str(tool),
        str(tool): str(tool),
        "path/mypython": str(tool),
        "./venv": str(venv.with_name("python")),
    }
    assert {name: resolve(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("name", "words"),
    [("3.99", "3.13"), ("3.13t", "There is no free-threaded Python 3.13"),
     ("nothing", "choose one of"), ("/no/such", "There is no interpreter at /no/such"),
     ("./path", "There is no interpreter at ./path")],
)  # fmt: skip
def test_names_that_mean_none(name: str, words: str, machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_python(machine / "path" / "python3.13", answer())
    monkeypatch.chdir(machine)
    with pytest.raises(ConfigError) as caught:
        resolve(name)
    assert words in str(caught.value)
    assert caught.value.field == "python"


# ---- who has what a model needs --------------------------------------------------------------------------------------
OLD = PythonInfo("/old", "3.11.2", "cpython", True, ("fork",), 64, modules=("loky",))
NEW = PythonInfo("/new", "3.14.0rc1", "cpython", True, ("fork",), 64, subinterpreters=True)
BOTH = PythonInfo("/both", "3.15.0", "cpython", True, ("fork",), 64, modules=("loky", "joblib"))


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ((), OLD),
        (("loky",), OLD),
        (("python>=3.14",), NEW),
        (("python>=3.14", "loky"), BOTH),
        (("python>=3.16",), None),
        (("something.else",), None),
    ],
)
def test_who_has(requires: tuple[str, ...], expected: PythonInfo | None) -> None:
    assert who_has(requires, [OLD, NEW, BOTH]) is expected


def test_the_remedy_names_the_interpreter() -> None:
    info = ModelInfo("x", "y", "z", requires=("python>=3.14",))
    assert where_else(info, [OLD, NEW]) == "run it with --python /new (Python 3.14.0rc1)"
    assert where_else(info, [OLD]) == ""


def test_the_launcher_of_windows() -> None:
    text = "\r\n".join(
        [
            " -V:3.14 *        C:\\Py\\python3.14.exe",
            " -V:3.13t         C:\\Users\\A B\\Python313\\python3.13t.exe",
            ' -V:3.12          "C:\\Program Files\\Python312\\python.exe"',
            " -3.11-64         C:\\Py311\\python.exe",
            "No installed runtimes",
        ]
    )
    assert places.launcher_paths(text) == [
        "C:\\Py\\python3.14.exe",
        "C:\\Users\\A B\\Python313\\python3.13t.exe",
        "C:\\Program Files\\Python312\\python.exe",
        "C:\\Py311\\python.exe",
    ]


def test_the_environment_of_another_interpreter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "leak")
    monkeypatch.setenv("THREADMILL_PLUGINS", os.pathsep.join(["/a", "", "/b"]))
    monkeypatch.setenv("THREADMILL_CONFIG_DIR", "relative")
    monkeypatch.chdir(tmp_path)
    found = interpreters.clean_environment()
    assert "leak" not in found.values()
    assert found["THREADMILL_PLUGINS"] == os.pathsep.join(["/a", "/b", str(tmp_path / "relative")])


def test_a_version_that_is_too_old_is_told_so() -> None:
    with pytest.raises(ConfigError, match=r"Python 3\.10 is too old: runs need 3\.11 or later"):
        interpreters.resolve("3.10")
