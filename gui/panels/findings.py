"""FindingsPanel: what a run says, in at most five findings."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.paced import Paced, Step
from gui.panels.finding_item import FindingItem
from gui.panels.finding_words import FindingWords
from gui.step_accounts import steps_to
from workers.contract.phase import RunPhase
from workers.insight.accounts import Accounts, latest
from workers.insight.findings import Evidence, Finding, evidence_of, findings
from workers.insight.store import RunStore

EVERY_S = 1.0
_DUTY = 20
"""Looking for findings may take one part in so many of the time."""
PATIENCE = 3
"""While the run goes on, a finding that was not made so many times in a row goes."""


class _Body(QWidget):
    """As high as its words need at its width: a label's own hint is that of a narrower one."""

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        layout = self.layout()
        return QSize(0, layout.heightForWidth(self.width()) if layout is not None else 0)


class FindingsPanel(QFrame):
    """The card WHAT THIS RUN SAYS.

    Signals:
        lookAsked(str): show the part with this object name.
        tryAsked(object): set up another run: the fields of the RunConfig to change, a dict.
        changed(): it was looked anew, or one shows more or less of itself.
    """

    lookAsked = Signal(str)
    tryAsked = Signal(object)
    changed = Signal()
    _SPACING, _MARGINS = 8, (10, 10, 10, 12)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewers: list[QWidget] = [self]
        """Where what is found can be seen; while none of them is in sight nothing is looked for."""
        self._store = RunStore()
        self._paced = Paced(self, self._now, self._steps, EVERY_S, _DUTY, self._seen)
        self._evidence: Evidence | None = None
        """Between two steps: what is looked at."""
        self._told: object = None
        """The run that was looked at last."""
        self._words = FindingWords(self)
        self._items: dict[str, FindingItem] = {}
        self._missed: dict[str, int] = {}
        self._in_order: list[str] = []
        """Those that Tab goes through, from top to bottom."""
        self.setObjectName("findingsPanel")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("What this run says"))
        self._title = QLabel(self.tr("WHAT THIS RUN SAYS"))
        self._title.setProperty("head", True)
        self._title.setIndent(4)
        self.note = QLabel()
        self.note.setObjectName("findingsNote")
        self.note.setProperty("muted", True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.body = body = _Body()
        """What the scroll area shows."""
        body.setObjectName("findingsBody")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(4, 2, 4, 2)  # clear of the ring that shows the keyboard's place
        self._column.setSpacing(16)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setObjectName("findingsArea")
        self.area.setAccessibleName(self.tr("What this run says"))
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(*self._MARGINS)
        column.setSpacing(self._SPACING)
        column.addWidget(self._title)
        column.addWidget(self.area, 1)
        self.setFocusProxy(self.area)
        self.update_now()

    # ---- for the window -------------------------------------------------------------------------------------------
    def show_store(self, store: RunStore) -> None:
        """Show this store from now on."""
        self._store = store
        self._paced.forget()
        self.update_now()

    def refresh(self) -> None:
        """Look anew, once a second at most, and at once when a run begins or ends. Out of sight it does nothing."""
        self._paced.refresh()

    def update_now(self) -> None:
        """Look anew at once, seen or not."""
        self._paced.update_now()

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the findings on show, from top to bottom."""
        return tuple(self._items)

    @property
    def first(self) -> FindingItem | None:
        """The one at the top; None where nothing stands out."""
        return next(iter(self._items.values()), None)

    def show_title(self, there: bool) -> None:
        """Whether it says itself what it is."""
        self._title.setVisible(there)

    def height_for(self, width: int) -> int:
        """How high it must be to show all of them at this width, px."""
        left, top, right, bottom = self._MARGINS
        head = 0 if self._title.isHidden() else self._title.sizeHint().height() + self._SPACING
        return top + head + self._column.heightForWidth(width - left - right - 2) + bottom + 4

    # ---- finding and showing --------------------------------------------------------------------------------------
    def _now(self) -> tuple[object, ...]:
        store = self._store
        return (store, store.started, store.ended is None, store.phase, store.revision)

    def _seen(self) -> bool:
        return any(viewer.isVisible() for viewer in self.viewers)

    def _steps(self, whole: bool) -> Sequence[Step]:
        store = self._store
        if store.started is None or store.figures is None or store.clock_start_ns is None:
            return (self._find_none,)
        if whole:
            return (partial(self._gather, latest(store)), self._find)
        return (*steps_to(store, self._gather), self._find)

    def _gather(self, accounts: Accounts) -> None:
        self._evidence = evidence_of(self._store, accounts)

    def _find(self) -> None:
        assert self._evidence is not None
        self._tell(findings(self._evidence))
        self._evidence = None

    def _find_none(self) -> None:
        self._tell(())

    def _tell(self, found: tuple[Finding, ...]) -> None:
        of = self._now()[:2]
        self._show(found, fresh=of != self._told or self._store.ended is not None)
        self._told = of

    def _show(self, found: tuple[Finding, ...], fresh: bool) -> None:
        """Not `fresh`: those on show keep their places, new ones come after them, and none goes at once."""
        order = [finding.id for finding in found]
        if not fresh:
            self._missed = {key: 0 if key in order else self._missed.get(key, 0) + 1 for key in self._items}
            stay = [key for key in self._items if self._missed[key] < PATIENCE]
            order = stay + [key for key in order if key not in stay]
        for key in [key for key in self._items if key not in order]:
            item = self._items.pop(key)
            self._column.removeWidget(item)
            item.hide()
            item.setParent(None)
            item.deleteLater()
        for finding in found:
            item_or_none = self._items.get(finding.id)
            item = item_or_none or self._made(finding.id)
            item.show_finding(finding, self._words.told(finding))
        if order != list(self._items):
            self._items = {key: self._items[key] for key in order}
        for place, item in enumerate(self._items.values()):
            if self._column.indexOf(item) != place + 1:
                self._column.insertWidget(place + 1, item)
        if order != self._in_order:
            self._in_order = order
            self._order_keys()
        self.note.setText("" if self._items else self._calm())
        self.note.setVisible(not self._items)
        words = "\n\n".join(item.words() for item in self._items.values()) or self.note.text()
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            self.area.setAccessibleDescription(words)
        self.changed.emit()

    def _order_keys(self) -> None:
        """Tab goes through them from top to bottom, whenever they were made."""
        before: QWidget = self.area
        for item in self._items.values():
            for button in (item.look, item.do, item.fold):
                self.setTabOrder(before, button)
                before = button

    def _made(self, key: str) -> FindingItem:
        item = self._items[key] = FindingItem(key)
        item.lookAsked.connect(self.lookAsked)
        item.tryAsked.connect(self.tryAsked)
        item.fold.toggled.connect(self.changed)
        return item

    def _calm(self) -> str:
        store = self._store
        if store.started is None:
            return self.tr("Press Run: what the numbers mean is said here in words, with what to try next.")
        if store.ended is None:
            return self.tr("Nothing to say so far. It takes a second or so of data, and healthy runs give no cause.")
        if store.phase is RunPhase.FAILED:
            return self.tr("The run failed; the output says why.")
        if not store.counts.submitted:
            return self.tr("No task was handed out, so there is nothing to say.")
        return self.tr("Nothing stands out: what kept the workers from their tasks was too little to matter.")

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self.refresh()
