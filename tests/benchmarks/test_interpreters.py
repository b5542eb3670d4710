"""What a GIL of its own is worth: two sub-interpreters against two threads, computing in Python, side by side."""

from typing import Any

import pytest

from tests.benchmarks.test_models import compare
from tests.helpers.idle import why_not_idle
from tests.helpers.pythons import other_python
from workers.contract.config import RunConfig

WANTED = 1.5


@pytest.mark.usefixtures("idle_cores")
@pytest.mark.parametrize("minor", ["3.14", "3.15"])
def test_two_interpreters_against_two_threads_on_primes(benchmark: Any, minor: str) -> None:
    threads = RunConfig("thread_pool", "count_primes", 2, tasks=200, python=other_python(minor))
    ratio = compare(benchmark, threads, threads.changed(model="interpreter_pool"))
    why = why_not_idle() if ratio < WANTED else None
    if why is not None:
        pytest.skip(f"INCONCLUSIVE: ratio {ratio:.2f}, but {why} (asked again afterwards)")
    assert ratio >= WANTED
