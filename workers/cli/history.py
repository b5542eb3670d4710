"""`threadmill history`, `threadmill compare A B`, and what `threadmill run --keep` keeps."""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from workers.cli.main import program_version
from workers.cli.output import printable, say
from workers.cli.run import check_writable
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.insight.store import RunStore
from workers.insight.summary import summarise
from workers.recordings import words
from workers.recordings.capture import make, take
from workers.recordings.diff import Side
from workers.recordings.diff import compare as differ
from workers.recordings.errors import RecordingError
from workers.recordings.figures import scale
from workers.recordings.layout import MAGIC, MOST_BYTES
from workers.recordings.recording import ENDING, Recording, read_summary
from workers.recordings.shelf import Kept, Shelf, ShelfError, find

MOST_JSON = 64 << 20
"""Of a file that `run --json` wrote: all that was printed is in it."""


def history(arguments: argparse.Namespace) -> int:
    """Carry out `threadmill history`."""
    listing = Shelf().look()
    for problem in listing.problems:
        say(printable(problem))
    if arguments.json:
        json.dump([{**kept.head, **kept.figures, "bytes": kept.size} for kept in listing.runs], sys.stdout, indent=2)
        sys.stdout.write("\n")
        return 0
    if not listing.runs:
        say("No run is kept yet: keep one with `threadmill run --keep`, or run one in the window.")
        return 0
    # Plain lines, which wrap where the terminal is narrow: a table would break words to pieces there.
    rows = [_row(kept) for kept in listing.runs]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for row in rows:
        key, when, rate, elapsed, rest = row
        line = f"{key}  {when}  {rate:>{widths[2]}}  {elapsed:>{widths[3]}}  {rest}"
        sys.stdout.write(f"{printable(line)}\n")
    return 0


def compare(arguments: argparse.Namespace) -> int:
    """Carry out `threadmill compare`. Raises ConfigError for what is no run."""
    check_writable("--json", arguments.json, stdout=True)
    shelf = Shelf()
    diff = differ(_side(arguments.A, shelf), _side(arguments.B, shelf))
    if arguments.json is None:
        sys.stdout.write(printable(words.as_text(diff)))
        return 0
    text = json.dumps(words.as_plain(diff), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if arguments.json == "-":
        sys.stdout.write(text)
    else:
        Path(arguments.json).write_text(text, encoding="utf-8")
    return 0


def keep(store: RunStore, catalogue: Catalogue) -> bool:
    """Keep the run that has ended, and say where. False where that failed, which is said."""
    if store.started is None:
        return True
    config = store.started.config
    titles = {"model": catalogue.models[config.model].title, "workload": catalogue.workloads[config.workload].title}
    try:
        key = Shelf().keep(make(take(store, summarise(store), program_version(), titles)))
    except (ShelfError, ValueError) as error:
        say(str(error))
        return False
    say(f"kept as {key}")
    return True


def _side(word: str, shelf: Shelf) -> Side:
    """What an argument means. Raises ConfigError."""
    try:
        if os.path.isfile(word):
            return _from_file(Path(word))
        listing = shelf.look()
        for problem in listing.problems:
            say(printable(problem))
        try:
            kept = find(listing.runs, word)
        except ShelfError:
            if os.path.isdir(word):
                raise ConfigError(
                    f"{word} is a directory: give the file of a run in it, or the id of a kept run."
                ) from None
            if os.sep not in word and not word.endswith((ENDING, ".json")):
                raise
            raise ConfigError(
                f"There is no file {word}: give one that `threadmill run --json` has written or the window has exported, "
                "or the id of a kept run."
            ) from None
        return Side.of(shelf.load(kept.id))
    except OSError as error:
        raise ConfigError(str(error) if isinstance(error, ShelfError) else f"{word}: {error.strerror}.") from None
    except RecordingError as error:
        raise ConfigError(str(error)) from None


def _from_file(path: Path) -> Side:
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
        if raw.startswith(MAGIC):
            return Side.of(Recording.from_bytes(raw, path.name))
        raw += file.read(MOST_JSON + 1 - len(raw))
    if len(raw) > MOST_JSON:
        raise RecordingError(path.name, MOST_JSON, f"it is larger than {MOST_JSON:,} bytes")
    return Side.of_summary(read_summary(raw, path.name), path.name)


def _row(kept: Kept) -> tuple[str, str, str, str, str]:
    head, figures = kept.head, kept.figures
    config: dict[str, Any] = figures["config"]
    rate, elapsed = figures["throughput_per_s"], figures["elapsed_s"]
    marks = ", ".join(filter(None, (head["name"], "pinned" if head["pinned"] else "", head["partial"])))
    run = f"{config['model']} x {config['workers']}, {words.work(config)}, Python {figures['python']}"
    return (
        kept.id,
        time.strftime("%Y-%m-%d %H:%M", time.localtime(head["ended_at"])),
        "not known" if rate is None else scale("per_s", (rate,)).text(rate),
        scale("s", (elapsed,)).text(elapsed),
        f"{run}  [{marks}]" if marks else run,
    )
