"""The header of a ring file: which word says what. Shared by the lane that writes and by the reader.

meta   kind | failed << 8 | queued_us << 16        (see `workers.telemetry.ring` for the record)
"""

WORDS = 64
HEADER = WORDS * 8
RECORD = 40
NAME_AT, NAME_BYTES = 40 * 8, 24 * 8

# Word numbers. The writer's hot words, the reader's words, and what is written once per lane are 64 bytes apart.
HEAD, DROPS, CURRENT, CPU, PROCESS_CPU, TEXT_DROPS, READY_CPU, CHECKSUM = 0, 1, 2, 3, 4, 5, 6, 7
TAIL, BREAK, IDENT, ASKED = 8, 9, 10, 14
STATE, PID, TID, PPID, STARTED, ROLE, GIL, INTERPRETER = 16, 17, 18, 19, 20, 21, 22, 23
WAITING, WAIT_SINCE, LEFT, RUN_QUEUE, READY_RUN_QUEUE = 24, 25, 26, 27, 28
WAIT_HOW, INNER, TRIED = 29, 30, 31
"""WAIT_HOW: see `workers.telemetry.waiting`. INNER: runs what a task has submitted. TRIED: when the wait was last seen to be in vain."""
PICKLED, UNPICKLED, UNSEEN, NAP = 32, 35, 38, 39
HELD_BY, TASK_SINCE, NAP_SINCE = 11, 12, 13
"""PICKLED and UNPICKLED are three words each: how many, bytes, nanoseconds. UNSEEN: the part of those without a span.

NAP: until when its task sleeps, by what was recorded. IDENT: what the interpreter calls the thread, by which stacks are told apart.
BREAK is written by the reader: the wait that began then is to be broken off. ASKED, too: what the lane is to do to itself in a
task, see `workers.contract.breaking`. HELD_BY: the number of the lane that held what is waited
for when that wait began, 0 as long as that is not known; written by whoever finds it out.
TASK_SINCE, NAP_SINCE: when the task under way began, and its sleep (negative: in the event loop): a lane that is ended in
the middle cannot say so itself."""

FREE, LIVE, ENDED = 0, 1, 2
GIL_ON, GIL_OFF = 1, 2
"""Values of the word GIL; 0: has not looked yet."""
CHECKSUM_MASK = (1 << 62) - 1
CHECKSUM_UNKNOWN = -1
"""Value of the word CHECKSUM from the first result on that has none."""

ROLES = ("worker", "main", "helper")

FAILED_BIT = 1 << 8
STANDS_SHIFT = 8
"""Above them in WAIT_HOW: the kind of span that a wait for whatever comes first will be recorded as; 0: none."""
QUEUED_SHIFT = 16
