"""Every threshold of the findings, with its reason. A share is a part of the wall time of the lanes that ran tasks, from 0 to 1."""

MOST = 5
"""Findings of one run. More than that is a list to read, and no longer an answer."""

SHORT_S = 0.25
"""A run shorter than this: threads are looked at ten times a second, and two or three looks are no measurement."""
LIVE_S = 1.0
"""A run under way has its first findings after this: until then start-up is most of it, and a sentence would come and go."""
SHORT_AGAIN_S = 2.0
"""How long to run instead: twenty looks, which put a share within a few points."""
UNKNOWN_SHARE = 0.5
"""Where half of the time is unknown, whatever else was measured may be the smaller part of the truth."""
DROPPED_SHARE = 0.1
"""Of the events recorded. Dropped spans make a lane look idle; below a tenth no share moves by more than that."""

FAILED_SHARE = 0.1
"""Of the tasks that ended. One in ten is no accident any more, and the run measured in part how fast they fail."""
ALL_FAILED = 0.9
"""From here on nothing else is said of the run: what its tasks were to do did not happen."""

STILL_SHARE = 0.5
"""Of the run. From here on its accounts are mostly of a standstill, and say nothing of how it went before."""

GIL_SHARE = 0.05
"""Waiting for the GIL that was seen as such. From 4 threads on it is a lower bound; processes, which cannot wait for it, show less than
0.01."""
GIL_OF_READY = 0.5
"""GIL as part of GIL and run queue: what was mostly waiting for a core is no matter of the GIL. On a machine with a core to spare it is
0.95 at 8 threads, although who asks for the GIL wakes every 5 ms and waits for a core; where others have the cores, below 0.3."""
GIL_CLEARLY = 2.0
"""GIL to run queue from which the GIL is the larger part also where others have the cores. The holder's wait for a core makes the others
wait at the GIL as well, so at 1 it may be either; 2 threads on a core that a third program wants come to about 1, 4 in a run whose GIL was
the limit to 2.5 and more, on a machine with one other program."""
GIL_READY_SHARE = 0.3
"""GIL and waiting for a core together, which is the firm number: 2 threads that compute half of the time come to about this."""
GIL_TAKEN = 0.85
"""Cores that threads with one GIL used together. So near to one the GIL was always taken, and who hands out tasks waited for it too:
workers look idle then, and not as if they waited."""
GIL_TO_RUNNING = 0.2
"""GIL as part of GIL and running. Computing in C lets go of the GIL and comes to 0.1; two threads in Python come to 0.5."""
ONE_CORE = 1.2
"""Cores that threads with one GIL can use together while it limits them: one, and a little of C beside it."""
SPARE_CORES = 0.5
"""So much of the cores the run must have left: where it has all of them busy, no GIL is what slows it down."""
LEFT_CORES = 0.2
"""So much of them nobody at all may have used, the window included: another thread could have run there but for the GIL. Where the GIL was
always taken (GIL_TAKEN), or is clearly the larger part (GIL_CLEARLY), it is what they waited for, whoever had the rest of the cores."""

WAITING_SHARE = 0.75
"""Asleep or waiting for the outside world. From here on four times the workers could overlap on one core."""
WAITING_WORKERS = 32
"""With more workers than this the waits overlap already, as they should: such a run is healthy."""
WAITING_MORE = 8
"""How many times the workers to try, up to WAITING_MOST: a clear difference, and still cheap."""
WAITING_MOST = 64
"""Threads cost about 1 MiB each; this many are no risk anywhere."""
TURNS = 2
"""Tasks for each worker. Where every task had a worker of its own from the start, more workers would find nothing to do."""

RUN_QUEUE_SHARE = 0.3
"""Ready, and waiting for a core. 3 busy workers on 2 cores come to 0.33; what a machine does beside a run is mostly below 0.2."""

BUSY_SHARE = 0.2
"""Waiting for a core although there were no more workers than cores. Below that it is what any machine does beside a run."""
BUSY_CORES = 0.5
"""Cores that others used meanwhile: without at least half of one, they are not what was waited for."""

