"""Models and workloads that break things, and a session that stands for all tests of a module."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.invariants import Broken
from workers.client.catalogue import fetch
from workers.client.session import RunSession
from workers.contract.info import Catalogue

PLUGINS = Path(__file__).parent / "plugins"


@pytest.fixture(scope="module")
def plugins() -> Iterator[Catalogue]:
    """The catalogue with the models and workloads of tests/faults/plugins. Hosts know them as long as the module's tests last."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "THREADMILL_PLUGINS", os.pathsep.join([str(PLUGINS), *os.environ.get("THREADMILL_PLUGINS", "").split()])
        )
        yield fetch(None)


@pytest.fixture(scope="module")
def standing(plugins: Catalogue) -> Iterator[RunSession]:
    """One session for all tests of a module: what a fault did to it the next test would see."""
    opened = RunSession()
    opened.learn(plugins)
    yield opened
    opened.close()


@pytest.fixture
def broken(standing: RunSession) -> Iterator[Broken]:
    """As `invariants.broken`, in the module's session."""
    it = Broken(standing)
    yield it
    if standing.phase.active:
        standing.interrupt()
        it.over()
    it.next_run()
