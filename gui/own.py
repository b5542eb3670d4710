"""My function in the window: which file is shown, whether it is trusted, what is known of it. Nothing of it runs in this process.

A file is read, never imported, to be shown; it is imported, in a process of its own, once the person has trusted what is shown.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from gui.asker import Asker, Request
from gui.controls.panel import OWN as WORKLOAD
from gui.controls.panel import ChoicePanel
from gui.highlight import Span, python_spans
from gui.memory import Memory
from gui.modes import OWN
from gui.panels.own.page import FUNCTION, RUN, OwnPage, OwnViews
from gui.settings_values import MOST_RECENT
from gui.translations import sentence
from gui.workspace import Workspace
from workers.client.preflight import FunctionsRequest, InputsRequest, PreflightRequest
from workers.client.trust import Trust, trusted
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.functions import FileFunctions, InputsSeen
from workers.contract.preflight import Preflight

if TYPE_CHECKING:
    from gui.window import MainWindow

SETTLE_MS = 150
"""An editor that saves a file touches it several times."""


class _Shown:
    """Asks for a file's functions, and finds out, in the same thread, how its source is coloured."""

    def __init__(self, path: str, python: str | None) -> None:
        self._request = FunctionsRequest(path, python)

    def poll(self, wait_s: float) -> tuple[FileFunctions, list[list[Span]]] | None:
        found = self._request.poll(wait_s)
        return None if found is None else (found, python_spans(found.source))

    def close(self) -> None:
        self._request.close()


Asks = tuple[
    Callable[[str, str | None], Request], Callable[[str, str, str | None], Request], Callable[[RunConfig], Request]
]
ASKS: Asks = (_Shown, InputsRequest, PreflightRequest)
"""What makes the questions: about a file, its inputs, a function."""


