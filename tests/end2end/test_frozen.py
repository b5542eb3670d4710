"""The script of a pool as one frozen program: with freeze_support() a spawned child is a child, and all is printed once.

Takes a minute, and so is run at night: `uv run pytest -m nightly -n 0`. What a program without freeze_support() does is not run:
each child would start the program again, without end.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.scripts import carry_out
from workers.engine.compose import compose
from workers.lessons.library import load

RUN_S = 60
"""Ten tasks of 0.1 s and three processes that come up."""
BUILD_S = 300


def run_in_session(command: list[str], folder: Path, seconds: float) -> tuple[int, str, str]:
    """Exit code, stdout and stderr. Whatever the program has started is ended with it, after `seconds` at the latest."""
    environ = {**os.environ, "PYINSTALLER_CONFIG_DIR": str(folder / "cache")}
    process = subprocess.Popen(
        command, cwd=folder, env=environ, text=True, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, err = process.communicate(timeout=seconds)
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # all of them have ended
        process.communicate()
    return process.returncode, out, err


@pytest.mark.nightly
@pytest.mark.timeout(BUILD_S + 2 * RUN_S)
@pytest.mark.parametrize("form", ["--onedir", "--onefile"])
def test_the_frozen_pool_prints_its_results_once(form: str, tmp_path: Path) -> None:
    setup = load().find("pool").setup("three")
    assert setup is not None
    text = compose(setup.config.changed(options={"start_method": "spawn"}))
    assert 'if __name__ == "__main__":\n    freeze_support()' in text
    (tmp_path / "pooled.py").write_text(text)
    code, _, said = run_in_session(
        [sys.executable, "-m", "PyInstaller", form, "--noconfirm", "--log-level=WARN", "pooled.py"], tmp_path, BUILD_S
    )
    assert code == 0, said
    built = tmp_path / "dist" / "pooled"
    program = built / "pooled" if form == "--onedir" else built
    code, out, err = run_in_session([str(program)], tmp_path, RUN_S)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines.count("end") == 1
    assert sum(line.startswith("result: ") for line in lines) == 10
    assert lines[-2] == "10 of 10 tasks done"
    assert sorted(lines) == sorted(carry_out(text)), "frozen or not, it is the same program"
