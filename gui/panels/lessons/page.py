"""LessonPage: one lesson from its text to what its runs showed. It draws a View and says what was asked for; it decides nothing."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gui.panels.lessons.explained import Explained
from gui.panels.lessons.footer import Footer
from gui.panels.lessons.lines import brief
from gui.panels.lessons.markdown import MarkdownView
from gui.panels.lessons.question import QuestionBox
from gui.panels.lessons.result import Comparison, ResultBox
from gui.panels.lessons.search import is_point
from gui.panels.lessons.view import View
from gui.panels.lessons.words import Words, levels
from gui.theme import ThemeSource

WIDTH = 360
"""That it likes to have at the usual size; it works from 300 on."""
MARGIN = 16


class LessonPage(QFrame):
    """The lesson at the right.

    Signals:
        answered(int): an answer was chosen; its place, from 0.
        skipped(): the question is not to be asked.
        runAsked(str): a configuration is to be run; its name.
        lookAsked(): show what there is to look at.
        exploreAsked(): take the configuration to Explore.
        pythonAsked(str): run the configuration of that name by the interpreter that can.
        overAsked(): begin the lesson anew.
        stepAsked(int): on to the next lesson (1), or back (-1).
    """

    answered = Signal(int)
    skipped = Signal()
    runAsked = Signal(str)
    lookAsked = Signal()
    exploreAsked = Signal()
    pythonAsked = Signal(str)
    overAsked = Signal()
    stepAsked = Signal(int)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonPage")
        self.setAccessibleName(self.tr("Lesson"))
        self.setProperty("card", True)
        self._view: View | None = None
        self.kind = Words("", "muted", "small", name="lessonKind")
        self.title = Words("", "title", name="lessonTitle")
        self.missing = Words("", "muted", "small", name="lessonMissing")
        self.back = _arrow("lessonBack", "‹", self.tr("Previous lesson"))
        self.forth = _arrow("lessonForth", "›", self.tr("Next lesson"))
        self.before = MarkdownView(theme, "lessonBefore", self.tr("Before the run"))
        self.question = QuestionBox(theme)
        self.result = ResultBox()
        self.comparison = Comparison()
        self.explained = Explained(theme)
        self.foot = Footer(theme)
        self.empty = Words("", "muted", name="lessonEmpty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self._connect()
        self.show_nothing(self.tr("Choose a lesson on the left."))

    def show_nothing(self, words: str) -> None:
        """No lesson, and why."""
        self._view = None
        self.empty.setText(words)
        for part in (self._top, self.area, self.foot):
            part.hide()
        self.empty.show()

    def show_view(self, view: View) -> None:
        """Show a lesson, or where one stands in it now."""
        before, self._view = self._view, view
        self._show_head(view)
        self.before.show_text(view.lesson.before)
        for part in (self.question, self.result, self.comparison, self.explained, self.foot):
            part.show_view(view)
        self.empty.hide()
        for shown in (self._top, self.area, self.foot):
            shown.show()
        if before is None or _which(before) != _which(view):
            self.area.verticalScrollBar().setValue(0)
        elif view.result() is not before.result() and view.result() is not None:
            # The first thing to read is how the guess fared; later, the runs side by side.
            self._bring_later(self.question.head if len(view.results) == 1 else self.comparison)
        elif view.running and not before.running:
            self._bring_later(self.explained.look)

    def focus(self) -> None:
        """Bring the keyboard to what is to be done next."""
        if self._view is not None and self._view.ready:
            self.foot.main.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._view is not None:
            self.question.focus()

    def press(self) -> None:
        """Do what the main button does, where it can be pressed."""
        if self._view is not None:
            self.foot.main.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose an answer; Enter does what the main button does."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = event.key() - Qt.Key.Key_1
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press()
        elif not (plain and 0 <= digit < 9 and self.question.choose(digit)):
            super().keyPressEvent(event)

    def _show_head(self, view: View) -> None:
        lesson = view.lesson
        point = lesson.point if is_point(lesson.point) else ""
        self.kind.setText("  ·  ".join(filter(None, (point, lesson.chapter, levels()[lesson.level]))))
        self.title.setText(brief(lesson.title))
        self.missing.say(view.missing)
        for button, title, text in (
            (self.back, view.previous, self.tr("Previous lesson: {0} (Alt+Left)")),
            (self.forth, view.next, self.tr("Next lesson: {0} (Alt+Right)")),
        ):
            button.setEnabled(bool(title))
            button.setToolTip(text.format(brief(title)) if title else "")
            button.setAccessibleName(text.format(brief(title)))

    def _bring_later(self, part: QWidget) -> None:
        """Scroll so that `part` is the first thing in sight, once the layout has settled."""

        def bring() -> None:
            if part.isVisibleTo(self):
                self.area.verticalScrollBar().setValue(part.mapTo(self._body, part.rect().topLeft()).y() - 8)

        QTimer.singleShot(0, self, bring)

    def _make_room(self, _least: int, most: int) -> None:
        """The scroll bar stands in the margin: lines break at the same places with it and without."""
        bar = self.area.verticalScrollBar().sizeHint().width() if most else 0
        self._column.setContentsMargins(MARGIN, 4, max(0, MARGIN - bar), MARGIN)

    def _arrange(self) -> None:
        self._top = QWidget()
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.kind, 1)
        line.addWidget(self.back)
        line.addWidget(self.forth)
        head = QVBoxLayout(self._top)
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(4)
        head.addLayout(line)
        head.addWidget(self.title)
        head.addWidget(self.missing)
        self._body = QWidget()
        self._body.setObjectName("lessonBody")
        self._column = column = QVBoxLayout(self._body)
        column.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        column.setSpacing(20)
        for part in (self.before, self.question, self.comparison, self.result, self.explained):
            column.addWidget(part)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setObjectName("lessonArea")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._body)
        self.area.verticalScrollBar().rangeChanged.connect(self._make_room)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(self._top)
        outer.addWidget(self.area, 1)
        outer.addWidget(self.foot)
        outer.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.question.answered.connect(self.answered)
        self.question.skipped.connect(self.skipped)
        self.foot.runAsked.connect(self.runAsked)
        self.foot.pythonAsked.connect(self.pythonAsked)
        self.foot.nextAsked.connect(lambda: self.stepAsked.emit(1))
        self.explained.runAsked.connect(self.runAsked)
        self.explained.lookAsked.connect(self.lookAsked)
        self.explained.exploreAsked.connect(self.exploreAsked)
        self.explained.overAsked.connect(self.overAsked)
        self.back.clicked.connect(lambda: self.stepAsked.emit(-1))
        self.forth.clicked.connect(lambda: self.stepAsked.emit(1))


def _which(view: View) -> tuple[str, str]:
    return view.lesson.key, view.lesson.language


def _arrow(name: str, text: str, title: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(title)
    button.setText(text)
    button.setProperty("arrow", True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
