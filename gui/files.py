"""Writing files whole or not at all. Every failure is an OSError whose text is one clear sentence."""

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]], path: str | Path) -> None:
    """Write a table as UTF-8 with commas. Raises OSError."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write(path, text.getvalue().encode())


def save_as(
    path: str,
    ending: str,
    save: Callable[[str], None],
    saved: Callable[[str], object],
    failed: Callable[[str], object],
) -> None:
    """Save to `path`, with `ending` put behind it where it has another, and tell how that went. Does nothing without a path."""
    if not path:
        return
    if not path.lower().endswith(ending):
        path += ending
    try:
        save(path)
    except OSError as error:
        failed(error.strerror or str(error))
    else:
        saved(path)


def write(path: str | Path, content: bytes) -> None:
    """Put `content` in place in one step: whatever happens, no half file is left and an old one stays whole."""
    target = Path(path)
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes files for the owner alone; a saved file gets what any new one would.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, target)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise OSError(error.errno, f"{target} was not saved: {error.strerror or error}.") from error
