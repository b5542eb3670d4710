"""What is said of a run whose data cannot be read any more."""

import traceback

from workers.contract.batch import TextLine

LONGEST = 160
"""Characters of the cause."""
SENTENCE = (
    "What the run records cannot be read any more ({0}), so the host, PID {1}, was ended; "
    "what had arrived by then is kept: start the run again."
)


def because(cause: str | Exception, host: int) -> str:
    """The run's error. `host` is the PID of its host."""
    if isinstance(cause, Exception):
        cause = f"{type(cause).__name__}: {cause}".rstrip(": ").split("\n", 1)[0][:LONGEST]
    return SENTENCE.format(cause, host)


def as_texts(errors: list[Exception], host: int, t_ns: int) -> list[TextLine]:
    """The tracebacks, to stand among what the run has printed."""
    lines = [line for error in errors for part in traceback.format_exception(error) for line in part.splitlines()]
    return [TextLine(t_ns, host, host, "stderr", line) for line in lines]
