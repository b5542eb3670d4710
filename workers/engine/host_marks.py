"""The marks of a host: so many of each kind, and of the rest how many there were."""

from workers.contract.marks import more
from workers.telemetry import recorder


class Marks:
    """Counts them."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._unmarked: dict[str, int] = {}

    def mark(self, kind: str, text: str, limit: int = 200, of: tuple[int, int] | None = None) -> None:
        """Send a mark, up to the limit of its kind."""
        seen = self._seen[kind] = self._seen.get(kind, 0) + 1
        if seen <= limit:
            recorder.say(f"mark:{kind}", text, of=of)
        else:
            self._unmarked[kind] = seen - limit

    def tell_rest(self) -> None:
        """The run is over: say how many marks of each kind were left out."""
        unmarked, self._unmarked = self._unmarked, {}
        for kind, count in unmarked.items():
            recorder.say(f"mark:{kind}", more(count))
