"""The left card: the whole choice. It composes the controls and says a RunConfig."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.controls.ending import Ending
from gui.controls.fit import ListFit
from gui.controls.model_picker import ModelPicker
from gui.controls.own_function import OwnChooser
from gui.controls.params import ParamForm
from gui.controls.python_picker import PythonPicker
from gui.controls.row import Fault, Section, set_flag
from gui.controls.tab_order import chain
from gui.controls.workers import Workers
from gui.controls.workload_picker import WorkloadPicker
from gui.gil import version
from gui.theme import ThemeSource
from gui.translations import sentence, told
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue, PythonInfo

WIDTH = 296
OWN = "own_function"
"""The workload that is the person's own function; it is chosen by its file and not in the list."""
OPTIONS_FIRST, PARAMS_FIRST = 2, 3
"""So many options and parameters are always shown; the rest stand behind a line that unfolds."""


class ChoicePanel(QFrame):
    """What to run.

    Signals:
        changed(): the choice is another one.
        edited(): it was changed by hand.
        pythonChosen(object): another interpreter was picked, a path or None for the program's own.
        ownChanged(bool): from now on it is about a function of the person's own, or no longer.
    """

    changed = Signal()
    edited = Signal()
    pythonChosen = Signal(object)
    ownChanged = Signal(bool)

    def __init__(self, theme: ThemeSource, config: RunConfig, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choicePanel")
        self.setProperty("card", True)
        self._config = config
        self._catalogue: Catalogue | None = None
        self._quiet = False
        self._elsewhere = ""
        """The model for whose sake another interpreter was chosen."""
        self._missed: RunConfig | None = None
        """The choice whose model the interpreter in use lacks: its model comes back with an interpreter that has it."""
        self.models = ModelPicker(theme)
        self.workers = Workers(theme)
        self.workload = WorkloadPicker()
        self.own = OwnChooser()
        self.is_own = False
        """Whether it is about a function of the person's own."""
        self._endings: dict[bool, tuple[int | None, float | None]] = {
            False: (config.tasks, config.seconds),
            True: (None, None),
        }
        """What ends a run of the one kind, and of the other."""
        self.ending = Ending()
        self.params = ParamForm("params", PARAMS_FIRST)
        self.options = ParamForm("options", OPTIONS_FIRST)
        self.python_row = PythonPicker(theme)
        self.python = self.python_row.box
        self.workload_fault = Fault()
        self.workers_head = Section(self.tr("WORKERS"))
        self.workload_head = Section(self.tr("WORKLOAD"))
        self.own_head = Section(self.tr("YOUR FUNCTION"))
        self._arrange()
        self.models.elsewhere.connect(self._go_elsewhere)
        self.models.changed.connect(self._model_changed)
        self.workload.currentIndexChanged.connect(self._workload_changed)
        self.python_row.chosen.connect(self._python_changed)
        for part in (self.workers.changed, self.ending.changed, self.params.changed, self.options.changed):
            part.connect(self._edited)
        for part in (self.own.changed, self.own.inputsChanged):
            part.connect(self._edited)
        self.show_config(config)

    def _arrange(self) -> None:
        self._body = body = QWidget()
        body.setObjectName("choice")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.setSpacing(4)
        for widget, space in (
            (self.models, 0),
            (self.options, 2),
            (self.workers_head, 6),
            (self.workers, 0),
            (self.own_head, 4),
            (self.own, 0),
            (self.workload_head, 4),
            (self.workload, 0),
            (self.workload_fault, 0),
            (self.params, 0),
            (self.ending, 0),
            (self.python_row, 0),
        ):
            layout.addSpacing(space)
            layout.addWidget(widget)
        layout.addStretch(1)
        # Only presenter size needs to scroll; at the usual size everything fits.
        self._area = area = QScrollArea()
        area.setObjectName("choiceArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)
        self._fit = ListFit(area, body, self.models)
        self._show_parts()

    # ---- the choice ----------------------------------------------------------------------------------------------
    def config(self) -> RunConfig:
        """The choice. Raises ConfigError where it cannot be one: what is shown is what runs, or it is refused."""
        for field, problem in (("workers", self.workers.problem()), self.ending.problem()):
            if problem:
                raise ConfigError(problem, field)
        tasks, seconds = self.ending.value()
        if self._catalogue is None:
            # Only these have fields already; the rest is as it was shown last.
            more = {"workload": OWN, "params": self.own.params()} if self.is_own else {}
            return self._config.changed(
                workers=self.workers.value(), tasks=tasks, seconds=seconds, python=self.python_row.path(), **more
            )
        return self._config.changed(
            model=self.models.key() or self._config.model,
            workload=OWN if self.is_own else self.workload.currentData() or self._config.workload,
            workers=self.workers.value(),
            tasks=tasks,
            seconds=seconds,
            params=self.own.params() if self.is_own else self.params.values(),
            options=self.options.values(),
            python=self.python_row.path(),
        )

    def show_config(self, config: RunConfig) -> None:
        """Show a choice; what the catalogue does not have is left as it is."""
        self._config, self._missed = config, None
        self._quiet = True
        self._take_own(config.workload == OWN)
        self.models.choose(config.model)
        index = self.workload.findData(config.workload)
        if index >= 0:
            self.workload.setCurrentIndex(index)
        self.workers.set_value(config.workers)
        self.ending.set_value(config.tasks, config.seconds)
        self.python_row.show_path(config.python)
        self.options.show_values(config.options)
        if self.is_own:
            self.own.show_params(config.params)
        else:
            self.params.show_values(config.params)
        self._quiet = False
        self.changed.emit()

    def show_own(self, own: bool) -> None:
        """Make it about a function of the person's own, or about a workload; all else stays chosen."""
        if own == self.is_own:
            return
        self._quiet = True
        self._take_own(own)
        self.ending.set_value(*self._endings[own])
        self._quiet = False
        if not own:
            self._workload_changed()
        self._edited()

    def chosen_without_own(self) -> RunConfig:
        """The choice with the workload that would be in force without a function of one's own. Raises ConfigError."""
        if not self.is_own:
            return self.config()
        tasks, seconds = self._endings[False]
        usual = RunConfig()
        workload = self.workload.currentData() or (
            self._config.workload if self._config.workload != OWN else usual.workload
        )
        return self.config().changed(workload=workload, params=self.params.values(), tasks=tasks, seconds=seconds)

    def _take_own(self, own: bool) -> None:
        if own == self.is_own:
            return
        self._endings[self.is_own] = self.ending.value()
        self.is_own = own
        self._show_parts()
        self.ownChanged.emit(own)

    def _show_parts(self) -> None:
        for widget in (self.own_head, self.own):
            widget.setVisible(self.is_own)
        for other in (self.workload_head, self.workload, self.params):
            other.setVisible(not self.is_own)
        if self.is_own:
            self.workload_fault.say("")
        self.ending.show_own(self.is_own)

    def show_catalogue(self, catalogue: Catalogue) -> list[str]:
        """Fill the pickers with what an interpreter offers, keeping the choice where it exists there.

        Returns a sentence for each part of the choice that does not.
        """
        try:
            wanted = self.config()
        except ConfigError:
            wanted = self._config  # half typed at this moment: the last whole choice
        if self._elsewhere:
            wanted = wanted.changed(model=self._elsewhere, options={})
            self._elsewhere, self._missed = "", None
        missed = self._missed
        if missed is not None and self._can(catalogue, missed.model):
            wanted, missed = wanted.changed(model=missed.model, options=missed.options), None
        self._catalogue = catalogue
        self._quiet = True
        self.models.show_models(catalogue.models)
        self.workload.show_workloads({key: info for key, info in catalogue.workloads.items() if key != OWN})
        self.python_row.show_answer(catalogue.python)
        self._workload_changed()
        self._model_changed()
        gone, usual = [], RunConfig()
        if wanted.model not in catalogue.models:
            self.models.choose(usual.model)
            gone.append(
                self.tr("There is no model {0!r} here: {1} is chosen.").format(wanted.model, self.models.title())
            )
            wanted = wanted.changed(model=self.models.key() or usual.model, options={})
        elif not self._can(catalogue, wanted.model):
            missed = wanted
            gone.append(self._stand_in(catalogue, wanted.model))
            wanted = wanted.changed(model=self.models.key() or usual.model, options={})
        if wanted.workload not in catalogue.workloads:
            index = max(0, self.workload.findData(usual.workload))
            first = self.workload.itemText(index).split("  ·  ")[0]
            gone.append(self.tr("There is no workload {0!r} here: {1} is chosen.").format(wanted.workload, first))
            wanted = wanted.changed(workload=self.workload.itemData(index) or usual.workload, params={})
        self.show_config(wanted)
        self._missed = missed
        return gone

    @staticmethod
    def _can(catalogue: Catalogue, model: str) -> bool:
        return model in catalogue.models and not catalogue.models[model].unavailable

    def _stand_in(self, catalogue: Catalogue, model: str) -> str:
        """Choose another model for one that cannot run here: the usual one, else one of its family, else any. Says so."""
        info = catalogue.models[model]
        family = [key for key, other in catalogue.models.items() if other.family == info.family]
        for key in (RunConfig().model, *family, *catalogue.models):
            if self.models.choose(key):
                break
        return self.tr("{0} cannot run under Python {1}: {2}; {3} is chosen instead.").format(
            told(info.title), version(catalogue.python), sentence(info.unavailable), self.models.title()
        )

    def show_pythons(self, pythons: list[PythonInfo], own: str) -> None:
        """Fill the interpreter picker; `own` is the path of the program's."""
        self.python_row.show_pythons(pythons, own)
        self.models.show_pythons(pythons)

    def show_python(self, python: str | None) -> None:
        """Show which interpreter is in use; nobody is told. One that did not answer is no longer listed."""
        refused, self._elsewhere = self.python_row.path(), ""
        self.python_row.show_path(python)
        if refused != python:
            self.python_row.forget(refused)

    # ---- what is wrong -------------------------------------------------------------------------------------------
    def show_error(self, field: str, text: str) -> bool:
        """Show `text` beside the field of that name. False where there is no such field."""
        group, _, name = field.partition(".")
        if name and group in ("params", "options"):
            if group == "params" and self.is_own:
                return self.own.fault_at(name, text)
            return (self.params if group == "params" else self.options).say(name, text)
        places = {
            "model": self.models.say,
            "workers": self.workers.say,
            "workload": self._say_workload,
            "tasks": self.ending.say,
            "seconds": self.ending.say,
            "python": self.python_row.say,
        }
        if group not in places:
            return False
        places[group](text)
        return True

    def _say_workload(self, text: str) -> None:
        self.workload_fault.say(text)
        set_flag(self.workload, "bad", bool(text))

    def clear_faults(self) -> None:
        """Take all messages away."""
        for field in ("model", "workers", "workload", "tasks", "python"):
            self.show_error(field, "")
        self.params.clear_faults()
        self.own.clear_faults()
        self.options.clear_faults()

    # ---- what changes --------------------------------------------------------------------------------------------
    def _model_changed(self) -> None:
        if not self._quiet:
            self._missed = None  # another one was chosen by hand
        info = self._catalogue.models.get(self.models.key()) if self._catalogue else None
        if info is None:
            return
        # psutil comes in with the limits: not before the first paint.
        from workers.client.limits import usable_cores, worker_limit

        limit = worker_limit(info.workers_are)
        self.workers.show_limits(info.workers_are, limit.cap, limit.reason, usable_cores())
        self.options.show_params(info.params)
        chain(self._body)
        self.workload.show_model(info)
        self._say_workload("" if self.is_own else self.workload.refusal(self.workload.currentData()))
        self._edited()

    def _workload_changed(self) -> None:
        info = self._catalogue.workloads.get(self.workload.currentData()) if self._catalogue else None
        if info is None or self.is_own:
            return
        self.workload.setToolTip(told(info.summary))
        self._say_workload(self.workload.refusal(self.workload.currentData()))
        self.params.show_params(info.params)
        chain(self._body)
        self._edited()

    def _python_changed(self, python: str | None) -> None:
        self.pythonChosen.emit(python)
        self._edited()

    def _go_elsewhere(self, model: str, python: str) -> None:
        self._elsewhere = model
        self.python_row.pick(python)

    def _edited(self) -> None:
        if not self._quiet:
            self.changed.emit()
            self.edited.emit()
