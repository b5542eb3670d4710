"""What marks say of results that crossed from one process to another."""

from workers.contract.batch import Mark
from workers.lessons.crossed import Crossed, crossed, facts

LIST = "[42, None, 'hello']"


def mark(kind: str, text: str, t_ns: int = 0) -> Mark:
    return Mark(kind, 1, t_ns, text)


def test_both_ends_of_a_result_are_put_together() -> None:
    marks = [
        mark("sent", "sent task 0: () (51 bytes)", 1),
        mark("received", f"received the result of task 0: {LIST} (1,067 bytes)", 5_000),
        mark("sent", f"sent the result of task 0: {LIST} (1,067 bytes)", 2_000),
        mark("sent", "sent the result of task 1 to the manager's dict: 'a: b (5 bytes)'", 6_000),
        mark("received", "received the result of task 1: 'a: b (6 bytes)'", 7_000),
        mark("sent", "sent the result of task 2: 1 (60 bytes)", 8_000),
        mark("received", "received the result of task 3: ValueError"),
        mark("received", "12 more are not shown"),
        mark("callback", "task 2: callback in PID 1"),
    ]
    assert crossed(marks) == [
        Crossed(LIST, LIST, 1_067, 3_000),
        Crossed("'a: b (5 bytes)'", "'a: b (6 bytes)'", 0, 1_000),
    ]
    assert facts(marks) == {"received_equal": 1, "message_bytes": 1_067, "trip_s": 2e-6}


def test_where_nothing_crossed() -> None:
    assert facts([]) == {"received_equal": 0, "message_bytes": 0, "trip_s": 0.0}
