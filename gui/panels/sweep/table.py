"""SweepTable: all cells with what was measured of them, sortable, and saved as CSV or JSON."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from gui.figures import UNKNOWN, grouped, percent, tabular
from gui.files import save_as, write, write_csv
from gui.sweep_words import SweepWords
from gui.translations import sentence
from gui.words import rate
from workers.sweep.words import duration

if TYPE_CHECKING:
    from workers.sweep.report import Report, Row

_SORT = int(Qt.ItemDataRole.UserRole)


class _Item(QTreeWidgetItem):
    """Sorted by its numbers, where it has them."""

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree is not None else 0
        mine, its = self.data(column, _SORT), other.data(column, _SORT)
        if isinstance(mine, (int, float)) and isinstance(its, (int, float)):
            return float(mine) < float(its)
        return self.text(column) < other.text(column)


class SweepTable(QTreeWidget):
    """One row a cell.

    Signals:
        saved(str): a file was written; its path.
        failed(str): it was not; the reason in one sentence.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, words: SweepWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sweepTable")
        self.setAccessibleName(self.tr("Cells"))
        self._words = words
        self._report: Report | None = None
        heads = (
            *(self.tr("Model"), self.tr("Workers"), self.tr("Chunk"), self.tr("Python"), self.tr("Size")),
            *(self.tr("Tasks/s"), self.tr("95 % interval"), self.tr("Speed-up"), self.tr("Efficiency")),
            *(self.tr("Start-up"), self.tr("Rounds")),
        )
        self.setHeaderLabels(heads)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSortingEnabled(True)
        self.sortByColumn(5, Qt.SortOrder.DescendingOrder)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        for column in (1, 2, *range(4, len(heads))):
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.actions_: dict[str, QAction] = {}
        for kind, text in (("csv", self.tr("Save the cells as CSV …")), ("json", self.tr("Save the sweep as JSON …"))):
            action = self.actions_[kind] = QAction(text, self)
            action.setObjectName(f"sweepSave{kind.capitalize()}")
            action.setEnabled(False)
            action.triggered.connect(lambda _checked=False, kind=kind: self._save(kind))

    @property
    def report(self) -> "Report | None":
        """What is shown."""
        return self._report

    def show_report(self, report: "Report | None") -> None:
        """Show this report."""
        self._report = report
        for action in self.actions_.values():
            action.setEnabled(report is not None)
        rows = report.rows if report is not None else ()
        ratios = {
            (curve.cell.model, point.workers, curve.cell.chunksize, curve.cell.python, curve.cell.size): point
            for curve in (report.curves if report is not None else ())
            for point in curve.points
        }
        self.setSortingEnabled(False)
        self.clear()
        items: list[QTreeWidgetItem] = []
        for row in rows:
            cell = row.cell
            point = ratios.get((cell.model, cell.workers, cell.chunksize, cell.python, cell.size))
            speed = point.speed_up.value if point is not None else None
            share = point.efficiency.value if point is not None else None
            items.append(self._item(row, speed, share))
        self.addTopLevelItems(items)
        self.setSortingEnabled(True)
        self.setColumnHidden(2, all(row.cell.chunksize == 1 for row in rows))
        self.setColumnHidden(3, len({row.python for row in rows}) < 2)
        self.setColumnHidden(4, not any(row.cell.size for row in rows))

    def _item(self, row: "Row", speed: float | None, share: float | None) -> _Item:
        cell, own, words = row.cell, row.throughput, self._words
        rounds, error = len(row.result.rounds), row.result.error
        texts: list[tuple[str, float | str]] = [
            (words.model(cell.model), words.model(cell.model)),
            (grouped(cell.workers), cell.workers),
            (grouped(cell.chunksize), cell.chunksize),
            (row.python, row.python),
            (f"{cell.size:g}" if cell.size else "", cell.size),
            (rate(own.value) if own is not None else UNKNOWN, own.value if own is not None else -1.0),
            (words.interval(own) if not error else self.tr("failed"), own.half_width if own is not None else -1.0),
            (self.tr("{0} ×").format(words.times(speed)) if speed is not None else "", speed or -1.0),
            (self.tr("{0} %").format(percent(share)) if share is not None else "", share or -1.0),
            (duration(row.startup_s) if row.startup_s is not None else "", row.startup_s or -1.0),
            (grouped(rounds), rounds),
        ]
        item = _Item([text for text, _ in texts])
        font = tabular(self.font())
        for column, (_, key) in enumerate(texts):
            item.setData(column, _SORT, key)
            item.setFont(column, font)
            if column not in (0, 3):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if error:
                item.setToolTip(column, sentence(error))
        return item

    # ---- saving --------------------------------------------------------------------------------------------------
    def choose_file(self, title: str, suggestion: str, pattern: str) -> str:
        """Ask where to save; empty for nowhere. Tests put another function here."""
        return QFileDialog.getSaveFileName(self, title, suggestion, pattern)[0]

    def save_csv(self, path: str | Path) -> None:
        """Write the cells as CSV. Raises OSError."""
        from workers.sweep.report import CSV_HEAD

        if self._report is not None:
            write_csv(CSV_HEAD, self._report.csv_rows(), path)

    def save_json(self, path: str | Path) -> None:
        """Write all of the sweep as JSON. Raises OSError."""
        if self._report is not None:
            text = json.dumps(self._report.plain(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
            write(path, text.encode())

    def _save(self, kind: str) -> None:
        pattern = self.tr("Comma-separated values (*.csv)") if kind == "csv" else self.tr("JSON (*.json)")
        path = self.choose_file(self.actions_[kind].text(), f"sweep.{kind}", pattern)
        save_as(path, f".{kind}", self.save_csv if kind == "csv" else self.save_json, self.saved.emit, self.failed.emit)
