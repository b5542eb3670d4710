"""The kinds of marks, and what each means. A third party's model may have kinds of its own."""

import re

KINDS = {
    "callback": "a callback ran, in the process and thread of the mark",
    "cut off": "Stop ended a task that was under way",
    "daemon": "a daemon was cut off in its task: nobody waited for it",
    "lost": "tasks were lost: their worker died, or nobody waited for them",
    "master": "the main thread is done and leaves its daemons alone",
    "joined": "join returned: whom the main thread joined has ended",
    "sent": "a value was sent to another process",
    "received": "a value came from another process",
    "eof": "the other end of a pipe was closed",
    "manager": "what the manager held when the tasks were done",
    "exit": "a process ended; its exit code",
    "result": "a result came in its turn",
    "slot": "a result was too large for its slot of shared memory and was sent",
    "workers": "so many workers are to be busy from now on",
    "turn": "a parameter or an option was changed during the run",
    "event": "the main thread set the Event that the tasks wait for",
    "barrier": "a Barrier was broken, because its number cannot be made up",
    "deadlock": "lanes wait for each other, and nobody else could let one of them go on",
    "unanswered": "a worker died, which its sentinel told; tasks are pending, and nobody else has said a word",
    "break": "a worker was broken on request, or asked to break",
    "filled": "a worker has filled so much memory on request",
    "broken": "a wait was broken off on request: its task fails, and gives back what it held",
    "standstill": "nothing has progressed for a while, and it cannot be known that it never will",
    "stop": "Stop was asked",
    "paused": "no new tasks are handed out: the memory of the run is near its limit",
    "resumed": "tasks are handed out again after a pause",
    "signal": "Stop sent a signal",
    "stalled": "a process does not go on: it was stopped from outside, or C code keeps it from answering",
    "thawed": "a process that had stalled goes on",
    "unrecorded": "something happens that is not recorded",
    "protocol": "the host sent what cannot be understood, or what it counts was overwritten",
}
"""Kind: meaning."""
_MORE = re.compile(r"([\d,]+) more (?:is|are) not shown")
SHOWN = 50
"""So many of a kind that comes with each task are marked, and the rest counted: a mark costs 20 us, a task may take less."""


def left_out(text: str) -> int:
    """How many marks a mark with this text stands for; 0 where it stands for itself."""
    found = _MORE.fullmatch(text)
    return int(found[1].replace(",", "")) if found else 0


def more(count: int) -> str:
    """The text of the mark that stands for those left out."""
    return f"{count:,} more {'is' if count == 1 else 'are'} not shown"
