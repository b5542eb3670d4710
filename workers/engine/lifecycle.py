"""The life of a run as a pure function: (state, event, now) -> (new state, what to do). No I/O, so every order of events can be tried.

    IDLE -Asked-> STARTING -HostReady-> WARMING -ClockStarted-> RUNNING -HostEnded, HostGone, GroupGone-> FINISHED or FAILED
                      \\____________________\\_______________________\\-StopAsked-> STOPPING -HostGone, GroupGone-> FINISHED

Stop: no new tasks; those under way get 0.4 s, then SIGINT, SIGTERM and SIGKILL follow 0.15 s apart. Interrupt: SIGKILL at once.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeAlias

from workers.contract.phase import RunPhase

MS = 1_000_000
START_NS = 10_000 * MS
"""A host that has not said hello by then will not."""
WARM_NS = 180_000 * MS
"""Longer than the host itself waits for its workers, so that it can say what is wrong."""
FAREWELL_NS = 1_000 * MS
"""From the host's last word to its end."""
HELPERS_NS = 150 * MS
"""From the host's end to that of the forkserver and the resource tracker, which go by themselves and clean up."""
STEPS_NS = (400 * MS, 150 * MS, 150 * MS)


class Do(Enum):
    """What the session is to do."""

    LAUNCH = auto()
    """Send the run to the host."""
    SEND_STOP = auto()
    INTERRUPT = auto()
    """SIGINT to the host's process group."""
    TERMINATE = auto()
    """SIGTERM to the group."""
    KILL = auto()
    """SIGKILL to the group."""
    SWEEP = auto()
    """Nobody is left: collect the last data and remove the run's files. The phase is final now."""


_ESCALATION = (Do.INTERRUPT, Do.TERMINATE, Do.KILL)


@dataclass(frozen=True)
class Asked:
    """A run was asked for; `pid` is its host's."""

    pid: int = 0


@dataclass(frozen=True)
class HostReady:
    """The host said hello."""


@dataclass(frozen=True)
class ClockStarted:
    """Every worker is ready."""


@dataclass(frozen=True)
class StopAsked:
    """Stop was pressed."""


@dataclass(frozen=True)
class InterruptAsked:
    """Interrupt now was pressed."""


@dataclass(frozen=True)
class HostEnded:
    """The host's last word; `error` is empty where all went well."""

    error: str = ""


@dataclass(frozen=True)
class HostGone:
    """The host process is no more; `reason` in words, such as "was killed by SIGSEGV"."""

    reason: str = ""


@dataclass(frozen=True)
class GroupGone:
    """No process of the run is left."""


@dataclass(frozen=True)
class Unreadable:
    """What the run records cannot be read any more, and its processes have been ended; `reason` in a sentence."""

    reason: str


@dataclass(frozen=True)
class Tick:
    """Time has passed."""


Event: TypeAlias = (
    Asked | HostReady | ClockStarted | StopAsked | InterruptAsked | HostEnded | HostGone | GroupGone | Unreadable | Tick
)


@dataclass(frozen=True)
class State:
    """Where a run stands. Times are nanoseconds of the run's clock."""

    phase: RunPhase = RunPhase.IDLE
    deadline: int | None = None
    """When the next thing happens if nothing else does."""
    step: int = 0
    """How many of Stop's signals have been sent."""
    launched: bool = False
    host_gone: bool = False
    ended: bool = False
    """The host said its last word."""
    error: str = ""
    stopped: bool = False
    pid: int = 0
    """Of the host."""


def advance(state: State, event: Event, now: int) -> tuple[State, tuple[Do, ...]]:
    """The state after `event` at time `now`, and what is to be done. Events that do not fit the phase change nothing."""
    if isinstance(event, Asked):
        asked = State(RunPhase.STARTING, now + START_NS, pid=event.pid)
        return (state, ()) if state.phase.active else (asked, ())
    if not state.phase.active:
        return state, ()
    match event:
        case HostReady() if state.phase is RunPhase.STARTING:
            return replace(state, phase=RunPhase.WARMING, deadline=now + WARM_NS, launched=True), (Do.LAUNCH,)
        case ClockStarted() if state.phase is RunPhase.WARMING:
            return replace(state, phase=RunPhase.RUNNING, deadline=None), ()
        case StopAsked() if state.phase is not RunPhase.STOPPING:
            stopping = replace(state, phase=RunPhase.STOPPING, stopped=not state.ended)
            if not state.launched:
                return replace(stopping, step=len(_ESCALATION), deadline=now + FAREWELL_NS), (Do.KILL,)
            if state.host_gone or state.ended:
                return stopping, ()
            return replace(stopping, step=0, deadline=now + STEPS_NS[0]), (Do.SEND_STOP,)
        case InterruptAsked():
            killing = replace(
                state, phase=RunPhase.STOPPING, stopped=state.stopped or not state.ended, step=len(_ESCALATION)
            )
            return replace(killing, deadline=now + FAREWELL_NS), (Do.KILL,)
        case HostEnded(error) if not state.ended:
            deadline = state.deadline if state.phase is RunPhase.STOPPING else now + FAREWELL_NS
            return replace(state, ended=True, error=error, deadline=deadline), ()
        case HostGone(reason) if not state.host_gone:
            error = state.error
            if not state.ended:
                error = f"The host process, PID {state.pid}, {reason}: what had arrived by then is kept; start the run again."
            return replace(state, host_gone=True, error=error, deadline=now + HELPERS_NS), ()
        case GroupGone() if state.host_gone:
            failed = bool(state.error) and not state.stopped
            phase = RunPhase.FAILED if failed else RunPhase.FINISHED
            return replace(state, phase=phase, deadline=None, error=state.error if failed else ""), (Do.SWEEP,)
        case Unreadable(reason):
            return replace(state, phase=RunPhase.FAILED, deadline=None, error=reason), ()
        case Tick() if state.deadline is not None and now >= state.deadline:
            return _overdue(state, now)
    return state, ()


def following(state: State) -> tuple[Do, int] | None:
    """The signal of Stop that follows when time passes, and when; None where none does."""
    if state.phase is not RunPhase.STOPPING or state.deadline is None or state.step >= len(_ESCALATION):
        return None
    return (Do.KILL if state.host_gone or state.ended else _ESCALATION[state.step]), state.deadline


def _overdue(state: State, now: int) -> tuple[State, tuple[Do, ...]]:
    if state.host_gone or state.ended or state.step >= len(_ESCALATION):
        return replace(state, deadline=now + FAREWELL_NS), (Do.KILL,)
    if state.phase is RunPhase.STOPPING:
        do = _ESCALATION[state.step]
        step = state.step + 1
        wait = STEPS_NS[step] if step < len(_ESCALATION) else FAREWELL_NS
        return replace(state, step=step, deadline=now + wait), (do,)
    what = (
        f"said nothing for {START_NS // (1_000 * MS)} s after its start"
        if state.phase is RunPhase.STARTING
        else f"had no worker ready after {WARM_NS // (1_000 * MS)} s"
    )
    error = f"The host process, PID {state.pid}, {what}; it was ended. Start the run again, or choose another Python."
    return replace(state, ended=True, error=error, deadline=now + FAREWELL_NS), (Do.KILL,)
