"""Numbers and times as people read them: groups of three set apart, units, steady widths. No Qt."""

THIN = "\N{NARROW NO-BREAK SPACE}"
"""Stands between groups of three digits."""
FIGURE = "\N{FIGURE SPACE}"
"""As wide as a digit: pads a number without moving what stands beside it."""
DOT = "   ·   "
MOST = 2**31 - 1
"""The largest number that Qt takes for a plural."""


def grouped(number: int) -> str:
    """`1240` as `1 240`."""
    return f"{number:,}".replace(",", THIN)


def padded(number: int, like: int) -> str:
    """`number`, as wide as `like` will be, so that a counter does not move its neighbours."""
    text, widest = grouped(number), grouped(max(number, like))
    # A space for each digit, and one for each space between groups: those are narrower.
    return "".join(THIN if sign == THIN else FIGURE for sign in widest[: len(widest) - len(text)]) + text


def rate(per_second: float) -> str:
    """Three figures at most below a thousand: `0.42`, `8.1`, `118`, `12 400`."""
    if per_second <= 0:
        return "0"
    if per_second < 0.995:
        return f"{per_second:.2f}"
    if per_second < 9.95:
        return f"{per_second:.1f}"
    return grouped(round(per_second))


def clock(seconds: float) -> str:
    """`72.3` as `1:12`, with hours where there are some."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def brief(seconds: float) -> str:
    """A time to wait: `6 s`, `2 min`, `3 h`."""
    if seconds < 99.5:
        return f"{max(0, round(seconds))} s"
    if seconds < 99 * 60:
        return f"{round(seconds / 60)} min"
    return f"{grouped(round(seconds / 3600))} h"
