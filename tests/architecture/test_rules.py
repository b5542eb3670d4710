"""The rules of ARCHITECTURE.md, each checked, and each broken on purpose to see that the check reports it."""

import configparser
import fcntl
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.covering import covering
from tests.helpers.pythons import WANTED, other_python
from tests.helpers.runs import run
from workers.client.catalogue import fetch
from workers.contract.config import RunConfig
from workers.contract.info import Catalogue
from workers.engine import boot

ROOT = Path(__file__).parents[2]
HOST_SIDE = ("contract", "telemetry", "models", "workloads", "engine", "plugin", "registry")


def imports_kept(root: Path) -> "subprocess.CompletedProcess[str]":
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--config",
        str(ROOT / "pyproject.toml"),
        "--no-cache",
    ]
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120)


def test_import_contracts_are_kept() -> None:
    done = imports_kept(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


BROKEN = [
    ("workers/insight/store.py", "import PySide6", "workers know no window"),
    ("workers/engine/worker.py", "import numpy", "standard library only"),
    ("workers/contract/config.py", "import workers.engine.lifecycle", "one way"),
    ("workers/models/thread_pool.py", "import workers.engine.host", "door for authors"),
    ("gui/bridge/reader.py", "import workers.registry", "the window imports no model"),
]


def test_contracts_broken_on_purpose_are_reported(tmp_path: Path) -> None:
    """In one copy: each is reported, with the import that broke it."""
    for package in ("workers", "gui"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file, line, _ in BROKEN:
        path = tmp_path / file
        text = path.read_text()
        at = text.index("\nimport ") if "\nimport " in text else text.index("\nfrom ")
        path.write_text(text[:at] + f"\n{line}" + text[at:])
    done = imports_kept(tmp_path)
    assert done.returncode == 1
    broken = [row for row in done.stdout.splitlines() if "BROKEN" in row]
    for file, line, contract in BROKEN:
        assert any(contract in row for row in broken), done.stdout[-3000:]
        step = f"{file.removesuffix('.py').replace('/', '.')} -> {line.removeprefix('import ')} "
        assert step in done.stdout, (step, done.stdout[-3000:])


def host_side_modules(package: Path) -> list[str]:
    names = []
    for part in HOST_SIDE:
        path = package / part
        if path.is_dir():
            files = [file for file in sorted(path.glob("*.py")) if file.name not in ("__init__.py", "boot.py")]
            names += [f"workers.{part}.{file.stem}" for file in files]
        else:
            names.append(f"workers.{part}")
    return names


IMPORT_ALL = """
import importlib, runpy, sys, sysconfig
module = runpy.run_path({boot!r}, run_name="boot")
for name in {names!r}:
    importlib.import_module(name)
allowed = set(sys.stdlib_module_names) | {{"workers", "__main__", "__mp_main__"}}
stdlib = sysconfig.get_path("stdlib")  # a distribution may add to it
strange = {{name.split(".")[0] for name in sys.modules}} - allowed
print(sorted(name for name in strange if not str(getattr(sys.modules[name], "__file__", "")).startswith(stdlib)))
"""


def check_imports(python: str, package: Path) -> None:
    code = IMPORT_ALL.format(boot=str(package / "engine" / "boot.py"), names=host_side_modules(package))
    done = subprocess.run([python, "-I", "-S", "-c", code], capture_output=True, text=True, timeout=60, cwd="/")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, unpacked as an installer would. It is made once for all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "wheel"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "site").exists():
            build_wheel(folder)
    return folder / "site"


def build_wheel(folder: Path) -> None:
    source = folder / "source"
    ignore = shutil.ignore_patterns(".git", ".venv*", "__pycache__", ".*_cache", ".hypothesis", ".benchmarks", "dist")
    shutil.copytree(ROOT, source, ignore=ignore)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=source,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    shutil.unpack_archive(next(folder.glob("*.whl")), folder / "site", "zip")


def test_host_side_imports_alone_from_the_checkout() -> None:
    check_imports(sys.executable, ROOT / "workers")


@pytest.mark.parametrize("minor", WANTED)
def test_host_side_imports_alone_under_other_interpreters(minor: str) -> None:
    check_imports(other_python(minor), ROOT / "workers")


def test_host_side_imports_alone_from_a_wheel(wheel: Path) -> None:
    check_imports(sys.executable, wheel / "workers")


def test_the_wheel_holds_what_it_needs(wheel: Path) -> None:
    for path in (
        "resources/schema/run.v1.json",
        "resources/lessons/mutex.zh_CN.md",
        "resources/icons/threadmill.svg",
        "gui/__main__.py",
        "workers/models/thread_pool.py",
    ):
        assert (wheel / path).exists(), path
    assert not (wheel / "tests").exists()
    entry = configparser.ConfigParser()
    entry.read(next(wheel.glob("*.dist-info")) / "entry_points.txt")
    assert entry["console_scripts"]["threadmill"] == "gui.__main__:main"


POISON = ("numpy", "psutil", "PySide6", "rich")
METHODS = ("fork", "spawn", "forkserver")
COVER = {
    ("thread_pool", ""),
    *(("process_pool", method) for method in METHODS),
    ("pool_apply", "spawn"),
    ("process_per_task", "forkserver"),
}


def poisoned(site: Path) -> None:
    """What the window's environment would leak: modules that say so when they are imported."""
    for name in POISON:
        (site / f"{name}.py").write_text(f"raise ImportError('poison: {name} of the window was imported')\n")


PROBE = f"""
import importlib.util, sys
from workers.plugin import *
INFO = WorkloadInfo(title="Probe", summary="For a test.", bound="waiting")
def arguments(params, random):
    while True:
        yield ()
def run():
    found = [name for name in {POISON!r} if importlib.util.find_spec(name) is not None]
    print("FOUND", found, [path for path in sys.path if "poisoned" in path])
"""


@pytest.fixture(scope="session")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the wheel is installed, with poison beside it."""
    made = tmp_path_factory.mktemp("poisoned")
    shutil.copytree(wheel / "workers", made / "workers")
    poisoned(made)
    (made / "workers" / "workloads" / "probe.py").write_text(PROBE)
    return made


@cache
def offered(python: str) -> Catalogue:
    """What hosts of the poisoned site offer: asked by its tests only, once."""
    return fetch(python)


@pytest.mark.parametrize(
    ("model", "method"),
    covering(
        (
            ("thread_pool", ""),
            *((model, method) for model in ("process_pool", "pool_apply", "process_per_task") for method in METHODS),
        ),
        lambda model, method: (model, method) in COVER,
    ),
)
def test_nothing_of_the_windows_environment_is_importable_in_a_host(
    model: str, method: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From an installed wheel, under another interpreter, with poison beside `workers` and on PYTHONPATH."""
    monkeypatch.setattr(boot, "__file__", str(site / "workers" / "engine" / "boot.py"))
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setenv("VIRTUAL_ENV", str(site))
    python = other_python("3.15" if sys.version_info[:2] == (3, 14) else "3.14")
    options = {"start_method": method} if method else {}
    store = run(RunConfig(model, "probe", 2, tasks=4, python=python, options=options), offered(python))
    assert store.ended is not None
    assert store.counts.done == 4, (store.ended.error, list(store.texts))
    assert {line.text for line in store.texts} == {"FOUND [] []"}


@pytest.mark.parametrize("model", ["thread_pool", "process_pool", "process_per_task"])
def test_a_worker_has_nothing_but_the_standard_library(model: str, extended) -> None:  # type: ignore[no-untyped-def]
    catalogue = extended.workload("modules").catalogue()
    store = run(RunConfig(model, "modules", 2, tasks=2), catalogue)
    lines = [line.text for line in store.texts if line.text.startswith("MODULES")]
    assert len(lines) == 2
    for line in lines:
        assert not {"PySide6", "numpy", "psutil", "pyqtgraph", "rich", "gui"} & set(line.split())


STARTED_WORKER = """
import runpy, sys
runpy.run_path({boot!r}, run_name="__mp_main__")
from workers import registry
registry.load_workload("count_primes")
print(*sys.modules)
"""


def test_a_fresh_worker_loads_nothing_that_takes_long_and_few_need() -> None:
    """As multiprocessing starts one by spawn; asyncio alone would be a third of what it loads."""
    code = STARTED_WORKER.format(boot=str(ROOT / "workers" / "engine" / "boot.py"))
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60, cwd="/")
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "workers.engine.worker" in loaded
    assert not loaded & {"asyncio", "difflib", "multiprocessing.managers", "workers.engine.guard"}


def test_a_model_and_a_workload_are_one_file_each(extended) -> None:  # type: ignore[no-untyped-def]
    extended.add(
        "models",
        "backwards",
        (ROOT / "workers" / "models" / "sequential.py").read_text().replace("Sequential", "Backwards"),
    )
    extended.add(
        "workloads",
        "nothing",
        (ROOT / "workers" / "workloads" / "sleep.py").read_text().replace('"Sleep"', '"Nothing"'),
    )
    catalogue = extended.catalogue()
    assert catalogue.models["backwards"].title == "Backwards"
    assert catalogue.workloads["nothing"].title == "Nothing"
    store = run(RunConfig("backwards", "nothing", 1, tasks=3, params={"ms": 0.0}), catalogue)
    assert store.counts.done == 3


def test_no_machine_path_in_the_project() -> None:
    """What this machine is must not show in the files."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    files = done.stdout.split() if done.returncode == 0 else [str(path) for path in ROOT.rglob("*.py")]
    for name in files:
        path = ROOT / name
        if path.suffix in (".py", ".md", ".toml", ".json", ".yml") and path.exists() and path != Path(__file__):
            assert str(ROOT) not in path.read_text(encoding="utf-8"), name
