"""Pre-flight on functions of known truth. What is measured as a share is held to wide bounds here; benchmarks look closer."""

import sys
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.own_files import KNOWN, config_of, write
from tests.helpers.pythons import other_python
from workers.client.preflight import PreflightRequest, fetch_preflight
from workers.contract.preflight import IDS, CheckLine, Preflight
from workers.engine.preflight_agree import agreed


@cache
def look(function: str, inputs: str = "range(5)", file: str = KNOWN, **more: object) -> Preflight:
    """What is found, looked for once."""
    found = fetch_preflight(config_of(file, function, inputs, **more))
    assert not found.stopped
    assert tuple(line.id for line in found.lines) == IDS
    assert Preflight.from_plain(found.plain()) == found
    return found


def oks(found: Preflight, *ids: str) -> list[bool | None]:
    return [found.line(key).ok for key in ids]


def test_a_loop_in_python() -> None:
    found = look("loop")
    assert (
        oks(found, "importable", "picklable_arguments", "picklable_result", "main_guard", "global_state") == [True] * 5
    )
    assert found.line("gil_released").ok is not True
    assert found.gil_released is not None
    assert found.gil_released < 0.5
    assert (found.argument_bytes or 0) > 0
    assert found.inputs == 5
    assert found.source.startswith("def loop(")
    assert found.first_line == Path(KNOWN).read_text().splitlines().index("def loop(n: int) -> int:") + 1


def test_waiting_lets_go_of_the_gil() -> None:
    for function in ("nap", "anap"):
        found = look(function)
        assert found.line("gil_released").ok is True
        assert (found.waits or 0) > 0.5
        assert found.is_async is (function == "anap")


def test_a_large_result() -> None:
    found = look("big")
    assert found.line("picklable_result").ok is False
    assert (found.result_bytes or 0) > 50_000_000
    assert (found.memory_bytes or 0) > 50_000_000
    assert "50 MB" in found.line("picklable_result").text


def test_memory_counts_what_is_sent_and_the_lines_agree(tmp_path: Path) -> None:
    """`bytes(n)` takes no memory before it is written to: a pickle of it does."""
    found = look("work", file=write(tmp_path, "big", "def work(n):\n    return bytes(50_000_000)\n"))
    assert (found.memory_bytes or 0) >= 100_000_000
    assert (found.line("memory").value or 0) >= 100_000_000
    assert found.line("picklable_result").ok is False
    assert "send them in chunks" not in found.line("call_time").remedy
    assert not found.line("gil_released").remedy.startswith("Use processes")


def test_remedies_heed_the_other_lines() -> None:
    less = "Return less (a sum, a path), use threads, or shared memory."
    lines = (
        CheckLine("picklable_result", False, "It takes long.", less, 5e7, "bytes"),
        CheckLine("call_time", False, "5 us a call.", "Give each task many inputs, or send them in chunks.", 5e-6, "s"),
        CheckLine("gil_released", False, "Threads take turns.", "Use processes or sub-interpreters.", 0.0),
    )
    known = Preflight(lines, "", 1, "", False)
    assert [line.remedy for line in agreed(known).lines] == [
        "Return less (a sum, a path), or use shared memory.",
        "Let each call do more: chunks would not help, for what is sent with each call stays.",
        "Processes would overlap, but sending takes too much of a call: send less first.",
    ]
    fine = Preflight(lines[1:], "", 1, "", False)
    assert agreed(fine) == fine
    overlap = Preflight((lines[0], CheckLine("gil_released", True, "Threads overlap.", "", 1.0)), "", 1, "", False)
    assert agreed(overlap) == overlap


def test_what_cannot_be_pickled_is_named() -> None:
    line = look("unpicklable").line("picklable_result")
    assert line.ok is False
    assert "a lambda (line " in line.text
    assert line.remedy


def test_globals_and_locks_that_processes_would_not_share() -> None:
    found = look("counting")
    line = found.line("global_state")
    assert (line.ok, found.shared_state) == (False, True)
    assert "COUNTS (line " in line.text
    assert "total (line " in line.text
    assert "would stop sharing" in line.text
    locked = look("locked")
    assert locked.shared_state
    assert "lock LOCK (line " in locked.line("global_state").text


def test_sub_interpreters_are_tried_where_there_are_some() -> None:
    newer = sys.version_info >= (3, 14)
    assert look("locked").line("subinterpreter_safe").ok is (True if newer else None)
    found = look("locked") if newer else look("locked", python=other_python("3.14"))
    assert (found.line("subinterpreter_safe").ok, found.subinterpreters) == (True, True)


def test_a_lock_inside_an_object_and_a_random_generator_are_shared_as_well(tmp_path: Path) -> None:
    text = (
        "import random\nimport threading\n\n\nclass Box:\n    def __init__(self):\n        self.lock = threading.Lock()\n\n\n"
        "BOX = Box()\nRNG = random.Random(3)\n\n\ndef work(n):\n    with BOX.lock:\n        return RNG.random()\n"
    )
    found = look("work", file=write(tmp_path, "shares", text))
    assert found.shared_state
    told = found.line("global_state").text
    assert "lock inside BOX (line 10)" in told
    assert "RNG (line 11)" in told


def test_what_is_no_function_at_the_top_of_its_file(tmp_path: Path) -> None:
    text = "def make():\n    def inner(n):\n        return n\n    return inner\n\n\nmade = make()\ntwice = lambda n: 2 * n\nprint('top')\n"
    file = write(tmp_path, "inner", text)
    found = look("made", file=file)
    assert "a local function, inner (line 2)" in found.line("importable").text
    assert found.line("main_guard").ok is False
    assert "Line 9" in found.line("main_guard").text
    assert found.printed == ("top",)
    twice = look("twice", file=file).line("importable")
    assert "a lambda (line 8): it cannot be pickled itself, so workers import it" in twice.text
    assert twice.ok is None


def test_every_line_that_it_prints_is_counted(tmp_path: Path) -> None:
    text = "for number in range(5_000):\n    print(number)\n\n\ndef work(n):\n    return n\n"
    found = look("work", file=write(tmp_path, "prints", text))
    assert found.printed_lines == 5_000
    assert found.printed[:2] == ("0", "1")


def test_a_function_that_raises(tmp_path: Path) -> None:
    found = look("work", file=write(tmp_path, "raises", "def work(n):\n    return 1 / n\n"))
    assert found.line("call_time").text == "work(0) raised ZeroDivisionError: division by zero in line 2."
    assert found.line("importable").ok is True
    assert oks(found, "gil_released", "picklable_result", "global_state") == [None] * 3


def test_a_check_that_takes_the_process_along_is_named(tmp_path: Path) -> None:
    file = write(tmp_path, "ends", "import os\n\n\ndef work(n):\n    os._exit(7)\n")
    found = fetch_preflight(config_of(file, "work"))
    assert found.stopped == "Calling work: it ended the process, which ended with exit code 7"
    assert found.line("picklable_arguments").ok is True
    assert found.line("call_time").ok is None


@pytest.mark.parametrize("seconds", [0.3])
def test_it_comes_back_in_time(tmp_path: Path, seconds: float) -> None:
    file = write(tmp_path, "slow", "import time\n\n\ndef work(n):\n    time.sleep(3600)\n")
    request = PreflightRequest(config_of(file, "work"), 1e9)
    try:
        while not request.doing.startswith("Calling"):
            assert request.poll(0.1) is None
        request._end = 0.0
        found = request.poll(seconds)
        assert found is not None
        assert found.stopped.startswith("Calling work: it did not end within")
    finally:
        request.close()
