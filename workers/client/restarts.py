"""How often something that ended by itself is started again. Pure: the time is handed in."""

from collections import deque

MOST = 3
WITHIN_S = 300.0


class Restarts:
    """At most `most` in any `within_s` seconds. A start that proved itself makes it forget what was before."""

    def __init__(self, most: int = MOST, within_s: float = WITHIN_S) -> None:
        self.most, self.within_s = most, within_s
        self._at: deque[float] = deque(maxlen=most)
        self.given_up = False
        """Whether it is to be asked for before it is started again."""

    @property
    def recent(self) -> int:
        """How many restarts the last death was preceded by."""
        return len(self._at)

    def died(self, at: float) -> bool:
        """It ended by itself at `at`, in seconds that never go back. True: start it again, which counts; False: it is given up."""
        while self._at and at - self._at[0] >= self.within_s:
            self._at.popleft()
        self.given_up = len(self._at) >= self.most
        if not self.given_up:
            self._at.append(at)
        return not self.given_up

    def forget(self) -> None:
        """It has worked, or somebody asked for another try."""
        self._at.clear()
        self.given_up = False
