"""What a sweep is made of, chosen by boxes: models by name, and numbers."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QToolButton, QWidget

from gui.figures import grouped
from gui.flow import FlowLayout


class Boxes(QWidget):
    """A name and boxes to tick behind it, in as many rows as it takes. Those that are rarely wanted are behind "More".

    Signals:
        changed(): others are ticked.
    """

    changed = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title = title
        self._row = FlowLayout(self, gap=10)
        self._boxes: dict[str, QCheckBox] = {}
        self._rare: set[str] = set()
        label = QLabel(title)
        label.setProperty("muted", True)
        self._row.addWidget(label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.more = QToolButton()
        self.more.setObjectName(f"{name}More")
        self.more.setText(self.tr("More …"))
        self.more.setAccessibleName(self.tr("{0}: show all").format(title))
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_rare)
        self.more.hide()
        self._row.addWidget(self.more)

    def offer(self, items: Iterable[tuple[str, str, str]], ticked: Iterable[str], rare: Iterable[str] = ()) -> None:
        """What there is: (key, text, tooltip). Ticks that are still offered stay as they are."""
        before = {key: box.isChecked() for key, box in self._boxes.items()}
        for box in self._boxes.values():
            self._row.removeWidget(box)
            box.deleteLater()
        self._boxes.clear()
        self._row.removeWidget(self.more)
        self._rare, wanted = set(rare), set(ticked)
        for key, text, tip in items:
            box = QCheckBox(text, self)
            box.setObjectName(f"{self.objectName()}_{key}")
            box.setAccessibleName(f"{self._title}: {text}")
            box.setToolTip(tip)
            box.setChecked(before.get(key, key in wanted))
            box.toggled.connect(lambda _on=False: self.changed.emit())
            self._boxes[key] = box
            self._row.addWidget(box)
        self._row.addWidget(self.more)
        self.more.setVisible(bool(self._rare & set(self._boxes)))
        self._show_rare(self.more.isChecked())

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys of those that are ticked."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def tick(self, keys: Sequence[str]) -> None:
        """Tick these and no others."""
        for key, box in self._boxes.items():
            box.setChecked(key in keys)

    def _show_rare(self, shown: bool) -> None:
        for key, box in self._boxes.items():
            box.setVisible(shown or key not in self._rare or box.isChecked())
        self.updateGeometry()


class NumberBoxes(Boxes):
    """Whole numbers to tick."""

    def offer_numbers(self, numbers: Sequence[int], ticked: Sequence[int]) -> None:
        """What there is."""
        self.offer([(str(n), grouped(n), "") for n in numbers], map(str, ticked))

    @property
    def numbers(self) -> tuple[int, ...]:
        """Those that are ticked."""
        return tuple(map(int, self.ticked))
