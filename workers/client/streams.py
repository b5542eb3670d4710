"""Standard streams that are there, whoever started the program: with one closed, the next file to be opened would take its number."""

import os
import sys


def open_standard_streams() -> None:
    """Open /dev/null in the place of each of stdin, stdout and stderr that is closed. Call it before anything else is opened."""
    while True:
        fd = os.open(os.devnull, os.O_RDWR)
        if fd > 2:
            os.close(fd)
            break
        os.set_inheritable(fd, True)
    # What stays open for as long as the program runs is closed by nobody.
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
