"""Concurrency models: one file each, found by the registry. Each uses `workers.plugin` and the standard library.

Those named after another library import it when they are run, and say in `requires` that they need it.
"""

from workers.finding import folders

# Files of the user's own are modules of this package too, and so importable by the same name in every worker.
__path__ += folders("models")
