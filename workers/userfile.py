"""A Python file of the user's: found, imported with a deadline, and asked for a function. Whatever is wrong is one sentence.

Used in hosts and workers; the window never imports such a file.
"""

import ast
import importlib
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, ModuleType, TracebackType
from typing import Any

from workers import own
from workers.contract.errors import ConfigError, unknown_name
from workers.guarded import Prevented

IMPORT_S = 10.0
"""How long the import of the file may take."""
PRINTED = 1_000
"""Lines that it may print meanwhile; the rest is counted."""
FILE_FIELD, FUNCTION_FIELD = "params.file", "params.function"


class _Overdue(BaseException):
    """The import takes too long. Not an Exception: the file's own `except Exception` must not swallow it."""


def read(path: str) -> bytes:
    """The bytes of the file. Raises ConfigError where there is none that could be Python."""
    name = os.path.basename(path) or path
    if not path:
        raise ConfigError("Choose a Python file with a function to call.", FILE_FIELD)
    if not os.path.isabs(path):
        raise ConfigError(f"Give the whole path of {path}, from / on.", FILE_FIELD)
    if os.path.isdir(path):
        raise ConfigError(f"{path} is a directory; give a Python file in it.", FILE_FIELD)
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise ConfigError(f"There is no file {path}; check its name and folder.", FILE_FIELD) from None
    except OSError as error:
        raise ConfigError(f"{name} cannot be read ({error.strerror}); check its permissions.", FILE_FIELD) from None


def parse(path: str, data: bytes) -> tuple[str, ast.Module]:
    """Its text and its tree. Raises ConfigError with the line where it is no Python."""
    name = os.path.basename(path)
    try:
        tree = ast.parse(data, path)
        return importlib.util.decode_source(data), tree
    except SyntaxError as error:
        if error.lineno is None or "codec can't decode" in str(error) or "encoding" in str(error):
            raise _not_text(name, data) from None
        raise ConfigError(
            f"{name}, line {error.lineno}: {error.msg}; mend the line and try again.", FILE_FIELD
        ) from None
    except (UnicodeDecodeError, LookupError):
        raise _not_text(name, data) from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise ConfigError(f"{name} is no Python that can be read ({error}); give a Python file.", FILE_FIELD) from None


def _not_text(name: str, data: bytes) -> ConfigError:
    try:
        data.decode()
        line = 1
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    return ConfigError(
        f"{name}, line {line}: this is not UTF-8; save the file as UTF-8, or say its encoding in its first line.",
        FILE_FIELD,
    )


def load(path: str, deadline_s: float = IMPORT_S) -> ModuleType:
    """Import the file as a module of `workers.own`. Raises ConfigError with its line, and the remedy, where it does not import."""
    name = own.mount(path)
    if name in sys.modules:
        return sys.modules[name]
    parse(path, read(path))
    short = os.path.basename(path)
    try:
        with _alarm(deadline_s), _few_lines(short):
            return importlib.import_module(name)
    except _Overdue as late:
        line = line_of(late.__traceback__, path)
        raise ConfigError(
            f"{short}{_at(line)}: its import did not end within {deadline_s:.0f} s; put what takes long into the function, "
            'or under `if __name__ == "__main__":`.',
            FILE_FIELD,
        ) from None
    except SystemExit as error:
        line = line_of(error.__traceback__, path)
        raise ConfigError(
            f"{short}{_at(line)}: it ended the program with sys.exit({'' if error.code is None else repr(error.code)}) while it "
            'was imported; put that under `if __name__ == "__main__":`.',
            FILE_FIELD,
        ) from None
    except SyntaxError as error:  # of another file that this one imports
        where = os.path.basename(error.filename or short)
        raise ConfigError(
            f"{where}, line {error.lineno}: {error.msg}; mend the line and try again.", FILE_FIELD
        ) from None
    except ModuleNotFoundError as error:
        raise _missing(error, short, path) from None
    except KeyboardInterrupt:
        raise
    except Prevented as error:
        line = line_of(error.__traceback__, path)
        raise ConfigError(f"{short}{_at(line)}: {error}; give it a copy of that file.", FILE_FIELD) from None
    except BaseException as error:  # noqa: BLE001 - whatever the file raises is its own fault, and said
        line = line_of(error.__traceback__, path)
        raise ConfigError(
            f"{short}{_at(line)}: {words(error)} while it was imported; mend the line, or put it into the function.",
            FILE_FIELD,
        ) from None


