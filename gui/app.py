"""The composition root: the application, its window, signals and uncaught errors."""

import os
import signal
import socket
import sys
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gui.bridge.engine import stranded
from gui.errors import ErrorDialog, ErrorHook
from gui.settings import SettingsFile
from gui.style import ICONS
from gui.translations import install, language_wanted
from gui.window import MainWindow


def make_application() -> QApplication:
    """The QApplication, named and styled."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("threadmill")
    application.setApplicationDisplayName("Threadmill")
    application.setDesktopFileName("threadmill")
    application.setStyle("Fusion")
    application.setWindowIcon(QIcon(str(ICONS / "threadmill.svg")))
    install(application, "en")  # its plurals
    return application


def make_window(theme: str | None = None, lessons: Path | None = None) -> MainWindow:
    """The window as the program opens it: painted first, then the charts and the bridge come in.

    `lessons`: a folder of the person's own, remembered from now on.
    """
    file = SettingsFile()
    language = "en"
    application = QCoreApplication.instance()
    if application is not None:
        # Before the first widget: a text is translated when it is asked for.
        language = install(application, language_wanted(file.load().language, os.environ))
    window = MainWindow(settings_file=file, theme=theme, charts_later=True, language=language)
    if lessons is not None:
        window.memory.settings.lessons_folder = str(lessons.absolute())

    def after_paint() -> None:
        # The catalogue is on its way, in another process, while numpy and pyqtgraph load here.
        window.controller.open()
        window.load_charts()
        from workers.client.limits import raise_descriptor_limit

        raise_descriptor_limit()

    window.painted.connect(after_paint)
    return window


class QuitSignals(QObject):
    """SIGINT and SIGTERM close the window; a second one ends the process there and then."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._count = 0
        # Python runs its handlers between bytecodes only, and Qt's loop runs none: the wake-up descriptor rouses it.
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._old_fd = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._old = {number: signal.signal(number, self._take) for number in (signal.SIGINT, signal.SIGTERM)}
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._roused)

    def _roused(self) -> None:
        try:
            self._near.recv(64)
        except BlockingIOError:
            return
        if self._count:
            self._window.close()

    def _take(self, number: int, frame: FrameType | None) -> None:
        self._count += 1
        if self._count > 1:
            # The guardian ends what is left of the run.
            os._exit(128 + number)
        # The first one is for `_roused`: here anything may be under way, even a print.

    def remove(self) -> None:
        """Put everything back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._near.close()
        self._far.close()


def run_window(theme: str | None = None, lessons: Path | None = None) -> int:
    """Open the window and run until it is closed. Returns the exit code."""
    application = make_application()
    window = make_window(theme, lessons)
    hook, dialog = ErrorHook(), ErrorDialog(window)
    hook.raised.connect(dialog.add)
    hook.install()
    signals = QuitSignals(window)
    window.show()
    code = application.exec()
    signals.remove()
    hook.remove()
    if stranded():
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code or 1)
    return code
