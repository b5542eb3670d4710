"""The words of every finding, in one place: literal templates with named places, and how numbers are written in them.

A sentence avoids plurals: a number stands where both "1" and "8" can be read. {Workers} is the number spelt ("Four"), {workers} in digits.
"""

from workers.insight.findings_model import Words

_STOOD = (
    "Workers waited for each other for ever",
    "{circle} It was found {found} after the start; until then {done} of {tasks} tasks were done.",
)
_OPENED = "Wrong if somebody outside the run was about to open one of them."

WORDS = {
    "deadlock": Words(
        "Workers waited for each other for ever",
        "{circle} It was found {found} after the start; until then {done} of {tasks} tasks were done.",
        "Take locks in the same order everywhere, let no task wait for what only a later one brings, or give up after a while (timeout).",
        "Wrong if somebody outside the run was about to open one of them.",
        "waitGraph",
    ),
    "deadlock.locks": Words(
        *_STOOD,
        "Take locks in the same order everywhere, or give up after a while (timeout).",
        _OPENED,
        "waitGraph",
    ),
    "deadlock.itself": Words(
        *_STOOD,
        "Take it once only, and hand on to what needs it that it is held; or use an RLock, which its holder may take again.",
        _OPENED,
        "waitGraph",
    ),
    "deadlock.full": Words(
        *_STOOD,
        "Take from a queue while waiting to put into another: in a thread of its own, or put with a timeout. More room only puts it off.",
        _OPENED,
        "waitGraph",
    ),
    "deadlock.empty": Words(
        *_STOOD,
        "Let no task wait for what only a later one brings: hand that one over first, or have more workers than tasks that can wait.",
        _OPENED,
        "waitGraph",
    ),
    "deadlock.pool": Words(
        *_STOOD,
        "Let no task wait for what it has handed to its own pool: return and collect outside, or give the parts a pool of their own.",
        _OPENED,
        "waitGraph",
    ),
    "deadlock.permits": Words(
        *_STOOD,
        "Give a permit back before waiting for the next one, or have more permits than tasks can hold while they wait.",
        _OPENED,
        "waitGraph",
    ),
    "dead_worker": Words(
        "Workers died under their tasks: {dead}",
        "The first: {how}. Tasks that went with them: {lost} of {tasks}; {done} ended in time.",
        "Read in the output what it said last, and run one task alone (Sequential) until it is clear which call ends its process: an exit, "
        "a crash in C, or more memory than there was.",
        "Wrong if somebody outside of the run ended them.",
        "processTable",
    ),
    "dead_worker.last": Words(
        "A worker died, and the run could not go on",
        "{how}. Of {tasks} tasks {done} had ended by then, {lost} went with it: where the time went says nothing of a whole run.",
        "Read in the output what it said last, and run one task alone (Sequential) until it is clear which call ends its process: an exit, "
        "a crash in C, or more memory than there was.",
        "Wrong if somebody outside of the run ended it.",
        "processTable",
    ),
    "standstill": Words(
        "Nothing went on for {lasted}",
        "From {since} after the start on no task ended, no process worked and nothing was printed; until then {done} of {tasks} tasks were "
        "done. {stand} What is not recorded is a wait for something that did not come from this run's parts, above all a lock of the "
        "tasks' own: who holds it cannot be said.",
        "Read the stacks in the output: they name the line at which each stands. Is it a lock, take it once only, in the same order "
        "everywhere, or with a timeout; the Lock of the option “Around the work” is watched.",
        "Wrong if they waited for something outside of the run that would still have come.",
        "outputPanel",
    ),
    "standstill.recorded": Words(
        "Nothing went on for {lasted}",
        "From {since} after the start on no task ended, no process worked and nothing was printed; until then {done} of {tasks} tasks were "
        "done. {stand} That nobody would have come is not certain.",
        "Read the stacks in the output, and look in the picture of the waits for who could have ended them.",
        "Wrong if somebody outside of the run was about to.",
        "outputPanel",
    ),
    "tasks_failed": Words(
        "Tasks failed: {failed} of {tasks}",
        "Most often, {count} times: {error} (first raised in {where}).",
        "Read the whole traceback in the output, and run one task alone (Sequential) until it succeeds.",
        "Wrong if they were meant to fail.",
        "outputPanel",
    ),
    "tasks_failed.somewhere": Words(
        "Tasks failed: {failed} of {tasks}",
        "Most often, {count} times: {error}.",
        "Read the whole traceback in the output, and run one task alone (Sequential) until it succeeds.",
        "Wrong if they were meant to fail.",
        "outputPanel",
    ),
    "tasks_failed.silent": Words(
        "Tasks failed: {failed} of {tasks}",
        "None of them left a traceback: their workers ended under them, or what they said was dropped.",
        "See in the output how the workers ended, and run one task alone (Sequential) until it succeeds.",
        "Wrong if they were meant to fail.",
        "outputPanel",
    ),
    "lost_updates": Words(
        "Updates were lost: {lost} of {expected}",
        "Workers read the same value, and the last one to write it back overwrote what the others had added.",
        "Put a lock around reading and writing: the option “Around the work”, Lock.",
        "Wrong if Stop cut off tasks in their midst: what they had left to add is not lost.",
    ),
    "lost_updates.filmed": Words(
        "Updates were lost, some of them before the camera",
        "Recorded step by step: {films}. One worker wrote back an old value, and overwrote {lost} that the others had added.",
        "Put a lock around reading and writing: the option “Around the work”, Lock.",
        "Wrong if overwriting was meant, as with a value that only the last one sets.",
        "raceFilm",
    ),
    "gil_bound": Words(
        "{Workers} threads, the speed of one",
        "Only one thread at a time runs Python code. For {ready} of their time they waited to run ({gil} were seen at the GIL), and all "
        "they used of {cores} cores was {cores_used}.",
        "Use processes, which have a GIL each, as many as there are cores: {processes}. Or a Python without a GIL.",
        "Wrong if other programs kept the cores busy: then some of that waiting was for them.",
        "accountsChart",
    ),
    "gil_bound.shared": Words(
        "{Workers} threads, the speed of one",
        "Only one thread at a time runs Python code. For {gil} of their time they waited at the GIL, and for {run_queue} for a core, of "
        "which other programs used {others} of {cores}: they were held up by the GIL first.",
        "Use processes, which have a GIL each, as many as there are cores: {processes}. Or a Python without a GIL. They gain more once "
        "the cores are free.",
        "Wrong if the thread that had the GIL often waited for a core: then some of that waiting was for it.",
        "accountsChart",
    ),
    "waiting_bound": Words(
        "Workers waited {io} of the time",
        "They slept or waited for the outside world, and all they used of {cores} cores was {cores_used}. The {tasks} tasks took turns: "
        "at most {workers} could wait at the same time.",
        "Let more tasks wait at once: waiting needs neither a core nor the GIL, and threads or coroutines cost little. Try {more}.",
        "Wrong if what they wait for cannot serve more at once, such as one disk or a server with a limit.",
        "accountsChart",
    ),
    "oversubscribed": Words(
        "Workers queued for cores: {workers} workers, cores: {cores}",
        "For {run_queue} of their time they were ready to run and had to wait for a core. More workers than cores compute no faster, and "
        "each task takes longer.",
        "Use as many workers as there are cores: {cores}.",
        "Wrong if other programs kept the cores busy, or if the tasks also wait: then some more workers than cores are right.",
        "pidActivityChart",
    ),
    "busy_machine": Words(
        "Other programs had the cores",
        "For {run_queue} of their time workers were ready to run and had to wait for a core, although no more of them could run at once "
        "than there are cores. Others used {others} of the {cores} cores meanwhile, this run {cores_used}.",
        "End what else runs on this machine, and run again: these times are partly theirs.",
        "Wrong if what else ran belongs to this run, such as a server that its tasks ask.",
        "pidActivityChart",
    ),
    "busy_machine.gil": Words(
        "Held up by the GIL or by other programs",
        "Workers waited {gil} of their time for the GIL and {run_queue} for a core. Who has the GIL and waits for a core keeps the others "
        "waiting for both, so it cannot be said which of them it was. Others used {others} of the {cores} cores meanwhile.",
        "End what else runs on this machine, and run again: if the waiting for the GIL stays, it is the GIL.",
        "Wrong if what else ran belongs to this run, such as a server that its tasks ask.",
        "accountsChart",
    ),
    "one_at_a_time": Words(
        "One task at a time: all queued for {lock}",
        "On average {inside} of the {workers} workers got on, the others waited: {share} of their time, {count} times.",
        "Hold it only while what is shared is read or written, and do the rest of the task outside.",
        "Wrong if tasks change the same thing all the time: then one at a time is right, and one worker enough.",
    ),
    "barrier": Words(
        "Everybody waited for the slowest at the Barrier",
        "Workers spent {share} of their time there, {count} times, {longest} at the longest: a round takes as long as its slowest task, "
        "and nobody begins the next one before.",
        "Make tasks alike in length, let each worker do several between two Barriers, or do without it.",
        "Wrong if each round needs what all of the last one have computed.",
    ),
    "contended_lock": Words(
        "Workers queued for {lock}",
        "They spent {share} of their time waiting for it, {count} times, {longest} at the longest; most often {holder} held it.",
        "Hold it for a smaller part of each task, or give each part of the data a lock of its own. Fewer workers would lose little.",
        "Wrong if nearly all the work must stand behind the lock: then one at a time is what was asked for.",
    ),
    "contended_lock.unheld": Words(
        "Workers waited to be let on: {lock}",
        "They spent {share} of their time there, {count} times, {longest} at the longest; nobody was seen to hold it when they came.",
        "If others open it, more permits, more room or an earlier signal lets more workers on; a lock can be held for less of each task.",
        "Wrong if it is there to hold them back.",
    ),
    "contended_lock.permits": Words(
        "Workers queued for {lock}",
        "They spent {share} of their time waiting for a permit of it, {count} times, {longest} at the longest. None was left then; who has "
        "the permits of a semaphore is not recorded.",
        "More permits let more workers on; or hold one for a smaller part of each task.",
        "Wrong if it is there to hold them back.",
    ),
    "contended_lock.many": Words(
        "Workers queued for locks",
        "They spent {share} of their time waiting for {locks} of them, {count} times, {longest} at the longest; {lock} took the most.",
        "Hold each for a smaller part of the task, and take no second one while the first is held. Fewer workers would lose little.",
        "Wrong if nearly all the work must stand behind locks: then one after the other is what was asked for.",
    ),
    "slow_lane": Words(
        "One worker was slower than the others",
        "{lane} took {slow} for a median task, the others {typical}: {ratio} times as long, over {count} tasks. What tasks waited for "
        "locks and queues is not counted.",
        "See what else ran on its core, and make tasks smaller, so that the others can take over more of its share.",
        "Wrong if the larger tasks came to it by chance.",
        "latencyChart",
    ),
    "pickling": Words(
        "Workers spent {share} of the time on data in transit",
        "Each task sent {bytes} between processes. Pickling and unpickling took {seconds}, and for {ipc} of their time workers waited "
        "for what was on its way.",
        "Send less: the name of a file and not its content, a sum and not the list. Or share memory, or use threads if tasks compute "
        "little.",
        "Wrong if tasks compute for longer in real use: then the same data weigh less.",
        "accountsChart",
    ),
    "tiny_tasks": Words(
        "Handing out the tasks took longer than doing them",
        "A median task took {service}, and a worker spent {each} on each: {share} of the time went into the way there and back.",
        "Put more work into each task: a hundred small ones can be one.",
        "Wrong if tasks are larger in real use.",
        "latencyChart",
    ),
    "tiny_tasks.chunks": Words(
        "Handing out the tasks took longer than doing them",
        "A median task took {service}, and a worker spent {each} on each: {share} of the time went into the way there and back.",
        "Send them in chunks: with a chunk size of {chunk} each trip is worth {worth} of work.",
        "Wrong if tasks are larger in real use.",
        "latencyChart",
    ),
    "startup": Words(
        "Workers spent {share} of the time coming up",
        "Together they needed {seconds} before they could work, and the run then took {elapsed}.",
        "Keep workers and give them more to do. Threads come up in less than a millisecond.",
        "Wrong if this was a trial of something long: workers come up once.",
        "accountsChart",
    ),
    "startup.each": Words(
        "Workers spent {share} of the time coming up",
        "Each was started for a task of its own, {lanes} in all, and they needed {seconds} together before they could work.",
        "Use a pool: it starts its workers once and gives them one task after the other.",
        "Wrong if tasks are much longer in real use, or each needs a clean worker.",
        "accountsChart",
    ),
    "queue_bound": Words(
        "The queue was full, and still workers had nothing to do",
        "Places in it: {bound}. Who fills it waited {blocked} for room, {blocked_share} of the run, and for {idle} of their time workers "
        "had no task.",
        "Let more tasks wait in the queue. Try {more}.",
        "Wrong if tasks are so large that few of them fit into memory.",
        "throughputChart",
    ),
    "blocked_loop": Words(
        "The event loop was held up, and everybody waited",
        "For {blocked} of {loop} it could not turn, {each} for each task: a task computed, or called something that waits without an "
        "await. No other task gets on meanwhile.",
        "Await instead, as with asyncio.sleep; hand calls that wait to a thread (asyncio.to_thread), and computing to a process.",
        "Wrong if other programs kept the cores busy, or if a task is meant to have the loop for itself.",
    ),
    "memory": Words(
        "The run took {share} of the machine's memory",
        "Its processes had {total} of {machine} when last looked at; processes: {processes}, the largest with {largest}.",
        "Use fewer processes, hand them parts and not the whole, or use threads, which share one memory.",
        "Wrong if a task holds that much for a moment only.",
        "processTable",
    ),
    "not_enough_data": Words(
        "The run was too short to say where time went",
        "It took {elapsed}, and threads are looked at ten times a second.",
        "Run for {again}.",
        "Wrong if such short runs are all there is: then compare many of them.",
        "throughputChart",
    ),
    "not_enough_data.unknown": Words(
        "Where {share} of the time went is not known",
        "Neither the workers nor the system could tell.",
        "Run for {again}: threads are looked at ten times a second, and a few looks tell little.",
        "Wrong only in part: what is known holds.",
        "accountsChart",
    ),
    "not_enough_data.unrecorded": Words(
        "Where {share} of the time went is not known",
        "Neither the workers nor the system could tell: threads were neither running nor in a wait that is recorded.",
        "A lock of the tasks' own looks like this, or a call into C that sleeps. Use the Lock of the option “Around the work”, which is "
        "watched, or time that call by itself.",
        "Wrong only in part: what is known holds.",
        "accountsChart",
    ),
    "not_enough_data.elsewhere": Words(
        "Where {share} of the time went is not known",
        "Neither the workers nor the system could tell.",
        "Run it on Linux, if that can be had: it tells most of threads.",
        "Wrong only in part: what is known holds.",
        "accountsChart",
    ),
    "not_enough_data.dropped": Words(
        "Too much happened to record it all",
        "Of {recorded} events {dropped} were dropped, so workers look less busy than they were.",
        "Put more work into each task, or use fewer workers.",
        "Wrong only in part: the numbers of tasks are exact.",
        "throughputChart",
    ),
}
"""By id, and where a finding has more than one form, id.form."""

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def spelt(number: int) -> str:
    """A number at the beginning of a sentence."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else counted(number)


def counted(number: int) -> str:
    """A whole number, such as 12,000."""
    return f"{number:,}"


def percent(share: float) -> str:
    """A share, such as 49 %; what is more than everything is everything."""
    return f"{min(max(share, 0.0), 1.0):.0%}".replace("%", " %")


def seconds(value: float) -> str:
    """A duration with its unit: 9.1 µs, 45 ms, 1.25 s."""
    for unit, size in (("µs", 1e-6), ("ms", 1e-3)):
        if value < 999.5 * size:
            return f"{value / size:.3g} {unit}"
    return f"{value:.3g} s" if value < 999.5 else f"{value:,.0f} s"


def size(count: float) -> str:
    """Bytes with their unit: 512 B, 64 KiB, 1.5 GiB."""
    for unit in ("B", "KiB", "MiB", "GiB"):
        if count < 1023.5 or unit == "GiB":
            break
        count /= 1024
    return f"{count:.0f} {unit}" if count >= 10 or unit == "B" else f"{count:.1f} {unit}"


def few(value: float) -> str:
    """A number of cores, or a ratio."""
    return f"{value:.2f}" if value < 1 else f"{value:,.1f}" if value < 10 else f"{value:,.0f}"
