"""Breaks a worker of the run under way on request: with a signal from outside, or by asking its lane to do it to itself.

A signal goes to a process, not to a number: the process is held by a descriptor while PID and create time are compared.
"""

import os
import signal
from pathlib import Path

from workers.client.drain import Drain
from workers.client.limits import available_memory
from workers.client.sampler import Sampler, create_time
from workers.client.standing import Standing
from workers.contract.batch import Identity, Mark
from workers.contract.breaking import LEAST_MB, MOST_MB, SIGNALS, WAYS, word
from workers.contract.errors import ConfigError, unknown_name
from workers.contract.lanes import who
from workers.telemetry import breaking
from workers.telemetry.clock import now

_TEXTS = {
    "kill": "{0} was sent SIGKILL on request",
    "freeze": "{0} was sent SIGSTOP on request: it stands still until it is thawed",
    "thaw": "{0} was sent SIGCONT on request: it goes on",
    "raise": "{0} was asked to raise an exception in its task",
    "segfault": "{0} was asked to read address 0 in its task",
    "exit": "{0} was asked to call os._exit(0) in its task",
    "fill": "{0} was asked to fill {1} MB of memory in its task",
}


def break_worker(drain: Drain, sampler: Sampler, group: int, identity: Identity, how: str, tid: int = 0) -> Mark:
    """Do it, and return the mark that tells of it. `group` is the run's process group, `tid` which thread of the process is meant; 0: one
    that has a task.

    Raises ConfigError where that process is none of this run, or no more, or runs no tasks that could be broken.
    """
    if how not in WAYS:
        raise unknown_name("way to break a worker", how, WAYS, "")
    if not sampler.knows(identity) or not _belongs(identity.pid, group):
        raise _gone(identity.pid)
    if how in SIGNALS:
        send(identity, signal.Signals[SIGNALS[how]])
        return Mark("break", identity.pid, now(), _TEXTS[how].format(f"PID {identity.pid}"))
    lane = _lane(drain, identity.pid, tid)
    mb = fillable_mb() if how == "fill" else 0
    drain.ask(lane, word(how, mb))
    # The lane of a process's main thread is told at once; any other sees it when its task ends.
    if lane.lane.tid == lane.lane.pid and not lane.lane.interpreter and _listens(identity.pid):
        assert breaking.SIGNAL is not None
        send(identity, breaking.SIGNAL)
    return Mark("break", identity.pid, now(), _TEXTS[how].format(who(lane.lane), f"{mb:,}"), lane.lane.tid)


def _belongs(pid: int, group: int) -> bool:
    """Whether it is in the run's process group. This window never is; nor who got the PID of a worker that lived too briefly to be seen."""
    try:
        return os.getpgid(pid) == group
    except ProcessLookupError:
        return False


def send(identity: Identity, number: signal.Signals) -> None:
    """Send a signal to exactly this process. Raises ConfigError where it has ended: its PID may be another's by now."""
    held = -1
    try:
        held = os.pidfd_open(identity.pid) if hasattr(os, "pidfd_open") else -1
        if create_time(identity.pid) != identity.create_time:
            raise _gone(identity.pid)
        if held >= 0:
            signal.pidfd_send_signal(held, number)
        else:
            os.kill(identity.pid, number)
    except ProcessLookupError:
        raise _gone(identity.pid) from None
    except OSError as error:
        raise ConfigError(f"PID {identity.pid} could not be sent {number.name}: {error.strerror or error}.") from None
    finally:
        if held >= 0:
            os.close(held)


def fillable_mb() -> int:
    """How many MB a lane may be asked to fill: half of what is free, MOST_MB at most. Raises ConfigError where that is too little."""
    free = available_memory()
    mb = min(MOST_MB, (free >> 20) // 2)
    if mb < LEAST_MB:
        raise ConfigError(f"Only {free >> 20} MB of memory are free: filling half of that would show nothing.")
    return mb


def _lane(drain: Drain, pid: int, tid: int) -> Standing:
    """The lane to be asked: of that thread, else one that runs a task, else any that will. Raises ConfigError where there is none."""
    found = [
        lane
        for lane in drain.standing()
        if lane.lane.pid == pid and (lane.lane.role == "worker" or lane.task >= 0) and tid in (0, lane.lane.tid)
    ]
    if not found:
        what = f"Thread {tid} of PID {pid}" if tid else f"PID {pid}"
        raise ConfigError(f"{what} runs no tasks: it can be killed or frozen, and does nothing to itself.")
    return max(found, key=lambda lane: lane.task >= 0)


def _listens(pid: int) -> bool:
    """Whether the process has a handler for the signal: it would die of it otherwise."""
    if breaking.SIGNAL is None:
        return False
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = next((line.split()[1] for line in text.splitlines() if line.startswith("SigCgt:")), "0")
    return bool(int(caught, 16) >> (breaking.SIGNAL - 1) & 1)


def _gone(pid: int) -> ConfigError:
    return ConfigError(f"PID {pid} is no process of this run any more; nothing was sent to it.")