LOCK_SHARE = 0.2
"""A fifth of everybody's time at one lock. Below that the work between two holds hides most of it."""
LOCK_ONE = 0.5
"""Part of all waits for locks from which one lock is to blame by its name."""
LOCK_HELD = 0.02
"""Part of the waits for which a holder is known: surely a lock. A semaphore, an event or a barrier has none, ever. It is low because who
comes back for a lock at once often meets nobody: it has been handed on, and the next one has not put down its name."""

INSIDE_LEAST, INSIDE_MOST = 0.7, 1.15
"""Tasks under way that do not wait for a lock, on average: about one. With more, part of each task is outside of it and overlaps. With
less, it is not the lock that is always taken."""
INSIDE_WAIT = 0.7
"""Waiting for the lock, as part of what it must come to where all but one of the workers wait for it."""

SLOW_RATIO = 2.0
"""Median task time to that of the other workers. Another program on its core makes it twice as slow; kinds of cores differ by less."""
SLOW_S = 0.0001
"""Medians below this differ by what lies in a cache, and by what it costs to measure them."""
SLOW_TASKS = 8
"""Tasks of a lane before its median counts."""
SLOW_LOW, SLOW_HIGH = 0.1, 0.45
"""How unequal tasks are by themselves is judged by these quantiles: tasks of one slow worker of two all lie above. SLOW_RATIO counts from
there on, or a worker that happened to get the large tasks would look slow."""

SERIALISING_SHARE = 0.2
"""Pickling and unpickling by the workers. A fifth is what is felt; tasks of a millisecond and small arguments come to 0.05."""
HOST_SERIALISING_SHARE = 0.4
"""Pickling and unpickling in the main process, as part of the run: one thread does it for all workers."""
TRAVEL_SHARE = 0.3
"""Pickling, and waiting for what is on its way, together, where messages are large."""
LARGE_BYTES = 64 * 1024
"""Bytes a task from which the way is long because of them: as much as a pipe holds, so that who sends has to wait for who reads."""

TINY_S = 0.001
"""Median task. Handing one over costs 10 to 500 us, by model: from 1 ms on it is the smaller part."""
TINY_SHARE = 0.5
"""Part of the time in which workers did not run although they could have: more on the way than at work. Start-up is not counted, nor
waiting for a core, but for threads that share a GIL. Nor what ran between tasks: it may be the checksum of a large result, and ours."""
CHUNK_S = 0.01
"""How long a chunk should last: then half a millisecond for its way is 5 %."""
CHUNKS_PER_WORKER = 4
"""So many chunks should be left for each worker, or the last one works alone."""

STARTUP_SHARE = 0.25
"""A quarter of the lives of workers. Starting a process takes 10 to 60 ms, so in a run of a second it stays below 0.1."""
STARTUP_S = 0.05
"""Of all workers together. Below that it is a matter of milliseconds, whatever its share."""
ONE_EACH = 1.5
"""Tasks for each worker, on average: with fewer, workers are made for one task."""

QUEUE_BLOCKED_SHARE = 0.2
"""Part of the run for which the one who fills the queue waited for room. That alone is healthy: it holds back who is too fast."""
QUEUE_IDLE_SHARE = 0.15
"""Workers without a task meanwhile. Full and yet idle: what is in it is gone before more can follow."""
QUEUE_FEW = 2
"""Places in the queue for each worker, from which on one is taken while the next is put: then the bound is not to blame."""

LOOP_SHARE = 0.5
"""Part of an event loop's time in which it could not turn."""
LOOP_S = 0.001
"""The same for each task. Many short steps fill a loop too, but let it turn between them; asyncio itself calls 0.1 s slow."""
LOOP_ALONE = 1.05
"""Tasks under way on average, of several that there could be: none has ever awaited anything."""

MEMORY_SHARE = 0.25
"""Of the machine's memory, all processes of the run together. With more, a second such run or a few more workers make it swap."""
