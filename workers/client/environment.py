"""What another interpreter is given: its environment, and the command that runs something of ours there."""

import os
from pathlib import Path

from workers.client.places import plugin_folders
from workers.engine import boot
from workers.finding import VARIABLE

LEAKS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONSTARTUP", "PYTHONSAFEPATH", "__PYVENV_LAUNCHER__")


def clean_environment() -> dict[str, str]:
    """This process's environment without what would leak the window's packages into another interpreter.

    THREADMILL_PLUGINS in it names the folders of the user's own models and workloads.
    """
    kept = {name: value for name, value in os.environ.items() if name not in LEAKS}
    kept[VARIABLE] = os.pathsep.join(map(str, plugin_folders()))
    return kept


def boot_command(python: str, entry: str, *arguments: str) -> list[str]:
    """The command that runs an entry of workers.engine under `python`, by path (see boot.py)."""
    return [python, "-P", str(Path(boot.__file__)), entry, *arguments]
