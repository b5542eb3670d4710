"""Who carries the runs of a soak: a session as the terminal has it, or the whole window without a screen."""

import sys
import time
import traceback
from types import TracebackType
from typing import Protocol

from workers.client.session import RunSession
from workers.contract.batch import Identity
from workers.contract.config import RunConfig, Value
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.insight.store import RunStore

TICK_S = 0.005


class Driver(Protocol):
    """One of them. Nothing here waits for longer than a tick."""

    name: str
    errors: list[str]
    """Tracebacks of what a slot or a timer raised since they were last taken."""

    @property
    def store(self) -> RunStore:
        """The run under way, or the last one."""

    @property
    def active(self) -> bool:
        """Whether one is under way."""

    def start(self, config: RunConfig) -> bool:
        """Start a run. False where it was refused."""

    def step(self) -> None:
        """Let a moment pass."""

    def stop(self) -> None:
        """Stop."""

    def interrupt(self) -> None:
        """End it at once."""

    def turn(self, field: str, value: Value) -> bool:
        """Change it. False where that was refused."""

    def break_worker(self, pid: int, how: str) -> bool:
        """Break a process of it. False where that was refused."""

    def close(self) -> None:
        """End everything."""


class SessionDriver:
    """A RunSession, stepped from here."""

    name = "session"

    def __init__(self, catalogue: Catalogue) -> None:
        self._session = RunSession()
        self._session.learn(catalogue)
        self.store = RunStore()
        self.errors: list[str] = []

    @property
    def active(self) -> bool:
        return self._session.phase.active

    def start(self, config: RunConfig) -> bool:
        try:
            self._session.start(config)
        except ConfigError:
            return False
        self.step()
        return True

    def step(self) -> None:
        batch = self._session.step()
        if batch is not None:
            self.store.apply(batch)
        time.sleep(TICK_S)

    def stop(self) -> None:
        self._session.stop()

    def interrupt(self) -> None:
        self._session.interrupt()

    def turn(self, field: str, value: Value) -> bool:
        try:
            self._session.turn(field, value)
        except ConfigError:
            return False
        return True

    def break_worker(self, pid: int, how: str) -> bool:
        row = self.store.processes[pid]
        try:
            self._session.break_worker(Identity(row.host, pid, row.create_time), how)
        except ConfigError:
            return False
        return True

    def close(self) -> None:
        self._session.close()


class WindowDriver:
    """A MainWindow, shown where nobody sees it."""

    name = "window"

    def __init__(self) -> None:
        from PySide6.QtCore import QEventLoop, QTimer
        from PySide6.QtWidgets import QApplication

        from gui.window import MainWindow

        self.errors: list[str] = []
        sys.excepthook = self._note
        self._app = QApplication.instance() or QApplication([])
        self._loop = QEventLoop()
        self.window = MainWindow()
        self.window.resize(1280, 780)
        self.window.show()
        self._refusals = 0
        self.window.refused.connect(self._refuse)
        self.worst_gap = (0.0, 0.0, "")
        """The longest that the window's beat of 16 ms has been kept waiting during a run, how much of it its thread computed, both in s,
        and in which phase of which model. Between two runs we count."""
        self._cpu = time.thread_time()
        self._beaten = time.monotonic()
        self._timer = QTimer()
        self._timer.setInterval(16)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        end = time.monotonic() + 60
        while self.window.controller.catalogue is None and time.monotonic() < end:
            self.step()

    def _note(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        """Qt's loop goes on after an error in a slot: PySide tells the hook of it."""
        self.errors.append("".join(traceback.format_exception(kind, error, where)))
        sys.__excepthook__(kind, error, where)

    def _refuse(self, field: str, text: str) -> None:
        self._refusals += 1

    def _beat(self) -> None:
        at, cpu = time.monotonic(), time.thread_time()
        if self.active and at - self._beaten > self.worst_gap[0]:
            started = self.store.started
            where = f"{self.window.phase} {started.config.model}" if started is not None else str(self.window.phase)
            self.worst_gap = at - self._beaten, cpu - self._cpu, where
        self._cpu = cpu
        self._beaten = at

    @property
    def store(self) -> RunStore:
        return self.window.store

    @property
    def active(self) -> bool:
        return self.window.phase.active

    def start(self, config: RunConfig) -> bool:
        refusals = self._refusals
        self.step()
        self.window.start(config)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            self.step()
            if self._refusals > refusals:
                return False
            # The first batch clears what was there before.
            if not self.active or (self.store.started is not None and self.store.ended is None):
                return True
        return True

    def step(self) -> None:
        from PySide6.QtCore import QTimer

        QTimer.singleShot(int(TICK_S * 1000), self._loop.quit)
        self._loop.exec()

    def stop(self) -> None:
        self.window.stop()

    def interrupt(self) -> None:
        self.window.interrupt()

    def turn(self, field: str, value: Value) -> bool:
        return self._asked(lambda: self.window.turn(field, value))

    def break_worker(self, pid: int, how: str) -> bool:
        return self._asked(lambda: self.window.break_worker(pid, how))

    def _asked(self, ask: "object") -> bool:
        refusals = self._refusals
        ask()  # type: ignore[operator]
        for _ in range(4):
            self.step()
        return self._refusals == refusals

    def close(self) -> None:
        from PySide6.QtCore import QCoreApplication, QEvent

        self._timer.stop()
        sys.excepthook = sys.__excepthook__
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
