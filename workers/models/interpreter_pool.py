"""Interpreter pool: worker threads of one process, each with an interpreter, and so a GIL, of its own.

Computing overlaps without other processes. Nothing is shared: arguments and results are pickled, as between processes.
"""

from workers.plugin import CHUNKSIZE, POOL_SIZE, ModelInfo, RunContext, ScriptParts, keep_in_flight

INFO = ModelInfo(
    title="Interpreter pool",
    family="Sub-interpreters",
    summary="Threads of one process, each with its own interpreter and GIL: computing overlaps, and nothing is shared.",
    params=(CHUNKSIZE, POOL_SIZE),
    workers_are="interpreters",
    requires=("python>=3.14",),
    live_workers="pool",
    shares=False,
)


def run(ctx: RunContext) -> None:
    """Keep every interpreter busy until the tasks are spent or the run is stopped."""
    from concurrent.futures import InterpreterPoolExecutor  # type: ignore[attr-defined]  # since 3.14

    with InterpreterPoolExecutor(ctx.workers, "worker", exec, ctx.interpreter_initargs) as pool:
        ctx.start_clock(pool.submit)
        keep_in_flight(pool.submit, ctx, int(ctx.options["chunksize"]))


def script(parts: ScriptParts) -> str:
    """As a short program."""
    chunksize = int(parts.options["chunksize"])
    # Submitted in place of `run`, which 3.14 sends as bare code where it sees no global name in it; those that only a
    # generator expression in it uses, it does not see.
    function = f"""
def call(args):
    return {parts.call}(*args)
"""
    if chunksize > 1:
        return f"""
from concurrent.futures import InterpreterPoolExecutor
{function}
with InterpreterPoolExecutor({parts.workers}) as pool:
    for result in pool.map(call, tasks, chunksize={chunksize}):
        collect(result)
"""
    return f"""
from concurrent.futures import InterpreterPoolExecutor, as_completed
{function}
with InterpreterPoolExecutor({parts.workers}) as pool:
    futures = [pool.submit(call, args) for args in tasks]
    for future in as_completed(futures):
        collect(future.result())
"""
