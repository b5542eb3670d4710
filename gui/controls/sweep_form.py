"""SweepForm: what is to be measured, how long that will take, and the buttons that start and stop it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.controls.panel import OWN
from gui.controls.spin import NumberSpin
from gui.controls.sweep_choices import Boxes, NumberBoxes
from gui.controls.sweep_outlook import OutlookAsker
from gui.figures import grouped
from gui.segments import Segments
from gui.sweep_words import SweepWords
from gui.translations import sentence, told
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue
from workers.contract.sweep import SweepPlan
from workers.sweep.candidates import recommending_plan

if TYPE_CHECKING:
    from workers.sweep.facts import Facts
    from workers.sweep.outlook import Outlook

WHICH, SCALE, LENGTH = range(3)
USUAL_MODELS = ("sequential", "thread_pool", "process_pool")
OFTEN = (*USUAL_MODELS, "asyncio_tasks", "asyncio_to_thread", "pool_imap_unordered", "pool_map", "interpreter_pool")
WORKERS = (1, 2, 3, 4, 8, 16, 32, 64)
CHUNKS = (1, 10, 100, 1_000)
CALLS = 4
DEBOUNCE_MS = 200
INPUTS = "inputs"
"""Of a function of the user's: what it is called with."""


class SweepForm(QFrame):
    """A card.

    Signals:
        startAsked(object, bool): a SweepPlan, and whether to go on where it was.
        stopAsked(): end it.
    """

    startAsked = Signal(object, bool)
    stopAsked = Signal()

    def __init__(self, words: SweepWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sweepForm")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("What is to be measured"))
        self._words = words
        self._work: RunConfig | None = None
        self._catalogue: Catalogue | None = None
        self._facts: Facts | None = None
        self._cores = 1
        self._kept = 0
        self._why = ""
        self._running = self._blocked = self._wanted = False
        self._counts: dict[int, tuple[str, ...]] = {SCALE: ("1", "2", "4", "8"), LENGTH: ("1", "2", "4")}
        self._counts_of = SCALE
        self._models: tuple[str, ...] = USUAL_MODELS
        """Those that are ticked when they are first offered."""
        self._asker = OutlookAsker(self)
        self._asker.answered.connect(self._show_outlook)
        self._asker.refused.connect(self._show_refusal)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(DEBOUNCE_MS)
        self._later.timeout.connect(self._ask)
        self.kind = Segments(
            "sweepKind",
            (
                ("sweepWhich", self.tr("Which one?")),
                ("sweepScale", self.tr("How does it scale?")),
                ("sweepLength", self.tr("From which length on?")),
            ),
        )
        self.kind.setAccessibleName(self.tr("What is asked"))
        self.kind.chosen.connect(self._show_kind)
        self._build()
        self._show_kind()

    # ---- building ------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.start = self._button("sweepStart", self.tr("Measure"), lambda: self._start(False))
        self.start.setProperty("primary", True)
        self.resume = self._button("sweepResume", self.tr("Go on"), lambda: self._start(True))
        self.stop = self._button("sweepStop", self.tr("Stop"), self.stopAsked.emit)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kind)
        head.addStretch(1)
        for button in (self.start, self.resume, self.stop):
            head.addWidget(button)
        self.models = Boxes("sweepModels", self.tr("Models"))
        self.workers = NumberBoxes("sweepWorkers", self.tr("Workers"))
        self.workers.offer_numbers(WORKERS, (1, 2, 4, 8))
        self.chunks = NumberBoxes("sweepChunks", self.tr("Chunk size"))
        self.chunks.offer_numbers(CHUNKS, (1,))
        self.repeats, repeats = self._spin("sweepRepeats", self.tr("Rounds each"), 1, 30, 3)
        self.budget, budget = self._spin("sweepBudget", self.tr("Seconds at most"), 5, 86_400, 60)
        self.param = QComboBox()
        self.param.setObjectName("sweepSizeParam")
        self.param.setAccessibleName(self.tr("What makes a task longer"))
        self.sizes = QLineEdit()
        self.sizes.setObjectName("sweepSizes")
        self.sizes.setAccessibleName(self.tr("Sizes of a task"))
        self.sizes.setPlaceholderText(self.tr("such as 10, 100, 1000"))
        numbers = QHBoxLayout()
        numbers.setSpacing(8)
        self._sizes_label = QLabel(self.tr("Sizes"))
        self._sizes_label.setProperty("muted", True)
        numbers.addWidget(self._sizes_label)
        numbers.addWidget(self.param)
        numbers.addWidget(self.sizes, 1)
        for label, spin in ((repeats, self.repeats), (budget, self.budget)):
            numbers.addWidget(label)
            numbers.addWidget(spin)
        self._labels = {"repeats": repeats, "budget": budget}
        self._numbers_stretch = QWidget()
        numbers.addWidget(self._numbers_stretch, 1)
        self.outlook = QLabel()
        self.outlook.setObjectName("sweepOutlook")
        self.outlook.setWordWrap(True)
        self.outlook.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(7)
        column.addLayout(head)
        for boxes in (self.models, self.workers, self.chunks):
            column.addWidget(boxes)
            boxes.changed.connect(self._changed)
        column.addLayout(numbers)
        column.addWidget(self.outlook)
        for spin in (self.repeats, self.budget):
            spin.valueChanged.connect(self._changed)
        self.sizes.textChanged.connect(self._changed)
        self.param.currentIndexChanged.connect(self._changed)

    def _button(self, name: str, text: str, doing: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(doing)
        return button

    def _spin(self, name: str, title: str, low: int, high: int, value: int) -> tuple[NumberSpin, QLabel]:
        spin = NumberSpin(low, high)
        spin.setObjectName(name)
        spin.setAccessibleName(title)
        spin.setValue(value)
        label = QLabel(title)
        label.setProperty("muted", True)
        label.setBuddy(spin)
        return spin, label

    # ---- for the window ------------------------------------------------------------------------------------------
    def show_work(
        self, work: RunConfig | None, catalogue: Catalogue | None, facts: "Facts | None", cores: int, why: str = ""
    ) -> None:
        """What is to be measured: its workload and parameters count. None: nothing can be, for now, and `why`."""
        self._why = why
        other = catalogue is not self._catalogue
        self._work, self._catalogue, self._facts, self._cores = work, catalogue, facts, cores
        if catalogue is not None and other:
            self._offer(catalogue)
        if catalogue is not None and work is not None:
            self._offer_sizes(catalogue, work)
        self._changed()

    def take_keyboard(self) -> None:
        """Have the keyboard where it is wanted next: at the button that measures, as soon as it can be pressed."""
        self._wanted = not self.start.isEnabled()
        (self.kind if self._wanted else self.start).setFocus()

    def show_running(self, running: bool, blocked: bool = False) -> None:
        """Whether a sweep is under way; `blocked`: a run is, and nothing can be measured beside it."""
        self._running, self._blocked = running, blocked
        for widget in (self.kind, self.models, self.workers, self.chunks, self.repeats, self.budget, self.sizes):
            widget.setEnabled(not running)
        self.param.setEnabled(not running)
        self._buttons()
        if not running:
            self._changed()

    def choice(self) -> dict[str, str]:
        """What is chosen, to be remembered."""
        counts = {**self._counts, self._counts_of: self.workers.ticked}
        return {
            "kind": str(self.kind.place),
            "models": ",".join(self.models.ticked or self._models),
            "scale": ",".join(counts[SCALE]),
            "length": ",".join(counts[LENGTH]),
            "chunks": ",".join(self.chunks.ticked),
            "repeats": str(self.repeats.value()),
            "budget": str(self.budget.value()),
        }

    def restore(self, choice: Mapping[str, str]) -> None:
        """Choose what was remembered, as far as it makes sense."""
        self._models = tuple(filter(None, choice.get("models", "").split(","))) or self._models
        for place, name in ((SCALE, "scale"), (LENGTH, "length")):
            self._counts[place] = tuple(choice.get(name, "").split(",")) if choice.get(name) else self._counts[place]
        self.workers.tick(self._counts[self._counts_of])
        if choice.get("chunks"):
            self.chunks.tick(choice["chunks"].split(","))
        for spin, name in ((self.repeats, "repeats"), (self.budget, "budget")):
            number = choice.get(name, "")
            if number.isdecimal() and len(number) < 9:
                spin.setValue(int(number))
        if choice.get("kind", "") in [str(place) for place in (WHICH, SCALE, LENGTH)]:
            self.kind.choose(int(choice["kind"]))

    def plan(self) -> SweepPlan:
        """What is chosen. Raises ConfigError where it cannot be measured."""
        work, catalogue, facts = self._work, self._catalogue, self._facts
        if work is None or catalogue is None or facts is None:
            raise ConfigError(self._why or self.tr("Choose on the left what is to be measured."))
        base = work.changed(model="sequential", workers=1, tasks=None, seconds=1.0, options={})
        if self.kind.place == WHICH:
            return recommending_plan(base, catalogue, facts, self._cores, float(self.budget.value()))
        sized = self.kind.place == LENGTH
        if not self.models.ticked or not self.workers.numbers:
            raise ConfigError(self.tr("Tick at least one model and one number of workers."))
        return SweepPlan(
            base,
            self.models.ticked,
            self.workers.numbers,
            self.chunks.numbers or (1,),
            size_param=str(self.param.currentData() or "") if sized else "",
            sizes=self._sizes() if sized else (),
            repeats=self.repeats.value(),
            round_s=max(1.0 if not sized else 0.5, min(10.0, CALLS * (facts.call_s or 0.0))),
        )

    def _sizes(self) -> tuple[float, ...]:
        if not self.param.count():
            raise ConfigError(self.tr("These tasks have no number that makes them longer: choose another workload."))
        found = []
        for part in self.sizes.text().replace(";", ",").split(","):
            if part.strip():
                try:
                    found.append(float(part.replace("_", "")))
                except ValueError:
                    raise ConfigError(
                        self.tr("{0} is no number: give sizes such as 10, 100, 1000.").format(part)
                    ) from None
        if len(set(found)) < 2:
            raise ConfigError(self.tr("Give at least two sizes, such as 10, 100, 1000."))
        return tuple(dict.fromkeys(found))

    # ---- within --------------------------------------------------------------------------------------------------
    def _offer(self, catalogue: Catalogue) -> None:
        able = {key: info for key, info in catalogue.models.items() if not info.unavailable}
        first = [key for key in OFTEN if key in able]
        order = [*first, *(key for key in able if key not in first)]
        items = [(key, told(able[key].title), told(able[key].summary)) for key in order]
        self.models.offer(items, self._models, rare=[key for key in order if key not in OFTEN[:5]])

    def _offer_sizes(self, catalogue: Catalogue, work: RunConfig) -> None:
        info = catalogue.workloads.get(work.workload)
        numbers = [
            param
            for param in (info.params if info is not None else ())
            if type(param.default) in (int, float) and not param.name.startswith("fail")
        ]
        items = [(told(param.title), param.name) for param in numbers]
        if work.workload == OWN:
            items = [(self.tr("Called with"), INPUTS)]
        if [self.param.itemData(place) for place in range(self.param.count())] == [name for _, name in items]:
            return
        self.param.blockSignals(True)
        self.param.clear()
        for title, name in items:
            self.param.addItem(title, name)
        self.param.blockSignals(False)
        value = float(numbers[0].default) if numbers else 0.0
        self.sizes.setText(", ".join(f"{value * factor:g}" for factor in (0.01, 0.1, 1) if value * factor >= 1))

    def _show_kind(self, _place: int = 0) -> None:
        which, sized = self.kind.place == WHICH, self.kind.place == LENGTH
        shown: tuple[tuple[QWidget, bool], ...] = (
            *((widget, not which) for widget in (self.models, self.workers, self.repeats, self._labels["repeats"])),
            (self.chunks, self.kind.place == SCALE),
            *((widget, sized) for widget in (self.sizes, self.param, self._sizes_label)),
            *((widget, which) for widget in (self.budget, self._labels["budget"])),
            (self._numbers_stretch, not sized),
        )
        for widget, there in shown:
            widget.setVisible(there)
        if not which and self.kind.place != self._counts_of:
            # A map has few columns, a law at least four points: each has numbers of its own.
            self._counts[self._counts_of] = self.workers.ticked
            self._counts_of = self.kind.place
            self.workers.tick(self._counts[self._counts_of])
        self._changed()

    def _changed(self) -> None:
        self._kept = 0
        if not self._running:
            self._later.start()
        self._buttons()

    def _ask(self) -> None:
        if self._running or not self.isVisible():
            return
        try:
            plan = self.plan()
        except ConfigError as error:
            self._show_refusal(str(error))
            return
        if self._catalogue is not None and self._facts is not None:
            self._asker.ask(plan, self._catalogue, self._facts)

    def _show_outlook(self, found: "Outlook") -> None:
        if self._running:
            return
        self._kept = found.kept
        words = self._words
        if self.kind.place == WHICH:
            text = self.tr("{0} cells, the promising ones more often: at most {1}.").format(
                grouped(found.cells), words.span(float(self.budget.value()))
            )
        else:
            text = self.tr("{0} cells, {1} rounds: about {2}; where there is noise, more.").format(
                grouped(found.cells), grouped(found.rounds), words.span(found.seconds)
            )
        if found.kept:
            text = self.tr("{0} {1} rounds are there from before.").format(text, grouped(found.kept))
        left = [f"{words.model(item.model)}: {sentence(item.why)}" for item in found.left_out]
        if left:
            text = self.tr("{0} Left out: {1}").format(text, "  ".join(dict.fromkeys(left)))
        self._say(text)
        self._buttons()

    def _show_refusal(self, text: str) -> None:
        self._say(sentence(text))
        self.start.setEnabled(False)

    def _say(self, text: str) -> None:
        self.outlook.setText(text)
        self.outlook.setToolTip(text)

    def _buttons(self) -> None:
        able = not self._running and not self._blocked and self._work is not None
        self.start.setVisible(not self._running)
        self.start.setEnabled(able)
        if able and self._wanted:
            self._wanted = False
            if self.kind.isAncestorOf(self.window().focusWidget() or self):
                self.start.setFocus()
        self.start.setToolTip(self.tr("A run is under way: stop it before you measure.") if self._blocked else "")
        self.resume.setVisible(self._kept > 0 and not self._running)
        self.resume.setEnabled(able)
        self.stop.setVisible(self._running)

    def _start(self, resume: bool) -> None:
        try:
            plan = self.plan()
        except ConfigError as error:
            self._show_refusal(str(error))
            return
        self.startAsked.emit(plan, resume)

    def showEvent(self, event: object) -> None:
        """Look anew: what is chosen may be another by now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._changed()

    def close(self) -> bool:
        """Ask nothing any more."""
        self._later.stop()
        self._asker.close()
        return super().close() if self.isWindow() else True
