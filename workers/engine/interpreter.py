"""What happens in a sub-interpreter: its thread becomes a lane, says that it is ready, and waits for the start of the clock.

A sub-interpreter begins with nothing: it does not even have our package. `source` is what its initializer executes.
"""

import atexit
import importlib
import os
import select
from typing import Any

from workers import registry
from workers.contract.spans import SpanKind
from workers.engine import boot
from workers.telemetry import naps, recorder
from workers.telemetry.clock import now
from workers.telemetry.recorder import Recording

GATE_S = 60.0
"""How long it waits for the others to be ready."""

_SOURCE = """
import importlib.util
spec = importlib.util.spec_from_file_location("threadmill_boot", {boot!r})
spec.loader.exec_module(importlib.util.module_from_spec(spec))
from workers.engine import interpreter
interpreter.enter({directory!r}, {records!r}, {workload!r}, {created!r})
"""


def source(recording: Recording, workload: str, created_ns: int) -> str:
    """What a sub-interpreter executes first: mounts our package, then calls `enter`."""
    return _SOURCE.format(
        boot=os.path.abspath(boot.__file__),
        directory=recording.directory,
        records=recording.ring_records,
        workload=workload,
        created=created_ns,
    )


def enter(directory: str, ring_records: int, workload: str, created_ns: int) -> None:
    """Make the calling thread a lane of this sub-interpreter."""
    naps.watch()
    naps.watch_loops_once_loaded()  # it takes long to load, and few need it
    loaded = registry.load_workload(workload).bound()
    recorder.configure(Recording(directory, ring_records))
    recorder.set_work(loaded.run, loaded.run_async, loaded.checksum)
    number = _number()
    lane = recorder.enter(f"interpreter {number}", started_ns=created_ns, interpreter=number)
    atexit.register(recorder.leave)  # called when this sub-interpreter ends
    lane.wait(SpanKind.START_UP, 0, created_ns, now())


def hold(ready: int, go: int) -> None:
    """The task that each worker is given first: say so through the pipe `ready`, wait until the pipe `go` is closed.

    Sub-interpreters share no lock and no event with the host; descriptors belong to the whole process.
    """
    os.write(ready, b".")
    select.select([go], [], [], GATE_S)


def _number() -> int:
    interpreters: Any = importlib.import_module("concurrent.interpreters")  # since 3.14, as are the pools that get here
    number: int = interpreters.get_current().id
    return number
