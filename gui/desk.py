"""What Run, the filter and the script mean in the mode that holds: the choice on the left, or the lesson."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.actions import Actions
from gui.choice_words import ChoiceWords
from gui.controller import RunController
from gui.controls.panel import ChoicePanel
from gui.modes import COMPARE, EXPLORE, LESSONS, OWN
from gui.workspace import Workspace
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError

if TYPE_CHECKING:
    from gui.compare import Compare
    from gui.panels.code import CodePanel
    from gui.study import Study


class Desk(QObject):
    """Before the lessons are there, everything means the choice."""

    def __init__(
        self,
        workspace: Workspace,
        panel: ChoicePanel,
        actions: Actions,
        controller: RunController,
        choice: ChoiceWords,
        start: Callable[..., None],
    ) -> None:
        """`start` runs a RunConfig, or what is chosen on the left."""
        super().__init__(workspace)
        self._workspace, self._panel, self._actions = workspace, panel, actions
        self._controller, self._choice, self._start = controller, choice, start
        self._study: Study | None = None
        self._code: CodePanel | None = None
        self.blocked = False
        """Whether something else than a run is under way, and so none can begin."""
        self.compare: Compare | None = None
        choice.config = self.config
        panel.changed.connect(self.show_script)
        workspace.changed.connect(self._show_mode)

    def take(self, study: "Study", code: "CodePanel") -> None:
        """Lessons and script are there."""
        self._study, self._code = study, code
        study.lessons.runAsked.connect(self._start_lesson)
        study.lessons.exploreAsked.connect(self.explore)
        study.configShown.connect(self.show_script)
        study.runOffered.connect(self.offer_run)
        self._show_mode(self._workspace.mode)

    @property
    def _lessons(self) -> "Study | None":
        """The lessons, where they are what the window is for at present."""
        return self._study if self._workspace.mode == LESSONS else None

    def run(self) -> None:
        """Run what is chosen, or the lesson."""
        if self._lessons is not None:
            self._lessons.lessons.run()
        else:
            if self._workspace.mode == COMPARE:
                self._workspace.choose(OWN if self._panel.is_own else EXPLORE)  # there the run is to be seen
            self._start()

    def offer_run(self) -> None:
        """Let Run be pressed, where it would run something."""
        # Before Python has said what it can run, a run waits for its answer: the choice may be pressed at once.
        able = self._lessons is None or self._lessons.offered
        self._actions.run.setEnabled(able and not self.blocked and not self._controller.phase.active)

    def config(self) -> RunConfig | None:
        """What Run would run. Raises ConfigError where that cannot be."""
        return self._panel.config() if self._lessons is None else self._lessons.config

    def show_script(self) -> None:
        """Show what Run would run as a script, and name it at the top."""
        config: RunConfig | None = None
        with suppress(ConfigError):
            config = self.config()
        if self._code is not None:
            self._code.show_config(config)
        self._choice.show()

    def focus_filter(self) -> None:
        """Bring the keyboard to the filter on the left."""
        if self._lessons is not None:
            self._lessons.list.focus_filter()
        elif self._workspace.mode == COMPARE and self.compare is not None:
            self.compare.list.focus_filter()
        else:
            self._panel.models.focus_filter()

    def step(self, by: int) -> None:
        """Go to the next lesson (1) or the one before (-1)."""
        if self._lessons is not None:
            self._lessons.lessons.step(by)

    def _start_lesson(self, config: RunConfig) -> None:
        if self._study is not None:
            self._study.lessons.begin_run(config)
            self._start(config)

    def explore(self, config: RunConfig) -> None:
        """Set up `config` on the left, and run nothing."""
        self._panel.show_config(config)
        self._workspace.choose(OWN if self._panel.is_own else EXPLORE)

    def _show_mode(self, mode: str) -> None:
        if self._study is not None:
            self._study.show_mode(mode)
        self.show_script()
        self.offer_run()
