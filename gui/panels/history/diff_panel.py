"""DiffPanel: which two runs are compared, what one should be careful about, and the table; and what can be done with them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.files import save_as, write_csv
from gui.flow import FlowLayout
from gui.panels.history.diff_table import DiffTable
from gui.panels.history.elided import Elided
from gui.panels.history.painter import paint_badge
from gui.theme import ThemeSource
from gui.translations import compared
from workers.recordings import words
from workers.recordings.diff import Diff


class Badge(QWidget):
    """A or B."""

    def __init__(self, theme: ThemeSource, letter: str) -> None:
        super().__init__()
        self._theme, self._letter = theme, letter
        self.setAccessibleName(letter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A line high."""
        side = self.fontMetrics().height() + 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The letter in its box."""
        paint_badge(QPainter(self), QRectF(self.rect()), self._letter, self._theme.theme)


class DiffPanel(QFrame):
    """Shows one Diff.

    Signals:
        swapAsked(): A is to be B, and B to be A.
        againAsked(): A is to be set up in Explore.
        ghostAsked(): A is to be the ghost.
        saved(str), failed(str): a file was written (its path), or not (why).
        said(str): something was done.
    """

    swapAsked = Signal()
    againAsked = Signal()
    ghostAsked = Signal()
    saved = Signal(str)
    failed = Signal(str)
    said = Signal(str)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diffPanel")
        self.setProperty("card", True)
        self._diff: Diff | None = None
        self.table = DiffTable(theme)
        self._names = {letter: Elided(f"diffName{letter}", "strong") for letter in ("A", "B")}
        self._abouts = {letter: Elided(f"diffAbout{letter}", "muted", "small") for letter in ("A", "B")}
        self.cautions = QLabel()
        self.cautions.setObjectName("diffCautions")
        self.cautions.setTextFormat(Qt.TextFormat.PlainText)
        self.cautions.setWordWrap(True)
        self.cautions.setProperty("small", True)
        self.note = QLabel()
        self.note.setObjectName("diffNote")
        self.note.setWordWrap(True)
        self.note.setProperty("muted", True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons: dict[str, QPushButton] = {}
        self._arrange(theme)
        self.show_diff(None, {})

    def show_note(self, text: str) -> None:
        """Say why there is no table."""
        self.note.setText(text)
        self.note.setAccessibleName(text)

    def show_runs(self, titles: dict[str, tuple[str, str]]) -> None:
        """Name the runs chosen, each with a smaller line about it; of "A" and "B" one or both may be missing."""
        for letter in ("A", "B"):
            title, about = titles.get(letter, (self.tr("not chosen"), ""))
            self._names[letter].show_words(title)
            self._abouts[letter].show_words(about)
        for key in ("again", "ghost"):
            self._buttons[key].setEnabled("A" in titles)
        self._buttons["swap"].setEnabled(bool(titles))

    def show_diff(self, diff: Diff | None, titles: dict[str, tuple[str, str]]) -> None:
        """Show it; None where two runs are not chosen."""
        self._diff = diff
        self.show_runs(titles)
        self.table.show_diff(diff)
        self._pages.setCurrentIndex(0 if diff is None else 1)
        for key in ("copy", "csv"):
            self._buttons[key].setEnabled(diff is not None)
        items = diff.cautions if diff is not None else ()
        lines = [f"{'⚠' if item.grave else '·'} {words.caution(item, compared)}" for item in items]
        self.cautions.setText("\n".join(lines))
        self.cautions.setAccessibleName(self.cautions.text())
        self.cautions.setVisible(bool(lines))

    def copy(self) -> None:
        """Put all of it, as text, on the clipboard."""
        if self._diff is not None:
            QGuiApplication.clipboard().setText(words.as_text(self._diff, compared))
            self.said.emit(self.tr("The comparison is on the clipboard."))

    def save_csv(self, path: str | Path) -> None:
        """Write the lines with their figures. Raises OSError with the reason in a sentence."""
        if self._diff is None:
            raise OSError(self.tr("There is nothing to save yet: choose two runs."))
        write_csv(words.CSV_HEADER, words.as_rows(self._diff), path)

    def choose_file(self, suggestion: str) -> str:
        """Ask where to save; empty for nowhere. Tests put another function here."""
        pattern = self.tr("Comma-separated values (*.csv)")
        return QFileDialog.getSaveFileName(self, self._buttons["csv"].toolTip(), suggestion, pattern)[0]

    def save(self) -> None:
        """Ask where, and write the lines there."""
        save_as(self.choose_file("comparison.csv"), ".csv", self.save_csv, self.saved.emit, self.failed.emit)

    # ---- putting together -----------------------------------------------------------------------------------------
    def _arrange(self, theme: ThemeSource) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for place, letter in enumerate(("A", "B")):
            grid.addWidget(Badge(theme, letter), place * 3, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._names[letter], place * 3, 1)
            grid.addWidget(self._abouts[letter], place * 3 + 1, 1)
        grid.setRowMinimumHeight(2, 6)
        grid.addWidget(self._button("swap", self.tr("Swap"), self.tr("Swap A and B"), self.swapAsked.emit), 0, 2, 2, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.cautions)
        column.addWidget(self.table, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.note)
        self._pages.addWidget(body)
        line = FlowLayout(gap=6)
        for key, text, tip, doing in (
            ("again", self.tr("Run A again"), self.tr("Set A up in Explore, ready to be run"), self.againAsked.emit),
            (
                "ghost",
                self.tr("A as ghost"),
                self.tr("Lay A behind the runs of Explore, or take it away"),
                self.ghostAsked.emit,
            ),
        ):
            line.addWidget(self._button(key, text, tip, doing))
        for key, text, tip, doing in (
            ("copy", self.tr("Copy"), self.tr("Copy the comparison as text"), self.copy),
            ("csv", self.tr("CSV …"), self.tr("Save the comparison as CSV"), self.save),
        ):
            line.addWidget(self._button(key, text, tip, doing))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 12, 10)
        outer.setSpacing(8)
        outer.addLayout(grid)
        outer.addWidget(self._pages, 1)
        outer.addLayout(line)

    def _button(self, key: str, text: str, tip: str, doing: Callable[[], object]) -> QPushButton:
        button = self._buttons[key] = QPushButton(text)
        button.setObjectName(f"diff{key.capitalize()}")
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setProperty("offer", "plain")
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: doing())
        return button
