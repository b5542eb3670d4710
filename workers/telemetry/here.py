"""What this process knows of the run that it belongs to, for its lanes: where they record and speak to, and whether Stop cuts off."""

from collections.abc import Callable
from dataclasses import dataclass, field

from workers.telemetry.ring import Ring
from workers.telemetry.text import TextChannel


@dataclass
class Here:
    """One a process (and one a sub-interpreter): `here`."""

    channel: TextChannel | None = None
    blocking: bool = False
    """Whether a synchronous task blocks the event loop just now."""
    interrupted: bool = False
    """Stop has come to cutting tasks off: no more are begun."""
    exiting: bool = False
    """The last task that failed raised what is no Exception, such as SystemExit: it may be about to end the process."""
    stop_asked: Callable[[], bool] = field(default=lambda: False)
    """Tells whether Stop was asked; the recorder puts it here."""
    rings: set[Ring] = field(default_factory=set)
    """Those that lanes of this process write."""

    def say(self, kind: str, text: str, t_ns: int | None = None, of: tuple[int, int] | None = None) -> None:
        """Send a text of this kind (see `workers.telemetry.text`), if there is a channel. `of`: see `TextChannel.send`."""
        if self.channel is not None:
            self.channel.send(kind, text, t_ns, of)


here = Here()
