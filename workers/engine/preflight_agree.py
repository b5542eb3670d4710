"""Lines of the pre-flight card that agree with each other: none advises what another one says will not help."""

from dataclasses import replace

from workers.contract.preflight import CheckLine, Preflight

SENT = ("picklable_arguments", "picklable_result")
WITHOUT_THREADS = {
    "Return less (a sum, a path), use threads, or shared memory.": "Return less (a sum, a path), or use shared memory.",
    "Give less (a path, a range), use threads, or shared memory.": "Give less (a path, a range), or use shared memory.",
    "Return plain values, or use threads.": "Return plain values.",
    "Use threads, or give what it can be made of: a name, a path, numbers.": (
        "Give what it can be made of: a name, a path, numbers."
    ),
}
"""Remedies, and what is left of each where threads take turns."""


def agreed(known: Preflight) -> Preflight:
    """With remedies that heed the other lines. What was found stays as it is."""
    lines = {line.id: line for line in known.lines}
    bad = [lines[key] for key in SENT if key in lines and lines[key].ok is False]
    costly = bool(bad) and all(line.value is not None for line in bad)
    gil = lines.get("gil_released")
    turns = gil is not None and gil.ok is False
    return replace(known, lines=tuple(_agreed(line, bool(bad), costly, turns) for line in known.lines))


def _agreed(line: CheckLine, bad: bool, costly: bool, turns: bool) -> CheckLine:
    """`bad`: something cannot be sent, or only at a great cost (`costly`); `turns`: threads take turns."""
    remedy = line.remedy
    if line.id == "call_time" and "in chunks" in remedy and bad:
        remedy = "Let each call do more: chunks would not help, for what is sent with each call stays."
    elif line.id == "gil_released" and "rocesses" in remedy and bad:
        remedy = (
            "Processes would overlap, but sending takes too much of a call: send less first."
            if costly
            else "Processes would overlap, once all that they are sent can be pickled."
        )
    elif line.id in SENT and turns:
        remedy = WITHOUT_THREADS.get(remedy, remedy)
    return replace(line, remedy=remedy) if remedy != line.remedy else line
