"""While a run is on: which controls change it, which are for the next one, and what was turned."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from gui.controls.panel import ChoicePanel
from gui.controls.params import ParamForm
from gui.controls.row import LIVE
from gui.controls.workers import Running
from gui.translations import told
from workers.contract.config import RunConfig, Value
from workers.contract.info import Catalogue, ModelInfo
from workers.contract.phase import RunPhase

SETTLE_MS = 120
"""A slider on its way says many numbers; the one at which it rests for so long is turned to."""


def running_workers(info: ModelInfo, config: RunConfig) -> Running:
    """What the model of the run under way can do with its number of workers."""

    translate = QCoreApplication.translate
    if info.live_workers == "free":
        return Running(translate("LiveControls", "Live: the run follows."))
    if info.live_workers == "pool":
        size = int(config.options.get("pool_size", 0))
        if size > config.workers:
            return Running(
                translate("LiveControls", "Live: the run follows, up to the pool size of {0}.").format(size), most=size
            )
        if config.workers > 1:
            text = translate(
                "LiveControls", "Live, up to the {0} the pool was made with: set Pool size before the run to go beyond."
            )
            return Running(text.format(config.workers), most=config.workers)
        return Running(
            translate("LiveControls", "Set Pool size before the run to turn workers up to it."), enabled=False
        )
    return Running(
        translate("LiveControls", "{0} cannot change them during a run: this is for the next one.").format(
            told(info.title)
        )
    )


class LiveControls(QObject):
    """Watches the panel during a run.

    Signals:
        turned(str, object): "workers", "params.NAME" or "options.NAME" is to have this value from now on.
    """

    turned = Signal(str, object)

    def __init__(self, panel: ChoicePanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._running: RunConfig | None = None
        self._info: ModelInfo | None = None
        self._phase = RunPhase.IDLE
        self._now: dict[str, Value] = {}
        """What holds in the run, as far as was heard."""
        self._wanted: dict[str, Value] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._flush)
        panel.changed.connect(self._update)
        panel.workers.changed.connect(self._workers_changed)
        panel.params.edited.connect(lambda name: self._field_changed(panel.params, f"params.{name}", name))
        panel.options.edited.connect(lambda name: self._field_changed(panel.options, f"options.{name}", name))

    def begin(self, config: RunConfig, catalogue: Catalogue | None) -> None:
        """A run of `config`, resolved, is under way."""
        self._running = config
        self._info = catalogue.models.get(config.model) if catalogue else None
        self._now = {"workers": config.workers}
        self._now |= {f"params.{name}": value for name, value in config.params.items()}
        self._now |= {f"options.{name}": value for name, value in config.options.items()}
        self._wanted.clear()
        self._update()

    def show_phase(self, phase: RunPhase) -> None:
        """Follow the run: what was turned before its clock ran is told then; when it ends, nothing is live."""
        self._phase = phase
        if self._running is not None and (not phase.active or phase is RunPhase.STOPPING):
            self._running = None
            self._timer.stop()
            self._update()
        elif self._wanted:
            self._timer.start()

    def follow(self, field: str, value: Value) -> None:
        """Something is turned to `value`, whoever asked for it: the controls of this run show it."""
        self._now[field] = value
        group, _, name = field.partition(".")
        if field == "workers" and self._workers() is not None and isinstance(value, int):
            self._panel.workers.set_value(value)
        elif group == "params" and self._same("workload"):
            self._panel.params.show_value(name, value)
        elif group == "options" and self._same("model"):
            self._panel.options.show_value(name, value)

    def refused(self, field: str) -> None:
        """The run does not take what was turned last: it may be tried again."""
        self._now.pop(field, None)

    # ---- what is live ------------------------------------------------------------------------------------------------
    def _same(self, what: str) -> bool:
        """Whether the chosen model or workload is that of the run under way, under its interpreter."""
        running, panel = self._running, self._panel
        if running is None or panel.python_row.path() != running.python:
            return False
        chosen = panel.models.key() if what == "model" else panel.workload.currentData()
        return bool(chosen == getattr(running, what))

    def _workers(self) -> Running | None:
        if self._running is None or self._info is None or not self._same("model"):
            return None
        return running_workers(self._info, self._running)

    def _update(self) -> None:
        panel, on = self._panel, self._running is not None
        workers = self._workers()
        live = workers is not None and bool(self._info and self._info.live_workers) and workers.enabled
        panel.workers.show_running(workers)
        panel.options.show_live(self._same("model"))
        panel.params.show_live(self._same("workload"))
        later = self.tr("next run") if on else ""
        tip = self.tr(
            "A run is on: what you choose here is for the next one. What is marked {0} changes this one."
        ).format(LIVE)
        panel.models.head.show_badge(later, tip=tip)
        panel.workload_head.show_badge(later, tip=tip)
        if live:
            panel.workers_head.show_badge(self.tr("live"), True, self.tr("Changes the run under way."))
        else:
            panel.workers_head.show_badge(later if workers is None or workers.enabled else self.tr("fixed"), tip=tip)

    # ---- what is turned ----------------------------------------------------------------------------------------------
    def _workers_changed(self, number: int) -> None:
        running = self._workers()
        if running is None or not running.enabled or not (self._info and self._info.live_workers):
            return
        box = self._panel.workers
        if box.problem() or number > box.spin.ceiling:
            self._wanted.pop("workers", None)
        else:
            self._want("workers", number)

    def _field_changed(self, form: ParamForm, field: str, name: str) -> None:
        value = form.value(name)
        if form.is_live(name) and value is not None:
            self._want(field, value)

    def _want(self, field: str, value: Value) -> None:
        self._wanted[field] = value
        self._timer.start()

    def _flush(self) -> None:
        if self._phase is not RunPhase.RUNNING:
            return
        wanted, self._wanted = self._wanted, {}
        for field, value in wanted.items():
            if self._now.get(field) != value:
                self._now[field] = value
                self.turned.emit(field, value)
