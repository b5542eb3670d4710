"""AccountsView: where the time of each lane went, as bars, over time, and as a table."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gui.charts import account_data
from gui.charts.account_bars import AccountBars
from gui.charts.account_data import AccountData, OverTime
from gui.charts.account_table import CSV_HEADER, AccountTable, csv_rows
from gui.charts.account_time import AccountTime
from gui.charts.account_words import AccountWords
from gui.charts.base import Series
from gui.charts.kind_legend import KindLegend
from gui.charts.kinds import occurring
from gui.charts.labels import Aside
from gui.charts.notes import Note
from gui.charts.saving import Piece
from gui.charts.slow import SlowChart
from gui.files import save_as, write_csv
from gui.paced import Step
from gui.segments import Segments
from gui.step_accounts import steps_to
from gui.theme import ThemeSource
from workers.insight import depth
from workers.insight.accounts import NAMES, Accounts, latest

LANES, OVER_TIME, TABLE = range(3)
"""The pages."""
INTERVALS = 400
"""Over time, at most so many."""


class AccountsView(SlowChart):
    """The tab "Where the time went".

    Signals:
        saved(str): a file was written; its path.
        failed(str): it was not; the reason in one sentence.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.title = self.tr("Where the time went")
        self.setObjectName("accountsChart")
        self.setAccessibleName(self.title)
        self._data: AccountData | None = None
        self._over = OverTime(np.zeros(0), np.zeros((0, len(NAMES))))
        self._words = AccountWords(self)
        self.switch = Segments(
            "accountPages",
            (
                ("accountLanes", self.tr("Lanes")),
                ("accountOverTime", self.tr("Over time")),
                ("accountAsTable", self.tr("Table")),
            ),
        )
        self.switch.setAccessibleName(self.tr("Where the time went: how it is shown"))
        self.legend = KindLegend(theme, self._words.kinds)
        self.copy_action = QAction(self.tr("Copy the table"), self)
        self.save_action = QAction(self.tr("Save the table as CSV …"), self)
        self.copy_action.setObjectName("copyAccounts")
        self.save_action.setObjectName("saveAccounts")
        self.copy_action.triggered.connect(lambda _checked=False: self.copy())
        self.save_action.triggered.connect(lambda _checked=False: self._save())
        self.actions: tuple[QAction, ...] = (self.save_action, self.copy_action)  # type: ignore[assignment]
        """What can be done with the table. (Hides a method of QWidget that nobody calls here.)"""
        self._copy = self._button(self.copy_action, self.tr("Copy"))
        self._save_as = self._button(self.save_action, self.tr("Save as CSV …"))
        self.bars = AccountBars(theme, self._words)
        self.areas = AccountTime(theme, self._words)
        self.table = AccountTable(theme, self._words)
        self.pages = QStackedWidget()
        for page in (self.bars, self.areas, self.table):
            self.pages.addWidget(page)
        self._note = Note(theme)
        self._note.setObjectName("accountNote")
        self._body = QStackedWidget()
        self._body.addWidget(self._note)
        self._body.addWidget(self.pages)
        self.facts = Aside(theme)
        """Pickling and queue; cut short where there is no room for all of it, and then all of it is in the tooltip."""
        self.facts.setObjectName("accountFacts")
        head = QHBoxLayout()
        head.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(self.switch, 0, top)
        head.addWidget(self.legend, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._copy, 0, top)
        head.addWidget(self._save_as, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._body, 1)
        column.addWidget(self.facts)
        self.switch.chosen.connect(self._show_page)
        self.setFocusProxy(self.switch)
        self._show_page(LANES)
        self._built()

    def _button(self, action: QAction, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"{action.objectName()}Button")
        button.setAccessibleName(action.text())
        button.setToolTip(action.text())
        button.setProperty("link", True)
        button.setAutoDefault(False)
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        return button

    # ---- for the window -------------------------------------------------------------------------------------------
    @property
    def data(self) -> AccountData | None:
        """The rows on show; None where there are none."""
        return self._data

    def show_page(self, page: int) -> None:
        """Show LANES, OVER_TIME or TABLE."""
        self.switch.choose(page)

    def series(self) -> Series:
        """Kind -> (number of the row, seconds); row 0 is the run, and 1 the ghost where there is one.

        Over time: kind -> (end of the interval in s, lanes).
        """
        self.update_now()
        if self.pages.currentWidget() is self.areas:
            ends, columns = self._over.edges_s[1:], self._over.lanes
            return {name: (ends, columns[:, i]) for i, name in enumerate(NAMES) if columns[:, i].any()}
        rows = self._data.rows if self._data is not None else ()
        places = np.arange(len(rows), dtype=np.float64)
        values = np.array([row.seconds for row in rows]).reshape(len(rows), len(NAMES))
        return {name: (places, values[:, i]) for i, name in enumerate(NAMES) if values[:, i].any()}

    def pieces(self) -> list[Piece]:
        """The legend and the page on show, without the buttons."""
        self.update_now()
        if self._data is None:
            return [Piece(self._note)]
        page = (self.bars, self.areas, self.table)[self.pages.currentIndex()]
        return [Piece(part) for part in (self.legend, page, self.facts) if not part.isHidden()]

    def save_csv(self, path: str | Path) -> None:
        """Write the accounts of all lanes in seconds. Raises OSError with the reason in a sentence."""
        if self._store.started is None:
            raise OSError(self.tr("There is nothing to save yet: no run has been carried out."))
        write_csv(CSV_HEADER, csv_rows(account_data.every(self._store, latest(self._store))), path)

    def copy(self) -> None:
        """Put the table on the clipboard."""
        self.update_now()
        self.table.show_data(self._data)
        self.table.copy()

    def choose_file(self, suggestion: str) -> str:
        """Ask where to save; empty for nowhere. Tests put another function here."""
        pattern = self.tr("Comma-separated values (*.csv)")
        return QFileDialog.getSaveFileName(self, self.save_action.text(), suggestion, pattern)[0]

    def _save(self) -> None:
        save_as(self.choose_file("accounts.csv"), ".csv", self.save_csv, self.saved.emit, self.failed.emit)

    # ---- drawing --------------------------------------------------------------------------------------------------
    def _state(self) -> object:
        return self.pages.currentIndex()

    def _show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.legend.setVisible(page != TABLE)
        for button in (self._copy, self._save_as):
            button.setVisible(page == TABLE)
        self.refresh()

    def _steps(self, whole: bool) -> Sequence[Step]:
        note = self._note_words()
        if note:
            return (partial(self._show_note, note), self.show_which)
        if whole:
            return (partial(self._take, latest(self._store)), self._show_data, self.show_which)
        return (*steps_to(self._store, self._take), self._show_data, self.show_which)

    def _note_words(self) -> str:
        """Why there is nothing to show; empty where there is something."""
        if self._store.started is None:
            return self.tr("Press Run: here it is shown what each lane did with its time, and what it waited for.")
        return self._waiting_note() or ("" if self._store.lanes else self.tr("No lane has been heard of yet."))

    def _show_body(self, there: bool) -> None:
        self._body.setCurrentIndex(1 if there else 0)
        for action in (self.copy_action, self.save_action):
            action.setEnabled(there)

    def _show_note(self, note: str) -> None:
        self._show_body(False)
        self._data = None
        self._over = OverTime(np.zeros(0), np.zeros((0, len(NAMES))))
        self._note.show_text(note)
        self.legend.show_kinds(())
        self.facts.show_text("")
        self.facts.hide()
        self._show_data()

    def _take(self, accounts: Accounts) -> None:
        store = self._store
        self._show_body(True)
        self._data = account_data.read(store, accounts)
        if self.ghost is not None and self.ghost.seconds.any():
            self._data = self._data.beside(self.ghost.seconds, self.ghost.label)
        if self.pages.currentWidget() is self.areas:
            self._over = account_data.over_time(store, accounts, INTERVALS)
        rows = self._data.rows[:1] if self.pages.currentWidget() is self.areas else self._data.rows
        self.legend.show_kinds(occurring(np.sum([row.seconds for row in rows], axis=0).tolist()))
        self.facts.show_text(self._words.facts(store))
        self.facts.setVisible(bool(self.facts.text))

    def _show_data(self) -> None:
        page, store = self.pages.currentWidget(), self._store
        if page is self.bars:
            self.bars.show_data(self._data)
        elif page is self.table:
            self.table.show_data(self._data)
        elif store.figures is not None and self._data is not None:
            t, waiting = store.figures.depth.over_time(store)
            self.areas.show_data(self._over, (t, waiting.astype(np.float64)), depth.bound(store))
        else:
            self.areas.show_data(self._over, (np.zeros(0), np.zeros(0)), None)
