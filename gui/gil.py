"""What the workers of a run say of their GIL, in words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workers.contract.info import PythonInfo

if TYPE_CHECKING:
    from workers.insight.store import RunStore

LOOK_NS = 250_000_000
"""Asking every lane is not for every frame: a thread per task makes very many."""


def version(info: PythonInfo) -> str:
    """Its version, with the t that the command of a free-threaded build has."""
    return f"{info.version}{'t' if info.free_threaded else ''}"


class GilWatch:
    """Looks at a store once in a while."""

    def __init__(self) -> None:
        self._of: object = None
        self._at_ns = 0
        self._final = False
        self.on: bool | None = None
        """Whether the GIL is on where the tasks run; None: not known yet."""
        self.python: PythonInfo | None = None
        """The interpreter of the run."""

    def look(self, store: "RunStore") -> None:
        """Bring `on` up to the store."""
        ended = store.ended is not None
        if store.started is self._of and (self._final if ended else store.now_ns - self._at_ns < LOOK_NS):
            return
        self._of, self._at_ns, self._final = store.started, store.now_ns, ended
        self.on = store.gil
        self.python = store.started.python if store.started is not None else None

    @property
    def came_back(self) -> bool:
        """Whether the GIL is on although the build can do without."""
        return self.on is True and self.python is not None and self.python.free_threaded

    @property
    def label(self) -> str:
        """What the GIL really is, in short: the line at the top is full; empty as long as nobody knows."""
        if self.on is None or self.python is None:
            return ""
        if self.came_back:
            return QCoreApplication.translate("Gil", "▲ GIL came back on")
        return QCoreApplication.translate("Gil", "GIL on") if self.on else QCoreApplication.translate("Gil", "GIL off")

    @property
    def interpreter(self) -> str:
        """Of which Python that is."""
        return QCoreApplication.translate("Gil", "Python {0}").format(version(self.python)) if self.python else ""

    @property
    def headline(self) -> str:
        """That it came back on, in a sentence."""
        return QCoreApplication.translate("Gil", "The GIL came back on in the workers.")

    @property
    def explanation(self) -> str:
        """What that means, in a sentence or two."""
        if self.came_back:
            return QCoreApplication.translate(
                "Gil",
                "This build can do without, but something that was imported there is not made for that. "
                "Threads take turns, as under any other Python.",
            )
        if self.on:
            return QCoreApplication.translate(
                "Gil", "GIL: the lock that lets one thread of an interpreter run Python at a time. Read in the workers."
            )
        return QCoreApplication.translate(
            "Gil", "The GIL is off in the workers: their threads run Python at the same time."
        )
