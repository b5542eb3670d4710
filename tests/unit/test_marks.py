"""Marks: every kind has its meaning in the table, what is left out is counted, and values are told of in a few words."""

import ast
from pathlib import Path

import pytest

import workers
from workers.client.exits import MOST_EXITS, ExitMarks
from workers.contract.batch import ProcessEvent
from workers.contract.marks import KINDS, SHOWN, left_out, more
from workers.crossing import Crossings, crossing_at
from workers.tasks import Job
from workers.telemetry import recorder


def kinds_sent() -> dict[str, str]:
    """Each kind that our sources send, and where."""
    found = {}
    for path in Path(workers.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            kind = str(node.args[0].value)
            if name in ("mark", "Mark"):
                found[kind] = str(path)
            elif name == "say" and kind.startswith("mark:"):
                found[kind.removeprefix("mark:")] = str(path)
    return found


def test_every_kind_is_in_the_table() -> None:
    sent = kinds_sent()
    assert {"callback", "daemon", "joined", "sent", "exit", "eof", "deadlock", "event"} <= set(sent)
    assert {kind: path for kind, path in sent.items() if kind not in KINDS} == {}


@pytest.mark.parametrize("count", [1, 2, 1_234_567])
def test_what_is_left_out_can_be_counted(count: int) -> None:
    assert left_out(more(count)) == count
    assert left_out(f"joined {more(count)}") == 0


def test_ends_of_processes_become_marks() -> None:
    exits = ExitMarks()
    marks = [mark for code in (0, 3, -9, None) for mark in exits.of(ProcessEvent(7, 5, "exited", exit_code=code))]
    assert [mark.text for mark in marks] == [
        "PID 7 ended with exit code 0",
        "PID 7 ended with exit code 3",
        "PID 7 was killed by SIGKILL",
        "PID 7 has ended; how, is not known",
    ]
    assert {(mark.kind, mark.pid, mark.tid, mark.t_ns) for mark in marks} == {("exit", 7, 7, 5)}
    assert exits.rest(1, 9) == []


def test_thousands_of_ends_are_counted_and_the_bad_ones_still_shown() -> None:
    exits = ExitMarks()
    marks = [mark for pid in range(5_000) for mark in exits.of(ProcessEvent(pid, 5, "exited", exit_code=0))]
    assert len(marks) == MOST_EXITS
    assert exits.of(ProcessEvent(9, 5, "exited", exit_code=1))
    (rest,) = exits.rest(1, 9)
    assert (rest.kind, rest.pid, left_out(rest.text)) == ("exit", 1, 5_000 - MOST_EXITS)


def test_values_that_cross_are_told_of_in_a_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(recorder, "say", lambda kind, text, *rest: said.append((kind, text)))
    crossings = Crossings()
    values = [
        [42, None, "hello"],
        b"x" * 10_000_000,
        (bytearray(100),),
        7**100_000,
        "y" * 10_000,
        list(range(1_000)),
        "a\nb",
    ]
    for number, value in enumerate(values):
        crossings.received(number, value, None, 1_234)
    assert said[0] == ("mark:received", "received the result of task 0: [42, None, 'hello'] (1,234 bytes)")
    assert "<bytes: 10,000,000>" in said[1][1]
    assert "(<bytearray: 100>,)" in said[2][1]
    assert "an integer of 280,736 bits" in said[3][1]
    assert all(len(text) < 200 and "\n" not in text for _, text in said)
    crossings.received(8, None, ValueError("x"))
    assert said[-1][1] == "received the result of task 8: ValueError"


def test_only_the_first_that_cross_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(recorder, "say", lambda kind, text, *rest: said.append((kind, text)))
    crossings, silent = Crossings(), Crossings(told=False)
    for number in range(SHOWN + 10):
        for each in (crossings, silent):
            each.sent(Job(number, 0, ()), crossing_at(number))
            each.received(number, None, None)
    crossings.received(-1, None, ValueError())  # whose, is not known
    for each in (crossings, silent):
        each.tell_rest()
    told = [(kind, left_out(text)) for kind, text in said]
    assert told.count(("mark:sent", 0)) == told.count(("mark:received", 0)) == SHOWN
    assert told[-2:] == [("mark:sent", 10 + 11), ("mark:received", 11)]  # results that workers sent count as sent, too
