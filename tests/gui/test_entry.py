"""The console script: which way it goes, and what it says when it cannot."""

import ctypes
import subprocess
import sys
from collections.abc import Sequence

import pytest

import gui.__main__ as entry
import workers.cli
from gui import display
from workers.cli.main import parser as terminal_parser


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []

    def main(argv: Sequence[str]) -> int:
        calls.append(list(argv))
        return 42

    monkeypatch.setattr(workers.cli, "main", main)
    return calls


def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_a_subcommand_goes_to_the_terminal(terminal: list[list[str]]) -> None:
    assert entry.main(["list", "models", "--json"]) == 42
    assert terminal == [["list", "models", "--json"]]


def test_without_a_display_it_runs_in_the_terminal(
    terminal: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _no_display(monkeypatch)
    assert entry.main([]) == 42
    assert terminal == [["run"]]
    assert capsys.readouterr().err == "No display found: running the default run in the terminal.\n"


def test_a_display_that_is_gone_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _no_display(monkeypatch)
    assert display.platform_wanted({"DISPLAY": ":9871"}) == "" or not sys.platform.startswith("linux")
    monkeypatch.setenv("DISPLAY", ":9871")
    assert not display._x_answers()
    assert display.platform_wanted({"WAYLAND_DISPLAY": "nowhere", "XDG_RUNTIME_DIR": "/nonexistent"}) == ""


def test_a_platform_asked_for_is_taken() -> None:
    assert display.platform_wanted({"QT_QPA_PLATFORM": "offscreen:size=10;x"}) == "offscreen"


def _without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    real = ctypes.CDLL

    def load(name: str) -> object:
        if name in names:
            raise OSError(f"{name}: cannot open shared object file")
        return real(name)

    monkeypatch.setattr(ctypes, "CDLL", load)


@pytest.mark.parametrize(
    ("tool", "command"),
    [("apt-get", "apt-get install libegl1 libxcb-cursor0"), ("dnf", "dnf install libglvnd-egl xcb-util-cursor")],
)
def test_missing_system_libraries_are_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch, tool: str, command: str
) -> None:
    _without(monkeypatch, "libEGL.so.1", "libxcb-cursor.so.0")
    monkeypatch.setattr(display.shutil, "which", lambda name: f"/usr/bin/{name}" if name == tool else None)
    sentence = display.missing("xcb")
    assert "libEGL.so.1, libxcb-cursor.so.0 are missing" in sentence
    assert command in sentence
    assert "\n" not in sentence
    assert "libxcb-cursor" not in display.missing("offscreen")


def test_missing_libraries_end_with_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    _without(monkeypatch, "libEGL.so.1")
    assert entry.main([]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_missing_pyside_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "find_spec", lambda name: None)
    assert "PySide6" in display.missing("xcb")


def test_everything_is_here() -> None:
    assert display.missing("offscreen") == ""


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--theme", "pink"]])
def test_bad_usage_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        entry.main(arguments)
    assert left.value.code == 2


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as left:
            entry.main([option])
        assert left.value.code == 0
    told = " ".join(capsys.readouterr().out.split())
    commands = next(action.choices for action in terminal_parser()._actions if action.dest == "command")
    assert commands
    assert [name for name in commands if f" {name}," not in told and f" {name};" not in told] == []


def test_the_entry_point_loads_no_qt() -> None:
    code = "import gui.__main__, gui.entry, sys; print(sorted(set(sys.modules) & {'PySide6', 'numpy', 'pyqtgraph', 'psutil'}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
