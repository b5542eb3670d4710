"""What a chart can be saved as: an action each, for its menu and the command palette."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from gui.files import save_as

PICTURE = ("png", "svg", "copy")
ALL = ("png", "svg", "csv", "copy")


class Saved(Protocol):
    """What has a picture."""

    title: str

    def objectName(self) -> str:
        """Begins the names of the actions."""

    def save_png(self, path: str | Path) -> None:
        """Write the picture. Raises OSError."""

    def save_svg(self, path: str | Path) -> None:
        """Write it as vectors. Raises OSError."""

    def copy_picture(self) -> None:
        """Put it on the clipboard."""


class SavedData(Saved, Protocol):
    """What has data as well."""

    def save_csv(self, path: str | Path) -> None:
        """Write them. Raises OSError."""


class Chooser(Protocol):
    """Whom to ask where to save."""

    def choose_file(self, title: str, suggestion: str, pattern: str) -> str:
        """A path; empty for nowhere."""


class Saves(QObject):
    """The actions of one chart, by kind: png, svg, csv and copy.

    Signals:
        saved(str): a file was written; its path.
        failed(str): it was not; the reason in one sentence.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        part: Saved | SavedData,
        chooser: Chooser,
        parent: QObject,
        kinds: Sequence[str] = ALL,
        bring: Callable[[], None] | None = None,
    ) -> None:
        """`bring` brings the part to the front before it is saved: out of sight it does not follow the run."""
        super().__init__(parent)
        self.actions: dict[str, QAction] = {}
        self._part, self._chooser, self._bring = part, chooser, bring
        for kind, text, pattern in (
            ("png", self.tr("Save as &PNG picture …"), self.tr("PNG picture (*.png)")),
            ("svg", self.tr("Save as &SVG picture …"), self.tr("SVG picture (*.svg)")),
            ("csv", self.tr("Save data as &CSV …"), self.tr("Comma-separated values (*.csv)")),
            ("copy", self.tr("&Copy the picture"), ""),
        ):
            if kind in kinds:
                action = self.actions[kind] = QAction(text, self)
                action.setObjectName(f"{part.objectName()}{'Copy' if kind == 'copy' else f'Save{kind.capitalize()}'}")
                action.triggered.connect(
                    lambda _checked=False, kind=kind, pattern=pattern: self._do(kind, pattern)  # triggered(bool)
                )

    def _do(self, kind: str, pattern: str) -> None:
        part, title = self._part, self._part.title
        if self._bring is not None:
            self._bring()
        if kind == "copy":
            part.copy_picture()
            return
        name = f"{title.lower().replace(' ', '-')}.{kind}"
        path = self._chooser.choose_file(self.tr("Save {title}").format(title=title), name, pattern)
        save_as(path, f".{kind}", getattr(part, f"save_{kind}"), self.saved.emit, self.failed.emit)
