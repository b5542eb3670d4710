"""How the kinds of spans look: the theme's colour of what they mean, and a pattern that tells them apart without it."""

from PySide6.QtGui import QColor

from gui.charts.strips import mix
from gui.charts.timeline_paint import ABSENT, FAILED, GAP, IDLE, OPEN, PATTERNS, UNDER_WAY, Ink
from gui.theme import Theme
from workers.contract.spans import SpanKind

LOOKS = {
    "TASK": ("running", "solid"),
    "CUT": ("failed", "rising"),
    "PICKLE": ("pickling", "bars"),
    "UNPICKLE": ("pickling", "bars"),
    "START_UP": ("start_up", "dots"),
    "QUEUE": ("queue", "falling"),
    "LOCK": ("lock", "rising"),
    "IO": ("waiting", "dots"),
    "NAP": ("waiting", "dots"),
    "JOIN": ("waiting", "lines"),
    "RESULT": ("waiting", "dashes"),
}
"""By the name of a SpanKind: colour by its name in the theme, and pattern; from the bottom of a column upwards."""
UNFINISHED = ("running", "wide")
"""A task that is still under way."""
STRANGE = ("unknown", "bars")
"""A kind that is not in the table: muted."""
NAMES = {int(kind): kind.name for kind in SpanKind}


def look(kind: int) -> tuple[str, str]:
    """(colour's name, pattern) of a kind."""
    return LOOKS.get(NAMES.get(kind, ""), STRANGE)


def rank(kind: int) -> int:
    """Where a kind stands in a column, from the bottom."""
    name = NAMES.get(kind, "")
    return list(LOOKS).index(name) if name in LOOKS else len(LOOKS)


def fill_of(theme: Theme, name: str) -> str:
    """The colour of that name, #RRGGBB."""
    return theme.kinds.get(name, theme.muted)


def inks(theme: Theme) -> dict[int, Ink]:
    """Ink by code, for `timeline_paint.table`."""
    card, idle, muted, ground = (_rgb(colour) for colour in (theme.card, theme.kinds["idle"], theme.muted, theme.page))
    made = {
        FAILED: _ink(theme, "failed", "rising"),
        IDLE: Ink(idle, idle),
        OPEN: Ink(mix(card, idle, 0.35), mix(card, idle, 0.35)),
        ABSENT: Ink(card, card),
        GAP: Ink(card, ground),
        UNDER_WAY: _ink(theme, *UNFINISHED),
    }
    for kind in range(16):
        name, pattern = look(kind)
        made[kind] = Ink(muted, mix(muted, card, 0.5), pattern) if name == STRANGE[0] else _ink(theme, name, pattern)
    return made


def _ink(theme: Theme, name: str, pattern: str) -> Ink:
    fill = _rgb(theme.kinds[name])
    return Ink(fill, line_on(fill), pattern)


def line_on(fill: int) -> int:
    """The colour of a pattern's lines: darker on what is light, lighter on what is dark."""
    red, green, blue = fill >> 16, fill >> 8 & 255, fill & 255
    return mix(fill, 0x000000, 0.4) if 3 * red + 6 * green + blue > 1_000 else mix(fill, 0xFFFFFF, 0.45)


def swatch(pattern: str, size: int) -> list[tuple[int, int]]:
    """Where the pattern's pixels are in a square of the legend: (x, y)."""
    tile = PATTERNS[pattern]
    return [(x, y) for y in range(size) for x in range(size) if tile[y % len(tile), x % len(tile)]]


def _rgb(colour: str) -> int:
    return QColor(colour).rgb() & 0xFFFFFF
