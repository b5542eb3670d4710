"""What can be done to a worker, and what will come of it under the model of the run: said before it is done."""

from typing import NamedTuple

from PySide6.QtCore import QObject

from gui.figures import grouped
from gui.own_end import with_patience
from workers.client.stalls import OwnEnd
from workers.contract.breaking import DEADLY, HOLD_S, MOST_MB, SIGNALS

POOLS = ("pool_apply", "pool_apply_async", "pool_map", "pool_imap_unordered")
"""Models on a multiprocessing.Pool."""
EXECUTORS = ("process_pool", "asyncio_processes")
"""Models on a ProcessPoolExecutor."""
LOKY = ("loky", "joblib")
LINES = ("process_queue", "process_pipe", "process_manager", "shared_memory", "processes_with_threads")
"""Models whose workers are processes of their own, with a line of tasks or a pipe."""


class Victim(NamedTuple):
    """Who is to be broken, and in what run."""

    name: str
    """What it is called: "PID 12 (ForkProcess-1)"."""
    role: str
    """Of its process: host, worker, forkserver, resource_tracker, manager, child."""
    model: str
    """Key of the run's model."""
    workers_are: str
    """What its workers are; empty where that is not known."""
    end: OwnEnd = OwnEnd.NONE
    """Of its run."""


