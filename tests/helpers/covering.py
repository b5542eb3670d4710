"""Products of parameters: what covers each value at least once is run always, all of it at night (`-m nightly`)."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest


def covering(cases: Iterable[Any], always: Callable[..., bool]) -> list[Any]:
    """The cases, each a value or a tuple of them, as parameters; those for which `always(*case)` does not hold are left to the night."""
    tuples = [case if isinstance(case, tuple) else (case,) for case in cases]
    return [pytest.param(*case, marks=() if always(*case) else pytest.mark.nightly) for case in tuples]
