"""The file's source with the bar above it that asks whether it is trusted."""

import os

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.highlight import Span
from gui.panels.code_view import CodeView
from gui.panels.lessons.buttons import set_flag
from gui.theme import ThemeSource
from workers.contract.functions import FileFunctions


class TrustBar(QFrame):
    """Says whether the file shown may be imported, and asks.

    Signals:
        trusted(bool): it may, from now on; and whether it is to be run at once.
    """

    trusted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trustBar")
        self.mark = QLabel()
        self.mark.setObjectName("bannerMark")
        self.words = QLabel()
        self.words.setObjectName("trustWords")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.look = self._button("trustButton", self.tr("Trust and check"))
        self.look.setToolTip(
            self.tr("Imports the file and calls the function a few times, to say what is to be known of it")
        )
        self.run = self._button("trustRunButton", self.tr("Trust and run"))
        self.run.setToolTip(self.tr("Imports the file and runs the function for all inputs"))
        self.look.clicked.connect(lambda: self.trusted.emit(False))
        self.run.clicked.connect(lambda: self.trusted.emit(True))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.look)
        buttons.addWidget(self.run)
        buttons.addStretch(1)
        text = QHBoxLayout()
        text.setSpacing(8)
        text.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        text.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(text)
        layout.addLayout(buttons)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        return button

    def show_trust(self, name: str, trusted: bool, changed: bool, ready: bool) -> None:
        """`changed`: it was trusted as it was before. `ready`: there is a function that could be called."""
        self.mark.setText("✓" if trusted else "!")
        set_flag(self.mark, "warn", not trusted)
        if trusted:
            self.words.setText(
                self.tr("{0} is trusted. It is imported in another process, never in this window.").format(name)
            )
        elif changed:
            self.words.setText(
                self.tr("{0} was changed since you trusted it. Read it again before it is imported.").format(name)
            )
        else:
            self.words.setText(
                self.tr(
                    "{0} was never run from here. Read it: whoever runs it lets it do what it likes with your files."
                ).format(name)
            )
        set_flag(self.words, "muted", trusted)
        for button in (self.look, self.run):
            button.setVisible(not trusted)
            button.setEnabled(ready)


class SourceCard(QFrame):
    """The source of the file, at the function that is chosen."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceCard")
        self.setProperty("card", True)
        self.head = QLabel(self.tr("SOURCE"))
        self.head.setProperty("head", True)
        self.place = QLabel()
        self.place.setObjectName("sourcePlace")
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight)
        for flag in ("muted", "small"):
            self.place.setProperty(flag, True)
        self.trust = TrustBar()
        self.code = CodeView(theme)
        self.code.setObjectName("sourceText")
        self.code.setAccessibleName(self.tr("Source of your file"))
        self.empty = QLabel(
            self.tr(
                "Drop a Python file anywhere on the window, or press Ctrl+O.\n\nIt is shown here first, and nothing of it runs."
            )
        )
        self.empty.setObjectName("sourceEmpty")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("muted", True)
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addWidget(self.place, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.trust)
        layout.addWidget(self.code, 1)
        layout.addWidget(self.empty, 1)
        self.show_nothing("")

    def show_nothing(self, fault: str) -> None:
        """There is no file; or it cannot be shown, for this reason."""
        for widget in (self.trust, self.code):
            widget.hide()
        self.place.setText("")
        if fault:
            self.empty.setText(f"✕ {fault}")
        self.empty.show()

    def show_file(self, found: FileFunctions, lines: list[list[Span]]) -> None:
        """Show a file; `lines`: what its parts are."""
        self.empty.hide()
        for widget in (self.trust, self.code):
            widget.show()
        self.place.setText(os.path.basename(found.path))
        self.place.setToolTip(found.path)
        self.code.show_code(found.source, lines)

    def show_function(self, line: int) -> None:
        """Bring the function that begins in this line, from 1, to the top."""
        block = self.code.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            self.code.setTextCursor(QTextCursor(block))
            self.code.verticalScrollBar().setValue(block.firstLineNumber())
