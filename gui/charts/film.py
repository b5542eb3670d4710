"""FilmView: a lost update of the run, step by step, as it was recorded."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.charts import saving
from gui.charts.film_button import FilmButton
from gui.charts.film_choice import FilmChoice
from gui.charts.film_stage import FilmStage
from gui.charts.film_story import Story, told
from gui.run_names import SEPARATOR
from gui.theme import ThemeSource
from workers.contract.batch import RaceFilm, RunStarted
from workers.insight.store import RunStore

PACE_MS = 1_800
"""How long a step of a film that plays stays, to be read."""


class FilmView(QWidget):
    """The stage, and below it what turns the pages: Left, Right, Space, Home and End; Up and Down choose another film."""

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = self.tr("Race film")
        self._store = RunStore()
        self._run: RunStarted | None = None
        self._films: tuple[RaceFilm, ...] = ()
        self._stories: list[Story] = []
        self._film = 0
        self._step = 0
        self.setObjectName("raceFilm")
        self.setAccessibleName(self.tr("Race film: a lost update, step by step"))
        self.stage = FilmStage(theme, self)
        self._words = self.stage.words
        self.setFocusProxy(self.stage)
        self._previous, self._play, self._next = (
            FilmButton(theme, sign, self) for sign in ("previous", "play", "next")
        )
        for button, name in ((self._previous, "filmPrevious"), (self._play, "filmPlay"), (self._next, "filmNext")):
            button.setObjectName(name)
        self._previous.show_sign("previous", self.tr("Previous step"), self.tr("Left"))
        self._next.show_sign("next", self.tr("Next step"), self.tr("Right"))
        self._previous.clicked.connect(lambda: self._turn(self._step - 1))
        self._next.clicked.connect(lambda: self._turn(self._step + 1))
        self._play.clicked.connect(self.play)
        self._place = QLabel(self)
        self._place.setObjectName("filmStep")
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self._place.setProperty("muted", True)
        self._choice = FilmChoice(self)
        self._choice.activated.connect(self._choose)
        self._timer = QTimer(self)
        self._timer.setInterval(PACE_MS)
        self._timer.timeout.connect(self._advance)
        line = QHBoxLayout()
        line.setSpacing(6)
        for widget in (self._previous, self._play, self._next, self._place):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self._choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.stage, 1)
        column.addLayout(line)
        self._show_films()

    # ---- for the window -------------------------------------------------------------------------------------------
    def show_store(self, store: RunStore) -> None:
        """Show this store from now on."""
        self._store = store
        self._run = None
        self._films = ()
        self._stories = []
        self._show_films()
        self.refresh()

    def refresh(self) -> None:
        """Take in the films that have come; the one on show stays."""
        store = self._store
        if store.films is self._films and store.started is self._run:
            return
        if store.started is not self._run or store.films[: len(self._films)] != self._films:
            self._run, self._stories = store.started, []
        self._films = store.films
        self._stories += [told(film) for film in self._films[len(self._stories) :]]
        self._show_films()

    @property
    def place(self) -> tuple[int, int]:
        """Which film and which step of it is on show, from 0."""
        return self._film, self._step

    @property
    def playing(self) -> bool:
        """Whether the steps follow each other by themselves."""
        return self._timer.isActive()

    def lines(self) -> list[str]:
        """The film on show in words, a line a step; empty where there is none."""
        return self._words.lines(self._stories[self._film]) if self._stories else []

    def caption(self) -> str:
        """One line that says what a saved picture shows."""
        film = self._words.title(self._film + 1, self._stories[self._film]) if self._stories else ""
        return SEPARATOR.join(filter(None, (self.title, film, self._place.text())))

    def save_png(self, path: str | Path) -> None:
        """Write the step on show as a picture. Raises OSError with the reason in a sentence."""
        saving.save_png([saving.Piece(self.stage)], self.caption(), self._theme.theme, path)

    def save_svg(self, path: str | Path) -> None:
        """Write the step on show as vectors. Raises OSError with the reason in a sentence."""
        saving.save_svg([saving.Piece(self.stage)], self.caption(), self._theme.theme, path)

    def copy_picture(self) -> None:
        """Put the step on show on the clipboard."""
        saving.copy([saving.Piece(self.stage)], self.caption(), self._theme.theme)

    # ---- turning the pages ----------------------------------------------------------------------------------------
    def play(self) -> None:
        """Let the steps follow each other, from the first one where the last is on show; or stop that."""
        if self._timer.isActive() or not self._stories:
            self._timer.stop()
        else:
            if self._step == self._last():
                self._step = 0
            self._timer.start()
        self._show_step()

    def _advance(self) -> None:
        self._step = min(self._step + 1, self._last())
        if self._step == self._last():
            self._timer.stop()
        self._show_step()

    def _turn(self, step: int) -> None:
        self._timer.stop()
        self._step = min(max(0, step), self._last())
        self._show_step()

    def _choose(self, film: int) -> None:
        if self._stories:
            self._timer.stop()
            self._film = min(max(0, film), len(self._stories) - 1)
            self._step = 0
            self._choice.setCurrentIndex(self._film)
            self._show_step()

    def _last(self) -> int:
        return len(self._stories[self._film].scenes) - 1 if self._stories else 0

    # ---- showing --------------------------------------------------------------------------------------------------
    def _show_films(self) -> None:
        have, want = self._choice.count(), len(self._stories)
        if not have or have > want or self._choice.itemText(0) != self._words.title(1, self._stories[0]):
            self._timer.stop()
            self._choice.clear()
            # The first that tells who was overwritten.
            self._film = next((i for i, story in enumerate(self._stories) if story.whole), 0)
            self._step = have = 0
        self._choice.addItems([self._words.title(i + 1, self._stories[i]) for i in range(have, want)])
        self._choice.setCurrentIndex(self._film if self._stories else -1)
        self._choice.setVisible(want > 1)
        self._show_step()

    def _show_step(self) -> None:
        story = self._stories[self._film] if self._stories else None
        self.stage.show_scene(story, self._step)
        self.setAccessibleDescription("\n".join(self.lines()))
        playing = self._timer.isActive()
        self._play.show_sign(
            "pause" if playing else "play", self.tr("Pause") if playing else self.tr("Play"), self.tr("Space")
        )
        self._previous.setEnabled(self._step > 0)
        self._next.setEnabled(self._step < self._last())
        self._play.setEnabled(story is not None)
        self._place.setText(self.tr("Step {a} of {b}").format(a=self._step + 1, b=self._last() + 1) if story else "")

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody watches: stand still."""
        super().hideEvent(event)
        if self._timer.isActive():
            self._timer.stop()
            self._show_step()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right turn the pages, Space plays, Home and End go to the ends, Up and Down choose the film."""
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: self._step - 1,
            Qt.Key.Key_Right: self._step + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._last(),
        }
        if key in steps:
            self._turn(steps[key])
        elif key == Qt.Key.Key_Space:
            self.play()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._choose(self._film + (1 if key == Qt.Key.Key_Down else -1))
        else:
            super().keyPressEvent(event)
