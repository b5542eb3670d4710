"""Makes the accounts of a run that goes on in steps that are short enough for a frame each."""

from collections.abc import Callable, Sequence
from functools import partial

from gui.paced import Step
from workers.insight.accounts import Accounts, current
from workers.insight.store import RunStore

LANES = 32
"""In a step; more where there are very many."""
MOST_STEPS = 8


def steps_to(store: RunStore, then: Callable[[Accounts], object]) -> list[Step]:
    """Steps that make them, the last of which calls `then`. Raises ValueError where nothing has run."""
    working = current(store).working
    each = max(LANES, -(-len(working) // MOST_STEPS))
    parts = [working[low : low + each] for low in range(0, len(working), each)]
    return [*(partial(_make, store, part) for part in parts), partial(_hand_on, store, then)]


def _make(store: RunStore, numbers: Sequence[int]) -> None:
    accounts = current(store)
    accounts.held = True
    accounts.whole(numbers)


def _hand_on(store: RunStore, then: Callable[[Accounts], object]) -> None:
    accounts = current(store)
    accounts.held = False
    then(accounts)
