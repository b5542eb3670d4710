"""Asks before a worker is broken, and says what will come of it. Does not block the window."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

WIDTH_EM = 34


class BreakPage(QDialog):
    """A question with its consequences.

    Signals:
        confirmed(bool): do it; whether no more questions are wanted until the window is closed.
    """

    confirmed = Signal(bool)

    def __init__(self, question: str, deed: str, outcome: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("breakPage")
        self.setWindowTitle(self.tr("Break it"))
        headline = self._label("breakQuestion", question)
        headline.setProperty("strong", True)
        what = self._label("breakDeed", deed)
        head = self._label("breakOutcomeHead", self.tr("What will happen"))
        head.setProperty("head", True)
        then = self._label("breakOutcome", outcome)
        self.quiet = QCheckBox(self.tr("Do not ask again until I close the window"))
        self.quiet.setObjectName("breakQuiet")
        self.quiet.setAccessibleName(self.quiet.text())
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setObjectName("breakCancel")
        self.cancel.setAccessibleName(self.cancel.text())
        self.cancel.clicked.connect(self.reject)
        self.go = QPushButton(button)
        self.go.setObjectName("breakConfirm")
        self.go.setAccessibleName(question)
        self.go.setProperty("primary", True)
        self.go.setDefault(True)
        self.go.clicked.connect(self._confirm)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.go)
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(8)
        for label in (headline, what):
            body.addWidget(label)
        body.addSpacing(6)
        for label in (head, then):
            body.addWidget(label)
        body.addSpacing(6)
        body.addWidget(self.quiet)
        body.addSpacing(4)
        body.addLayout(buttons)
        self.setFixedWidth(WIDTH_EM * self.fontMetrics().height())
        self.setAccessibleDescription(" ".join((question, deed, outcome)))
        self.go.setFocus()

    def event(self, event: QEvent) -> bool:
        """Esc belongs to the question while it has the keyboard, not to Stop."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def _label(self, name: str, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _confirm(self) -> None:
        self.confirmed.emit(self.quiet.isChecked())
        self.done(QDialog.DialogCode.Accepted)
