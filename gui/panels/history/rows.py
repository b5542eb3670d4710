"""HistoryRows: the list itself: which runs are shown, which two are A and B, and how the keyboard walks over them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from gui.panels.history.painter import BELOW, KEY, LETTER, MORE, PINNED, RIGHT, TITLE, RunPainter
from gui.theme import ThemeSource


@dataclass(frozen=True)
class Row:
    """A kept run as it is listed, all in words."""

    key: str
    title: str
    more: str
    right: str
    """Throughput."""
    below: str
    """When."""
    pinned: bool
    told: str
    """All of it, for tooltip, screen reader and filter."""


class HistoryRows(QListWidget):
    """A click, or Enter, makes a run B; with Shift, A. The keys A and B do so too.

    Signals:
        lettered(str, str): this run (its id) is to be "A" or "B".
        asked(str, str): something is to be done ("delete", "rename", "pin", "ghost") with this run.
    """

    lettered = Signal(str, str)
    asked = Signal(str, str)

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self.empty = ""
        """What is said where there is nothing to list."""
        self._told: dict[str, str] = {}
        self._words: list[str] = []
        self.setObjectName("historyList")
        self.setAccessibleName(self.tr("Kept runs"))
        self.setItemDelegate(RunPainter(theme, self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        theme.changed.connect(self.viewport().update)

    # ---- what stands in it ----------------------------------------------------------------------------------------
    def fill(self, rows: Sequence[Row]) -> None:
        """List these; where one stays current it does. Nobody is told."""
        here = self.key()
        self.blockSignals(True)
        self.clear()
        self._told = {row.key: row.told for row in rows}
        for row in rows:
            item = QListWidgetItem()
            for role, value in (
                (KEY, row.key),
                (TITLE, row.title),
                (MORE, row.more),
                (RIGHT, row.right),
                (BELOW, row.below),
                (PINNED, row.pinned),
            ):
                item.setData(role, value)
            item.setToolTip(row.told)
            self.addItem(item)
        self._select(here)
        self.blockSignals(False)
        self.filter(" ".join(self._words))
        self.mark("", "")

    def mark(self, a: str, b: str) -> None:
        """Show which runs are A and B."""
        for item in self.items_():
            key = item.data(KEY)
            letter = "A" if key and key == a else "B" if key and key == b else ""
            item.setData(LETTER, letter)
            told = self._told.get(str(key), "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{letter}: {told}" if letter else told)
        self.viewport().update()

    def items_(self) -> list[QListWidgetItem]:
        """All rows."""
        return [self.item(row) for row in range(self.count())]

    def key(self) -> str:
        """The id of the current run; empty where there is none."""
        item = self.currentItem()
        return str(item.data(KEY)) if item is not None else ""

    def shown(self) -> list[str]:
        """Ids of those that the filter lets through."""
        return [str(item.data(KEY)) for item in self.items_() if not item.isHidden()]

    def filter(self, text: str) -> None:
        """Show only those that have all words of `text`."""
        self._words = text.casefold().split()
        for item in self.items_():
            told = self._told[str(item.data(KEY))].casefold()
            item.setHidden(not all(word in told for word in self._words))
        self.viewport().update()

    def _select(self, key: str) -> None:
        found = next((item for item in self.items_() if item.data(KEY) == key), None)
        if found is None and self.count():
            found = self.item(0)
        if found is not None:
            self.setCurrentItem(found)

    # ---- keys and mouse -------------------------------------------------------------------------------------------
    def step(self, by: int) -> None:
        """To the next run (1) or the one before (-1) that is shown."""
        rows = [self.row(item) for item in self.items_() if not item.isHidden()]
        here = self.currentRow()
        further = [row for row in rows if row > here] if by > 0 else [row for row in reversed(rows) if row < here]
        if further:
            self.setCurrentRow(further[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; A, B and Enter choose; Delete, F2, P and G do what the buttons do."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        key, here = Qt.Key(event.key()), self.key()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        does = {Qt.Key.Key_Delete: "delete", Qt.Key.Key_F2: "rename", Qt.Key.Key_P: "pin", Qt.Key.Key_G: "ghost"}
        if plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif plain and here and key in (Qt.Key.Key_A, Qt.Key.Key_B):
            self.lettered.emit(here, "A" if key == Qt.Key.Key_A else "B")
        elif plain and here and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.lettered.emit(here, "A" if shift else "B")
        elif plain and here and key in does:
            self.asked.emit(does[key], here)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click makes it B, with Shift A."""
        super().mouseReleaseEvent(event)
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.lettered.emit(str(item.data(KEY)), "A" if shift else "B")

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or why there are none."""
        super().paintEvent(event)
        if self.shown():
            return
        text = self.tr("No run has these words. Esc shows all.") if self.count() else self.empty
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().placeholderText().color())
        flags = int(Qt.AlignmentFlag.AlignCenter.value) | int(Qt.TextFlag.TextWordWrap.value)
        painter.drawText(self.viewport().rect().adjusted(10, 0, -10, 0), flags, text)
