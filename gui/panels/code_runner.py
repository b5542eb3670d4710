"""Carries a script out in a terminal of the desktop: saved to a private directory, which is gone when the window is."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess, QProcessEnvironment

from gui.terminals import find_terminal, in_terminal, typed


class TerminalRunner:
    """Opens terminals. They are the user's own and stay when the window closes; the scripts do not."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = environ
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._lock = -1
        """Held as long as the directory stands, so that no other window sweeps it."""
        self._saved = 0

    def available(self) -> bool:
        """Whether there is a terminal."""
        return find_terminal(self._environment()) is not None

    def run(self, name: str, text: str, python: str) -> str:
        """Carry out a script called `name`. Returns the command to be typed where there is no terminal, else nothing.

        Raises OSError with the reason in a sentence.
        """
        path = self._save(name, text)
        terminal = find_terminal(self._environment())
        if terminal is None:
            return typed(python, path)
        farewell = QCoreApplication.translate("CodePanel", "Press Enter to close this window.")
        program, *arguments = in_terminal(terminal, python, path, farewell)
        process = QProcess()
        process.setProgram(program)
        process.setArguments(arguments)
        process.setWorkingDirectory(os.path.dirname(path))
        environment = QProcessEnvironment()
        for key, value in self._environment().items():
            environment.insert(key, value)
        process.setProcessEnvironment(environment)
        # Detached: it is nobody's child, so nobody needs to wait for it.
        started: object = process.startDetached()
        # Which of the two it is depends on the release of PySide6.
        if not (started[0] if isinstance(started, tuple) else started):
            raise OSError(
                QCoreApplication.translate("CodePanel", "{0} could not be opened: {1}.").format(
                    program, process.errorString().rstrip(".")
                )
            )
        return ""

    def close(self) -> None:
        """Remove what was saved."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def _environment(self) -> dict[str, str]:
        from workers.client.environment import clean_environment

        return clean_environment() if self._environ is None else dict(self._environ)

    def _save(self, name: str, text: str) -> str:
        try:
            if self._folder is None:
                from workers.client.rundir import hold

                self._folder = tempfile.TemporaryDirectory(prefix=f"threadmill-{os.getpid()}-script-")
                self._lock = hold(self._folder.name)
            # Each in a folder of its own: one that still runs may read its file again in every child.
            self._saved += 1
            folder = Path(self._folder.name, str(self._saved))
            folder.mkdir()
            path = folder / name
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise OSError(
                QCoreApplication.translate("CodePanel", "The script was not saved: {0}.").format(
                    error.strerror or error
                )
            ) from error
        return str(path)
