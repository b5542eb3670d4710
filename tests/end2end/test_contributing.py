"""CONTRIBUTING.md, walked through as written: its model and its workload are each one file, and run."""

import re
from pathlib import Path

import pytest

from tests.helpers.extended import Extended
from tests.helpers.runs import overlap, run, task_spans
from workers.contract.config import RunConfig

TEXT = Path(__file__).parents[2].joinpath("CONTRIBUTING.md").read_text()


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


@pytest.mark.parametrize("workers", [1, 3])
def test_the_examples_run(workers: int, walked: Extended) -> None:
    model, workload = written("models")[0], written("workloads")[0]
    catalogue = walked.catalogue()
    assert not catalogue.broken
    store = run(RunConfig(model, workload, workers, tasks=7), catalogue)
    assert (store.counts.done, store.counts.failed, store.counts.lost) == (7, 0, 0)
    assert overlap(task_spans(store)) <= workers


def test_the_workload_runs_under_every_other_model(walked: Extended) -> None:
    catalogue = walked.catalogue()
    for model in catalogue.models:
        assert run(RunConfig(model, written("workloads")[0], 2, tasks=3), catalogue).counts.done == 3
