"""`threadmill script`: a run as a short program of its own, on stdout or in a file."""

import argparse
import sys

from workers.cli.run import configure
from workers.client.script import fetch_script, refuse_place
from workers.contract.errors import ConfigError


def script(arguments: argparse.Namespace) -> int:
    """Carry out the command. Raises ConfigError where there is no script, or nowhere to write it."""
    config, _ = configure(arguments)
    if arguments.output not in (None, "-"):
        refuse_place(arguments.output, config)
    text = fetch_script(config)
    if arguments.output in (None, "-"):
        sys.stdout.write(text)
        sys.stdout.flush()
        return 0
    refuse_place(arguments.output, config, text)
    try:
        with open(arguments.output, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"{arguments.output} cannot be written: {error.strerror}.") from None
    return 0
