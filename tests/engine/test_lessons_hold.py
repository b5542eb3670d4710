"""Every configuration of every lesson is run, and its proof must hold: under our own Python, and some under another one."""

import sys

import pytest

from tests.helpers.covering import covering
from tests.helpers.pythons import other_python
from tests.helpers.runs import catalogue_of
from workers.cli.lesson import carry
from workers.client.limits import usable_cores
from workers.contract.config import Value
from workers.lessons.facts import FACTS, OUTCOME, SAID, facts
from workers.lessons.library import check, load
from workers.lessons.model import Lesson
from workers.lessons.proof import fill, judge, placeholders

LIBRARY = load()
CASES: dict[str, list[tuple[str, str]]] = {}
"""Lessons and names of the configurations that are the same: one run is judged by each."""
for _key in LIBRARY.ordered():
    for _setup in LIBRARY.find(_key).setups:
        CASES.setdefault(_setup.run_config(usable_cores()).to_json(), []).append((_key, _setup.name))
TRIES = 3
"""What is shown is what a scheduler may do, not what it must: other tests run beside this one and take cores from it."""
ELSEWHERE = [
    ("serial-threads", "join-each"),
    ("mutex", "no-lock"),
    ("mutex", "lock"),
    ("manager", "ten"),
    ("mutex", "in-place"),
    ("lock-convoy", "each-item"),
    ("fork-with-threads", "fork"),
    ("fork-with-threads", "forkserver"),
    ("dining-philosophers", "waiter"),
    ("scaling-law", "two"),
    ("pool", "three"),
    ("callback", "with-callback"),
    ("start-methods", "forkserver"),
    ("threads-in-a-process", "processes"),
    ("recursive-lock", "lock"),
    ("process-ids", "forkserver"),
    ("memory-not-shared", "process"),
    ("close-then-join", "no-join"),
    ("freeze-support", "spawn"),
    ("asyncio-blocking", "blocking"),
]
FEW = [
    ("mutex", "no-lock"),
    ("fork-with-threads", "fork"),
    ("start-methods", "forkserver"),
    ("asyncio-blocking", "blocking"),
]
"""Where another Python may well differ: the GIL, how processes start, the event loop."""


def hold(cases: list[tuple[str, str]], python: str | None = None) -> None:
    """The configuration that these share is run; each proof holds in one of a few runs."""
    pairs = [(lesson, lesson.setup(name)) for lesson, name in ((LIBRARY.find(key), name) for key, name in cases)]
    for _ in range(TRIES):
        for lesson, setup in pairs:
            assert setup is not None
            check(lesson, setup, catalogue_of(python))
        store, _ = carry(*pairs[0], catalogue_of(python))
        found = facts(store)
        assert all(fact in FACTS or fact.startswith((OUTCOME, SAID)) for fact in found)
        pending = [pair for pair in pairs if not judge(pair[1].proof, found).held]
        for lesson, _ in pairs:
            assert lesson in [other for other, _ in pending] or "?" not in said(lesson, found)
        if not pending:
            return
        pairs = pending
    assert not pairs, ([judge(setup.proof, found).text for _, setup in pairs], found)


def said(lesson: Lesson, found: dict[str, Value]) -> str:
    """All that the text after the run takes from it."""
    return fill("".join(f"{{{fact}}} " for fact in placeholders(lesson.after)), found)


@pytest.mark.parametrize("cases", CASES.values(), ids=lambda cases: "+".join("-".join(case) for case in cases))
def test_every_proof_holds(cases: list[tuple[str, str]]) -> None:
    setup = LIBRARY.find(cases[0][0]).setup(cases[0][1])
    assert setup is not None
    hold(cases, other_python(setup.config.python) if setup.config.python else None)


@pytest.mark.parametrize(
    ("key", "name"), covering(ELSEWHERE, lambda *case: case in FEW and sys.version_info[:2] != (3, 14))
)
def test_proofs_hold_under_another_python(key: str, name: str) -> None:
    """All of them are run under 3.14 where that is our own."""
    hold([(key, name)], other_python("3.14"))
