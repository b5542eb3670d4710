"""The mode Compare: the list of kept runs, two of them in pictures and as a table, connected to each other and to the ghosts."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QSplitter

from gui.charts.compare import CompareChart
from gui.charts.ghost import Ghost
from gui.charts.saves import ALL, Saves
from gui.figures import rate
from gui.ghosts import CHOSEN, LAST, NONE, Ghosts
from gui.kept_runs import KeptRuns
from gui.modes import COMPARE
from gui.panels.history.diff_panel import DiffPanel
from gui.panels.history.panel import HistoryPanel
from gui.panels.history.rows import Row
from gui.run_labels import partial, title_of, when
from gui.run_names import SEPARATOR, RunNames
from gui.theme import ThemeSource
from workers.recordings.diff import Side
from workers.recordings.diff import compare as differ
from workers.recordings.recording import ENDING, Recording
from workers.recordings.shelf import Kept

SHARES = (41, 59)
"""Of pictures and table."""


class Compare(QObject):
    """Which two runs are compared. Reads no file before somebody goes there.

    Signals:
        exploreAsked(object): this RunConfig is to be set up in Explore.
        chooseAsked(): a run is to be chosen here: the mode is to be this one.
        said(str), problem(str): something was done, or could not be.
    """

    exploreAsked = Signal(object)
    chooseAsked = Signal()
    said = Signal(str)
    problem = Signal(str)

    def __init__(self, theme: ThemeSource, kept: KeptRuns, ghosts: Ghosts, names: RunNames, parent: QObject) -> None:
        super().__init__(parent)
        self._kept, self._ghosts, self._names = kept, ghosts, names
        self.keys = ["", ""]
        """Ids of A and B; empty where none is chosen."""
        self._picked = False
        """Whether somebody chose them; else they are the last two."""
        self._drawn: object = None
        self._seen = self._stale = False
        """Whether the mode is this one, and whether the list has changed while it was not."""
        self._rows: dict[str, tuple[object, Row]] = {}
        self._actions: dict[str, QAction] = {}
        self._ghost_actions: dict[str, QAction] = {}
        self.list, self.chart, self.diff = HistoryPanel(theme), CompareChart(theme), DiffPanel(theme)
        self.main = QSplitter(Qt.Orientation.Horizontal)
        self.main.setObjectName("comparison")
        self.main.setHandleWidth(12)
        self.main.setChildrenCollapsible(False)
        for part, share in zip((self.chart, self.diff), SHARES, strict=True):
            self.main.addWidget(part)
            self.main.setStretchFactor(self.main.count() - 1, share)
        self.main.setSizes([share * 10 for share in SHARES])
        saves = Saves(self.chart, self, self, ALL)
        saves.saved.connect(lambda path: self.said.emit(self.tr("Saved {0}.").format(path)))
        saves.failed.connect(self.problem)
        self.saves = saves.actions
        self.chart.dots.menu().addActions(list(saves.actions.values()))
        self._connect()
        self._show()

    def bind(self, actions: dict[str, QAction], ghosts: dict[str, QAction]) -> None:
        """Let these actions do what can be done here; `ghosts`: none, last, chosen."""
        self._actions = actions
        doings: dict[str, Callable[[], object]] = {
            "swap": self.swap,
            "again": self.run_again,
            "copy": self.diff.copy,
            "csv": self.diff.save,
            "export": lambda: self._do("export", self.list.list.key()),
            "import": self.take_in,
            "undo": self._kept.restore,
        }
        for name, doing in doings.items():
            actions[name].triggered.connect(lambda _checked=False, doing=doing: doing())
        self._ghost_actions = ghosts
        ghosts["none"].triggered.connect(lambda _checked=False: self._ghosts.choose(NONE))
        ghosts["last"].triggered.connect(lambda _checked=False: self._toggle_last())
        ghosts["chosen"].triggered.connect(lambda _checked=False: self._choose_ghost())
        self._ghosts.changed.connect(self._show_ghost)
        self._ghosts.said.connect(self.said)
        self._show_ghost()
        self._offer()

    def show_mode(self, mode: str) -> None:
        """Read the list whenever somebody goes there: other windows may have changed it."""
        self._seen = mode == COMPARE
        if self._seen:
            if self._stale:
                self._fill()
            self._kept.look()

    # ---- what can be done -----------------------------------------------------------------------------------------
    def choose(self, key: str, letter: str) -> None:
        """Make a run A or B; where it is the other one already, they change places."""
        self._picked = True
        place = 0 if letter == "A" else 1
        if self.keys[1 - place] == key:
            self.keys[1 - place] = self.keys[place]
        self.keys[place] = key
        self._show()

    def swap(self) -> None:
        """A becomes B."""
        self._picked = True
        self.keys.reverse()
        self._show()

    def run_again(self) -> None:
        """Set A up in Explore."""
        recording = self._kept.recording(self.keys[0]) if self.keys[0] else None
        if recording is not None:
            self.exploreAsked.emit(recording.config)

    def take_in(self) -> None:
        """Ask for a file, and put it into the list."""
        path = self.choose_import()
        if path:
            self._kept.take_in(Path(path))

    def choose_import(self) -> str:
        """Ask which file; empty for none. Tests put another function here."""
        pattern = self.tr("Kept runs (*.threadmill)")
        return QFileDialog.getOpenFileName(self.list, self.tr("Import a kept run"), "", pattern)[0]

    def choose_file(self, title: str, suggestion: str, pattern: str) -> str:
        """Ask where to save; empty for nowhere. Tests put another function here."""
        return QFileDialog.getSaveFileName(self.list, title, suggestion, pattern)[0]

    def _do(self, what: str, key: str) -> None:
        found = self._found(key)
        if found is None:
            return
        if what == "delete":
            self._kept.delete(key)
        elif what == "pin":
            self._kept.pin(key, not found.pinned)
        elif what == "rename":
            self.list.begin_name(str(found.head["name"]))
        elif what == "ghost":
            self._ghosts.toggle(key)
        elif what == "export":
            path = self.choose_file(self.tr("Export a kept run"), f"{key}{ENDING}", self.tr("Kept runs (*.threadmill)"))
            if path:
                self._kept.export(key, Path(path if path.endswith(ENDING) else path + ENDING))

    def _toggle_last(self) -> None:
        if self._ghosts.mode == LAST:
            self._ghosts.choose(NONE)
        else:
            self._ghosts.ask_last()

    def _choose_ghost(self) -> None:
        self._show_ghost()  # nothing is chosen yet
        self.chooseAsked.emit()
        self.said.emit(self.tr("Choose a run on the left, then press “As ghost” (G)."))

    # ---- what is shown --------------------------------------------------------------------------------------------
    def _connect(self) -> None:
        kept, listed, diff = self._kept, self.list, self.diff
        kept.changed.connect(self._fill)
        kept.opened.connect(lambda _key: self._show())
        kept.problem.connect(self.problem)
        kept.said.connect(self.said)
        kept.deleted.connect(lambda _key: self._offer())
        kept.imported.connect(lambda key: self.choose(key, "B"))
        listed.lettered.connect(self.choose)
        listed.asked.connect(self._do)
        listed.renamed.connect(kept.rename)
        listed.importAsked.connect(self.take_in)
        listed.undoAsked.connect(kept.restore)
        listed.list.currentItemChanged.connect(lambda *_: self._offer())
        diff.swapAsked.connect(self.swap)
        diff.againAsked.connect(self.run_again)
        diff.ghostAsked.connect(lambda: self._ghosts.toggle(self.keys[0]))
        diff.saved.connect(lambda path: self.said.emit(self.tr("Saved {0}.").format(path)))
        diff.failed.connect(self.problem)
        diff.said.connect(self.said)

    def _found(self, key: str) -> Kept | None:
        return next((kept for kept in self._kept.runs if kept.id == key), None)

    def refill(self) -> None:
        """The names of models and workloads are others now."""
        self._drawn, self._rows = None, {}
        self._fill()

    def _fill(self) -> None:
        """List what there is; those that went are no longer compared."""
        self._stale = not self._seen
        if self._stale:
            return  # a run has ended; nobody looks
        runs = sorted(self._kept.runs, key=lambda kept: not kept.pinned)  # stable: the newest first
        self.list.list.empty = self.tr("No run is kept yet.")
        self.list.list.fill([self._known_row(kept) for kept in runs])
        self.list.follow()
        known = {kept.id for kept in runs}
        self.keys = [key if key in known else "" for key in self.keys]
        newest = [kept.id for kept in self._kept.runs]
        self._picked = self._picked and any(self.keys)
        if not self._picked and newest:
            # The last run against the one before it: what was most likely meant.
            self.keys = [newest[1] if len(newest) > 1 else "", newest[0]]
        self._show()
        self._offer()

    def _nothing(self) -> str:
        if not self._kept.keeps:
            return self.tr(
                "Finished runs are not kept: the settings (Ctrl+,) say 0. Import a file, or let some be kept."
            )
        return self.tr("Every run that ends is kept here. Run something in Explore (Ctrl+1), twice, to compare.")

    def _known_row(self, kept: Kept) -> Row:
        """As it was put into words before, unless it is another one by now; a day later times are told otherwise."""
        state = (kept, when(kept.head))
        known = self._rows.get(kept.id)
        if known is None or known[0] != state:
            known = self._rows[kept.id] = state, self._row(kept)
        return known[1]

    def _row(self, kept: Kept) -> Row:
        figures, head = kept.figures, kept.head
        choice = title_of(self._names, Kept({**head, "name": ""}, figures, kept.size))
        model, _, workload = choice.partition(SEPARATOR)
        python = self.tr("Python {0}").format(figures["python"])
        # There is little room: what is said above is not said again below.
        title = head["name"] or model
        more = SEPARATOR.join(filter(None, (partial(head), choice if head["name"] else workload, python)))
        per_second = figures["throughput_per_s"]
        right = self.tr("{0}/s").format(rate(per_second)) if per_second is not None else ""
        pinned = self.tr("pinned") if kept.pinned else ""
        told = "\n".join(filter(None, (head["name"], choice, partial(head), python, right, when(head), pinned)))
        return Row(kept.id, title, more, right, when(head), kept.pinned, told)

    def _show(self) -> None:
        """Both runs, as far as they are open; those that are not yet will be told of."""
        note = self.tr("Choose a second run on the left.") if self._kept.runs else self._nothing()
        self.diff.show_note(note if self._kept.runs else self.tr("Here it will say how the two runs differ."))
        self.chart.show_note(note)
        self.list.list.mark(*self.keys)
        found = [self._kept.recording(key) if key else None for key in self.keys]
        if any(key and recording is None for key, recording in zip(self.keys, found, strict=True)):
            return  # on its way
        state = (tuple(self.keys), tuple(recording and recording.head["name"] for recording in found))
        if state == self._drawn:
            return
        self._drawn = state
        titles = {letter: self._words(one) for letter, one in zip("AB", found, strict=True) if one is not None}
        a, b = found
        self.chart.show_runs(*(Ghost(one, title_of(self._names, one)) if one is not None else None for one in found))
        self.diff.show_diff(differ(Side.of(a), Side.of(b)) if a is not None and b is not None else None, titles)
        self._offer()

    def _words(self, recording: Recording) -> tuple[str, str]:
        python = self.tr("Python {0}").format(recording.summary["python"]["version"])
        choice = title_of(self._names, recording.changed(name="")) if recording.head["name"] else ""
        parts = (partial(recording.head), choice, python, when(recording.head))
        return title_of(self._names, recording), SEPARATOR.join(filter(None, parts))

    def _show_ghost(self) -> None:
        for name, mode in (("none", NONE), ("last", LAST), ("chosen", CHOSEN)):
            self._ghost_actions[name].setChecked(self._ghosts.mode == mode)

    def _offer(self) -> None:
        """Let be pressed what would do something."""
        found = self._found(self.list.list.key())
        self.list.show_pinned(found is not None and found.pinned)
        self.list.show_undo(bool(self._kept.last_deleted))
        able = {
            "swap": any(self.keys),
            "again": bool(self.keys[0]),
            "copy": all(self.keys),
            "csv": all(self.keys),
            "export": found is not None,
            "undo": bool(self._kept.last_deleted),
        }
        for name, can in able.items():
            if name in self._actions:
                self._actions[name].setEnabled(can)