def _missing(error: ModuleNotFoundError, short: str, path: str) -> ConfigError:
    line = line_of(error.__traceback__, path)
    missing = (error.name or "").partition(".")[0]
    if not missing or missing == "workers":
        return ConfigError(f"{short}{_at(line)}: {error}; mend the line and try again.", FILE_FIELD)
    return ConfigError(
        f"{short}{_at(line)}: it needs {missing}, which this interpreter does not have; install it "
        f"({sys.executable} -m pip install {missing}) or choose another interpreter.",
        FILE_FIELD,
    )


def function_of(module: ModuleType, name: str, path: str) -> Callable[..., Any]:
    """The function called `name`, or a method of a class as "Class.method". Raises ConfigError where there is none to call."""
    short = os.path.basename(path)
    if not name:
        raise ConfigError(f"Say which function of {short} to call.", FUNCTION_FIELD)
    found: Any = module
    for part in name.split("."):
        found = getattr(found, part, None)
    if callable(found):
        return found  # type: ignore[no-any-return]
    own_names = [key for key, value in vars(module).items() if callable(value) and not key.startswith("_")]
    if found is not None:
        raise ConfigError(
            f"{name} in {short} is a {type(found).__name__}; give the name of a function.", FUNCTION_FIELD
        )
    error = unknown_name("function", name, own_names, FUNCTION_FIELD)
    raise ConfigError(str(error).replace(f"{name!r}:", f"{name!r} in {short}:", 1), FUNCTION_FIELD)


def line_of(trace: TracebackType | None, path: str) -> int | None:
    """The line of the file that an error came from: the innermost of its frames there."""
    lines = [frame.lineno for frame in traceback.extract_tb(trace) if frame.filename == path]
    return lines[-1] if lines else None


def words(error: BaseException) -> str:
    """An error in one line."""
    try:
        text = " ".join(str(error).split())[:300]
    except Exception as second:  # noqa: BLE001 - its own words may be broken as well
        text = f"its message cannot be read: {type(second).__name__}"
    return f"{type(error).__name__}: {text}".rstrip(". ") if text else type(error).__name__


def _at(line: int | None) -> str:
    return "" if line is None else f", line {line}"


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise _Overdue in the main thread after so many seconds, and again while it is swallowed. Other threads have no deadline."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise _Overdue

    try:
        before = signal.signal(signal.SIGALRM, ring)
    except (ValueError, AttributeError):  # not the main thread; a system without alarms
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Few:
    """Stands for a stream while a file is imported: hands on PRINTED lines and counts the rest."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.lines = 0

    def write(self, text: str) -> int:
        self.lines += text.count("\n")
        return len(text) if self.lines > PRINTED else int(self._inner.write(text) or 0)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


_one_at_a_time = threading.RLock()


@contextmanager
def _few_lines(short: str) -> Iterator[None]:
    """Bound what is printed meanwhile, and say how much was left out."""
    with _one_at_a_time:
        before = sys.stdout, sys.stderr
        few = sys.stdout, sys.stderr = _Few(sys.stdout), _Few(sys.stderr)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before
            left = sum(max(0, item.lines - PRINTED) for item in few)
            if left and before[1] is not None:
                said = (
                    f"{short} printed {left:,} more lines while it was imported; put what prints under "
                    '`if __name__ == "__main__":`.\n'
                )
                # Who counts lines is told how many there were: the sentence is none of them.
                counts = getattr(before[1], "left_out", None)
                if counts is not None:
                    counts(left, said)
                else:
                    before[1].write(said)
