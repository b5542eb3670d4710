"""Figures as people write them, for the lines of the pre-flight card."""


def seconds(value: float) -> str:
    """Such as 2.1 µs, 340 ms, 1.4 s."""
    for unit, scale in (("µs", 1e6), ("ms", 1e3)):
        if value * scale < 999.5:
            return f"{_three(value * scale)} {unit}"
    return f"{_three(value)} s"


def size(value: float) -> str:
    """Such as 300 bytes, 4.2 kB, 50 MB."""
    if value < 1000:
        return f"{value:.0f} byte{'' if round(value) == 1 else 's'}"
    for unit, scale in (("kB", 1e3), ("MB", 1e6)):
        if value < 999.5 * scale:
            return f"{_three(value / scale)} {unit}"
    return f"{_three(value / 1e9)} GB"


def share(value: float) -> str:
    """Such as 85 %."""
    return f"{value * 100:.0f} %"


def count(number: int, noun: str) -> str:
    """Such as 1 call, 12 calls."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _three(value: float) -> str:
    """Two or three figures."""
    return f"{value:.0f}" if value >= 99.5 else f"{value:.3g}" if value >= 10 else f"{value:.2g}"
