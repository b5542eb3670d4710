"""Finds the Pythons on this machine and asks each, in a child with a deadline, what it is."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from workers.contract.errors import ConfigError, unknown_name
from workers.contract.info import PythonInfo
from workers.engine import boot

MINIMUM = (3, 11)
PROBE_S = 10.0
_NAME = re.compile(r"python3\.\d+t?$")
_PROBE = (
    "import json,multiprocessing,platform,struct,sys;"
    "print(json.dumps(dict(executable=sys.executable,version=platform.python_version(),implementation=sys.implementation.name,"
    "gil=getattr(sys,'_is_gil_enabled',lambda:True)(),start_methods=multiprocessing.get_all_start_methods(),bits=8*struct.calcsize('P'))))"
)


def clean_environment() -> dict[str, str]:
    """This process's environment without what would leak the window's packages into another interpreter."""
    drop = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYTHONSTARTUP", "PYTHONSAFEPATH", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in drop}


def boot_command(python: str, entry: str, *arguments: str) -> list[str]:
    """The command that runs an entry of workers.engine under `python`, by path (see boot.py)."""
    return [python, "-P", str(Path(boot.__file__)), entry, *arguments]


def candidates() -> Iterator[str]:
    """Paths that may be Pythons: our own first, then THREADMILL_PYTHONS, PATH, pyenv's and uv's."""
    yield sys.executable
    for part in os.environ.get("THREADMILL_PYTHONS", "").split(os.pathsep):
        if part and os.path.isdir(part):
            yield from (str(path) for path in sorted(Path(part).iterdir()) if _NAME.match(path.name))
        elif part:
            yield part
    home = Path.home()
    folders = [
        Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part and not part.endswith("/shims")
    ]
    folders += sorted((Path(os.environ.get("PYENV_ROOT", home / ".pyenv")) / "versions").glob("*/bin"))
    folders += sorted((Path(os.environ.get("UV_PYTHON_INSTALL_DIR", home / ".local/share/uv/python"))).glob("*/bin"))
    for folder in folders:
        try:
            names = sorted(path for path in folder.iterdir() if _NAME.match(path.name))
        except OSError:
            continue
        yield from (str(path) for path in names)


def probe(path: str) -> PythonInfo:
    """What the interpreter at `path` says of itself. Raises ConfigError where it does not run, is too old or says nothing sensible."""
    try:
        done = subprocess.run(
            [path, "-I", "-S", "-c", _PROBE],
            capture_output=True,
            timeout=PROBE_S,
            stdin=subprocess.DEVNULL,
            env=clean_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ConfigError(
            f"{path} did not answer within {PROBE_S:.0f} s; choose another interpreter.", "python"
        ) from None
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be run ({error.strerror}); give the path of a Python 3.11 or later.", "python"
        ) from None
    try:
        data = json.loads(done.stdout)
        info = PythonInfo(**{**data, "executable": path, "start_methods": tuple(data["start_methods"])})
    except (ValueError, TypeError, KeyError):
        raise ConfigError(
            f"{path} is no Python that works (exit code {done.returncode}); choose another one.", "python"
        ) from None
    if _version(info) < MINIMUM:
        raise ConfigError(f"{path} is Python {info.version}; runs need 3.11 or later.", "python")
    return info


def _version(info: PythonInfo) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", info.version)[:2])


def find() -> list[PythonInfo]:
    """Every usable Python: our own first, the others by version. Takes some tenths of a second."""
    unique: dict[str, str] = {}
    for path in candidates():
        real = path if path == sys.executable else os.path.realpath(path)
        unique.setdefault(real, path)
    own_real = os.path.realpath(sys.executable)
    paths = [path for real, path in unique.items() if path == sys.executable or real != own_real]

    def ask(path: str) -> PythonInfo | None:
        try:
            return probe(path)
        except ConfigError:
            return None

    with ThreadPoolExecutor(2) as pool:
        found = [info for info in pool.map(ask, paths) if info is not None]
    return found[:1] + sorted(found[1:], key=lambda info: (_version(info), info.version, info.executable))


def resolve(python: str | None) -> str:
    """The path meant by `python`: None (our own), a path, a command on PATH, or a version such as "3.14". Raises ConfigError."""
    if python is None:
        return sys.executable
    if os.sep in python:
        path = os.path.abspath(os.path.expanduser(python))
        if not os.path.isfile(path):
            raise ConfigError(
                f"There is no interpreter at {python}; `threadmill list pythons` shows those found.", "python"
            )
        return path
    if re.fullmatch(r"3\.\d+t?", python):
        name = f"python{python}"
        for path in candidates():
            if os.path.basename(path) == name and os.path.isfile(path):
                return path
    found = shutil.which(python)
    if found is None:
        names = {
            os.path.basename(path).removeprefix("python")
            for path in candidates()
            if _NAME.match(os.path.basename(path))
        }
        known = {name for name in names if int(name.rstrip("t").split(".")[1]) >= MINIMUM[1]}
        raise unknown_name("interpreter", python, known, "python")
    return found
