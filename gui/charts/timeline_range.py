"""What stretch of time the timeline shows, and how keys and mouse change it. Whole nanoseconds; no Qt."""

from dataclasses import dataclass

SHORTEST_NS = 2_000
"""Zooming in ends here."""
LONGEST_NS = 40 * 86_400 * 1_000_000_000
FOLLOWED_NS = 60_000_000_000
"""What is seen of a run that goes on, as in the other charts."""


@dataclass
class TimelineRange:
    """[start, end), and whether the end goes along with the time."""

    start: int = 0
    end: int = FOLLOWED_NS
    follows: bool = True
    """While a run goes on `end` is now; when it is over, the whole run is shown."""

    @property
    def length(self) -> int:
        """Nanoseconds."""
        return self.end - self.start

    def follow(self, length: int | None = None) -> None:
        """Go along with the time again, with so much in sight; None for a minute."""
        self.follows = True
        self.start = self.end - (length or FOLLOWED_NS)

    def go_on(self, now_ns: int) -> None:
        """Time has gone on."""
        self.start, self.end = now_ns - self.length, now_ns

    def show(self, start: int, end: int) -> None:
        """Show this and stay there."""
        middle, length = (start + end) // 2, min(max(end - start, SHORTEST_NS), LONGEST_NS)
        self.start = middle - length // 2
        self.end = self.start + length
        self.follows = False

    def zoom(self, factor: float, at: float, stays: bool = False) -> None:
        """Show `factor` times as much; what lies at the share `at` of the width stays there.

        `stays`: keep following; then the right end stays.
        """
        length = min(max(round(self.length * factor), SHORTEST_NS), LONGEST_NS)
        if stays and self.follows:
            self.start = self.end - length
            return
        self.start += round((self.length - length) * at)
        self.end = self.start + length
        self.follows = False

    def pan(self, share: float) -> None:
        """Move by a share of the width; to the right with a positive one."""
        step = round(self.length * share)
        self.start, self.end, self.follows = self.start + step, self.end + step, False

    def reveal(self, start: int, end: int) -> None:
        """Move, and zoom where it must be, so that [start, end) is in sight and large enough to be seen."""
        length = max(end - start, 1)
        if self.start <= start and end <= self.end and length * 200 >= self.length:
            self.follows = False
            return
        room = self.length if length * 1.2 <= self.length <= length * 200 else max(length * 20, SHORTEST_NS)
        middle = (start + end) // 2
        self.show(middle - room // 2, middle + room // 2)
