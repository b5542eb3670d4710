"""The settings: theme, size of text, language, memory, a folder of lessons of one's own. What is chosen holds at once."""

import os
from itertools import islice
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.combo import Combo
from gui.controls.row import set_flag
from gui.controls.spin import NumberSpin, shortfall
from gui.figures import grouped
from gui.style import SCALES
from gui.translations import NAMES
from workers.contract.memory import AUTOMATIC, END, PAUSE, SHARE
from workers.contract.memory import LEAST_MB as LEAST_LIMIT
from workers.contract.memory import MOST_MB as MOST_LIMIT
from workers.insight.history import DEFAULT_MB, LEAST_MB, MOST_MB
from workers.recordings.bounds import DEFAULT_MB as DEFAULT_RUNS_MB
from workers.recordings.bounds import DEFAULT_RUNS, MOST_RUNS
from workers.recordings.bounds import LEAST_MB as LEAST_RUNS_MB
from workers.recordings.bounds import MOST_MB as MOST_RUNS_MB

MOST_ENTRIES = 500
"""A folder with more in it holds other things than lessons, and reading them all would hold the window up."""


class SettingsPage(QDialog):
    """Shows what holds, and tells what is chosen. It changes nothing by itself, and does not block the window.

    Signals:
        themeChosen(str): "system", "light" or "dark".
        scaleChosen(float): text so many times its usual size.
        languageChosen(str): "system", "en" or "zh_CN"; for the next start.
        lessonsFolderChosen(str): a folder that is there and can be read, or empty for none.
        historyChosen(int): memory for the single spans of a run, in MB.
        runsChosen(int, int): finished runs that are kept on disk (0: none), and MB that they may take.
        memoryLimitChosen(int): MB that a run may take; 0: what is chosen by itself.
    """

    themeChosen = Signal(str)
    scaleChosen = Signal(float)
    languageChosen = Signal(str)
    lessonsFolderChosen = Signal(str)
    historyChosen = Signal(int)
    runsChosen = Signal(int, int)
    memoryLimitChosen = Signal(int)

    def __init__(
        self,
        theme: str,
        scale: float,
        language: str,
        lessons_folder: str,
        parent: QWidget | None = None,
        *,
        history_mb: int = DEFAULT_MB,
        runs: tuple[int, int] = (DEFAULT_RUNS, DEFAULT_RUNS_MB),
        memory_limit_mb: int = AUTOMATIC,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("settingsPage")
        self.setWindowTitle(self.tr("Settings"))
        self._language, self._folder = language, lessons_folder
        self.theme = self._combo("settingsTheme", self.tr("Theme"))
        for key, name in (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))):
            self.theme.addItem(name, key)
        self.scale = self._combo("settingsScale", self.tr("Text size"))
        for size in SCALES:
            self.scale.addItem(self.tr("{0} %").format(round(size * 100)), size)
        self.language = self._combo("settingsLanguage", self.tr("Language"))
        self.language.addItem(self.tr("As the system"), "system")
        for key, name in NAMES.items():
            self.language.addItem(name, key)
        self.history = NumberSpin(LEAST_MB, MOST_MB)
        self.history.setObjectName("settingsHistory")
        self.history.setAccessibleName(self.tr("Memory for the detail of a run"))
        self.history.setSingleStep(64)
        self.history.setSuffix(self.tr(" MB"))
        self.history.setKeyboardTracking(False)
        self.history.setValue(history_mb)
        own_limit = memory_limit_mb != AUTOMATIC
        self.limited = QCheckBox(self.tr("A limit of my own"))
        self.limited.setObjectName("settingsLimited")
        self.limited.setAccessibleName(self.tr("Set a memory limit of my own for each run"))
        self.limited.setChecked(own_limit)
        self.limit = self._spin(
            "settingsMemoryLimit",
            self.tr("Memory limit of a run"),
            LEAST_LIMIT,
            MOST_LIMIT,
            memory_limit_mb if own_limit else 1_024,
        )
        self.limit.setSingleStep(256)
        self.limit.setSuffix(self.tr(" MB"))
        self.limit.setMinimumWidth(self.limit.sizeHint().width() + self.fontMetrics().horizontalAdvance("0 000"))
        self.limit.setEnabled(own_limit)
        self.limit_note = self._words("settingsLimitNote", "")
        self.runs = self._spin("settingsRuns", self.tr("How many finished runs are kept"), 0, MOST_RUNS, runs[0])
        self.runs.setSuffix(self.tr(" runs"))
        self.runs_mb = self._spin("settingsRunsMb", self.tr("Room for kept runs"), LEAST_RUNS_MB, MOST_RUNS_MB, runs[1])
        self.runs_mb.setSuffix(self.tr(" MB"))
        self.runs_note = self._words("settingsRunsNote", "")
        self.folder = QLineEdit(lessons_folder)
        self.folder.setObjectName("settingsFolder")
        self.folder.setAccessibleName(self.tr("Folder of your own lessons"))
        self.folder.setPlaceholderText(self.tr("none"))
        self.folder.setMaxLength(4096)
        self.browse = self._button("settingsBrowse", self.tr("Browse …"), self.tr("Choose the folder of your lessons"))
        self.clear = self._button("settingsClear", self.tr("Clear"), self.tr("Use no lessons of your own"))
        self.note = self._words("settingsLanguageNote", self.tr("Another language holds from the next start."))
        self.found = self._words("settingsFolderNote", "")
        self.bound = self._words("settingsHistoryNote", "")
        self._arrange()
        self.show_theme(theme)
        self.show_scale(scale)
        self.language.setCurrentIndex(max(0, self.language.findData(language)))
        self._show_found(lessons_folder)
        self._show_bound()
        self._show_limit()
        self._show_runs()
        self.theme.activated.connect(lambda _index: self.themeChosen.emit(self.theme.currentData()))
        self.scale.activated.connect(lambda _index: self.scaleChosen.emit(self.scale.currentData()))
        self.language.activated.connect(lambda _index: self.languageChosen.emit(self.language.currentData()))
        self.history.valueChanged.connect(self.historyChosen)
        self.history.lineEdit().textChanged.connect(self._show_bound)
        self.limited.toggled.connect(self._take_limit)
        self.limit.valueChanged.connect(lambda _value: self.memoryLimitChosen.emit(self._limit_mb()))
        self.limit.lineEdit().textChanged.connect(self._show_limit)
        for box in (self.runs, self.runs_mb):
            box.valueChanged.connect(lambda _value: self.runsChosen.emit(self.runs.value(), self.runs_mb.value()))
            for signal in (box.valueChanged, box.lineEdit().textChanged):
                signal.connect(self._show_runs)
        self.folder.editingFinished.connect(lambda: self._take(self.folder.text().strip()))
        self.browse.clicked.connect(self._browse)
        self.clear.clicked.connect(lambda: self._take(""))

    def show_theme(self, theme: str) -> None:
        """Follow a theme chosen elsewhere."""
        self.theme.setCurrentIndex(max(0, self.theme.findData(theme)))

    def show_scale(self, scale: float) -> None:
        """Follow a size chosen elsewhere; the nearest of those listed is shown."""
        self.scale.setCurrentIndex(min(range(len(SCALES)), key=lambda index: abs(SCALES[index] - scale)))

    def choose_folder(self) -> str:
        """Ask for a folder; empty for none. Tests put another function here."""
        return QFileDialog.getExistingDirectory(self, self.browse.toolTip(), self._folder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field takes what stands there; the button that is the default must not close the page then."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focusWidget() in (
            self.folder,
            self.history,
            self.limit,
            self.runs,
            self.runs_mb,
        ):
            event.accept()
        else:
            super().keyPressEvent(event)

    # ---- putting together ----------------------------------------------------------------------------------------
    def _combo(self, name: str, title: str) -> Combo:
        box = Combo()
        box.setObjectName(name)
        box.setAccessibleName(title)
        box.setMinimumContentsLength(14)
        return box

    def _spin(self, name: str, title: str, least: int, most: int, value: int) -> NumberSpin:
        box = NumberSpin(least, most)
        box.setObjectName(name)
        box.setAccessibleName(title)
        box.setSingleStep(10)
        box.setKeyboardTracking(False)
        box.setValue(value)
        return box

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def _words(self, name: str, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        for flag in ("muted", "small"):
            label.setProperty(flag, True)
        return label

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.folder, 1)
        line.addWidget(self.browse)
        line.addWidget(self.clear)
        limit = QHBoxLayout()
        limit.setSpacing(8)
        limit.addWidget(self.limited)
        limit.addWidget(self.limit)
        limit.addStretch()
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addWidget(self.runs)
        both.addWidget(self.runs_mb)
        both.addStretch()
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Theme"), self.theme),
            (self.tr("Text size"), self.scale),
            (self.tr("Language"), self.language),
            (self.tr("Memory"), self.history),
            (self.tr("Memory limit"), self.limited),
            (self.tr("Kept runs"), self.runs),
            (self.tr("Your lessons"), self.folder),
        )
        # Below some of them stands a note, in a row of its own.
        notes: dict[QWidget, QLabel] = {
            self.language: self.note,
            self.history: self.bound,
            self.limited: self.limit_note,
            self.runs: self.runs_note,
            self.folder: self.found,
        }
        lines = {self.folder: line, self.runs: both, self.limited: limit}
        place = 0
        for title, field in rows:
            label = QLabel(title)
            label.setBuddy(field)
            label.setProperty("muted", True)
            grid.addWidget(label, place, 0)
            if field in lines:
                grid.addLayout(lines[field], place, 1)
            else:
                field.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
                grid.addWidget(field, place, 1)
            place += 1
            if field in notes:
                grid.addWidget(notes[field], place, 1)
                place += 1
        shut = QPushButton(self.tr("Close"))
        shut.setObjectName("closeButton")
        shut.setAccessibleName(shut.text())
        shut.setDefault(True)
        shut.clicked.connect(self.close)
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(12)
        body.addLayout(grid)
        body.addStretch()
        body.addWidget(shut, 0, Qt.AlignmentFlag.AlignRight)
        metrics = self.fontMetrics()
        self.setMinimumWidth(metrics.averageCharWidth() * 84)

    def _show_bound(self) -> None:
        """Say what the bound on memory means, or why what stands there is none."""
        problem = shortfall(self.history, self.history.accessibleName())
        kept = self.tr("{0} to {1} MB. When it is full the oldest spans are thinned; all sums stay exact.")
        text = problem or kept.format(grouped(LEAST_MB), grouped(MOST_MB))
        self.bound.setText(f"✕ {text}" if problem else text)
        for widget in (self.bound, self.history):
            set_flag(widget, "bad", bool(problem))
        self.bound.setAccessibleName(text)

    def _limit_mb(self) -> int:
        return self.limit.value() if self.limited.isChecked() else AUTOMATIC

    def _take_limit(self, own: bool) -> None:
        self.limit.setEnabled(own)
        self._show_limit()
        self.memoryLimitChosen.emit(self._limit_mb())

    def _show_limit(self) -> None:
        """Say what the memory limit means, or why what stands there is none."""
        problem = shortfall(self.limit, self.limit.accessibleName())
        if self.limited.isChecked():
            text = self.tr("At {0} % of it a run begins no new tasks until memory falls; at {1} % it is ended.")
        else:
            text = self.tr(
                "{2} % of what is free. At {0} % of that a run begins no new tasks until memory falls; at {1} % it is ended."
            )
        text = problem or text.format(round(PAUSE * 100), round(END * 100), round(SHARE * 100))
        self.limit_note.setText(f"✕ {text}" if problem else text)
        for widget in (self.limit_note, self.limit):
            set_flag(widget, "bad", bool(problem))
        self.limit_note.setAccessibleName(text)

    def _show_runs(self) -> None:
        """Say what the bounds on kept runs mean, or why what stands there is none."""
        problem = next(filter(None, (shortfall(box, box.accessibleName()) for box in (self.runs, self.runs_mb))), "")
        if problem:
            text = problem
        elif self.runs.value():
            text = self.tr("Finished runs are kept on disk, to be compared. The oldest go first, pinned ones never.")
        else:
            text = self.tr("0: no finished run is kept. Those that are kept already stay.")
        self.runs_note.setText(f"✕ {text}" if problem else text)
        set_flag(self.runs_note, "bad", bool(problem))
        for box in (self.runs, self.runs_mb):
            set_flag(box, "bad", bool(problem) and bool(shortfall(box, box.accessibleName())))
        self.runs_note.setAccessibleName(text)

    # ---- the folder ----------------------------------------------------------------------------------------------
    def _browse(self) -> None:
        path = self.choose_folder()
        if path:
            self._take(path)

    def _take(self, path: str) -> None:
        """Take a folder, or none; one that cannot be read is said and not taken."""
        path = str(Path(path).expanduser().absolute()) if path else ""
        self.folder.setText(path)
        if self._show_found(path) and path != self._folder:
            self._folder = path
            self.lessonsFolderChosen.emit(path)

    def _show_found(self, path: str) -> bool:
        """Say what lies in the folder. Returns whether it can be used."""
        problem = self._problem(Path(path)) if path else ""
        text = problem or (self._count(Path(path)) if path else self.tr("No folder: only the lessons that come along."))
        self.found.setText(f"✕ {text}" if problem else text)
        for widget in (self.found, self.folder):
            set_flag(widget, "bad", bool(problem))
        self.found.setAccessibleName(text)
        return not problem

    def _problem(self, folder: Path) -> str:
        if not folder.is_dir():
            return self.tr("{0} is no folder: choose one that holds lessons.").format(folder)
        try:
            with os.scandir(folder) as entries:
                many = len(list(islice(entries, MOST_ENTRIES + 1))) > MOST_ENTRIES
        except OSError as error:
            return self.tr("{0} cannot be read ({1}): choose another folder.").format(folder, error.strerror)
        if many:
            text = self.tr("{0} holds more than {1} files: choose a folder that holds lessons alone.")
            return text.format(folder, MOST_ENTRIES)
        return ""

    def _count(self, folder: Path) -> str:
        from workers.lessons.library import load

        library = load([folder])
        found = len(library.ordered())
        text = self.tr("%n lesson(s) found.", "", found)
        if not found and not library.broken:
            text = self.tr("There is no lesson here: a lesson is a file KEY.md.")
        if library.broken:
            broken = self.tr("%n file(s) cannot be used, the first: {0}", "", len(library.broken))
            text = self.tr("{0} {1}").format(text, broken.format(library.broken[0].error))
        return text
