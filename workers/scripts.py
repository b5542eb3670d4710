"""What a model's `script` is told: how to write itself down as a short program of its own, for this workload and these options."""

from collections.abc import Mapping
from dataclasses import dataclass

from workers.contract.config import Value
from workers.contract.errors import ConfigError


@dataclass
class ScriptParts:
    """The names that a script has when the model's part of it begins.

    `script(parts)` returns Python text without indentation: imports, functions, and the statements of the main program, which are
    put under `if __name__ == "__main__":`. There stand already: `tasks`, a list with a tuple of arguments for each task, and
    `collect(result)`, which prints a result and adds it to the sum.
    """

    workers: int
    tasks: int
    """How long `tasks` is."""
    options: Mapping[str, Value]
    start_method: str
    """The one chosen, or the interpreter's own."""
    call: str
    """Name of the function to call for a task, a coroutine function for a model of coroutines: `call(given *args)`."""
    given: str
    """What goes before the arguments: what all tasks share, such as "lock, shared, ". Often empty."""
    pool_call: str
    """Name of the function for the worker processes of a pool, `pool_call(*args)`: what is shared they have from `initializer`."""
    pool_initargs: str
    """What all tasks share, as a tuple's text; empty where nothing is."""
    initialized: bool = False
    """Whether `initializer` was used."""

    @property
    def initializer(self) -> str:
        """What to add to the arguments of a pool of processes: empty, or ", initializer=init, initargs=(lock,)"."""
        self.initialized = True
        return f", initializer=init, initargs={self.pool_initargs}" if self.pool_initargs else ""

    @property
    def args(self) -> str:
        """The arguments of a call as a tuple, for the thread that is to make it: "args", or "(lock, *args)"."""
        return f"({self.given}*args)" if self.given else "args"

    @property
    def receives(self) -> str:
        """What to add to the parameters of a worker's function, or to the arguments of its Process: ", lock, shared", or empty."""
        return f", {self.given.removesuffix(', ')}" if self.given else ""

    @property
    def max_tasks_per_child(self) -> int:
        """The option of that name; 0: never."""
        return int(self.options.get("max_tasks_per_child", 0))

    @property
    def bound(self) -> int:
        """The option `queue_bound`: how many tasks may wait in a queue."""
        return int(self.options.get("queue_bound", 0)) or 2 * self.workers

    def share_nothing(self, title: str) -> None:
        """Raises ConfigError where tasks share something, for a model whose workers cannot be given it in a script."""
        if self.pool_initargs:
            raise ConfigError(
                f"{title} has no short script for tasks that share a lock or a counter: its workers cannot be sent one; "
                "choose Process pool to see the same with the standard library.",
                "model",
            )
