"""Who can never go on: the rule, without knowing what is waited for. Pure."""

from collections.abc import Collection, Mapping, Sequence

Needs = Mapping[str, Collection[str]]
"""Who waits -> who could let it go on, any one of which would do; nobody at all: it waits for ever.

Who is not in it can go on, or it is not known that it cannot.
"""


def stuck(needs: Needs) -> set[str]:
    """The greatest set in which nobody has an alternative outside of it: those will wait for ever."""
    left = set(needs)
    served: dict[str, list[str]] = {}
    for waiter, others in needs.items():
        for other in others:
            served.setdefault(other, []).append(waiter)
    free = [other for other in served if other not in left]
    while free:
        for waiter in served.get(free.pop(), ()):
            if waiter in left:
                left.discard(waiter)
                free.append(waiter)
    return left


def circle(needs: Needs, among: Collection[str]) -> tuple[str, ...]:
    """Some of `among` that wait in a circle, each for the next one and for nobody else; empty where there is none.

    Begins with the circle's first by name, so that the same circle is found the same.
    """
    done: set[str] = set()
    for start in sorted(among):
        path: dict[str, None] = {}
        at = start
        while at in among and at not in path and at not in done and len(needs[at]) == 1:
            path[at] = None
            (at,) = needs[at]
        done |= path.keys()
        if at in path:
            found = list(path)[list(path).index(at) :]
            first = found.index(min(found))
            return (*found[first:], *found[:first])
    return ()


def core(needs: Needs, hubs: Sequence[str]) -> tuple[str, ...]:
    """Of those who are stuck, some who wait for each other alone: a circle where there is one, else what a hub leads to.

    `hubs` are the nodes that stand for "any of these", the first one that is stuck is taken. Without: who waits for nobody.
    """
    caught = stuck(needs)
    found = circle(needs, caught)
    if found or not caught:
        return found
    start = next((hub for hub in hubs if hub in caught), min(caught))
    seen, ahead = {start: None}, [start]
    while ahead:
        for other in needs[ahead.pop()]:
            if other not in seen:
                seen[other] = None
                ahead.append(other)
    return tuple(seen)
