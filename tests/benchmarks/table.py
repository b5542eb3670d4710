"""The rows as Markdown."""

from collections.abc import Sequence

from tests.benchmarks.figures import INCONCLUSIVE, MISSED, NO_PEER, Figure, Row

HEAD = ("", "what", "found [half of the rounds]", "ours", "the other", "held against", "clock", "target", "verdict")


def number(value: float, unit: str) -> str:
    """With as many digits as mean something."""
    digits = 0 if abs(value) >= 100 or not value else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 4
    if unit in ("x", "%") or not unit:
        return f"{value:,.{digits}f}{unit}"
    return f"{value:,.{digits}f} {unit}"


def found(figure: Figure) -> str:
    """The median with its spread."""
    if not figure.values:
        return ""
    low, high = figure.spread
    text = f"**{number(figure.middle, figure.unit)}**"
    if len(figure.values) > 1:
        text += f" [{number(low, '')}..{number(high, '')}]"
    return text


def target(figure: Figure) -> str:
    """What it should be."""
    return "" if figure.limit is None else f"{figure.sense} {number(figure.limit, figure.unit)}"


def verdict(row: Row, figure: Figure) -> str:
    """In words; what was missed with by how much."""
    said = row.verdict(figure)
    if said == MISSED and figure.limit:
        share = figure.middle / figure.limit
        return f"missed: {share:.2f} times the target" if figure.sense == "<=" else f"missed: {share:.0%} of the target"
    return f"**{said}**" if said == INCONCLUSIVE else f"{said}: no peer" if said == NO_PEER else said


def lines(rows: Sequence[Row]) -> list[str]:
    """The table, and below it the notes and what could not be measured."""
    table = [_line(HEAD), _line(["---"] * len(HEAD))]
    notes: list[str] = []
    for row in rows:
        for place, figure in enumerate(row.figures):
            mark = ""
            if figure.note:
                if figure.note not in notes:
                    notes.append(figure.note)
                mark = f" ({notes.index(figure.note) + 1})"
            table.append(
                _line(
                    (
                        row.key if place == 0 else "",
                        figure.what + mark,
                        found(figure),
                        figure.ours,
                        figure.theirs,
                        figure.peer,
                        figure.clock,
                        target(figure),
                        verdict(row, figure),
                    )
                )
            )
        if row.error:
            table.append(_line((row.key, row.title, "", "", "", "", "", "", f"**failed**: {row.error}")))
    after = [f"{place}. {note}" for place, note in enumerate(notes, 1)]
    spoilt = _spoilt(rows)
    return [*table, *([""] if after else []), *after, *([""] if spoilt else []), *spoilt]


def _spoilt(rows: Sequence[Row]) -> list[str]:
    """Why rows are INCONCLUSIVE of which a line above says so; a reason that several have is told once."""
    keys: dict[str, list[str]] = {}
    for row in rows:
        if any(row.verdict(figure) == INCONCLUSIVE for figure in row.figures):
            keys.setdefault(row.busy, []).append(row.key)
    return [
        f"- {', '.join(each)} {'is' if len(each) == 1 else 'are'} INCONCLUSIVE: {why}." for why, each in keys.items()
    ]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
