"""Which theme holds and how large everything is: follows the system or what was chosen."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gui.style import PRESENTER_SCALE, SCALES, palette, sheet
from gui.theme import DARK, LIGHT, ThemeSource

CHOICES = ("system", "light", "dark")


class Appearance(QObject):
    """Theme and size of one window.

    Signals:
        changed(): another theme or size was chosen, or the system's changed.
    """

    changed = Signal()

    def __init__(self, window: QWidget, choice: str = "system", scale: float = 1.0) -> None:
        super().__init__(window)
        self.source = ThemeSource(parent=self)
        self.choice = choice
        self.scale = scale
        self._window = window
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow)
        self._apply()

    def choose(self, choice: str) -> None:
        """Take "light", "dark", or what the "system" says."""
        if choice != self.choice:
            self.choice = choice
            self._apply()

    def toggle(self) -> None:
        """From light to dark and back, whatever the system says."""
        self.choose("light" if self.source.theme.dark else "dark")

    def resize(self, steps: int) -> None:
        """Larger (1), smaller (-1) or the usual size (0)."""
        near = min(range(len(SCALES)), key=lambda index: abs(SCALES[index] - self.scale))
        self.set_scale(1.0 if steps == 0 else SCALES[min(max(near + steps, 0), len(SCALES) - 1)])

    def present(self) -> None:
        """Presenter size, or back from it."""
        self.set_scale(1.0 if self.scale > 1.0 else PRESENTER_SCALE)

    def set_scale(self, scale: float) -> None:
        """Make everything `scale` times its usual size."""
        if scale != self.scale:
            self.scale = scale
            self._apply()

    def _follow(self) -> None:
        if self.choice == "system":
            self._apply()

    def _apply(self) -> None:
        dark = self.choice == "dark" or (self.choice == "system" and self._hints.colorScheme() == Qt.ColorScheme.Dark)
        theme = DARK if dark else LIGHT
        self._window.setPalette(palette(theme))
        self._window.setStyleSheet(sheet(theme, self.scale))
        self.source.set(theme)
        self.changed.emit()
