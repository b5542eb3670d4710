"""QuestionBox: the question and its answers; once something has run, the guess beside the answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.panels.lessons.buttons import AnswerButton, LinkButton
from gui.panels.lessons.view import View
from gui.panels.lessons.words import NO, YES, Marked, Words
from gui.theme import ThemeSource
from workers.lessons.model import Question


class QuestionBox(QWidget):
    """Asks before the first run; tells after it.

    Signals:
        answered(int): an answer was chosen; its place, from 0.
        skipped(): nobody wants to guess.
    """

    answered = Signal(int)
    skipped = Signal()

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonQuestion")
        self._theme = theme
        self._shown: object = None
        self._question: Question | None = None
        self.answers: list[AnswerButton] = []
        self.head = Words(self.tr("WHAT DO YOU EXPECT?"), "head")
        self.words = Words("", "strong", name="lessonQuestionText")
        self.skip = LinkButton(theme, "skipQuestion", self.tr("Skip the question"))
        self.skip.clicked.connect(self.skipped)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.words)
        layout.addWidget(self._inner)
        layout.addWidget(self.skip)

    def show_view(self, view: View) -> None:
        """Bring it up to the view; what did not change keeps the keyboard."""
        told = bool(view.results)
        question = view.lesson.question
        state = (view.lesson.key, view.lesson.language, told, view.answer if told else None)
        if state != self._shown or question is not self._question:
            self._shown, self._question = state, question
            self.words.setText(question.text)
            self.answers = []
            self._empty()
            for widget in self._told(question, view) if told else self._asked(question):
                self._column.addWidget(widget)
        for place, button in enumerate(self.answers):
            button.setEnabled(not view.running)
            if button.isChecked() != (place == view.answer):
                button.setAutoExclusive(False)  # else the last one could not be let go
                button.setChecked(place == view.answer)
                button.setAutoExclusive(True)
        self.skip.setVisible(not told and not view.ready)

    def focus(self) -> None:
        """Bring the keyboard to the chosen answer, or to the first."""
        chosen = next((button for button in self.answers if button.isChecked()), None)
        for button in (chosen, *self.answers):
            if button is not None:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def choose(self, place: int) -> bool:
        """Choose an answer by its place; False where there is none, or no time for it."""
        if 0 <= place < len(self.answers) and self.answers[place].isEnabled():
            self.answers[place].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.answers[place].click()
            return True
        return False

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def _asked(self, question: Question) -> list[AnswerButton]:
        self.head.setText(self.tr("WHAT DO YOU EXPECT?"))
        for place, answer in enumerate(question.answers):
            button = AnswerButton(self._theme, place, answer.text)
            button.setToolTip(self.tr("Key {0}").format(place + 1))
            button.clicked.connect(lambda _checked=False, place=place: self.answered.emit(place))
            self.answers.append(button)
        return self.answers

    def _told(self, question: Question, view: View) -> list[QWidget]:
        """The guess and its hint, then the answer and why."""
        self.head.setText(self.tr("YOUR GUESS AND THE ANSWER"))
        right = next(answer for answer in question.answers if answer.right)
        chosen = question.answers[view.answer] if view.answer is not None else None
        found: list[QWidget] = []
        if chosen is right:
            found.append(self._block(YES, self.tr("Your guess was right"), right.text, right.hint, "lessonGuess"))
            return found
        if chosen is not None:
            found.append(self._block(NO, self.tr("Your guess: not this time"), chosen.text, chosen.hint, "lessonGuess"))
        else:
            found.append(Words(self.tr("You skipped the question."), "muted", name="lessonGuess"))
        found.append(self._block(YES, self.tr("The answer"), right.text, right.hint, "lessonRight"))
        return found

    def _block(self, mark: str, said: str, text: str, hint: str, name: str) -> QWidget:
        marked = Marked(mark, text, hint, strong=True, name=name)
        marked.sign.setToolTip(said)
        marked.sign.setAccessibleName(said)
        marked.setAccessibleName(f"{said}: {text} {hint}")
        caption = Words(said, "muted", "small")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(caption)
        column.addWidget(marked)
        return box
