"""The list of models, grouped by family, and one line of explanation of the chosen one."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.controls.row import Fault
from gui.style import off
from gui.theme import ThemeSource
from workers.contract.info import ModelInfo

KEY, REASON = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ROW, _HEAD = 25, 20
_ORDER = {"none": 0, "threads": 1, "processes": 2}


class _Delegate(QStyledItemDelegate):
    """Paints heads, models and the reasons of those that cannot run."""

    def __init__(self, theme: ThemeSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Fixed heights, scaled with the font."""
        scale = max(1.0, option.fontMetrics.height() / 16)
        return QSize(0, round((_ROW if index.data(KEY) else _HEAD) * scale))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """A head in small muted type; a model with a bar at the left where it is the chosen one."""
        theme = self._theme.theme
        rect = QRectF(option.rect)
        state = option.state
        font = QFont(option.font)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if not index.data(KEY):
            font.setPixelSize(max(1, round(font.pixelSize() * 11 / 13)))
            painter.setFont(font)
            painter.setPen(QColor(theme.muted))
            painter.drawText(rect.adjusted(0, 3, 0, 0), left, text)
            painter.restore()
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = state & QStyle.StateFlag.State_MouseOver and state & QStyle.StateFlag.State_Enabled
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(rect.adjusted(0, 0.5, -0.5, -0.5), 6, 6)
        if selected:
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 5, 3, rect.height() - 10), 1.5, 1.5)
            font.setWeight(QFont.Weight.DemiBold)
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QColor(theme.accent))
                painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(font)
        reason = index.data(REASON)
        painter.setPen(QColor(off(theme) if reason else theme.text))
        painter.drawText(rect.adjusted(12, 0, -8, 0), left, text)
        if reason:
            width = painter.fontMetrics().horizontalAdvance(text)
            room = rect.adjusted(24 + width, 0, -8, 0)
            font.setPixelSize(max(1, round(font.pixelSize() * 11 / 13)))
            painter.setFont(font)
            shown = painter.fontMetrics().elidedText(str(reason), Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        painter.restore()


class _List(QListWidget):
    """As tall as its rows; says so where it is empty."""

    def sizeHint(self) -> QSize:
        """The height of all rows."""
        height = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(200, height + 2 if height else 10 * _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or what is being waited for."""
        super().paintEvent(event)
        if not self.count():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(
                self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Asking Python what it can run ...")
            )


class ModelPicker(QWidget):
    """Which model.

    Signals:
        changed(str): the key of the model chosen.
    """

    changed = Signal(str)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: Mapping[str, ModelInfo] = {}
        self.list = _List()
        self.list.setObjectName("modelPicker")
        self.list.setAccessibleName(self.tr("Concurrency model"))
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for set_policy in (self.list.setVerticalScrollBarPolicy, self.list.setHorizontalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.currentItemChanged.connect(self._moved)
        theme.changed.connect(self.list.viewport().update)
        self.summary = QLabel()
        self.summary.setObjectName("modelSummary")
        self.summary.setProperty("muted", True)
        self.summary.setProperty("small", True)
        self.summary.setWordWrap(True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.fault = Fault()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.list)
        layout.addWidget(self.summary)
        layout.addWidget(self.fault)

    def show_models(self, models: Mapping[str, ModelInfo]) -> None:
        """Fill the list, from the simplest family to the heaviest, keeping the choice where it still exists."""
        chosen = self.key()
        self._models = models
        self.list.blockSignals(True)
        self.list.clear()
        light_first = sorted(models.values(), key=lambda info: _ORDER.get(info.workers_are, len(_ORDER)))
        for family in dict.fromkeys(info.family for info in light_first):
            head = QListWidgetItem(family)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(head)
            for key, info in models.items():
                if info.family == family:
                    self._add(key, info)
        self.list.blockSignals(False)
        self.list.updateGeometry()
        self.choose(
            chosen if chosen in models else next((key for key, info in models.items() if not info.unavailable), "")
        )

    def _add(self, key: str, info: ModelInfo) -> None:
        item = QListWidgetItem(info.title)
        item.setData(KEY, key)
        item.setData(REASON, info.unavailable)
        item.setToolTip(info.unavailable or info.summary)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, info.unavailable or info.summary)
        if info.unavailable:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def key(self) -> str:
        """The chosen model's key; empty before there is a list."""
        item = self.list.currentItem()
        return str(item.data(KEY) or "") if item is not None else ""

    def title(self) -> str:
        """The chosen model's name; empty before there is a list."""
        item = self.list.currentItem()
        return item.text() if item is not None else ""

    def choose(self, key: str) -> bool:
        """Select `key`. False where it is not in the list or cannot run."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(KEY) == key and key and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(row)
                return True
        return False

    def say(self, text: str) -> None:
        """Show what is wrong with the choice, or nothing."""
        self.fault.say(text)

    def _moved(self) -> None:
        info = self._models.get(self.key())
        if info is not None:
            self.summary.setText(info.summary)
            self.say("")
            self.changed.emit(self.key())
