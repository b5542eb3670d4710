"""The code panel: with scripted answers, and once with a real interpreter."""

import os
import subprocess
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QPushButton

from gui.highlight import python_spans
from gui.panels.code import CodePanel
from gui.panels.code_asker import Request
from gui.panels.code_runner import TerminalRunner
from gui.panels.code_view import code_colours
from gui.terminals import CARRY_OUT, find_terminal, in_terminal, typed
from gui.theme import DARK, LIGHT, ThemeSource
from tests.gui.test_looks import _contrast
from tests.helpers.processes import ours
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError

FIRST, SECOND, THIRD = (RunConfig(tasks=tasks) for tasks in (1, 2, 3))


class Interpreter:
    """Answers when it is let: `free` is set from the start but for tests that wait."""

    def __init__(self) -> None:
        self.asked: list[int | None] = []
        self.open = self.most_open = 0
        self.free = threading.Event()
        self.free.set()

    def __call__(self, config: RunConfig) -> Request:
        self.asked.append(config.tasks)
        if config.tasks == 13:
            raise ConfigError("13 tasks bring bad luck; ask for another number.", "tasks")
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        return Answer(self, f"tasks = {config.tasks}\n")


class Answer:
    def __init__(self, owner: Interpreter, text: str) -> None:
        self.owner, self.text = owner, text

    def poll(self, wait_s: float) -> str | None:
        return self.text if self.owner.free.wait(wait_s) else None

    def close(self) -> None:
        self.owner.open -= 1


@pytest.fixture
def interpreter():
    return Interpreter()


@pytest.fixture
def panel(qtbot, interpreter):
    made = CodePanel(ThemeSource(), ask=interpreter, runner=TerminalRunner({"PATH": ""}))
    qtbot.addWidget(made)
    made.resize(330, 400)
    yield made
    made.close()
    assert interpreter.open == 0


def shown(panel, qtbot, config):
    panel.show()
    panel.show_config(config)
    qtbot.waitUntil(panel._current, timeout=20_000)


def test_it_shows_the_script_of_what_is_wanted(panel, qtbot):
    assert panel.text() == ""
    assert not any(action.isEnabled() for action in panel.actions.values())
    shown(panel, qtbot, FIRST)
    assert panel.text() == "tasks = 1\n" == panel.view.toPlainText()
    assert all(action.isEnabled() for action in panel.actions.values())
    panel.show_config(None)
    assert panel.text() == ""
    assert panel.note.isVisible()
    assert not any(action.isEnabled() for action in panel.actions.values())


def test_it_asks_nothing_while_nobody_sees_it(panel, qtbot, interpreter):
    panel.show_config(FIRST)
    assert not panel._debounce.isActive()
    shown(panel, qtbot, FIRST)
    panel.hide()
    panel.show_config(SECOND)
    assert not panel._debounce.isActive()
    panel.show()
    qtbot.waitUntil(lambda: panel.text() == "tasks = 2\n", timeout=20_000)
    assert interpreter.asked == [1, 2]


def test_many_changes_are_one_question_and_one_at_a_time(panel, qtbot, interpreter):
    shown(panel, qtbot, FIRST)
    interpreter.free.clear()
    for tasks in range(100, 200):
        panel.show_config(RunConfig(tasks=tasks))
    qtbot.waitUntil(lambda: interpreter.asked == [1, 199], timeout=20_000)
    assert panel.text() == "tasks = 1\n"
    assert panel.view._dimmed
    assert not panel.actions["copy"].isEnabled()
    # It is superseded while its interpreter thinks: that one is ended first.
    panel.show_config(SECOND)
    qtbot.waitUntil(lambda: interpreter.asked == [1, 199, 2], timeout=20_000)
    interpreter.free.set()
    qtbot.waitUntil(lambda: panel.text() == "tasks = 2\n", timeout=20_000)
    assert interpreter.most_open == 1
    assert not panel.view._dimmed


def test_back_to_what_is_shown_needs_no_question(panel, qtbot, interpreter):
    shown(panel, qtbot, FIRST)
    panel.show_config(SECOND)
    panel.show_config(FIRST)
    assert panel.actions["copy"].isEnabled()
    assert not panel._debounce.isActive()
    assert interpreter.asked == [1]


def test_a_refusal_stands_in_place_of_the_code(panel, qtbot):
    shown(panel, qtbot, FIRST)
    shown(panel, qtbot, RunConfig(tasks=13))
    assert panel.note.text() == "13 tasks bring bad luck; ask for another number."
    assert panel.note.isVisible()
    assert panel.text() == ""
    assert not any(action.isEnabled() for action in panel.actions.values())
    shown(panel, qtbot, THIRD)
    assert panel.view.isVisible()


def test_close_ends_what_is_under_way_and_it_works_again_afterwards(panel, qtbot, interpreter):
    interpreter.free.clear()
    panel.show()
    panel.show_config(FIRST)
    qtbot.waitUntil(lambda: interpreter.open == 1, timeout=20_000)
    panel.close()
    assert interpreter.open == 0
    interpreter.free.set()
    panel.show()
    qtbot.waitUntil(lambda: panel.text() == "tasks = 1\n", timeout=20_000)


def test_copy_and_save(panel, qtbot, tmp_path):
    shown(panel, qtbot, FIRST)
    button = panel.findChild(QPushButton, "copyCodeButton")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == "tasks = 1\n"
    assert button.text() == "Copied"
    asked = []
    panel.choose_file = lambda name: asked.append(name) or str(tmp_path / "mine")
    with qtbot.waitSignal(panel.saved) as saved:
        panel.actions["save"].trigger()
    assert asked == ["thread_pool_count_primes.py"]
    assert saved.args == [str(tmp_path / "mine.py")]
    assert (tmp_path / "mine.py").read_text() == "tasks = 1\n"
    panel.choose_file = lambda name: str(tmp_path / "missing" / "a.py")
    with qtbot.waitSignal(panel.failed) as failed:
        panel.actions["save"].trigger()
    assert "was not saved" in failed.args[0]


