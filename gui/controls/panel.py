"""The left card: the whole choice. It composes the controls and says a RunConfig."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.controls.combo import Combo
from gui.controls.ending import Ending
from gui.controls.model_picker import ModelPicker
from gui.controls.params import ParamForm
from gui.controls.row import Fault, Row, section, set_flag
from gui.controls.workers import Workers
from gui.theme import ThemeSource
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.info import Catalogue, PythonInfo

WIDTH = 296


class ChoicePanel(QFrame):
    """What to run.

    Signals:
        changed(): the choice is another one.
        edited(): it was changed by hand.
        pythonChosen(object): another interpreter was picked, a path or None for the program's own.
    """

    changed = Signal()
    edited = Signal()
    pythonChosen = Signal(object)

    def __init__(self, theme: ThemeSource, config: RunConfig, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choicePanel")
        self.setProperty("card", True)
        self._config = config
        self._catalogue: Catalogue | None = None
        self._quiet = False
        self.models = ModelPicker(theme)
        self.workers = Workers(theme)
        self.workload = self._combo("workloadPicker", self.tr("Workload"))
        self.ending = Ending()
        self.params = ParamForm("params")
        self.options = ParamForm("options")
        self.python = self._combo("pythonPicker", self.tr("Python interpreter"))
        self.python.addItem(self.tr("this one"), None)
        self.workload_fault = Fault()
        self.python_row = Row(self.tr("Python"), self.python, self.tr("The interpreter that carries the run."))
        self._arrange()
        self.models.changed.connect(self._model_changed)
        self.workload.currentIndexChanged.connect(self._workload_changed)
        self.python.currentIndexChanged.connect(self._python_changed)
        for part in (self.workers.changed, self.ending.changed, self.params.changed, self.options.changed):
            part.connect(self._edited)
        self.show_config(config)

    def _combo(self, name: str, title: str) -> Combo:
        box = Combo()
        box.setObjectName(name)
        box.setAccessibleName(title)
        return box

    def _arrange(self) -> None:
        body = QWidget()
        body.setObjectName("choice")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.setSpacing(4)
        for widget, space in (
            (section(self.tr("MODEL")), 0),
            (self.models, 0),
            (self.options, 2),
            (section(self.tr("WORKERS")), 8),
            (self.workers, 0),
            (section(self.tr("WORKLOAD")), 8),
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
        area = QScrollArea()
        area.setObjectName("choiceArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(area)

    # ---- the choice ----------------------------------------------------------------------------------------------
    def config(self) -> RunConfig:
        """The choice. Raises ConfigError where it cannot be one: what is shown is what runs, or it is refused."""
        for field, problem in (("workers", self.workers.problem()), self.ending.problem()):
            if problem:
                raise ConfigError(problem, field)
        tasks, seconds = self.ending.value()
        if self._catalogue is None:
            # Only these have fields already; the rest is as it was shown last.
            return self._config.changed(
                workers=self.workers.value(), tasks=tasks, seconds=seconds, python=self.python.currentData()
            )
        return self._config.changed(
            model=self.models.key() or self._config.model,
            workload=self.workload.currentData() or self._config.workload,
            workers=self.workers.value(),
            tasks=tasks,
            seconds=seconds,
            params=self.params.values(),
            options=self.options.values(),
            python=self.python.currentData(),
        )

    def show_config(self, config: RunConfig) -> None:
        """Show a choice; what the catalogue does not have is left as it is."""
        self._config = config
        self._quiet = True
        self.models.choose(config.model)
        index = self.workload.findData(config.workload)
        if index >= 0:
            self.workload.setCurrentIndex(index)
        self.workers.set_value(config.workers)
        self.ending.set_value(config.tasks, config.seconds)
        self.show_python(config.python)
        self.options.show_values(config.options)
        self.params.show_values(config.params)
        self._quiet = False
        self.changed.emit()

    def show_catalogue(self, catalogue: Catalogue) -> list[str]:
        """Fill the pickers with what an interpreter offers, keeping the choice where it exists there.

        Returns a sentence for each part of the choice that does not.
        """
        try:
            wanted = self.config()
        except ConfigError:
            wanted = self._config  # half typed at this moment: the last whole choice
        self._catalogue = catalogue
        self._quiet = True
        self.models.show_models(catalogue.models)
        self.workload.clear()
        for key, info in catalogue.workloads.items():
            self.workload.addItem(f"{info.title}  ·  {info.bound}", key)
            self.workload.setItemData(self.workload.count() - 1, info.summary, Qt.ItemDataRole.ToolTipRole)
        if self.python.currentData() is None:
            self.python.setItemText(self.python.currentIndex(), catalogue.python.label)
        self._workload_changed()
        self._model_changed()
        self._quiet = False
        gone, usual = [], RunConfig()
        if wanted.model not in catalogue.models:
            self.models.choose(usual.model)
            gone.append(
                self.tr("There is no model {0!r} here: {1} is chosen.").format(wanted.model, self.models.title())
            )
            wanted = wanted.changed(model=self.models.key() or usual.model, options={})
        if wanted.workload not in catalogue.workloads:
            index = max(0, self.workload.findData(usual.workload))
            first = self.workload.itemText(index).split("  ·  ")[0]
            gone.append(self.tr("There is no workload {0!r} here: {1} is chosen.").format(wanted.workload, first))
            wanted = wanted.changed(workload=self.workload.itemData(index) or usual.workload, params={})
        self.show_config(wanted)
        return gone

    def show_pythons(self, pythons: list[PythonInfo], own: str) -> None:
        """Fill the interpreter picker; `own` is the path of the program's."""
        chosen = self.python.currentData()
        self.python.blockSignals(True)
        self.python.clear()
        mine = next((info.label for info in pythons if info.executable == own), None)
        first = mine or (self._catalogue.python.label if self._catalogue and chosen is None else self.tr("this one"))
        self.python.addItem(first, None)
        for info in pythons:
            if info.executable != own:
                self.python.addItem(info.label, info.executable)
                self.python.setItemData(self.python.count() - 1, info.executable, Qt.ItemDataRole.ToolTipRole)
        self.show_python(chosen)

    def show_python(self, python: str | None) -> None:
        """Show which interpreter is in use; nobody is told."""
        self.python.blockSignals(True)
        index = self.python.findData(python)
        if index < 0:
            self.python.addItem(str(python), python)
            index = self.python.count() - 1
        self.python.setCurrentIndex(index)
        self.python.blockSignals(False)

    # ---- what is wrong -------------------------------------------------------------------------------------------
    def show_error(self, field: str, text: str) -> bool:
        """Show `text` beside the field of that name. False where there is no such field."""
        group, _, name = field.partition(".")
        if name and group in ("params", "options"):
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
        self.options.clear_faults()

    # ---- what changes --------------------------------------------------------------------------------------------
    def _model_changed(self) -> None:
        info = self._catalogue.models.get(self.models.key()) if self._catalogue else None
        if info is None:
            return
        # psutil comes in with the limits: not before the first paint.
        from workers.client.limits import usable_cores, worker_limit

        limit = worker_limit(info.workers_are)
        self.workers.show_limits(info.workers_are, limit.cap, limit.reason, usable_cores())
        self.options.show_params(info.params)
        self._edited()

    def _workload_changed(self) -> None:
        info = self._catalogue.workloads.get(self.workload.currentData()) if self._catalogue else None
        if info is None:
            return
        self.workload.setToolTip(info.summary)
        self._say_workload("")
        self.params.show_params(info.params)
        self._edited()

    def _python_changed(self) -> None:
        self.python_row.say("")
        self.pythonChosen.emit(self.python.currentData())
        self._edited()

    def _edited(self) -> None:
        if not self._quiet:
            self.changed.emit()
            self.edited.emit()
