"""The primitive around the work as a person writes it into a script: the function that passes it, and how it is made."""

from dataclasses import dataclass

from workers.engine.guard import EVENT_S

_WITH = ("Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition")
BARRIER_S = 2
"""How long a task waits at a Barrier for others to come. In a run the host sees that nobody can; a script can only wait."""


@dataclass(frozen=True)
class GuardText:
    """A primitive. `flavour` is the module that it comes from: "threading", "multiprocessing" or "asyncio"."""

    kind: str
    permits: int
    flavour: str

    @property
    def name(self) -> str:
        """Of the variable."""
        return self.kind.lower().replace("boundedsemaphore", "semaphore")

    @property
    def maker(self) -> str:
        """What makes one: asyncio has no RLock."""
        kind = "Lock" if self.flavour == "asyncio" and self.kind == "RLock" else self.kind
        return f"asyncio.{kind}" if self.flavour == "asyncio" else kind

    def imports(self) -> str:
        """Import statements."""
        lines = ["import asyncio" if self.flavour == "asyncio" else f"from {self.flavour} import {self.maker}"]
        if self.flavour != "asyncio" and self.kind == "Barrier":
            lines.append("from threading import BrokenBarrierError")
        if self.flavour != "asyncio" and self.kind == "Event":
            lines.append("from threading import Timer")
        return "\n".join(lines)

    def making(self) -> list[str]:
        """Statements of the main program."""
        takes = self.permits if self.kind in ("Semaphore", "BoundedSemaphore", "Barrier") else ""
        lines = [f"{self.name} = {self.maker}({takes})"]
        if self.kind == "Event" and self.flavour != "asyncio":
            lines.append(f"Timer({EVENT_S}, {self.name}.set).start()  # until then everybody waits")
        return lines

    def passing(self, work: str) -> list[str]:
        """The body of the function that passes it and then does `work`, an expression."""
        name, wait = self.name, "await " if self.flavour == "asyncio" else ""
        if self.kind in _WITH:
            head = f"{'async ' if wait else ''}with {name}:"
            if self.kind == "Condition":
                return [head, f"    result = {work}", f"    {name}.notify()", "    return result"]
            return [head, f"    return {work}"]
        if self.kind == "Event":
            later = [f"asyncio.get_running_loop().call_later({EVENT_S}, {name}.set)"] if wait else []
            return [*later, f"{wait}{name}.wait()", f"return {work}"]
        if wait:
            waiting = [
                f"    await asyncio.wait_for({name}.wait(), {BARRIER_S})  # nobody may be left to make up the number",
                "except (asyncio.BrokenBarrierError, TimeoutError):",
                f"    await {name}.abort()",
            ]
        else:
            waiting = [
                f"    {name}.wait(timeout={BARRIER_S})  # nobody may be left to make up the number",
                "except BrokenBarrierError:",
                "    pass",
            ]
        return ["try:", *waiting, f"return {work}"]
