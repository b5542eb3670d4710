"""Files of a user's own: those in tests/data/functions, and bad ones that are written when they are needed."""

from pathlib import Path

from tests.helpers.workloads import FUNCTIONS
from workers.contract.config import RunConfig, Value

KNOWN = str(FUNCTIONS / "known.py")
BROKEN: dict[str, tuple[str, str]] = {
    "syntax": ("import math\n\n\ndef work(n):\n    return n +\n", "syntax.py, line 5: invalid syntax; mend the line"),
    "exits": ("import sys\n\nsys.exit(3)\n", "exits.py, line 3: it ended the program with sys.exit(3) while"),
    "needs": (
        "import no_such_package_at_all\n",
        "needs.py, line 1: it needs no_such_package_at_all, which this interpreter does not have; install it (",
    ),
    "other": ("def other(n):\n    return n\n", "Unknown function 'work' in other.py: choose one of other."),
    "raises": (
        "def work(n):\n    return n\n\n\nwork([])[0]\n",
        "raises.py, line 5: IndexError: list index out of range while it was imported",
    ),
    "deletes": (
        'from pathlib import Path\n\nPath(__file__).with_name("values.csv").unlink()\n',
        "deletes.py, line 3: it would delete values.csv, which the inputs come from, and was prevented from it; give it a copy",
    ),
}
"""Contents, and how what is said of them begins."""


def write(folder: Path, name: str, text: str | bytes) -> str:
    """A file NAME.py in `folder`, beside a file values.csv. Returns its path."""
    path = folder / f"{name}.py"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "values.csv").write_text("number,name\n1,one\n2,two\n3,three\n")
    return str(path)


def config_of(
    file: str, function: str, inputs: str = "range(6)", model: str = "thread_pool", **more: object
) -> RunConfig:
    """A run that calls the function once for each input."""
    params: dict[str, Value] = {"file": file, "function": function, "inputs": inputs}
    return RunConfig(model, "own_function", 2, None, params=params).changed(**more)