class BreakWords(QObject):
    """Puts it into words."""

    def item(self, how: str) -> str:
        """A way, as it stands in a menu."""
        return {
            "kill": self.tr("Kill (SIGKILL)"),
            "segfault": self.tr("Crash (segmentation fault)"),
            "exit": self.tr("Exit in the middle of a task"),
            "freeze": self.tr("Freeze (SIGSTOP)"),
            "thaw": self.tr("Thaw (SIGCONT)"),
            "fill": self.tr("Fill its memory"),
            "raise": self.tr("Raise an exception"),
        }[how]

    def button(self, how: str) -> str:
        """A way, as it stands on the button that does it."""
        return {
            "kill": self.tr("Kill it"),
            "segfault": self.tr("Crash it"),
            "exit": self.tr("Let it exit"),
            "freeze": self.tr("Freeze it"),
            "thaw": self.tr("Thaw it"),
            "fill": self.tr("Fill its memory"),
            "raise": self.tr("Let it raise"),
        }[how]

    def question(self, how: str, victim: Victim) -> str:
        """What is about to be done, as a question."""
        return {
            "kill": self.tr("Kill {0}?"),
            "segfault": self.tr("Crash {0}?"),
            "exit": self.tr("Let {0} exit in the middle of its task?"),
            "freeze": self.tr("Freeze {0}?"),
            "thaw": self.tr("Thaw {0}?"),
            "fill": self.tr("Fill the memory of {0}?"),
            "raise": self.tr("Let {0} raise an exception?"),
        }[how].format(victim.name)

    def deed(self, how: str, victim: Victim) -> str:
        """What is done, and when."""
        done = {
            "kill": self.tr("SIGKILL ends the process at once. It cannot be caught, and nothing is cleaned up."),
            "segfault": self.tr(
                "Its task reads address 0, as broken C code does, and the kernel ends the process with SIGSEGV."
            ),
            "exit": self.tr("Its task calls os._exit(0): the process is gone, with the exit code of success."),
            "freeze": self.tr(
                "SIGSTOP keeps the process from every core until SIGCONT. It is not dead: no "
                "exit code, no closed pipe tells anybody."
            ),
            "thaw": self.tr("SIGCONT lets the process go on where it stood."),
            "fill": self.tr(
                "Its task takes half of the memory that is free, {0} MB at most, in steps; "
                "holds it for {1} s; and gives it back."
            ).format(grouped(MOST_MB), f"{HOLD_S:.0f}"),
            "raise": self.tr("Its task raises RaisedOnRequest."),
        }[how]
        return done if how in SIGNALS else f"{done} {self._when(victim)}"

    def _when(self, victim: Victim) -> str:
        if victim.role == "worker" and victim.model != "processes_with_threads":
            return self.tr("That happens at once; between two tasks, in the next one.")
        return self.tr("That happens at the end of the task under way, or of the next one.")

    def outcome(self, how: str, victim: Victim) -> str:
        """What comes of it, in this model."""
        if how in DEADLY:
            return self._death(how, victim)
        if how == "freeze":
            return with_patience(self._freeze(victim), victim.end, victim.role)
        if how == "thaw":
            return self.tr("Who waited for it goes on as well. What time it stood still is in its task's duration.")
        if how == "fill":
            return self._fill(victim)
        return self.tr(
            "The task counts as failed, with its traceback under Output. The worker takes the "
            "next task, and the run goes on, in every model."
        )

    def _death(self, how: str, victim: Victim) -> str:
        model = victim.model
        if victim.role == "host":
            if victim.workers_are == "processes":
                return self.tr(
                    "It is the main process: who hands out tasks is gone. Its workers are "
                    "ended with it, and the run fails."
                )
            return self.tr(
                "It is the main process, and every worker of this model lives in it: nobody can end "
                "one of them alone. The run fails at once, and "
                "what has come of it by then is kept. The window goes on."
            )
        if victim.role != "worker":
            return self._helper_death(victim.role)
        if model in POOLS:
            return self.tr(
                "A stock multiprocessing.Pool starts another process in its place and never learns "
                "which task died with it: whoever waits for that "
                "result waits for ever. Threadmill sees the sentinel of the dead process, and "
                "ends the run as failed instead of hanging."
            )
        if model in EXECUTORS:
            return self.tr(
                "ProcessPoolExecutor breaks as a whole: BrokenProcessPool for every task under way "
                "or in line, and the other workers are ended. "
                "The run fails; nothing hangs."
            )
        if model in LOKY:
            return self.tr(
                "loky's executor breaks as a whole, with TerminatedWorkerError for every task under "
                "way or in line. The run fails; nothing hangs."
            )
        if model == "process_per_task":
            lost = self.tr(
                "One task is lost, the one that it ran; the run goes on with the next "
                "ones, each in a process of its own."
            )
            success = self.tr(
                "An exit code of 0 says that all went well; Threadmill asks the task as well, and counts it as lost."
            )
            return f"{lost} {success}" if how == "exit" else lost
        if model in LINES:
            return self.tr(
                "The task that it had taken out of the line is lost, and nobody is told: the main "
                "process would wait for its answer for ever. "
                "Threadmill sees the sentinel of the dead process, and ends the run as failed."
            )
        return self.tr("What comes of it, the model decides. Threadmill names the process and what it died of.")

    def _helper_death(self, role: str) -> str:
        return {
            "manager": self.tr("It holds what the others share. Their next call to it fails, and so does the run."),
            "forkserver": self.tr(
                "Workers are started by it, and it reports how they end: no more can be started, and the run may fail."
            ),
            "resource_tracker": self.tr(
                "It removes semaphores and shared memory that are left. multiprocessing starts another "
                "one when it needs it; Threadmill sweeps anyway."
            ),
            "child": self.tr("A task has started it: what comes of it is that task's business."),
        }.get(role, self.tr("What comes of it, the model decides. Threadmill names the process and what it died of."))

    def _freeze(self, victim: Victim) -> str:
        if victim.role == "host":
            if victim.workers_are == "processes":
                return self.tr(
                    "It is the main process: nobody hands out tasks or takes in results. Workers finish "
                    "what they have and wait. Threadmill marks it "
                    "as standing still; thaw it, or stop the run."
                )
            return self.tr(
                "It is the main process, and every worker of this model lives in it: all of them stand "
                "still. Threadmill marks it; thaw it, or stop the run."
            )
        return self.tr(
            "Its task stands still, and so does whoever waits for its result or for a lock that "
            "it holds; the others go on. Threadmill marks it "
            "as standing still; thaw it, or stop the run."
        )

    def _fill(self, victim: Victim) -> str:
        if victim.workers_are == "coroutines":
            return self.tr(
                "The event loop stands still meanwhile, and every coroutine with it. See "
                "the column Memory under Processes."
            )
        return self.tr(
            "The others go on. See the column Memory under Processes. Where memory ends "
            "first, its task fails with MemoryError."
        )
