"""The function in a process that was spawned, as a worker is: whether it imports and runs there, and what memory it needs."""

import json
import multiprocessing
import os
import resource
import sys
import time
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from typing import Any

from workers.contract.errors import ConfigError
from workers.engine.preflight_calls import CALL_S, Late, alarm

DEADLINE_S = 12.0


def try_spawned(path: str, function: str, args: Any) -> dict[str, Any]:
    """What a spawned child says: {"import_s", "base", "base_peak", "after", "peak"}, seconds and bytes, or {"fault": words}.

    `args` are pickled on the way, as a task's are; None: it is not called. Always comes back, within DEADLINE_S or so.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(there, path, function, args))
    start = time.perf_counter()
    try:
        process.start()
    except Exception as error:  # noqa: BLE001 - whatever pickling the arguments raises
        return {"fault": f"it could not be started: {type(error).__name__}: {error}"[:300]}
    there.close()
    try:
        if here.poll(DEADLINE_S):
            said: dict[str, Any] = json.loads(here.recv_bytes(1 << 20))
            said["start_s"] = time.perf_counter() - start
            return said
        return {"fault": f"it did not come back within {DEADLINE_S:.0f} s"}
    except (EOFError, OSError):
        process.join(1.0)
        return {"fault": f"it ended with exit code {process.exitcode}"}
    finally:
        here.close()
        if process.is_alive():
            process.kill()
        process.join(2.0)


def _child(pipe: "Connection[Any, Any]", path: str, function: str, args: Any) -> None:
    said: dict[str, Any] = {"base": _resident(), "base_peak": _peak()}
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - for the rest of this process's life
    try:
        from workers.userfile import function_of, load

        start = time.perf_counter()
        os.chdir(os.path.dirname(path))
        called = function_of(load(path), function, path)
        said.update(import_s=time.perf_counter() - start, imported=_resident())
        if args is not None:
            with alarm(min(CALL_S, DEADLINE_S - 2)):
                value = called(*args)
                if hasattr(value, "__await__"):
                    import asyncio

                    value = asyncio.run(_awaited(value))
                _pickled(value)
                del value
        said.update(after=_resident(), peak=_peak())
    except ConfigError as error:
        said["fault"] = str(error)
    except Late:
        said["late"] = True
        said.update(after=_resident(), peak=_peak())
    except Exception as error:  # noqa: BLE001 - the user's
        said["fault"] = f"{type(error).__name__}: {error}"[:300]
    pipe.send_bytes(json.dumps(said).encode())
    pipe.close()
    os._exit(0)  # what the function has started must not keep us


def _pickled(value: Any) -> None:
    """Pickle a result as a worker does before it sends it: that needs memory, too."""
    try:
        ForkingPickler.dumps(value)
    except Exception:  # noqa: BLE001 - that it cannot be is said by a line of its own
        return


async def _awaited(value: Any) -> Any:
    return await value


def threads() -> int:
    """How many threads this process has, those of native libraries included; 0 where the system does not tell."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 0


def _resident() -> int:
    """Bytes of memory that this process has of its own; shared libraries do not count where the system tells them apart."""
    try:
        with open("/proc/self/statm", "rb") as file:
            fields = file.read().split()
        return (int(fields[1]) - int(fields[2])) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return _peak()


def _peak() -> int:
    """The most memory that it has had, shared libraries included."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:
            for line in file:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(most) if sys.platform == "darwin" else int(most) * 1024
