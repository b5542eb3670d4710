"""The list of models: families that fold, models, and the reasons of those that cannot run."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from gui.controls.model_rows import COUNT, FAMILY, KEY, NEED, OPEN, REASON, RowDelegate
from gui.theme import ThemeSource
from gui.translations import sentence, told
from workers.contract.info import ModelInfo

LEAST_ROWS = 7
"""So many rows are in sight however little room there is."""
FAMILIES = ("One at a time", "Threads", "Processes", "asyncio", "Sub-interpreters", "Libraries")
"""From the simplest to the heaviest; families that are not among them follow."""


class ModelList(QListWidget):
    """Families fold by click; arrow keys walk over all models and unfold as they go.

    Signals:
        asked(str): a model that cannot run was clicked; its key.
        typed(str): somebody began to type.
        foldsChanged(): more or fewer rows are shown.
    """

    asked = Signal(str)
    typed = Signal(str)
    foldsChanged = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open: set[str] = set()
        self._by_hand = False
        """Whether a family was folded or unfolded by hand: then it stays so."""
        self._walked: set[str] = set()
        """Families that were walked into: without room for all, these are open. They must not fold under the mouse."""
        self._stale, self._form = True, 0
        """Whether folding is to be settled anew, and how high the form was when it was settled."""
        self._words: list[str] = []
        self.setObjectName("modelPicker")
        self.setAccessibleName(self.tr("Concurrency model"))
        self.setItemDelegate(RowDelegate(theme, self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.least())
        self.currentItemChanged.connect(self._reveal)
        theme.changed.connect(self.viewport().update)

    # ---- what stands in it -------------------------------------------------------------------------------------------
    def fill(self, models: Mapping[str, ModelInfo]) -> None:
        """Take these models, family by family. Nobody is told; the caller chooses one."""
        self.blockSignals(True)
        self.clear()
        known = {family: place for place, family in enumerate(FAMILIES)}
        found = dict.fromkeys(info.family for info in models.values())
        for family in sorted(found, key=lambda family: known.get(family, len(known))):
            own = {key: info for key, info in models.items() if info.family == family}
            head = QListWidgetItem(told(family))
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setData(FAMILY, family)
            head.setData(COUNT, len(own))
            self.addItem(head)
            for key, info in own.items():
                self._add(key, info)
        self.blockSignals(False)
        self._by_hand, self._stale = False, True
        self._walked = set()
        self._show_rows()

    def choose(self, key: str) -> bool:
        """Make `key` the chosen one. False where it is not in the list or cannot run."""
        for row, item in enumerate(self.rows()):
            if key and item.data(KEY) == key and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                if item is not self.currentItem():
                    self._walked, self._stale = set(), True
                    self.setCurrentRow(row)
                self.foldsChanged.emit()
                return True
        return False

    def _add(self, key: str, info: ModelInfo) -> None:
        item = QListWidgetItem(told(info.title))
        item.setData(KEY, key)
        item.setData(FAMILY, info.family)
        item.setData(REASON, info.unavailable)
        item.setData(NEED, self._need(info))
        about = sentence(info.unavailable) or told(info.summary)
        item.setToolTip(about)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, about)
        if info.unavailable:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _need(self, info: ModelInfo) -> str:
        """What a model lacks, short enough for its row."""
        first = next(iter(info.requires), "")
        name, sign, version = first.partition(">=")
        if sign and name == "python":
            return self.tr("needs Python {0}").format(version)
        return self.tr("not installed") if first else sentence(info.unavailable)

    def rows(self) -> list[QListWidgetItem]:
        """All of them: heads and models."""
        return [self.item(row) for row in range(self.count())]

    def matches(self) -> list[QListWidgetItem]:
        """The models that the filter lets through, the greyed ones too."""
        return [item for item in self.rows() if item.data(KEY) and self._passes(item)]

    # ---- folding and filtering ---------------------------------------------------------------------------------------
    def is_open(self, family: str) -> bool:
        """Whether the models of a family are shown; while a filter holds, all are."""
        return bool(self._words) or family in self._open

    def set_filter(self, text: str) -> None:
        """Show only models whose names or family have all the words of `text`."""
        self._words = text.casefold().split()
        self._show_rows()
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def fold(self, family: str, shut: bool, by_hand: bool = True) -> None:
        """Fold or unfold one family."""
        self._by_hand = self._by_hand or by_hand
        self._open = self._open - {family} if shut else self._open | {family}
        self._show_rows()

    def fold_all(self, shut: bool, by_hand: bool = True) -> None:
        """Unfold all families, or fold all but that of the chosen model."""
        self._by_hand = self._by_hand or by_hand
        self._open = self._chosen_family() if shut else {str(item.data(FAMILY)) for item in self.rows()}
        self._show_rows()

    def fit(self, room: int, form: int) -> None:
        """Take `room` pixels at most, in a form `form` pixels high.

        Until somebody folds by hand, the families that were walked into are open, and as many others as there is room for. That
        is settled when the list is filled and when the form has another height, not when something below it changes: rows must
        not move under the mouse.
        """
        if (self._stale or form != self._form) and not self._by_hand and not self._words:
            self._stale, self._form = False, form
            wanted = set(self._walked)
            for family in dict.fromkeys(str(item.data(FAMILY)) for item in self.rows()):
                # With something to spare: what stands below grows by a line now and then.
                if self._height_of(wanted | {family}) <= room - self.row_height():
                    wanted.add(family)
            if wanted != self._open:
                self._open = wanted
                self._show_rows(tell=False)
        least = self.least()
        self.setFixedHeight(max(least, self._whole_rows(room)))

    def _whole_rows(self, room: int) -> int:
        """As much of `room` as rows fill: where not all of them fit, none is cut in half."""
        metrics, used = self.fontMetrics(), 2
        for item in self.rows():
            if item.isHidden():
                continue
            height = RowDelegate.height(metrics, bool(item.data(KEY)))
            if used + height > room:
                break
            used += height
        return used

    def least(self) -> int:
        """The height it needs however little room there is."""
        return LEAST_ROWS * self.row_height() + 2

    def row_height(self) -> int:
        """Of a model's row in the present font."""
        return RowDelegate.height(self.fontMetrics(), True)

    def _chosen_family(self) -> set[str]:
        item = self.currentItem()
        return {str(item.data(FAMILY))} if item is not None else set()

    def _height_of(self, families: set[str]) -> int:
        shown = [item for item in self.rows() if not item.data(KEY) or item.data(FAMILY) in families]
        metrics = self.fontMetrics()
        return sum(RowDelegate.height(metrics, bool(item.data(KEY))) for item in shown) + 2

    def _passes(self, item: QListWidgetItem) -> bool:
        text = f"{item.text()} {item.data(KEY)} {item.data(FAMILY)} {told(item.data(FAMILY))}".casefold()
        return all(word in text for word in self._words)

    def _show_rows(self, tell: bool = True) -> None:
        seen = {item.data(FAMILY) for item in self.matches()}
        for item in self.rows():
            family = str(item.data(FAMILY))
            if item.data(KEY):
                item.setHidden(not self.is_open(family) or not self._passes(item))
            else:
                item.setHidden(family not in seen)
                item.setData(OPEN, self.is_open(family))
        if tell:
            self.foldsChanged.emit()

    def _reveal(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(FAMILY):
            self._walked = self._walked | {str(item.data(FAMILY))}
            # Not is_open: while a filter holds that is so for all, and this one must stay open when the filter goes.
            if str(item.data(FAMILY)) not in self._open:
                self.fold(str(item.data(FAMILY)), False, by_hand=False)
            self.scrollToItem(item)

    # ---- keys and mouse ----------------------------------------------------------------------------------------------
    def step(self, by: int) -> None:
        """Choose the next model (1) or the one before (-1), folded or not, as far as the filter lets it through."""
        able = [item for item in self.matches() if item.flags() & Qt.ItemFlag.ItemIsEnabled]
        rows = [self.row(item) for item in able]
        here = self.currentRow()
        further = [row for row in rows if row > here] if by > 0 else [row for row in reversed(rows) if row < here]
        if further:
            self.setCurrentRow(further[0])
        elif rows and here not in rows:
            self.setCurrentRow(rows[-1 if by > 0 else 0])

    def leap(self, last: bool) -> None:
        """Choose the first or the last model, folded or not, as far as the filter lets it through."""
        able = [item for item in self.matches() if item.flags() & Qt.ItemFlag.ItemIsEnabled]
        if able:
            self.setCurrentItem(able[-1 if last else 0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home and End walk, Left and Right fold and unfold, letters go to the filter."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.leap(event.key() == Qt.Key.Key_End)
        elif plain and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold_all(event.key() == Qt.Key.Key_Left)
        elif plain and event.text().isalnum():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A head folds its family; a greyed model is asked about; the others are chosen."""
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton and not item.data(KEY):
            if not self._words:
                self.fold(str(item.data(FAMILY)), self.is_open(str(item.data(FAMILY))))
        elif item is not None and item.data(REASON):
            self.asked.emit(str(item.data(KEY)))
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or why there are none."""
        super().paintEvent(event)
        text = ""
        if not self.count():
            text = self.tr("Asking Python what it can run ...")
        elif not self.matches():
            text = self.tr("No model is called so. Esc shows all.")
        if text:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, text)
