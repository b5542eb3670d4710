"""Which terminal program this desktop has, and how it is told to carry out a command. No Qt."""

import os
import shlex
import shutil
from collections.abc import Mapping

CARRY_OUT = {
    "xdg-terminal-exec": (),
    "x-terminal-emulator": ("-e",),
    "konsole": ("-e",),
    "ptyxis": ("--",),
    "kgx": ("--",),
    "gnome-terminal": ("--",),
    "xfce4-terminal": ("-x",),
    "mate-terminal": ("-x",),
    "qterminal": ("-e",),
    "terminator": ("-x",),
    "kitty": (),
    "foot": (),
    "alacritty": ("-e",),
    "wezterm": ("start", "--"),
    "ghostty": ("-e",),
    "urxvt": ("-e",),
    "rxvt": ("-e",),
    "st": ("-e",),
    "xterm": ("-e",),
}
"""Terminals, and what stands before the command; those that the user or the system has chosen first."""
_DESKTOPS = {
    "KDE": ("konsole",),
    "GNOME": ("ptyxis", "kgx", "gnome-terminal"),
    "XFCE": ("xfce4-terminal",),
    "MATE": ("mate-terminal",),
    "LXQt": ("qterminal",),
}
_THEN_WAIT = 'trap : INT; "$1" "$2"; printf "\\n%s" "$3"; read -r line'
"""The window stays open until Enter; Ctrl+C ends the script and not the shell that waits."""


def find_terminal(environ: Mapping[str, str]) -> list[str] | None:
    """The beginning of the command that opens a terminal; None where there is none, or no screen to open it on."""
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return None
    path = environ.get("PATH", os.defpath)
    chosen = _words(environ.get("TERMINAL", ""))
    if chosen and (found := shutil.which(chosen[0], path=path)):
        return [found, *chosen[1:], *CARRY_OUT.get(os.path.basename(chosen[0]), ("-e",))]
    of_desktop = [
        name for desktop in environ.get("XDG_CURRENT_DESKTOP", "").split(":") for name in _DESKTOPS.get(desktop, ())
    ]
    for name in dict.fromkeys(("xdg-terminal-exec", *of_desktop, *CARRY_OUT)):
        found = shutil.which(name, path=path)
        if found:
            return [found, *CARRY_OUT[name]]
    return None


def in_terminal(terminal: list[str], python: str, script: str, farewell: str) -> list[str]:
    """The whole command: carries out `script` in the terminal, then says `farewell` and waits for Enter."""
    return [*terminal, "/bin/sh", "-c", _THEN_WAIT, "sh", python, script, farewell]


def typed(python: str, script: str) -> str:
    """What a person would type to carry it out."""
    return shlex.join((python, script))


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return []  # a quote that is never closed: as if nothing was chosen
