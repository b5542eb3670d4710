"""Third-party models and workloads: files in the user's folder, and distributions installed into an environment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

MODEL = """
from workers.plugin import ModelInfo, RunContext

INFO = ModelInfo(title="Theirs", family="Theirs", summary="For a test.", workers_are="none")


def run(ctx: RunContext) -> None:
    ctx.start_clock()
    for job in ctx.jobs():
        ctx.perform(job)
"""
WORKLOAD = """
import sys
from workers.plugin import WorkloadInfo

INFO = WorkloadInfo(title="Theirs", summary="For a test.", bound="waiting")


def arguments(params, random):
    while True:
        yield (random.randrange(1000),)


def run(number):
    print("RAN", __name__, "importlib.metadata" in sys.modules)
    return number


def checksum(result):
    return result
"""


def folder() -> Path:
    """The user's folder, as the test's environment has it."""
    return Path(os.environ["THREADMILL_CONFIG_DIR"])


def drop(kind: str, key: str, text: str, into: Path | None = None) -> Path:
    """Put a file into the folder, or another one of the same form."""
    path = (into or folder()) / kind / f"{key}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


class Environment:
    """A virtual environment of our own interpreter, without pip; distributions are put into it by hand."""

    def __init__(self, path: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", path], check=True, timeout=60)
        self.python = str(path / "bin" / "python")
        self.site = next((path / "lib").glob("python*")) / "site-packages"

    def install(self, name: str, entry_points: str, **modules: str) -> None:
        """A distribution with these entry points (the text of the file) and modules."""
        for module, text in modules.items():
            (self.site / f"{module}.py").write_text(text)
        info = self.site / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(entry_points)

    def clear(self) -> None:
        """Take out again what was installed."""
        shutil.rmtree(self.site)
        self.site.mkdir()
