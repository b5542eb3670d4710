"""The stacks that processes answer with: whose they are, and what is between them."""

import pytest

from workers.client import stacks
from workers.client.stacks import StackAsker, of_coroutines, of_threads
from workers.client.standing import Standing
from workers.contract.batch import Frame, LaneInfo, Stack, TextLine

ANSWER = [
    "something that a library says",
    "Thread 0x00007f01 [worker_0] (most recent call first):",
    '  File "/a/locks.py", line 39 in acquire',
    '  File "/a/work.py", line 7 in run',
    "",
    '  File "/no/stack.py", line 1 in nobody',
    "Current thread 0x00007f02 (most recent call first):",
    '  File "/a/host.py", line 5 in main',
]


def test_threads_are_told_apart_and_what_others_say_is_left_out() -> None:
    assert of_threads(7, ANSWER) == [
        Stack(7, 0x7F01, "", (Frame("/a/locks.py", 39, "acquire"), Frame("/a/work.py", 7, "run"))),
        Stack(7, 0x7F02, "", (Frame("/a/host.py", 5, "main"),)),
    ]
    assert of_threads(7, ["Thread 0x01 (most recent call first):", "  <no Python frame>"]) == []


def test_a_coroutine_has_its_name_and_the_innermost_frame_first() -> None:
    text = 'coroutine 2\n  File "/a/work.py", line 7, in run\n    await lock\n  File "/a/locks.py", line 9, in acquire\n    x'
    said = [TextLine(1, 7, 7, "stderr", text), TextLine(1, 7, 7, "stdout", text), TextLine(1, 7, 7, "stderr", "no")]
    assert of_coroutines(said) == [
        Stack(7, 0, "coroutine 2", (Frame("/a/locks.py", 9, "acquire"), Frame("/a/work.py", 7, "run")))
    ]


def test_the_next_process_is_asked_when_the_last_one_has_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    at, asked = [100.0], []
    monkeypatch.setattr(stacks.time, "monotonic", lambda: at[0])

    def ask(pid: int, descriptor: int) -> None:
        if pid == 12:
            raise ProcessLookupError
        asked.append(pid)

    monkeypatch.setattr(stacks, "_signal", ask)
    monkeypatch.setattr(stacks, "_held", lambda pid: -1)
    asker = StackAsker()
    asker.step()
    asker.hear(ANSWER)  # nobody was asked
    lanes = [LaneInfo(i, "here", pid, pid, 1, "w", "worker", 0) for i, pid in enumerate((11, 11, 12, 13, 14))]
    asker.ask(Standing(lane, lane.number + 1, 0, False, 1, 1, 1, 0, 0) for lane in lanes)
    asker.step()
    assert asked == [11]
    asker.step()
    asker.hear(ANSWER[:4])
    asker.step()
    assert asked == [11], "more of it may be on its way"
    asker.hear(ANSWER[4:])
    at[0] += 2 * stacks.QUIET_S
    asker.step()
    assert asked == [11, 13]  # 12 has ended
    assert [stack.pid for stack in asker.take()] == [11, 11]
    at[0] += 2 * stacks.ANSWER_S
    asker.step()
    assert asked == [11, 13, 14]  # 13 gave no answer
    asker.hear(ANSWER)
    assert asker.asking
    assert asker.take() == ()
    assert [(stack.pid, stack.ident) for stack in asker.take(final=True)] == [(14, 0x7F01), (14, 0x7F02)]
    assert not asker.asking
