"""A host, and tasks, that say what they should not: refused or bounded, and shown as what it is."""

import json
import os
from pathlib import Path

from gui.banner import Banner
from gui.theme import ThemeSource
from tests.faults.invariants import broken
from tests.faults.table import fault
from tests.gui.test_panels_output import line, lines, panel, say, store
from tests.helpers.extended import HEAD, Extended
from tests.helpers.runs import run
from workers.client.text import FRAME_LIMIT, TextReader
from workers.contract.config import RunConfig
from workers.contract.messages import MAX_BYTES
from workers.insight.store import TEXT_CHARS, RunStore
from workers.insight.summary import summarise
from workers.telemetry.text import LONGEST

__all__ = ["panel", "store"]

HOSTILE = '''

_carry_well = _carry


def _carry(launch, control, births, outcome):
    """As it should be, for seed 0; else one of the attacks."""
    attack = launch.config["seed"]
    if attack == 0:
        return _carry_well(launch, control, births, outcome)
    import json, struct, time

    descriptor = control._connection.fileno()

    def send(data):
        control._connection.send_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())

    try:
        if attack == 1:
            os.write(descriptor, struct.pack("!i", 1 << 30) + b"x" * 1000)
        elif attack == 2:
            send({"type": "Evil", "pid": 1})
        elif attack == 3:
            send(bytes(range(256)))
        elif attack == 4:
            send(b"[" * 1_000_000)
        elif attack == 5:
            send({"type": "Clock", "t_ns": 1 << 70})
        elif attack == 6:
            send({"type": "Processes", "born": [["1", None, []]], "exited": []})
        elif attack == 7:
            send(b'{"type": "Clock", "t_ns": ' + b"9" * 5000 + b"}")
        elif attack == 8:
            send(b'{"type": "Clock", "type": "Ended", "t_ns": 5}')
        elif attack == 9:
            while True:
                send({"type": "Processes", "born": [], "exited": []})
        elif attack == 10:
            os.write(descriptor, b"\\0")  # a quarter of a length, and no more
        elif attack == 11:
            send({"type": "Ended", "t_ns": 1, "error": "", "outcome": {"x": [1]}})
    except OSError:
        pass
    time.sleep(60)
    return ""
'''
ATTACKS = {
    1: "a message of more than 4 MiB",
    2: "not a message",
    3: "not a message",
    4: "not a message",
    5: "Clock.t_ns is a number of 71 bits",
    6: "Processes with",
    7: "not a message",
    8: "not a message",
    9: "more than 2,000 messages in a second",
    10: "half a message",
    11: "Ended with 'x'",
}


@fault(
    "F59",
    injected="a host that sends a frame of 1 GiB, unknown types, garbage, a million brackets, "
    "numbers of 70 bits, a million messages a second, half a message",
    expected="the run ends FAILED with one sentence that names the PID and what came; the next run works",
)
def test_a_host_that_talks_nonsense_is_ended(extended: Extended) -> None:
    host = extended.root / "workers" / "engine" / "host.py"
    host.write_text(host.read_text() + HOSTILE)
    catalogue = extended.catalogue()
    assert MAX_BYTES == 4 << 20
    with broken(catalogue) as it:
        for attack, words in ATTACKS.items():
            it.store = RunStore()
            it.start(RunConfig("thread_pool", "sleep", 1, tasks=1, seed=attack), None)
            found = it.failed(words, "The host, PID ", "start the run again")
            assert len([mark for mark in found.marks if mark.kind == "protocol"]) == 1, attack
            assert len(str(found.ended.error)) < 400  # type: ignore[union-attr]


FLOOD = (
    HEAD
    + """
def run(number):
    if number == 0:
        print('x' * 50_000_000, end='')
    elif number == 1:
        raise ValueError('y' * 5_000_000)
    elif number == 2:
        os.write(1, b'z' * 3_000_000 + b'\\nend of the raw line\\n')
    elif number == 3:
        print('half \\ud800 <b>bold</b> \\x1b[31mred\\x1b[0m')
    else:
        for line in range(3000):
            print('w' * 5000)
"""
)


