"""`uv run python -m tests.soak [--minutes 30] [--seed N] [--window]`: random runs, changes and faults; nothing may hang or grow.

Prints what was done and by how much memory, descriptors, threads, processes and files grew between a tenth of the way and the end.
Exit code 1 on a hang or on growth beyond `census.BOUNDS`, 0 without, 130 when interrupted.
"""

import argparse
import faulthandler
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.helpers.processes import group, ours
from tests.helpers.runs import catalogue_of
from tests.soak.census import Census, count, growth, stacks_of, too_much
from tests.soak.chance import Chance
from tests.soak.drivers import Driver, SessionDriver, WindowDriver
from workers.client.limits import raise_descriptor_limit
from workers.contract.phase import RunPhase
from workers.insight.store import RunStore

WARM_S = 60.0
"""A run that has not begun by then hangs."""
END_S = 15.0
"""Stop ends a run within a second, on an idle machine. One that has not ended by then hangs."""


@dataclass
class Tally:
    """What one driver has been through."""

    runs: int = 0
    refused: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    models: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    turns: int = 0
    hangs: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Runs that ended and left something, whose counts do not add up, or during which the window met an error."""
    counted: list[Census] = field(default_factory=list)


def main() -> int:
    """Carry it out."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 16))
    parser.add_argument("--window", action="store_true", help="the second half through the window, without a screen")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    raise_descriptor_limit()
    print(f"soak: {arguments.minutes} minutes, seed {arguments.seed}", flush=True)
    bad = False
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        os.environ["THREADMILL_CONFIG_DIR"] = folder
        catalogue = catalogue_of()
        parts = 2 if arguments.window else 1
        for part in range(parts):
            chance = Chance(arguments.seed + part, catalogue)
            driver: Driver = WindowDriver() if part else SessionDriver(catalogue)
            tally = Tally()
            try:
                soak(driver, chance, tally, arguments.minutes * 60 / parts)
            finally:
                driver.close()
            bad |= report(driver, tally)
    return int(bad)


def soak(driver: Driver, chance: Chance, tally: Tally, seconds: float) -> None:
    """Run after run until the time is up."""
    end = time.monotonic() + seconds
    said = time.monotonic()
    while time.monotonic() < end and len(tally.hangs) < 5:
        one_run(driver, chance, tally)
        tally.wrong += driver.errors
        driver.errors.clear()
        tally.counted.append(count())
        if time.monotonic() - said > 60:
            said = time.monotonic()
            left = (end - said) / 60
            print(
                f"  {driver.name}: {tally.runs} runs, {sum(tally.faults.values())} faults, {left:.1f} min left",
                flush=True,
            )


def one_run(driver: Driver, chance: Chance, tally: Tally) -> None:
    """Start a run, do things to it, and see to it that it ends and leaves nothing."""
    config = chance.config()
    if not driver.start(config):
        tally.refused += 1
        return
    tally.runs += 1
    tally.models[config.model] += 1
    what = f"{config.model}, {config.workload}, {config.workers} workers, {dict(config.params)}, {dict(config.options)}"
    done: list[str] = []
    if not wait(driver, lambda: driver.store.phase is RunPhase.RUNNING, WARM_S):
        hang(driver, tally, f"{what}: did not begin")
        return
    seconds = chance.seconds()
    begun = time.monotonic()
    for at, act in chance.acts(seconds):
        wait(driver, lambda at=at: time.monotonic() - begun >= at, seconds + 1)  # type: ignore[misc]
        if not driver.active:
            break
        done.append(do(driver, chance, tally, act))
    wait(driver, lambda: time.monotonic() - begun >= seconds, seconds + 1)
    if driver.active:
        driver.stop()
    if not wait(driver, lambda: False, END_S):
        hang(driver, tally, f"{what}; {', '.join(done)}: did not end")
        return
    tally.ends[driver.store.ended_by] += 1
    check(driver.store, tally, f"{what}; {', '.join(done)}")


