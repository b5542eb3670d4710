"""Tasks as they travel: one job, or a chunk of them, called in the worker."""

from typing import Any, NamedTuple

from workers.telemetry import recorder

CUT_OFF = 130
"""Exit code of a process whose only task was cut off by Stop; 1 means that the task failed."""
POLL_S = 0.05
"""How long a wait in the host may last before it looks at Stop and at dead workers again."""


class WorkerLost(Exception):
    """A worker ended in a way that its model cannot go on from. The message names the PID and the signal or exit code."""


class Job(NamedTuple):
    """One task, as it is handed to a worker. Calling it, in the worker, runs and records it."""

    number: int
    """From 0, in order of submission."""
    submitted_ns: int
    args: tuple[Any, ...]

    def __call__(self) -> Any:
        """Run the task in the calling thread's lane and return the workload's result. Raises TaskFailed."""
        return recorder.perform(self.number, self.submitted_ns, self.args)


class Chunk(NamedTuple):
    """Several jobs that travel together, to save trips between processes."""

    jobs: tuple[Job | tuple[int, int, tuple[Any, ...]], ...]
    """In the worker plain tuples."""

    def __call__(self) -> list[Any]:
        """Run the jobs one after the other. A failed one leaves its TaskFailed in the place of its result."""
        return recorder.perform_all(self.jobs)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by columns: a job by itself takes ten times as long, on both sides."""
        return _chunk, tuple(zip(*self.jobs, strict=True))


def _chunk(*columns: tuple[Any, ...]) -> Chunk:
    return Chunk(tuple(zip(*columns, strict=True)))


class TaskUnbegun(Exception):
    """Stop came before a task was begun by the worker that had it already."""


def unless_stopped(item: Job | Chunk) -> Any:
    """In a worker: run `item`, unless Stop was asked. Raises TaskUnbegun then, and what the item raises."""
    if recorder.stop_asked():
        raise TaskUnbegun
    return item()
