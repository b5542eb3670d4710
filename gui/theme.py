"""Colours with one meaning each, in light and dark, and who tells the parts when they change.

The kinds are taken from Okabe and Ito's palette for colour-blind readers; a pattern, a label or a position says the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True)
class Theme:
    """One set of colours, as #RRGGBB."""

    name: str
    """light or dark."""
    page: str
    card: str
    line: str
    """Hairlines and borders."""
    text: str
    muted: str
    """Secondary text."""
    accent: str
    """Run, the current series, the selection."""
    on_accent: str
    field: str
    """Background of inputs."""
    hover: str
    good: str
    bad: str
    """Failure; always together with a mark or a word."""
    warn: str
    """Something to know, and no failure of the run; always together with a mark or a word."""
    kinds: Mapping[str, str]
    """running, gil, run_queue, lock, waiting, queue, pickling, start_up, idle, failed."""

    @property
    def dark(self) -> bool:
        """Whether it is light text on dark."""
        return self.name == "dark"


LIGHT = Theme(
    "light",
    page="#F4F5F7",
    card="#FFFFFF",
    line="#E1E4E9",
    text="#1A1E23",
    muted="#626C78",
    accent="#0067B1",
    on_accent="#FFFFFF",
    field="#FFFFFF",
    hover="#EEF3F9",
    good="#007F5C",
    bad="#C2410C",
    warn="#8A5A00",
    kinds=MappingProxyType(
        {
            "running": "#3A8DDE",
            "gil": "#D9622B",
            "run_queue": "#E0A21B",
            "lock": "#A8579A",
            "waiting": "#9FC5E8",
            "queue": "#F0E442",
            "pickling": "#0F9D76",
            "start_up": "#8FA3B5",
            "idle": "#E6E9ED",
            "failed": "#C2410C",
        }
    ),
)
DARK = Theme(
    "dark",
    page="#121519",
    card="#1A1E24",
    line="#2A3038",
    text="#E7EAEE",
    muted="#97A1AD",
    accent="#56B4E9",
    on_accent="#0B1420",
    field="#20252C",
    hover="#232A33",
    good="#3CC79B",
    bad="#FF8A5B",
    warn="#F2BD45",
    kinds=MappingProxyType(
        {
            "running": "#4FA3F0",
            "gil": "#F0804A",
            "run_queue": "#F2BD45",
            "lock": "#CC79B8",
            "waiting": "#35556F",
            "queue": "#D8CC3C",
            "pickling": "#2FBF97",
            "start_up": "#5B7085",
            "idle": "#262C33",
            "failed": "#FF8A5B",
        }
    ),
)


class ThemeSource(QObject):
    """Holds the theme in force.

    Signals:
        changed(Theme): another theme holds from now on; parts that paint by themselves take their colours anew.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme = LIGHT, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def set(self, theme: Theme) -> None:
        """Make `theme` the one in force."""
        if theme != self.theme:
            self.theme = theme
            self.changed.emit(theme)
