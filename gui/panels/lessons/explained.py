"""Explained: below the result, what there is to look at, what it means with the numbers of this run, where to read on, what else to do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.panels.lessons.buttons import LinkButton
from gui.panels.lessons.markdown import MarkdownView
from gui.panels.lessons.view import View
from gui.panels.lessons.words import Section, Words
from gui.theme import ThemeSource


class Explained(QWidget):
    """The end of the page.

    Signals:
        runAsked(str): a configuration that has run is to be run again; its name.
        lookAsked(): show what there is to look at.
        exploreAsked(): take the configuration to Explore.
        overAsked(): begin the lesson anew.
    """

    runAsked = Signal(str)
    lookAsked = Signal()
    exploreAsked = Signal()
    overAsked = Signal()

    def __init__(self, theme: ThemeSource) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("lessonExplained")
        self.look = Section(self.tr("WHAT TO LOOK AT"), "lessonLook")
        self.look_words = Words("", name="lessonLookText")
        self.show_me = LinkButton(theme, "lessonShowMe", self.tr("Show me"))
        self.meaning = Section(self.tr("WHAT IT MEANS"), "lessonMeaning")
        self.numbers = Words("", "muted", "small", name="lessonNumbers")
        self.after = MarkdownView(theme, "lessonAfter", self.tr("After the run"))
        self.reading = Section(self.tr("FURTHER READING"), "lessonReading")
        self.links = MarkdownView(theme, "lessonLinks", self.tr("Further reading"))
        self.explore = LinkButton(theme, "lessonExplore", self.tr("Open in Explore"))
        self.over = LinkButton(theme, "lessonOver", self.tr("Start over"))
        self.again: list[LinkButton] = []
        self._ran: list[str] = []
        self.look.fill(self.look_words)
        self.look.column.addWidget(self.show_me)
        self.look.column.setSpacing(4)
        self.meaning.fill(self.numbers, self.after)
        self.reading.fill(self.links)
        self._more = QVBoxLayout()
        self._more.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        for part in (self.look, self.meaning, self.reading):
            column.addWidget(part)
        column.addLayout(self._more)
        for link, asked in ((self.explore, self.exploreAsked), (self.over, self.overAsked)):
            self._more.addWidget(link)
            link.clicked.connect(asked.emit)
        self.show_me.clicked.connect(self.lookAsked.emit)

    def show_view(self, view: View) -> None:
        """Bring it up to the view."""
        lesson, result = view.lesson, view.result()
        self.look_words.setText(lesson.look_text)
        self.look.setVisible(view.ready or bool(view.running) or result is not None)
        self.meaning.setVisible(result is not None)
        setup = lesson.setup(view.latest) if result is not None else None
        if result is not None and setup is not None:
            self.after.show_text(lesson.after, result.facts)
            self.numbers.say(self.tr("With the numbers of: {0}").format(setup.title))
        lines = [f"[{_plain(title)}](<{address}>)" for title, address in lesson.reading.items()]
        self.links.show_text("\n\n".join(lines))
        self.reading.setVisible(bool(lines) and result is not None)
        self.over.setVisible(view.ready and not view.running)
        self._show_again(view)

    def _show_again(self, view: View) -> None:
        """A quiet way to run again what has run."""
        ran = [setup for setup in view.lesson.setups if setup.name in view.results]
        self._ran = [setup.name for setup in ran]
        while len(self.again) < len(ran):
            place = len(self.again)
            button = LinkButton(self._theme, f"lessonAgain{place + 1}")
            button.clicked.connect(lambda _checked=False, place=place: self.runAsked.emit(self._ran[place]))
            self.again.append(button)
            self._more.insertWidget(place, button)
        for place, button in enumerate(self.again):
            button.setVisible(place < len(ran))
            if place < len(ran):
                text = self.tr("Run again: {0}").format(ran[place].title)
                button.set_words(text)
                button.setEnabled(not view.running and not view.busy and ran[place].name not in view.obstacles)


def _plain(text: str) -> str:
    """`text`, so that Markdown finds nothing in it."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#!|~&" else sign for sign in text)
