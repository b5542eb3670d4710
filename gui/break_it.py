"""Break it: what can be done to a worker while its run goes on, from its row, its strip, the palette and by key. It is asked first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QPushButton

from gui.actions import keys_of
from gui.break_page import BreakPage
from gui.break_words import BreakWords, Victim
from gui.lane_words import who
from gui.stage import PROCESSES
from workers.client.stalls import OwnEnd, own_end
from workers.contract.batch import Identity
from workers.contract.breaking import SIGNALS, WAYS
from workers.contract.phase import RunPhase

if TYPE_CHECKING:
    from gui.charts.pid_activity import PidActivityChart
    from gui.panels.processes import ProcessTable
    from gui.window import MainWindow
    from workers.insight.store import ProcessRow

_GROUPS = (WAYS[:3], WAYS[3:5], WAYS[5:])
"""As they stand in the menu: what ends a process, what stops it, what its task gets over."""


class BreakIt(QObject):
    """Opens the menu, asks, and hands on what was confirmed. A target is (PID, TID); TID 0 is the process as such."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._words = BreakWords(self)
        self._table: ProcessTable | None = None
        self._quiet = False
        """Whether no more questions are wanted."""
        self.page: BreakPage | None = None
        """The question that is open."""
        self.menu = QMenu(window)
        self.menu.setObjectName("breakItMenu")
        self.menu.setAccessibleName(self.tr("Break it"))
        actions = window.actions_
        actions.break_menu.triggered.connect(lambda _checked=False: self.open_menu())
        for how, action in actions.breaks.items():
            action.triggered.connect(lambda _checked=False, how=how: self._ask_target(how))
        window.controller.phaseChanged.connect(self._follow)

    def attach(self, table: "ProcessTable", chart: "PidActivityChart") -> None:
        """The charts are there."""
        self._table = table
        table.menuAsked.connect(lambda pid, tid, at: self.show_menu((pid, tid), at, copies=True))
        chart.menuAsked.connect(lambda pid, tid, at: self.show_menu((pid, tid), at))
        action = self._window.actions_.break_menu
        button = QPushButton(self.tr("Break it …"))
        button.setObjectName("breakButton")
        button.setAccessibleName(self.tr("Break the chosen process or thread"))
        button.setToolTip(f"{button.accessibleName()} ({keys_of(action)})")
        button.setProperty("offer", "plain")
        button.setAutoDefault(False)
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self._window.stage.put_beside_menu(button, PROCESSES)

    # ---- menu ----------------------------------------------------------------------------------------------------
    def open_menu(self) -> None:
        """By key: for the row that is chosen in the process table, else for the first worker. The table comes to the front."""
        target = self.target()
        if target is None:
            return
        self._window.stage.show_tab(PROCESSES)
        at = self._table.place_of(*target) if self._table is not None else None
        self.show_menu(target, at or QCursor.pos())

    def show_menu(self, target: tuple[int, int], at: QPoint, copies: bool = False) -> None:
        """Open the menu for this target. `copies`: with an action that copies the selected rows."""
        self.menu.clear()
        on = self._window.phase is RunPhase.RUNNING and self._row(target[0]) is not None
        title = self.menu.addAction(self._name(*target).replace("&", "&&"))
        title.setEnabled(False)
        for group in _GROUPS:
            self.menu.addSeparator()
            for how in group:
                action = self.menu.addAction(f"{self._words.item(how)} …" if not self._quiet else self._words.item(how))
                action.setObjectName(f"breakMenu_{how}")
                action.setEnabled(on)
                action.triggered.connect(lambda _checked=False, how=how: self.ask(target, how))
        if copies:
            self.menu.addSeparator()
            self.menu.addAction(self._window.actions_.copy_rows)
        self.menu.popup(at)

    def target(self) -> tuple[int, int] | None:
        """Who is meant where nobody is named: the row that is chosen in the table, else the first worker, else the main process."""
        chosen = self._table.target() if self._table is not None else None
        if chosen is not None and self._row(chosen[0]) is not None:
            return chosen
        store = self._window.controller.store_or_none
        if store is None:
            return None
        living = [row for row in store.processes.values() if not row.ended and row.create_time]
        workers = sorted((row.started_ns or 0, row.pid) for row in living if row.role == "worker")
        if workers:
            return workers[0][1], 0
        host = next((row.pid for row in living if row.role == "host"), None)
        if host is None:
            return None
        lanes = (lane.info for lane in store.lanes if lane.info.role == "worker" and lane.info.ended_ns is None)
        thread = next((info.tid for info in lanes if info.pid == host and info.tid != host), 0)
        return host, thread

    # ---- doing it ------------------------------------------------------------------------------------------------
    def _ask_target(self, how: str) -> None:
        target = self.target()
        if target is not None:
            self.ask(target, how)

    def ask(self, target: tuple[int, int], how: str) -> None:
        """Say what will come of it, and do it when that is confirmed; at once where no questions are wanted."""
        identity = self._identity(target[0])
        if identity is None or self._window.phase is not RunPhase.RUNNING or self._quiet:
            self._do(identity, target, how)
            return
        self._close_page()
        victim = self._victim(target, how)
        words = self._words
        self.page = page = BreakPage(
            words.question(how, victim),
            words.deed(how, victim),
            words.outcome(how, victim),
            words.button(how),
            self._window,
        )
        # The process as it is now: its PID may be another's when the question is answered.
        page.confirmed.connect(lambda quiet: self._confirmed(quiet, identity, target, how))
        page.finished.connect(self._forget_page)
        page.show()

    def go(self, pid: int, how: str, tid: int = 0) -> None:
        """Do it without a question."""
        self._do(self._identity(pid), (pid, tid), how)

    def _confirmed(self, quiet: bool, identity: Identity, target: tuple[int, int], how: str) -> None:
        self._quiet = quiet
        self._do(identity, target, how)

    def _do(self, identity: Identity | None, target: tuple[int, int], how: str) -> None:
        if identity is None and self._window.phase is RunPhase.RUNNING:
            self._window.run_view.show_refusal(
                "", self.tr("PID {0} is no process of this run, or has not been looked at yet.").format(target[0])
            )
            return
        self._window.controller.break_worker(identity or Identity("", target[0], 0.0), how, target[1])

    # ---- who it is -----------------------------------------------------------------------------------------------
    def _row(self, pid: int) -> "ProcessRow | None":
        store = self._window.controller.store_or_none
        row = store.processes.get(pid) if store is not None else None
        return row if row is not None and not row.ended and row.create_time else None

    def _identity(self, pid: int) -> Identity | None:
        row = self._row(pid)
        return Identity(row.host, row.pid, row.create_time) if row is not None else None

    def _name(self, pid: int, tid: int) -> str:
        """A thread by its lane; a process by that of its main thread, where that is one."""
        lanes = self._window.store.lanes
        infos = (lane.info for lane in reversed(lanes) if (lane.info.pid, lane.info.tid) == (pid, tid or pid))
        # The coroutines of an event loop share a thread: they are not who is meant.
        found = next((info for info in infos if not info.name.startswith("coroutine")), None)
        return who(found) if found is not None else self.tr("PID {0}").format(pid)

    def _victim(self, target: tuple[int, int], how: str) -> Victim:
        pid, tid = target
        row, started, catalogue = self._row(pid), self._window.store.started, self._window.controller.catalogue
        model = started.config.model if started is not None else ""
        end = own_end(started.config) if started is not None else OwnEnd.NONE
        info = catalogue.models.get(model) if catalogue is not None else None
        name = self._name(pid, 0 if how in SIGNALS else tid)  # a signal ends or stops all of a process
        role, workers_are = row.role if row is not None else "", info.workers_are if info is not None else ""
        return Victim(name, role, model, workers_are, end)

    # ---- coming and going ----------------------------------------------------------------------------------------
    def shut(self) -> None:
        """The window is closed: from now on it asks again."""
        self._quiet = False
        self._close_page()

    def _follow(self, phase: RunPhase) -> None:
        on = phase is RunPhase.RUNNING
        for action in (self._window.actions_.break_menu, *self._window.actions_.breaks.values()):
            action.setEnabled(on)
        if not on:
            self._close_page()
            self.menu.close()

    def _close_page(self) -> None:
        if self.page is not None:
            self.page.reject()

    def _forget_page(self) -> None:
        self.page = None
