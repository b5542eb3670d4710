"""Waiting in an event loop without spinning in it, and a window with a host ready."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from gui.window import MainWindow

SPARE_MS = 700
"""A spare host comes up in a tenth of a second or two."""


def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let the loop run until `condition` holds, looked at every 2 ms. Raises TimeoutError."""
    loop = QEventLoop()
    look, end = QTimer(), QTimer()
    late: list[bool] = []

    def over() -> None:
        late.append(True)
        loop.quit()

    look.timeout.connect(lambda: loop.quit() if condition() else None)
    end.setSingleShot(True)
    end.timeout.connect(over)
    look.start(2)
    end.start(round(seconds * 1000))
    loop.exec()
    look.stop()
    if late:
        raise TimeoutError(f"The window did not get there within {seconds:.0f} s.")


def pause(ms: int) -> None:
    """Let the loop run for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def opened(width: int = 1280, height: int = 780) -> MainWindow:
    """A window that is shown, with its catalogue and a spare host."""
    window = MainWindow()
    window.resize(width, height)
    window.show()
    window.controller.open()
    until(lambda: window.controller.catalogue is not None)
    pause(SPARE_MS)
    return window


def put_away(window: MainWindow) -> None:
    """Closed, with every process of its own."""
    window.close()
    window.deleteLater()
    pause(50)