def wait(driver: Driver, until: "object", seconds: float) -> bool:
    """Step until that is so, or the run is over. False after so many seconds."""
    end = time.monotonic() + seconds
    while driver.active and not until():  # type: ignore[operator]
        if time.monotonic() > end:
            return False
        driver.step()
    return True


def do(driver: Driver, chance: Chance, tally: Tally, act: str) -> str:
    """Do something to the run under way. Returns what it was, in words."""
    if act == "stop":
        driver.stop()
    elif act == "interrupt":
        driver.interrupt()
    elif act == "turn":
        field_, value = chance.turn()
        tally.turns += driver.turn(field_, value)
        return f"turned {field_} to {value}"
    elif act in ("break", "signal"):
        rows = [row for row in driver.store.processes.values() if row.create_time and not row.ended]
        pid = chance.one([row.pid for row in rows])
        if pid is None:
            return act
        role = driver.store.processes[pid].role
        if act == "break":
            how = chance.way()
            if driver.break_worker(pid, how):
                tally.faults[f"break: {how}"] += 1
            return f"broke PID {pid} ({role}): {how}"
        name = chance.signal()
        try:
            os.kill(pid, signal.Signals[name])
        except ProcessLookupError:
            return act
        tally.faults[name] += 1
        return f"sent {name} to PID {pid} ({role})"
    return act


def check(store: RunStore, tally: Tally, what: str) -> None:
    """What holds after each run."""
    counts = store.counts
    if counts.submitted != counts.done + counts.failed + counts.lost:
        tally.wrong.append(f"{what}: {counts} does not add up")
    if any(row.info.delivered + row.info.dropped != row.info.recorded for row in store.lanes):
        tally.wrong.append(f"{what}: events do not add up")
    host = next((row.pid for row in store.all_processes() if row.role == "host"), None)
    if host is not None and group(host):
        tally.wrong.append(f"{what}: processes left: {group(host)}")
    if store.phase is RunPhase.FAILED and store.ended is not None and not store.ended.error:
        tally.wrong.append(f"{what}: it failed and does not say why")


def hang(driver: Driver, tally: Tally, what: str) -> None:
    """Note it with what everybody does, and go on."""
    print(f"HANG: {what}", flush=True)
    faulthandler.dump_traceback(file=sys.stderr, all_threads=True)
    text = stacks_of(ours())
    print(text, flush=True)
    tally.hangs.append(f"{what}\n{text}")
    driver.interrupt()
    wait(driver, lambda: False, END_S)


def report(driver: Driver, tally: Tally) -> bool:
    """Print it. Whether something was wrong."""
    grown = growth(tally.counted)
    leaks = too_much(grown)
    print(
        f"\n{driver.name}: {tally.runs} runs of {len(tally.models)} models ({tally.refused} refused), {tally.turns} changes"
    )
    print("  ended: " + ", ".join(f"{name} {n}" for name, n in tally.ends.most_common()))
    print(
        f"  faults: {sum(tally.faults.values())} ({', '.join(f'{name} {n}' for name, n in sorted(tally.faults.items()))})"
    )
    print(f"  hangs: {len(tally.hangs)}; wrong: {len(tally.wrong)}")
    for text in tally.wrong:
        print(f"    {text}")
    if isinstance(driver, WindowDriver):
        gap, cpu, where = driver.worst_gap
        print(
            f"  longest gap in the beat of the window: {gap * 1000:.0f} ms, in which it computed for {cpu * 1000:.0f} ms ({where})"
        )
    if grown:
        print(
            "  growth from a tenth of the way to the end: " + ", ".join(f"{name} {n:+.1f}" for name, n in grown.items())
        )
        last = tally.counted[-1]
        print(f"  at the end: {last}")
    else:
        print("  too few runs to tell growth")
    for leak in leaks:
        print(f"  LEAK: {leak}")
    return bool(tally.hangs or tally.wrong or leaks)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
