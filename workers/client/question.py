"""Something asked of another interpreter in a child process, and its answer read without waiting."""

import os
import selectors
import signal
import subprocess

from workers.client.environment import clean_environment
from workers.contract.errors import ConfigError
from workers.engine import lifeline

LIMIT_BYTES = 8 << 20


class Question:
    """A child with a session of its own; whatever it started goes with it at `close`."""

    def __init__(self, command: list[str], more_environment: dict[str, str] | None = None) -> None:
        """Start it. Raises ConfigError where the interpreter, the first word of `command`, cannot be run."""
        self.python = command[0]
        self.out = b""
        self.err = b""
        """The end of what it wrote to stderr."""
        try:
            # Its lifeline: no guardian knows of it, and what it imports may never end (see workers.engine.lifeline).
            theirs, self._lifeline = os.pipe()
        except OSError as error:
            raise ConfigError(
                f"{self.python} cannot be asked ({error.strerror}): close something first.", "python"
            ) from None
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(theirs,),
                env={**clean_environment(), lifeline.VARIABLE: str(theirs), **(more_environment or {})},
                cwd="/",
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            os.close(self._lifeline)
            why = getattr(error, "strerror", None) or error
            raise ConfigError(
                f"{self.python} cannot be run ({why}); give the path of a Python 3.11 or later.", "python"
            ) from None
        finally:
            os.close(theirs)
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._stdout = self._process.stdout
        self._closed = False
        self._selector = selectors.DefaultSelector()
        for stream in (self._process.stdout, self._process.stderr):
            os.set_blocking(stream.fileno(), False)
            self._selector.register(stream, selectors.EVENT_READ)

    def read(self, wait_s: float) -> bool:
        """Take what has come, or wait for it. False once all of stdout was read. Raises ConfigError for far too much of it."""
        for key, _ in self._selector.select(wait_s):
            data = os.read(key.fd, 1 << 16)
            if not data:
                self._selector.unregister(key.fileobj)
            elif key.fileobj is self._stdout:
                self.out += data
            else:
                self.err = (self.err + data)[-20_000:]
        if len(self.out) > LIMIT_BYTES:
            raise ConfigError(f"{self.python} sent more than was asked for; choose another interpreter.", "python")
        return any(key.fileobj is self._stdout for key in self._selector.get_map().values())

    def exit_code(self) -> int | None:
        """How it ended, once stdout was read: None where it does not end all the same. Waits half a second at most."""
        try:
            code = self._process.wait(0.5)
        except subprocess.TimeoutExpired:
            return None
        for _ in range(8):  # what is left on stderr; a child of its own may go on writing there for ever
            if self._selector.get_map():
                self.read(0)
        return code

    def close(self) -> None:
        """End whoever is left of it."""
        if self._closed:
            return  # its number may belong to another process by now
        self._closed = True
        self._selector.close()
        os.close(self._lifeline)
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # all of them are gone already
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()
        self._process.wait(5.0)
