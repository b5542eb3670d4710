"""Where Pythons lie on a machine: PATH, pyenv, uv, conda, framework builds, Homebrew, the launcher of Windows."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from workers.client.probe import MINIMUM

LAUNCHER_S = 5.0
ROOTS = (
    "miniconda3",
    "anaconda3",
    "miniforge3",
    "mambaforge",
    "micromamba",
    ".conda",
    "opt/miniconda3",
    "opt/anaconda3",
)
"""Where conda puts itself, in the home directory."""
SYSTEM_ROOTS = ("/opt/conda", "/opt/miniconda3", "/opt/anaconda3", "/opt/miniforge3")
HOMEBREW = ("/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew")
FRAMEWORKS = "/Library/Frameworks"
_NAME = re.compile(r"python3\.(\d+)t?(\.exe)?$")
_LISTED = re.compile(r"\s*-\S+\s+(?:\*\s+)?(\S.*?)\s*$")


def candidates() -> Iterator[str]:
    """Paths that may be Pythons of 3.11 or later, some of them more than once. A virtual environment counts as what it was made of."""
    for folder in _folders():
        for path in _pythons_in(folder):
            yield os.path.realpath(path) if in_venv(path) else path
    if sys.platform == "win32":
        yield from _of_the_launcher()


def named() -> Iterator[str]:
    """The files that THREADMILL_PYTHONS names; each stands for itself, virtual environment or not."""
    yield from (part for part in _listed_by_user() if not os.path.isdir(part))


def in_venv(path: str) -> bool:
    """Whether the interpreter is that of a virtual environment."""
    folder = os.path.dirname(os.path.abspath(path))
    return any(os.path.isfile(os.path.join(part, "pyvenv.cfg")) for part in (folder, os.path.dirname(folder)))


def inside(folder: str) -> str | None:
    """The interpreter of an environment or an installation, given its folder; None where there is none."""
    for name in ("bin/python3", "bin/python", "Scripts/python.exe", "python.exe", "python3", "python"):
        path = os.path.join(folder, *name.split("/"))
        if os.path.isfile(path):
            return path
    return None


def version_named(path: str) -> str:
    """The version that a file name tells, such as "3.14t"; empty where it tells none."""
    name = os.path.basename(path)
    return name.removeprefix("python").removesuffix(".exe") if _NAME.match(name) else ""


def _listed_by_user() -> list[str]:
    return [part for part in os.environ.get("THREADMILL_PYTHONS", "").split(os.pathsep) if part]


def _folders() -> Iterator[Path]:
    home = Path.home()
    yield from (Path(part) for part in _listed_by_user() if os.path.isdir(part))
    # pyenv's shims are shell scripts that ask pyenv which Python is meant; what they stand for is found below.
    yield from (Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part and not _is_shims(part))
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    yield from _each(pyenv / "versions", "*/bin")
    yield from _each(pyenv / "pyenv-win" / "versions", "*")
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv/python")
    yield from _each(uv, "*/bin")
    if sys.platform == "win32":
        yield from _each(Path(os.environ.get("APPDATA") or home, "uv", "python"), "*")
    for prefix in _conda_prefixes(home):
        yield prefix / "bin"
        yield prefix
    if sys.platform == "darwin":
        # PythonT is the free-threaded build of the same installer.
        for name in ("Python", "PythonT"):
            yield from _each(Path(FRAMEWORKS, f"{name}.framework", "Versions"), "*/bin")
    for brew in HOMEBREW:
        yield Path(brew, "bin")
        yield from _each(Path(brew, "opt"), "python*/bin")


def _conda_prefixes(home: Path) -> Iterator[Path]:
    """Installations of conda and their environments."""
    try:
        lines = (home / ".conda" / "environments.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    roots = [*(Path(line.strip()) for line in lines if line.strip())]
    roots += [Path(os.environ[name]) for name in ("CONDA_PREFIX", "MAMBA_ROOT_PREFIX") if os.environ.get(name)]
    roots += [*(home / name for name in ROOTS), *(Path(name) for name in SYSTEM_ROOTS)]
    for root in dict.fromkeys(roots):
        yield root
        yield from _each(root / "envs", "*")


def _each(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def _is_shims(folder: str) -> bool:
    return os.path.basename(os.path.normpath(folder)) == "shims"


def _pythons_in(folder: Path) -> list[str]:
    """Files that are called like a Python of 3.11 or later and may be run."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []  # PATH names what is not there, or what is not ours to read
    found = [name for name in names if (match := _NAME.match(name)) and int(match[1]) >= MINIMUM[1]]
    if sys.platform == "win32":
        found += [name for name in names if name.lower() == "python.exe"]
    paths = [str(folder / name) for name in found]
    return [path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK)]


def _of_the_launcher() -> list[str]:
    try:
        done = subprocess.run(
            ["py", "-0p"], capture_output=True, text=True, timeout=LAUNCHER_S, stdin=subprocess.DEVNULL, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []  # not every Windows has the launcher
    return launcher_paths(done.stdout)


def launcher_paths(text: str) -> list[str]:
    """The paths in what `py -0p` prints: a line each, "-V:3.14 * PATH", the asterisk at the default."""
    found = [match[1].strip('"') for line in text.splitlines() if (match := _LISTED.match(line))]
    return [path for path in found if path.lower().endswith(".exe")]
