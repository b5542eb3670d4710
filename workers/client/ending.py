"""What is said of each step of Stop: which it is, whom it reaches, and what follows when."""

from workers.contract.ending import ASKED, StopStep
from workers.engine.guardian import group_members
from workers.engine.lifecycle import Do, State, following

NAMES = {Do.SEND_STOP: ASKED, Do.INTERRUPT: "SIGINT", Do.TERMINATE: "SIGTERM", Do.KILL: "SIGKILL"}
NAMED = 8
"""PIDs that are named; the rest is counted."""


def step(do: Do, state: State, pgid: int, t_ns: int) -> StopStep:
    """The step that `do` is, taken at `t_ns` in a run whose processes are the group `pgid`; `state` is the one after it."""
    try:
        pids = tuple(sorted(group_members(pgid)))
    except OSError:
        pids = (pgid,)
    after = following(state)
    if after is None or do is Do.KILL:
        return StopStep(NAMES[do], t_ns, pids)
    return StopStep(NAMES[do], t_ns, pids, NAMES[after[0]], after[1])


def words(taken: StopStep) -> str:
    """The step in a sentence, as its mark has it."""
    after_s = f"{(taken.next_ns - taken.t_ns) / 1e9:.2g}"
    if taken.step == ASKED:
        return f"asked to stop: no new tasks, those under way have {after_s} s before {taken.next}"
    text = f"{taken.step} to {named(taken.pids)}"
    return f"{text}; {taken.next} follows in {after_s} s" if taken.next else text


def named(pids: tuple[int, ...]) -> str:
    """PIDs in words."""
    if len(pids) == 1:
        return f"PID {pids[0]}"
    listed = ", ".join(map(str, pids[:NAMED]))
    return f"PIDs {listed} and {len(pids) - NAMED} more" if len(pids) > NAMED else f"PIDs {listed}"
