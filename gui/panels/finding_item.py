"""FindingItem: one finding with its numbers, what to do, and when it would be wrong."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.flow import FlowLayout
from gui.panels.finding_words import Told
from workers.insight.findings import Finding


class FindingItem(QWidget):
    """Its widgets stay while its words change, so that nothing jumps and the focus is kept.

    Signals:
        lookAsked(str): show the part with this object name.
        tryAsked(object): the fields of a RunConfig to change.
    """

    lookAsked = Signal(str)
    tryAsked = Signal(object)

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._finding: Finding | None = None
        self.told: Told | None = None
        """What it says; None before it was given a finding."""
        self.setObjectName(f"finding_{key}")
        self._title, self._text, self._figures, self._next, self._wrong = (
            self._label(part, *flags)
            for part, *flags in (
                ("Title", "strong"),
                ("Text", "muted"),
                ("Figures", "muted", "small"),
                ("Next",),
                ("Wrong", "muted", "small"),
            )
        )
        self._wrong.hide()
        self.look = self._button("Look", self.tr("Show me"))
        self.do = self._button("Try", self.tr("Try it"))
        self.fold = self._button("Fold", self.tr("When would this be wrong?"))
        for button in (self.look, self.do):
            button.setProperty("compact", True)
        self.fold.setProperty("link", True)
        self.fold.setCheckable(True)
        self.look.clicked.connect(self.ask_look)
        self.do.clicked.connect(self.ask_try)
        self.fold.toggled.connect(self._wrong.setVisible)
        row = FlowLayout(gap=8)
        for button in (self.look, self.do, self.fold):
            row.addWidget(button)
        keeper = QHBoxLayout()
        keeper.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for widget in (self._title, self._text, self._figures, self._next):
            column.addWidget(widget)
        column.addLayout(keeper)
        column.addWidget(self._wrong)

    def _label(self, part: str, *flags: str) -> QLabel:
        label = QLabel()
        label.setObjectName(f"finding{part}")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
        for flag in flags:
            label.setProperty(flag, True)
        return label

    def _button(self, part: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"finding{part}_{self.key}")
        button.setAutoDefault(False)
        return button

    def show_finding(self, finding: Finding, told: Told) -> None:
        """Show this one; it has the same id."""
        self._finding = finding
        if told == self.told:
            return
        self.told = told
        for label, text in (
            (self._title, told.title),
            (self._text, told.text),
            (self._figures, told.figures),
            (self._next, told.next),
            (self._wrong, told.wrong_if),
        ):
            label.setText(text)
        self.do.setVisible(self.can_try)
        self.look.setAccessibleName(self.tr("Show me: {title}").format(title=told.title))
        self.do.setAccessibleName(self.tr("Try it: {text}").format(text=told.next))
        self.do.setToolTip(self.tr("Sets this up on the left; nothing runs before you press Run."))
        self.fold.setAccessibleName(self.tr("When would this be wrong? {title}").format(title=told.title))
        self.fold.setAccessibleDescription(told.wrong_if)
        self.setAccessibleName(told.title)
        self.setAccessibleDescription(told.plain())

    def words(self) -> str:
        """All that it says."""
        return self.told.plain() if self.told is not None else ""

    @property
    def can_try(self) -> bool:
        """Whether it offers another run."""
        return self._finding is not None and bool(self._finding.change)

    def ask_look(self) -> None:
        """Have the chart shown that it points at."""
        if self._finding is not None:
            self.lookAsked.emit(self._finding.look)

    def ask_try(self) -> None:
        """Have set up what it offers, where it offers something."""
        if self._finding is not None and self._finding.change:
            self.tryAsked.emit(dict(self._finding.change))
