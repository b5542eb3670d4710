"""A run in words: titles where the catalogue is known, keys where it is not."""

import os
from collections.abc import Sequence

from gui.translations import told
from workers.contract.batch import Mark
from workers.contract.config import RunConfig
from workers.contract.info import Catalogue

SEPARATOR = "  ·  "


class RunNames:
    """Knows the titles of models and workloads; window, charts and saved pictures ask it."""

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None
        self._turned: tuple[RunConfig, int] | None = None
        """A run whose number of workers was turned, and what it is now."""

    def heed(self, config: RunConfig, marks: Sequence[Mark]) -> bool:
        """Take in marks of the run of `config`. Returns whether its name is another one now."""
        before = self._turned
        for mark in marks:
            number = mark.text.partition(" ")[0]
            if mark.kind == "workers" and number.isdecimal():
                self._turned = config, int(number)
        return self._turned is not before

    def short(self, config: RunConfig) -> str:
        """Model with workers, and workload: "Thread pool × 2  ·  Count primes"."""
        model = self.catalogue.models.get(config.model) if self.catalogue else None
        workload = self.catalogue.workloads.get(config.workload) if self.catalogue else None
        first = told(model.title) if model else config.model
        if model is None or model.workers_are != "none":
            first = f"{first} × {self._workers(config)}"
        second = told(workload.title) if workload else config.workload
        if config.workload == "own_function" and config.params.get("function"):
            second = f"{config.params['function']} ({os.path.basename(str(config.params.get('file', '')))})"
        return SEPARATOR.join((first, second))

    def _workers(self, config: RunConfig) -> str:
        # The very object: another run with the same choice was not turned.
        if self._turned is None or self._turned[0] is not config or self._turned[1] == config.workers:
            return str(config.workers)
        return f"{config.workers} → {self._turned[1]}"

    def full(self, config: RunConfig) -> str:
        """With the start method, where the model has one."""
        model = self.catalogue.models.get(config.model) if self.catalogue else None
        defaults = {param.name: param.default for param in model.params} if model else {}
        if "start_method" not in defaults:
            return self.short(config)
        return SEPARATOR.join((self.short(config), str(config.options.get("start_method", defaults["start_method"]))))
