"""Process pool: each worker is a process with an interpreter and a GIL of its own.

Computing overlaps; arguments and results are pickled and travel through pipes.
"""

from concurrent.futures import ProcessPoolExecutor

from workers.plugin import START_METHOD, ModelInfo, Param, RunContext, keep_in_flight

INFO = ModelInfo(
    title="Process pool",
    family="Processes",
    summary="Each worker is a process with its own GIL: computing overlaps; arguments and results travel through pipes.",
    params=(
        START_METHOD,
        Param(
            "chunksize",
            1,
            "Chunk size",
            "How many tasks travel to a worker together; more saves trips when tasks are short.",
            minimum=1,
            maximum=100_000,
        ),
    ),
    workers_are="processes",
)


def run(ctx: RunContext) -> None:
    """Keep every worker process busy until the tasks are spent or the run is stopped."""
    with ProcessPoolExecutor(ctx.workers, ctx.mp, ctx.enter_process, ctx.process_initargs) as pool:
        ctx.start_clock(pool.submit)
        keep_in_flight(pool.submit, ctx, int(ctx.options["chunksize"]))
