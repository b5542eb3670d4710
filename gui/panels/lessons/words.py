"""Labels as the page uses them: a small head, plain words that wrap, a mark with words beside it."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.panels.lessons.buttons import set_flag
from workers.lessons.model import LEVELS

YES, NO = "✓", "✗"


def levels() -> dict[str, str]:
    """What is shown for each level."""
    translate = QCoreApplication.translate
    words = (translate("Lessons", "beginner"), translate("Lessons", "intermediate"), translate("Lessons", "advanced"))
    return dict(zip(LEVELS, words, strict=True))


def sentence(text: str) -> str:
    """With a large letter first."""
    return text[:1].upper() + text[1:]


class Words(QLabel):
    """Plain text that wraps; never HTML. `flags` are properties of the style sheet: head, muted, small, bad ..."""

    def __init__(self, text: str = "", *flags: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if name:
            self.setObjectName(name)
        for flag in flags:
            self.setProperty(flag, True)

    def minimumSizeHint(self) -> QSize:
        """One line: how many there are depends on the width, and a layout asks for that."""
        return QSize(0, self.fontMetrics().height() if self.text() else 0)

    def say(self, text: str, bad: bool = False, good: bool = False) -> None:
        """Show `text`, or nothing and take no room."""
        self.setText(text)
        set_flag(self, "bad", bad)
        set_flag(self, "good", good)
        self.setVisible(bool(text))


class Marked(QWidget):
    """A mark that says yes or no, words beside it, and under them smaller ones."""

    def __init__(self, mark: str, text: str, more: str = "", strong: bool = False, name: str = "") -> None:
        super().__init__()
        if name:
            self.setObjectName(name)
        self.sign, self.text, self.more = QLabel(mark), Words(text), Words(more, "muted", "small")
        self.sign.setObjectName("lessonMark")
        for flag, sign in (("good", YES), ("bad", NO)):
            set_flag(self.sign, flag, sign == mark)
        set_flag(self.text, "strong", strong)
        if not more:
            self.more.hide()  # not setVisible: what has no parent yet would be a window
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, 0, 1)
        grid.addWidget(self.more, 1, 1)


class Section(QWidget):
    """A small head with something under it; `fill` puts in another content."""

    def __init__(self, head: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.head = Words(head, "head")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self.head)

    def fill(self, *widgets: QWidget) -> None:
        """Show these under the head, in place of what was there."""
        while (item := self.column.takeAt(1)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self.column.addWidget(widget)
