"""A run in words: titles where the catalogue is known, keys where it is not."""

from workers.contract.config import RunConfig
from workers.contract.info import Catalogue

SEPARATOR = "  ·  "


class RunNames:
    """Knows the titles of models and workloads; window, charts and saved pictures ask it."""

    def __init__(self) -> None:
        self.catalogue: Catalogue | None = None

    def short(self, config: RunConfig) -> str:
        """Model with workers, and workload: "Thread pool × 2  ·  Count primes"."""
        model = self.catalogue.models.get(config.model) if self.catalogue else None
        workload = self.catalogue.workloads.get(config.workload) if self.catalogue else None
        first = model.title if model else config.model
        if model is None or model.workers_are != "none":
            first = f"{first} × {config.workers}"
        return SEPARATOR.join((first, workload.title if workload else config.workload))

    def full(self, config: RunConfig) -> str:
        """With the start method, where the model has one."""
        model = self.catalogue.models.get(config.model) if self.catalogue else None
        defaults = {param.name: param.default for param in model.params} if model else {}
        if "start_method" not in defaults:
            return self.short(config)
        return SEPARATOR.join((self.short(config), str(config.options.get("start_method", defaults["start_method"]))))
