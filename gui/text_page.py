"""A page of text to read and to copy: what a crash left, what a host wrote. Does not block the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gui.figures import monospace


class TextPage(QDialog):
    """A headline, the text as it is, and two buttons."""

    def __init__(self, name: str, title: str, headline: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.headline = QLabel(headline)
        self.headline.setWordWrap(True)
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(monospace(self.font()))
        self.text.setObjectName(f"{name}Text")
        self.text.setAccessibleName(title)
        self.copy = QPushButton(self.tr("Copy all"))
        self.copy.setObjectName(f"{name}Copy")
        self.copy.setAccessibleName(self.tr("Copy all of the text"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        shut = QPushButton(self.tr("Close"))
        shut.setObjectName(f"{name}Close")
        shut.setAccessibleName(shut.text())
        shut.setDefault(True)
        shut.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.copy)
        buttons.addWidget(shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.headline)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)
        scale = self.fontMetrics().height() / 16
        self.resize(round(720 * scale), round(440 * scale))
