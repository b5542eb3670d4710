"""Which workload: titles with what bounds them; those that the chosen model cannot run are grey."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QWidget

from gui.combo import Combo
from gui.translations import sentence, told
from workers.contract.info import ModelInfo, WorkloadInfo, refuse

BOUNDS = ("CPU in Python", "CPU in C", "memory", "waiting", "coordination")
"""What bounds a workload, in the order in which they are listed; others follow."""
SEPARATOR = "  ·  "
_MARGIN = 40


class WorkloadPicker(Combo):
    """A combo box of workloads; its data are their keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workloads: Mapping[str, WorkloadInfo] = {}
        self._model: ModelInfo | None = None
        self.setObjectName("workloadPicker")
        self.setAccessibleName(self.tr("Workload"))

    def show_workloads(self, workloads: Mapping[str, WorkloadInfo]) -> None:
        """List these: by what bounds them, then by title."""
        self._workloads = workloads
        self.clear()
        places = {bound: place for place, bound in enumerate(BOUNDS)}
        for key, info in sorted(
            workloads.items(), key=lambda pair: (places.get(pair[1].bound, len(BOUNDS)), pair[1].title.casefold())
        ):
            self.addItem(f"{told(info.title)}{SEPARATOR}{told(info.bound)}", key)

    def brief(self, text: str) -> str:
        """The title; what bounds it stands in the open list."""
        return text.partition(SEPARATOR)[0]

    def showPopup(self) -> None:
        """Open the list, wide enough for its longest line."""
        texts = [self.itemText(index) for index in range(self.count())]
        widest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
        self.view().setMinimumWidth(max(self.width(), widest + _MARGIN))
        super().showPopup()

    def show_model(self, model: ModelInfo) -> None:
        """Grey what this model cannot run, with the reason."""
        self._model = model
        rows = self.model()
        for index in range(self.count()):
            key = self.itemData(index)
            reason = self.refusal(key)
            if isinstance(rows, QStandardItemModel):
                rows.item(index).setEnabled(not reason)
            self.setItemData(index, reason or told(self._workloads[key].summary), Qt.ItemDataRole.ToolTipRole)

    def refusal(self, key: str) -> str:
        """Why the chosen model cannot run a workload; empty where it can."""
        info = self._workloads.get(key)
        return sentence(refuse(self._model, info)) if self._model is not None and info is not None else ""
