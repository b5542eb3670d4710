"""Is there a display, and can Qt use it? Asked before Qt is loaded: a missing library or plugin would abort the process."""

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
}
"""What PySide6 itself needs: soname -> package on Debian, on Fedora."""
X11_LIBRARIES = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
"""What its plugin for X11 needs."""


def platform_wanted(environment: Mapping[str, str]) -> str:
    """Which of Qt's platforms will be used: the one asked for, wayland, xcb, or empty where there is no display at all."""
    asked = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if asked or not sys.platform.startswith("linux"):
        return asked or sys.platform
    if environment.get("WAYLAND_DISPLAY") and _wayland_there(environment):
        return "wayland"
    if environment.get("DISPLAY") and _x_answers():
        return "xcb"
    return ""


def _wayland_there(environment: Mapping[str, str]) -> bool:
    return Path(environment.get("XDG_RUNTIME_DIR", ""), environment["WAYLAND_DISPLAY"]).exists()


def _x_answers() -> bool:
    """Whether the X server takes a connection: DISPLAY may name one that is gone, and Qt would abort."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # a missing library is another sentence
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)


def missing(platform: str) -> str:
    """One sentence on what Qt lacks on this machine and how to install it; empty where nothing is missing."""
    if find_spec("PySide6") is None:
        return (
            "The window needs PySide6, which is not installed: `pip install PySide6-Essentials`; "
            "`threadmill run` works without it."
        )
    if not sys.platform.startswith("linux"):
        return ""
    wanted = {**LIBRARIES, **X11_LIBRARIES} if platform == "xcb" else LIBRARIES
    absent = [name for name in wanted if not _loads(name)]
    if not absent:
        return ""
    # apt-get where there is neither: its names are those most often asked for.
    fedora = shutil.which("dnf") is not None and shutil.which("apt-get") is None
    packages = list(dict.fromkeys(wanted[name][fedora] for name in absent))
    command = "dnf install" if fedora else "apt-get install"
    root = "" if hasattr(os, "geteuid") and os.geteuid() == 0 else "sudo "
    return f"Qt's system libraries {', '.join(absent)} are missing: {root}{command} {' '.join(packages)}"


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
