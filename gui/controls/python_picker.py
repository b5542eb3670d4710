"""Which interpreter carries the run: those found, and any whose path is given."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from gui.combo import Combo
from gui.controls.row import Row
from gui.gil import version
from gui.theme import ThemeSource
from workers.contract.info import PythonInfo

DETAIL = Qt.ItemDataRole.UserRole + 1
_GAP, _WIDEST = 36, 620
"""Between a version and its detail, with the list's own margins; and how wide the list may become."""


class _Line(QStyledItemDelegate):
    """A version, with what kind of build it is at the right end."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The version as the style draws it, then the detail."""
        super().paint(painter, option, index)
        painter.setPen(QColor(self._theme.theme.muted))
        metrics = option.fontMetrics
        rect = option.rect.adjusted(_GAP + metrics.horizontalAdvance(str(index.data() or "")), 0, -10, 0)
        text = metrics.elidedText(str(index.data(DETAIL) or ""), Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


class PythonPicker(Row):
    """The interpreters in a combo box, and a button for another one.

    Signals:
        chosen(object): another one was picked, a path or None for the program's own.
    """

    chosen = Signal(object)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        self.box = Combo()
        self.other = QToolButton()
        head, name = QWidget(), QLabel()
        super().__init__(head, self.box, parent=parent)
        tip = self.tr("The interpreter that carries the run.")
        name.setText(self.tr("Python"))
        name.setProperty("muted", True)
        name.setToolTip(tip)
        name.setBuddy(self.box)
        self.box.setObjectName("pythonPicker")
        self.box.setAccessibleName(self.tr("Python interpreter"))
        self.box.setAccessibleDescription(tip)
        self.box.setItemDelegate(_Line(theme, self.box))
        self.box.addItem(self.tr("this one"), None)
        self.other.setObjectName("otherPython")
        self.other.setText("…")
        self.other.setAccessibleName(self.tr("Other Python"))
        self.other.setToolTip(self.tr("Other …: give the path of a Python"))
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(name)
        line.addWidget(self.other)
        line.addStretch(1)
        self.box.currentIndexChanged.connect(self._picked)
        self.other.clicked.connect(self.ask)

    def path(self) -> str | None:
        """The interpreter shown: a path, or None for the program's own."""
        chosen: str | None = self.box.currentData()
        return chosen

    def show_pythons(self, pythons: list[PythonInfo], own: str) -> None:
        """List them; `own` is the path of the program's, which comes first."""
        chosen, first = self.path(), self.box.itemText(0)
        self.box.blockSignals(True)
        self.box.clear()
        mine = next((info for info in pythons if info.executable == own), None)
        self.box.addItem(words(mine) if mine else first, None)
        if mine is not None:
            self._detail(0, mine, self.tr("this one"))
        for info in pythons:
            if info.executable != own:
                self.box.addItem(words(info), info.executable)
                self._detail(self.box.count() - 1, info)
        self.show_path(chosen)
        self._widen()

    def show_path(self, python: str | None) -> None:
        """Show which interpreter is in use; nobody is told."""
        self.box.blockSignals(True)
        index = self.box.findData(python)
        if index < 0:
            self.box.addItem(str(python), python)
            index = self.box.count() - 1
        self.box.setCurrentIndex(index)
        self.box.blockSignals(False)
        self._tip()

    def show_answer(self, info: PythonInfo) -> None:
        """The interpreter in use said what it is."""
        self._detail(self.box.currentIndex(), info, self.tr("this one") if self.path() is None else "")
        self.box.setItemText(self.box.currentIndex(), words(info))
        self._tip()

    def forget(self, python: str | None) -> None:
        """Take an interpreter that does not answer out of the list, where it was not found but named."""
        index = self.box.findData(python)
        if python is not None and index > 0 and not self.box.itemData(index, DETAIL):
            self.box.blockSignals(True)
            self.box.removeItem(index)
            self.box.blockSignals(False)

    def ask(self) -> None:
        """Let the user name another one."""
        path = self.choose_file()
        if path:
            self.pick(path)

    def pick(self, path: str) -> None:
        """Choose the interpreter at `path`, listed or not."""
        before = self.path()
        self.show_path(path)
        if path != before:
            self._picked()

    def choose_file(self) -> str:
        """Ask for a file; empty for none. Tests put another function here."""
        return QFileDialog.getOpenFileName(self, self.tr("Choose a Python 3.11 or later"), "")[0]

    def _picked(self) -> None:
        self.say("")
        self._tip()
        self.chosen.emit(self.path())

    def _widen(self) -> None:
        """Make the list as wide as its longest line, within reason."""
        metrics = self.fontMetrics()
        lines = [f"{self.box.itemText(i)}{self.box.itemData(i, DETAIL) or ''}" for i in range(self.box.count())]
        self.box.view().setMinimumWidth(min(_WIDEST, max(map(metrics.horizontalAdvance, lines)) + _GAP + 28))

    def _tip(self) -> None:
        tip = self.box.itemData(self.box.currentIndex(), Qt.ItemDataRole.ToolTipRole)
        self.box.setToolTip(str(tip or self.tr("The interpreter that carries the run.")))

    def _detail(self, index: int, info: PythonInfo, what: str = "") -> None:
        kind = self.tr("free-threaded") if info.free_threaded else ""
        self.box.setItemData(index, "   ".join(filter(None, (kind, what or info.executable))), DETAIL)
        lines = [info.executable]
        if info.free_threaded:
            lines.append(self.tr("A free-threaded build: its threads need not share a GIL."))
        self.box.setItemData(index, "\n".join(lines), Qt.ItemDataRole.ToolTipRole)


def words(info: PythonInfo) -> str:
    """Version and GIL; a free-threaded build has the t that its command has."""
    name = version(info) if info.implementation == "cpython" else f"{info.implementation} {version(info)}"
    if info.gil:
        return QCoreApplication.translate("PythonPicker", "{0}, GIL on").format(name)
    return QCoreApplication.translate("PythonPicker", "{0}, GIL off").format(name)
