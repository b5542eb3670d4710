"""Footer: what to do next, always in sight: run, run the contrast, go to the next lesson; and how it stands in a sentence."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gui.panels.lessons.buttons import WordyButton
from gui.panels.lessons.lines import brief
from gui.panels.lessons.progress import Stage
from gui.panels.lessons.view import View
from gui.panels.lessons.words import YES, Words
from gui.theme import ThemeSource
from workers.lessons.model import Setup


class _Doing(NamedTuple):
    """What a button does, and says."""

    words: str
    setup: str = ""
    """The configuration that it runs; empty: it goes to the next lesson."""
    able: bool = True
    tip: str = ""


class Footer(QFrame):
    """The buttons below the page.

    Signals:
        runAsked(str): a configuration is to be run; its name.
        nextAsked(): on to the next lesson.
        pythonAsked(str): the configuration of that name is to be run by the interpreter that can.
        runOffered(bool): the main button runs something, and can be pressed; or not.
    """

    runAsked = Signal(str)
    runOffered = Signal(bool)
    nextAsked = Signal()
    pythonAsked = Signal(str)

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self._theme = theme
        self._keep = False
        """Whether the main button had the keyboard when it could no longer be pressed: then it gets it back."""
        self.setObjectName("lessonFoot")
        self.note = Words("", "muted", "small", name="lessonNote")
        self.main = WordyButton(theme, "lessonRun", main=True)
        self.there = WordyButton(theme, "lessonOtherPython")
        self.main.set_words(self.tr("Run"))
        self.there.set_words(self.tr("Use another Python"))
        self.others: list[WordyButton] = []
        self._doings: list[_Doing] = []
        self._stuck = ""
        self.main.clicked.connect(lambda: self._do(0))
        self.there.clicked.connect(lambda: self.pythonAsked.emit(self._stuck))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(8)
        for widget in (self.note, self.main, self.there):
            self._column.addWidget(widget)

    def show_view(self, view: View) -> None:
        """Bring it up to the view."""
        doings = self._offers(view)
        said = self._said(view)
        self.note.say(said[0], bad=said[1] == "bad", good=said[1] == "good")
        stuck = view.obstacles.get(view.to_run().name)
        self._stuck = view.to_run().name if stuck is not None and stuck.python and view.ready else ""
        if stuck is not None:
            self.there.set_words(self.tr("Use Python {0}").format(stuck.version))
            self.there.setToolTip(stuck.python)
        self.there.setVisible(bool(self._stuck))
        self.there.setEnabled(not view.running and not view.busy)
        self._show(doings)

    def _show(self, doings: list[_Doing]) -> None:
        self._doings = doings
        while len(self.others) < len(doings) - 1:
            place = len(self.others) + 1
            button = WordyButton(self._theme, f"lessonRun{place + 1}")
            button.clicked.connect(lambda _checked=False, place=place: self._do(place))
            self.others.append(button)
            self._column.addWidget(button)
        had = self.main.hasFocus()
        for button, doing in zip((self.main, *self.others), doings, strict=False):
            button.set_words(doing.words)
            button.setToolTip(doing.tip)
            button.setAccessibleDescription(doing.tip)
            button.setEnabled(doing.able)
        for place, button in enumerate(self.others, 1):
            button.setVisible(place < len(doings))
        self.runOffered.emit(bool(doings[0].setup) and doings[0].able)
        if had and not self.main.isEnabled():
            self._keep = True
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._keep and self.main.isEnabled():
            if self.hasFocus():  # the keyboard did not go elsewhere meanwhile
                self.main.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keep = False

    def _do(self, place: int) -> None:
        doing = self._doings[place] if place < len(self._doings) else None
        if doing is None:
            return
        if doing.setup:
            self.runAsked.emit(doing.setup)
        else:
            self.nextAsked.emit()

    # ---- what is offered and said ------------------------------------------------------------------------------------
    def _offers(self, view: View) -> list[_Doing]:
        """The main button first."""
        setups = view.lesson.setups
        left = [setup for setup in setups if setup.name not in view.results]
        onward = _Doing(self.tr("Next lesson: {0}").format(brief(view.next))) if view.next else None
        if view.running:
            running = _Doing(self.tr("Running …"), view.running, False, self.tr("Stop ends it (Ctrl+.)."))
            return [running, *(self._run(view, setup, setup.name != view.running) for setup in left if view.results)][
                : len(left) or 1
            ]
        stuck = view.ready and bool(left) and all(_never(view, setup) for setup in left)
        if not view.results and left[0].name not in view.obstacles:
            return [self._run(view, left[0], False)]
        offers = [self._run(view, setup, setup is not setups[0]) for setup in left]
        if onward is not None and (view.stage is Stage.UNDERSTOOD or not left or stuck):
            # What cannot be run here is no way on.
            offers.insert(0 if stuck else len(offers), onward)
        return offers or [self._run(view, view.to_run(), False)]

    def _run(self, view: View, setup: Setup, contrast: bool) -> _Doing:
        words = self.tr("Run the contrast: {0}") if contrast else self.tr("Run: {0}")
        if not view.ready:
            tip = self.tr("Answer the question first, or skip it.")
        elif view.running or view.busy:
            tip = self.tr("A run is under way.")
        else:
            stuck = view.obstacles.get(setup.name)
            tip = stuck.reason if stuck is not None else ""
        return _Doing(words.format(setup.title), setup.name, not tip, tip)

    def _said(self, view: View) -> tuple[str, str]:
        """A sentence, and whether it is good or bad."""
        setup = view.lesson.setup(view.running)
        stuck = view.obstacles.get(view.to_run().name)
        if view.running and view.deadlocked:
            return self.tr("A deadlock: nobody gets any further. The run is being ended."), "bad"
        if view.running and setup is not None:
            return self.tr("Running: {0}. Look at the charts.").format(setup.title), ""
        if view.note:
            return view.note, "bad" if view.bad else ""
        if view.busy:
            return self.tr("Another run is under way: stop it, or wait for its end."), ""
        if not view.ready:
            return self.tr("Answer the question first, or skip it."), ""
        waits = stuck is not None and len(view.results) < len(view.lesson.setups)
        if view.stage is Stage.UNDERSTOOD and (not waits or (stuck is not None and stuck.lasting)):
            words = f"{YES} {self._understood(view)}"
            return (f"{words} {stuck.reason}" if waits and stuck is not None else words), "good"
        if waits and stuck is not None:
            return stuck.reason, ""
        return view.place, ""

    def _understood(self, view: View) -> str:
        """What it took."""
        if any(obstacle.lasting for obstacle in view.obstacles.values()):
            return self.tr("Understood, as far as it can be run here.")
        if len(view.lesson.setups) < 2:
            return self.tr("Understood: a run.") if view.skipped else self.tr("Understood: a guess and a run.")
        if view.skipped:
            return self.tr("Understood: a run and its contrast.")
        return self.tr("Understood: a guess, a run and its contrast.")


def _never(view: View, setup: Setup) -> bool:
    """Whether it cannot be run here at all."""
    obstacle = view.obstacles.get(setup.name)
    return obstacle is not None and obstacle.lasting
