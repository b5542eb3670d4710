"""The composition root: the application, its window, signals and uncaught errors."""

import os
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gui.bridge.engine import stranded
from gui.errors import ErrorDialog, ErrorHook
from gui.report import details, first_words, of_run, versions
from gui.settings import SettingsFile
from gui.style import ICONS
from gui.translations import install, language_wanted
from gui.window import MainWindow
from workers.client.crash_log import CrashLog


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
        window.notices.look_for_crashes()
        from workers.client.limits import raise_descriptor_limit

        raise_descriptor_limit()

    window.painted.connect(after_paint)
    return window


QUIT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class QuitSignals(QObject):
    """SIGINT, SIGTERM and SIGHUP (its terminal, or the session, ends) close the window; a second one ends the process at once.

    Where closing hangs in C code, or the second one comes just before it waits there, Python would run no handler: from the first
    one on a thread looks out, too.
    """

    def __init__(self, window: MainWindow, forced: Callable[[], object] = lambda: None) -> None:
        """`forced` is called before the process is ended at once."""
        super().__init__(window)
        self._window, self._forced = window, forced
        self._count = 0
        # Python runs its handlers between bytecodes only, and Qt's loop runs none: the wake-up descriptor rouses it.
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._old_fd = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        # Under nohup SIGHUP is ignored, and stays so. SIGINT is what a shell has its background jobs ignore; whoever sends it means it.
        taken = [n for n in QUIT if n != signal.SIGHUP or signal.getsignal(n) is not signal.SIG_IGN]
        self._old = {number: signal.signal(number, self._take) for number in taken}
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._roused)
        self._look_out: threading.Thread | None = None

    def _roused(self) -> None:
        try:
            self._near.recv(64)
        except BlockingIOError:
            return
        if self._count and self._look_out is None:
            self._notifier.setEnabled(False)
            self._near.setblocking(True)
            self._look_out = threading.Thread(target=self._watch, name="threadmill second signal", daemon=True)
            self._look_out.start()
            self._window.close()

    def _watch(self) -> None:
        """Wait for the second one, or for `remove`."""
        while came := self._near.recv(1):
            if came[0] in self._old:
                self._end(came[0])

    def _take(self, number: int, frame: FrameType | None) -> None:
        self._count += 1
        if self._count > 1:
            self._end(number)
        # The first one is for `_roused`: here anything may be under way, even a print.

    def _end(self, number: int) -> NoReturn:
        """The guardian ends what is left of the run."""
        try:
            self._forced()
        finally:
            os._exit(128 + number)

    def remove(self) -> None:
        """Put everything back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._old.items():
            signal.signal(number, handler)
        self._far.shutdown(socket.SHUT_WR)
        if self._look_out is not None:
            self._look_out.join(1.0)
        self._near.close()
        self._far.close()


def run_window(theme: str | None = None, lessons: Path | None = None) -> int:
    """Open the window and run until it is closed. Returns the exit code."""
    log = CrashLog()
    log.open(first_words())
    try:
        code = _run(theme, lessons, log)
    except BaseException:
        log.add(traceback.format_exc())
        log.leave()
        raise
    log.close()
    return code


def _run(theme: str | None, lessons: Path | None, log: CrashLog) -> int:
    application = make_application()
    window = make_window(theme, lessons)
    hook, dialog = ErrorHook(), ErrorDialog(window, lambda: details(window))
    # One that comes when the window is closed is in the terminal: a dialog would keep the program from its end.
    hook.raised.connect(lambda headline, text: None if window.closed else dialog.add(headline, text))
    hook.install()
    signals = QuitSignals(window, log.close)
    # What runs goes on: somebody may yet call the logging out off. If not, the application is told to quit, and the window closes.
    application.commitDataRequest.connect(lambda _manager: window.keep_settings())
    window.painted.connect(lambda: log.begin(versions()))
    window.phaseChanged.connect(lambda _phase: log.note(of_run(window)))
    window.show()
    code = application.exec()
    signals.remove()
    hook.remove()
    if stranded():
        log.close()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code or 1)
    return code
