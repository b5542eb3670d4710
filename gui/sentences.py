"""What workers say in English again and again, for `gui.translations.told` and `sentence` to put into other words. Data alone."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

SENTENCES = tuple(
    str(text)  # the stub calls it an object
    for text in (
        QT_TRANSLATE_NOOP("Sentence", "it needs Python {0} or later"),
        QT_TRANSLATE_NOOP("Sentence", "this Python has no semaphores (sem_open), which worker processes need"),
        QT_TRANSLATE_NOOP("Sentence", "no semaphore can be made here ({0}), and worker processes need some"),
        QT_TRANSLATE_NOOP("Sentence", "{0} is not installed for this interpreter (python -m pip install {1})"),
        QT_TRANSLATE_NOOP("Sentence", "{0} cannot run under Python {1}: {2}."),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{0} needs workers that share locks or counters, and those of {1} share nothing; choose another model.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{0} hands tasks to the pool that it runs in, and those of {1} cannot; choose Thread pool or asyncio tasks.",
        ),
        QT_TRANSLATE_NOOP("Sentence", "{0} cannot run in a sub-interpreter; choose another model than {1}."),
        QT_TRANSLATE_NOOP("Sentence", "{0} workers are too many: at most {1} here, set by {2}; ask for fewer."),
        QT_TRANSLATE_NOOP("Sentence", "half the free memory ({0} MiB) at {1} MiB a worker"),
        QT_TRANSLATE_NOOP("Sentence", "the most that can be told apart on a chart"),
        QT_TRANSLATE_NOOP("Sentence", "half the pids limit of this control group ({0})"),
        QT_TRANSLATE_NOOP("Sentence", "half of RLIMIT_NPROC ({0})"),
        QT_TRANSLATE_NOOP("Sentence", "RLIMIT_NOFILE ({0}) at {1} descriptors a worker"),
        QT_TRANSLATE_NOOP("Sentence", "128 processes for each of the {0} usable cores"),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "At most {0} files may be open here, and a run needs {1}: raise that (`ulimit -n {1}`) and start again.",
        ),
        QT_TRANSLATE_NOOP("Sentence", "{0} cannot change its workers while it runs."),
        QT_TRANSLATE_NOOP("Sentence", "Deadlock: {0}"),
        QT_TRANSLATE_NOOP("Sentence", "{0} holds {1} and waits for {2}, that is, for itself. It can never go on."),
        QT_TRANSLATE_NOOP("Sentence", "{0}. None of them can go on."),
        QT_TRANSLATE_NOOP("Sentence", "{0} holds {1} and waits for {2}"),
        QT_TRANSLATE_NOOP("Sentence", "{0} waits to put into the full queue {1}, and {2} could take from it"),
        QT_TRANSLATE_NOOP("Sentence", "{0} waits for an item in the empty queue {1}, and {2} could put one there"),
        QT_TRANSLATE_NOOP("Sentence", "{0} waits for {1}, and {2} could release one"),
        QT_TRANSLATE_NOOP("Sentence", "{0} waits for {1}, which has not begun for want of a free worker"),
        QT_TRANSLATE_NOOP("Sentence", "{0} waits for {1}, held by {2}"),
        QT_TRANSLATE_NOOP("Sentence", "{0} wait to put into the full queue {1}, and {2} could take from it"),
        QT_TRANSLATE_NOOP("Sentence", "{0} wait for an item in the empty queue {1}, and {2} could put one there"),
        QT_TRANSLATE_NOOP("Sentence", "{0} wait for {1}, and {2} could release one"),
        QT_TRANSLATE_NOOP("Sentence", "{0} wait for {1}, which has not begun for want of a free worker"),
        QT_TRANSLATE_NOOP("Sentence", "{0} wait for {1}, held by {2}"),
        QT_TRANSLATE_NOOP("Sentence", "{0} waits for {1}, at which {2} works"),
        QT_TRANSLATE_NOOP("Sentence", "and so on, for {0} things that are waited for"),
        QT_TRANSLATE_NOOP("Sentence", "only {0}, or else {1}"),
        QT_TRANSLATE_NOOP("Sentence", "only {0}"),
        QT_TRANSLATE_NOOP("Sentence", "{0}, for which no worker is free,"),
        QT_TRANSLATE_NOOP("Sentence", "nobody who is left"),
        QT_TRANSLATE_NOOP("Sentence", "those that wait for it"),
        QT_TRANSLATE_NOOP("Sentence", "a task that is handed over once one of these has ended"),
        QT_TRANSLATE_NOOP("Sentence", "the result of {0}"),
        QT_TRANSLATE_NOOP("Sentence", "the places"),
        QT_TRANSLATE_NOOP("Sentence", "A script does a number of tasks and ends: say how many."),
        QT_TRANSLATE_NOOP("Sentence", "No progress for {0} s: {1}."),
        QT_TRANSLATE_NOOP("Sentence", "no worker has the task that is under way"),
        QT_TRANSLATE_NOOP("Sentence", "no worker has any of the {0} tasks that are under way"),
        QT_TRANSLATE_NOOP(
            "Sentence", "the wait of {0} for {1} was broken off: its task fails, and gives back what it held"
        ),
        QT_TRANSLATE_NOOP("Sentence", "{0}, in the deadlock, stands here, the innermost call last:"),
        QT_TRANSLATE_NOOP("Sentence", "{0} stands here, the innermost call last:"),
        QT_TRANSLATE_NOOP("Sentence", "{0}, {1}, stands at something that is not recorded"),
        QT_TRANSLATE_NOOP("Sentence", "{0}, {1}, waits for {2}"),
        QT_TRANSLATE_NOOP("Sentence", "and {0} more"),
        QT_TRANSLATE_NOOP("Sentence", "{0} as well as {1}"),
        QT_TRANSLATE_NOOP("Sentence", "{0} tasks in line"),
        QT_TRANSLATE_NOOP("Sentence", "thread {0} ({1})"),
        QT_TRANSLATE_NOOP("Sentence", "and so on, through {0} of them, back to the first"),
        # kept runs
        QT_TRANSLATE_NOOP("Sentence", "{0} cannot be used: at byte {1}, {2}. It was set aside as {3}."),
        QT_TRANSLATE_NOOP("Sentence", "{0} cannot be used: at byte {1}, {2}."),
        QT_TRANSLATE_NOOP("Sentence", "it does not begin as a kept run does"),
        QT_TRANSLATE_NOOP("Sentence", "its first lines are damaged"),
        QT_TRANSLATE_NOOP("Sentence", "the head of {0} is damaged"),
        QT_TRANSLATE_NOOP("Sentence", "{0} is damaged"),
        QT_TRANSLATE_NOOP("Sentence", "it has {0} bytes, not {1}"),
        QT_TRANSLATE_NOOP("Sentence", "it is larger than {0} bytes"),
        QT_TRANSLATE_NOOP("Sentence", "it is a link to another file"),
        QT_TRANSLATE_NOOP("Sentence", "it is no regular file"),
        QT_TRANSLATE_NOOP("Sentence", "The run could not be kept in {0}: {1}."),
        QT_TRANSLATE_NOOP("Sentence", "The run could not be kept: {0}."),
        QT_TRANSLATE_NOOP("Sentence", "The run {0} is no longer kept."),
        QT_TRANSLATE_NOOP("Sentence", "The run {0} was deleted too long ago to be brought back."),
        QT_TRANSLATE_NOOP("Sentence", "The kept runs are in use by another window; try again."),
        # marks
        QT_TRANSLATE_NOOP("Sentence", "{0} worker"),
        QT_TRANSLATE_NOOP("Sentence", "{0} workers"),
        QT_TRANSLATE_NOOP("Sentence", "joined the pool: all its processes have ended"),
        QT_TRANSLATE_NOOP("Sentence", "joined the thread of {0}"),
        QT_TRANSLATE_NOOP("Sentence", "joined {0}"),
        QT_TRANSLATE_NOOP("Sentence", "a task was interrupted by Stop"),
        QT_TRANSLATE_NOOP("Sentence", "{0} task was cut off"),
        QT_TRANSLATE_NOOP("Sentence", "{0} tasks were cut off"),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} ended with exit code {1} under its task"),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} was killed by {1} under its task"),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} ended with exit code {1}"),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} was killed by {1}"),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} has ended; how, is not known"),
        QT_TRANSLATE_NOOP("Sentence", "EOFError: PID {0} has closed its end of the pipe"),
        QT_TRANSLATE_NOOP("Sentence", "the main thread is done; it does not join its daemon threads"),
        QT_TRANSLATE_NOOP("Sentence", "the main process is done; it does not join its pool, which ends with it"),
        QT_TRANSLATE_NOOP(
            "Sentence", "the main process is done; it does not wait for its daemon processes, but ends them"
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "{0} was cut off: its thread is a daemon, and the main thread has reached its end"
        ),
        QT_TRANSLATE_NOOP("Sentence", "{0} was cut off: it is a daemon, and the main process has reached its end"),
        QT_TRANSLATE_NOOP("Sentence", "dict: {0} keys, list: {1} values taken out, {2} left"),
        QT_TRANSLATE_NOOP("Sentence", "task {0}: callback in PID {1}, thread {2}"),
        QT_TRANSLATE_NOOP("Sentence", "task {0}: its result is larger than a slot and came by pipe"),
        QT_TRANSLATE_NOOP("Sentence", "sent the result of task {0} to the manager's {1}: {2}"),
        QT_TRANSLATE_NOOP("Sentence", "sent the result of task {0}: {1}"),
        QT_TRANSLATE_NOOP("Sentence", "sent task {0}: {1}"),
        QT_TRANSLATE_NOOP("Sentence", "received the result of task {0}: {1}"),
        QT_TRANSLATE_NOOP("Sentence", "the main thread sets the Event: everybody may go"),
        QT_TRANSLATE_NOOP("Sentence", "the Barrier of {0} was broken: only {1} task was left to wait"),
        QT_TRANSLATE_NOOP("Sentence", "the Barrier of {0} was broken: only {1} tasks were left to wait"),
        QT_TRANSLATE_NOOP("Sentence", "asked to stop: no new tasks, those under way have {0} s before {1}"),
        QT_TRANSLATE_NOOP("Sentence", "{0} to {1}; {2} follows in {3} s"),
        QT_TRANSLATE_NOOP("Sentence", "SIGKILL to {0}"),
        QT_TRANSLATE_NOOP("Sentence", "PIDs {0} and {1} more"),
        QT_TRANSLATE_NOOP("Sentence", "PIDs {0}"),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "the sentinel of PID {0} tells that it has ended; tasks pending: {1}; nobody else has said a word",
        ),
        QT_TRANSLATE_NOOP("Sentence", "{0} was sent SIGKILL on request"),
        QT_TRANSLATE_NOOP("Sentence", "{0} was sent SIGSTOP on request: it stands still until it is thawed"),
        QT_TRANSLATE_NOOP("Sentence", "{0} was sent SIGCONT on request: it goes on"),
        QT_TRANSLATE_NOOP("Sentence", "{0} was asked to raise an exception in its task"),
        QT_TRANSLATE_NOOP("Sentence", "{0} was asked to read address 0 in its task"),
        QT_TRANSLATE_NOOP("Sentence", "{0} was asked to call os._exit(0) in its task"),
        QT_TRANSLATE_NOOP("Sentence", "{0} was asked to fill {1} MB of memory in its task"),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} holds {1} MB more"),
        QT_TRANSLATE_NOOP(
            "Sentence", "PID {0} was stopped (SIGSTOP): it does nothing until it is continued, or the run is stopped"
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "PID {0} was stopped (SIGSTOP): it does nothing until it is continued; "
            "once time is up or all tasks are handed out, the run is ended if no task ends for {1} s",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "PID {0} was stopped (SIGSTOP): it does nothing until it is continued; "
            "if no task ends for {1} s, or for {2} s once all are handed out, the run is ended",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "PID {0} has not answered for {1} s: C code in it may hold the GIL; "
            "no thread can be ended, but Stop ends the whole process",
        ),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} goes on, after {1} s"),
        QT_TRANSLATE_NOOP("Sentence", "too few descriptors: not every lane is shown"),
        QT_TRANSLATE_NOOP("Sentence", "{0} more is not shown"),
        QT_TRANSLATE_NOOP("Sentence", "{0} more are not shown"),
        QT_TRANSLATE_NOOP("Sentence", "paused: the run's memory is at {0} of {1} MiB; no new tasks until it falls"),
        QT_TRANSLATE_NOOP("Sentence", "goes on: the run's memory has fallen to {0} of {1} MiB"),
        QT_TRANSLATE_NOOP("Sentence", "goes on: no task is left that could give memory back, {0} of {1} MiB"),
        QT_TRANSLATE_NOOP("Sentence", "this lane is not recorded: {0}"),
        QT_TRANSLATE_NOOP("Sentence", "the host sent {0}; it was ended"),
        QT_TRANSLATE_NOOP("Sentence", "what PID {0}, thread {1}, records is no longer shown: its ring {2} {3}"),
        QT_TRANSLATE_NOOP("Sentence", "ring {0} is not read: it {1}"),
        QT_TRANSLATE_NOOP("Sentence", "was cut short"),
        QT_TRANSLATE_NOOP("Sentence", "was overwritten"),
        QT_TRANSLATE_NOOP("Sentence", "the counts of the run were overwritten: what cannot be is left out"),
        # what cannot be, and how a run came to fail
        QT_TRANSLATE_NOOP(
            "Sentence",
            "Ended at {0} of {1} MiB of memory; PID {2} ({3}) had the most, {4} MiB: let tasks take less, or raise the memory limit.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The host, PID {0}, sent what is no message of ours ({1}) and was ended; what had arrived "
            "by then is kept: start the run again.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "What the run records cannot be read any more ({0}), so the host, PID {1}, was ended; what had arrived "
            "by then is kept: start the run again.",
        ),
        QT_TRANSLATE_NOOP("Sentence", "the file of its counts was cut short"),
        QT_TRANSLATE_NOOP("Sentence", "{0} is Python {1}; runs need 3.11 or later."),
        QT_TRANSLATE_NOOP("Sentence", "{0} is older than Python 3.11; runs need 3.11 or later."),
        QT_TRANSLATE_NOOP("Sentence", "{0} cannot be run ({1}); give the path of a Python 3.11 or later."),
        QT_TRANSLATE_NOOP("Sentence", "{0} cannot be asked ({1}): close something first."),
        QT_TRANSLATE_NOOP("Sentence", "{0} did not answer within {1} s; choose another interpreter."),
        QT_TRANSLATE_NOOP("Sentence", "{0} is no Python that works (exit code {1}); choose another one."),
        QT_TRANSLATE_NOOP("Sentence", "{0} is no Python that can carry runs; it said: {1}."),
        QT_TRANSLATE_NOOP("Sentence", "There is no interpreter at {0}; `threadmill list pythons` shows those found."),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "There is no free-threaded Python {0} on this machine: install python{1}, or name its path in THREADMILL_PYTHONS.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "A Barrier of {0} needs {1} workers at once and there are {2}: set permits to that or less."
        ),
        QT_TRANSLATE_NOOP("Sentence", "This pool was made with {0} worker: set pool_size before the run to go beyond."),
        QT_TRANSLATE_NOOP(
            "Sentence", "This pool was made with {0} workers: set pool_size before the run to go beyond."
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "A worker process cannot submit to the pool that it belongs to; choose Thread pool or asyncio tasks.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "The tasks submit to the pool that they run in, and here is none; choose Thread pool."
        ),
        QT_TRANSLATE_NOOP("Sentence", "That wait is over; there is nothing to break off."),
        QT_TRANSLATE_NOOP("Sentence", "No run is under way whose workers could be broken."),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} is no process of this run any more; nothing was sent to it."),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} could not be sent {1}: {2}."),
        QT_TRANSLATE_NOOP(
            "Sentence", "Thread {0} of PID {1} runs no tasks: it can be killed or frozen, and does nothing to itself."
        ),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} runs no tasks: it can be killed or frozen, and does nothing to itself."),
        QT_TRANSLATE_NOOP("Sentence", "Only {0} MB of memory are free: filling half of that would show nothing."),
        QT_TRANSLATE_NOOP("Sentence", "The wait of {0} for {1} cannot be broken off; stop the run instead."),
        QT_TRANSLATE_NOOP("Sentence", "A run is under way; stop it first."),
        QT_TRANSLATE_NOOP("Sentence", "The run could not be started: {0}."),
        QT_TRANSLATE_NOOP("Sentence", "What this run can change is not known."),
        QT_TRANSLATE_NOOP(
            "Sentence", "Worker PID {0} {1}: its tasks are lost and its pool cannot go on; start the run again."
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The pool took a worker that was alive for dead, as it does where a task closes descriptors that are not its own, "
            "and ended them all (SIGTERM to PID {0} and the others): what was under way is lost; mend the task and start the run again.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{0} was stopped (SIGSTOP), and for {1} s no task ended: the run was ended (SIGKILL), and what was under way is lost. "
            "Continue what you stop in time, and start the run again.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{0} were stopped (SIGSTOP), and for {1} s no task ended: the run was ended (SIGKILL), and what was under way is lost. "
            "Continue what you stop in time, and start the run again.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "The forkserver, PID {0}, {1}, and nobody can tell how its workers fare: their tasks are lost and the pool cannot go on; "
            "start the run again.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "The forkserver, PID {0}, {1}, while it was to start a process; start the run again."
        ),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} was lost under its task: its forkserver, PID {1}, {2}"),
        QT_TRANSLATE_NOOP("Sentence", "Worker PID {0} could not be set up: {1}; mend that and start the run again."),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "No worker could be started in the place of one that had ended ({0}, in the host, PID {1}): "
            "ask for fewer workers, or raise the limit, and start the run again.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "A thread of the pool, in the host, PID {0}, ended with {1}: "
            "what it carried is lost and its pool cannot go on; mend the task and start the run again.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "A result cannot be unpickled in the host, PID {0} ({1}): "
            "what was under way is lost and its pool cannot go on; mend the task and start the run again.",
        ),
        QT_TRANSLATE_NOOP("Sentence", "The pool lost a worker and cannot go on: {0}"),
        QT_TRANSLATE_NOOP("Sentence", "The run ended with {0}: {1} (line {2} of {3})."),
        QT_TRANSLATE_NOOP("Sentence", "{0} Its last output: {1}"),
        QT_TRANSLATE_NOOP(
            "Sentence", "The host process, PID {0}, {1}: what had arrived by then is kept; start the run again."
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "The host process, PID {0}, {1}; it was ended. Start the run again, or choose another Python."
        ),
        QT_TRANSLATE_NOOP("Sentence", "said nothing for {0} s after its start"),
        QT_TRANSLATE_NOOP("Sentence", "had no worker ready after {0} s"),
        QT_TRANSLATE_NOOP("Sentence", "{0} cannot run here: {1}."),
        QT_TRANSLATE_NOOP("Sentence", "its import did not end within {0} s"),
        QT_TRANSLATE_NOOP("Sentence", "its import ended the process, which {0}"),
        QT_TRANSLATE_NOOP("Sentence", "was killed by {0}"),
        QT_TRANSLATE_NOOP("Sentence", "ended with exit code {0}"),
        QT_TRANSLATE_NOOP("Sentence", "has ended"),
        QT_TRANSLATE_NOOP("Sentence", "Nothing runs that could be changed; start a run first."),
        QT_TRANSLATE_NOOP("Sentence", "Python {0} is too old: runs need 3.11 or later."),
        QT_TRANSLATE_NOOP("Sentence", "{0} sent more than was asked for; choose another interpreter."),
        QT_TRANSLATE_NOOP("Sentence", "The run is {0}: {1}."),
        QT_TRANSLATE_NOOP("Sentence", "it cannot be changed any more"),
        QT_TRANSLATE_NOOP("Sentence", "wait until it runs"),
        # what lanes and locks are called; last, for each is part of others above
        QT_TRANSLATE_NOOP("Sentence", "fork {0}"),
        QT_TRANSLATE_NOOP("Sentence", "inbox of {0}"),
        QT_TRANSLATE_NOOP("Sentence", "PID {0} ({1})"),
        QT_TRANSLATE_NOOP("Sentence", "{0}, interpreter {1}"),
        QT_TRANSLATE_NOOP("Sentence", "thread {0}"),
        QT_TRANSLATE_NOOP("Sentence", "coroutine {0}"),
        QT_TRANSLATE_NOOP("Sentence", "task {0}"),
    )
)
"""What workers say again and again, and the window shows for long. Other sentences stay as they are."""
WORDS = tuple(
    str(text)
    for text in (
        QT_TRANSLATE_NOOP("Catalogue", "main"),
        # what locks and queues are called
        QT_TRANSLATE_NOOP("Catalogue", "the Lock"),
        QT_TRANSLATE_NOOP("Catalogue", "the RLock"),
        QT_TRANSLATE_NOOP("Catalogue", "the Semaphore"),
        QT_TRANSLATE_NOOP("Catalogue", "the BoundedSemaphore"),
        QT_TRANSLATE_NOOP("Catalogue", "the Condition"),
        QT_TRANSLATE_NOOP("Catalogue", "the Event"),
        QT_TRANSLATE_NOOP("Catalogue", "the Barrier"),
        QT_TRANSLATE_NOOP("Catalogue", "room"),
        QT_TRANSLATE_NOOP("Catalogue", "items"),
        QT_TRANSLATE_NOOP("Catalogue", "buffer"),
        QT_TRANSLATE_NOOP("Catalogue", "tally"),
        QT_TRANSLATE_NOOP("Catalogue", "the data"),
        QT_TRANSLATE_NOOP("Catalogue", "count of readers"),
        QT_TRANSLATE_NOOP("Catalogue", "results"),
        QT_TRANSLATE_NOOP("Catalogue", "counter"),
        # what the kernel says that a process does
        QT_TRANSLATE_NOOP("Catalogue", "running"),
        QT_TRANSLATE_NOOP("Catalogue", "sleeping"),
        QT_TRANSLATE_NOOP("Catalogue", "disk wait"),
        QT_TRANSLATE_NOOP("Catalogue", "stopped"),
        QT_TRANSLATE_NOOP("Catalogue", "traced"),
        QT_TRANSLATE_NOOP("Catalogue", "zombie"),
        QT_TRANSLATE_NOOP("Catalogue", "idle"),
        QT_TRANSLATE_NOOP("Catalogue", "dead"),
        QT_TRANSLATE_NOOP("Catalogue", "parked"),
        QT_TRANSLATE_NOOP("Catalogue", "unknown"),
        # what workloads report in the end
        QT_TRANSLATE_NOOP("Catalogue", "expected"),
        QT_TRANSLATE_NOOP("Catalogue", "actual"),
        QT_TRANSLATE_NOOP("Catalogue", "lost updates"),
        QT_TRANSLATE_NOOP("Catalogue", "produced"),
        QT_TRANSLATE_NOOP("Catalogue", "consumed"),
        QT_TRANSLATE_NOOP("Catalogue", "left in buffer"),
        QT_TRANSLATE_NOOP("Catalogue", "reads"),
        QT_TRANSLATE_NOOP("Catalogue", "writes"),
        QT_TRANSLATE_NOOP("Catalogue", "most readers at once"),
        QT_TRANSLATE_NOOP("Catalogue", "torn reads"),
        QT_TRANSLATE_NOOP("Catalogue", "sum"),
        QT_TRANSLATE_NOOP("Catalogue", "list id"),
        QT_TRANSLATE_NOOP("Catalogue", "length"),
        QT_TRANSLATE_NOOP("Catalogue", "missing"),
        QT_TRANSLATE_NOOP("Catalogue", "value"),
        QT_TRANSLATE_NOOP("Catalogue", "changed"),
        QT_TRANSLATE_NOOP("Catalogue", "module name"),
        QT_TRANSLATE_NOOP("Catalogue", "parent process"),
        QT_TRANSLATE_NOOP("Catalogue", "process id"),
    )
)
"""More that `told` is asked for."""