def test_a_script_is_not_saved_over_the_function_in_it(panel, qtbot, tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def work(): ...\n")
    shown(panel, qtbot, RunConfig(workload="own_function", tasks=1, params={"file": str(file), "function": "work"}))
    panel.choose_file = lambda name: str(file)
    with qtbot.waitSignal(panel.failed) as failed:
        panel.actions["save"].trigger()
    assert "the script would hide or overwrite a file that it needs" in failed.args[0]
    assert file.read_text() == "def work(): ...\n"


def test_without_a_terminal_the_command_is_copied(panel, qtbot):
    shown(panel, qtbot, FIRST)
    assert "No terminal" in panel.findChild(QPushButton, "runCodeButton").toolTip()
    with qtbot.waitSignal(panel.failed) as failed:
        panel.actions["terminal"].trigger()
    command = QGuiApplication.clipboard().text()
    assert failed.args[0].endswith(command)
    script = Path(command.split()[-1])
    assert script.read_text() == "tasks = 1\n"
    assert script.parent.parent.stat().st_mode & 0o077 == 0
    panel.close()
    assert not script.parent.parent.exists()


def test_a_terminal_is_opened_and_left_alone(panel, qtbot, tmp_path):
    terminal = tmp_path / "xterm"
    terminal.write_text(
        f"#!/bin/sh\nprintf '%s\\n' \"$@\" >{tmp_path}/got.new\n/bin/mv {tmp_path}/got.new {tmp_path}/got\n"
    )
    terminal.chmod(0o755)
    panel._runner = TerminalRunner({"PATH": str(tmp_path), "DISPLAY": ":9"})
    shown(panel, qtbot, FIRST)
    panel.failed.connect(pytest.fail)
    panel.actions["terminal"].trigger()
    qtbot.waitUntil((tmp_path / "got").exists, timeout=20_000)
    said = (tmp_path / "got").read_text().splitlines()
    assert said[:3] == ["-e", "/bin/sh", "-c"]
    assert Path(said[-2]).read_text() == "tasks = 1\n"
    assert "Enter" in said[-1]


def test_in_a_terminal_the_script_runs_and_then_waits_for_enter(tmp_path):
    script = tmp_path / "a b.py"
    script.write_text("print('done')")
    command = in_terminal([], os.sys.executable, str(script), "Press Enter")
    done = subprocess.run(command, input="\n", capture_output=True, text=True, timeout=30)
    assert (done.stdout, done.returncode) == ("done\n\nPress Enter", 0)
    assert typed("/usr/bin/python3", str(script)) == f"/usr/bin/python3 '{script}'"


def test_which_terminal(tmp_path):
    for name in ("xterm", "konsole", "gnome-terminal", "mine"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o755)
    some = {"DISPLAY": ":0", "PATH": str(tmp_path)}
    assert find_terminal({"PATH": str(tmp_path)}) is None
    assert find_terminal(some) == [str(tmp_path / "konsole"), "-e"]
    assert find_terminal({**some, "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}) == [str(tmp_path / "gnome-terminal"), "--"]
    assert find_terminal({**some, "TERMINAL": "mine --big"}) == [str(tmp_path / "mine"), "--big", "-e"]
    assert find_terminal({**some, "TERMINAL": "missing"}) == [str(tmp_path / "konsole"), "-e"]
    assert find_terminal({**some, "TERMINAL": "'"}) == [str(tmp_path / "konsole"), "-e"]
    assert find_terminal({**some, "PATH": str(tmp_path / "none")}) is None
    assert list(CARRY_OUT)[-1] == "xterm"


def test_what_the_parts_of_a_source_are():
    source = 'import os\n\n\nclass A:\n    """Über 😀 all.\n    """\n\n    def f(self):  # no\n        return "😀" in os.x, 12\n\n'
    lines = python_spans(source)
    assert len(lines) == len(source.split("\n"))
    assert lines[0] == [(0, 6, "keyword")]
    assert lines[3] == [(0, 5, "keyword"), (6, 1, "name")]
    # As Qt counts: the face is two units.
    assert lines[4][-1][2] == "comment"
    assert sum(length for _, length, _ in lines[4]) == len('"""Über 😀 all.') + 1
    assert [kind for _, _, kind in lines[7]] == ["keyword", "name", "comment"]
    assert lines[8][-2:] == [(20, 2, "keyword"), (29, 2, "literal")]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_colours_of_code_can_be_read(theme):
    for colour in code_colours(theme).values():
        assert _contrast(colour, theme.card) >= 4.5


def test_colours_follow_the_theme_and_everything_is_named(panel, qtbot):
    shown(panel, qtbot, FIRST)

    def colour_of_number():
        formats = panel.view.document().firstBlock().layout().formats()
        return formats[-1].format.foreground().color()

    assert colour_of_number() == QColor(LIGHT.good)
    panel.view._theme_source.set(DARK)
    assert colour_of_number() == QColor(DARK.good)
    assert panel.objectName() == "codePanel"
    for part in (panel, panel.view, *panel.findChildren(QPushButton)):
        assert part.objectName()
        assert part.accessibleName()


def test_a_real_interpreter_writes_the_script_and_is_gone(qtbot):
    panel = CodePanel(ThemeSource())
    qtbot.addWidget(panel)
    shown(panel, qtbot, RunConfig("pool_apply_async", "print_lines", tasks=3))
    assert "pool.apply_async(" in panel.text()
    assert panel._asker._question is None
    panel.close()
    assert not ours()
