"""The configuration whose script is the recommendation: enough tasks to be worth its workers, and no more than a person waits for."""

from workers.contract.config import RunConfig
from workers.contract.sweep import SweepPlan
from workers.sweep.recommend import Recommendation

SECONDS = 10.0
"""How long the script should take, about: beside it the start of its workers is nothing. Longer, where the inputs alone take longer."""
MOST_TASKS = 100_000
MOST_BYTES = 500_000_000
"""Results that a script may have in memory at once: a pool keeps them until they are collected."""


def script_config(
    plan: SweepPlan, found: Recommendation, inputs: int | None = None, result_bytes: int | None = None
) -> RunConfig:
    """A run of the recommended cell: as many tasks as take about SECONDS by what was measured, each of the `inputs` at least once."""
    about = min(MOST_TASKS, round(found.throughput.value * SECONDS))
    if result_bytes:
        about = min(about, MOST_BYTES // result_bytes)
    return plan.config(found.cell).changed(seconds=None, tasks=max(about, inputs or 0, found.cell.workers, 1))
