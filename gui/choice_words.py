"""The choice in words at the top: what runs, and what would run next."""

from collections.abc import Callable
from contextlib import suppress

from gui.controller import RunController
from gui.controls.panel import ChoicePanel
from gui.run_names import RunNames
from gui.top_bar import TopBar
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError


class ChoiceWords:
    """Says it whenever the choice or the run is another one."""

    def __init__(self, panel: ChoicePanel, top: TopBar, controller: RunController, names: RunNames) -> None:
        self._panel, self._top, self._controller, self._names = panel, top, controller, names
        self.config: Callable[[], RunConfig | None] = panel.config
        """What would run next. Raises ConfigError where that cannot be."""

    def show(self) -> None:
        """Say what would run next, unless something runs; and beside its field what cannot be."""
        if self._controller.phase.active:
            return
        try:
            config = self.config()
            self._word(config) if config is not None else self._top.show_choice("", False)
        except ConfigError as error:
            self._panel.show_error(error.field, str(error))

    def show_running(self, config: RunConfig) -> None:
        """Say what runs."""
        self._top.show_choice(self._names.full(config), False)

    def _word(self, config: RunConfig) -> None:
        """Say `config`, and that it is another run than the one whose charts are shown."""
        catalogue, store = self._controller.catalogue, self._controller.store_or_none
        if catalogue is None:
            self._top.show_choice("", False)
            return
        with suppress(ConfigError):
            config = catalogue.resolve(config)
        shown = store.started if store is not None else None
        self._top.show_choice(self._names.full(config), shown is not None and shown.config != config)
