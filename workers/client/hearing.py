"""What a run's host says: its messages, which processes came and went, and what it wrote past us."""

from workers.client.run import Run
from workers.contract.batch import ProcessEvent, TextLine
from workers.contract.messages import Clock, Ended, Hello, MessageError, Processes
from workers.engine import lifecycle
from workers.telemetry.clock import now


def hear(run: Run, texts: list[TextLine]) -> bool:
    """Take the host's messages, and its raw output, which goes to `texts`. True where it has carried the run to a good end."""
    gone = run.host.exit_code is not None  # asked first, so that its last words are not missed
    well = _messages(run)
    lines = run.host.read_output()
    for asker in (run.watch.stacks, run.standstill.stacks):
        asker.hear(lines)
    for line in lines:
        texts.append(TextLine(now(), run.host.pid, run.host.pid, "stderr", line))
    if gone:
        run.do(lifecycle.HostGone(run.host.reason()))
    return well


def _messages(run: Run) -> bool:
    messages = []
    try:
        messages = run.host.messages() if run.understood else []
    except MessageError as error:
        run.understood = False
        run.mark("protocol", f"the host sent {error}; it was ended")
        run.end_badly(
            f"The host, PID {run.host.pid}, sent what is no message of ours ({error}) and was ended; "
            "what had arrived by then is kept: start the run again.",
        )
    well = False
    for message in messages:
        match message:
            case Hello():
                run.do(lifecycle.HostReady())
            case Clock(t_ns):
                run.clock_start_ns = t_ns
                run.do(lifecycle.ClockStarted())
            case Processes(born, exited):
                _processes(run, born, exited)
            case Ended(_, reason, outcome):
                run.outcome, run.farewell = outcome, True
                well |= not reason
                run.do(lifecycle.HostEnded(reason))
    return well


def _processes(run: Run, born: list[list[object]], exited: list[list[object]]) -> None:
    for pid, t_ns, role in born:
        assert isinstance(pid, int)
        assert isinstance(t_ns, int)  # `decode` has checked that
        run.events.append(ProcessEvent(pid, t_ns, "born", str(role)))
        run.living.add(pid)
        if role not in ("worker", "manager"):
            run.helpers.add(pid)
        run.sampler.watch(pid, str(role))
    for pid, t_ns, code in exited:
        assert isinstance(pid, int)
        assert isinstance(t_ns, int)
        run.living.discard(pid)
        run.exited(ProcessEvent(pid, t_ns, "exited", exit_code=code if isinstance(code, int) else None))
