"""CONTRIBUTING.md, walked through as written: what it shows, put where it says, is offered and runs."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.helpers.extended import Extended
from tests.helpers.plugins import Environment, drop
from tests.helpers.runs import overlap, run, task_spans
from workers.client.catalogue import fetch
from workers.contract.config import RunConfig

ROOT = Path(__file__).parents[2]
TEXT = ROOT.joinpath("CONTRIBUTING.md").read_text()


def written(kind: str) -> tuple[str, str]:
    """(key, file) of the example of a kind: the path named before a Python block, and the block."""
    found = re.search(rf"`workers/{kind}/(\w+)\.py`.*?```python\n(.*?)```", TEXT, re.DOTALL)
    assert found is not None
    return found[1], found[2]


@pytest.fixture
def walked(extended: Extended) -> Extended:
    for kind in ("models", "workloads"):
        extended.add(kind, *written(kind))
    return extended


def threadmill(*arguments: str) -> str:
    command = [sys.executable, "-m", "workers.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("workers", [1, 3])
def test_the_examples_run(workers: int, walked: Extended) -> None:
    model, workload = written("models")[0], written("workloads")[0]
    catalogue = walked.catalogue()
    assert not catalogue.broken
    store = run(RunConfig(model, workload, workers, tasks=7), catalogue)
    assert (store.counts.done, store.counts.failed, store.counts.lost) == (7, 0, 0)
    assert overlap(task_spans(store)) <= workers


def test_the_workload_runs_under_other_models(walked: Extended) -> None:
    """One of each family; that every workload runs under every model is for tests/engine."""
    catalogue = walked.catalogue()
    families = {info.family: model for model, info in catalogue.models.items() if not info.unavailable}
    assert len(families) > 3
    for model in families.values():
        assert run(RunConfig(model, written("workloads")[0], 2, tasks=3), catalogue).counts.done == 3


def test_the_same_files_in_the_folder_that_doctor_names() -> None:
    folder = Path(json.loads(threadmill("doctor", "--json"))["plugins"]["folders"][-1])
    for kind in ("models", "workloads"):
        key, text = written(kind)
        assert f"`{kind}/{key}.py`" in TEXT
        drop(kind, key, text, folder)
        assert key in threadmill("list", kind)
    model, workload = written("models")[0], written("workloads")[0]
    result = json.loads(threadmill("run", "--model", model, "--workload", workload, "--tasks", "5", "--json", "-"))
    assert result["tasks"] == {"submitted": 5, "done": 5, "failed": 0, "lost": 0}


def test_the_folders_model_passes_the_behavioural_suite(tmp_path: Path) -> None:
    """By the command that stands there."""
    found = re.search(r"^THREADMILL_PLUGINS=(\S+) uv run (pytest .*)$", TEXT, re.MULTILINE)
    assert found is not None
    drop("models", *written("models"), tmp_path / "mine")
    done = subprocess.run(
        [sys.executable, "-m", *found[2].split(), "-q", "-p", "no:cacheprovider", "-n", "0"],
        env={**os.environ, "THREADMILL_PLUGINS": str(tmp_path / "mine")},
        capture_output=True,
        text=True,
        timeout=110,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert re.search(r"\b[1-9]\d* passed", done.stdout)


def test_the_distribution(tmp_path: Path) -> None:
    """Installed as pip would, but without a network: the module, and the entry points of its pyproject.toml."""
    project = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    module = re.search(r"`(threadmill_\w+)\.py`:\n\n```python\n(.*?)```", TEXT, re.DOTALL)
    assert project is not None
    assert module is not None
    declared = tomllib.loads(project[1])["project"]
    lines = [
        line
        for group, points in declared["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()))
    ]
    environment = Environment(tmp_path / "environment")
    environment.install(declared["name"], "\n".join(lines) + "\n", **{module[1]: module[2]})
    (key,) = declared["entry-points"]["threadmill.workloads"]
    assert key in threadmill("list", "workloads", "--python", environment.python)
    catalogue = fetch(environment.python)
    assert not catalogue.broken
    sums = {
        run(RunConfig(model, key, 2, tasks=9, python=environment.python), catalogue).checksum
        for model in ("sequential", "thread_pool", "process_pool")
    }
    assert len(sums) == 1
    assert sums != {None}
