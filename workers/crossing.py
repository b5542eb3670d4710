"""Values that cross from one process to another, and marks of the first of them: what was sent, and how many bytes it took.

A mark costs 20 us, and a task may take less: only tasks SHOWN and below are told of, one by one; the others are counted.
"""

import multiprocessing.queues
import reprlib
from contextlib import nullcontext
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import TYPE_CHECKING, Any

from workers.contract.marks import SHOWN, more
from workers.tasks import Job
from workers.telemetry import recorder
from workers.telemetry.clock import now

if TYPE_CHECKING:
    _SimpleQueue = multiprocessing.queues.SimpleQueue[Any]
else:
    _SimpleQueue = multiprocessing.queues.SimpleQueue  # cannot be subscripted before Python 3.12

_BITS = 256
"""An integer with more is not written out."""


class SizedQueue(_SimpleQueue):
    """multiprocessing.SimpleQueue, which also says how many bytes an item took. Nothing is pickled twice for that."""

    def put_sized(self, item: Any) -> int:
        """As `put`. Returns the bytes of the pickle."""
        data = ForkingPickler.dumps(item)
        ours: Any = self
        with ours._wlock or nullcontext():
            ours._writer.send_bytes(data)
        return len(data)

    def get_sized(self) -> tuple[Any, int]:
        """As `get`, and the bytes of the pickle."""
        ours: Any = self
        with ours._rlock:
            data = ours._reader.recv_bytes()
        return ForkingPickler.loads(data), len(data)


def send_sized(pipe: "Connection[Any, Any]", item: Any) -> int:
    """As `pipe.send(item)`. Returns the bytes of the pickle."""
    data = ForkingPickler.dumps(item)
    pipe.send_bytes(data)
    return len(data)


def receive_sized(pipe: "Connection[Any, Any]") -> tuple[Any, int]:
    """As `pipe.recv()`, and the bytes of the pickle."""
    data = pipe.recv_bytes()
    return ForkingPickler.loads(data), len(data)


def crossing_at(number: int) -> int:
    """Now, where what is about to be sent for task `number` will be told of; else 0, which costs one comparison.

    Taken before it is sent: the other side may have it, and say so, before this one is back.
    """
    return now() if 0 <= number < SHOWN else 0


def tell_result(number: int, value: Any, size: int, at_ns: int, where: str = "") -> None:
    """In a worker: mark that it has sent the result of task `number`, if that is to be told. `size` in bytes, 0: not known."""
    if at_ns:
        recorder.say("mark:sent", f"sent the result of task {number}{where}: {_described(value, size)}", at_ns)


class Crossings:
    """In the host: marks of tasks that it has sent, and of results that have come."""

    def __init__(self, *, told: bool = True) -> None:
        """`told`: whether it is another process that they go to; between threads nothing is sent."""
        self._told = told
        self._left = {"sent": 0, "received": 0}

    def sent(self, job: Job, at_ns: int, size: int = 0) -> None:
        """A task was sent, at `at_ns` by `crossing_at`."""
        if not at_ns:
            self._left["sent"] += 1
        elif self._told:
            recorder.say("mark:sent", f"sent task {job.number}: {_described(job.args, size)}", at_ns)

    def received(self, number: int, value: Any, error: BaseException | None, size: int = 0) -> None:
        """What became of a task has come."""
        if not 0 <= number < SHOWN:
            self._left["received"] += 1
        elif self._told:
            what = _described(value, size) if error is None else type(error).__name__
            recorder.say("mark:received", f"received the result of task {number}: {what}")

    def tell_rest(self) -> None:
        """Nothing more will cross: say how many were left out. Those who sent results do not know."""
        left = {"sent": self._left["sent"] + self._left["received"], "received": self._left["received"]}
        for kind, count in left.items():
            if count and self._told:
                recorder.say(f"mark:{kind}", more(count))


class _Brief(reprlib.Repr):
    """repr of anything in a few words. Bytes and large numbers are never written out: that alone would take seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = 60

    def repr_bytes(self, value: Any, level: int) -> str:
        return repr(value) if len(value) <= 20 else f"<{type(value).__name__}: {len(value):,}>"

    repr_bytearray = repr_bytes

    def repr_int(self, value: int, level: int) -> str:
        bits = value.bit_length()
        return repr(value) if bits <= _BITS else f"an integer of {bits:,} bits"


_brief = _Brief().repr


def _described(value: Any, size: int) -> str:
    text = _brief(value).replace("\n", " ")
    text = text if len(text) <= 120 else f"{text[:117]}..."
    return f"{text} ({size:,} bytes)" if size else text
