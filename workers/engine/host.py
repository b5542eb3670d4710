"""The host: a process that carries one run and ends with it. Entry: `boot.py host CONTROL_FD`."""

import faulthandler
import multiprocessing
import multiprocessing.connection
import multiprocessing.pool
import multiprocessing.process
import multiprocessing.util
import os
import signal
import sys
import traceback
import warnings
from concurrent.futures import BrokenExecutor
from contextlib import closing
from typing import Any, NoReturn

from workers import registry
from workers.contract.config import RunConfig
from workers.contract.errors import ConfigError
from workers.contract.messages import Clock, Ended, Hello, Launch
from workers.engine import threads, worker
from workers.engine.births import Births, describe_exit
from workers.engine.context import HostContext
from workers.engine.control import Control
from workers.engine.limits import bound_memory, give_way
from workers.engine.losses import describe_loss
from workers.engine.sandbox import ask_gently
from workers.plugin import WorkerLost
from workers.telemetry import naps, pickles, recorder
from workers.telemetry.board import Board
from workers.telemetry.clock import now
from workers.telemetry.recorder import Recording


def main(arguments: list[str]) -> int:
    """Say hello, wait for Launch, carry the run, say how it ended."""
    descriptor = int(arguments[0])
    os.set_inheritable(descriptor, False)
    give_way()
    ask_gently()
    births = Births()
    control = Control(multiprocessing.connection.Connection(descriptor), births)
    control.send(Hello(os.getpid()))
    launch = None
    while launch is None:
        try:
            launch = control.receive(1.0)
        except (EOFError, OSError):
            return 0  # a spare that was never used
    if not isinstance(launch, Launch):
        return 0
    outcome: dict[str, Any] = {}
    error = _carry(launch, control, births, outcome)
    control.report(final=True)
    control.send(Ended(now(), error, outcome))
    # multiprocessing's own farewell (it unlinks semaphores), then out: a thread that Stop could not end must not keep us.
    multiprocessing.util._exit_function()  # type: ignore[attr-defined]
    os._exit(1 if error else 0)


def _give_up(error: str, board: Board, control: Control) -> NoReturn:
    """End at once, from wherever the model is: its library's farewell cannot be relied upon. The window sweeps."""
    if not board.get("closed"):
        board.set("closed", now())
    recorder.leave()
    control.report(final=True)
    control.send(Ended(now(), error, {}))
    os._exit(1)


def _why_broken(error: BrokenExecutor, births: Births, directory: str) -> str:
    """What an executor that cannot go on has met with: a result that could not be read, or a worker that ended or did not start."""
    cause = str(error.__cause__ or "")
    lines = [line for line in cause.splitlines() if line.strip(" '\"")] or [str(error)]
    last = lines[-1].strip().removeprefix("_pickle.")
    if "could not be started" in str(error):  # from Python 3.14 on; before, a thread of the pool ends with that error
        return threads.not_started(last)
    if "recv()" in cause or "un-serialize" in str(error):
        return (
            f"A result cannot be unpickled in the host, PID {os.getpid()} ({last}): "
            "what was under way is lost and its pool cannot go on; mend the task and start the run again."
        )
    dead = births.dead_worker(certain=True)
    if dead is None:
        return f"The pool lost a worker and cannot go on: {error}"
    word = worker.left_word(directory, dead[0])
    return describe_loss(*dead, word, births.server_loss(), births.given_up(dead[0]))


def _carry(launch: Launch, control: Control, births: Births, outcome: dict[str, Any]) -> str:
    """Carry the run and fill in its outcome. Returns the error in one sentence, or nothing."""
    config = RunConfig.from_plain(launch.config)
    if launch.memory:
        bound_memory(launch.memory, launch.lanes)
    process_config: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    process_config["semprefix"] = f"/{launch.prefix}"
    process_config["tempdir"] = launch.directory
    recording = Recording(launch.directory, launch.ring_records)
    board = Board(launch.directory)
    # Since 3.12 fork warns where threads exist. Here they do, by design: the control thread pauses around forks.
    warnings.filterwarnings("ignore", message=".*multi-threaded.*", category=DeprecationWarning)
    naps.watch()
    naps.watch_loops()
    threads.watch()
    try:
        workload = registry.load_workload(config.workload)
        model = registry.load_model(config.model)
        signal.signal(signal.SIGINT, worker.interrupt)
        # Stop's SIGTERM is meant for workers. A handler, because children would inherit SIG_IGN through exec.
        signal.signal(signal.SIGTERM, lambda number, frame: None)
        faulthandler.enable(file=sys.__stderr__ or sys.stderr)
        faulthandler.register(recorder.STACKS, file=sys.__stderr__ or sys.stderr, all_threads=True, chain=False)
        recorder.configure(recording)
        recorder.enter("main", "main")
        pickles.watch()
        with workload.setup(config.params) as params:
            context = HostContext(
                config,
                model.info,
                workload.bound(),
                params,
                recording,
                board,
                births,
                lambda t_ns: control.send(Clock(t_ns)),
                lambda error: _give_up(error, board, control),
            )
            board.set("beat", now())  # the thread may never have a turn where tasks hold the GIL from the start
            control.listen(
                context.request_stop,
                context.turn,
                context.explain,
                context.hold,
                lambda: board.set("beat", now()),
            )
            with closing(context):
                try:
                    model.run(context)
                finally:
                    context.cut_off()
                    if not board.get("closed"):
                        board.set("closed", now())
                    context.tell_rest()
                outcome.update(context.report())
    except (WorkerLost, ConfigError) as error:
        return str(error)
    except BrokenExecutor as error:
        return _why_broken(error, births, launch.directory)
    except Exception as error:  # noqa: BLE001 - whatever ends a run is reported, with its traceback
        server = births.server_loss() if isinstance(error, (EOFError, OSError)) else None
        if server is not None:
            return f"The forkserver, PID {server[0]}, {describe_exit(server[1])}, while it was to start a process; start the run again."
        recorder.say("stderr", traceback.format_exc().rstrip())
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"The run ended with {type(error).__name__}: {error} (line {place.lineno} of {os.path.basename(place.filename)})."
    finally:
        recorder.leave()
    return ""
