"""Runs the rows one after the other, each in a process of its own, and looks before, during and after each whether the cores are free."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from tests.benchmarks.figures import Row, Scale
from tests.benchmarks.rings import VARIABLE, shared_memory
from tests.benchmarks.rows import Entry
from tests.helpers.idle import why_not_idle
from workers.engine import lifeline
from workers.engine.guardian import group_alive

ROOT = Path(__file__).parents[2]
TRIES = 3
OTHERS = 0.1
"""Of a core, on average: so much may others use while a row is measured."""
GRACE_S = 1.0
"""For what a row has left behind, to end by itself."""


class Interrupted(BaseException):
    """A signal asks the runner to end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number
        self.row: Row | None = None
        """What was found of the row under way."""


def end_on_signals() -> None:
    """Ctrl+C, SIGTERM and SIGHUP raise Interrupted, once; those that are ignored (as by nohup) stay so."""
    signals = [
        each for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) != signal.SIG_IGN
    ]

    def end(number: int, frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)  # what is put away now has deadlines
        raise Interrupted(number)

    for each in signals:
        signal.signal(each, end)


def settled(tries: int = TRIES) -> str:
    """Why the cores are not free, asked a few times; empty where they are."""
    why = None
    for _ in range(tries):
        why = why_not_idle()
        if why is None:
            return ""
    return why or ""


def run_all(entries: Sequence[Entry], scale: Scale, look: Callable[[], str] | None = settled) -> Iterator[Row]:
    """Each row when it is there. `look` says what keeps the cores from being free; None: nobody looks.

    Interrupted carries the row under way.
    """
    before = look() if look else ""
    for entry in entries:
        then = spent()
        try:
            row = run_one(entry, scale)
        except Interrupted as stopped:
            if stopped.row:
                stopped.row = replace(stopped.row, busy="it was ended before anybody could look at the cores after it")
            raise
        if look is None:
            yield replace(row, busy="nobody looked (--unchecked)")
            continue
        during = others(then, spent())
        after = look()
        busy = [f"before it, {before}"] if before else []
        busy += [f"during it, others used {during:.0%} of a core"] if during > OTHERS else []
        busy += [f"after it, {after}"] if after and not busy else []
        yield replace(row, busy="; ".join(busy))
        before = after


def spent() -> tuple[float, float, float]:
    """(s on the wall, CPU s of everybody on all cores, also what the machine's other guests took; of us and children who are gone)."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    everybody = (sum(ticks[:3]) + ticks[7]) / os.sysconf("SC_CLK_TCK")
    ours = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.monotonic(), everybody, sum(each.ru_utime + each.ru_stime for each in ours)


def others(then: tuple[float, float, float], now: tuple[float, float, float]) -> float:
    """How much of a core others used meanwhile, on average."""
    wall, everybody, ours = (after - before for before, after in zip(then, now, strict=True))
    return max(0.0, everybody - ours) / max(wall, 1e-9)


def with_bytecode(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which bytecode is kept; elsewhere, where it wants none beside the sources (as tests/conftest.py has it).

    Without, each host and worker would compile all that it imports, for 40 ms and more, as nobody's does who uses the program.
    """
    kept = dict(environment)
    if kept.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".bytecode_cache"))
    return kept


def run_one(entry: Entry, scale: Scale) -> Row:
    """Measure one row, with a deadline. Raises Interrupted, with what was found of it, when all of it is gone."""
    begun = time.monotonic()
    error, stopped = "", None
    with (
        tempfile.TemporaryDirectory(prefix="benchmark-", ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryDirectory(prefix="benchmark-", dir=shared_memory(), ignore_cleanup_errors=True) as rings,
    ):
        out = Path(folder, "figures.json")
        command = [sys.executable, "-m", "tests.benchmarks.child", entry.module, str(out)]
        command += ["quick"] * scale.quick + ["cpu"] * scale.cpu
        asked, held = os.pipe()
        environment = {
            **with_bytecode(os.environ),
            "QT_QPA_PLATFORM": "offscreen",
            "THREADMILL_CONFIG_DIR": str(Path(folder, "config")),
            "XDG_DATA_HOME": str(Path(folder, "data")),
            "TMPDIR": folder,
            VARIABLE: rings,
            lifeline.VARIABLE: str(asked),
        }
        # A group of its own: what a row has started goes with it. It goes when we do, too: that is what the pipe is for.
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True, stdin=subprocess.DEVNULL, pass_fds=[asked]
        )
        os.close(asked)
        try:
            process.wait(entry.deadline_s)
            _until_gone(process.pid)
        except subprocess.TimeoutExpired:
            error = f"It was not done after {entry.deadline_s:.0f} s."
        except Interrupted as raised:
            error, stopped = f"It was ended by {raised}.", raised
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
            _until_gone(process.pid)
            os.close(held)
        found: dict[str, Any] = {"figures": [], "done": False, "error": ""}
        if out.exists():
            found = json.loads(out.read_text(encoding="utf-8"))
    error = error or (found["error"] if found["done"] else f"{_how(process.returncode)} before it was done.")
    plain = {"key": entry.key, "title": entry.title, "figures": found["figures"], "error": error}
    row = Row.from_plain({**plain, "seconds": time.monotonic() - begun})
    if stopped:
        stopped.row = row
        raise stopped
    return row


def _how(code: int) -> str:
    if code < 0:
        with suppress(ValueError):
            return f"It was ended by {signal.Signals(-code).name}"
        return f"It was ended by signal {-code}"
    return f"It ended with exit code {code}"


def _until_gone(group: int) -> None:
    end = time.monotonic() + GRACE_S
    while group_alive(group) and time.monotonic() < end:
        time.sleep(0.01)