class OwnFunction(QObject):
    """Connects the left part of the mode with its middle, and both with the processes that are asked.

    Signals:
        known(str): pre-flight is over; what was wrong, or nothing.
    """

    known = Signal(str)

    def __init__(self, window: "MainWindow", views: OwnViews, page: OwnPage, asks: Asks = ASKS) -> None:
        super().__init__(window)
        self._window = window
        self._panel: ChoicePanel = window.panel
        self._memory: Memory = window.memory
        self._workspace: Workspace = window.workspace
        self._views, self._page, self._asks = views, page, asks
        self._files, self._inputs, self._checks = Asker(self), Asker(self), Asker(self)
        self._trust: Trust | None = None
        self._path = ""
        self._stamp: tuple[int, int] | None = None
        self._shown_inputs: tuple[str, str] = ("", "")
        self._checked: RunConfig | None = None
        self._pending: RunConfig | None = None
        """A run that waits until it is known whether its file is trusted."""
        self.found: FileFunctions | None = None
        """The file that is shown."""
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._connect()
        self._panel.own.show_recent(self._memory.settings.recent)
        if self._workspace.mode == OWN and not self._panel.own.path:
            self._panel.own.show_params(self._memory.settings.own)
        self._follow()

    def _connect(self) -> None:
        chooser, card = self._panel.own, self._page.card
        chooser.fileChosen.connect(self.take_file)
        chooser.changed.connect(self._show_function)
        chooser.inputsChanged.connect(self._ask_inputs)
        self._panel.changed.connect(self._follow)
        # What is no Python for one interpreter may be some for another.
        self._panel.pythonChosen.connect(lambda _python: self._ask_file(self._path) if self._path else None)
        self._workspace.changed.connect(self._show_mode)
        card.checkAsked.connect(self.check)
        self._page.source.trust.trusted.connect(self._take_trust)
        self._files.answered.connect(self._take_functions)
        self._files.refused.connect(self._lose_file)
        self._inputs.answered.connect(self._take_inputs)
        self._inputs.refused.connect(self._lose_inputs)
        self._checks.answered.connect(self._take_preflight)
        self._checks.refused.connect(self._lose_preflight)
        self._checks.doing.connect(lambda words: card.say_doing(sentence(words)))
        self._watcher.fileChanged.connect(lambda _path: self._settle.start())
        self._settle.timeout.connect(self._look_again)
        self._window.controller.runStarted.connect(self._show_run)

    # ---- for the window ------------------------------------------------------------------------------------------
    def take_file(self, path: str) -> None:
        """Show this file, in its mode; nothing of it runs."""
        self._workspace.choose(OWN)
        self._views.choose(FUNCTION)
        path = os.path.abspath(path)
        recent = self._memory.settings.recent
        self._memory.settings.recent = [path, *(item for item in recent if item != path)][:MOST_RECENT]
        self._panel.own.show_recent(self._memory.settings.recent)
        self._panel.own.show_path("")
        self._panel.own.show_path(path)
        self._path = ""
        self._panel.own.changed.emit()
        self._follow()

    def allows(self, config: RunConfig) -> bool:
        """Whether this run may start now. Where that is not known yet, it starts, or is refused, when it is."""
        path = str(config.params.get("file", ""))
        if not path:
            self._refuse("params.file", self.tr("Choose a Python file with a function first (Ctrl+O)."))
            return False
        if self.found is not None and self.found.path == path and self._stamp == _stamp(path):
            if self.trust.trusts(self.found.sha256):
                return True
            self._refuse_untrusted(config)
            return False
        self._pending = config
        self._ask_file(path)
        return False

    def allows_script(self, config: RunConfig) -> bool:
        """Whether the script of a run may be carried out: one with a function of a file needs that trusted. Says why not."""
        if config.workload != WORKLOAD:
            return True
        path = str(config.params.get("file", ""))
        if self.found is not None and self.found.path == path and self.trust.trusts(self.found.sha256):
            return True
        self._refuse_untrusted(config)
        return False

    @property
    def trust(self) -> Trust:
        """What is trusted; read when it is first asked for."""
        if self._trust is None:
            self._trust = trusted()
            if self._trust.problem:
                self._window.run_view.say_bad(self._trust.problem)
        return self._trust

    def preflight_of(self, config: RunConfig) -> Preflight | None:
        """What is known of this function with these inputs; None: nothing, or nothing that holds still."""
        checked = self._checked
        if checked is None or dict(checked.params) != dict(config.params) or checked.python != config.python:
            return None
        if self._checks.busy:
            return None  # what is shown is of what was asked before
        return self._page.card.shown if self._stamp == _stamp(self._path) else None

    def why_not(self, config: RunConfig) -> str:
        """Why this function may not be called now, in a sentence; empty where it may."""
        if self.found is None or self.found.path != config.params.get("file") or not config.params.get("function"):
            return self.tr("Choose a Python file with a function first (Ctrl+O).")
        if not self.trust.trusts(self.found.sha256):
            return self.tr("The file is not trusted yet: read it under Function, and press Trust there.")
        return ""

    def check(self, bring: bool = True) -> None:
        """Look at the function, where its file is trusted. `bring`: show what comes of it."""
        if bring:
            self._workspace.choose(OWN)
            self._views.choose(FUNCTION)
        try:
            config = self._panel.config()
        except ConfigError as error:
            self._page.card.say_fault(sentence(str(error)))
            return
        if self.found is None:
            self._panel.own.browse()
        elif not self.trust.trusts(self.found.sha256):
            self._page.source.trust.look.setFocus()
        else:
            self._checked = config
            self._page.card.say_doing("")
            self._checks.ask(config, lambda: self._asks[2](config))

    def keep(self) -> None:
        """Put what is to be remembered into the settings."""
        if self._panel.own.path:
            self._memory.settings.own = {name: str(value) for name, value in self._panel.own.params().items()}

    def close(self) -> None:
        """End what is asked; bounded."""
        self._settle.stop()
        for asker in (self._files, self._inputs, self._checks):
            asker.close()

    # ---- the file ------------------------------------------------------------------------------------------------
    def _follow(self) -> None:
        """The choice is another one, or another file."""
        if not self._panel.is_own:
            return
        path = self._panel.own.path
        if path != self._path:
            self._path, self.found = path, None
            self._checks.give_up()
            self._page.card.say_nothing("")
            self._page.source.show_nothing("")
            if path:
                self._ask_file(path)
        elif self._checked is not None and self._page.card.shown is not None:
            params, checked = self._panel.own.params(), self._checked
            if params != dict(checked.params) or self._panel.workers.value() != checked.workers:
                self._page.card.show_old()

    def _ask_file(self, path: str) -> None:
        self._stamp = _stamp(path)
        python = self._panel.python_row.path()
        self._files.ask(path, lambda: self._asks[0](path, python))

    def _look_again(self) -> None:
        if self._path and self._stamp != _stamp(self._path):
            self._ask_file(self._path)

    def _watch(self, path: str) -> None:
        if os.path.exists(path) and path not in self._watcher.files():
            self._watcher.addPath(path)

    def _take_functions(self, path: str, answer: tuple[FileFunctions, list[list[Span]]]) -> None:
        found, spans = answer
        if path == self._path:
            self.found = found
            self._watch(path)
            self._page.source.show_file(found, spans)
            self._panel.own.fault_at("file", "")
            self._panel.own.show_functions(found)
            self._show_trust()
            self._shown_inputs = ("", "")
            self._ask_inputs()
        pending, self._pending = self._pending, None
        if pending is not None and pending.params.get("file") == path:
            if self.trust.trusts(found.sha256):
                self._window.begin(pending)
            else:
                self._refuse_untrusted(pending)

    def _lose_file(self, path: str, field: str, text: str) -> None:
        if path == self._path:
            self.found = None
            self._watch(path)  # it may be mended
            self._page.source.show_nothing(sentence(text))
            self._page.card.say_nothing("")
            self._panel.own.fault_at("file", sentence(text))
        pending, self._pending = self._pending, None
        if pending is not None and pending.params.get("file") == path:
            self._refuse(field or "params.file", text)

    def _show_function(self) -> None:
        if self.found is None:
            return
        info = self.found.named(str(self._panel.own.params()["function"]))
        if info is not None:
            self._page.source.show_function(info.line)
        self._show_trust()

    # ---- trust ---------------------------------------------------------------------------------------------------
    def _show_trust(self) -> None:
        if self.found is None:
            return
        name = os.path.basename(self.found.path)
        holds = self.trust.trusts(self.found.sha256)
        changed = not holds and self.found.path in self.trust.known.values()
        ready = bool(self._panel.own.params()["function"])
        self._page.source.trust.show_trust(name, holds, changed, ready)
        self._page.card.check.setEnabled(holds and ready)
        if self._page.card.shown is None and not self._checks.busy:
            words = self.tr("Press Check (Ctrl+P): the function is called a few times in another process.")
            self._page.card.say_nothing(words if holds else "")

    def _take_trust(self, run: bool) -> None:
        if self.found is None:
            return
        self.trust.add(self.found.sha256, self.found.path)
        if self.trust.problem:
            self._window.run_view.say_bad(self.trust.problem)
        self._show_trust()
        self._window.start() if run else self.check()

    def _refuse_untrusted(self, config: RunConfig) -> None:
        name = os.path.basename(str(config.params["file"]))
        self._refuse(
            "params.file", self.tr("{0} is not trusted yet: read it, then press Trust and run beside it.").format(name)
        )
        if self._workspace.mode == OWN:
            self._views.choose(FUNCTION)
            self._page.source.trust.run.setFocus()

    def _refuse(self, field: str, text: str) -> None:
        self._window.run_view.show_refusal(field, text)

    # ---- the inputs ----------------------------------------------------------------------------------------------
    def _ask_inputs(self) -> None:
        params = self._panel.own.params()
        wanted = str(params["file"]), str(params["inputs"])
        if self.found is None or wanted == self._shown_inputs:
            return
        self._shown_inputs = wanted
        info = self.found.named(str(params["function"]))
        if not wanted[1] and (info is None or info.least):
            self._inputs.give_up()
            self._panel.own.show_inputs(None)
            return
        python = self._panel.python_row.path()
        self._inputs.ask(wanted, lambda: self._asks[1](*wanted, python))

    def _take_inputs(self, wanted: tuple[str, str], seen: InputsSeen) -> None:
        if wanted == self._shown_inputs:
            self._panel.own.show_inputs(seen)

    def _lose_inputs(self, wanted: tuple[str, str], field: str, text: str) -> None:
        if wanted == self._shown_inputs:
            self._panel.own.fault_at("inputs", sentence(text))

    # ---- what is known of it -------------------------------------------------------------------------------------
    def _take_preflight(self, config: RunConfig, found: Preflight) -> None:
        if config == self._checked:
            self._page.card.show_preflight(found)
            self._follow()
            self.known.emit("")

    def _lose_preflight(self, config: RunConfig, field: str, text: str) -> None:
        if config == self._checked:
            self._page.card.say_fault(sentence(text))
            self._page.card.check.setEnabled(True)
            self.known.emit(sentence(text))
            group, _, name = field.partition(".")
            if group == "params" and name != "file":
                self._panel.own.fault_at(name, sentence(text))

    # ---- the mode ------------------------------------------------------------------------------------------------
    def _show_mode(self, mode: str) -> None:
        if mode == OWN and not self._panel.own.path and self._memory.settings.own:
            self._panel.own.show_params(self._memory.settings.own)
            self._follow()

    def _show_run(self) -> None:
        store: Any = self._window.store
        if store.started is not None and store.started.config.workload == WORKLOAD:
            self._views.choose(RUN)


def _stamp(path: str) -> tuple[int, int] | None:
    """What tells a file from an older one of that name."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
