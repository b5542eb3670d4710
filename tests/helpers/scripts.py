"""Carry out the scripts that `threadmill script` prints, as a person would: plain Python, in an empty directory."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from tests.helpers.runs import run
from tests.helpers.workloads import QUICK
from workers.contract.config import RunConfig
from workers.engine.compose import compose

TASKS = 6
FORMS = ("import workers", "from workers", "threadmill", "INFO", "Mapping[", ") ->", "# noqa", "# type:")
"""What shows that something of ours was left in a script."""


def config_of(model: str, workload: str, **more: object) -> RunConfig:
    """A quick configuration."""
    return RunConfig(model, workload, 2, tasks=TASKS, params=QUICK.get(workload, {})).changed(**more)


def carry_out(text: str, python: str = sys.executable) -> list[str]:
    """The lines that the script prints. Fails where it does not end well, says something on stderr or leaves a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.py"
        path.write_text(text)
        done = subprocess.run(
            [python, "-I", str(path)], cwd=folder, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
        )
        assert (done.returncode, done.stderr) == (0, ""), f"{done.stderr}\n{done.stdout}\n{text}"
        assert [item.name for item in Path(folder).iterdir()] == ["script.py"]
    return done.stdout.splitlines()


def check(config: RunConfig, text: str, python: str = sys.executable) -> None:
    """The script does all tasks, has the run's checksum, and nothing in it is ours."""
    lines = carry_out(text, python)
    assert lines[-2:] == [f"{config.tasks} of {config.tasks} tasks done", f"checksum {checksum(config)}"], text
    # Not "==": a worker that is forked while the main thread prints takes what it has not yet written along, and writes it, too.
    assert sum(line.startswith("result: ") for line in lines) >= (config.tasks or 0)
    assert not [form for form in FORMS if form in text], text


def check_all(configs: Iterable[RunConfig]) -> None:
    """Several, side by side. Composed one by one: `ast.parse` in two threads at once fails on CPython before 3.11.8 (gh-106905)."""
    pairs = [(config, compose(config)) for config in configs]
    with ThreadPoolExecutor(3) as pool:
        for _ in pool.map(lambda pair: check(*pair), pairs):
            pass


def checksum(config: RunConfig) -> str:
    """The run's. It is the same under every model, which other tests see to; so one run for each workload will do."""
    return _checksum(config.workload, tuple(sorted(config.params.items())), config.tasks or 0, config.seed)


@cache
def _checksum(workload: str, params: tuple[tuple[str, object], ...], tasks: int, seed: int) -> str:
    store = run(RunConfig("thread_pool", workload, 2, tasks=tasks, seed=seed, params=dict(params)))  # type: ignore[arg-type]
    assert store.counts.done == tasks
    assert store.checksum is not None
    return f"{store.checksum:016x}"
