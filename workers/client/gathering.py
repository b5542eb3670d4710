"""Puts together the batches of a run: what has come since the last one; and, in the last one, how it ended."""

import signal
import time
from collections.abc import Iterable
from dataclasses import replace

from workers.client.judging import MOST_HOLDS, look_at_memory, look_for_standstill, lose_patience, new_waits
from workers.client.run import Run
from workers.client.sampler import Sweep
from workers.client.stacks import of_coroutines
from workers.client.text import Said
from workers.client.unreadable import as_texts, because
from workers.contract.batch import (
    Batch,
    Counts,
    LaneInfo,
    ProcessEvent,
    RaceFilm,
    RunEnded,
    Spans,
    TextLine,
)
from workers.contract.marks import SHOWN, more
from workers.contract.phase import RunPhase
from workers.engine import lifecycle
from workers.telemetry.clock import now


def gather(run: Run, texts: list[TextLine], final: bool, own_cpu_share: float) -> Batch:
    """What has come; `texts`: what of it was taken already. `final`: nobody is left, so this is the last one, and the run is closed."""
    spans, lanes = _recorded(run, final)
    films = _said(run, texts, final)
    samples: Sweep = ((), ())
    machine_busy_s = None
    if not final and time.monotonic() >= run.next_sweep:
        run.next_sweep = time.monotonic() + run.sampler.period_s
        samples = run.sampler.sweep()
        machine_busy_s = run.sampler.machine_busy_s()
    processes, threads = samples
    if not final:
        run.marks += run.stalls.look(processes, run.host.directory.board.get("beat"), now())
    counts = counts_of(run, final)
    if run.phase is RunPhase.RUNNING:
        lose_patience(run, counts)
    memory = look_at_memory(run, processes, counts)
    picture = run.picture.read(counts.done, final)
    waits, standstill = new_waits(run), None
    if run.phase is RunPhase.RUNNING:
        standstill = look_for_standstill(run, counts, texts, samples)
    stacks = [*run.watch.stacks.take(final), *run.standstill.stacks.take(final)]
    if run.explained:
        stacks += of_coroutines(texts)
    ended = _end(run) if final else None
    return replace(
        _taken(run, texts, counts, ended),
        lanes=lanes,
        spans=spans,
        processes=processes,
        threads=threads,
        films=tuple(films),
        picture=picture,
        waits=waits,
        standstill=standstill,
        stacks=tuple(stacks),
        lock_names=run.drain.take_names(),
        semaphores=run.drain.take_semaphores(),
        machine_busy_s=machine_busy_s,
        memory=memory,
        own_cpu_share=own_cpu_share,
    )


def give_up(run: Run, texts: list[TextLine], error: Exception, own_cpu_share: float) -> Batch:
    """The last batch of a run that cannot be read: its processes are ended, and what went wrong stands among its texts."""
    pid, errors = run.host.pid, [error]
    reason = because(error, pid)
    if not run.phase.active:  # all was over but for the last look
        reason = run.state.error or reason
        run.state = replace(run.state, phase=RunPhase.FAILED, error=reason)
    run.do(lifecycle.Unreadable(reason))
    try:
        run.close()
    except Exception as second:  # noqa: BLE001 - told, with its traceback, as the first one
        errors.append(second)
    t_ns = now()
    texts += as_texts(errors, pid, t_ns)
    run.events += [ProcessEvent(worker, t_ns, "exited") for worker in sorted(run.living)]
    run.events.append(ProcessEvent(pid, t_ns, "exited", "host", run.host.exit_code))
    ended = RunEnded(run.phase, t_ns, reason, run.state.stopped, run.outcome)
    return replace(_taken(run, texts, counts_of(run, True), ended), own_cpu_share=own_cpu_share)


def counts_of(run: Run, final: bool) -> Counts:
    """As they stand on the board; what has not ended by the last batch is lost."""
    board = run.host.directory.board
    submitted, done, failed = board.get("submitted"), board.get("done"), board.get("failed")
    return Counts(
        submitted,
        done,
        failed,
        max(0, submitted - done - failed) if final else 0,
        board.get("active"),
        sum(run.text_dropped.values()),
    )


def _recorded(run: Run, final: bool) -> tuple[Spans | None, tuple[LaneInfo, ...]]:
    """What is new in the rings."""
    unread = run.drain.unread
    if final:
        run.host.directory.board.look()
    spans, lanes = run.drain.read(final)
    if run.drain.unread and not unread:
        run.mark("unrecorded", "too few descriptors: not every lane is shown")
    for found in run.drain.take_set_aside():
        run.set_aside += 1
        if run.set_aside <= SHOWN:
            whose = found.lane
            pid, tid = (whose.pid, whose.tid) if whose is not None else (run.host.pid, 0)
            run.mark("unrecorded", str(found), pid, tid)
    _follow(run, lanes)
    return spans, lanes


def _follow(run: Run, lanes: Iterable[LaneInfo]) -> None:
    for lane in lanes:
        if lane.text_dropped:
            run.text_dropped[lane.number] = lane.text_dropped
        if lane.ended_ns is None:
            run.sampler.watch(lane.pid, "host" if lane.pid == run.host.pid else "worker")
            run.sampler.lane(lane.pid, lane.tid, lane.role)


def _said(run: Run, texts: list[TextLine], final: bool) -> list[RaceFilm]:
    """What has come through the text channel: lines go to `texts`, films are returned."""
    films: list[RaceFilm] = []
    said = run.text.read()
    while said:
        texts += said.texts
        run.marks += said.marks
        films += said.films
        said = run.text.read() if final else Said()
    return films


def _taken(run: Run, texts: list[TextLine], counts: Counts, ended: RunEnded | None) -> Batch:
    """A batch with what the run has noted for it, which is taken from there."""
    started, run.started = run.started, None
    events, run.events = run.events, []
    marks, run.marks = run.marks, []
    stop_step, run.stop_step = run.stop_step, None
    return Batch(
        t_ns=now(),
        phase=run.phase,
        counts=counts,
        clock_start_ns=run.clock_start_ns,
        started=started,
        events=tuple(events),
        texts=tuple(texts),
        marks=tuple(marks),
        ended=ended,
        stop_step=stop_step,
    )


def _end(run: Run) -> RunEnded:
    """Nobody is left: note how they ended, and remove what the run had."""
    state, t_ns = run.state, now()
    killed = -int(signal.SIGKILL) if state.step >= 3 or state.stopped else None
    for pid in sorted(run.living):
        code = run.sampler.exit_code(pid)  # of one that had ended before, which the host could not tell any more
        run.exited(ProcessEvent(pid, t_ns, "exited", exit_code=killed if code is None else code))
    run.marks += run.exits.rest(run.host.pid, t_ns)
    if run.holds > MOST_HOLDS:
        run.mark("paused", more(run.holds - MOST_HOLDS), t_ns=t_ns)
    if run.set_aside > SHOWN:
        run.mark("unrecorded", more(run.set_aside - SHOWN), t_ns=t_ns)
    run.events.append(ProcessEvent(run.host.pid, t_ns, "exited", "host", run.host.exit_code))
    closed = run.host.directory.board.get("closed")
    error = state.error or None
    crashed = any(line.startswith("Fatal Python error") for line in run.host.output)  # its stack was shown
    if error and not run.farewell and not crashed:
        output = run.host.last_words()
        error = f"{error} Its last output: {output[-1][:200]}" if output else error
    run.close()
    return RunEnded(run.phase, closed or t_ns, error, state.stopped, run.outcome)
