"""Messages between processes are timed and sized as they are pickled and unpickled; nothing is pickled twice.

multiprocessing's queues, pipes, pools and managers, and concurrent.futures' process pools, all go through two functions of
`multiprocessing.reduction.ForkingPickler`. They are wrapped in the host and in worker processes, and what they did is counted
in the lane of the calling thread. A thread of a library (a queue's feeder, a pool's handlers) becomes a lane, a helper, by its
first message. What goes another way is not seen: loky and joblib pickle with tools of their own, sub-interpreters without any.

A value that raises SystemExit meanwhile is its task's failure: it would end the thread of a library without a word, and whoever
waits for that one would wait for ever.
"""

import os
from multiprocessing.reduction import ForkingPickler
from pickle import PicklingError, UnpicklingError
from typing import Any

from workers.contract.spans import SpanKind
from workers.telemetry import recorder
from workers.telemetry.clock import now

_pickler: Any = ForkingPickler
_dumps: Any = _pickler.dumps.__func__
_loads: Any = _pickler.loads
_on = False
"""Whether this process records. A forked child does not until it says so: it may be a manager, which is no worker."""


def watch() -> None:
    """Record from now on, in this process and in those that it forks and that say so too."""
    global _on
    _on = True
    _pickler.dumps = classmethod(_timed_dumps)
    _pickler.loads = _timed_loads


def _timed_dumps(pickler: Any, obj: Any, protocol: int | None = None) -> Any:
    start = now()
    try:
        data = _dumps(pickler, obj, protocol)
    except SystemExit as error:
        raise PicklingError(f"it ends the process when it is pickled (SystemExit: {error})") from None
    if _on:
        _lane().crossed(SpanKind.PICKLE, len(data), start, now())
    return data


def _timed_loads(data: Any, *args: Any, **kwargs: Any) -> Any:
    start = now()
    try:
        obj = _loads(data, *args, **kwargs)
    except SystemExit as error:
        raise UnpicklingError(f"it ends the process when it is unpickled (SystemExit: {error})") from None
    if _on:
        _lane().crossed(SpanKind.UNPICKLE, len(data), start, now())
    return obj


def _lane() -> recorder.Lane:
    return recorder.current() or recorder.enter(role="helper")


def _off() -> None:
    global _on
    _on = False


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_off)
