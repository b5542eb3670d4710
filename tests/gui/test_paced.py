"""A part that is brought up to date in steps, and rests in between."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from gui.paced import Paced, Step


class Part:
    """Notes what is done to it."""

    def __init__(self, every_s: float = 0.0) -> None:
        self.run, self.revision, self.visible, self.fails = "first", 0, True, False
        self.asked: list[bool] = []
        self.done: list[str] = []
        self.owner = QObject()
        self.paced = Paced(self.owner, lambda: (self.run, self.revision), self._steps, every_s, 0, lambda: self.visible)
        self.paced.update_now()
        self.asked, self.done = [], []

    def _steps(self, whole: bool) -> tuple[Step, ...]:
        self.asked.append(whole)
        return self._one, self._two

    def _one(self) -> None:
        self.done.append(f"one {self.revision}")
        self.paced.refresh()  # as a part does that is laid out anew
        if self.fails:
            raise RuntimeError("It failed.")

    def _two(self) -> None:
        self.done.append(f"two {self.revision}")


def test_what_keeps_coming_takes_a_step_at_a_time() -> None:
    part = Part()
    part.paced.refresh()
    assert part.done == []  # nothing is new
    part.revision = 1
    part.paced.refresh()
    assert part.done == ["one 1"]
    part.revision = 2
    part.paced.refresh()
    assert part.done == ["one 1", "two 2"]
    part.paced.refresh()
    assert part.done[2:] == ["one 2"]
    assert part.asked == [False, False]


def test_the_steps_go_on_and_the_last_state_is_shown_where_no_frame_comes_any_more(qtbot: QtBot) -> None:
    part = Part(every_s=0.05)
    part.revision = 1
    part.paced.update_now()
    part.revision = 2
    part.paced.refresh()
    assert part.done == ["one 1", "two 1"]  # it rests
    qtbot.waitUntil(lambda: part.done[2:] == ["one 2", "two 2"], timeout=5_000)


def test_out_of_sight_it_does_nothing_unless_it_is_told() -> None:
    part = Part()
    part.revision, part.visible = 1, False
    part.paced.refresh()
    assert part.done == []
    part.paced.update_now()
    assert part.done == ["one 1", "two 1"]


def test_another_run_is_shown_at_once_and_whole() -> None:
    part = Part(every_s=1e9)
    part.revision = 1
    part.paced.update_now()
    part.run, part.revision = "second", 1
    part.paced.refresh()
    assert part.done[2:] == ["one 1", "two 1"]
    assert part.asked == [True, True]


def test_who_asks_for_all_gets_it_where_only_what_was_at_hand_is_shown() -> None:
    part = Part()
    part.revision = 1
    part.paced.refresh()
    part.paced.update_now()  # in the midst of it
    assert part.done == ["one 1", "one 1", "two 1"]
    part.revision = 2
    part.paced.refresh()
    part.paced.refresh()
    part.paced.update_now()
    assert part.done[3:] == ["one 2", "two 2", "one 2", "two 2"]
    part.paced.update_now()
    assert len(part.done) == 7  # once is enough


def test_a_step_that_fails_is_not_gone_on_from() -> None:
    part = Part()
    part.revision, part.fails = 1, True
    with pytest.raises(RuntimeError, match="It failed"):
        part.paced.refresh()
    part.fails = False
    part.paced.refresh()
    assert part.done == ["one 1"]
    part.revision = 2
    part.paced.refresh()
    part.paced.refresh()
    assert part.done == ["one 1", "one 2", "two 2"]