@fault(
    "F59",
    injected="tasks that print 50 MB and write 3 MB without a new line, raise with 5 MB, print 15 MB in lines, and half characters",
    expected="each line and all of it are bounded, with how much is left out; the JSON can be written",
)
def test_output_without_end_is_bounded(extended: Extended) -> None:
    extended.add("workloads", "flood", FLOOD)
    made = run(RunConfig("process_pool", "flood", 2, tasks=5), extended.catalogue())
    assert (made.counts.done, made.counts.failed) == (4, 1)
    assert sum(len(text.text) for text in made.texts) <= TEXT_CHARS
    assert max(len(text.text) for text in made.texts) <= LONGEST + 100
    said = "".join(text.text for text in made.texts)
    assert "(49,900,000 characters are left out)" in said
    assert "ValueError: yyy" in said
    assert any(text.text == "end of the raw line" for text in made.texts)
    assert "half ? <b>bold</b>" in said
    assert made.failures.most_frequent is not None
    assert len(made.failures.most_frequent.error) <= 160
    json.dumps(summarise(made), ensure_ascii=False, allow_nan=False).encode()


@fault(
    "F59",
    injected="a text channel with garbage, endless lines, huge numbers, wrong types, half characters, very long marks",
    expected="what is no frame is counted and left out; the rest is bounded",
)
def test_a_text_channel_full_of_garbage(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "text")
    reader = TextReader(str(tmp_path))
    good = b'{"k": "stdout", "t": 5, "p": 7, "i": 8, "s": "fine"}\n'
    bad = [
        b"\xff\xfe\0\n",
        b"[]\n",
        b"{}\n",
        b"[" * 3_000 + b"\n",
        b'{"k": "stdout", "t": 1e999, "p": 7, "i": 8, "s": ""}\n',
        b'{"k": "stdout", "t": ' + b"9" * 3_000 + b', "p": 7, "i": 8, "s": ""}\n',
        b'{"k": "stdout", "t": true, "p": 7, "i": 8, "s": ""}\n',
        b'{"k": "stdout", "t": -5, "p": 7, "i": 8, "s": ""}\n',
        b'{"k": ["stdout"], "t": 5, "p": 7, "i": 8, "s": ""}\n',
        b'{"k": "stdout", "t": 5, "p": 7, "i": 8, "s": 12}\n',
        b'{"k": "' + b"k" * 3_000 + b'", "t": 5, "p": 7, "i": 8, "s": ""}\n',
        b'{"k": "film", "t": 5, "p": 7, "i": 8, "s": "[]"}\n',
    ]
    descriptor = os.open(tmp_path / "text", os.O_WRONLY | os.O_NONBLOCK)
    try:
        for one in bad:
            os.write(descriptor, one + good)
            said = reader.read()
            assert [text.text for text in said.texts] == ["fine"], one[:60]
        assert reader.garbled == len(bad)
        os.write(descriptor, b'{"k": "mark:x", "t": 5, "p": 7, "i": 8, "s": "' + b"m" * 9_000 + b'\\ud800"}\n')
        (mark,) = reader.read().marks
        assert len(mark.text) == 2_000
        for _ in range(3 * FRAME_LIMIT // 4_000):
            os.write(descriptor, b"e" * 4_000)
            reader.read()
            assert len(reader._rest) <= FRAME_LIMIT
        os.write(descriptor, b"\n" + good)
        assert [text.text for text in reader.read().texts] == ["fine"]
    finally:
        os.close(descriptor)
        reader.close()


@fault(
    "F59",
    injected="ANSI sequences, control characters, HTML and pictures in what a task prints, and in an error",
    expected="shown as text or left out; nothing is drawn, loaded or obeyed",
)
def test_html_and_terminal_sequences_are_text_or_nothing(panel, store, qtbot):  # type: ignore[no-untyped-def]
    panel.show_store(store)
    say(store, line(1, "<b>bold</b> <img src=x>"), line(2, "\x1b[31mred\x1b[0m\x07\u2029end\r\n"))
    panel.refresh()
    assert lines(panel)[0].endswith("<b>bold</b> <img src=x>")
    assert lines(panel)[1].endswith("  redend")
    banner = Banner("testBanner", ThemeSource())
    qtbot.addWidget(banner)
    banner.say("<img src='/etc/passwd'>", "bad", (("<i>n</i>", "<b>5</b>"),), "<script>")
    assert "<img" not in banner.words.text()
    assert "<script" not in banner.words.text()
    assert banner.text.startswith("<img src='/etc/passwd'> <script>")
