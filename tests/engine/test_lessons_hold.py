"""Every configuration of every lesson is run, and its proof must hold: under our own Python, and the lessons that are quick under 3.14."""

import pytest

from tests.helpers.pythons import other_python
from tests.helpers.runs import catalogue_of
from workers.cli.lesson import carry
from workers.lessons.facts import FACTS, OUTCOME, SAID, facts
from workers.lessons.library import load
from workers.lessons.proof import fill, judge, placeholders

LIBRARY = load()
CASES = [(key, setup.name) for key in LIBRARY.ordered() for setup in LIBRARY.find(key).setups]
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


def holds(key: str, name: str, python: str | None = None) -> None:
    lesson = LIBRARY.find(key)
    setup = lesson.setup(name)
    assert setup is not None
    for _ in range(TRIES):
        store, _ = carry(lesson, setup, catalogue_of(python))
        found = facts(store)
        proof = judge(setup.proof, found)
        if proof.held:
            break
    assert proof.held, (proof.text, found)
    assert all(fact in FACTS or fact.startswith((OUTCOME, SAID)) for fact in found)
    assert "?" not in fill("".join(f"{{{fact}}} " for fact in placeholders(lesson.after)), found)


@pytest.mark.parametrize(("key", "name"), CASES)
def test_every_proof_holds(key: str, name: str) -> None:
    setup = LIBRARY.find(key).setup(name)
    assert setup is not None
    holds(key, name, other_python(setup.config.python) if setup.config.python else None)


@pytest.mark.parametrize(("key", "name"), ELSEWHERE)
def test_proofs_hold_under_another_python(key: str, name: str) -> None:
    holds(key, name, other_python("3.14"))
