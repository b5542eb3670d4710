"""A race film told step by step: who holds what, and what stands in the counter. Pure data, no Qt."""

from dataclasses import dataclass

from workers.contract.batch import RaceFilm, RaceStep
from workers.contract.lanes import called


@dataclass(frozen=True)
class Scene:
    """One step, and how things stand after it."""

    lane: int
    """Who takes it: a place in the story's `lanes`."""
    op: str
    """read, write."""
    value: int
    after_ns: int
    """Since the first step."""
    counter: int
    """What stands in the counter."""
    gone: int | None
    """What the write has replaced, where it is the one that loses updates."""
    since: int
    """How far a write of another lane has brought the counter from what the loser had read; 0 where that says nothing."""
    held: tuple[int | None, ...]
    """What each lane has read or written last; None where that is not known yet."""
    stale: tuple[bool, ...]
    """Whether a lane goes on with a number that is no longer the counter's."""


@dataclass(frozen=True)
class Story:
    """A film with its lanes, the one that overwrites first."""

    lanes: tuple[RaceStep, ...]
    """A step of each lane, which names it."""
    scenes: tuple[Scene, ...]
    counter: str
    """What the counter is called."""
    lost: int
    whole: bool
    """Whether it is known who was overwritten."""

    def names(self) -> tuple[str, ...]:
        """What the lanes are called; with the PID where two have one name, and with the TID where they share that as well."""
        found = []
        for lane in self.lanes:
            name = called(lane.lane, lane.tid)
            same = [other for other in self.lanes if other.lane == lane.lane]
            if lane.lane and len(same) > 1:
                pids = {other.pid for other in same}
                name = f"{name} (TID {lane.tid})" if len(pids) < len(same) else f"{name} (PID {lane.pid})"
            found.append(name)
        return tuple(found)


def told(film: RaceFilm) -> Story:
    """The story of a film. Raises ValueError for one without steps."""
    if not film.steps:
        raise ValueError("a film has steps")
    last = film.steps[-1]
    lanes = {_who(last): last}
    for step in film.steps:
        lanes.setdefault(_who(step), step)
    places = {who: place for place, who in enumerate(lanes)}
    held: list[int | None] = [None] * len(lanes)
    open_reads = [False] * len(lanes)
    scenes = []
    for step in film.steps:
        lane, final = places[_who(step)], step is last
        read = held[0] if open_reads[0] else None
        held[lane] = step.value
        open_reads[lane] = step.op == "read"
        scenes.append(
            Scene(
                lane,
                step.op,
                step.value,
                step.t_ns - film.steps[0].t_ns,
                step.value,
                read + film.lost if final and read is not None else None,
                step.value - read if step.op == "write" and lane and read is not None else 0,
                tuple(held),
                tuple(open_ and number != step.value for open_, number in zip(open_reads, held, strict=True)),
            )
        )
    return Story(tuple(lanes.values()), tuple(scenes), film.counter, film.lost, len(lanes) > 1)


def _who(step: RaceStep) -> tuple[int, int, str]:
    return step.pid, step.tid, step.lane
