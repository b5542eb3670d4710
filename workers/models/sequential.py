"""Sequential: the main thread does one task after the other. The measure of everything else."""

from workers.plugin import ModelInfo, RunContext, ScriptParts

INFO = ModelInfo(
    title="Sequential",
    family="One at a time",
    summary="The main thread does one task after the other, whatever the number of workers: the measure of all else.",
    workers_are="none",
)


def run(ctx: RunContext) -> None:
    """Do the tasks in the main thread, one after the other."""
    ctx.start_clock()
    for job in ctx.jobs():
        ctx.perform(job)


def script(parts: ScriptParts) -> str:
    """As a short program."""
    return f"""
for args in tasks:
    collect({parts.call}({parts.given}*args))
"""
