"""Asks a short-lived host of an interpreter what can be run under it. The window itself imports no model and no workload."""

import json
import os
import selectors
import subprocess
import time

from workers.client.interpreters import boot_command, clean_environment, resolve
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue

DEADLINE_S = 15.0
LIMIT_BYTES = 8 << 20


class CatalogueRequest:
    """One question to one interpreter; poll it until it answers."""

    def __init__(self, python: str | None) -> None:
        """Ask the interpreter meant by `python` (see `interpreters.resolve`). Raises ConfigError where there is none."""
        path = resolve(python)
        self._path = path
        self._end = time.monotonic() + DEADLINE_S
        self._out = b""
        self._err = b""
        try:
            self._process = subprocess.Popen(
                boot_command(path, "describe"),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=clean_environment(),
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            raise ConfigError(
                f"{path} cannot be run ({error.strerror}); give the path of a Python 3.11 or later.", "python"
            ) from None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._selector = selectors.DefaultSelector()
        for stream in (self._process.stdout, self._process.stderr):
            os.set_blocking(stream.fileno(), False)
            self._selector.register(stream, selectors.EVENT_READ)

    def poll(self, wait_s: float = 0.0) -> Catalogue | None:
        """The catalogue, or None while it is not there yet. Raises ConfigError where it will not come."""
        for key, _ in self._selector.select(wait_s):
            data = os.read(key.fd, 1 << 16)
            if not data:
                self._selector.unregister(key.fileobj)
            elif key.fileobj is self._process.stdout:
                self._out += data
            else:
                self._err = (self._err + data)[-20_000:]
        if len(self._out) > LIMIT_BYTES:
            raise ConfigError(f"{self._path} sent more than a catalogue; choose another interpreter.", "python")
        if self._selector.get_map():
            if time.monotonic() > self._end:
                raise ConfigError(
                    f"{self._path} did not say within {DEADLINE_S:.0f} s what it can run; choose another one.", "python"
                )
            return None
        try:
            return Catalogue.from_plain(json.loads(self._out))
        except (ValueError, KeyError, TypeError) as error:
            lines = self._err.decode(errors="replace").strip().splitlines()
            why = (
                lines[-1].rstrip(".")[:200]
                if lines
                else f"it answered nothing that can be read ({type(error).__name__})"
            )
            raise ConfigError(f"{self._path} is no Python that can carry runs; it said: {why}.", "python") from None

    def close(self) -> None:
        """End the process if it still runs."""
        self._selector.close()
        self._process.kill()
        self._process.communicate(timeout=5.0)


def fetch(python: str | None) -> Catalogue:
    """The catalogue of an interpreter, waited for. Raises ConfigError after 15 s at the latest."""
    request = CatalogueRequest(python)
    try:
        while (found := request.poll(0.1)) is None:
            pass
        return found
    finally:
        request.close()
