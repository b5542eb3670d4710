"""Strips above the charts: a deadlock as soon as it is seen, a run that gets no further, a GIL that came back on, and how it came out."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.actions import Actions
from gui.controls.row import set_flag
from gui.figures import grouped
from gui.gil import GilWatch
from gui.offer import CrashOffer, DeadlockOffer, SpareOffer, StandstillOffer
from gui.theme import ThemeSource
from gui.translations import sentence, told
from workers.contract.config import Value

if TYPE_CHECKING:
    from workers.contract.waits import Standstill
    from workers.insight.store import RunStore

_NUMBERS = ("pid", "_id", "parent_process", "executed_by")
"""So end the names of figures that tell which process, not how many."""
NARROW_EM = 56
"""In a banner narrower than so many heights of type its buttons stand below the words."""
_MARKS = {"bad": "✕", "warn": "▲", "note": "✓", "muted": "i"}


class Banner(QFrame):
    """A sentence with a mark, in a colour that says the same; hidden while there is nothing to say."""

    def __init__(self, name: str, theme: ThemeSource, offer: QWidget | None = None) -> None:
        """`offer`: buttons that go with it."""
        super().__init__()
        self.setObjectName(name)
        self._theme = theme
        self._parts: tuple[str, str, str, tuple[tuple[str, str], ...]] = ("", "", "note", ())
        self.mark, self.words = QLabel(), QLabel()
        self.mark.setObjectName("bannerMark")
        self.words.setObjectName(f"{name}Text")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        said.setSpacing(10)
        said.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words, 1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(14, 7, 8 if offer else 14, 7)
        self._line.setSpacing(10)
        self._line.addLayout(said, 1)
        if offer is not None:
            self._line.addWidget(offer, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._write)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons beside the words where there is room for both."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW_EM * QFontInfo(self.words.font()).pixelSize()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() is not way:
            self._line.setDirection(way)

    @property
    def text(self) -> str:
        """What it says, without marks and colours; empty where it says nothing."""
        sentence, more, _, figures = self._parts
        return "  ·  ".join(
            filter(None, (" ".join(filter(None, (sentence, more))), *(f"{name} {figure}" for name, figure in figures)))
        )

    def say(self, sentence: str, kind: str = "note", figures: tuple[tuple[str, str], ...] = (), more: str = "") -> None:
        """Show a sentence, `more` of it in plain type, and figures, each with its name. Nothing to say hides it.

        `kind` is "bad", "warn", "note" or "muted".
        """
        if (sentence, more, kind, figures) != self._parts:
            self._parts = (sentence, more, kind, figures)
            for widget in (self, self.mark):
                for name in _MARKS:
                    set_flag(widget, name, name == kind)
            self.mark.setText(_MARKS[kind])
            self._write()
            self.setAccessibleName(self.text)
            self.words.setAccessibleName(self.text)
            self.setVisible(bool(self.text))

    def _write(self) -> None:
        sentence, more, _, figures = self._parts
        muted = self._theme.theme.muted
        parts = [f'<span style="font-weight:600">{escape(sentence)}</span>'] if sentence else []
        if more:
            parts = [" ".join((*parts, escape(more)))]
        parts += [
            f'<span style="color:{muted}">{escape(name)}</span>&nbsp;<span style="font-weight:600">{escape(figure)}</span>'
            for name, figure in figures
        ]
        self.words.setText(" &nbsp;&nbsp;&nbsp; ".join(parts))


class Banners(QWidget):
    """All that may stand above the charts; takes no room while there is nothing to say."""

    def __init__(self, theme: ThemeSource, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.watch = GilWatch()
        self._seen: object = None
        self._store: RunStore | None = None
        self._dismissed: Standstill | None = None
        self.stands = False
        """Whether a deadlock stands at present."""
        self.offer, self.halt = DeadlockOffer(actions), StandstillOffer(actions)
        self.halt.waitAsked.connect(self._dismiss)
        self.deadlock = Banner("deadlockBanner", theme, self.offer)
        self.standstill = Banner("standstillBanner", theme, self.halt)
        self.gil = Banner("gilBanner", theme)
        self.outcome = Banner("outcomeStrip", theme)
        self.spare_offer, self.crash_offer = SpareOffer(actions), CrashOffer(actions)
        self.spare = Banner("spareBanner", theme, self.spare_offer)
        self.crash = Banner("crashBanner", theme, self.crash_offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._all = self.deadlock, self.standstill, self.gil, self.outcome, self.spare, self.crash
        for banner in self._all:
            column.addWidget(banner)
        self.hide()

    def show_store(self, store: "RunStore") -> None:
        """Bring them up to the store; costs nothing where nothing changed."""
        self.watch.look(store)
        self._store = store
        told = (store.started, store.deadlock, store.broken, self.watch.came_back, store.ended)
        seen = (*told, store.waits, store.standstill, self._dismissed)
        if seen == self._seen:
            return
        self._seen = seen
        self.stands = _stands(store)
        if self.stands:
            self.deadlock.say(self.tr("Deadlock:"), "bad", more=_circle(store))
        else:
            self.deadlock.say("", "bad")
        self.offer.show_graph(store.waits if self.stands else None)
        self._say_standstill(store)
        if self.watch.came_back:
            self.gil.say(self.watch.headline, "warn", more=self.watch.explanation)
        else:
            self.gil.say("", "warn")
        self._say_outcome(store)
        self._settle()

    def notice(self, banner: Banner, headline: str, kind: str, more: str = "") -> None:
        """Say in one of them what is not of a run."""
        banner.say(headline, kind, more=more)
        self._settle()

    def _settle(self) -> None:
        self.setVisible(any(banner.text for banner in self._all))

    def _say_standstill(self, store: "RunStore") -> None:
        found = store.standstill
        if found is None or self.stands or store.ended is not None or found == self._dismissed:
            self.standstill.say("", "warn")
            return
        # Its sentence begins with how long it has lasted, as this does.
        where = found.text.partition(": ")[2] if found.text.startswith("No progress for ") else found.text
        headline = self.tr("No progress for {n} s").format(n=grouped(found.seconds))
        self.standstill.say(headline + (":" if where else "."), "warn", more=sentence(where))

    def _dismiss(self) -> None:
        if self._store is not None:
            self._dismissed = self._store.standstill
            self.show_store(self._store)

    def _say_outcome(self, store: "RunStore") -> None:
        outcome = store.ended.outcome if store.ended is not None else {}
        figures = tuple((told(name.replace("_", " ")), worded(value, name)) for name, value in outcome.items())
        lost = outcome.get("lost_updates")
        if store.ended is not None and store.deadlock and not store.broken:
            self.outcome.say(self.tr("It ended in a deadlock:"), "bad", figures, more=_circle(store))
        elif isinstance(lost, int) and lost > 0:
            words = (
                self.tr("1 update was lost") if lost == 1 else self.tr("{0} updates were lost").format(grouped(lost))
            )
            self.outcome.say(words, "warn", _without_lost(outcome))
        elif lost == 0:
            self.outcome.say(self.tr("No update was lost"), "note", _without_lost(outcome))
        else:
            self.outcome.say(self.tr("Outcome") if figures else "", "note", figures)


def _stands(store: "RunStore") -> bool:
    """Whether there is a deadlock just now: as the graph says, or where there is none, as was said last."""
    if store.ended is not None:
        return False
    if store.deadlock_graph is not None:
        return bool(store.waits.stuck)
    return bool(store.deadlock) and not store.broken


def _circle(store: "RunStore") -> str:
    """Who waits for whom: the sentence without the word that stands before it here."""
    words = store.deadlock_graph.words if store.deadlock_graph is not None else ""
    return sentence((store.deadlock or words).removeprefix("Deadlock: "))


def _without_lost(outcome: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (told(name.replace("_", " ")), worded(value, name)) for name, value in outcome.items() if name != "lost_updates"
    )


def worded(value: Value, name: str = "") -> str:
    """A figure of an outcome, called `name`, as people write it. A PID is written as it is: it counts nothing."""
    if isinstance(value, bool):
        return QCoreApplication.translate("Banners", "yes") if value else QCoreApplication.translate("Banners", "no")
    if isinstance(value, int):
        return str(value) if name.endswith(_NUMBERS) else grouped(value)
    if isinstance(value, float):
        return grouped(value, 0 if abs(value) >= 1000 else 2)
    return value
