"""Times and sizes as people read them: three figures and the unit that suits them."""

from gui.figures import grouped


def duration(seconds: float, brief: bool = False) -> str:
    """`0.0000123` as `12.3 µs`, `0.0235` as `23.5 ms`, `4.2` as `4.20 s`; `brief` with two figures: `12 µs`, `24 ms`, `4.2 s`."""
    if seconds < 0.0000005:
        return "0 s"
    for factor, unit in ((1e6, "µs"), (1e3, "ms")):
        if seconds * factor < 999.5:
            return f"{_figures(seconds * factor, brief)} {unit}"
    return f"{_figures(seconds, brief)} s"


def size(count: float) -> str:
    """`35020` as `34.2 KiB`."""
    for factor, unit in ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")):
        if count >= factor:
            return f"{_figures(count / factor)} {unit}"
    return f"{grouped(count)} B"


def _figures(value: float, brief: bool = False) -> str:
    digits = 2 if value < 9.995 else 1 if value < 99.95 else 0
    return grouped(value, max(0, digits - 1) if brief else digits)
