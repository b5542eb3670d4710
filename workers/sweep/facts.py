"""What is known of a task before anything is measured of it: from the pre-flight of a function, or from what a workload says."""

from dataclasses import dataclass

from workers.contract.info import WorkloadInfo
from workers.contract.preflight import Preflight

SPLIT = 0.10
"""The share of a call without the GIL from which threads are worth a try."""


@dataclass(frozen=True)
class Facts:
    """Of one task. What is not known is None."""

    call_s: float | None = None
    """How long a call takes."""
    gil_released: float | None = None
    """The share of that time, 0 to 1, in which the GIL is not held: waiting, or C code that lets go of it."""
    waits: float | None = None
    """The share of it in which it uses no core."""
    is_async: bool = False
    """Whether it is a coroutine function. Models without an event loop run each call in a loop of its own."""
    picklable: bool = True
    """Whether it, its arguments and its result can go to another process."""
    unpicklable_why: str = ""
    subinterpreters: bool = True
    """Whether it can run in a sub-interpreter."""
    changes_globals: bool = False
    """Whether a call changes what is global, or takes a lock that is: processes would each have their own."""
    globals_text: str = ""
    """What of it, in a sentence."""
    native_threads: bool = False
    """Whether it starts threads of a native library, which workers would multiply."""
    result_bytes: int | None = None
    argument_bytes: int | None = None

    @property
    def threads_help(self) -> bool:
        """Whether several threads are worth a try."""
        return self.gil_released is None or self.gil_released >= SPLIT or self.many_help

    @property
    def many_help(self) -> bool:
        """Whether more workers than cores are worth a try."""
        return self.waits is None or self.waits >= SPLIT

    @classmethod
    def of_workload(cls, info: WorkloadInfo) -> "Facts":
        """What one of our workloads says of itself."""
        released = {"CPU in Python": 0.0, "waiting": 1.0}.get(info.bound)
        waits = {"CPU in Python": 0.0, "CPU in C": 0.0, "waiting": 1.0}.get(info.bound)
        return cls(gil_released=released, waits=waits, subinterpreters=info.subinterpreters)

    @classmethod
    def of_preflight(cls, found: Preflight) -> "Facts":
        """What the pre-flight of a function has found out."""
        lines = {line.id: line for line in found.lines}
        # What can be pickled but is large is measured like anything else: it has its bytes.
        sent = {"picklable_arguments": found.argument_bytes, "picklable_result": found.result_bytes}
        pickled = [lines[key] for key, size in sent.items() if key in lines and size is None]
        bad = next((line for line in pickled if line.ok is False), None)
        state = lines.get("global_state")
        changes = found.shared_state or (state is not None and state.ok is False)
        native = lines.get("native_threads")
        return cls(
            call_s=found.call_s,
            gil_released=found.gil_released,
            waits=found.waits,
            is_async=found.is_async,
            picklable=bad is None,
            unpicklable_why=bad.text if bad is not None else "",
            subinterpreters=found.subinterpreters is not False,
            changes_globals=changes,
            globals_text=state.text if state is not None and changes else "",
            native_threads=native is not None and native.ok is False,
            result_bytes=found.result_bytes,
            argument_bytes=found.argument_bytes,
        )

    @property
    def refused(self) -> dict[str, str]:
        """Kinds of workers (see ModelInfo.workers_are) that cannot be, and why, in a sentence."""
        found = {}
        if not self.picklable:
            for kind in ("processes", "interpreters"):
                found[kind] = self.unpicklable_why or "The function, its arguments or its result cannot be pickled."
        if not self.subinterpreters:
            found.setdefault("interpreters", "The function cannot run in a sub-interpreter.")
        return found
