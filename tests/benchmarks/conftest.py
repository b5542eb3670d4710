"""Run by `pytest tests/benchmarks --benchmark-enable -n 0`, never as part of the test suite."""

from tests.helpers.idle import idle_cores

__all__ = ["idle_cores"]
