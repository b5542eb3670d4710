"""What is made of what comes from a run: whether it goes on, is paused, or is ended, and what is said of that."""

import time
from dataclasses import replace

from workers.client.memory import Verdict
from workers.client.run import Run
from workers.client.sampler import Sweep
from workers.client.unreadable import because
from workers.client.wait_graph import Facts
from workers.contract.batch import Counts, ProcessSample, TextLine
from workers.contract.memory import RunMemory
from workers.contract.phase import RunPhase
from workers.contract.waits import Standstill, WaitGraph
from workers.engine import lifecycle
from workers.telemetry.clock import now

MOST_HOLDS = 100
"""So many pauses, and ends of them, are marked; the rest is counted."""


def look_at_counts(run: Run) -> None:
    """Say where the counts are not what the host has written there."""
    board = run.host.directory.board
    if board.cut_short and run.host.exit_code is None and not run.state.ended:
        run.end_badly(because("the file of its counts was cut short", run.host.pid))
    if board.overwritten and not run.overwritten:
        run.overwritten = True
        run.mark("protocol", "the counts of the run were overwritten: what cannot be is left out")


def look_after(run: Run) -> bool:
    """Let time pass. True once nobody is left and this is the last batch."""
    state = run.state
    if state.host_gone and state.phase.active and time.monotonic() >= run.group_checked:
        run.group_checked = time.monotonic() + 0.02
        if not run.host.group_alive():
            run.do(lifecycle.GroupGone())
    run.do(lifecycle.Tick())
    if state.phase is RunPhase.RUNNING:
        text = run.watch.look(run.drain, _facts(run))
        if text:
            run.host.explain()
            run.explained = True
            run.mark("deadlock", text)
    return not run.phase.active


def _facts(run: Run) -> Facts:
    board, config = run.host.directory.board, run.config
    submitted = board.get("submitted")
    return Facts(
        max(config.workers, int(config.options.get("pool_size", 0)), board.get("active")),
        submitted - board.get("done") - board.get("failed"),
        submitted,
        config.tasks is None or submitted < config.tasks,
    )


def look_at_memory(run: Run, processes: tuple[ProcessSample, ...], counts: Counts) -> RunMemory | None:
    """Look at what the run has, where it was sampled just now; pause it, let it go on or end it."""
    if not processes or run.phase is RunPhase.STARTING or run.host.exit_code is not None:
        return None
    watch = run.memory
    verdict = watch.look(processes, counts.submitted - counts.done - counts.failed)
    if verdict is Verdict.END:
        run.end_badly(watch.words(verdict))
    elif verdict is not None:
        run.host.hold(watch.held)
        run.holds += 1
        if run.holds <= MOST_HOLDS:
            run.mark("paused" if watch.held else "resumed", watch.words(verdict))
    return watch.last


def lose_patience(run: Run, counts: Counts) -> None:
    """End a run that only waits for processes that were stopped."""
    config, start_ns = run.config, run.clock_start_ns
    late = config.seconds is not None and start_ns is not None and now() >= start_ns + int(config.seconds * 1e9)
    handed_out = config.tasks is not None and counts.submitted >= config.tasks
    over = late or handed_out or bool(run.host.directory.board.get("spent"))
    error = run.patience.look(run.stalls.stopped, counts.done + counts.failed, over, now())
    if error:
        run.end_badly(error)


def new_waits(run: Run) -> WaitGraph | None:
    """The graph, where it is another one than was told last."""
    graph = run.watch.graph
    if replace(graph, t_ns=0) == replace(run.told_waits, t_ns=0):
        return None
    run.told_waits = graph
    return graph


def look_for_standstill(run: Run, counts: Counts, texts: list[TextLine], samples: Sweep) -> Standstill | None:
    """What is to be said of nothing having progressed; it is marked, and stacks are asked for."""
    # Why nothing progresses is said already.
    known = run.watch.stuck or bool(run.stalls.pids) or run.memory.held
    said = run.standstill.look(run.drain, counts, len(texts), samples, known)
    if said is not None:
        run.mark("standstill", said.text, t_ns=said.t_ns)
        run.host.explain()
        run.explained = True
    return said
