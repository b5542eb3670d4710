"""What is said of workers that were lost."""

import signal

from workers.engine.births import UNKNOWN_END, describe_exit


def describe_loss(
    pid: int, code: int, word: str = "", server_end: tuple[int, int | None] | None = None, given_up: bool = False
) -> str:
    """What is said of a pool that has lost a worker.

    `word` is what one has left that could not be set up; `server_end`: (pid, exit code) of the forkserver, where that has ended;
    `given_up`: it was alive when its pool ended it, and nobody had ended before.
    """
    if word:
        return f"Worker PID {pid} could not be set up: {word}; mend that and start the run again."
    if code == UNKNOWN_END and server_end is not None:
        server, how = server_end
        return (
            f"The forkserver, PID {server}, {describe_exit(how)}, and nobody can tell how its workers fare: "
            "their tasks are lost and the pool cannot go on; start the run again."
        )
    if given_up and code == -signal.SIGTERM:
        return (
            "The pool took a worker that was alive for dead, as it does where a task closes descriptors that are not its own, "
            f"and ended them all (SIGTERM to PID {pid} and the others): what was under way is lost; mend the task and start the run again."
        )
    return f"Worker PID {pid} {describe_exit(code)}: its tasks are lost and its pool cannot go on; start the run again."


def describe_task_loss(pid: int, code: int, server_end: tuple[int, int | None] | None = None) -> str:
    """What is said of a process that was lost under its one task. `server_end`: as above."""
    if server_end is not None:
        server, how = server_end
        return f"PID {pid} was lost under its task: its forkserver, PID {server}, {describe_exit(how)}"
    return f"PID {pid} {describe_exit(code)} under its task"
