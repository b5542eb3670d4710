"""Any order of events leads to a valid state; every run that is asked for ends."""

from hypothesis import given
from hypothesis import strategies as st

from workers.contract.phase import RunPhase
from workers.engine.lifecycle import (
    START_NS,
    WARM_NS,
    Asked,
    ClockStarted,
    Do,
    Event,
    GroupGone,
    HostEnded,
    HostGone,
    HostReady,
    InterruptAsked,
    State,
    StopAsked,
    Tick,
    Unreadable,
    advance,
)

MS = 1_000_000
EVENTS = st.sampled_from(
    [
        Asked(),
        HostReady(),
        ClockStarted(),
        StopAsked(),
        InterruptAsked(),
        HostEnded(),
        HostEnded("it broke"),
        HostGone("was killed by SIGKILL"),
        GroupGone(),
        Unreadable("it cannot be read"),
        Tick(),
    ]
)
STEPS = st.lists(st.tuples(EVENTS, st.integers(0, 2_000)), max_size=40)


def follow(steps: list[tuple[Event, int]]) -> tuple[State, int, list[Do]]:
    state, now, done = State(), 0, []
    for event, ms in steps:
        now += ms * MS
        before = state
        state, do = advance(state, event, now)
        done += do
        if Do.SWEEP in do:
            assert before.phase.active
            assert state.phase in (RunPhase.FINISHED, RunPhase.FAILED)
        if not state.phase.active:
            assert state.deadline is None
        assert (state.phase is RunPhase.FAILED) == (bool(state.error) and not state.phase.active)
    return state, now, done


@given(STEPS)
def test_any_order_of_events(steps: list[tuple[Event, int]]) -> None:
    _, _, done = follow([(Asked(), 0), *steps])
    asked = 1 + sum(isinstance(event, Asked) for event, _ in steps)
    assert done.count(Do.SWEEP) <= asked
    assert done.count(Do.LAUNCH) <= asked


@given(STEPS)
def test_once_stop_was_asked_everything_is_killed_within_a_second(steps: list[tuple[Event, int]]) -> None:
    state, now, _ = follow([(Asked(), 0), *steps])
    if not state.phase.active or state.ended or state.host_gone:
        return
    state, first = advance(state, StopAsked(), now)
    done = list(first)
    end = now + 1_000 * MS
    while now < end and Do.KILL not in done:
        now += 10 * MS
        state, do = advance(state, Tick(), now)
        done += do
    assert Do.KILL in done or state.step == 3


@given(STEPS)
def test_a_run_that_hears_nothing_more_is_ended(steps: list[tuple[Event, int]]) -> None:
    """Only a run whose clock runs may go on without a word."""
    state, now, _ = follow([(Asked(), 0), *steps])
    if state.phase in (RunPhase.STARTING, RunPhase.WARMING):
        _, do = advance(state, Tick(), now + START_NS + WARM_NS)
        assert do == (Do.KILL,)


def test_stop_steps() -> None:
    state, _, _ = follow([(Asked(), 0), (HostReady(), 1), (ClockStarted(), 1), (StopAsked(), 0)])
    assert state.phase is RunPhase.STOPPING
    now, seen = 2 * MS, []
    for _ in range(100):
        now += 10 * MS
        state, do = advance(state, Tick(), now)
        seen += [(item, (now - 2 * MS) // MS) for item in do]
    assert seen[:3] == [(Do.INTERRUPT, 400), (Do.TERMINATE, 550), (Do.KILL, 700)]


def test_an_error_after_stop_is_no_failure() -> None:
    state, _, _ = follow(
        [
            (Asked(), 0),
            (HostReady(), 1),
            (ClockStarted(), 1),
            (StopAsked(), 0),
            (HostEnded("pool broke"), 1),
            (HostGone("x"), 1),
            (GroupGone(), 1),
        ]
    )
    assert (state.phase, state.error, state.stopped) == (RunPhase.FINISHED, "", True)
