"""Words of the lane's header that ask it to break, and what a lane does that finds one."""

from collections.abc import Callable

import pytest

from workers.contract.breaking import INSIDE, SIGNALS, WAYS, from_word, word
from workers.telemetry import breaking, recorder, writers
from workers.telemetry.header import ASKED
from workers.telemetry.lane import Lane, TaskFailed


@pytest.mark.parametrize("how", INSIDE)
@pytest.mark.parametrize("mb", [0, 1, 1024])
def test_a_word_says_what_was_asked(how: str, mb: int) -> None:
    assert from_word(word(how, mb)) == (how, mb)


def test_an_unknown_word_asks_for_nothing() -> None:
    assert from_word(0) == ("", 0)
    assert from_word(200)[0] == ""
    breaking.carry_out(200, lambda: False, lambda kind, text: None)


def test_every_way_is_a_signal_or_done_inside() -> None:
    assert sorted(WAYS) == sorted([*SIGNALS, *INSIDE])


def run(lane: Lane, work: Callable[[], object], task: int) -> object:
    return lane.carry(work, None, lane.fail, task, 0, ())


def test_a_lane_that_was_asked_raises_once_in_its_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "CPU_EVERY_NS", 0)  # tiny tasks do not look each time
    lane = Lane(None)
    assert run(lane, lambda: 5, 0) == 5
    lane._words[ASKED] = word("raise")
    with pytest.raises(TaskFailed, match="task 1: RaisedOnRequest"):
        run(lane, lambda: 5, 1)
    assert run(lane, lambda: 5, 2) == 5
    assert not lane.busy


def test_the_handler_does_nothing_between_two_tasks() -> None:
    lane = recorder.enter("mine")
    try:
        lane._words[ASKED] = word("raise")
        recorder.break_down()
        with pytest.raises(TaskFailed, match="RaisedOnRequest"):
            run(lane, recorder.break_down, 0)
    finally:
        recorder.leave()


def test_memory_is_filled_in_steps_until_the_run_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(breaking, "pause", pauses.append)
    breaking.fill(130, lambda: len(pauses) >= 2, lambda kind, text: said.append((kind, text)))
    assert [kind for kind, _ in said] == ["filled"]
    assert said[0][1].endswith("holds 128 MB more")
    assert len(pauses) == 2
