"""LessonList: the lessons by chapter, with how far each was taken, a filter, and the files that are broken."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.keyboard import HandsOn
from gui.panels.lessons.buttons import LinkButton
from gui.panels.lessons.lines import LONGEST
from gui.panels.lessons.painter import BROKEN, KEY, LEVEL, POINT, STAGE
from gui.panels.lessons.progress import Stage
from gui.panels.lessons.rows import LessonRows
from gui.panels.lessons.search import is_point, matches, rank
from gui.panels.lessons.words import Words, levels
from gui.theme import ThemeSource
from workers.contract.info import BrokenFile
from workers.lessons.model import LEVELS, Lesson

WIDTH = 296
"""At the usual size, as the choice in Explore."""
LONG = 80
"""Letters of a title that may be cut."""


@dataclass(frozen=True)
class Entry:
    """A line of the list."""

    lesson: Lesson
    chapter: str
    """As the head says it: in one language for all of a chapter."""
    stage: Stage
    skipped: bool = False


class LessonList(HandsOn, QFrame):
    """Which lesson.

    Signals:
        chosen(str): the key of a lesson.
        opened(): Enter: on to the page.
        numbered(int): a digit, which may be meant for an answer.
    """

    chosen = Signal(str)
    opened = Signal()
    numbered = Signal(int)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonPanel")
        self.setProperty("card", True)
        self._entries: dict[str, Entry] = {}
        self.head = Words(self.tr("LESSONS"), "head")
        self.count = Words("", "muted", "small", name="lessonCount")
        self.broken = LinkButton(theme, "lessonBroken", self.tr("Could not be read"))
        self.broken.clicked.connect(self._show_broken)
        self.broken.hide()
        self._picked = False
        """Whether somebody walked to a lesson since the filter was changed."""
        self.filter = QLineEdit()
        self.filter.setObjectName("lessonFilter")
        self.filter.setAccessibleName(self.tr("Filter lessons"))
        self.filter.setPlaceholderText(self.tr("Filter  /"))
        self.filter.setToolTip(
            self.tr(
                "Words of the title or the text, or a point such as T9 (Ctrl+F or /). "
                "Arrow keys choose, Enter opens, Esc shows all."
            )
        )
        self.filter.setClearButtonEnabled(True)
        clear = self.filter.findChild(QToolButton)
        if clear is not None:
            clear.setObjectName("lessonFilterClear")
            clear.setAccessibleName(self.tr("Show all lessons"))
        self.list = LessonRows(theme)
        self.keyboard = self.list
        self.filter.textChanged.connect(self._filtered)
        self.filter.installEventFilter(self)
        self.list.currentItemChanged.connect(self._moved)
        self.list.opened.connect(self.opened)
        self.list.typed.connect(self.begin)
        self.list.numbered.connect(self.numbered)
        self.list.left.connect(self.filter.clear)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.head, 1)
        line.addWidget(self.filter, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 8, 6, 8)
        outer.setSpacing(6)
        line.setContentsMargins(0, 0, 8, 0)
        outer.addLayout(line)
        outer.addWidget(self.broken)
        outer.addWidget(self.list, 1)
        outer.addWidget(self.count)

    def show_lessons(self, entries: Sequence[Entry], broken: Sequence[BrokenFile]) -> None:
        """Fill the list, keeping the choice where it still exists. Nobody is told."""
        key = self.key()
        self._entries = {entry.lesson.key: entry for entry in entries}
        self.list.blockSignals(True)
        self.list.clear()
        chapter = ""
        for entry in entries:
            if entry.chapter != chapter:
                chapter = entry.chapter
                self.list.add_head(chapter)
            item = QListWidgetItem(entry.lesson.title)
            item.setData(KEY, entry.lesson.key)
            item.setData(POINT, entry.lesson.point if is_point(entry.lesson.point) else "")
            item.setData(LEVEL, LEVELS.index(entry.lesson.level))
            self.list.addItem(item)
            self._dress(item, entry)
        if broken:
            self.list.add_head(self.tr("Could not be read"))
        for file in broken:
            self._add_broken(file)
        self._tell_broken(len(broken))
        self.list.blockSignals(False)
        self.choose(key)
        self._filtered(self.filter.text())
        self._tell_count()

    def show_stage(self, key: str, stage: Stage, skipped: bool) -> None:
        """A lesson was taken further."""
        entry = self._entries.get(key)
        if entry is None or (entry.stage, entry.skipped) == (stage, skipped):
            return
        self._entries[key] = entry = Entry(entry.lesson, entry.chapter, stage, skipped)
        for item in self.list.rows():
            if item.data(KEY) == key:
                self._dress(item, entry)
        self._tell_count()

    def key(self) -> str:
        """The chosen lesson's key; empty where there is none."""
        item = self.list.currentItem()
        return str(item.data(KEY) or "") if item is not None else ""

    def choose(self, key: str) -> bool:
        """Select a lesson, telling nobody. False where it is not in the list."""
        item = next((item for item in self.list.rows() if key and item.data(KEY) == key), None)
        if item is not None:
            self.list.blockSignals(True)
            self.list.setCurrentItem(item)
            self.list.blockSignals(False)
            self.list.scrollToItem(item)
            self.list.viewport().update()
        return item is not None

    def focus_filter(self) -> None:
        """Bring the keyboard to the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def shown(self) -> list[str]:
        """Keys of the lessons that the filter lets through, in their order."""
        return [str(item.data(KEY)) for item in self.list.rows() if item.data(KEY) and not item.isHidden()]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter: arrows choose, Enter takes the first match, Esc shows all again and does not stop the run."""
        if not isinstance(event, QKeyEvent) or watched is not self.filter:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if not self._take_nearest():
                self.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.filter.clear()
            self.list.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.shown():
                self._take_nearest()
                self.filter.clear()
                self.opened.emit()
        else:
            return super().eventFilter(watched, event)
        return True

    # ---- inside ------------------------------------------------------------------------------------------------------
    def _dress(self, item: QListWidgetItem, entry: Entry) -> None:
        """How far it was taken: a sign for the eye, words for the tooltip and a screen reader."""
        far = {
            Stage.FRESH: self.tr("not begun"),
            Stage.ANSWERED: self.tr("question skipped") if entry.skipped else self.tr("answered"),
            Stage.UNDERSTOOD: self.tr("understood"),
        }[entry.stage]
        lesson = entry.lesson
        words = [lesson.point if is_point(lesson.point) else "", levels()[lesson.level], far]
        item.setData(STAGE, entry.stage.value)
        # A title that is cut is there in full.
        whole = lesson.title[:LONGEST] if len(lesson.title) > LONG else ""
        item.setToolTip("   ·   ".join(filter(None, (whole, *words))))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, (lesson.title, *words))))

    def _add_broken(self, file: BrokenFile) -> None:
        """Short here, the whole sentence with its path in the tooltip."""
        item = QListWidgetItem(file.error.replace(file.path, Path(file.path).name))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setData(BROKEN, True)
        item.setToolTip(file.error)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, self.tr("Broken lesson: {0}").format(file.error))
        self.list.addItem(item)

    def _tell_count(self) -> None:
        understood = sum(entry.stage is Stage.UNDERSTOOD for entry in self._entries.values())
        self.count.say(self.tr("{0} of {1} understood").format(understood, len(self._entries)) if self._entries else "")

    def _filtered(self, text: str) -> None:
        self.list.show_only({key for key, entry in self._entries.items() if matches(entry.lesson, entry.chapter, text)})
        self.list.filtered = bool(text.strip())
        self._picked = False

    def begin(self, text: str) -> None:
        """Look for what begins like that."""
        self.filter.setFocus()
        self.filter.setText(text)

    def _take_nearest(self) -> bool:
        """Choose the lesson that is nearest to what is looked for, unless somebody walks over them already. Whether it did."""
        text, found = self.filter.text(), self.shown()
        if self._picked or not text.strip() or not found:
            return False
        self._picked = True
        nearest = min(found, key=lambda key: rank(self._entries[key].lesson, text))  # the first of those as near
        if nearest != self.key():
            self.choose(nearest)
            self.chosen.emit(nearest)
        return True

    def _tell_broken(self, count: int) -> None:
        """A calm line at the top: the files themselves stand at the end."""
        text = self.tr("{0} files could not be read").format(count)
        if count == 1:
            text = self.tr("1 file could not be read")
        self.broken.set_words(f"✕ {text}")
        self.broken.setToolTip(self.tr("Go to the end of the list, where it says why"))
        self.broken.setVisible(count > 0)

    def _show_broken(self) -> None:
        """Bring the first of them into sight."""
        first = next((item for item in self.list.rows() if item.data(BROKEN)), None)
        if first is not None:
            self.list.scrollToItem(first, LessonRows.ScrollHint.PositionAtTop)

    def _moved(self) -> None:
        if self.key():
            self.chosen.emit(self.key())
