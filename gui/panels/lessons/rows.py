"""LessonRows: the list of lessons itself: which rows are shown, and how the keyboard walks over them."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from gui.panels.lessons.painter import BROKEN, KEY, RowPainter
from gui.theme import ThemeSource


class LessonRows(QListWidget):
    """Chapters, lessons, broken files.

    Signals:
        opened(): Enter or a double click.
        typed(str): somebody began to type.
        numbered(int): a digit from 1 on, which may be meant for an answer.
        left(): Esc, while a filter holds.
    """

    opened = Signal()
    typed = Signal(str)
    numbered = Signal(int)
    left = Signal()

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self.filtered = False
        self.setObjectName("lessonList")
        self.setAccessibleName(self.tr("Lessons"))
        self.setItemDelegate(RowPainter(theme, self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        theme.changed.connect(self.viewport().update)

    def rows(self) -> list[QListWidgetItem]:
        """All of them: heads, lessons, broken files."""
        return [self.item(row) for row in range(self.count())]

    def add_head(self, text: str) -> None:
        """The name of a chapter."""
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def show_only(self, keys: set[str]) -> None:
        """These lessons and their chapters; broken files always."""
        head, any_shown = None, False
        for item in [*self.rows(), None]:
            if item is None or not (item.data(KEY) or item.data(BROKEN)):
                if head is not None:
                    head.setHidden(not any_shown)
                head, any_shown = item, False
                continue
            item.setHidden(bool(item.data(KEY)) and item.data(KEY) not in keys)
            any_shown = any_shown or not item.isHidden()
        current = self.currentItem()
        if current is not None and not current.isHidden():
            self.scrollToItem(current)
        self.viewport().update()

    def step(self, by: int) -> None:
        """Choose the next lesson (1) or the one before (-1), as far as the filter lets it through."""
        rows = [self.row(item) for item in self.rows() if item.data(KEY) and not item.isHidden()]
        here = self.currentRow()
        further = [row for row in rows if row > here] if by > 0 else [row for row in reversed(rows) if row < here]
        if further:
            self.setCurrentRow(further[0])
        elif rows and here not in rows:
            self.setCurrentRow(rows[-1 if by > 0 else 0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk over the lessons, Enter opens, letters go to the filter."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif plain and not self.filtered and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.numbered.emit(event.key() - Qt.Key.Key_0)
        elif plain and event.text().isalnum():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While a filter holds, Esc is for it and does not stop the run."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.filtered:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes other heights."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or why there are none."""
        super().paintEvent(event)
        if any(item.data(KEY) and not item.isHidden() for item in self.rows()):
            return
        text = (
            self.tr("No lesson has these words. Esc shows all.") if self.filtered else self.tr("Reading the lessons …")
        )
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().placeholderText().color())
        flags = int(Qt.AlignmentFlag.AlignCenter.value) | int(Qt.TextFlag.TextWordWrap.value)
        painter.drawText(self.viewport().rect().adjusted(8, 0, -8, 0), flags, text)
